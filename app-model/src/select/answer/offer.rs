//! What can be done with a picked piece of an answer: saved under a name and used where it stands later, or checked.
//!
//! Must not do it: what comes of it is a message.

use std::collections::BTreeSet;

use tidemark_core::plan::template::is_name;
use tidemark_core::scenario::SaveRule;

use super::{Pick, Spot, pick};
use crate::doc::edit::reuse::{Place, Reuse, later_uses, step_name};
use crate::doc::edit::{Edit, FlowEdit};
use crate::model::{Exchange, Model};
use crate::msg::Msg;
use crate::select::values::saved_anywhere;
use crate::text::panel as say;

/// A later place that holds the same value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// Where.
    pub place: Place,
    /// "Pay · header Authorization".
    pub label: String,
    /// The text as it is now.
    pub sample: String,
}

/// A picked piece, and where else its value stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The piece.
    pub pick: Pick,
    /// Later places with the same value.
    pub later: Vec<Later>,
}

/// What a person wants of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The name to save it under.
    pub name: String,
    /// The number of the choice, where there are several.
    pub which: Option<usize>,
    /// Numbers of later places that stay as they are.
    pub spared: BTreeSet<usize>,
}

/// What can be done with a piece of the answer to a step (its id).
pub fn offer(model: &Model, step: &str, exchange: &Exchange, spot: &Spot) -> Option<Offer> {
    let scenario = crate::select::panel::scenario(model)?;
    let mut pick = pick(exchange, spot)?;
    let taken = saved_anywhere(scenario);
    let fresh = (2..100).map(|number| format!("{}_{number}", pick.name)).find(|name| !taken.contains(name));
    if taken.contains(&pick.name) {
        pick.name = fresh.unwrap_or_default();
    }
    let later = later_uses(scenario, step, &pick.value).into_iter().map(|found| Later {
        label: say::place(&step_name(scenario, &found.place.step), &found.field),
        place: found.place,
        sample: found.sample,
    });
    Some(Offer { later: later.collect(), pick })
}

/// How many later places take the name.
pub fn places(offer: &Offer, wanted: &Wanted) -> usize {
    (0..offer.later.len()).filter(|at| !wanted.spared.contains(at)).count()
}

/// Saves the piece of a step's answer.
///
/// # Errors
/// What a person has to say first.
pub fn save(offer: &Offer, step: &str, wanted: &Wanted) -> Result<Msg, &'static str> {
    let choices = &offer.pick.choices;
    let which = if choices.len() > 1 { wanted.which } else { Some(0) };
    let choice = which.and_then(|at| choices.get(at)).ok_or(say::WHICH_FIRST)?;
    let name = wanted.name.trim();
    if !is_name(name) {
        return Err(say::NAME_FIRST);
    }
    let later = offer.later.iter().enumerate().filter(|(at, _)| !wanted.spared.contains(at));
    Ok(Msg::Edit(Edit::Reuse(Box::new(Reuse {
        step: step.to_owned(),
        rule: SaveRule { name: name.to_owned(), ..choice.rule.clone() },
        value: offer.pick.value.clone(),
        places: later.map(|(_, later)| later.place.clone()).collect(),
    }))))
}

/// Checks from now on that the piece of a step's answer is so.
pub fn check(offer: &Offer, step: &str) -> Msg {
    Msg::Edit(Edit::Flow(FlowEdit::AddCheck(step.to_owned(), offer.pick.check.clone())))
}
