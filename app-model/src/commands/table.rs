//! The table of commands, and what each one means now. A command is added by a row here and a row in [`state`].

use tidemark_core::scenario::Scenario;

use super::{Command, Keys, State};
use crate::doc::Item;
use crate::model::{Dialog, Model, Panel};
use crate::msg::{Msg, Setting};
use crate::route::{Route, Tab};
use crate::select::shell as select;
use crate::text::{commands as say, shell};

const fn keys(ctrl: bool, shift: bool, alt: bool, key: &'static str) -> Keys {
    Keys { ctrl, shift, alt, key }
}

const fn command(id: &'static str, words: (&'static str, &'static str), keys: &'static [Keys]) -> Command {
    Command { id, words, keys, while_typing: true, goes: false }
}

/// One whose keys are for the text while something is typed.
const fn not_typing(id: &'static str, words: (&'static str, &'static str), keys: &'static [Keys]) -> Command {
    Command { id, words, keys, while_typing: false, goes: false }
}

const fn place(id: &'static str, words: (&'static str, &'static str)) -> Command {
    Command { id, words, keys: &[], while_typing: true, goes: true }
}

/// Every command, the most used first.
pub const COMMANDS: &[Command] = &[
    command("run", say::RUN, &[keys(true, true, false, "Enter")]),
    command("try", say::TRY, &[keys(true, false, false, "Enter")]),
    command("preview", say::PREVIEW, &[keys(false, false, true, "Enter")]),
    command("stop", say::STOP, &[keys(true, false, false, ".")]),
    not_typing("undo", say::UNDO, &[keys(true, false, false, "z")]),
    not_typing("redo", say::REDO, &[keys(true, true, false, "z"), keys(true, false, false, "y")]),
    command("paste", say::PASTE, &[]),
    command("open", say::OPEN, &[]),
    command("new", say::NEW, &[]),
    command("target", say::TARGET, &[]),
    command("save", say::SAVE, &[keys(true, false, false, "s")]),
    command("problems", say::PROBLEMS, &[]),
    command("next-problem", say::NEXT_PROBLEM, &[keys(false, false, false, "F8")]),
    command("last-problem", say::LAST_PROBLEM, &[keys(false, true, false, "F8")]),
    command("history", say::HISTORY, &[]),
    command("duplicate", say::DUPLICATE, &[]),
    command("delete", say::DELETE, &[]),
    command("move", say::MOVE, &[]),
    command("group", say::GROUP, &[]),
    command("switch", say::SWITCH, &[]),
    command("panel", say::STEP_PANEL, &[keys(true, false, false, "\\")]),
    command("share", say::SHARE, &[]),
    command("demo", say::DEMO, &[]),
    command("shop", say::SHOP, &[]),
    command("palette", say::PALETTE, &[keys(true, false, false, "k")]),
    not_typing("keys", say::KEYS, &[keys(false, false, false, "?")]),
    command("glossary", say::GLOSSARY, &[keys(false, false, false, "F1")]),
    command("light", say::LIGHT, &[]),
    command("dark", say::DARK, &[]),
    command("contrast", say::CONTRAST, &[]),
    place("build", say::BUILD),
    place("data", say::DATA),
    place("load", say::LOAD),
    place("run-tab", say::RUN_TAB),
    place("results", say::RESULTS),
    place("home", say::HOME),
    place("settings", say::SETTINGS),
];

/// What a command of the table means now; nothing can be done by one that is not in it.
pub fn state(model: &Model, id: &str) -> State {
    match id {
        "open" => Ok(Msg::PickFile),
        "new" => Ok(Msg::NewTest),
        "paste" => Ok(Msg::Open(Dialog::Import)),
        "palette" => Ok(Msg::Open(Dialog::Palette)),
        "keys" => Ok(Msg::Open(Dialog::Keys)),
        "glossary" => Ok(Msg::Open(Dialog::Glossary)),
        "light" | "dark" | "contrast" => Ok(Msg::Set(Setting::Theme(id.to_owned()))),
        "home" => Ok(Msg::Go(Route::Home)),
        "settings" => Ok(Msg::Go(Route::Settings)),
        "demo" if model.running() => Err(say::RUNS_ALREADY),
        "demo" => Ok(Msg::RunDemo),
        "shop" if !model.can.shop => Err(say::NO_SHOP),
        "shop" => Ok(Msg::TogglePanel(Panel::Shop)),
        "stop" => stop(model),
        "share" => match &model.results.open {
            Some((id, _)) if matches!(model.route, Route::Result(..) | Route::Viewer) => {
                Ok(Msg::Open(Dialog::Share(id.clone())))
            }
            _ => Err(say::OPEN_A_RESULT),
        },
        _ => in_test(model, id),
    }
}

fn stop(model: &Model) -> State {
    if model.running() {
        return Ok(Msg::Open(Dialog::Stop));
    }
    let trying = model.test.as_ref().and_then(|test| test.trial.as_ref()).is_some_and(|trial| trial.running);
    if trying { Ok(Msg::StopTrial) } else { Err(say::NOTHING_RUNS) }
}

/// Commands that are about the open test.
fn in_test(model: &Model, id: &str) -> State {
    let test = model.test.as_ref().ok_or(say::OPEN_A_TEST)?;
    let selection = &test.doc.selection;
    let chosen = |msg: Msg| if selection.items.is_empty() { Err(say::CHOOSE_FIRST) } else { Ok(msg) };
    let steps = |msg: Msg| if selection.steps().is_empty() { Err(say::CHOOSE_STEPS) } else { Ok(msg) };
    let problems = |msg: Msg| if test.problems.is_empty() { Err(say::NO_PROBLEMS) } else { Ok(msg) };
    let sends = || if model.can.send { Ok(()) } else { Err(crate::text::notices::NO_SENDING_HERE) };
    match id {
        "run" if model.running() => Err(say::RUNS_ALREADY),
        "run" if !model.can.practice && !model.can.send => Err(crate::text::notices::NO_SENDING_HERE),
        "run" if !select::sends_anything(test.doc.scenario()) => Err(shell::NOTHING_TO_SEND),
        "run" => Ok(Msg::RunTest),
        "try" => sends().and_then(|()| Ok(Msg::TryOne(select::user(model).ok_or(shell::NO_USERS)?, None))),
        "preview" => Ok(Msg::AskPreview(false)),
        "undo" => test.doc.history().undo_labels().next().map(|_| Msg::Undo).ok_or(shell::NOTHING_TO_UNDO),
        "redo" => test.doc.history().redo_labels().next().map(|_| Msg::Redo).ok_or(shell::NOTHING_TO_REDO),
        "save" => Ok(Msg::SaveAsked),
        "target" => Ok(Msg::Open(Dialog::NewTarget)),
        "problems" => Ok(Msg::TogglePanel(Panel::Problems)),
        "next-problem" => problems(Msg::WalkProblems(true)),
        "last-problem" => problems(Msg::WalkProblems(false)),
        "history" => Ok(Msg::Open(Dialog::History)),
        "panel" => Ok(Msg::TogglePanel(Panel::Step)),
        "duplicate" => chosen(Msg::CopyChosen),
        "delete" => chosen(Msg::DeleteChosen),
        "move" => steps(Msg::Open(Dialog::MoveTo)),
        "group" => steps(Msg::GroupChosen),
        "switch" => chosen(Msg::SwitchChosen),
        "build" => Ok(Msg::ShowTab(Tab::Build)),
        "data" => Ok(Msg::ShowTab(Tab::Data)),
        "load" => Ok(Msg::ShowTab(Tab::Load)),
        "run-tab" => Ok(Msg::ShowTab(Tab::Run)),
        "results" => Ok(Msg::ShowTab(Tab::Results)),
        _ => Err(say::OPEN_A_TEST),
    }
}

/// The message that shows a thing of the open test.
pub(super) fn show(scenario: &Scenario, test: &str, item: Item) -> Msg {
    let task = crate::doc::selection::task_behind(scenario, &item);
    let step = match &item {
        Item::Step(id) => Some(id.clone()),
        _ => None,
    };
    match task {
        Some(task) => Msg::Go(Route::Task(test.to_owned(), task, step)),
        None => Msg::Select(vec![item]),
    }
}
