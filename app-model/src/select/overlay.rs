//! What dialogs and drawers show: problems with what mends them, changes. Must not change anything.

use tidemark_core::problem::Severity;
use tidemark_core::scenario::Scenario;

use crate::doc::Item;
use crate::doc::selection::{task_behind, user_behind};
use crate::model::{Model, Offer, Tone};
use crate::select::fixes::{Fix, fixes};
use crate::select::hosts::class;
use crate::select::problems::item_at;
use crate::text::overlay as say;

/// A problem with what mends it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemRow {
    /// Its place in the list, from 0.
    pub at: usize,
    /// Its code, for test ids.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The same in words.
    pub level: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Whose it is: "Visitor · Search".
    pub whose: String,
    /// What it is about.
    pub item: Item,
    /// What mends it.
    pub fixes: Vec<Fix>,
}

/// The problems of the open test, worst first.
pub fn problems(model: &Model) -> Vec<ProblemRow> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let rows = test.problems.iter().enumerate().map(|(at, problem)| {
        let item = item_at(scenario, &problem.place);
        ProblemRow {
            at,
            code: problem.code,
            severity: problem.severity,
            level: level(problem.severity),
            message: crate::text::problems::message(problem.code, &problem.message),
            hint: crate::text::problems::hint(problem.code, &problem.hint),
            whose: whose(scenario, &item),
            item,
            fixes: fixes(scenario, problem),
        }
    });
    rows.collect()
}

/// Those that are about one thing.
pub fn problems_of(model: &Model, item: &Item) -> Vec<ProblemRow> {
    let mut rows = problems(model);
    rows.retain(|row| row.item == *item);
    rows
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => say::LEVEL_STOP,
        Severity::Warn => say::LEVEL_WARN,
        Severity::Tip => say::LEVEL_TIP,
    }
}

/// The user type and the task that a thing belongs to.
fn whose(scenario: &Scenario, item: &Item) -> String {
    let user = user_behind(scenario, item).and_then(|id| scenario.users.iter().find(|user| user.id == id));
    let task = task_behind(scenario, item)
        .and_then(|id| scenario.users.iter().flat_map(|user| &user.tasks).find(|task| task.id == id));
    let names = [user.map(|user| user.name.as_str()), task.map(|task| task.name.as_str())];
    names.into_iter().flatten().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What a button on a notice says.
pub fn offer_words(offer: &Offer) -> &'static str {
    match offer {
        Offer::Undo | Offer::KeepTest(_) | Offer::KeepResult(_) => say::UNDO,
        Offer::SaveAgain => say::TRY_AGAIN,
        Offer::SaveCopy => say::SAVE_COPY,
        Offer::Edit(_) => say::DO_IT,
        Offer::Problems => say::SEE_PROBLEMS,
        Offer::TakeOver => say::TAKE_OVER,
        Offer::KeepMine => say::KEEP_MINE,
        Offer::LoadTheirs => say::LOAD_THEIRS,
        Offer::History => say::SEE_HISTORY,
        Offer::BackToFile => say::BACK_TO_FILE,
    }
}

/// A notice's tone in words, for those who don't see its colour.
pub fn tone_words(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => say::DONE_WELL,
        Tone::Info => say::NOTE,
        Tone::Warn => say::LOOK,
        Tone::Bad => say::TROUBLE,
    }
}

/// A change in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub label: String,
    /// So many times undo (or, if undone, redo) lead to the other side of it.
    pub turns: usize,
    /// Whether it is undone.
    pub undone: bool,
}

/// The changes of the open test, newest first; those that are undone before the others.
pub fn changes(model: &Model) -> Vec<Change> {
    let Some(test) = &model.test else { return Vec::new() };
    let history = test.doc.history();
    let change =
        |undone: bool| move |(at, label): (usize, &str)| Change { label: label.to_owned(), turns: at + 1, undone };
    let mut all: Vec<Change> = history.redo_labels().enumerate().map(change(true)).collect();
    all.reverse();
    all.extend(history.undo_labels().enumerate().map(change(false)));
    all
}

/// What is wrong with an address for a target; nothing if it is one.
pub fn bad_target(typed: &str) -> Option<&'static str> {
    let fits = url::Url::parse(&whole_address(typed)).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty())
    });
    (!fits).then_some(say::NOT_AN_ADDRESS)
}

/// An address with its scheme: `http` for this computer, else `https`.
pub fn whole_address(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches('/');
    if typed.contains("://") {
        return typed.to_owned();
    }
    let host = typed.split(['/', ':']).next().unwrap_or_default();
    let scheme = if class(host) == super::hosts::Class::Here { "http" } else { "https" };
    format!("{scheme}://{typed}")
}

/// The name that a target gets when nobody gave one: its host.
pub fn target_name(address: &str) -> String {
    let url = url::Url::parse(address).ok();
    url.as_ref().and_then(url::Url::host_str).unwrap_or_default().to_owned()
}
