//! What failed, in groups, each with a few samples.

use tidemark_core::result::Opened;
use tidemark_core::traffic::Kind;
use tidemark_core::verdict::words::{clock, failure, failures_in_all};

use super::samples::{Shown, shown};
use crate::text::{results as say, run};

/// The most samples of a group.
const MOST: usize = 5;

/// The same thing going wrong at the same step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// "41×".
    pub count: String,
    /// The step.
    pub label: String,
    /// Its id in the scenario; may be empty.
    pub step: String,
    /// What went wrong.
    pub text: String,
    /// Why, probably; may be empty.
    pub reason: &'static str,
    /// When, and how many samples there are.
    pub when: String,
    /// The samples.
    pub samples: Vec<Shown>,
}

/// All of them, most frequent first, and what to say over them.
pub fn groups(opened: &Opened) -> (String, Vec<Group>) {
    let scheme = opened.header.target.split_once("://").map_or("http", |(scheme, _)| scheme);
    let all = &opened.summary.failures;
    let group = |group: &tidemark_core::stats::timeline::FailureGroup| {
        let of = &group.failure;
        let name = opened.timeline.names().get(of.name.at());
        let same = opened
            .samples
            .iter()
            .filter(|sample| (sample.name, sample.failure, &sample.detail) == (of.name, of.kind, &of.detail));
        let samples: Vec<Shown> = same.take(MOST).enumerate().map(|(at, sample)| shown(at, sample, scheme)).collect();
        Group {
            count: run::times(of.count),
            label: name.map(|name| name.label.clone()).unwrap_or_default(),
            step: name.map(|name| name.id.clone()).unwrap_or_default(),
            text: failure(of.kind, &of.detail),
            reason: run::failure(of.kind, &of.detail, status(of.kind, &of.detail)).reason,
            when: say::when(&clock(group.first_second), &clock(group.last_second), group.people, samples.len()),
            samples,
        }
    };
    (failures_in_all(&opened.summary), all.iter().map(group).collect())
}

/// The status in the particulars of a failure, such as `503 try later` or `expected a status of 2xx, got 503`; 0 for none.
fn status(kind: Kind, detail: &str) -> u16 {
    if kind != Kind::Status {
        return 0;
    }
    let codes = detail.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 3);
    codes.filter_map(|word| word.parse().ok()).next_back().unwrap_or(0)
}
