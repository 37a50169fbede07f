//! The words of the Build tab's cards.

use tidemark_core::units::grouped;

/// "5 more": ribbons that are drawn as one.
pub fn more(count: usize) -> String {
    format!("{count} more")
}

/// "42 of 60 people"; where arrivals are counted, "42 of 60 new people per second".
pub fn heads(count: u32, of: u32, arrivals: bool) -> String {
    let what = if arrivals { "new people per second" } else { "people" };
    format!("{} of {} {what}", grouped(u64::from(count)), grouped(u64::from(of)))
}

/// A task that is never picked.
pub const NEVER_PICKED: &str = "never picked";

/// Why picks and requests differ.
pub fn picks_and_requests(name: &str, picked: f64, requests: f64) -> String {
    let why = if requests > picked { "it has more steps" } else { "it has fewer steps" };
    format!(
        "{name} is picked {:.0} % of the time but sends {:.0} % of requests, because {why}.",
        picked * 100.0,
        requests * 100.0
    )
}
