//! Exit codes, and how a run's end becomes one.

use std::process::ExitCode;

use tidemark_core::result::Opened;
use tidemark_core::result::compare::Comparison;
use tidemark_core::verdict::{Ended, State};
use tidemark_host::Failure;

use crate::settings::FailOn;
use crate::show;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Goals met, or nothing to object to.
    Fine,
    /// Goals missed.
    Missed,
    /// It could not be done.
    Failed,
    /// A person stopped it; the result is written.
    Interrupted,
}

impl Exit {
    fn number(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Missed => 1,
            Self::Failed => 2,
            Self::Interrupted => 130,
        }
    }
}

/// Says what went wrong, if something did, and gives the code.
pub fn code(done: Result<Exit, Failure>) -> ExitCode {
    let exit = done.unwrap_or_else(|failure| {
        show::failure(&failure);
        Exit::Failed
    });
    ExitCode::from(exit.number())
}

/// The code for a run; being worse than a baseline, or having no step in common with it, counts as a goal that was missed.
pub fn of_run(result: &Opened, fail_on: FailOn, baseline: Option<&Comparison>) -> Exit {
    match result.ending.as_ref().map(|ending| &ending.ended) {
        Some(Ended::Stopped | Ended::Killed) => return Exit::Interrupted,
        Some(Ended::Broken(_)) => return Exit::Failed,
        _ => {}
    }
    let worse = baseline.is_some_and(|changes| changes.is_worse() || changes.steps.is_empty());
    let missed = misses(result, fail_on) || (worse && fail_on != FailOn::Never);
    if missed { Exit::Missed } else { Exit::Fine }
}

/// Whether something happened that `fail_on` objects to.
fn misses(result: &Opened, fail_on: FailOn) -> bool {
    let goals = &result.verdict.goals;
    let by_rule =
        matches!(result.ending.as_ref().map(|ending| &ending.ended), Some(Ended::StopRule(_) | Ended::Step(_)));
    // Goals of which none could be judged were not met either: a test that shows nothing must not pass.
    let unjudged = !goals.is_empty() && goals.iter().all(|goal| goal.met.is_none());
    // A search without an answer shows nothing either.
    let unknown = result.verdict.limit.is_some() && result.verdict.state != State::HeldUp;
    let missed = by_rule || unjudged || unknown || goals.iter().any(|goal| goal.met == Some(false));
    let warned = !goals.is_empty() && result.verdict.state != State::HeldUp;
    match fail_on {
        FailOn::Never => false,
        FailOn::Goals => missed,
        FailOn::Warnings => missed || warned,
        FailOn::AnyFailure => missed || result.summary.all.failed > 0,
    }
}
