//! Heads of answers that were read before: a target says mostly the same, and comparing takes a fraction of what taking
//! apart does. Must not know what a head means.

use super::answer::Facts;

/// So many heads are remembered; a newer one takes the place of the oldest.
const MOST: usize = 8;
/// Heads that are longer than this are read anew each time, in bytes.
const LONGEST: usize = 1_024;

/// What a worker remembers of heads.
#[derive(Default)]
pub(super) struct Heads {
    all: Vec<Known>,
    /// Where to look first.
    last: usize,
    /// Whose place the next one takes.
    oldest: usize,
}

struct Known {
    /// From the first byte to the empty line.
    bytes: Vec<u8>,
    facts: Facts,
}

impl Heads {
    /// The head that these bytes begin with, and its length.
    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<(usize, Facts)> {
        let begins = |known: &Known| bytes.starts_with(&known.bytes);
        if !self.all.get(self.last).is_some_and(begins) {
            self.last = self.all.iter().position(begins)?;
        }
        let known = &self.all[self.last];
        Some((known.bytes.len(), known.facts))
    }

    /// Remembers a head that is there to its empty line.
    pub(super) fn keep(&mut self, head: &[u8], facts: Facts) {
        if head.len() > LONGEST {
            return;
        }
        if self.all.len() < MOST {
            self.last = self.all.len();
            self.all.push(Known { bytes: head.to_vec(), facts });
            return;
        }
        self.last = self.oldest;
        self.oldest = (self.oldest + 1) % MOST;
        let known = &mut self.all[self.last];
        known.bytes.clear();
        known.bytes.extend_from_slice(head);
        known.facts = facts;
    }
}
