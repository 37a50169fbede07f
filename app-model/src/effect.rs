//! What the outside is asked to do. Its answers come back as messages. Must not do anything itself.

use std::sync::Arc;

use tidemark_core::scenario::Scenario;
use tidemark_core::units::Span;
use tidemark_core::wire::shop::ShopKnobs;

use crate::doc::edit::Edit;
use crate::model::{Sharing, TrialWish};
use crate::msg::Msg;
use crate::text::notices;

/// One thing for the outside to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// List the tests; answered by [`Msg::TestsListed`].
    ListTests,
    /// Read a test; answered by [`Msg::TestRead`].
    ReadTest(String),
    /// Read a test without showing it; answered by [`Msg::TestFetched`].
    FetchTest(String),
    /// Give a test another name: its id and the new name.
    RenameTest(String, String),
    /// Keep a test's history: its id and the history as text. Read back with the test, as [`Msg::HistoryRead`].
    KeepHistory(String, String),
    /// Find out what is known beside a document: its id and text; answered by [`Msg::FactsKnown`].
    AskFacts(String, String),
    /// Read rows of a data table that stands in a file: the test's id and text, the table's name, and how many at most;
    /// answered by [`Msg::TableRead`].
    ReadTable(String, String, String, usize),
    /// Somebody else changed this test and that is all right: the next [`Effect::SaveTest`] goes over it.
    TakeTheirs(String),
    /// Hold this test, so that other windows of this browser don't change it meanwhile; answered by [`Msg::Held`]. One test
    /// is held at a time.
    Hold(String),
    /// Hold it although another window does; answered likewise.
    TakeOver(String),
    /// Write a test: its id, the revision, its text; answered by [`Msg::Saved`].
    SaveTest(String, u64, String),
    /// Make a test with this text; answered by [`Msg::TestRead`].
    CreateTest(String),
    /// Remove a test, to be kept for 30 days.
    RemoveTest(String),
    /// List the results of a test; answered by [`Msg::ResultsListed`].
    ListResults(String),
    /// Read a result; answered by [`Msg::ResultRead`].
    ReadResult(String),
    /// Take a result in from a file: its name and bytes.
    ImportResult(String, Vec<u8>),
    /// Remove a result, to be kept for 30 days.
    RemoveResult(String),
    /// Give a result another name.
    RenameResult(String, String),
    /// Compare others of this test (its id) with this result, or with none.
    SetBaseline(String, Option<String>),
    /// Read requests of the run that failed, of a kind (its word) or of all; answered by [`Msg::RunSamples`].
    ReadSamples(Option<String>),
    /// Find out where the target is and whether anything answers; answered by [`Msg::TargetKnown`].
    CheckTarget(Arc<Scenario>),
    /// Tell the value of a secret, or forget it: the test's id, the secret's name.
    SetSecret(String, String, Option<String>),
    /// Work out what a run takes, by [`crate::select::shell::estimate`], for the document at this
    /// revision; answered by [`Msg::Estimated`].
    Estimate(Arc<Scenario>, u64),
    /// Work out a preview with this seed, where answers take so long; answered by [`Msg::Previewed`]. To be done outside of
    /// the screen's thread, by [`crate::select::preview::work_out`].
    Preview(Arc<Scenario>, u64, Span),
    /// Work out no preview any more.
    StopPreview,
    /// Try one person, as wished; answered by trial messages.
    Try(Arc<Scenario>, TrialWish),
    /// Let the request of the trial go that waits for a word.
    NextInTrial,
    /// Start a run, once what was said about hosts and secrets has arrived; answered by [`Msg::RunStarted`].
    StartRun(Arc<Scenario>, Beyond),
    /// Start the demo; answered by [`Msg::RunStarted`].
    StartDemo,
    /// Find out how the practice shop behaves; answered by [`Msg::ShopIs`].
    ReadShop,
    /// Make the practice shop behave like this; answered by [`Msg::ShopIs`].
    TurnShop(ShopKnobs),
    /// Give an order to the run that goes on.
    Order(Order),
    /// Stop the trial.
    StopTry,
    /// Put this address (with its `#`) into the address bar.
    SetRoute(String),
    /// Send this message back after so many milliseconds.
    After(u64, Box<Msg>),
    /// Move the focus to the element with this test id.
    Focus(String),
    /// Say this in the live region.
    Announce(String),
    /// Let the person choose a file; answered by [`Msg::FileGiven`].
    PickFile,
    /// Offer a file to be kept: its name and bytes.
    SaveFile(String, Vec<u8>),
    /// Make a file of a result (its id) to be passed on, with this name, without what is left out; answered by
    /// [`Msg::ShareMade`].
    ShareResult(String, String, Sharing),
    /// Put a text on the clipboard; answered by [`Msg::Copied`].
    Copy(String, Clip),
    /// Remember a setting.
    Remember(&'static str, String),
    /// Remember that this host may be loaded, for 30 days.
    AllowHost(String),
    /// Forget that this host may be loaded.
    ForgetHost(String),
}

/// What comes of a text once it is on the clipboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// What is said then.
    pub said: String,
    /// The change that cuts it out of the test, if it is cut.
    pub cut: Option<Box<Edit>>,
}

impl Clip {
    /// Words or a value, that stay where they are.
    pub fn text() -> Self {
        Self::copy(notices::COPIED.to_owned())
    }

    /// Something that stays where it is, with what is said.
    pub fn copy(said: String) -> Self {
        Self { said, cut: None }
    }
}

/// How many people may come, where that is not as the test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beyond {
    /// The most people at once, or new people a second; as the test says if none.
    pub most: Option<u32>,
    /// The limit for targets that people use is raised.
    pub raised: bool,
}

/// An order to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Keep the number of people as it is now.
    Hold,
    /// Follow the plan again.
    Resume,
    /// So many people more, or fewer.
    People(i32),
    /// Let people finish what they do.
    Finish,
    /// Stop at once.
    StopNow,
}
