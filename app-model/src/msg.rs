//! Everything that can happen: what a person did, what the outside answered, what time it is.
//!
//! The store sends [`Msg::Now`] before each message of a person, so that all others need no time of their own.

use std::collections::BTreeSet;

use tidemark_core::preview::Preview;
use tidemark_core::problem::Problem;
use tidemark_core::result::{Event, Opened, Sample};
use tidemark_core::watch::{Noted, Watched};
use tidemark_core::wire::shop::ShopNow;
use tidemark_core::wire::target::TargetFacts;

use crate::doc::edit::{Edit, Way};
use crate::doc::place::{Item, Lane};
use crate::effect::{Clip, Order};
use crate::model::{
    Assumed, Capabilities, Column, Dialog, Facts, Failure, FailureRow, Feed, Hold, LiveRow, Moment, Panel, Phase,
    ReadAs, ResultCard, RunHead, Second, Settings, ShareMode, Sharing, TableRows, Taken, TestCard, Tone, TrialNow,
    TrialStep,
};
use crate::route::{Route, Tab};
use crate::select::shell::Estimate;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one is alive at a time, and a box would be in every view's way")]
pub enum Msg {
    /// What time it is.
    Now(Moment),
    /// The app has started: what it can do here, what was remembered, and the address it was opened with.
    Started(Box<Capabilities>, Settings, String),
    /// The address changed, as by Back; with its `#`.
    RouteChanged(String),
    /// Go somewhere.
    Go(Route),
    /// Show a tab of the test.
    ShowTab(Tab),

    /// The tests, or why they could not be listed.
    TestsListed(Result<Vec<TestCard>, Failure>),
    /// Start an empty test.
    NewTest,
    /// Start a test from something pasted: cURL or an address.
    NewFromPaste(String),
    /// The history of a test (its id) that was kept; right after [`Msg::TestRead`].
    HistoryRead(String, String),
    /// What is known beside the document of a test (its id).
    FactsKnown(String, Box<Facts>),
    /// Give a test another name: its id and the new name.
    RenameTest(String, String),
    /// A test has another name now: its old id and its new one.
    TestRenamed(String, String),
    /// A test (its id) was changed by somebody else: its text now, and whether a change of ours could not be saved.
    ChangedOutside(String, String, bool),
    /// Which window may change a test (its id).
    Held(String, Hold),
    /// Change the open test here, and no longer in the other window.
    TakeOver,
    /// Keep mine although somebody else changed the test.
    KeepMine,
    /// Take what somebody else made of the test; mine stays in the history.
    LoadTheirs,
    /// A test's text, by its id, or why it could not be read.
    TestRead(String, Result<String, Failure>),
    /// The text of a test (its id) that is not shown, or why it could not be read.
    TestFetched(String, Result<String, Failure>),
    /// Remove a test; it can be kept for a few seconds.
    RemoveTest(String),
    /// Keep it after all.
    KeepTest(String),
    /// These seconds are over.
    RemoveDue(String),
    /// Make a test like another, by id.
    CopyTest(String),
    /// Call a test of the list (its id) something else; its file keeps its name.
    NameTest(String, String),
    /// A file was dropped or chosen: its name and bytes.
    FileGiven(String, Vec<u8>),
    /// A file was dropped or chosen, and is too large to be read: its name and length in bytes.
    FileTooLarge(String, u64),
    /// Something was dropped or chosen that is no file that can be read, such as a folder.
    FileUnread(String),
    /// Files are held over the app, or no longer.
    FilesHeld(bool),
    /// Choose a file.
    PickFile,

    /// Change the document.
    Edit(Edit),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Take so many changes back, or make so many again (true).
    Turns(bool, usize),
    /// A field was left: the next change is a step of its own.
    LeaveField,
    /// Choose things; nothing if empty.
    Select(Vec<Item>),
    /// Choose one thing more, or one less.
    Toggle(Item),
    /// Delete what is chosen.
    DeleteChosen,
    /// Duplicate what is chosen.
    CopyChosen,
    /// Move what is chosen by one place.
    NudgeChosen(Way),
    /// Put the chosen steps into a group.
    GroupChosen,
    /// Switch what is chosen off, or on again.
    SwitchChosen,
    /// Steps were dropped into a lane, before the step with this number.
    DropSteps(Vec<String>, Lane, usize),
    /// The chosen steps go to the clipboard; with true they are cut out.
    ClipChosen(bool),
    /// A step is added to a lane, before the one with this number, as it was typed or pasted.
    QuickAdd(Lane, usize, String),
    /// Something was pasted after the chosen step: steps, cURL or an address.
    PasteSteps(String),
    /// Something was pasted into the address field of a request (the step's id).
    PasteAddress(String, String),
    /// Keep the share of a thing (its id) as it is, or not.
    Lock(String, bool),
    /// Show shares as percent or parts.
    ShowShares(ShareMode),
    /// Open or close a task or a step that holds steps, by id.
    Expand(String, bool),

    /// A data table's file was dropped or chosen: its name and bytes.
    TableGiven(String, Vec<u8>),
    /// Read it in another way.
    ReadAs(ReadAs),
    /// Add it to the test.
    AddTable,
    /// Read the first rows of a table that stands in a file (the table's number).
    AskTable(usize),
    /// Rows of a table: the test's id, the table's name, and the rows or why they could not be read.
    TableRead(String, String, Result<Box<TableRows>, Failure>),
    /// Bring the rows of a table that stands in a file into the test (the table's number).
    BringIn(usize),
    /// Delete something on the Data tab; what is in use is asked about first.
    TakeOut(Taken),
    /// Delete it, with other values in the place of its own: from and to.
    TakeOutReplaced(Taken, Vec<(String, String)>),

    /// The document should be saved if it is still at this revision, or has waited long enough.
    SaveDue(u64),
    /// A test (its id) was saved at this revision, or why not.
    Saved(String, u64, Result<(), Failure>),
    /// Try to save again.
    SaveAgain,
    /// Somebody asked to save: say that it is, and offer a copy.
    SaveAsked,
    /// Give the person a copy of the test as a file.
    SaveCopy,

    /// Open a dialog.
    Open(Dialog),
    /// Close the topmost thing: the dialog, else the panel, else the choice.
    Escape,
    /// Open or close a panel.
    TogglePanel(Panel),
    /// Go to the next problem (true) or the one before.
    WalkProblems(bool),
    /// Take a notice away.
    Dismiss(u64),
    /// Do what a notice offers.
    TakeOffer(u64),
    /// Do the other thing that a notice offers.
    TakeOther(u64),
    /// Say something by a notice.
    Say(Tone, String),
    /// Nothing is heard from whatever makes the runs.
    LineLost,
    /// It is heard again.
    LineBack,
    /// The hosts that may be loaded, beside this computer.
    HostsKnown(BTreeSet<String>),
    /// Change a setting.
    Set(Setting),

    /// What a run of the document at this revision takes; none while problems stop it.
    Estimated(u64, Option<Estimate>),
    /// Work out a preview; a new seed if true.
    AskPreview(bool),
    /// How much of the preview with this seed is done, from 0 to 1.
    PreviewDone(u64, f64),
    /// The preview with this seed is not there yet.
    PreviewIsSlow(u64),
    /// Work it out no further; what was there before is shown again.
    StopPreview,
    /// Assume that answers take so long.
    Assume(Assumed),
    /// The preview, or the problems that stop it.
    Previewed(u64, Result<Box<Preview>, Vec<Problem>>),
    /// Give the document as it is now a name in its history.
    NameVersion(String),
    /// Make the document what it was at this point of [`crate::select::history`].
    RestoreVersion(usize),
    /// Find out where the target is and whether anything answers.
    AskTarget,
    /// Where the target is, or why that could not be found out.
    TargetKnown(Result<Box<TargetFacts>, Failure>),
    /// Tell the value of a secret, or forget it.
    SetSecret(String, Option<String>),
    /// The value of a secret was taken.
    SecretTaken,
    /// What was said about a host in the check before: whether the box is ticked, and what was typed.
    HostWord(String, bool, String),
    /// Raise the limit for targets that people use, for this run.
    RaiseLimit(bool),
    /// Try one person: the user type's id, and one task only.
    TryOne(String, Option<String>),
    /// Try one person as it is wished for.
    TryNow,
    /// Wish for something about the next trial.
    Wish(Wish),
    /// What the trial does just now.
    TrialNow(Box<TrialNow>),
    /// Let the request go that waits for a word.
    NextStep,
    /// Look at a step of the trial, by number.
    LookAt(usize),
    /// A step of the trial happened.
    TrialStep(Box<TrialStep>),
    /// The trial is over, or could not start.
    TrialEnded(Result<(), Failure>),
    /// Stop the trial.
    StopTrial,

    /// Start the run; opens the check before it where there is something to say.
    RunTest,
    /// Start it from that check.
    ConfirmRun,
    /// Start the demo.
    RunDemo,
    /// The run has started, or why not.
    RunStarted(Result<Box<RunHead>, Failure>),
    /// Seconds of the run, in any order; what came before is replaced.
    RunSeconds(Vec<Second>),
    /// All seconds of the run, in the place of those that are known.
    RunSecondsAnew(Vec<Second>),
    /// Where the run is, where it wasn't this app that brought it there.
    RunIs(Phase),
    /// How it goes so far, in a sentence.
    RunSays(String),
    /// What goes wrong, all of it, in order of first appearance.
    RunFailures(Vec<FailureRow>),
    /// Read requests that failed, of a kind (its word) or of all.
    AskSamples(Option<String>),
    /// Requests of the run that failed, of a kind or of all.
    RunSamples(Option<String>, Result<Vec<Sample>, Failure>),
    /// What did not reach those who are told of every second, a sentence each.
    RunLost(Vec<String>),
    /// What the target said of itself.
    RunNoted(Box<Noted>),
    /// All that it said so far, in the place of what is known.
    RunWatched(Box<Watched>),
    /// Numbers by name, all of them, as they are now.
    RunRows(Vec<LiveRow>),
    /// Things that happened in the run.
    RunEvents(Vec<Event>),
    /// How the goals stand: whether each is kept as far as that can be told, and what it says now.
    RunGoals(Vec<(Option<bool>, String)>),
    /// The run is over: the id of its result, or why it broke.
    RunEnded(Result<String, Failure>),
    /// An order to the run.
    Order(Order),
    /// Who sees a run for the first time has seen enough.
    HideTips,
    /// How the practice shop behaves, or why that could not be found out.
    ShopIs(Result<ShopNow, Failure>),
    /// Make the practice shop behave in another way from now on.
    TurnShop(Knob),
    /// Show how the demo was built.
    SeeDemo,
    /// Who has seen it needs no way to a test of their own.
    HideOwnWay,

    /// The results of a test.
    ResultsListed(Result<Vec<ResultCard>, Failure>),
    /// Remove a result.
    RemoveResult(String),
    /// Give a result another name.
    RenameResult(String, String),
    /// Compare others with this result, or no more.
    SetBaseline(String, bool),
    /// Put the open result, which came from a file, among the others.
    KeepResult,
    /// Open a result.
    OpenResult(String),
    /// A result, by id, or why it could not be read.
    ResultRead(String, Result<Box<Opened>, Failure>),
    /// Sort the results table by a column; the other way round if it is already.
    SortRows(Column),
    /// Show only rows with this in their name.
    FilterRows(String),
    /// Keep a result that is about to be removed.
    KeepRemoved(String),
    /// The time to keep it is over.
    RemovalDue(String),
    /// Show the latest results as a trend, beside the two that are compared.
    ShowTrend,
    /// What is left out when a result is passed on.
    ShareWith(Sharing),
    /// Make a file of the open result, to be passed on.
    ShareFile,
    /// A file to be passed on is made: its name and bytes, or why not.
    ShareMade(String, Result<Vec<u8>, Failure>),
    /// Put a text on the clipboard.
    Copy(String, Clip),
    /// It is there; with false the browser did not let us.
    Copied(Clip, bool),
}

/// What can be wished for about the next trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// This user type, by id.
    User(String),
    /// This task only, by id; or all in order.
    Task(Option<String>),
    /// This row of each data table, from 1.
    Row(u64),
    /// Pauses are skipped.
    SkipPauses(bool),
    /// Each request waits for a word.
    ByHand(bool),
}

/// One of the practice shop's knobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knob {
    /// Paying takes so many milliseconds longer; 0 for not at all.
    SlowPay(u64),
    /// Requests fail while there are more people than this.
    ErrorsAbove(Option<u32>),
    /// Of 100 connections so many are closed without an answer.
    Drop(u32),
}

/// A setting to be changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// The theme's word: `light`, `dark`, `system`, `contrast`.
    Theme(String),
    /// Text size in percent: 100, 112, 125, 150.
    TextSize(u32),
    /// Fewer effects.
    ReduceGraphics(bool),
    /// The most people at once at hosts that are not this computer.
    MostPeople(u32),
    /// The most new people a second there.
    MostPerSecond(u32),
    /// Why more than usual is fine.
    WhyMore(String),
    /// Let a run go on when the window is closed.
    KeepRunning(bool),
    /// Who is told of every second of a run, or nobody if empty.
    Feed(Feed, String),
    /// A host that may no longer be loaded.
    ForgetHost(String),
}
