//! The demo shop: a real HTTP/1.1 and HTTP/2 (prior knowledge) server to practise on, used by the demo, the tests,
//! the examples and the benchmarks. It must not know what a scenario or a run is: it only sells things, counts
//! exactly what it was asked, and misbehaves when its [`Knobs`] say so.
//!
//! ```no_run
//! # async fn sell() -> std::io::Result<()> {
//! let shop = tidemark_shop::start(([127, 0, 0, 1], 0).into(), tidemark_shop::Knobs::quiet()).await?;
//! let address = shop.addr();
//! let counts = shop.counts();
//! shop.stop().await;
//! # Ok(()) }
//! ```

mod answer;
mod catalogue;
mod counts;
mod crowd;
mod dice;
mod door;
mod fate;
mod knobs;
mod odd;
mod page;
mod receive;
mod route;
mod shelves;
mod shop;
mod stand;
mod till;
mod visitors;

pub use counts::{Counts, RouteCounts};
pub use knobs::{ErrorsAbove, Knobs, Latency, SlowPay, Stall, WrongKnob};
pub use shop::{Shop, start};
pub use stand::Stand;

#[cfg(test)]
mod tests;
