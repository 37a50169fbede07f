//! `tidemark report`: the numbers of a result file.

use tidemark_core::report::{html, json, text};
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
    let result = results::open(&args.file)?;
    let options = args.leave_out.options();
    if let Some(path) = &args.html {
        results::save_new(path, html::html(&result, &options).as_bytes())?;
        show::note(&format!("The web page is {}", path.display()));
        return Ok(Exit::Fine);
    }
    let result = share::opened(result, &options);
    let out = match args.json {
        true => schema::json(&json::report(&result)),
        false => {
            let whole = text::report(&result);
            let about = whole.strip_suffix(&text::body(&result.summary, &result.verdict)).unwrap_or_default();
            format!("{about}{}", body(&result, Shown::Verdict, Paint::out()))
        }
    };
    show::print(&out)?;
    Ok(Exit::Fine)
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
    format!("{first}\n{rest}")
}
