//! What drift is said to be, in sentences. Must not compute what is said.

use super::{Drift, Shape, What};
use crate::units::{clock, one_in, plain_bytes, plain_time};

impl Drift {
    /// In a sentence: what, from what to what, and since when.
    pub fn sentence(&self) -> String {
        let of = self.name.as_ref().map_or_else(|| "answers".to_owned(), |name| format!("“{name}”"));
        let from = self.value(self.from);
        let to = self.value(self.to);
        let when = match (self.shape, self.from_start) {
            (Shape::Jumped, _) => format!("at {}, all at once", clock(self.since)),
            (Shape::Grew, true) => "bit by bit, from the start on".to_owned(),
            (Shape::Grew, false) => format!("bit by bit, from {} on", clock(self.since)),
        };
        match self.what {
            What::Slower => {
                format!(
                    "While the load stayed the same, {of} got slower {when}: 95 of 100 within {from} before, {to} at the end."
                )
            }
            What::Failing => {
                let of = if self.name.is_some() { format!("failures of {of}") } else { "failures".to_owned() };
                format!("While the load stayed the same, {of} grew {when}: {from} before, {to} at the end.")
            }
            What::Memory => {
                format!("While the load stayed the same, {of} grew {when}: {from} before, {to} at the end.")
            }
        }
    }

    fn value(&self, value: f64) -> String {
        match self.what {
            What::Slower => plain_time(value.round() as u64),
            What::Memory => plain_bytes(value.max(0.0).round() as u64),
            What::Failing if value <= 0.0 => "none".to_owned(),
            What::Failing => one_in((value * 1e6).round() as u64, 1_000_000),
        }
    }
}
