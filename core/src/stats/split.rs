//! Latencies of requests that ended well and of those that failed, kept apart, so that neither hides in the other.
//!
//! Must not know how latencies are counted.

use std::borrow::Cow;

/// What can be added up: [`Hist`](crate::stats::hist::Hist) and [`Packed`](crate::stats::packed::Packed).
pub trait Sum: Clone + Default {
    /// Whether it holds nothing.
    fn is_empty(&self) -> bool;
    /// Adds everything in `other`. The order makes no difference.
    fn merge(&mut self, other: &Self);
}

/// One latency of the requests of one name, by how they ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Split<H> {
    /// Those that ended well.
    pub ok: H,
    /// Those that failed and have a time.
    pub failed: H,
}

impl<H: Sum> Split<H> {
    /// However they ended. Copies only where there are some of both.
    pub fn all(&self) -> Cow<'_, H> {
        if self.failed.is_empty() {
            return Cow::Borrowed(&self.ok);
        }
        if self.ok.is_empty() {
            return Cow::Borrowed(&self.failed);
        }
        let mut all = self.ok.clone();
        all.merge(&self.failed);
        Cow::Owned(all)
    }

    /// Adds everything in `other`. The order makes no difference.
    pub fn merge(&mut self, other: &Self) {
        self.ok.merge(&other.ok);
        self.failed.merge(&other.failed);
    }

    /// Both sides turned into something else.
    pub fn map<T>(&self, turn: impl Fn(&H) -> T) -> Split<T> {
        Split { ok: turn(&self.ok), failed: turn(&self.failed) }
    }
}
