//! The parts of a compiled plan. No names are looked up any more: values, requests and lines of the results are small
//! integers, steps are one flat list of operations with jumps.

use std::sync::Arc;

use crate::limit;
use crate::plan::curve::Curve;
use crate::plan::extract::Extractor;
use crate::plan::judge::CheckPlan;
use crate::plan::make::Maker;
use crate::plan::shares::{Heads, Pick};
use crate::plan::table::Table;
use crate::plan::template::Change;
use crate::plan::value::Val;
use crate::scenario::{Comparison, Fresh, OnFail, OnMissing, RowUse, RowsOut, TaskChoice};
use crate::stats::{Name, NameId};
use crate::traffic::{HttpVersion, Network};
use crate::units::Span;
use crate::verdict::{Goal, StopRule};

/// A checked, compiled scenario with its target, data and secrets: the only thing an engine accepts.
#[derive(Debug)]
pub struct Plan {
    /// What the scenario is called.
    pub name: String,
    /// Where all chance comes from.
    pub seed: u64,
    /// Name and base address of the target.
    pub target: TargetPlan,
    /// How to reach it.
    pub network: Network,
    /// Lines of the results, by [`NameId`].
    pub names: Vec<Name>,
    /// User types that take part.
    pub types: Vec<TypePlan>,
    /// Requests, by [`RequestId`].
    pub requests: Vec<RequestPlan>,
    /// Data tables.
    pub tables: Vec<TablePlan>,
    /// Named values that are made up or hold other values.
    pub named: Vec<NamedPlan>,
    /// Names of the slots, for showing values.
    pub slots: Vec<String>,
    /// How many counters there are.
    pub counters: u32,
    /// How many people, or arrivals, over time.
    pub load: LoadPlan,
    /// What "held up" means.
    pub goals: Vec<Goal>,
    /// When to end before time.
    pub stop_rules: Vec<StopRule>,
    /// Hosts that requests name, as far as is known before a run: (name, port), the target's first.
    pub hosts: Vec<(String, u16)>,
    /// What is watched of the target while a run goes on.
    pub watch: Vec<WatchPlan>,
    /// The values of all secrets, to be scrubbed from whatever leaves the program.
    pub secrets: Vec<String>,
}

/// Something that is watched while a run goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchPlan {
    /// What it is called.
    pub name: String,
    /// How many seconds lie between two looks at it; 1 at least.
    pub every: u32,
    /// What it is.
    pub at: WatchAt,
}

/// Where one looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchAt {
    /// A page of metrics.
    Page {
        /// TLS or not.
        secure: bool,
        /// Host name or address, without brackets.
        host: String,
        /// TCP port.
        port: u16,
        /// Path and query.
        path: String,
        /// Header lines of its sign-in, each with its end. They may hold secrets.
        headers: String,
        /// Which series are wanted; those that tell most if empty.
        series: Vec<String>,
    },
    /// A process of this computer, and its children.
    Process(u32),
}

/// The chosen target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPlan {
    /// What people call it.
    pub name: String,
    /// Base address as given.
    pub url: String,
}

/// A user type.
#[derive(Debug)]
pub struct TypePlan {
    /// What people call it.
    pub name: String,
    /// Share or exact number.
    pub heads: Heads,
    /// On arrival.
    pub arrival: Vec<Op>,
    /// Tasks that can be picked.
    pub tasks: Vec<TaskPlan>,
    /// How the next one is chosen.
    pub choose: TaskChoice,
    /// The weights of `tasks`.
    pub pick: Pick,
    /// Between two tasks.
    pub pause: Pause,
    /// After how many tasks a person leaves.
    pub leaves_after: Option<u32>,
    /// Before leaving.
    pub leaving: Vec<Op>,
}

/// A task.
#[derive(Debug)]
pub struct TaskPlan {
    /// Its line in the results.
    pub name: NameId,
    /// Its weight.
    pub weight: f64,
    /// What is done.
    pub ops: Vec<Op>,
}

/// Index into [`Plan::requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

/// One operation. Jumps are indices into the same list.
#[derive(Debug)]
pub enum Op {
    /// Sends a request.
    Send(RequestId),
    /// Sends requests at the same time, so many at once.
    SendAll(Arc<[RequestId]>, usize),
    /// Waits.
    Pause(Pause),
    /// Checks a value by itself.
    Check(Box<ValueCheck>),
    /// Gives a slot a value.
    Set(u16, Box<ValueFill>),
    /// Goes on if the condition is true, else jumps.
    Unless(Box<CondPlan>, usize),
    /// Jumps.
    Jump(usize),
    /// Jumps to one of these by weight.
    Choose(Pick, Box<[usize]>),
    /// Begins a repeat; jumps behind its end where there is nothing to do.
    Repeat(Box<LoopPlan>, usize),
    /// Ends a round of the innermost repeat; jumps back to its first step while there are more rounds.
    Again(usize),
    /// Begins a measured group.
    GroupStart(NameId),
    /// Ends the innermost measured group.
    GroupEnd,
}

/// How long a repeat goes on.
#[derive(Debug)]
pub struct LoopPlan {
    /// What decides.
    pub until: LoopEnd,
    /// The most rounds.
    pub at_most: u32,
}

/// What decides whether there is another round.
#[derive(Debug)]
pub enum LoopEnd {
    /// So many rounds.
    Times(u32),
    /// One for each item of the list in the first slot, which is put into the second.
    Items(u16, Option<u16>),
    /// Until this is true, asked after each round.
    Until(CondPlan),
    /// As long as this time has not passed.
    During(Span),
}

/// A pause, all times in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pause {
    /// None.
    None,
    /// Between two lengths, equally likely.
    Between(u64, u64),
    /// Normal distribution: mean and deviation; never below zero.
    Normal(f64, f64),
    /// Exponential distribution: mean.
    Exponential(f64),
    /// Tasks start this far apart.
    Pacing(u64),
}

/// Something that is true or not.
#[derive(Debug)]
pub enum CondPlan {
    /// A comparison.
    Test(Origin, Comparison, ValueFill),
    /// All of these.
    All(Vec<CondPlan>),
    /// One of these.
    Any(Vec<CondPlan>),
}

/// A check that stands alone.
#[derive(Debug)]
pub struct ValueCheck {
    /// What is compared, and how.
    pub test: CondPlan,
    /// Its line in the results, which counts how often it was not true.
    pub name: NameId,
    /// In words, for the reason.
    pub text: String,
    /// What happens if it is not true.
    pub if_not: OnFail,
}

/// A request.
#[derive(Debug)]
pub struct RequestPlan {
    /// Its line in the results.
    pub name: NameId,
    /// Stable id of its step.
    pub step: String,
    /// Method in capitals.
    pub method: String,
    /// Where it goes.
    pub address: Address,
    /// Header lines, each `name: value\r\n`.
    pub headers: Fill,
    /// The body.
    pub body: Option<BodyPlan>,
    /// How many redirects are followed.
    pub redirects: u8,
    /// How long the whole answer may take.
    pub time_limit: Span,
    /// Whether a compressed answer is accepted.
    pub compressed: bool,
    /// HTTP version.
    pub version: HttpVersion,
    /// What must be true. Never empty: holds the usual check where none looks at the status.
    pub checks: Vec<Checking>,
    /// What is kept.
    pub saves: Vec<Saving>,
    /// Whether any of them looks at the body.
    pub body_wanted: bool,
}

impl RequestPlan {
    /// Whether all but its path, query and body is the same each time.
    pub fn recurs(&self) -> bool {
        matches!(self.address, Address::Known { .. }) && self.headers.is_plain()
    }
}

/// Where a request goes.
#[derive(Debug)]
pub enum Address {
    /// Host known beforehand; path and query may have values.
    Known {
        /// TLS or not.
        secure: bool,
        /// Host in lower case.
        host: String,
        /// Port.
        port: u16,
        /// Path and query.
        target: Fill,
    },
    /// The address begins with a value: taken apart each time, relative to the target's address.
    Computed {
        /// The whole address.
        url: Fill,
        /// Query rows, with `&` between them, to be added to those in the address.
        query: Fill,
        /// The target's base address.
        base: url::Url,
    },
}

/// A body.
#[derive(Debug)]
pub enum BodyPlan {
    /// Filled in.
    Fill(Fill),
    /// The bytes of a file.
    Bytes(Arc<[u8]>),
    /// Pieces of a multipart form, in order.
    Parts(Vec<BodyPlan>),
}

/// A check of an answer.
#[derive(Debug)]
pub struct Checking {
    /// What is looked at.
    pub plan: CheckPlan,
    /// The value that is looked at, where it is none of the answer's.
    pub left: Option<Origin>,
    /// What it is compared with.
    pub right: Option<ValueFill>,
    /// What happens if it is not true.
    pub if_not: OnFail,
}

/// A value kept from an answer.
#[derive(Debug)]
pub struct Saving {
    /// Where it goes.
    pub slot: u16,
    /// Where it stands in the answer.
    pub from: Extractor,
    /// What is used where there is none.
    pub default: Option<ValueFill>,
    /// What happens where there is none.
    pub if_missing: OnMissing,
}

/// A data table and how its rows are handed out.
#[derive(Debug)]
pub struct TablePlan {
    /// The name.
    pub name: String,
    /// Its columns and rows.
    pub table: Table,
    /// How rows are handed out.
    pub each_person: RowUse,
    /// What happens after the last row.
    pub run_out: RowsOut,
}

/// A named value that is made anew.
#[derive(Debug)]
pub struct NamedPlan {
    /// What is made.
    pub value: ValueFill,
    /// How long it stays the same.
    pub fresh: Fresh,
    /// Where it is kept meanwhile.
    pub slot: u16,
}

/// Text with values filled in.
#[derive(Debug, Clone, Default)]
pub struct Fill(pub Vec<FillPiece>);

/// One piece of a [`Fill`].
#[derive(Debug, Clone)]
pub enum FillPiece {
    /// As it stands.
    Text(Box<str>),
    /// A value.
    Use(Box<FillUse>),
    /// A text with values, changed as a whole.
    Changed(Box<Fill>, Change),
}

/// A value, what is done to it, and how it is written.
#[derive(Debug, Clone)]
pub struct FillUse {
    /// Where it comes from.
    pub origin: Origin,
    /// What is done to it, in order.
    pub changes: Box<[Change]>,
    /// How it is written.
    pub write: Write,
}

/// How a value is written where it is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// As it is.
    Plain,
    /// In the path of an address: what may not stand there is percent-encoded.
    Path,
    /// In the query of an address: `&`, `=`, `+` and `#` too.
    Query,
    /// In a form body: as in a query, but a space becomes `+`.
    Form,
    /// Inside a JSON text.
    JsonText,
    /// As a JSON value with its type.
    JsonValue,
}

/// A JSON value with values filled in.
#[derive(Debug, Clone)]
pub enum ValueFill {
    /// Nothing to fill in.
    Fixed(Val),
    /// Just one value, which keeps its type.
    Single(FillUse),
    /// Text.
    Text(Fill),
    /// JSON, rendered as text and read back.
    Json(Fill),
}

/// Where a value comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A saved value, or the item of a repeat.
    Slot(u16),
    /// A named value that is made anew; index into [`Plan::named`].
    Named(u16),
    /// A cell of the person's row: table and column.
    Cell(u16, u16),
    /// Always the same: a fixed value or a secret.
    Fixed(Val),
    /// Made up; the number of its counter where it counts.
    Made(Arc<Maker>, u32),
    /// Known to the program.
    BuiltIn(BuiltIn),
}

/// Values that the program knows without being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// Status of the person's last answer; 0 where there was none.
    LastStatus,
    /// Its service time in milliseconds.
    LastTimeMs,
    /// Length of its body in bytes.
    LastSize,
    /// Whether it counted as failed.
    LastFailed,
    /// The person's number, from 1.
    PersonNumber,
    /// The name of the person's user type.
    PersonType,
    /// Whole seconds since the start of the run.
    RunSeconds,
    /// The round of the innermost repeat, from 1; 0 outside.
    RepeatIndex,
}

impl BuiltIn {
    /// Whether a value of this name is always there.
    pub fn is_known(name: &str) -> bool {
        Self::NAMES.iter().any(|(known, _)| *known == name)
    }

    /// Every built-in value with its name.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("last.status", Self::LastStatus),
        ("last.time_ms", Self::LastTimeMs),
        ("last.size", Self::LastSize),
        ("last.failed", Self::LastFailed),
        ("person.number", Self::PersonNumber),
        ("person.type", Self::PersonType),
        ("run.seconds", Self::RunSeconds),
        ("repeat.index", Self::RepeatIndex),
    ];
}

/// How many people, or arrivals, over time.
#[derive(Debug, Clone)]
pub struct LoadPlan {
    /// People at once, or arrivals a second.
    pub curve: Curve,
    /// Whether the curve counts arrivals (open model) or people (closed model).
    pub open: bool,
    /// Open model: the most people at once.
    pub at_most: u32,
    /// Whether people who come take over the connections of those who left.
    pub share_connections: bool,
    /// How long people keep their connections while they pause; `None`: as long as there is room for all.
    pub keep_connections: Option<Span>,
    /// The load is looked for while the run goes on; the curve is then only about what will happen.
    pub search: Option<limit::Settings>,
    /// Ends the run after so many tasks.
    pub repetitions: Option<u64>,
    /// The beginning that is left out of the verdict.
    pub warm_up: Span,
    /// How long people may go on when their time is over.
    pub finish: Span,
}
