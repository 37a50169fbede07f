//! `tidemark report`: the numbers of a result file.

use tidemark_core::report::{json, text};
use tidemark_core::result::compare::{Comparison, compare};
use tidemark_core::result::{Opened, share};
use tidemark_core::stats::NameKind;
use tidemark_core::verdict::State;
use tidemark_host::{Failure, results};

use crate::args::ReportArgs;
use crate::exit::Exit;
use crate::road::Shown;
use crate::schema;
use crate::show::{self, Paint};

/// Shows a result file.
pub fn report(args: &ReportArgs) -> Result<Exit, Failure> {
    args.files.ready()?;
    let options = args.leave_out.options();
    let result = results::open(&args.file)?;
    let baseline = args.baseline.as_deref().map(results::open).transpose()?;
    let comparison =
        baseline.map(|before| compare(&share::opened(before, &options), &share::opened(result.clone(), &options)));
    args.files.write(&result, comparison.as_ref(), &options)?;
    if args.files.any() && !args.json {
        return Ok(Exit::Fine);
    }
    let result = share::opened(result, &options);
    let out = match args.json {
        true => {
            let mut value = json::report(&result);
            value["baseline"] = serde_json::json!(comparison.as_ref().map(json::comparison));
            schema::json(&value)
        }
        false => {
            let whole = text::report(&result);
            let body_of = text::body(&result.summary, &result.verdict);
            let about = whole.split_once(&body_of).map(|(about, _)| about).unwrap_or_default();
            let changed = comparison.as_ref().map(changed).unwrap_or_default();
            format!("{about}{}{changed}", body(&result, Shown::Verdict, Paint::out()))
        }
    };
    show::print(&out)?;
    Ok(Exit::Fine)
}

/// What changed since the baseline, below a report.
pub fn changed(comparison: &Comparison) -> String {
    format!("\nCompared with the baseline\n{}", text::comparison(comparison))
}

/// A result as text, its outcome in colour.
pub fn body(result: &Opened, shown: Shown, paint: Paint) -> String {
    if shown == Shown::Numbers {
        // Without a scenario there is only one task, which says the same again.
        let mut summary = result.summary.clone();
        summary.rows.retain(|row| row.of == NameKind::Request);
        let whole = text::body(&summary, &result.verdict);
        let numbers = whole.strip_prefix(&text::verdict(&result.verdict)).unwrap_or(&whole);
        return numbers.trim_start().to_owned();
    }
    let whole = text::body(&result.summary, &result.verdict);
    let (first, rest) = whole.split_once('\n').unwrap_or((&whole, ""));
    let first = match result.verdict.state {
        State::HeldUp => paint.green(first),
        State::HeldUpWithWarnings => paint.yellow(first),
        State::DidNotHoldUp => paint.red(first),
        State::CantTell => paint.bold(first),
    };
    format!("{first}\n{rest}{}", text::rest(result))
}
