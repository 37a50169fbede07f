//! What a run would do: asked for, worked out elsewhere, and taken in.

use crate::doc::edit::data::MOST_ROWS;
use crate::effect::Effect;
use crate::model::{Dialog, Model, PreviewState, Working};
use crate::msg::Msg;
use crate::select::pretend::with_rows;
use crate::select::preview as select;

/// The seed of the first preview of a test.
const FIRST_SEED: u64 = 1;
/// After so many milliseconds a person is shown how far it is.
const SLOW_MS: u64 = 300;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    match msg {
        // One that is late by an edit is better than none; the next comes with the next saving.
        Msg::Estimated(revision, estimate) if revision <= test.doc.revision() => {
            test.estimate = estimate.as_ref().map(|estimate| estimate.requests);
            test.needs = estimate.map(|estimate| estimate.rows).unwrap_or_default();
        }
        Msg::AskPreview(again) => ask(model, again, out),
        Msg::Assume(assumed) => {
            test.assumed = assumed;
            ask(model, false, out);
        }
        Msg::PreviewDone(seed, done) => {
            if let PreviewState::Working(working) = &mut test.preview
                && working.seed == seed
            {
                working.done = done.clamp(working.done, 1.0);
            }
        }
        Msg::PreviewIsSlow(seed) => {
            if let PreviewState::Working(working) = &mut test.preview
                && working.seed == seed
            {
                working.slow = true;
            }
        }
        Msg::StopPreview => stop(model, out),
        Msg::Previewed(seed, answer) => {
            if !matches!(&test.preview, PreviewState::Working(working) if working.seed == seed) {
                return; // of a question asked before
            }
            test.preview = match answer {
                Ok(preview) => {
                    // It looked longer than the estimate did; two numbers for one thing would be one too many.
                    test.estimate = Some(preview.requests);
                    PreviewState::Ready(preview, test.doc.revision())
                }
                Err(problems) => PreviewState::Stopped(problems),
            };
        }
        _ => {}
    }
}

/// Asks what a run of the open test takes.
pub(super) fn estimate(model: &Model, out: &mut Vec<Effect>) {
    if let Some(test) = &model.test {
        let scenario = with_rows(test.doc.scenario(), &test.facts, 1);
        out.push(Effect::Estimate(scenario, test.doc.revision()));
    }
}

fn ask(model: &mut Model, again: bool, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    let (seed, before) = match std::mem::take(&mut test.preview) {
        PreviewState::Ready(preview, revision) => (preview.seed, Some((preview, revision))),
        PreviewState::Working(working) => {
            out.push(Effect::StopPreview);
            (working.seed, working.before)
        }
        _ => (FIRST_SEED, None),
    };
    let seed = if again { seed.wrapping_add(1) } else { seed };
    test.preview = PreviewState::Working(Working { seed, before, ..Working::default() });
    let scenario = with_rows(test.doc.scenario(), &test.facts, MOST_ROWS as u64);
    out.push(Effect::Preview(scenario, seed, select::assumed(test)));
    out.push(Effect::After(SLOW_MS, Box::new(Msg::PreviewIsSlow(seed))));
    model.dialog = Some(Dialog::Preview);
}

/// Works it out no further. Where there was none before, there is nothing to show.
fn stop(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    match std::mem::take(&mut test.preview) {
        PreviewState::Working(Working { before, .. }) => {
            out.push(Effect::StopPreview);
            match before {
                Some((preview, revision)) => test.preview = PreviewState::Ready(preview, revision),
                None => {
                    if model.dialog == Some(Dialog::Preview) {
                        model.dialog = None;
                    }
                }
            }
        }
        other => test.preview = other,
    }
}
