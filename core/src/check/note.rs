//! What a rule found: problems with their places, bounded in number.

use crate::check::walk::{Spot, Walk};
use crate::problem::{Problem, Severity};

/// Collects what one rule finds.
#[derive(Debug)]
pub struct Out<'w> {
    code: &'static str,
    severity: Severity,
    walk: &'w Walk<'w>,
    found: Vec<(usize, Problem)>,
    more: usize,
}

impl<'w> Out<'w> {
    /// The most problems of one kind that are told; the last one says how many more there are.
    pub const MOST: usize = 100;

    /// For one rule.
    pub(crate) fn new(code: &'static str, severity: Severity, walk: &'w Walk<'w>) -> Self {
        Self { code, severity, walk, found: Vec::new(), more: 0 }
    }

    /// Notes a mistake, as severe as the rule is.
    pub fn say(&mut self, spot: impl Into<Spot>, message: impl Into<String>, hint: impl Into<String>) {
        self.say_as(self.severity, spot, message, hint);
    }

    /// Notes a mistake that is less (or more) severe than usual. In a part that is switched off nothing stops a run.
    pub fn say_as(
        &mut self,
        severity: Severity,
        spot: impl Into<Spot>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if self.found.len() >= Self::MOST {
            self.more += 1;
            return;
        }
        let spot = spot.into();
        let severity = if spot.at.off { severity.max(Severity::Warn) } else { severity };
        let place = self.walk.place(&spot);
        let problem = Problem { code: self.code, severity, place, message: message.into(), hint: hint.into() };
        self.found.push((spot.at.id, problem));
    }

    /// Whether no more is told; what would have been is then counted. For rules whose hints take long to make.
    pub(super) fn full(&mut self) -> bool {
        let full = self.found.len() >= Self::MOST;
        self.more += usize::from(full);
        full
    }

    /// What was found, each with its order in the document.
    pub(crate) fn finish(mut self) -> Vec<(usize, Problem)> {
        if let (Some((_, last)), true) = (self.found.last_mut(), self.more > 0) {
            last.message = format!("{} (and {} more like this)", last.message, self.more);
        }
        self.found
    }
}
