//! The check before requests leave this computer: which hosts need a word, how many people may come, and what the button
//! says. Must not decide that something is sent: that is for [`mod@crate::update`].

use tidemark_core::plan::compile;
use tidemark_core::problem::Severity;
use tidemark_core::scenario::Scenario;
use tidemark_core::units::grouped;
use tidemark_core::wire::target::{Distance, TargetFacts};

use crate::model::{Model, Test, Then};
use crate::select::data::values;
use crate::select::hosts::{self, Class, class};
use crate::select::load::extent;
use crate::select::overlay::{ProblemRow, problems};
use crate::select::shell::{TargetWords, chip_targets, class_word, sends_anything};
use crate::text::{load as load_words, overlay as say, shell};

/// So many people come at most where a target is one that people use, until somebody raises that.
pub const LIVE_MOST: u32 = tidemark_core::wire::target::LIVE_MOST;

/// A host that has to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRow {
    /// Its name.
    pub host: String,
    /// "staging.shop.test is on the internet."
    pub text: String,
    /// Whether it looks like one that people use.
    pub live: bool,
    /// Whether the box is ticked.
    pub ticked: bool,
    /// What was typed as its name.
    pub typed: String,
    /// Whether that is enough.
    pub confirmed: bool,
}

/// Why fewer people come than the test says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// The most people at once, or new people a second.
    pub most: u32,
    /// Why, as a sentence.
    pub why: String,
    /// Whether it can be raised for this run.
    pub can_be_raised: bool,
}

/// The check before a run or a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeRun {
    /// "Before the run".
    pub title: &'static str,
    /// Where it goes.
    pub target: Option<TargetWords>,
    /// How many people, how many requests, how long: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// What to look at.
    pub problems: Vec<ProblemRow>,
    /// The secrets that lack a value here.
    pub secrets: Vec<String>,
    /// What has to be confirmed.
    pub hosts: Vec<HostRow>,
    /// Why fewer people come.
    pub cap: Option<Cap>,
    /// Whether the limit was raised.
    pub raised: bool,
    /// What the button says.
    pub act: String,
    /// Why it can't be pressed; empty if it can.
    pub not_now: String,
}

/// What to look at before a run of the open test, or before a trial.
pub fn before_run(model: &Model) -> Option<BeforeRun> {
    let test = model.test.as_ref()?;
    let scenario = test.doc.scenario();
    let target = chip_targets(model).into_iter().next();
    let trial = model.reach.then != Then::Run;
    let cap = if trial { None } else { cap(model) };
    let secrets = values::lacking(model);
    let least = if trial { Severity::Stop } else { Severity::Warn };
    let asked_here = |row: &ProblemRow| row.code == "secret-missing" && !secrets.is_empty();
    let problems: Vec<ProblemRow> =
        problems(model).into_iter().filter(|row| row.severity <= least && !asked_here(row)).collect();
    let hosts = questions(model);
    let stopped = problems.iter().any(|problem| problem.severity == Severity::Stop);
    let host = target.as_ref().map_or("", |target| &target.host);
    let (facts, act) = match trial {
        true => (Vec::new(), say::act_try(host)),
        false => numbers(test, cap.as_ref(), model.can.send.then_some(host)),
    };
    let not_now = match () {
        () if stopped => say::STOPS,
        () if !trial && !sends_anything(scenario) => shell::NOTHING_TO_SEND,
        () if !secrets.is_empty() => say::SECRETS_FIRST,
        () if hosts.iter().any(|host| !host.confirmed) => say::CONFIRM_FIRST,
        () => "",
    };
    Some(BeforeRun {
        title: if trial { say::BEFORE_TRY } else { say::BEFORE_RUN },
        target,
        facts,
        problems,
        secrets,
        hosts,
        cap,
        raised: model.reach.raised,
        act,
        not_now: not_now.to_owned(),
    })
}

/// People, requests and length, and what the button says; no host where nothing real is sent.
fn numbers(test: &Test, cap: Option<&Cap>, host: Option<&str>) -> (Vec<(&'static str, String)>, String) {
    let load = &test.doc.scenario().load;
    let (length, peak) = extent(load);
    let part = cap.map_or(1.0, |cap| f64::from(cap.most) / peak.max(1.0)).min(1.0);
    let requests = test.estimate.map(|requests| (requests as f64 * part).round() as u64);
    let arrivals = crate::doc::edit::load::counts_arrivals(load);
    let people = grouped((peak * part).round() as u64);
    let facts = vec![
        if arrivals { (say::ARRIVALS, people) } else { (say::PEOPLE, people) },
        (say::REQUESTS, requests.map_or_else(|| say::NOT_KNOWN.to_owned(), shell::about)),
        (say::LENGTH, load_words::at(length)),
    ];
    let requests = requests.map(shell::sends_about);
    let act = match host {
        Some(host) => say::act(requests.as_deref(), host),
        None => say::act_practice(requests.as_deref()),
    };
    (facts, act)
}

/// The hosts that need a word before anything is sent, in order; none where nothing real is sent.
pub fn questions(model: &Model) -> Vec<HostRow> {
    let Some(test) = model.test.as_ref().filter(|_| model.can.send) else { return Vec::new() };
    let scenario = test.doc.scenario();
    let facts = facts_of(test, scenario);
    let distance = |host: &str| facts.and_then(|facts| facts.hosts.iter().find(|known| known.host == host));
    let mut all = hosts::to_confirm(scenario, &model.can.hosts);
    // What was looked up wins over what the name alone says, both ways.
    all.retain(|host| distance(host).is_none_or(|known| !known.allowed));
    for known in facts.iter().flat_map(|facts| &facts.hosts) {
        let asked = !known.allowed && known.distance != Distance::Nowhere && !model.can.hosts.contains(&known.host);
        if asked && !all.contains(&known.host) {
            all.push(known.host.clone());
        }
    }
    let row = |host: String| {
        let place = match distance(&host).map(|known| known.distance) {
            Some(Distance::PrivateNetwork) => class_word(Class::Private),
            Some(Distance::Internet) => class_word(Class::Internet),
            Some(Distance::BehindProxy) => say::BEHIND_PROXY,
            _ => class_word(class(&host)),
        };
        let (ticked, typed) = model.reach.words.get(&host).cloned().unwrap_or_default();
        HostRow {
            text: say::host_is(&host, place),
            live: hosts::looks_live(&host) || is_live_target(scenario, &host),
            confirmed: ticked && names_host(&typed, &host),
            ticked,
            typed,
            host,
        }
    };
    all.into_iter().map(row).collect()
}

/// What was looked up, as far as it is about the target as it is now.
fn facts_of<'a>(test: &'a Test, scenario: &Scenario) -> Option<&'a TargetFacts> {
    let facts = test.target.as_ref()?.as_ref().ok()?;
    (scenario.targets.first().map(|target| target.url.trim_end_matches('/')) == Some(facts.url.trim_end_matches('/')))
        .then_some(&**facts)
}

/// Whether a host is that of the first target, which somebody marked as live.
fn is_live_target(scenario: &Scenario, host: &str) -> bool {
    scenario.targets.first().is_some_and(|target| {
        let own = url::Url::parse(&target.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        own.as_deref() == Some(host) && target.is_live(host, class(host) == Class::Internet)
    })
}

/// Whether what was typed is the name of the host: its letters may be of any size.
pub fn names_host(typed: &str, host: &str) -> bool {
    typed.trim().eq_ignore_ascii_case(host)
}

/// How many may come, where that is fewer than the test says.
pub fn cap(model: &Model) -> Option<Cap> {
    let test = model.test.as_ref().filter(|_| model.can.send)?;
    let scenario = test.doc.scenario();
    let facts = facts_of(test, scenario);
    let away = |host: &String| match facts.and_then(|facts| facts.hosts.iter().find(|known| known.host == *host)) {
        Some(known) => known.distance != Distance::ThisComputer,
        None => class(host) != Class::Here,
    };
    let away: Vec<String> = hosts::all(scenario).into_iter().filter(away).collect();
    let first = away.first()?;
    let (_, peak) = extent(&scenario.load);
    let arrivals = crate::doc::edit::load::counts_arrivals(&scenario.load);
    let live = away.iter().find(|host| hosts::looks_live(host) || is_live_target(scenario, host));
    if let Some(host) = live.filter(|_| !model.reach.raised && peak > f64::from(LIVE_MOST)) {
        let why = say::live_cap(host, LIVE_MOST, arrivals);
        return Some(Cap { most: LIVE_MOST, why, can_be_raised: true });
    }
    let limit = if arrivals { model.settings.most_per_second } else { model.settings.most_people };
    (peak > f64::from(limit)).then(|| Cap {
        most: limit,
        why: say::elsewhere_cap(first, limit, arrivals),
        can_be_raised: false,
    })
}

/// Whether there is something to say before a run.
pub fn something_to_say(model: &Model) -> bool {
    let Some(test) = &model.test else { return false };
    let worst = test.problems.iter().map(|problem| problem.severity).min();
    worst.is_some_and(|worst| worst <= Severity::Warn) || !questions(model).is_empty() || cap(model).is_some()
}

/// Whether the other side can make anything of the test as it is: what stops a run is known here, and need not be asked.
pub fn can_be_planned(test: &Test) -> bool {
    let scenario = test.doc.scenario();
    let stops = test.problems.iter().any(|problem| problem.severity == Severity::Stop);
    !stops && compile(scenario, &super::pretend::inputs(scenario, 1)).is_ok()
}
