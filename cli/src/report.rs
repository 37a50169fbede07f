//! `tidemark report`: the numbers of a result file.

use serde_json::{Value, json};
use tidemark_core::result::Opened;
use tidemark_host::{Failure, results};

use crate::args::ReportArgs;
use crate::exit::Exit;
use crate::road::Shown;
use crate::schema;
use crate::show::{self, Paint};
use crate::table;

/// Shows a result file.
pub fn report(args: &ReportArgs) -> Result<Exit, Failure> {
    let result = results::open(&args.file)?;
    if args.json {
        let mut value = value(&result);
        value["notes"] = json!(result.notes);
        show::print(&schema::json(&value))?;
        return Ok(Exit::Fine);
    }
    let paint = Paint::out();
    let header = &result.header;
    let mut out = format!("{}\n", paint.bold(&header.title));
    out.push_str(&format!("{} · {} · {}\n", header.target, header.started_at, header.made_by));
    result.notes.iter().for_each(|note| out.push_str(&format!("{}\n", paint.yellow(note))));
    out.push('\n');
    out.push_str(&text(&result, Shown::Verdict, paint));
    show::print(&out)?;
    Ok(Exit::Fine)
}

/// A result as text.
pub fn text(result: &Opened, shown: Shown, paint: Paint) -> String {
    let mut out = match shown {
        Shown::Verdict => show::verdict(&result.verdict, paint),
        Shown::Numbers => result.verdict.caveats.iter().map(|caveat| format!("{}\n", paint.yellow(caveat))).collect(),
    };
    out.push_str(&table::goals(&result.verdict, paint));
    out.push_str(&table::numbers(result, paint));
    out.push_str(&table::failures(result, paint));
    out
}

/// A result as JSON.
pub fn value(result: &Opened) -> Value {
    let header = &result.header;
    json!({
        "title": header.title,
        "target": header.target,
        "environment": header.environment,
        "started_at": header.started_at,
        "seed": header.seed.to_string(),
        "made_by": header.made_by,
        "complete": result.complete,
        "ended": result.ending,
        "verdict": result.verdict,
        "summary": result.summary,
        "events": result.events,
    })
}
