//! Two results side by side: read, and compared once both are there; and the trend of some more.

use std::sync::Arc;

use tidemark_core::result::Opened;
use tidemark_core::result::compare::compare;

use crate::effect::Effect;
use crate::model::{Compared, Failure, MOST_RUNS, Model, Side, TrendRun};

/// Reads what is to be compared, as far as it is not there.
pub(super) fn begin(model: &mut Model, a: &str, b: &str, out: &mut Vec<Effect>) {
    let compared = &mut model.results.compared;
    let known: Vec<Side> = [std::mem::take(&mut compared.a), std::mem::take(&mut compared.b)].into();
    // One that is being read is not asked for twice; one that could not be read is.
    let there = |id: &str| known.iter().find(|side| side.id == id && side.trouble.is_none()).cloned();
    let mut missing: Vec<&str> = [a, b].into_iter().filter(|id| there(id).is_none()).collect();
    missing.dedup();
    out.extend(missing.into_iter().map(|id| Effect::ReadResult(id.to_owned())));
    let side = |id: &str| there(id).unwrap_or_else(|| Side { id: id.to_owned(), ..Side::default() });
    (compared.a, compared.b, compared.comparison) = (side(a), side(b), None);
    finish(compared);
}

/// Takes a result that was read, if it is for a comparison; else gives it back.
pub(super) fn read(
    model: &mut Model,
    id: &str,
    answer: Result<Box<Opened>, Failure>,
) -> Option<Result<Box<Opened>, Failure>> {
    let compared = &mut model.results.compared;
    let for_trend = compared.trend.iter_mut().find(|(known, run)| known == id && run.is_none());
    let is_wanted = for_trend.is_some();
    if let (Some((_, run)), Ok(opened)) = (for_trend, &answer) {
        *run = Some(TrendRun::of(opened));
    }
    if answer.is_err() {
        compared.trend.retain(|(known, run)| known != id || run.is_some());
    }
    if compared.waiting(id).is_none() {
        return (!is_wanted).then_some(answer);
    }
    let answer = answer.map(|opened| Arc::new(*opened)).map_err(|failure| failure.text());
    while let Some(side) = compared.waiting(id).filter(|side| side.trouble.is_none()) {
        match &answer {
            Ok(opened) => side.opened = Some(opened.clone()),
            Err(why) => side.trouble = Some(why.clone()),
        }
    }
    finish(compared);
    None
}

fn finish(compared: &mut Compared) {
    if let (Some(a), Some(b), None) = (&compared.a.opened, &compared.b.opened, &compared.comparison) {
        compared.comparison = Some(Arc::new(compare(a, b)));
    }
}

/// Reads the latest results for the trend; the two that are compared are among them.
pub(super) fn trend(model: &mut Model, out: &mut Vec<Effect>) {
    let results = &mut model.results;
    let two = [results.compared.a.id.clone(), results.compared.b.id.clone()];
    // The list has the latest first.
    let whole = results.cards.iter().flatten().filter(|card| card.is_whole()).map(|card| card.id.clone());
    let (mut chosen, others): (Vec<String>, Vec<String>) = whole.partition(|id| two.contains(id));
    chosen.extend(others.into_iter().take(MOST_RUNS.saturating_sub(chosen.len())));
    let order = |id: &String| results.cards.iter().flatten().position(|card| card.id == *id);
    chosen.sort_by_key(|id| std::cmp::Reverse(order(id)));
    chosen.extend(two.iter().filter(|id| !id.is_empty() && order(id).is_none()).cloned());
    let compared = &results.compared;
    let run = |id: String| {
        let side = [&compared.a, &compared.b].into_iter().find(|side| side.id == id);
        let known = compared.trend.iter().find(|(known, _)| *known == id).and_then(|(_, run)| run.clone());
        let run = known.or_else(|| side.and_then(|side| side.opened.as_deref()).map(TrendRun::of));
        (id, run)
    };
    let trend: Vec<_> = chosen.into_iter().map(run).collect();
    let missing = trend.iter().filter(|(_, run)| run.is_none());
    out.extend(missing.map(|(id, _)| Effect::ReadResult(id.clone())));
    results.compared.trend = trend;
}
