//! The table of commands: each with its name, what it takes, what it replies, and a line on what it does. A command is
//! added by a row here and a row in the host's table. Must not know how a command is done.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::check::TableFacts;
use crate::plan::curve::Steer;
use crate::wire::Done;
use crate::wire::files::{Bytes, Document, ResultEntry, ScenarioEntry, Written};
use crate::wire::run::{Backfill, Overrides, RunFound, Started, Stop};
use crate::wire::shop::{DemoStarted, ShopKnobs, ShopNow};
use crate::wire::target::{AllowedHosts, Greeting, Problem, SecretsKnown, TargetFacts};
use crate::wire::trial::TrialStarted;

/// Something that can be asked for.
pub trait Command: Serialize + DeserializeOwned {
    /// What it is called on the way.
    const NAME: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned;
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// What the command is called on the way.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
}

macro_rules! commands {
    ($(
        $(#[doc = $about:literal])+
        $name:literal $request:ident { $( $(#[$field_about:meta])* $field:ident: $type:ty, )* } => $reply:ty;
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $request {
                $( $(#[$field_about])* pub $field: $type, )*
            }

            impl Command for $request {
                const NAME: &'static str = $name;
                type Reply = $reply;
            }
        )+

        /// Every command, in the order of the table.
        pub const COMMANDS: &[Declared] = &[
            $( Declared { name: $name, about: concat!($($about),+) }, )+
        ];
    };
}

commands! {
    /// Who answers, and what it can do.
    "app.hello" Hello {} => Greeting;

    /// What the app remembers about how somebody likes it.
    "app.settings" ReadSettings {} => Settings;

    /// Remembers settings in the place of those before.
    "app.save_settings" SaveSettings {
        /// All of them.
        settings: Map<String, Value>,
    } => Done;

    /// The scenarios in the app's folder, last changed first.
    "library.list" ListScenarios {} => Scenarios;

    /// The text of a scenario file.
    "library.read" ReadScenario {
        /// Its file name in the app's folder, or the whole path that the user chose.
        file: String,
    } => Document;

    /// Writes a scenario file, unless somebody else changed it since it was read.
    "library.write" WriteScenario {
        /// Its file; a new one in the app's folder, named after the scenario, if `None`.
        #[serde(default)]
        file: Option<String>,
        /// All of its text.
        text: String,
        /// The revision that was read or written last; `None` where there must be no such file yet.
        #[serde(default)]
        revision: Option<String>,
    } => Written;

    /// Takes a scenario out of the app's folder; the file is kept beside it, among the removed ones.
    "library.remove" RemoveScenario {
        /// Its file.
        file: String,
    } => Done;

    /// Gives a scenario's file another name in the same folder.
    "library.rename" RenameScenario {
        /// Its file.
        file: String,
        /// The new name; its end may be left out.
        to: String,
    } => Renamed;

    /// What is wrong with a scenario, its data files and secrets on this computer included.
    "library.check" CheckScenario {
        /// Its file, which needs not be written yet: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// Its text.
        text: String,
        /// What is to be different.
        #[serde(default)]
        overrides: Overrides,
    } => Problems;

    /// What is known beside a scenario: its data tables, its files and its secrets on this computer.
    "library.facts" ReadFacts {
        /// Its file, which needs not be written yet: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// Its text.
        text: String,
    } => Facts;

    /// Rows of a data table that stands in a file, from its first on.
    "library.rows" ReadTable {
        /// The scenario's file, which needs not be written yet: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// The scenario's text.
        text: String,
        /// The table's name.
        table: String,
        /// How many rows at most.
        most: u32,
    } => TablePart;

    /// What an app noted of how a scenario was edited.
    "journal.read" ReadJournal {
        /// The scenario's file.
        file: String,
    } => Journal;

    /// Notes how a scenario was edited, in the place of what was noted before. It follows the file when that gets another
    /// name.
    "journal.write" WriteJournal {
        /// The scenario's file.
        file: String,
        /// What to note; only the app knows what it means.
        text: String,
    } => Done;

    /// Starts a run. Replies once it has begun; how it goes on is told by events.
    "run.start" StartRun {
        /// The scenario's file, which needs not be written: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// The scenario's text.
        text: String,
        /// What is to be different.
        #[serde(default)]
        overrides: Overrides,
        /// Whether somebody raised the limit for hosts that people use, for this run.
        #[serde(default)]
        raised: bool,
    } => Started;

    /// Ends a run before its time.
    "run.stop" StopRun {
        /// Which run.
        run: u64,
        /// How.
        how: Stop,
    } => Done;

    /// Changes the load of a run from now on. Whatever is changed stands in its result.
    "run.steer" SteerRun {
        /// Which run.
        run: u64,
        /// How.
        how: Steer,
    } => Done;

    /// How a run is doing, also after it ended.
    "run.state" RunNow {
        /// Which run; the last one if `None`.
        #[serde(default)]
        run: Option<u64>,
    } => RunFound;

    /// The seconds of a run so far, for a page that comes to it late.
    "run.backfill" BackfillRun {
        /// Which run.
        run: u64,
        /// The first second that is wanted.
        #[serde(default)]
        from: u32,
    } => Backfill;

    /// Requests of a run that failed, in full, without secrets.
    "run.samples" RunSamples {
        /// Which run.
        run: u64,
        /// Only failures of this kind.
        #[serde(default)]
        kind: Option<String>,
    } => Samples;

    /// Starts the demo: opens the practice shop, puts the demo's scenario among the others, and runs it. How it goes on is
    /// told by events, as for any run.
    "demo.start" StartDemo {} => DemoStarted;

    /// Opens the practice shop on this computer, where it is closed.
    "shop.open" OpenShop {} => ShopNow;

    /// Where the practice shop is, and how it behaves.
    "shop.state" ReadShop {} => ShopNow;

    /// Makes the practice shop behave in another way, from now on; opens it where it is closed.
    "shop.knobs" TurnKnobs {
        /// All of them.
        knobs: ShopKnobs,
    } => ShopNow;

    /// The results in the app's folder, last started first, those of runs that ended unexpectedly among them.
    "result.list" ListResults {} => Results;

    /// The bytes of a result file.
    "result.read" ReadResult {
        /// Its file name in the app's folder, or the whole path that the user chose.
        file: String,
    } => ResultBytes;

    /// Puts a result from elsewhere into the app's folder.
    "result.import" ImportResult {
        /// What its file is called; its end may be left out.
        name: String,
        /// The bytes of the file.
        bytes: Bytes,
    } => Renamed;

    /// Takes a result out of the app's folder; the file is kept beside it, among the removed ones.
    "result.remove" RemoveResult {
        /// Its file.
        file: String,
    } => Done;

    /// Gives a result's file another name.
    "result.rename" RenameResult {
        /// Its file.
        file: String,
        /// The new name; its end may be left out.
        to: String,
    } => Renamed;

    /// Tries out one person. What happens is told by events; a trial under way is stopped.
    "try.start" StartTrial {
        /// The scenario's file, which needs not be written: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// The scenario's text.
        text: String,
        /// What is to be different.
        #[serde(default)]
        overrides: Overrides,
        /// Name of the user type; the first if `None`.
        #[serde(default)]
        user: Option<String>,
        /// Name of the only task to do; each of the user type's once if `None`.
        #[serde(default)]
        task: Option<String>,
        /// Whether pauses are skipped.
        #[serde(default)]
        skip_pauses: bool,
        /// Whether each request waits for `try.next`.
        #[serde(default)]
        by_hand: bool,
        /// The row of each data table that the person gets, from 1; the first if `None`.
        #[serde(default)]
        row: Option<u64>,
    } => TrialStarted;

    /// Lets one request go that waits for it.
    "try.next" NextInTrial {
        /// Which trial.
        trial: u64,
    } => Done;

    /// Stops a trial before its next request.
    "try.stop" StopTrial {
        /// Which trial.
        trial: u64,
    } => Done;

    /// Where a scenario's hosts are, whether they may be loaded, and whether anything answers at the target.
    "target.check" CheckTarget {
        /// The scenario's file, which needs not be written: the files that it names are looked for beside it.
        #[serde(default)]
        file: Option<String>,
        /// The scenario's text.
        text: String,
        /// What is to be different.
        #[serde(default)]
        overrides: Overrides,
    } => TargetFacts;

    /// Tells the value of a secret. The keychain keeps it where there is one, else it is kept until the program ends.
    "secrets.set" SetSecret {
        /// The scenario's file; `None` for a scenario without one.
        #[serde(default)]
        file: Option<String>,
        /// The secret's name.
        name: String,
        /// Its value; forgets it if `None`.
        value: Option<String>,
    } => Done;

    /// Which secrets of a scenario have a value, and where from. Values are never told.
    "secrets.state" SecretsNow {
        /// The scenario's file; `None` for a scenario without one.
        #[serde(default)]
        file: Option<String>,
        /// The scenario's text.
        text: String,
    } => SecretsKnown;

    /// Remembers for 30 days that a host may be loaded.
    "hosts.allow" AllowHost {
        /// Its name, as the operator typed it.
        host: String,
    } => AllowedHosts;

    /// The hosts that may be loaded.
    "hosts.list" ListHosts {} => AllowedHosts;

    /// Takes back that a host may be loaded.
    "hosts.forget" ForgetHost {
        /// Its name.
        host: String,
    } => AllowedHosts;
}

/// What the app remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// All of it; empty where nothing was saved yet.
    pub settings: Map<String, Value>,
}

/// Scenarios in the app's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenarios {
    /// Last changed first.
    pub scenarios: Vec<ScenarioEntry>,
}

/// Results in the app's folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Last started first.
    pub results: Vec<ResultEntry>,
}

/// A file under its present name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// Its file name in the app's folder, or its whole path where the user chose one.
    pub file: String,
}

/// What is wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    /// What stops a run first.
    pub problems: Vec<Problem>,
}

/// What is known beside a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Of each data table that can be read, by name: its columns and rows.
    pub tables: BTreeMap<String, TableFacts>,
    /// The files that the scenario names and that are there, named as in the scenario.
    pub files: Vec<String>,
    /// Names of the secrets that have a value.
    pub secrets: Vec<String>,
}

/// The first rows of a data table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TablePart {
    /// The columns' names.
    pub columns: Vec<String>,
    /// Rows, no more than were asked for; null where a value is missing.
    pub rows: Vec<Vec<Value>>,
    /// How many rows there are in all.
    pub total: u64,
}

/// How a scenario was edited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Journal {
    /// What was noted; `None` where nothing was.
    pub text: Option<String>,
}

/// Requests that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Samples {
    /// In order of time.
    pub samples: Vec<crate::result::Sample>,
}

/// A result file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultBytes {
    /// Its file name in the app's folder, or its whole path where the user chose one.
    pub file: String,
    /// All of it; [`crate::result::read`] opens it.
    pub bytes: Bytes,
}
