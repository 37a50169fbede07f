//! `tidemark demo`: the shop and its visitors on this computer, for half a minute.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread::JoinHandle;

use tidemark_core::units::Span;
use tidemark_host::inputs::{self, Overrides};
use tidemark_host::{Code, Failure};
use tidemark_shop::Knobs;
use tokio::sync::oneshot;

use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::road::{self, Shown, Way};
use crate::settings::FailOn;
use crate::show;

/// The scenario, as it stands in the examples.
const SCENARIO: &str = include_str!("../../examples/shop.tide");

/// Opens the shop, sends visitors, closes it.
pub fn demo(args: &DemoArgs) -> Result<Exit, Failure> {
    let shop = Shop::open()?;
    if !args.load.quiet {
        show::note("20 pretend shoppers come to a shop that runs on this computer.");
    }
    let overrides = Overrides {
        base_url: Some(format!("http://{}", shop.address)),
        duration: args.seconds.map(|seconds| Span::from_secs(u64::from(seconds))),
        seed: args.seed.or(Some(1)),
        ..Overrides::default()
    };
    let opened = inputs::open_text("shop.tide", SCENARIO.to_owned(), None, &overrides)?;
    let out = Way::usual_out(&args.load);
    // The demo shows a shop that gets slow: its goals decide the verdict, not the exit code.
    let way = Way { load: &args.load, out, fail_on: FailOn::Never, shown: Shown::Verdict };
    let exit = road::go(opened, &way)?;
    drop(shop);
    Ok(exit)
}

/// The shop on a thread of its own, so that it doesn't wait for what shows the run.
struct Shop {
    address: SocketAddr,
    close: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Shop {
    fn open() -> Result<Self, Failure> {
        let failed = |why: String| Failure::new(Code::Io, format!("The shop could not open: {why}."), "");
        let (close, closing) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let body = move || {
            let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(tell.send(Err(error))),
            };
            runtime.block_on(async move {
                let shop = tidemark_shop::start((Ipv4Addr::LOCALHOST, 0).into(), Knobs::demo()).await;
                match shop {
                    Ok(shop) => {
                        let _ = tell.send(Ok(shop.addr()));
                        let _ = closing.await;
                        shop.stop().await;
                    }
                    Err(error) => drop(tell.send(Err(error))),
                }
            });
        };
        let thread = std::thread::Builder::new().name("shop".to_owned()).spawn(body);
        let thread = thread.map_err(|error| failed(error.to_string()))?;
        let address = told.recv().map_err(|_| failed("its thread ended".to_owned()))?;
        let address = address.map_err(|error| failed(error.to_string()))?;
        Ok(Self { address, close: Some(close), thread: Some(thread) })
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.close.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
