//! What is shown around the test: time, notices, dialogs, panels, settings, and what is possible here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tidemark_core::check::TableFacts;

use crate::doc::Item;
use crate::doc::edit::Edit;

/// A moment, and how local clocks show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub ms: u64,
    /// Minutes that local time is ahead of UTC.
    pub ahead_minutes: i32,
}

impl Moment {
    /// The local time of day: `14:02`.
    pub fn clock(self) -> String {
        let minutes = (self.ms / 60_000) as i64 + i64::from(self.ahead_minutes);
        let day = minutes.rem_euclid(24 * 60);
        format!("{:02}:{:02}", day / 60, day % 60)
    }
}

/// What is possible here; read once at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Real requests can be sent: Try and Run.
    pub send: bool,
    /// The pretend server inside the page is what a run loads.
    pub practice: bool,
    /// Files on this computer can be named by path.
    pub files: bool,
    /// Secrets are kept between sessions.
    pub keychain: bool,
    /// The secrets that have a value here; unknown if none.
    pub secrets: Option<BTreeSet<String>>,
    /// Hosts that may be loaded, beside this computer.
    pub hosts: BTreeSet<String>,
    /// The version of the program.
    pub version: String,
    /// Where tests and results are kept, to be shown; empty if it is no folder.
    pub folder: String,
    /// About the computer that makes the runs.
    pub computer: String,
    /// There is a practice shop, and its knobs can be turned.
    pub shop: bool,
}

/// What the person has chosen for the app itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `light`, `dark`, `system`, `contrast`.
    pub theme: String,
    /// Text size in percent.
    pub text_size: u32,
    /// Fewer effects.
    pub reduce_graphics: bool,
    /// The most people at once at hosts that are not this computer.
    pub most_people: u32,
    /// The most new people a second there.
    pub most_per_second: u32,
    /// Why more than usual is fine; stands in the results.
    pub why_more: String,
    /// Whether a run goes on when the window that started it is closed.
    pub keep_running: bool,
    /// Who is told of every second of a run, as it was typed; none of those that are empty.
    pub feeds: BTreeMap<Feed, String>,
}

/// Somebody who can be told of every second of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feed {
    /// InfluxDB, posted to.
    Influx,
    /// OpenTelemetry, posted to.
    Otlp,
    /// Prometheus, posted to.
    RemoteWrite,
    /// Prometheus, which asks.
    Prometheus,
    /// A file of JSON lines beside each result: `true`.
    Lines,
}

impl Feed {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Influx, Self::Otlp, Self::RemoteWrite, Self::Prometheus, Self::Lines];

    /// What it is remembered as, where the program that makes the runs reads it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Influx => "feed-influx",
            Self::Otlp => "feed-otlp",
            Self::RemoteWrite => "feed-remote-write",
            Self::Prometheus => "feed-prometheus",
            Self::Lines => "feed-lines",
        }
    }
}

impl Default for Settings {
    /// As it is before anything was chosen.
    fn default() -> Self {
        Self {
            theme: "system".to_owned(),
            text_size: 100,
            reduce_graphics: false,
            most_people: 500,
            most_per_second: 2_000,
            why_more: String::new(),
            keep_running: false,
            feeds: BTreeMap::new(),
        }
    }
}

/// How shares are shown and typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShareMode {
    /// Percent that add up to 100.
    #[default]
    Percent,
    /// Plain weights.
    Parts,
}

/// What is known beside a document, about files and secrets on the computer that makes the runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Columns and rows of data tables, by the tables' names.
    pub tables: HashMap<String, TableFacts>,
    /// Files that the document names and that are there; unknown if none.
    pub files: Option<BTreeSet<String>>,
    /// The secrets that have a value; unknown if none.
    pub secrets: Option<BTreeSet<String>>,
}

/// A command that could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failure {
    /// The stable word: `not-found`, `io`, `busy`, `unsupported` …
    pub code: String,
    /// What happened, as a sentence.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
}

impl Failure {
    /// Message and hint as one text.
    pub fn text(&self) -> String {
        if self.hint.is_empty() { self.message.clone() } else { format!("{} {}", self.message, self.hint) }
    }
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// Good to know.
    Info,
    /// Look at it.
    Warn,
    /// Something could not be done; stays until it is dismissed.
    Bad,
}

/// Which window may change a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// This one.
    Here,
    /// Another one.
    Elsewhere,
    /// Another one from now on.
    Lost,
}

/// A line that comes up and goes away.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// How much it matters.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// What it offers.
    pub offer: Option<Offer>,
    /// What it offers instead.
    pub other: Option<Offer>,
}

/// A button on a notice.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// Take the last change back.
    Undo,
    /// Save again.
    SaveAgain,
    /// Make this change.
    Edit(Box<Edit>),
    /// Open the problems.
    Problems,
    /// Keep mine although somebody else changed the test.
    KeepMine,
    /// Take what somebody else made of the test.
    LoadTheirs,
    /// Change the test here, and no longer in the other window.
    TakeOver,
    /// Show the history.
    History,
    /// Go back to the document as it was in the file.
    BackToFile,
    /// Save a copy.
    SaveCopy,
    /// Keep the test with this id after all.
    KeepTest(String),
    /// Keep the result with this id after all.
    KeepResult(String),
}

/// A dialog; one is open at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// What to look at before a run.
    BeforeRun,
    /// How to stop the run.
    Stop,
    /// Where to move the chosen steps.
    MoveTo,
    /// A request that is pasted, or a file.
    Import,
    /// A new target.
    NewTarget,
    /// A data table from a file.
    ReadTable,
    /// Something in use is to be deleted.
    TakeOut(Taken),
    /// What is in the file that is shared.
    Share(String),
    /// Search or do anything.
    Palette,
    /// The words and what they mean.
    Glossary,
    /// The keys.
    Keys,
    /// Versions from before.
    History,
    /// What a run would do.
    Preview,
}

/// Something that is to be deleted on the Data tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// A table, a value, a secret, a target or a host.
    Item(Item),
    /// A column: the table's number and the column's, from 0.
    Column(usize, usize),
}

/// A part of the window that opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Panel {
    /// The problems.
    Problems,
    /// The step panel.
    Step,
    /// The trial of one person.
    Trial,
    /// How the practice shop behaves.
    Shop,
}
