//! `tidemark compare`: two results side by side.

use tidemark_core::report::{json, markdown, text};
use tidemark_core::result::compare::{self, Comparison};
use tidemark_core::result::share;
use tidemark_host::{Failure, results};

use crate::args::CompareArgs;
use crate::exit::Exit;
use crate::schema;
use crate::show;

/// Compares two result files.
pub fn compare(args: &CompareArgs) -> Result<Exit, Failure> {
    let options = args.leave_out.options();
    let [a, b] = [&args.before, &args.now].map(|path| results::open(path));
    let (a, b) = (share::opened(a?, &options), share::opened(b?, &options));
    let comparison = compare::compare(&a, &b);
    if let Some(path) = &args.markdown {
        results::save_new(path, markdown::comparison(&comparison).as_bytes())?;
        show::note(&format!("Markdown: {}", path.display()));
    }
    show::print(&match args.json {
        true => schema::json(&json::comparison(&comparison)),
        false => text::comparison(&comparison),
    })?;
    Ok(exit(&comparison))
}

/// Worse is a goal missed; without a common step there was nothing to compare.
fn exit(comparison: &Comparison) -> Exit {
    match () {
        () if comparison.steps.is_empty() => Exit::Failed,
        () if comparison.is_worse() => Exit::Missed,
        () => Exit::Fine,
    }
}
