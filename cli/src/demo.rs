//! `tidemark demo`: the shop and its visitors on this computer, for half a minute.

use std::net::Ipv4Addr;

use tidemark_core::units::Span;
use tidemark_host::inputs::{self, Overrides};
use tidemark_host::{Failure, practice};
use tidemark_shop::{Knobs, Stand};

use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::road::{self, Shown, Way};
use crate::settings::FailOn;
use crate::show;

/// Opens the shop, sends visitors, closes it.
pub fn demo(args: &DemoArgs) -> Result<Exit, Failure> {
    let shop = Stand::open((Ipv4Addr::LOCALHOST, 0).into(), Knobs::demo());
    let shop = shop.map_err(|error| practice::not_open(&error))?;
    if !args.load.quiet {
        show::note("20 pretend shoppers come to a shop that runs on this computer.");
    }
    let overrides = Overrides {
        base_url: Some(format!("http://{}", shop.addr())),
        duration: args.seconds.map(|seconds| Span::from_secs(u64::from(seconds))),
        seed: args.seed.or(Some(1)),
        watch: args.load.watch.watch(),
        ..Overrides::default()
    };
    let opened = inputs::open_text("shop.tide", practice::DEMO.to_owned(), None, &overrides)?;
    let out = Way::usual_out(&args.load);
    // The demo shows a shop that gets slow: its goals decide the verdict, not the exit code.
    let way = Way { load: &args.load, out, fail_on: FailOn::Never, shown: Shown::Verdict, baseline: None };
    let exit = road::go(opened, &way)?;
    drop(shop);
    Ok(exit)
}
