//! The practice shop as the host sees it, and the scenario of the demo. The program on top hands the shop in; nothing else
//! of the host may know how it is made.

#[cfg(feature = "shop")]
mod shop;

use std::fmt;

pub use tidemark_core::practice::{DEMO, DEMO_URL};
use tidemark_core::wire::Failure;
use tidemark_core::wire::shop::{ShopKnobs, ShopNow};

#[cfg(feature = "shop")]
pub use shop::{PracticeShop, not_open};

/// A practice shop on this computer. It may be asked from any thread, may take a moment, and stays open until it is
/// dropped.
pub trait Practice: Send + Sync + fmt::Debug {
    /// The shop as it is now.
    fn now(&self) -> ShopNow;

    /// Opens it where it is closed; the knobs stay. Best at [`DEMO_URL`], where scenarios look for it.
    ///
    /// # Errors
    /// It can't be opened.
    fn open(&self) -> Result<ShopNow, Failure>;

    /// Turns its knobs; opens it where it is closed.
    ///
    /// # Errors
    /// A knob has an impossible value, or it can't be opened.
    fn turn(&self, knobs: &ShopKnobs) -> Result<ShopNow, Failure>;

    /// Makes it behave as the demo tells it, counted from the next request; opens it where it is closed.
    ///
    /// # Errors
    /// It can't be opened.
    fn rehearse(&self) -> Result<ShopNow, Failure>;
}

/// The demo's scenario for a shop at this base address.
pub(crate) fn demo_at(url: &str) -> String {
    DEMO.replacen(DEMO_URL, url, 1)
}

#[cfg(test)]
mod tests;
