//! Which hosts may be loaded: this computer always, others only if the operator says so, for 30 days at a time.
//!
//! Keeps what was confirmed in a small file in the user's configuration folder. The engine's guard watches every connection
//! again while the run goes on; this is the friendly question before. Must not print or ask anything itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tidemark_core::plan::Plan;
use tidemark_core::traffic::Kind;
use tidemark_core::wire::target::{Distance, HostFacts};
use tidemark_engine::guard::{self, HostClass, plain};

use crate::disk;
use crate::failure::{Code, Failure, OfFiles};

/// How long a confirmation holds, in seconds.
const HOLDS_SECONDS: i64 = 30 * 86_400;

/// A host that is not this computer and not allowed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub host: String,
    /// Where it is, as it reads after "it is on".
    pub place: &'static str,
}

/// The hosts that were confirmed on this computer, with the time of each in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confirmed {
    file: Option<PathBuf>,
    hosts: BTreeMap<String, i64>,
}

impl Confirmed {
    /// Those in the user's configuration folder. Without such a folder, or with a file that makes no sense, none.
    pub fn load() -> Self {
        config_folder().map_or_else(Self::default, |folder| Self::load_from(&folder))
    }

    /// Those in this folder.
    pub fn load_from(folder: &Path) -> Self {
        let file = folder.join("allowed-hosts.json");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        Self { hosts: serde_json::from_str(&text).unwrap_or_default(), file: Some(file) }
    }

    /// The hosts whose confirmation still holds at `now`, in seconds since 1970.
    pub fn hosts(&self, now: i64) -> Vec<String> {
        let holds = |at: &i64| (*at..*at + HOLDS_SECONDS).contains(&now);
        self.hosts.iter().filter(|(_, at)| holds(at)).map(|(host, _)| host.clone()).collect()
    }

    /// Remembers a host, at `now`.
    ///
    /// # Errors
    /// The file can't be written; the host counts as confirmed all the same.
    pub fn remember(&mut self, host: &str, now: i64) -> Result<(), Failure> {
        self.hosts.retain(|_, at| now < *at + HOLDS_SECONDS);
        self.hosts.insert(plain(host), now);
        self.save()
    }

    /// Takes a confirmation back.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn forget(&mut self, host: &str) -> Result<(), Failure> {
        match self.hosts.remove(&plain(host)) {
            Some(_) => self.save(),
            None => Ok(()),
        }
    }

    /// The hosts whose confirmation still holds at `now`, each with the end of it, both in seconds since 1970.
    pub fn until(&self, now: i64) -> Vec<(String, i64)> {
        let hosts = self.hosts(now).into_iter();
        hosts.map(|host| (host.clone(), self.hosts.get(&host).map_or(now, |at| at + HOLDS_SECONDS))).collect()
    }

    fn save(&self) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let text = serde_json::to_string_pretty(&self.hosts).unwrap_or_default();
        let folder = file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .and_then(|()| disk::replace(file, (text + "\n").as_bytes()))
            .map_err(|error| Failure { hint: String::new(), ..Failure::writing(file, &error) })
    }
}

/// Where this user's scenarios and results are kept.
pub(crate) fn data_folder() -> Option<PathBuf> {
    let base = folder("XDG_DATA_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".local").join("share")));
    Some(base?.join("tidemark"))
}

/// A folder that the environment names.
fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Where this user's settings are kept.
pub(crate) fn config_folder() -> Option<PathBuf> {
    let base =
        folder("XDG_CONFIG_HOME").or_else(|| folder("APPDATA")).or_else(|| Some(folder("HOME")?.join(".config")));
    Some(base?.join("tidemark"))
}

/// Which of a plan's hosts still need a word from the operator.
///
/// # Errors
/// A host's name can't be found.
pub async fn questions(plan: &Plan, allowed: &[String]) -> Result<Vec<Question>, Failure> {
    let allowed: Vec<String> = allowed.iter().map(|host| plain(host)).collect();
    let mut questions: Vec<Question> = Vec::new();
    for (host, port) in &plan.hosts {
        if allowed.contains(&plain(host)) || questions.iter().any(|question| question.host == *host) {
            continue;
        }
        if plan.network.proxy.is_some() && !plan.network.resolve.iter().any(|(name, _)| name == host) {
            // Only the proxy knows where the host is, unless it is an address.
            match host.parse().map(HostClass::of) {
                Ok(HostClass::ThisComputer) => {}
                Ok(class) => questions.push(Question { host: host.clone(), place: class.words() }),
                Err(_) => questions.push(Question { host: host.clone(), place: "the far side of a proxy" }),
            }
            continue;
        }
        match guard::classify(host, *port, &plan.network).await {
            Ok((HostClass::ThisComputer, _)) => {}
            Ok((class, _)) => questions.push(Question { host: host.clone(), place: class.words() }),
            Err(trouble) if trouble.kind == Kind::NameNotFound => return Err(crate::probe::name_not_found(host)),
            Err(trouble) => return Err(Failure::new(Code::Unreachable, trouble.detail, "")),
        }
    }
    Ok(questions)
}

/// Where each of a plan's hosts is, and whether it may be loaded.
pub async fn facts(plan: &Plan, allowed: &[String]) -> Vec<HostFacts> {
    let mut facts: Vec<HostFacts> = Vec::new();
    for (host, port) in &plan.hosts {
        if facts.iter().any(|known| known.host == *host && known.port == *port) {
            continue;
        }
        let resolved_here = plan.network.proxy.is_none() || plan.network.resolve.iter().any(|(name, _)| name == host);
        let class = match resolved_here {
            true => guard::classify(host, *port, &plan.network).await.map(|(class, _)| Some(class)),
            false => Ok(host.parse().ok().map(HostClass::of)),
        };
        let distance = match class {
            Ok(Some(HostClass::ThisComputer)) => Distance::ThisComputer,
            Ok(Some(HostClass::PrivateNetwork)) => Distance::PrivateNetwork,
            Ok(Some(HostClass::Internet)) => Distance::Internet,
            Ok(None) => Distance::BehindProxy,
            Err(_) => Distance::Nowhere,
        };
        let named = allowed.iter().any(|name| plain(name) == plain(host));
        let allowed = named || distance == Distance::ThisComputer;
        facts.push(HostFacts { host: host.clone(), port: *port, distance, allowed });
    }
    facts
}

/// What to say where nobody can be asked.
pub fn refusal(question: &Question) -> Failure {
    let Question { host, place } = question;
    Failure::new(
        Code::Refused,
        format!("{host} is on {place}, and nobody said that you may load it."),
        format!("Test only what you may test. If you may, add --allow-host {host}"),
    )
}

#[cfg(test)]
mod tests;
