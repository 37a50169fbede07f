//! Takes what a run tells, keeps it for those who come late, and passes it on as events. Must not steer the run.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tidemark_core::result::{Header, Redactor};
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::verdict::Ended;
use tidemark_core::watch::Watched;
use tidemark_core::wire::event::{Changed, Event, Notice, RunEnded, RunEvent, RunNoted, RunStarted, Ticked};
use tidemark_core::wire::run::{Over, Phase, Seen, Started};
use tidemark_core::wire::{Failure, Second};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::{Live, MOST_KEPT, SoFar};
use crate::conduct::{Command, Done, News, Order};
use crate::folder::Folder;
use crate::host::held;
use crate::ring::Ring;

/// What a run tells goes through here.
pub(super) struct Keeper {
    run: u64,
    commands: UnboundedSender<Command>,
    begun: Option<oneshot::Sender<Result<Started, Failure>>>,
    ring: Arc<Ring>,
    results: Arc<Folder>,
    kept: Arc<Mutex<Vec<Arc<Live>>>>,
    live: Option<Arc<Live>>,
    redactor: Redactor,
    /// The last whole second, until its few numbers come.
    second: Option<Second>,
}

impl Keeper {
    pub(super) fn new(
        run: u64,
        commands: UnboundedSender<Command>,
        begun: oneshot::Sender<Result<Started, Failure>>,
        ring: Arc<Ring>,
        results: Arc<Folder>,
        kept: Arc<Mutex<Vec<Arc<Live>>>>,
        order: &Order,
    ) -> Self {
        let redactor = Redactor::new(&order.plan.secrets);
        Self { run, commands, begun: Some(begun), ring, results, kept, live: None, redactor, second: None }
    }

    /// The run never began.
    pub(super) fn could_not_start(mut self, failure: Failure) {
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(Err(failure));
        }
    }

    /// Takes news.
    pub(super) fn take(&mut self, news: &News) {
        match news {
            News::Begun { header, path, warnings } => {
                let result = path.map(|path| self.results.name_of(path));
                self.begin(header, result, warnings);
            }
            News::Second(snapshot) => {
                self.with(|so_far| so_far.timeline.push(snapshot));
                let (names, warm_up) =
                    self.with(|so_far| (so_far.header.names.len(), so_far.header.warm_up_seconds)).unwrap_or_default();
                self.second = Some(Second::of(snapshot, names, warm_up));
            }
            News::Tick(tick) => {
                self.with(|so_far| so_far.tick = Some((*tick).clone()));
                if let Some(second) = self.second.take() {
                    self.ring.tell(Event::Tick(Box::new(Ticked { run: self.run, tick: (*tick).clone(), second })));
                }
            }
            News::Event(event) => {
                self.with(|so_far| so_far.events.push((*event).clone()));
                self.ring.tell(Event::RunEvent(RunEvent { run: self.run, event: (*event).clone() }));
            }
            News::Noted(noted) => {
                let noted = (*noted).clone();
                let before = self.with(|so_far| {
                    so_far.seen.watched.follow(noted.clone());
                    so_far.seen.notes += 1;
                    so_far.seen.notes - 1
                });
                if let Some(before) = before {
                    self.ring.tell(Event::RunNoted(Box::new(RunNoted { run: self.run, before, noted })));
                }
            }
            News::Sample(sample) => drop(self.with(|so_far| so_far.samples.push((*sample).clone()))),
        }
    }

    fn begin(&mut self, header: &Header, result: Option<String>, warnings: &[String]) {
        let live = Arc::new(Live {
            run: self.run,
            commands: self.commands.clone(),
            so_far: Mutex::new(SoFar {
                phase: Phase::Running,
                timeline: Timeline::new(header.names.clone(), header.warm_up_seconds),
                header: header.clone(),
                result: result.clone(),
                warnings: warnings.to_vec(),
                tick: None,
                events: Vec::new(),
                samples: Vec::new(),
                seen: Seen { notes: 0, watched: Watched::of(header.watched.clone()) },
                over: None,
            }),
        });
        self.live = Some(live.clone());
        let mut kept = held(&self.kept);
        kept.push(live);
        let old = kept.len().saturating_sub(MOST_KEPT);
        kept.drain(..old);
        drop(kept);
        let (run, warnings) = (self.run, warnings.to_vec());
        // A scenario may be long, and events are many: whoever wants it asks for the run's state.
        let header = Header { scenario: Value::Null, ..header.clone() };
        let started = RunStarted { run, header, result: result.clone(), warnings: warnings.clone() };
        self.ring.tell(Event::RunStarted(Box::new(started)));
        self.ring.tell(Event::LibraryChanged(Changed::Results));
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(Ok(Started { run, result, warnings }));
        }
    }

    /// The run is over.
    pub(super) fn end(mut self, done: Done) {
        let mut verdict = done.result.verdict;
        self.redactor.verdict(&mut verdict);
        let mut ended = done.result.ending.map_or(Ended::Finished, |ending| ending.ended);
        self.redactor.ended(&mut ended);
        let result = done.path.map(|path| self.results.name_of(&path));
        // What stands in the result needs no word of its own.
        let inside = &done.result.notes;
        let notes = done.notes.into_iter().filter(|note| !inside.contains(note)).collect();
        self.over(Over { ended, verdict: Some(verdict), result, notes });
    }

    fn over(&mut self, over: Over) {
        self.with(|so_far| {
            so_far.phase = Phase::Over;
            so_far.result.clone_from(&over.result);
            so_far.over = Some(over.clone());
        });
        // Wherever in the app somebody is by then.
        for text in over.notes.clone() {
            self.ring.tell(Event::Notice(Notice { text }));
        }
        self.ring.tell(Event::RunEnded(Box::new(RunEnded { run: self.run, over })));
        self.ring.tell(Event::LibraryChanged(Changed::Results));
        self.live = None;
    }

    fn with<T>(&self, change: impl FnOnce(&mut SoFar) -> T) -> Option<T> {
        self.live.as_ref().map(|live| change(&mut held(&live.so_far)))
    }
}

impl Drop for Keeper {
    /// Where the run's thread panicked, its end is still told.
    fn drop(&mut self) {
        if self.live.is_some() {
            let result = self.with(|so_far| so_far.result.clone()).flatten();
            let ended = Ended::Broken("Tidemark itself broke down".to_owned());
            let notes = vec!["What was measured until then is in the result.".to_owned()];
            self.over(Over { ended, verdict: None, result, notes });
        }
    }
}
