//! `tidemark preview`: what would happen, without sending anything.

use tidemark_core::preview;
use tidemark_core::problem::{Problem, Severity};
use tidemark_host::Failure;
use tidemark_host::inputs::{self, Secrets};

use crate::args::PreviewArgs;
use crate::check;
use crate::exit::Exit;
use crate::schema;
use crate::settings;
use crate::show::{self, Paint};

/// Previews a scenario. Nothing is sent, so secrets need no values.
pub fn preview(args: &PreviewArgs) -> Result<Exit, Failure> {
    let mut opened = inputs::open(&args.file, &settings::overrides(&args.overrides))?;
    let problems = opened.problems(Secrets::LaterOn);
    let stops: Vec<Problem> = problems.into_iter().filter(|problem| problem.severity == Severity::Stop).collect();
    if !stops.is_empty() {
        show::raw(&check::listed(&opened, &stops, Paint::err()));
        return Ok(Exit::Failed);
    }
    for secret in opened.lacking.clone() {
        opened.tell_secret(&secret.name, inputs::STAND_IN.to_owned());
    }
    let plan = match opened.plan() {
        Ok(plan) => plan,
        Err(problems) => {
            show::raw(&check::listed(&opened, &problems, Paint::err()));
            return Ok(Exit::Failed);
        }
    };
    let seen = preview::preview(&plan, &opened.scenario, &preview::Options::USUAL);
    let out = if args.json { schema::json(&preview::json(&seen)) } else { preview::text(&seen) };
    show::print(&out)?;
    Ok(Exit::Fine)
}
