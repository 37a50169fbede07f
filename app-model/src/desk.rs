//! What answers the wire's commands where no program does: in a page alone. Files are kept by whoever carries the commands;
//! the desk says what it must see of them, answers, and says what is to be written. Runs are practice runs, told as any other.
//!
//! [`Desk::ask`] reads a command, [`Desk::decide`] answers it from what was seen, [`Desk::settle`] tells of it once it is
//! written; [`Desk::beat`] carries a run on. Pure: must not keep a file, nor know a clock.

mod answers;
mod library;
mod plan;
mod results;
mod run;
mod settings;
mod shelf;

use std::collections::HashMap;

use serde_json::Value;
use tidemark_core::wire::event::{Changed, Event, Notice};
use tidemark_core::wire::{Failure, Told};

pub use answers::Asked;
pub use run::End;
pub use shelf::{Held, Kept, Look, Seen, Write, growing_of};

use crate::text::desk as say;

/// Removed files are kept for so long, in milliseconds.
const KEPT_REMOVED_MS: u64 = 30 * 24 * 3_600_000;

/// Who the desk says that it is.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// Another word each time the page is opened.
    pub instance: String,
    /// About the computer.
    pub computer: String,
    /// A number by chance, for runs without a seed.
    pub chance: u64,
}

/// Answers commands and makes practice runs.
pub struct Desk {
    who: Who,
    /// The number of the last event.
    told: u64,
    /// Values of secrets, by the scenario's file and the secret's name. They are in no file.
    secrets: HashMap<(String, String), String>,
    /// The run that goes on, or the last one.
    run: Option<run::Live>,
    runs: u64,
}

/// An answer, and what it changes.
pub struct Acted {
    reply: Result<Value, Failure>,
    /// What is to be written, all of it or nothing.
    pub writes: Vec<Write>,
    /// Whether it is to be held in memory where it can't be written, until it can.
    pub hold: bool,
    tell: Vec<Event>,
}

/// What comes of an answer: the reply, and what to tell.
pub struct Settled {
    /// The reply to the command.
    pub reply: Result<Value, Failure>,
    /// What happened.
    pub told: Vec<Told>,
    /// What changed that other pages should hear of.
    pub changed: Vec<Changed>,
}

/// What a moment brought to a run.
#[derive(Default)]
pub struct Beat {
    /// What happened; to be told at once.
    pub told: Vec<Told>,
    /// What is to be written; held in memory where it can't be.
    pub writes: Vec<Write>,
    /// What is to be told once it is written, by [`Desk::ended`].
    pub end: Option<run::End>,
    /// After so many milliseconds there is more; none where no run goes on.
    pub again_ms: Option<u64>,
}

impl Desk {
    /// A desk that has made no run yet.
    pub fn new(who: Who) -> Self {
        Self { who, told: 0, secrets: HashMap::new(), run: None, runs: 0 }
    }

    /// Reads a command.
    ///
    /// # Errors
    /// There is no such command, or its body makes no sense.
    pub fn ask(&self, name: &str, body: Value) -> Result<Asked, Failure> {
        answers::ask(name, body)
    }

    /// Answers a command from what was seen of the files; `now_ms` is milliseconds since 1970.
    pub fn decide(&mut self, asked: Asked, seen: &Seen, now_ms: u64) -> Acted {
        asked.answer(self, seen, now_ms)
    }

    /// What to reply and to tell, once everything is written, or why it isn't.
    pub fn settle(&mut self, acted: Acted, kept: Result<(), Failure>) -> Settled {
        let Acted { reply, hold, tell, .. } = acted;
        let (reply, tell) = match kept {
            Ok(()) => (reply, tell),
            Err(why) if hold => (reply.map(|reply| answers::unkept(reply, &why)), tell),
            Err(why) => (Err(why), Vec::new()),
        };
        let changed = changes(&tell);
        let told = tell.into_iter().map(|event| self.tell(event)).collect();
        Settled { reply, told, changed }
    }

    /// Another page changed a list.
    pub fn changed_elsewhere(&mut self, what: Changed) -> Told {
        self.tell(Event::LibraryChanged(what))
    }

    /// Files that were removed too long ago.
    pub fn sweep(seen: &Seen, now_ms: u64) -> Vec<Write> {
        let old = seen.under(shelf::REMOVED).filter(|(_, kept)| kept.changed_ms + KEPT_REMOVED_MS < now_ms);
        old.map(|(path, _)| Write::Remove(path.to_owned())).collect()
    }

    /// The folder that [`Desk::sweep`] looks into.
    pub fn removed() -> Look {
        Look::folder(shelf::REMOVED)
    }

    /// Carries the run on to this moment.
    pub fn beat(&mut self, now_ms: u64) -> Beat {
        run::beat(self, now_ms)
    }

    /// Whether the seconds of the run can be written, or why not.
    pub fn run_kept(&mut self, kept: Result<(), Failure>) {
        if let Some(run) = &mut self.run {
            run.disk = kept.err().map(|failure| failure.message);
        }
    }

    /// The run is over, and its result is written, or why it isn't.
    pub fn ended(&mut self, end: run::End, kept: Result<(), Failure>) -> Settled {
        let notes: Vec<String> = kept.err().map(|why| say::result_unkept(&why.message)).into_iter().collect();
        let mut tell: Vec<Event> = notes.iter().map(|text| Event::Notice(Notice { text: text.clone() })).collect();
        tell.extend(run::ended(self, end, notes));
        tell.push(Event::LibraryChanged(Changed::Results));
        let changed = changes(&tell);
        let told = tell.into_iter().map(|event| self.tell(event)).collect();
        Settled { reply: Ok(Value::Null), told, changed }
    }

    /// The file of the result that grows, while a run goes on.
    pub fn growing(&self) -> Option<&str> {
        self.run.as_ref().filter(|run| run.goes_on()).map(|run| run.file.as_str())
    }

    fn tell(&mut self, event: Event) -> Told {
        self.told += 1;
        Told { number: self.told, event }
    }
}

fn changes(events: &[Event]) -> Vec<Changed> {
    let changed = |event: &Event| if let Event::LibraryChanged(what) = event { Some(*what) } else { None };
    events.iter().filter_map(changed).collect()
}

#[cfg(test)]
mod tests;
