//! Which hosts may be loaded: this computer always, others only if the operator says so, for 30 days at a time.
//!
//! Keeps what was confirmed in a small file in the user's configuration folder. The engine's guard watches every connection
//! again while the run goes on; this is the friendly question before. Must not print or ask anything itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tidemark_core::plan::Plan;
use tidemark_core::traffic::Kind;
use tidemark_engine::guard::{self, HostClass};

use crate::failure::{Code, Failure};

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
        let Some(file) = &self.file else { return Ok(()) };
        let text = serde_json::to_string_pretty(&self.hosts).unwrap_or_default();
        let folder = file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(file, text + "\n"))
            .map_err(|error| Failure { hint: String::new(), ..Failure::writing(file, &error) })
    }
}

/// Where this user's settings are kept.
fn config_folder() -> Option<PathBuf> {
    let folder = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base =
        folder("XDG_CONFIG_HOME").or_else(|| folder("APPDATA")).or_else(|| Some(folder("HOME")?.join(".config")));
    Some(base?.join("tidemark"))
}

/// A host as it is compared.
fn plain(host: &str) -> String {
    host.trim().trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
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
