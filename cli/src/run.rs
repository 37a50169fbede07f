//! `tidemark run`: a scenario, for real.

use tidemark_host::inputs::{self, Overrides};
use tidemark_host::{Failure, results};

use crate::args::RunArgs;
use crate::exit::Exit;
use crate::road::{self, Shown, Way};
use crate::settings;

/// Runs a scenario.
pub fn run(args: &RunArgs) -> Result<Exit, Failure> {
    let overrides = Overrides { watch: args.load.watch.watch(), ..settings::overrides(&args.overrides) };
    let opened = inputs::open(&args.file, &overrides)?;
    // What can't be read is said before anything is sent.
    let baseline = args.baseline.as_deref().map(results::open).transpose()?;
    let out = Way::usual_out(&args.load);
    road::go(opened, &Way { load: &args.load, out, fail_on: args.fail_on, shown: Shown::Verdict, baseline })
}
