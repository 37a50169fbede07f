//! What is known before anything is sent: what this program can do, where the hosts are, which secrets have a value.
//! Must not know how it is found out.

use serde::{Deserialize, Serialize};

use crate::problem;
use crate::scenario::Target;
use crate::wire::failure::Failure;

/// What a back-end can do. Read once, when the app starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Whether it makes real load.
    pub runs: bool,
    /// Whether it can try out one person against the real target.
    pub tries: bool,
    /// Whether files may be anywhere on its computer, and not only in the app's folder.
    pub chosen_paths: bool,
    /// How long secrets are kept. A host finds this out for itself.
    pub secrets: SecretsLive,
    /// Whether it has a practice shop, and so the demo. A host finds this out for itself.
    #[serde(default)]
    pub shop: bool,
}

/// How long secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretsLive {
    /// Until the program ends.
    ForSession,
    /// In the keychain of the operating system.
    InKeychain,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// The program's version.
    pub version: String,
    /// The version of scenario files that it writes.
    pub scenario_format: u32,
    /// The version of result files that it writes.
    pub result_format: u32,
    /// Another word after each start of the program: events of different instances have nothing to do with each other.
    pub instance: String,
    /// About the computer that it runs on.
    pub computer: String,
    /// The app's folder on that computer, to be shown.
    pub folder: String,
    /// What it can do.
    pub capabilities: Capabilities,
}

/// How far away a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distance {
    /// The computer that makes the load.
    ThisComputer,
    /// A private network.
    PrivateNetwork,
    /// The internet.
    Internet,
    /// Only a proxy knows.
    BehindProxy,
    /// Its name leads nowhere.
    Nowhere,
}

/// A host that a scenario sends to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostFacts {
    /// Its name.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How far away it is.
    pub distance: Distance,
    /// Whether it may be loaded: this computer, or somebody confirmed it.
    pub allowed: bool,
}

/// What is known about the target of a scenario before a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetFacts {
    /// The base address.
    pub url: String,
    /// The hosts that requests name as far as is known, the target's first.
    pub hosts: Vec<HostFacts>,
    /// Why nothing answers at the target; `None` where something does, or nothing was tried because a host is not
    /// allowed yet.
    pub unreachable: Option<Failure>,
}

/// So many people, or new people a second, come at most to a host that people use, unless somebody raised that for the run.
pub const LIVE_MOST: u32 = 25;

/// Whether a host on the internet looks like one that people use: no word such as staging or test in its name.
pub fn looks_live(host: &str) -> bool {
    const TRIAL: [&str; 8] = ["staging", "stage", "test", "dev", "local", "qa", "demo", "sandbox"];
    !host.split(['.', '-']).any(|part| {
        let part = part.to_ascii_lowercase();
        TRIAL.iter().any(|word| part.starts_with(word))
    })
}

impl Target {
    /// Whether people use this target at `host`: it is marked so, its name says so, or its host looks so and is on the
    /// internet.
    pub fn is_live(&self, host: &str, on_internet: bool) -> bool {
        let says = |word: &str| ["live", "prod", "production"].contains(&word.to_ascii_lowercase().as_str());
        let named = self.name.split(|c: char| !c.is_alphanumeric()).any(says);
        self.live || named || (on_internet && looks_live(host))
    }
}

/// A host that somebody allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedHost {
    /// Its name.
    pub host: String,
    /// Until when, in milliseconds since 1970.
    pub until_ms: u64,
}

/// The hosts that somebody allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedHosts {
    /// In order of their names.
    pub hosts: Vec<AllowedHost>,
}

/// Where a secret's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretSource {
    /// Somebody told it, and it is kept until the program ends.
    Session,
    /// The keychain of the operating system.
    Keychain,
    /// The environment of the program.
    Environment,
    /// It has no value.
    Missing,
}

/// A secret of a scenario. Its value never leaves the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretFacts {
    /// Its name.
    pub name: String,
    /// The variable of the environment that may hold it.
    pub variable: String,
    /// Where its value comes from.
    pub source: SecretSource,
}

/// The secrets of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretsKnown {
    /// In the order of the scenario.
    pub secrets: Vec<SecretFacts>,
}

/// Something wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, readable code.
    pub code: String,
    /// `error`, `warning` or `tip`.
    pub severity: String,
    /// Where it stands in the document, such as `users[0].tasks[1]`.
    pub place: String,
    /// What is wrong, as a sentence fragment.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl From<&problem::Problem> for Problem {
    fn from(problem: &problem::Problem) -> Self {
        Self {
            code: problem.code.to_owned(),
            severity: problem.severity.word().to_owned(),
            place: problem.place.to_string(),
            message: problem.message.clone(),
            hint: problem.hint.clone(),
        }
    }
}
