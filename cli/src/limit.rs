//! `tidemark limit`: how much the target can take.

use tidemark_core::scenario::LimitSearch;
use tidemark_host::{Code, Failure, inputs};

use crate::args::LimitArgs;
use crate::exit::Exit;
use crate::road::{self, Shown, Way};
use crate::settings::{self, FailOn};

/// Looks for the limit.
pub fn limit(args: &LimitArgs) -> Result<Exit, Failure> {
    let asked = &args.overrides;
    if !asked.stage.is_empty() || asked.duration.is_some() {
        let message = "A search for the limit makes stages of its own, and ends when it has an answer.".to_owned();
        return Err(Failure::new(
            Code::Invalid,
            message,
            "Leave out --stage and --duration; --step and --confirm say how long.",
        ));
    }
    let mut overrides = settings::overrides(asked);
    overrides.watch = args.load.watch.watch();
    overrides.limit = Some(LimitSearch {
        people: asked.people,
        arrivals: asked.arrivals,
        start: args.start,
        step: args.step,
        confirm: args.confirm,
        ..LimitSearch::default()
    });
    let opened = inputs::open(&args.file, &overrides)?;
    let out = Way::usual_out(&args.load);
    road::go(opened, &Way { load: &args.load, out, fail_on: FailOn::Goals, shown: Shown::Verdict, baseline: None })
}
