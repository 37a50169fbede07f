//! `tidemark compare`: two results side by side, or more of them over time.

use serde_json::Value;
use tidemark_core::report::{json, markdown, text};
use tidemark_core::result::compare::{self, Change};
use tidemark_core::result::{Opened, share};
use tidemark_host::{Failure, results};

use crate::args::CompareArgs;
use crate::exit::Exit;
use crate::schema;
use crate::show;

/// Compares two result files, or more of them over time.
pub fn compare(args: &CompareArgs) -> Result<Exit, Failure> {
    let options = args.leave_out.options();
    let paths = [&args.before, &args.now].into_iter().chain(&args.more);
    let opened = paths.map(|path| Ok(share::opened(results::open(path)?, &options)));
    let opened: Vec<Opened> = opened.collect::<Result<_, Failure>>()?;
    match opened.as_slice() {
        [a, b] => {
            let comparison = compare::compare(a, b);
            let made = [markdown::comparison, text::comparison].map(|form| form(&comparison));
            told(args, &made, || json::comparison(&comparison))?;
            Ok(exit(comparison.outcome(), comparison.steps.is_empty()))
        }
        runs => {
            let trend = compare::trend(runs);
            let made = [markdown::trend, text::trend].map(|form| form(&trend));
            told(args, &made, || json::trend(&trend))?;
            let nothing = trend.runs.iter().filter_map(|run| run.since.as_ref()).all(|since| since.steps.is_empty());
            Ok(exit(trend.outcome(), nothing))
        }
    }
}

/// Writes the Markdown where it was asked for, and prints the rest.
fn told(args: &CompareArgs, [markdown, text]: &[String; 2], json: impl FnOnce() -> Value) -> Result<(), Failure> {
    if let Some(path) = &args.markdown {
        results::save_new(path, markdown.as_bytes())?;
        show::note(&format!("Markdown: {}", path.display()));
    }
    if args.json { show::print(&schema::json(&json())) } else { show::print(text) }
}

/// Worse is a goal missed; without a common step there was nothing to compare.
fn exit(outcome: Change, nothing: bool) -> Exit {
    match outcome {
        _ if nothing => Exit::Failed,
        Change::Worse => Exit::Missed,
        _ => Exit::Fine,
    }
}
