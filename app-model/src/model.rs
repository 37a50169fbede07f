//! Everything the app knows: the open test, what is shown around it, what goes on outside. Must not decide what happens
//! next; that is for [`mod@crate::update`].

mod compared;
mod incoming;
mod run;
mod shown;
mod trial;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tidemark_core::preview::Preview;
use tidemark_core::problem::Problem;
use tidemark_core::result::Opened;
use tidemark_core::scenario::{DataTable, Secret};
use tidemark_core::wire::shop::ShopNow;
use tidemark_core::wire::target::TargetFacts;

pub use compared::{Compared, MOST_RUNS, Sharing, Side, TrendRun};
pub use incoming::{Incoming, Reach, ReadAs, TableRows, Then};
pub use run::{FailureRow, Lately, LiveRow, Measured, Phase, Run, RunHead, Second};
pub use shown::{
    Capabilities, Dialog, Facts, Failure, Feed, Hold, Moment, Notice, Offer, Panel, Settings, ShareMode, Taken, Tone,
};
pub use trial::{Exchange, Times, Trial, TrialNow, TrialStep, TrialWhat, TrialWish};

use crate::doc::Doc;
use crate::route::{Route, Tab};

/// The whole state.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The time of the message at hand.
    pub now: Moment,
    /// What is possible here.
    pub can: Capabilities,
    /// What the person has chosen for the app itself.
    pub settings: Settings,
    /// Where the person is.
    pub route: Route,
    /// The tests on Home; none before they were listed.
    pub tests: Option<Vec<TestCard>>,
    /// Tests that are about to be removed, with the place in the list they had.
    pub leaving: Vec<(usize, TestCard)>,
    /// What is to be done with tests that are read and not shown.
    pub(crate) errands: Vec<Errand>,
    /// The open test.
    pub test: Option<Test>,
    /// The notices that are shown, oldest first.
    pub notices: Vec<Notice>,
    /// The practice shop as it is; none while nobody asked.
    pub shop: Option<ShopNow>,
    /// Who looked how the demo was built is shown the way to a test of their own, beside the demo: its id.
    pub own_way: Option<String>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What stands in the dialog about something pasted, until it has come in.
    pub pasted: String,
    /// A table's file that was given and is not added yet.
    pub incoming: Option<Incoming>,
    /// What was said in the check before requests are sent.
    pub reach: Reach,
    /// The panels that are open.
    pub panels: BTreeSet<Panel>,
    /// Whether files are held over the app.
    pub files_held: bool,
    /// Whether nothing is heard from whatever makes the runs.
    pub cut_off: bool,
    /// The run that goes on, or the last one.
    pub run: Option<Run>,
    /// Results, of the test or opened from a file.
    pub results: Results,
    /// The number of the next notice.
    pub(crate) next_notice: u64,
}

/// The open test.
#[derive(Debug, Clone)]
pub struct Test {
    /// Its id in the library.
    pub id: String,
    /// The document.
    pub doc: Doc,
    /// What is wrong with the document, worst first.
    pub problems: Vec<Problem>,
    /// How saving goes.
    pub save: Save,
    /// What is known beside the document.
    pub facts: Facts,
    /// What the facts were asked about.
    pub(crate) facts_for: Option<FactsFor>,
    /// It is of a newer format: it can be looked at, but neither changed nor run.
    pub read_only: bool,
    /// What somebody else made of it, while nobody has decided.
    pub theirs: Option<String>,
    /// Another window may change it: here it is only shown.
    pub elsewhere: bool,
    /// When it was taken over from another window, in milliseconds.
    pub(crate) taken_over_ms: Option<u64>,
    /// Where the target is; none while nobody asked.
    pub target: Option<Result<Box<TargetFacts>, Failure>>,
    /// Tasks and steps that are open, by id.
    pub expanded: BTreeSet<String>,
    /// How shares are shown.
    pub shares: ShareMode,
    /// About how many requests a run sends, as far as that is known.
    pub estimate: Option<u64>,
    /// How many rows of each data table a run takes if it has them; none where rows are taken by chance.
    pub needs: Vec<(String, Option<u64>)>,
    /// Rows of tables that stand in files, by the tables' names, as far as somebody looked.
    pub file_rows: HashMap<String, Result<Arc<TableRows>, Failure>>,
    /// The table whose rows are brought into the test as soon as they are there.
    pub(crate) bringing: Option<String>,
    /// Why the last share could not be changed, and whose it was.
    pub refused: Option<(crate::doc::Item, String)>,
    /// What a run would do.
    pub preview: PreviewState,
    /// How long answers are assumed to take in it.
    pub assumed: Assumed,
    /// The last trial.
    pub trial: Option<Trial>,
    /// How the next trial is to be made.
    pub wish: TrialWish,
}

/// What facts depend on: while it is the same, nobody has to ask again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactsFor {
    pub(crate) secrets: Vec<Secret>,
    pub(crate) data: Vec<DataTable>,
    /// Files in the bodies of requests.
    pub(crate) files: Vec<String>,
}

/// What is to be done with a test of the list, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Make another like it.
    Copy(String),
    /// Give it this name.
    Name(String, String),
}

/// How saving goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Save {
    /// The revision that is safe.
    pub safe: u64,
    /// The hash of the text that is in the file, as far as is known.
    pub(crate) safe_text: u64,
    /// The hash of the text that is being written.
    pub(crate) written_text: u64,
    /// The revision that is being written.
    pub writing: Option<u64>,
    /// When the oldest change that is not safe was made, in milliseconds.
    pub waiting_since_ms: Option<u64>,
    /// When writing began.
    pub writing_since_ms: Option<u64>,
    /// When it was last saved.
    pub saved_at: Option<Moment>,
    /// Why it could not be saved.
    pub trouble: Option<String>,
}

/// What is known about a preview.
#[derive(Debug, Clone, Default)]
pub enum PreviewState {
    /// Nobody asked.
    #[default]
    Unasked,
    /// It is being worked out.
    Working(Working),
    /// There it is, and the revision of the document it is about.
    Ready(Box<Preview>, u64),
    /// These problems stop it.
    Stopped(Vec<Problem>),
}

/// A preview in the making.
#[derive(Debug, Clone, Default)]
pub struct Working {
    /// Its seed.
    pub seed: u64,
    /// How much of it is done, from 0 to 1.
    pub done: f64,
    /// It takes so long that a person should see how far it is.
    pub slow: bool,
    /// The preview from before, and the revision it was about.
    pub before: Option<(Box<Preview>, u64)>,
}

/// How long answers are assumed to take in a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assumed {
    /// As long as usual.
    #[default]
    Usual,
    /// As long as in the last trial.
    AsTried,
    /// So many milliseconds.
    Ms(u64),
}

/// A test on Home.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was last opened, in milliseconds since 1970.
    pub opened_ms: u64,
    /// The last run's verdict, by the word of its state, and its people.
    pub last: Option<(String, u32)>,
    /// The last run's p95 over time, for a small line; gaps are none.
    pub spark: Vec<Option<u64>>,
    /// Why it can't be read, if it can't.
    pub trouble: Option<String>,
}

/// A result in the history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResultCard {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it started, as text.
    pub started_at: String,
    /// The verdict's state, by its word.
    pub state: String,
    /// The most people at once.
    pub people: u32,
    /// Others are compared with this one.
    pub baseline: bool,
    /// The target was a pretend one.
    pub practice: bool,
    /// How long it was planned to be, in seconds; none where it was a number of repetitions.
    pub seconds: Option<u32>,
}

/// Results.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The history; none before it was listed.
    pub cards: Option<Vec<ResultCard>>,
    /// The open result and its id; empty for a file from outside.
    pub open: Option<(String, Box<Opened>)>,
    /// Name and bytes of the open result, where it came from a file and is not among the others.
    pub file: Option<(String, Vec<u8>)>,
    /// The result that is being read.
    pub reading: Option<String>,
    /// How the table of steps is sorted, and whether from the greatest down.
    pub sort: (Column, bool),
    /// Only rows with this in their name.
    pub filter: String,
    /// Results that are about to be removed, with the place in the history they had.
    pub leaving: Vec<(usize, ResultCard)>,
    /// Two results side by side.
    pub compared: Compared,
    /// What is left out when a result is passed on.
    pub sharing: Sharing,
}

/// A column of the table of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Column {
    /// In the order of the scenario.
    #[default]
    Order,
    /// Name.
    Name,
    /// Requests.
    Sent,
    /// Of these, failed.
    Failed,
    /// The middle response time.
    Typical,
    /// 95 of 100.
    P95,
    /// 99 of 100.
    P99,
    /// The slowest.
    Slowest,
}

impl ResultCard {
    /// Whether it holds a run that is over, verdict and all.
    pub fn is_whole(&self) -> bool {
        !matches!(self.state.as_str(), "running" | "ended-unexpectedly" | "unreadable")
    }
}

impl Errand {
    /// The test it is about.
    pub(crate) fn id(&self) -> &String {
        match self {
            Self::Copy(id) | Self::Name(id, _) => id,
        }
    }
}

impl Model {
    /// The tab of the test that is shown; none outside of a test.
    pub fn tab(&self) -> Option<Tab> {
        match &self.route {
            Route::Tab(_, tab) => Some(*tab),
            Route::Task(..) => Some(Tab::Build),
            Route::Result(..) | Route::Compare(..) => Some(Tab::Results),
            Route::Home | Route::Viewer | Route::Settings => None,
        }
    }

    /// Whether a run goes on.
    pub fn running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.phase.goes_on())
    }

    /// Adds a notice; its number.
    pub(crate) fn notice(&mut self, tone: Tone, text: impl Into<String>, offer: Option<Offer>) -> u64 {
        let text = text.into();
        // The same notice twice is one notice.
        self.notices.retain(|notice| notice.text != text);
        self.next_notice += 1;
        self.notices.push(Notice { id: self.next_notice, tone, text, offer, other: None });
        if self.notices.len() > 5 {
            self.notices.remove(0);
        }
        self.next_notice
    }
}
