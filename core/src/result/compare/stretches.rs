//! How long the windows are that two runs are compared by: 5 seconds, shorter in short runs, which would have too few.
//!
//! Must not compare anything.

use crate::result::Opened;

/// How long a window is, in seconds.
const SECONDS: u32 = 5;

/// A run that would have fewer windows than this has shorter ones.
const FEWEST: u32 = 24;

/// How long a window is in both of two runs, in seconds. One interval makes a window where intervals are longer.
pub fn length(a: &Opened, b: &Opened) -> u32 {
    let shorter = a.summary.measured_seconds.min(b.summary.measured_seconds) as u32;
    let intervals = a.timeline.interval_seconds().max(b.timeline.interval_seconds());
    (shorter / FEWEST).clamp(1, SECONDS).next_multiple_of(intervals.clamp(1, 3_600))
}
