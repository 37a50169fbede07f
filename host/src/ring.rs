//! Events, numbered and kept for a while, so that whoever lost the line can go on where it was. Bounded in number and in
//! bytes. Must not know what the events are about.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tidemark_core::wire::{Event, Mark, Told};
use tokio::sync::watch;

use crate::host::held;

/// So many events are kept.
const MOST_EVENTS: usize = 4_096;

/// So many bytes of events are kept, as JSON.
const MOST_BYTES: usize = 24 << 20;

/// Events of one instance of the program.
#[derive(Debug)]
pub(crate) struct Ring {
    instance: String,
    kept: Mutex<Kept>,
    /// The number of the last event.
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Kept {
    events: VecDeque<(Arc<Told>, usize)>,
    bytes: usize,
    last: u64,
}

impl Ring {
    pub(crate) fn new(instance: String) -> Arc<Self> {
        Arc::new(Self { instance, kept: Mutex::default(), last: watch::Sender::new(0) })
    }

    /// Tells an event to everyone.
    pub(crate) fn tell(&self, event: Event) {
        let mut kept = held(&self.kept);
        kept.last += 1;
        let told = Told { number: kept.last, event };
        let size = serde_json::to_string(&told).map_or(0, |text| text.len());
        kept.bytes += size;
        kept.events.push_back((Arc::new(told), size));
        while kept.events.len() > MOST_EVENTS || (kept.bytes > MOST_BYTES && kept.events.len() > 1) {
            kept.bytes -= kept.events.pop_front().map_or(0, |(_, size)| size);
        }
        self.last.send_replace(kept.last);
    }

    /// Listens from now on, or from where somebody had heard.
    pub(crate) fn subscribe(self: &Arc<Self>, since: Option<&Mark>) -> Subscription {
        let last = held(&self.kept).last;
        let (heard, lost) = match since {
            None => (last, false),
            Some(mark) if mark.instance != self.instance || mark.number > last => (last, true),
            Some(mark) => (mark.number, false),
        };
        Subscription { ring: self.clone(), news: self.last.subscribe(), heard, lost }
    }

    /// The event after number `heard`: `Err` with the last number where it is kept no more.
    fn after(&self, heard: u64) -> Result<Option<Arc<Told>>, u64> {
        let kept = held(&self.kept);
        if heard >= kept.last {
            return Ok(None);
        }
        let first = kept.events.front().map_or(kept.last + 1, |(told, _)| told.number);
        match (heard + 1).checked_sub(first) {
            Some(at) => Ok(kept.events.get(at as usize).map(|(told, _)| told.clone())),
            None => Err(kept.last),
        }
    }
}

/// Somebody who listens to events. However slow, it holds nobody up: what it misses becomes one
/// [`Event::Resync`].
#[derive(Debug)]
pub struct Subscription {
    ring: Arc<Ring>,
    news: watch::Receiver<u64>,
    heard: u64,
    lost: bool,
}

impl Subscription {
    /// The next event; waits for it. May be dropped while it waits without losing any.
    pub async fn next(&mut self) -> Arc<Told> {
        loop {
            if std::mem::take(&mut self.lost) {
                return Arc::new(Told { number: self.heard, event: Event::Resync });
            }
            self.news.mark_unchanged();
            match self.ring.after(self.heard) {
                Ok(Some(told)) => {
                    self.heard = told.number;
                    return told;
                }
                Ok(None) => {
                    // The ring lives as long as this does, so there is always somebody to wait for.
                    let _ = self.news.changed().await;
                }
                Err(last) => {
                    self.heard = last;
                    self.lost = true;
                }
            }
        }
    }

    /// Up to where it has heard; to be given to [`crate::Host::subscribe`] to go on from there.
    pub fn mark(&self) -> Mark {
        Mark { instance: self.ring.instance.clone(), number: self.heard }
    }
}

#[cfg(test)]
mod tests;
