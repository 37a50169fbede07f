//! Preview and the trial of one person.

use crate::effect::Effect;
use crate::model::{Dialog, Model, Panel, PreviewState, Tone, Trial, TrialWhat};
use crate::msg::Msg;
use crate::text::notices as say;

/// The seed of the first preview of a test.
const FIRST_SEED: u64 = 1;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::Estimated(revision, requests) => {
            // One that is late by an edit is better than none; the next comes with the next saving.
            if let Some(test) = model.test.as_mut().filter(|test| revision <= test.doc.revision()) {
                test.estimate = requests;
            }
        }
        Msg::AskPreview(again) => ask_preview(model, again, out),
        Msg::Previewed(seed, answer) => {
            let Some(test) = &mut model.test else { return };
            if !matches!(test.preview, PreviewState::Working(wanted) if wanted == seed) {
                return; // of a question asked before
            }
            test.preview = match answer {
                Ok(preview) => PreviewState::Ready(preview, test.doc.revision()),
                Err(problems) => PreviewState::Stopped(problems),
            };
        }
        Msg::TryOne(user, task) => try_one(model, user, task, out),
        Msg::TrialStep(step) => {
            if let Some(trial) = model.test.as_mut().and_then(|test| test.trial.as_mut()).filter(|trial| trial.running)
            {
                trial.steps.push(*step);
            }
        }
        Msg::TrialEnded(outcome) => trial_ended(model, outcome, out),
        Msg::StopTrial if trying(model) => out.push(Effect::StopTry),
        _ => {}
    }
}

/// Asks how many requests a run of the open test sends.
pub(super) fn estimate(model: &Model, out: &mut Vec<Effect>) {
    if let Some(test) = &model.test {
        out.push(Effect::Estimate(test.doc.scenario().clone(), test.doc.revision()));
    }
}

/// Whether a trial goes on.
fn trying(model: &Model) -> bool {
    model.test.as_ref().and_then(|test| test.trial.as_ref()).is_some_and(|trial| trial.running)
}

fn ask_preview(model: &mut Model, again: bool, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    let seed = match (&test.preview, again) {
        (PreviewState::Ready(preview, _), true) => preview.seed.wrapping_add(1),
        (PreviewState::Ready(preview, _), false) => preview.seed,
        (PreviewState::Working(seed), _) => *seed,
        _ => FIRST_SEED,
    };
    test.preview = PreviewState::Working(seed);
    out.push(Effect::Preview(test.doc.scenario().clone(), seed));
    model.dialog = Some(Dialog::Preview);
}

fn try_one(model: &mut Model, user: String, task: Option<String>, out: &mut Vec<Effect>) {
    if !model.can.send {
        model.notice(Tone::Info, say::NO_SENDING_HERE, None);
        return;
    }
    let Some(test) = &mut model.test else { return };
    if test.trial.as_ref().is_some_and(|trial| trial.running) {
        return;
    }
    test.trial = Some(Trial {
        user: user.clone(),
        task: task.clone(),
        tried: test.doc.scenario().clone(),
        revision: test.doc.revision(),
        steps: Vec::new(),
        running: true,
    });
    out.push(Effect::Try(test.doc.scenario().clone(), user, task));
    model.panels.insert(Panel::Trial);
}

fn trial_ended(model: &mut Model, outcome: Result<(), crate::model::Failure>, out: &mut Vec<Effect>) {
    let Some(trial) = model.test.as_mut().and_then(|test| test.trial.as_mut()) else { return };
    trial.running = false;
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
        Err(failure) => super::home::failed(model, say::COULD_NOT_TRY, &failure),
    }
}
