//! How often something is chosen: tasks of a user type, user types of the test, options of a choice.
//!
//! In percent mode weights are stored as whole tenths of a percent that add up to 1,000; in parts mode as typed. Must not
//! know which mode is shown.

use tidemark_core::plan::shares::{Heads, apportion};
use tidemark_core::scenario::{Act, Scenario};
use tidemark_core::units::grouped;

use crate::doc::edit::{Done, Locks, Refused};
use crate::doc::place::{Item, step, step_mut, user, user_mut};
use crate::text::edits as say;

/// All of it, in tenths of a percent.
pub const WHOLE: u32 = 1_000;

/// Things that share one whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mix {
    /// The tasks of a user type, by its id.
    Tasks(String),
    /// The user types, but for those with an exact number of people.
    Users,
    /// The options of a choice, by the step's id.
    Options(String),
}

/// A change of shares. Things are named by their number in the mix, from 0, those that are switched off included.
#[derive(Debug, Clone, PartialEq)]
pub enum ShareEdit {
    /// One gets this share, in tenths of a percent; the others keep their proportions, locked ones their shares.
    Percent(Mix, usize, u32),
    /// The border between one and the next that is on moves: this one gets so much of what both have, in tenths.
    Border(Mix, usize, u32),
    /// One gets this weight; the others keep theirs.
    Parts(Mix, usize, f64),
    /// All that are on get the same.
    Equal(Mix),
    /// All get what was picked in a run: so many picks each.
    Match(Mix, Vec<u64>),
    /// A user type (its id) gets an exact number of people, or a share again.
    Exactly(String, Option<u32>),
}

/// One of a mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name on screen.
    pub name: String,
    /// How a lock names it: the id, or for options `step#number`.
    pub id: String,
    /// The weight; never below zero.
    pub weight: f64,
    /// Whether it takes part: switched on, and no exact number.
    pub on: bool,
}

/// The parts of a mix, in order; empty where there is no such thing.
pub fn parts(scenario: &Scenario, mix: &Mix) -> Vec<Part> {
    let sound = |weight: f64| if weight.is_finite() { weight.max(0.0) } else { 0.0 };
    match mix {
        Mix::Tasks(id) => {
            let tasks = user(scenario, id).map(|user| user.tasks.as_slice()).unwrap_or_default();
            let part = |task: &tidemark_core::scenario::Task| Part {
                name: task.name.clone(),
                id: task.id.clone(),
                weight: sound(task.weight),
                on: !task.off,
            };
            tasks.iter().map(part).collect()
        }
        Mix::Users => {
            let part = |user: &tidemark_core::scenario::UserType| Part {
                name: user.name.clone(),
                id: user.id.clone(),
                weight: sound(user.share.unwrap_or(1.0)),
                on: !user.off && user.exactly.is_none(),
            };
            scenario.users.iter().map(part).collect()
        }
        Mix::Options(id) => match step(scenario, id).map(|step| &step.act) {
            Some(Act::Choose(choose)) => {
                let options = choose.options.iter().enumerate();
                let part = |(at, option): (usize, &tidemark_core::scenario::ChooseOption)| Part {
                    name: if option.name.is_empty() { say::option_number(at + 1) } else { option.name.clone() },
                    id: format!("{id}#{at}"),
                    weight: sound(option.weight),
                    on: true,
                };
                options.map(part).collect()
            }
            _ => Vec::new(),
        },
    }
}

/// Splits `whole` in proportion to weights, by largest remainder: whole numbers that add up to it. All zero where every
/// weight is.
pub fn split(weights: &[f64], whole: u32) -> Vec<u32> {
    apportion(whole, &weights.iter().map(|weight| Heads::Share(*weight)).collect::<Vec<_>>())
}

/// The share of each part in tenths of a percent, adding up to 1,000; 0 for what is off.
pub fn tenths(parts: &[Part]) -> Vec<u32> {
    split(&parts.iter().map(|part| if part.on { part.weight } else { 0.0 }).collect::<Vec<_>>(), WHOLE)
}

/// `60 %` or `33.3 %`.
pub fn percent_text(tenths: u32) -> String {
    if tenths.is_multiple_of(10) { format!("{} %", tenths / 10) } else { format!("{}.{} %", tenths / 10, tenths % 10) }
}

fn write(scenario: &mut Scenario, mix: &Mix, weights: &[Option<f64>]) -> Result<(), Refused> {
    fn put<'a>(slots: impl Iterator<Item = &'a mut f64>, weights: &[Option<f64>]) {
        for (slot, weight) in slots.zip(weights) {
            if let Some(weight) = weight {
                *slot = *weight;
            }
        }
    }
    match mix {
        Mix::Tasks(id) => {
            let user = user_mut(scenario, id).ok_or_else(Refused::gone)?;
            put(user.tasks.iter_mut().map(|task| &mut task.weight), weights);
        }
        Mix::Users => {
            for (user, weight) in scenario.users.iter_mut().zip(weights) {
                user.share = weight.or(user.share);
            }
        }
        Mix::Options(id) => match step_mut(scenario, id).map(|step| &mut step.act) {
            Some(Act::Choose(choose)) => put(choose.options.iter_mut().map(|option| &mut option.weight), weights),
            _ => return Err(Refused::gone()),
        },
    }
    Ok(())
}

/// Writes shares in tenths. What is off keeps its proportion to the rest, so that it fits when it is switched on again.
fn write_tenths(scenario: &mut Scenario, mix: &Mix, parts: &[Part], now: &[u32]) -> Result<(), Refused> {
    let sum: f64 = parts.iter().filter(|part| part.on).map(|part| part.weight).sum();
    let scale = if sum > 0.0 { f64::from(WHOLE) / sum } else { 1.0 };
    let weights: Vec<Option<f64>> = parts
        .iter()
        .zip(now)
        .map(|(part, tenths)| match (part.on, mix) {
            (true, _) => Some(f64::from(*tenths)),
            (false, Mix::Users) => None,
            (false, _) => Some((part.weight * scale).round()),
        })
        .collect();
    write(scenario, mix, &weights)
}

pub(super) fn apply(scenario: &mut Scenario, edit: &ShareEdit, locks: &Locks) -> Result<Done, Refused> {
    match edit {
        ShareEdit::Percent(mix, at, wanted) => percent(scenario, mix, *at, *wanted, locks),
        ShareEdit::Border(mix, at, left) => border(scenario, mix, *at, *left, locks),
        ShareEdit::Parts(mix, at, weight) => {
            let all = parts(scenario, mix);
            let part = all.get(*at).ok_or_else(Refused::gone)?;
            if !weight.is_finite() || *weight < 0.0 {
                return Err(Refused::because(say::NO_SHARE_BELOW_ZERO));
            }
            let mut weights = vec![None; all.len()];
            weights[*at] = Some(*weight);
            write(scenario, mix, &weights)?;
            let shown = if weight.fract() == 0.0 { grouped(*weight as u64) } else { weight.to_string() };
            Ok(Done::typed(say::change_parts(&part.name, &shown), key(mix, *at)).and_select_all(item(mix, &part.id)))
        }
        ShareEdit::Equal(mix) => {
            let all = parts(scenario, mix);
            let even: Vec<f64> = all.iter().map(|part| f64::from(u8::from(part.on))).collect();
            write_tenths(scenario, mix, &all, &split(&even, WHOLE))?;
            Ok(Done::once(say::MAKE_EQUAL))
        }
        ShareEdit::Match(mix, picks) => {
            let all = parts(scenario, mix);
            let picked = all.iter().zip(picks).map(|(part, picks)| if part.on { *picks as f64 } else { 0.0 });
            let now = split(&picked.collect::<Vec<_>>(), WHOLE);
            if now.len() != all.len() || now.iter().sum::<u32>() != WHOLE {
                return Err(Refused::because(say::NOTHING_PICKED));
            }
            write_tenths(scenario, mix, &all, &now)?;
            Ok(Done::once(say::MATCH_PICKS))
        }
        ShareEdit::Exactly(id, count) => {
            let user = user_mut(scenario, id).ok_or_else(Refused::gone)?;
            user.exactly = *count;
            if count.is_none() && user.share.is_none() {
                user.share = Some(1.0);
            }
            let label = say::exactly(&user.name, *count);
            Ok(Done::typed(label, format!("exactly {id}")).and_select(Item::User(id.clone())))
        }
    }
}

fn key(mix: &Mix, at: usize) -> String {
    format!("share {mix:?} {at}")
}

/// What is chosen after a share was changed.
fn item(mix: &Mix, id: &str) -> Vec<Item> {
    match mix {
        Mix::Tasks(_) => vec![Item::Task(id.to_owned())],
        Mix::Users => vec![Item::User(id.to_owned())],
        Mix::Options(step) => vec![Item::Step(step.clone())],
    }
}

fn percent(scenario: &mut Scenario, mix: &Mix, at: usize, wanted: u32, locks: &Locks) -> Result<Done, Refused> {
    let all = parts(scenario, mix);
    let part = all.get(at).ok_or_else(Refused::gone)?;
    if !part.on {
        return Err(Refused::because(say::SWITCHED_OFF_HAS_NO_SHARE));
    }
    let mut now = tenths(&all);
    let locked = |i: usize| i != at && locks.contains(&all[i].id);
    let taken: u32 = (0..all.len()).filter(|i| locked(*i)).map(|i| now[i]).sum();
    let room = WHOLE - taken.min(WHOLE);
    if wanted > room {
        let names: Vec<&str> = (0..all.len()).filter(|i| locked(*i)).map(|i| all[i].name.as_str()).collect();
        return Err(Refused::because(say::only_so_much(&percent_text(room), &names)));
    }
    let free: Vec<usize> = (0..all.len()).filter(|i| *i != at && all[*i].on && !locked(*i)).collect();
    if free.is_empty() && wanted != room {
        return Err(Refused::because(say::all_others_locked(&part.name, &percent_text(room))));
    }
    let weights: Vec<f64> = free.iter().map(|i| all[*i].weight).collect();
    let mut rest = split(&weights, room - wanted);
    if weights.iter().all(|weight| *weight <= 0.0) {
        rest = split(&vec![1.0; free.len()], room - wanted);
    }
    for (i, share) in free.iter().zip(rest) {
        now[*i] = share;
    }
    now[at] = wanted;
    write_tenths(scenario, mix, &all, &now)?;
    Ok(Done::typed(say::change_share(&part.name, &percent_text(wanted)), key(mix, at))
        .and_select_all(item(mix, &part.id)))
}

fn border(scenario: &mut Scenario, mix: &Mix, at: usize, left: u32, locks: &Locks) -> Result<Done, Refused> {
    let all = parts(scenario, mix);
    let part = all.get(at).filter(|part| part.on).ok_or_else(Refused::gone)?;
    let next = (at + 1..all.len()).find(|i| all[*i].on).ok_or_else(Refused::gone)?;
    if let Some(held) = [at, next].into_iter().find(|i| locks.contains(&all[*i].id)) {
        return Err(Refused::because(say::is_locked(&all[held].name)));
    }
    let mut now = tenths(&all);
    let both = now[at] + now[next];
    now[at] = left.min(both);
    now[next] = both - now[at];
    write_tenths(scenario, mix, &all, &now)?;
    Ok(Done::typed(say::change_share(&part.name, &percent_text(now[at])), format!("border {mix:?} {at}"))
        .and_select_all(item(mix, &part.id)))
}

/// The share of a new user type: as much as the others have on average.
pub(super) fn usual_user_share(scenario: &Scenario) -> Option<f64> {
    average(&parts(scenario, &Mix::Users))
}

/// The weight of a new task: as much as the others have on average.
pub(super) fn usual_task_weight(scenario: &Scenario, user: &str) -> f64 {
    average(&parts(scenario, &Mix::Tasks(user.to_owned()))).unwrap_or(1.0)
}

fn average(parts: &[Part]) -> Option<f64> {
    let on: Vec<f64> = parts.iter().filter(|part| part.on).map(|part| part.weight).collect();
    let mean = on.iter().sum::<f64>() / on.len().max(1) as f64;
    // No whole number would look odd in parts mode.
    (mean > 0.0).then(|| mean.round().max(1.0))
}
