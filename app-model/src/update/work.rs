//! The trial of one person.

use crate::doc::place;
use crate::effect::Effect;
use crate::model::{Model, Panel, Then, Tone, Trial, TrialWhat, TrialWish};
use crate::msg::{Msg, Wish};
use crate::select::reach::questions;
use crate::select::trial;
use crate::text::notices as say;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::TryOne(..) if trying(model) => {}
        Msg::TryOne(user, task) => {
            wish(model, Wish::User(user));
            wish(model, Wish::Task(task));
            try_now(model, out);
        }
        Msg::TryNow => try_now(model, out),
        Msg::Wish(asked) => wish(model, asked),
        Msg::LookAt(number) => {
            if let Some(trial) = model.test.as_mut().and_then(|test| test.trial.as_mut()) {
                trial.look = (number < trial.steps.len()).then_some(number);
            }
        }
        Msg::TrialEnded(outcome) => trial_ended(model, outcome, out),
        other => goes_on(model, other, out),
    }
}

/// Whether a trial goes on.
fn trying(model: &Model) -> bool {
    model.test.as_ref().and_then(|test| test.trial.as_ref()).is_some_and(|trial| trial.running)
}

/// Tries one person as wished, unless somebody is tried already.
pub(super) fn try_now(model: &mut Model, out: &mut Vec<Effect>) {
    if model.test.as_ref().is_some_and(|test| test.read_only) {
        model.notice(Tone::Info, say::READ_ONLY_WHY, None);
        return;
    }
    if !model.can.send {
        model.notice(Tone::Info, say::NO_SENDING_HERE, None);
        return;
    }
    let (Some(user), began) = (trial::user(model), model.now) else { return };
    if !questions(model).is_empty() {
        return super::run::open_check(model, Then::Try, out);
    }
    let Some(test) = &mut model.test else { return };
    if test.trial.as_ref().is_some_and(|trial| trial.running) {
        return;
    }
    let task =
        test.wish.task.clone().filter(|id| {
            place::task(test.doc.scenario(), id).is_some_and(|(owner, task)| owner.id == user && !task.off)
        });
    let wish = TrialWish { user: Some(user.clone()), task: task.clone(), ..test.wish.clone() };
    let scenario = test.doc.scenario().clone();
    test.trial = Some(Trial {
        user,
        task,
        tried: scenario.clone(),
        revision: test.doc.revision(),
        running: true,
        began,
        wish: wish.clone(),
        ..Trial::default()
    });
    out.push(Effect::Try(scenario, wish));
    model.panels.insert(Panel::Trial);
}

fn wish(model: &mut Model, wish: Wish) {
    let Some(test) = &mut model.test else { return };
    let now = &mut test.wish;
    match wish {
        Wish::User(id) => {
            now.user = Some(id);
            now.task = None;
        }
        Wish::Task(id) => now.task = id,
        Wish::Row(row) => now.row = row.max(1),
        Wish::SkipPauses(skip) => now.skip_pauses = skip,
        Wish::ByHand(by_hand) => now.by_hand = by_hand,
    }
}

/// What comes of a trial that goes on.
fn goes_on(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let running = model.test.as_mut().and_then(|test| test.trial.as_mut()).filter(|trial| trial.running);
    let Some(trial) = running else { return };
    match msg {
        Msg::TrialNow(now) => trial.now = Some(*now),
        Msg::TrialStep(step) => {
            trial.steps.push(*step);
            trial.now = None;
        }
        Msg::NextStep => {
            if let Some(now) = trial.now.as_mut().filter(|now| now.held) {
                now.held = false;
                out.push(Effect::NextInTrial);
            }
        }
        Msg::StopTrial => {
            trial.stopping = true;
            out.push(Effect::StopTry);
        }
        _ => {}
    }
}

fn trial_ended(model: &mut Model, outcome: Result<(), crate::model::Failure>, out: &mut Vec<Effect>) {
    let Some(trial) = model.test.as_mut().and_then(|test| test.trial.as_mut()) else { return };
    trial.running = false;
    trial.stopping = false;
    trial.now = None;
    let failing = trial.steps.iter().find(|step| matches!(step.what, TrialWhat::Failed(..)));
    let failing = failing.map(|step| step.step.clone()).filter(|step| !step.is_empty());
    let (worked, failed) = trial.counts();
    match outcome {
        Ok(()) => {
            out.push(Effect::Announce(say::tried(worked, failed)));
            // The failing step is opened, so that its answer is the first thing seen.
            if let Some(step) = failing {
                super::take(model, Msg::Select(vec![crate::doc::Item::Step(step)]), out);
            }
        }
        Err(failure) if failure.code == super::run::REFUSED => {
            super::run::refused(model, Then::Try, &failure, out);
        }
        Err(failure) => super::home::failed(model, say::COULD_NOT_TRY, &failure),
    }
}
