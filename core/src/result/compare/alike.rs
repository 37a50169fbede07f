//! Why two results are not like for like: another target, test, load, length, computer or version, or a computer that
//! could not keep up.
//!
//! Must not judge numbers of the target.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::result::Opened;
use crate::units::{grouped, plain_length};

/// This computer may be the limit in this share of all seconds before it matters, as for verdicts.
const LIMITED: f64 = 0.05;

/// Lengths may differ by this share: a run ends when its last person is done.
const ABOUT_AS_LONG: f64 = 0.1;

/// What is not the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// Whether numbers are simulated.
    Practice,
    /// The most people, or arrivals a second.
    Peak,
    /// The shape of the load.
    Load,
    /// How long it was.
    Length,
    /// Where the requests went.
    Target,
    /// What people did.
    Test,
    /// The computer that made the load.
    Computer,
    /// Whether that computer kept up.
    Limit,
    /// The version that made the load.
    Version,
}

/// One thing that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub aspect: Aspect,
    /// In a few words that go on after others: `peak 60 → 120 people`.
    pub text: String,
    /// More about it, a line each; may be empty.
    pub details: Vec<String>,
}

/// Everything that is not the same.
pub(super) fn differences(a: &Opened, b: &Opened) -> Vec<Difference> {
    let rules = [practice, peak, load, length, target, test, computer, limit, version];
    rules.iter().filter_map(|rule| rule(a, b)).collect()
}

/// Whether the load was the same, as far as these say.
pub(super) fn same_load(differences: &[Difference]) -> bool {
    !differences.iter().any(|one| matches!(one.aspect, Aspect::Peak | Aspect::Load | Aspect::Length | Aspect::Test))
}

fn plain(aspect: Aspect, text: String) -> Difference {
    Difference { aspect, text, details: Vec::new() }
}

fn practice(a: &Opened, b: &Opened) -> Option<Difference> {
    let which = match (a.header.practice, b.header.practice) {
        (true, false) => "A",
        (false, true) => "B",
        _ => return None,
    };
    Some(plain(Aspect::Practice, format!("numbers of {which} are simulated")))
}

fn peak(a: &Opened, b: &Opened) -> Option<Difference> {
    let planned = |opened: &Opened| {
        let (measured, warm) = (opened.timeline.measured(), opened.timeline.warm());
        (measured.peak_planned.max(warm.peak_planned), measured.peak_due.max(warm.peak_due))
    };
    let ((people_a, due_a), (people_b, due_b)) = (planned(a), planned(b));
    let two = |a: u64, b: u64| format!("{} → {}", grouped(a), grouped(b));
    let text = match (people_a, people_b) {
        (0, 0) if due_a != due_b => format!("peak {} new people per second", two(due_a, due_b)),
        (from, to) if from != to => format!("peak {} people", two(from.into(), to.into())),
        _ => return None,
    };
    Some(plain(Aspect::Peak, text))
}

fn load(a: &Opened, b: &Opened) -> Option<Difference> {
    let of = |opened: &Opened| opened.header.scenario.get("load").cloned().unwrap_or_default();
    (of(a) != of(b)).then(|| plain(Aspect::Load, "load plan changed".to_owned()))
}

fn length(a: &Opened, b: &Opened) -> Option<Difference> {
    let (planned_a, planned_b) = (a.header.planned_seconds, b.header.planned_seconds);
    let (real_a, real_b) = (a.summary.measured_seconds, b.summary.measured_seconds);
    let long = |planned: Option<u32>| planned.map_or_else(|| "repetitions".to_owned(), plain_length);
    if planned_a != planned_b {
        return Some(plain(Aspect::Length, format!("planned {} → {}", long(planned_a), long(planned_b))));
    }
    let apart = (real_a - real_b).abs();
    let measured = |seconds: f64| plain_length(seconds.round() as u32);
    (apart > 2.0 && apart > real_a.max(real_b) * ABOUT_AS_LONG)
        .then(|| plain(Aspect::Length, format!("measured {} → {}", measured(real_a), measured(real_b))))
}

fn target(a: &Opened, b: &Opened) -> Option<Difference> {
    let (from, to) = (&a.header, &b.header);
    // The practice shop moves to a free port where its own is taken, and stays the same shop.
    let same_name = !from.environment.is_empty() && from.environment == to.environment;
    let moved = same_name && is_loopback(&from.target) && is_loopback(&to.target);
    let settings = |opened: &Opened| {
        let mut targets = opened.header.scenario.get("targets").cloned().unwrap_or_default();
        targets.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).for_each(|target| {
            target.remove("url");
        });
        targets
    };
    if from.target != to.target && !moved {
        let named = |header: &crate::result::Header| match header.environment.as_str() {
            "" => header.target.clone(),
            name => format!("{name} ({})", header.target),
        };
        return Some(plain(Aspect::Target, format!("target {} → {}", named(from), named(to))));
    }
    (settings(a) != settings(b)).then(|| plain(Aspect::Target, "settings of the target changed".to_owned()))
}

fn is_loopback(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    ["127.", "localhost", "[::1]"].iter().any(|own| host.starts_with(own))
}

fn computer(a: &Opened, b: &Opened) -> Option<Difference> {
    let (from, to) = (&a.header.computer, &b.header.computer);
    (from != to).then(|| plain(Aspect::Computer, format!("computer {} → {}", known(from), known(to))))
}

fn version(a: &Opened, b: &Opened) -> Option<Difference> {
    let (from, to) = (&a.header.made_by, &b.header.made_by);
    (from != to).then(|| plain(Aspect::Version, format!("made by {} → {}", known(from), known(to))))
}

fn known(text: &str) -> &str {
    if text.is_empty() { "unknown" } else { text }
}

fn limit(a: &Opened, b: &Opened) -> Option<Difference> {
    let share = |opened: &Opened| {
        let (suspect, healthy) = (opened.summary.suspect_seconds, opened.summary.healthy_seconds);
        f64::from(suspect) / f64::from((suspect + healthy).max(1))
    };
    let limited = [("A", share(a)), ("B", share(b))];
    let said: Vec<String> = limited
        .iter()
        .filter(|(_, share)| *share > LIMITED)
        .map(|(name, share)| format!("in {name} this computer was at its limit for {:.0} % of the time", share * 100.0))
        .collect();
    (!said.is_empty()).then(|| plain(Aspect::Limit, said.join(", ")))
}

/// Parts of a scenario that are no part of what people do, or are looked at by themselves.
const ELSEWHERE: [&str; 8] = ["$schema", "format", "name", "note", "targets", "load", "goals", "stop_early"];

/// How many things are named before the rest is only counted.
const NAMED: usize = 6;

fn test(a: &Opened, b: &Opened) -> Option<Difference> {
    let rest = |opened: &Opened| {
        let mut map = opened.header.scenario.as_object().cloned().unwrap_or_default();
        ELSEWHERE.iter().for_each(|key| drop(map.remove(*key)));
        map
    };
    let (from, to) = (rest(a), rest(b));
    if from == to {
        return None;
    }
    let (mut before, mut now) = (Things::new(), Things::new());
    let (top_a, top_b) = (apart_of(&from, &mut before), apart_of(&to, &mut now));
    let name = |(_, (name, _)): (&String, &(String, Value))| name.clone();
    let new = now.iter().filter(|(id, _)| !before.contains_key(*id)).map(name).collect();
    let gone = before.iter().filter(|(id, _)| !now.contains_key(*id)).map(name).collect();
    let other = now.iter().filter(|(id, thing)| before.get(*id).is_some_and(|old| old != *thing)).map(name).collect();
    let keys = top_a.keys().chain(top_b.keys().filter(|key| !top_a.contains_key(*key)));
    let parts = keys.filter(|key| *key != "users" && top_a.get(*key) != top_b.get(*key)).map(|key| part(key)).collect();
    let groups: [(&str, Vec<String>); 4] = [("Changed", other), ("New", new), ("Gone", gone), ("Also changed", parts)];
    let details = groups.into_iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| {
        let more = names.len().saturating_sub(NAMED);
        let shown = names[..names.len() - more].join(", ");
        if more > 0 { format!("{what}: {shown} and {more} more") } else { format!("{what}: {shown}") }
    });
    Some(Difference { aspect: Aspect::Test, text: "test changed".to_owned(), details: details.collect() })
}

/// A part of a scenario, in words.
fn part(key: &str) -> String {
    match key {
        "data" => "data tables".to_owned(),
        "allowed_hosts" => "allowed hosts".to_owned(),
        key => key.replace('_', " "),
    }
}

/// Everything with an id, by that id: its name, and itself without what has an id of its own.
type Things = BTreeMap<String, (String, Value)>;

fn apart_of(map: &Map<String, Value>, things: &mut Things) -> Map<String, Value> {
    map.iter().map(|(key, value)| (key.clone(), apart(value, things))).collect()
}

/// A value in which whatever has an id is only its id; the whole of that goes into `things`.
fn apart(value: &Value, things: &mut Things) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| apart(item, things)).collect()),
        Value::Object(map) => {
            let own = apart_of(map, things);
            match map.get("id").and_then(Value::as_str) {
                Some(id) => {
                    things.insert(id.to_owned(), (name_of(map).unwrap_or(id).to_owned(), Value::Object(own)));
                    Value::String(id.to_owned())
                }
                None => Value::Object(own),
            }
        }
        other => other.clone(),
    }
}

/// What something is called: by its own name, or by that of the one thing in it.
fn name_of(map: &Map<String, Value>) -> Option<&str> {
    let inner = map.values().filter_map(Value::as_object);
    let all = std::iter::once(map).chain(inner).flat_map(|one| [one.get("name"), one.get("url")]);
    all.flatten().filter_map(Value::as_str).find(|text| !text.is_empty())
}
