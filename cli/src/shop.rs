//! `tidemark shop`: the practice shop, alone.

use std::net::Ipv4Addr;
use std::time::Duration;

use tidemark_core::units::{Span, grouped};
use tidemark_host::{Code, Failure};
use tidemark_shop::{ErrorsAbove, Knobs, Latency, SlowPay, Stall};

use crate::args::ShopArgs;
use crate::exit::Exit;
use crate::road;
use crate::show;

/// Opens the shop until Ctrl-C.
pub fn shop(args: &ShopArgs) -> Result<Exit, Failure> {
    let knobs = knobs(args);
    knobs.check().map_err(|wrong| Failure::new(Code::Invalid, format!("The shop can't do that: {wrong}."), ""))?;
    road::runtime()?.block_on(async {
        let address = (Ipv4Addr::LOCALHOST, args.port).into();
        let shop = tidemark_shop::start(address, knobs).await.map_err(|error| not_open(args.port, &error))?;
        show::print(&format!("http://{}\n", shop.addr()))?;
        show::note("The shop is open. Its knobs: /knobs, its counts: /stats. Ctrl-C closes it.");
        let _ = tokio::signal::ctrl_c().await;
        let counts = shop.stop().await;
        show::note(&format!("\nIt was asked {} times.", grouped(counts.requests)));
        Ok(Exit::Fine)
    })
}

fn not_open(port: u16, error: &std::io::Error) -> Failure {
    let why = tidemark_host::failure::plain(error);
    let hint = "Choose another port with --port, or 0 for any free one.";
    Failure::new(Code::Io, format!("The shop could not open at port {port}: {why}."), hint)
}

fn knobs(args: &ShopArgs) -> Knobs {
    let time = |span: Span| span.to_std();
    let mut knobs = if args.demo { Knobs::demo() } else { Knobs::quiet() };
    if let Some(latency) = args.latency {
        knobs.latency = Latency::fixed(time(latency));
    }
    if let Some(by) = args.slow_pay.map(time) {
        knobs.slow_pay = Some(SlowPay { after: Duration::ZERO, by, up_to: by, above_people: 0 });
    }
    if let Some((people, share)) = args.errors_above {
        knobs.errors_above = Some(ErrorsAbove { people, share, status: 503 });
    }
    if let Some((at, lasts)) = args.stall {
        knobs.stall = Some(Stall { at: time(at), lasts: time(lasts), every: Duration::ZERO });
    }
    knobs.drop_share = args.drop_share.unwrap_or(knobs.drop_share);
    knobs.tills = args.tills.or(knobs.tills);
    knobs.seed = args.seed.unwrap_or(knobs.seed);
    knobs
}
