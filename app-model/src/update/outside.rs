//! What the other side says and is asked beside the document: the connection, facts, more about the run, results as
//! files. Must not know how it is carried.

use super::{app, build, save};
use crate::effect::Effect;
use crate::model::{Failure, Model, Offer, Tone};
use crate::msg::Msg;
use crate::route::Tab;
use crate::select::reach;
use crate::text::link as say;
use crate::text::overlay::STOPS;

/// How long good news stays, in milliseconds.
const GOOD_NEWS_MS: u64 = 6_000;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        // A copy mends nothing: what was said stays until it is mended.
        Msg::TakeOther(id) if offers_copy(model, id) => super::take(model, Msg::SaveCopy, out),
        Msg::TakeOther(id) => {
            if let Some(notice) = model.notices.iter_mut().find(|notice| notice.id == id) {
                notice.offer = notice.other.take();
                super::take(model, Msg::TakeOffer(id), out);
            }
        }
        Msg::Say(tone, text) => {
            let id = model.notice(tone, text, None);
            if matches!(tone, Tone::Good | Tone::Info) {
                out.push(Effect::After(GOOD_NEWS_MS, Box::new(Msg::Dismiss(id))));
            }
        }
        Msg::LineLost if !model.cut_off => {
            model.cut_off = true;
            // The Run tab says it itself.
            if !(model.running() && model.tab() == Some(Tab::Run)) {
                model.notice(Tone::Warn, say::LINE_LOST, None);
            }
            out.push(Effect::Announce(say::LINE_LOST.to_owned()));
        }
        Msg::LineBack => line_back(model, out),
        Msg::HostsKnown(hosts) => model.can.hosts = hosts,
        Msg::AskTarget => {
            if let Some(test) = &mut model.test {
                let can = reach::can_be_planned(test);
                let stops = || Failure { message: STOPS.to_owned(), ..Failure::default() };
                test.target = (!can).then(|| Err(stops()));
                super::run::look_up(model, out);
            }
        }
        Msg::TargetKnown(known) => {
            if let Some(test) = &mut model.test {
                test.target = Some(known);
            }
        }
        Msg::FactsKnown(id, facts) => {
            if let Some(test) = model.test.as_mut().filter(|test| test.id == id) {
                test.facts = *facts;
                build::look_for_problems(model, out);
                // What stands in files counts, too.
                super::preview::estimate(model, out);
            }
        }
        Msg::SetSecret(name, value) => {
            if let Some(test) = &model.test {
                out.push(Effect::SetSecret(test.id.clone(), name, value));
            }
        }
        Msg::SecretTaken => {
            if let Some(test) = &mut model.test {
                test.facts_for = None;
                save::ask_facts(test, out);
            }
        }
        Msg::RenameResult(id, to) => out.push(Effect::RenameResult(id, to)),
        Msg::SetBaseline(id, yes) => set_baseline(model, id, yes, out),
        Msg::KeepResult => {
            if let Some((name, bytes)) = model.results.file.take() {
                out.push(Effect::ImportResult(name, bytes));
            }
        }
        other => of_run(model, other, out),
    }
}

/// More about the run.
fn of_run(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let Some(run) = &mut model.run else { return };
    match msg {
        Msg::RunSecondsAnew(seconds) => {
            run.seconds.clear();
            run.take(seconds);
        }
        Msg::RunIs(phase) if run.phase.goes_on() => run.phase = phase,
        Msg::RunSays(text) => run.says = text,
        Msg::RunFailures(failures) => run.failures = failures,
        Msg::AskSamples(kind) => out.push(Effect::ReadSamples(kind)),
        Msg::RunSamples(kind, Ok(samples)) => run.samples = Some((kind, samples)),
        Msg::RunSamples(_, Err(failure)) => {
            model.notice(Tone::Warn, failure.text(), None);
        }
        _ => {}
    }
}

/// What could not be saved meanwhile is saved now.
fn line_back(model: &mut Model, out: &mut Vec<Effect>) {
    if !std::mem::take(&mut model.cut_off) {
        return;
    }
    model.notices.retain(|notice| notice.text != say::LINE_LOST);
    let id = model.notice(Tone::Good, say::LINE_BACK, None);
    out.push(Effect::After(GOOD_NEWS_MS, Box::new(Msg::Dismiss(id))));
    out.push(Effect::Announce(say::LINE_BACK.to_owned()));
    save::at_once(model, out);
}

fn set_baseline(model: &mut Model, id: String, yes: bool, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    for card in model.results.cards.iter_mut().flatten() {
        card.baseline = yes && card.id == id;
    }
    out.push(Effect::SetBaseline(test.id.clone(), yes.then_some(id)));
}

/// A notice with two offers.
pub(super) fn either(model: &mut Model, text: &str, offer: Offer, other: Offer) {
    let id = model.notice(Tone::Warn, text, Some(offer));
    or_else(model, id, other);
}

/// Adds a second offer to a notice.
pub(super) fn or_else(model: &mut Model, id: u64, other: Offer) {
    if let Some(notice) = model.notices.iter_mut().find(|notice| notice.id == id) {
        notice.other = Some(other);
    }
}

fn offers_copy(model: &Model, id: u64) -> bool {
    model.notices.iter().any(|notice| notice.id == id && notice.other == Some(Offer::SaveCopy))
}

/// Goes to the test's other name.
pub(super) fn renamed(model: &mut Model, old: &str, new: &str, out: &mut Vec<Effect>) {
    for card in model.tests.iter_mut().flatten().filter(|card| card.id == old) {
        card.id = new.to_owned();
    }
    if let Some(test) = model.test.as_mut().filter(|test| test.id == old) {
        test.id = new.to_owned();
        out.push(Effect::Hold(new.to_owned()));
    }
    if let Some(route) = model.route.with_test(old, new) {
        app::set_route(model, route, out);
    }
}
