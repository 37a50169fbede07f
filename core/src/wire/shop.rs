//! The practice shop and the demo that runs against it, as an app shows them. Must not know how the shop is made.

use serde::{Deserialize, Serialize};

use crate::wire::files::Document;
use crate::wire::run::Started;

/// How the practice shop misbehaves; by default not at all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopKnobs {
    /// Paying takes so many milliseconds longer, 60,000 at most; 0 for not at all.
    pub slow_pay_ms: u64,
    /// That begins so many milliseconds after the first request.
    pub slow_pay_after_ms: u64,
    /// One in five requests fails while there are more people than this; `None` for never.
    pub errors_above_people: Option<u32>,
    /// The share of connections that are closed without an answer, 0 to 1.
    pub drop_share: f64,
}

/// The practice shop as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShopNow {
    /// Its base address; `None` while it is closed.
    pub url: Option<String>,
    /// How it behaves, or would behave if it were open.
    pub knobs: ShopKnobs,
}

/// The demo has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoStarted {
    /// The run, like any other.
    pub started: Started,
    /// The scenario, as it stands among the others now.
    pub document: Document,
    /// The shop's base address, which is the scenario's target.
    pub url: String,
}
