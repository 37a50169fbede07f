//! What was run, where, and with which computer; and the way from a result back to the test.

use tidemark_core::result::{NOT_TOLD, Opened};
use tidemark_core::scenario::{self, Scenario};
use tidemark_core::stats::snapshot::ArrivalClock;
use tidemark_core::units::grouped;

use super::Report;
use crate::doc::selection::task_behind;
use crate::doc::{Item, selection};
use crate::model::Model;
use crate::route::Route;
use crate::text::results as say;
use crate::text::results::about as words;
use crate::text::run as say_run;

/// A line about a run: its name and what it says.
pub type About = (&'static str, String);

/// Lines about a run; what is not known is left out.
pub fn about(opened: &Opened, report: &Report) -> Vec<About> {
    let (header, summary) = (&opened.header, &opened.summary);
    let why: Vec<&str> = summary.strains.iter().map(|strain| strain.words()).collect();
    let seconds = summary.healthy_seconds + summary.suspect_seconds;
    let not_told = opened.events.iter().filter(|event| event.what == NOT_TOLD).map(|event| event.text.as_str());
    let lines = [
        (words::TARGET, report.target.clone()),
        (words::STARTED, report.when.clone()),
        (words::ENDED, say::ended(opened.ending.as_ref().map(|ending| &ending.ended))),
        (words::MEASURED, words::measured(summary.measured_seconds.round() as u32, summary.warm_up_seconds)),
        (words::PEAK, grouped(u64::from(summary.peak_people))),
        (words::REQUESTS, words::requests(summary.all.count, summary.all.bytes_in)),
        (words::COMPUTER, header.computer.clone()),
        (words::HEALTH, words::health(summary.suspect_seconds, seconds, &why)),
        (words::CLOCK, summary.clock.map_or("", ArrivalClock::sentence).to_owned()),
        (say_run::SENT_ON, not_told.collect::<Vec<_>>().join(" ")),
        (words::SEED, header.seed.to_string()),
        (words::MADE_BY, header.made_by.clone()),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// The scenario as it was run: its text, and itself where this version can read it.
pub fn snapshot(opened: &Opened) -> (String, Option<Scenario>) {
    let text = serde_json::to_string_pretty(&opened.header.scenario).unwrap_or_default();
    let read = scenario::read(&text).ok().map(|(scenario, _)| scenario);
    (text, read)
}

/// Where a step of a result is in the open test; none where it is not there any more.
pub fn step_route(model: &Model, step: &str) -> Option<Route> {
    let test = model.test.as_ref()?;
    let item = Item::Step(step.to_owned());
    if step.is_empty() || !selection::exists(test.doc.scenario(), &item) {
        return None;
    }
    let task = task_behind(test.doc.scenario(), &item)?;
    Some(Route::Task(test.id.clone(), task, Some(step.to_owned())))
}
