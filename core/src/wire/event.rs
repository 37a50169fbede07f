//! What is told without being asked. Numbered, so that whoever lost the line can go on where it was.
//! Must not know who listens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::result;
use crate::watch::Noted;
use crate::wire::run::{Over, Tick};
use crate::wire::second::Second;
use crate::wire::trial::TryStep;

/// An event with its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// One more than the last one's, from 1.
    pub number: u64,
    /// What happened.
    pub event: Event,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "about", rename_all = "kebab-case")]
pub enum Event {
    /// A run has begun.
    RunStarted(Box<RunStarted>),
    /// Another second of a run.
    Tick(Box<Ticked>),
    /// Something happened in a run, such as a goal that was broken.
    RunEvent(RunEvent),
    /// What the target said of itself.
    RunNoted(Box<RunNoted>),
    /// A run is over.
    RunEnded(Box<RunEnded>),
    /// A trial went on.
    TryEvent(Box<TryEvent>),
    /// The scenarios or results in the app's folder changed: whoever shows a list reads it again.
    LibraryChanged(Changed),
    /// Something that a person should know.
    Notice(Notice),
    /// Events were lost: whoever shows something reads it again. Its number is that of the last event that was lost; the
    /// next one's is one more.
    Resync,
}

/// A run has begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStarted {
    /// What it is called.
    pub run: u64,
    /// What is run, without secrets and without the scenario, which the run's state has.
    pub header: result::Header,
    /// The file that its result grows in.
    pub result: Option<String>,
    /// What to know about this computer, such as a low limit of open files.
    pub warnings: Vec<String>,
}

/// Another second of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticked {
    /// Which run.
    pub run: u64,
    /// How it is doing.
    pub tick: Tick,
    /// The second itself, for charts.
    pub second: Second,
}

/// Something happened in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEvent {
    /// Which run.
    pub run: u64,
    /// What happened.
    pub event: result::Event,
}

/// What the target said of itself, or that it said nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunNoted {
    /// Which run.
    pub run: u64,
    /// How many notes of the run came before this one.
    pub before: u64,
    /// The note, without secrets.
    pub noted: Noted,
}

/// A run is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEnded {
    /// Which run.
    pub run: u64,
    /// How it ended.
    pub over: Over,
}

/// A trial went on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TryEvent {
    /// Which trial.
    pub trial: u64,
    /// What happened.
    pub step: TryStep,
}

/// Which list changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The scenarios.
    Scenarios,
    /// The results.
    Results,
}

/// Something that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// In a sentence.
    pub text: String,
}

/// Up to where somebody has heard: the number of an event and the instance that told it. As text: `instance-number`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The instance, from the greeting.
    pub instance: String,
    /// The number of the last event that was heard; 0 for none.
    pub number: u64,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.instance, self.number)
    }
}

/// It is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not an instance and a number")]
pub struct NotAMark;

impl FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Self, NotAMark> {
        let (instance, number) = text.rsplit_once('-').ok_or(NotAMark)?;
        let number = number.parse().map_err(|_| NotAMark)?;
        Ok(Self { instance: instance.to_owned(), number })
    }
}
