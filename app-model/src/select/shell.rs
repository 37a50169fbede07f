//! What the frame shows around every screen: marks on the tabs, the target, and what each of the three verbs would send.
//!
//! Must not know what a run does: the numbers come from the core's preview.

use tidemark_core::plan::compile;
use tidemark_core::preview::{Options, preview};
use tidemark_core::problem::Severity;
use tidemark_core::scenario::{Act, RepeatKind, Scenario, Step};

use crate::doc::place::group;
use crate::doc::selection::tab_of;
use crate::model::{Model, Phase};
use crate::route::{Route, Tab};
use crate::select::hosts::{Class, class};
use crate::select::problems::item_at;
use crate::text::{notices, shell as say};

/// A mark on a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing to say.
    #[default]
    None,
    /// So many problems; whether one of them stops a run.
    Problems(usize, bool),
    /// A run goes on.
    Live,
    /// There is a result that nobody has looked at.
    New,
}

/// The mark of each tab, in the order of [`Tab::ALL`].
pub fn marks(model: &Model) -> [Mark; 5] {
    let mut marks = [Mark::None; 5];
    let Some(test) = &model.test else { return marks };
    for problem in test.problems.iter().filter(|problem| problem.severity <= Severity::Warn) {
        let tab = tab_of(&item_at(test.doc.scenario(), &problem.place));
        let Some(at) = Tab::ALL.iter().position(|each| *each == tab) else { continue };
        let (count, stops) = match marks[at] {
            Mark::Problems(count, stops) => (count, stops),
            _ => (0, false),
        };
        marks[at] = Mark::Problems(count + 1, stops || problem.severity == Severity::Stop);
    }
    if model.running() {
        marks[3] = Mark::Live;
    }
    if let Some(Phase::Ended(id)) = model.run.as_ref().map(|run| &run.phase)
        && model.results.open.as_ref().is_none_or(|(open, _)| open != id)
        && model.tab() != Some(Tab::Results)
    {
        marks[4] = Mark::New;
    }
    marks
}

/// Undo or redo: its words, and why it can't be done now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turn {
    /// "Undo: Move step".
    pub label: String,
    /// Why not; empty if it can.
    pub not_now: String,
}

/// What undo would take back.
pub fn undo(model: &Model) -> Turn {
    let label = model.test.as_ref().and_then(|test| test.doc.history().undo_labels().next());
    match label {
        Some(label) => Turn { label: say::undo(label), not_now: String::new() },
        None => Turn { label: say::UNDO.to_owned(), not_now: say::NOTHING_TO_UNDO.to_owned() },
    }
}

/// What redo would make again.
pub fn redo(model: &Model) -> Turn {
    let label = model.test.as_ref().and_then(|test| test.doc.history().redo_labels().next());
    match label {
        Some(label) => Turn { label: say::redo(label), not_now: String::new() },
        None => Turn { label: say::REDO.to_owned(), not_now: say::NOTHING_TO_REDO.to_owned() },
    }
}

/// The open test's name, where the place is in a test.
pub fn name(model: &Model) -> Option<String> {
    let test = model.test.as_ref().filter(|test| model.route.test() == Some(&test.id))?;
    Some(test.doc.scenario().name.clone())
}

/// The title of the window.
pub fn title(model: &Model) -> String {
    let name = name(model).unwrap_or_default();
    match (&model.route, model.tab()) {
        (Route::Settings, _) => say::title(&[say::SETTINGS]),
        (_, Some(tab)) => say::title(&[&name, tab_word(tab)]),
        _ => say::title(&[&name]),
    }
}

/// A tab's name on screen.
pub fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Build => say::BUILD,
        Tab::Data => say::DATA,
        Tab::Load => say::LOAD,
        Tab::Run => say::RUN,
        Tab::Results => say::RESULTS,
    }
}

/// The theme that comes after one.
pub fn next_theme(theme: &str) -> &'static str {
    match theme {
        "system" => "light",
        "light" => "dark",
        "dark" => "contrast",
        _ => "system",
    }
}

/// A theme in words.
pub fn theme_words(theme: &str) -> &'static str {
    match theme {
        "light" => say::THEME_LIGHT,
        "dark" => say::THEME_DARK,
        "contrast" => say::THEME_CONTRAST,
        _ => say::THEME_SYSTEM,
    }
}

/// A target, as the chip and its menu show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetWords {
    /// Its number, from 0.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// Its host and port.
    pub host: String,
    /// How far away it is; none without an address.
    pub class: Option<Class>,
    /// The same in words.
    pub class_word: &'static str,
    /// Whether it looks like one that people use.
    pub live: bool,
}

/// The targets in order; the first is the one that is loaded.
pub fn targets(scenario: &Scenario) -> Vec<TargetWords> {
    let targets = scenario.targets.iter().enumerate();
    targets
        .map(|(at, target)| {
            let url = url::Url::parse(&target.url).ok();
            let host = url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
            let port = url.as_ref().and_then(url::Url::port).map(|port| format!(":{port}")).unwrap_or_default();
            let class = (!host.is_empty()).then(|| class(host));
            TargetWords {
                at,
                name: target.name.clone(),
                host: if host.is_empty() { target.url.clone() } else { format!("{host}{port}") },
                class,
                class_word: class.map_or("", class_word),
                live: class.is_some_and(|class| class != Class::Here && target.is_live(host, class == Class::Internet)),
            }
        })
        .collect()
}

/// The targets of the test that is open, as the chip shows them: in practice nothing goes there, however near it is.
pub fn chip_targets(model: &Model) -> Vec<TargetWords> {
    let Some(test) = &model.test else { return Vec::new() };
    let mut all = targets(test.doc.scenario());
    if model.can.practice && !model.can.send {
        all.iter_mut().for_each(|target| target.class_word = say::NOT_CALLED);
    }
    all
}

/// How far away a host is, in words.
pub fn class_word(class: Class) -> &'static str {
    match class {
        Class::Here => say::THIS_COMPUTER,
        Class::Private => say::PRIVATE_NETWORK,
        Class::Internet => say::INTERNET,
    }
}

/// What the three verbs say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder {
    /// How much a trial sends.
    pub try_sub: String,
    /// Why there can be no trial now; empty if there can.
    pub try_not_now: String,
    /// What the third verb is called.
    pub run_label: &'static str,
    /// How much a run sends.
    pub run_sub: String,
    /// Why there can be no run now; empty if there can.
    pub run_not_now: String,
}

/// What the three verbs say now.
pub fn ladder(model: &Model) -> Ladder {
    let Some(test) = &model.test else { return Ladder { run_label: say::RUN_TEST, ..Ladder::default() } };
    let scenario = test.doc.scenario();
    let trying = test.trial.as_ref().is_some_and(|trial| trial.running);
    let practice = model.can.practice && !model.can.send;
    let sends = user(model).map(|user| trial_requests(scenario, &user));
    let no_sending = match model.can.send {
        _ if test.read_only => notices::READ_ONLY_WHY,
        true => "",
        false => notices::NO_SENDING_HERE,
    };
    Ladder {
        try_sub: match sends {
            _ if trying => say::TRYING.to_owned(),
            Some(requests) => say::sends(requests),
            None => String::new(),
        },
        try_not_now: match sends {
            _ if !no_sending.is_empty() => no_sending.to_owned(),
            None => say::NO_USERS.to_owned(),
            Some(_) => String::new(),
        },
        run_label: if practice { say::PRACTICE_RUN } else { say::RUN_TEST },
        run_sub: match test.estimate {
            _ if practice => say::SIMULATED.to_owned(),
            Some(requests) => say::sends_about(requests),
            None => String::new(),
        },
        run_not_now: match () {
            () if !no_sending.is_empty() && (!practice || test.read_only) => no_sending,
            () if !sends_anything(scenario) => say::NOTHING_TO_SEND,
            () => "",
        }
        .to_owned(),
    }
}

/// Whether the test that is open is the demo that somebody looks into, and the way to a test of their own is shown.
pub fn own_way(model: &Model) -> bool {
    model.own_way.is_some() && model.own_way.as_ref() == model.test.as_ref().map(|test| &test.id)
}

/// The user type that a trial is made with: the one that is shown, by id.
pub fn user(model: &Model) -> Option<String> {
    let test = model.test.as_ref()?;
    let users = &test.doc.scenario().users;
    let chosen = test.doc.selection.user.as_ref().and_then(|id| users.iter().find(|user| user.id == *id));
    chosen.or(users.first()).map(|user| user.id.clone())
}

/// Whether a run would send anything at all.
pub fn sends_anything(scenario: &Scenario) -> bool {
    scenario.users.iter().any(|user| !user.off && trial_requests(scenario, &user.id) > 0)
}

/// How many requests a trial of this user type sends: on arrival, each task once, before leaving. Where it depends on
/// answers, the longer way is taken.
pub fn trial_requests(scenario: &Scenario, user: &str) -> u64 {
    let Some(user) = scenario.users.iter().find(|each| each.id == user) else { return 0 };
    let tasks =
        user.tasks.iter().filter(|task| !task.off).map(|task| requests_in(scenario, &task.steps, 0)).sum::<u64>();
    let ends = requests_in(scenario, &user.on_arrival, 0) + requests_in(scenario, &user.before_leaving, 0);
    (ends + tasks).min(200)
}

fn requests_in(scenario: &Scenario, steps: &[Step], deep: u32) -> u64 {
    // A group that uses itself is a problem of its own, and no number.
    if deep > 16 {
        return 0;
    }
    let inside = |steps: &[Step]| requests_in(scenario, steps, deep + 1);
    let of = |step: &Step| match &step.act {
        Act::Request(_) => 1,
        Act::Group(part) => inside(&part.steps),
        Act::Parallel(part) => inside(&part.steps),
        Act::OnlyIf(part) => inside(&part.then).max(inside(&part.otherwise)),
        Act::Choose(part) => part.options.iter().map(|option| inside(&option.steps)).max().unwrap_or(0),
        Act::Use(part) => group(scenario, &part.group).map_or(0, |group| inside(&group.steps)),
        Act::Repeat(part) => match &part.how {
            RepeatKind::Times(times) => u64::from(*times) * inside(&part.steps),
            _ => inside(&part.steps),
        },
        _ => 0,
    };
    steps.iter().filter(|step| !step.off).map(of).sum()
}

/// What a run takes, about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Estimate {
    /// Requests that it sends.
    pub requests: u64,
    /// Rows of each data table, by name; none where they are taken by chance.
    pub rows: Vec<(String, Option<u64>)>,
}

/// What a run takes, about; none while problems stop it. Quicker than a preview, and less exact.
pub fn estimate(scenario: &Scenario) -> Option<Estimate> {
    let plan = compile(scenario, &super::pretend::inputs(scenario, 1)).ok()?;
    let seen = preview(&plan, scenario, &Options { picks: 2_000, ..Options::USUAL });
    let rows = seen.tables.into_iter().map(|table| (table.name, table.needed)).collect();
    Some(Estimate { requests: seen.requests, rows })
}
