//! What has to arrive before anything is sent: a host's confirmation, a secret's value. Calls may overtake each other, so
//! runs and trials wait here. Must not know what they send.

use crate::effect::Effect;

/// Effects that wait for others.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// So many calls are on their way that must arrive first.
    open: usize,
    waiting: Vec<Effect>,
}

impl Gate {
    /// A call goes out that must arrive before anything is sent.
    pub(super) fn holds(&mut self) {
        self.open += 1;
    }

    /// Takes an effect that sends something; it waits where something has to arrive first.
    pub(super) fn waits(&mut self, effect: &Effect) -> bool {
        let waits = self.open > 0;
        if waits {
            self.waiting.push(effect.clone());
        }
        waits
    }

    /// One of the calls has arrived, or never will: what can go on now.
    pub(super) fn arrived(&mut self) -> Vec<Effect> {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 { std::mem::take(&mut self.waiting) } else { Vec::new() }
    }

    /// The line was lost: nothing that was on its way is waited for.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
