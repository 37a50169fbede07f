//! The preview itself, for whoever works it out beside the screen. Takes up to a second.

use tidemark_core::plan::compile;
use tidemark_core::preview::{Options, Preview, preview_told};
use tidemark_core::problem::Problem;
use tidemark_core::scenario::Scenario;
use tidemark_core::units::Span;

use crate::model::{Assumed, Model, Test, TrialWhat};
use crate::select::pretend::inputs;
use crate::text::preview as say;

/// Times that can be assumed for an answer, in milliseconds, beside the usual one.
const MILLISECONDS: [u64; 4] = [30, 300, 1_000, 3_000];

/// Works out what a run would do; `told` hears now and then how much is done, from 0 to 1. Secrets that have no value here
/// are stood in for, since nothing is sent.
///
/// # Errors
/// The problems that stop it.
pub fn work_out(
    scenario: &Scenario,
    seed: u64,
    assumed: Span,
    told: &mut dyn FnMut(f64),
) -> Result<Box<Preview>, Vec<Problem>> {
    let plan = compile(scenario, &inputs(scenario, seed))?;
    let options = Options { assumed_answer: assumed, ..Options::USUAL };
    Ok(Box::new(preview_told(&plan, scenario, &options, told)))
}

/// How long answers take in the next preview.
pub fn assumed(test: &Test) -> Span {
    match test.assumed {
        Assumed::Usual => Options::USUAL.assumed_answer,
        Assumed::AsTried => as_tried(test).unwrap_or(Options::USUAL.assumed_answer),
        Assumed::Ms(ms) => Span::from_ms(ms),
    }
}

/// The middle time of the answers of the last trial.
fn as_tried(test: &Test) -> Option<Span> {
    let steps = &test.trial.as_ref()?.steps;
    let mut took: Vec<u64> = steps
        .iter()
        .filter_map(|step| match step.what {
            TrialWhat::Worked(_, us) => Some(us),
            _ => None,
        })
        .collect();
    took.sort_unstable();
    took.get(took.len() / 2).map(|us| Span::from_us((*us).max(1)))
}

/// What can be assumed, in words, and the number of what is assumed now.
pub fn assumptions(model: &Model) -> (Vec<(Assumed, String)>, usize) {
    let Some(test) = &model.test else { return Default::default() };
    let mut all = vec![(Assumed::Usual, say::assumed(Options::USUAL.assumed_answer))];
    all.extend(as_tried(test).map(|span| (Assumed::AsTried, say::as_tried(span))));
    all.extend(MILLISECONDS.map(|ms| (Assumed::Ms(ms), say::assumed(Span::from_ms(ms)))));
    let now = all.iter().position(|(each, _)| *each == test.assumed).unwrap_or(0);
    (all, now)
}
