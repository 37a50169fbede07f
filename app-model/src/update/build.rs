//! What a person does to the document, with mouse or keyboard: both end in the same edits.

use tidemark_core::check::{self, Context};

use super::{app, save};
use crate::doc::edit::{Edit, FlowEdit, RequestEdit, StepEdit, TargetEdit};
use crate::doc::place::{self, Item, Lane};
use crate::effect::Effect;
use crate::model::{Model, Offer, Test, Tone};
use crate::msg::Msg;
use crate::text::{edits as say, notices};

/// How long a notice about something deleted stays, in milliseconds.
const NOTICE_MS: u64 = 8_000;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    match msg {
        Msg::Edit(edit) => edit_it(model, edit, out),
        Msg::Undo => turn(model, false, out),
        Msg::Redo => turn(model, true, out),
        Msg::LeaveField => test.doc.part(),
        Msg::Select(items) => {
            test.doc.select(items);
            after_choice(model, out);
        }
        Msg::Toggle(item) => {
            test.doc.selection.toggle(item);
            after_choice(model, out);
        }
        Msg::DeleteChosen | Msg::CopyChosen | Msg::NudgeChosen(_) | Msg::GroupChosen | Msg::SwitchChosen => {
            if let Some(edit) = edit_of_choice(test, &msg) {
                edit_it(model, edit, out);
            }
        }
        Msg::DropSteps(ids, lane, at) => edit_it(model, Edit::Flow(FlowEdit::MoveSteps(ids, lane, at)), out),
        Msg::PasteSteps(text) => paste_steps(model, &text, out),
        Msg::PasteAddress(step, text) => paste_address(model, &step, &text, out),
        Msg::Lock(id, locked) => {
            if locked {
                test.doc.locks.insert(id);
            } else {
                test.doc.locks.remove(&id);
            }
        }
        Msg::ShowShares(mode) => test.shares = mode,
        Msg::Expand(id, open) => {
            if open {
                test.expanded.insert(id);
            } else {
                test.expanded.remove(&id);
            }
        }
        _ => {}
    }
}

/// What a key does to the chosen things.
fn edit_of_choice(test: &Test, msg: &Msg) -> Option<Edit> {
    let chosen = test.doc.selection.items.clone();
    let main = test.doc.selection.main()?.clone();
    let steps = test.doc.selection.steps();
    let scenario = test.doc.scenario();
    let flow = match msg {
        Msg::DeleteChosen => FlowEdit::Remove(chosen),
        Msg::CopyChosen => FlowEdit::Copy(chosen),
        Msg::NudgeChosen(way) => FlowEdit::Nudge(main, *way),
        Msg::GroupChosen => FlowEdit::Wrap(steps, notices::NEW_GROUP.to_owned()),
        Msg::SwitchChosen => {
            let off = match &main {
                Item::User(id) => place::user(scenario, id).is_some_and(|user| user.off),
                Item::Task(id) => place::task(scenario, id).is_some_and(|(_, task)| task.off),
                Item::Step(id) => place::step(scenario, id).is_some_and(|step| step.off),
                _ => false,
            };
            FlowEdit::Switch(chosen, !off)
        }
        _ => return None,
    };
    Some(Edit::Flow(flow))
}

fn after_choice(model: &mut Model, out: &mut Vec<Effect>) {
    if let Some(test) = &mut model.test
        && let Some(main) = test.doc.selection.main().cloned()
    {
        app::reveal(test, &main);
    }
    if let Some(route) = app::route_of(model) {
        app::set_route(model, route, out);
    }
}

fn edit_it(model: &mut Model, edit: Edit, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    let Some(test) = &mut model.test else { return };
    let before = test.doc.revision();
    match test.doc.apply(&edit, now) {
        Ok(label) => {
            if test.doc.revision() == before {
                return after_choice(model, out);
            }
            if matches!(edit, Edit::Flow(FlowEdit::Remove(_))) {
                let id = model.notice(Tone::Info, notices::deleted(&label), Some(Offer::Undo));
                out.push(Effect::After(NOTICE_MS, Box::new(Msg::Dismiss(id))));
            }
            if matches!(edit, Edit::Flow(FlowEdit::Nudge(..) | FlowEdit::MoveSteps(..))) {
                announce_place(model, out);
            }
            changed(model, out);
        }
        Err(refused) => {
            out.push(Effect::Announce(refused.0.clone()));
            let id = model.notice(Tone::Warn, refused.0, None);
            out.push(Effect::After(NOTICE_MS, Box::new(Msg::Dismiss(id))));
        }
    }
}

/// "Wait moved. Now step 3 of 5."
fn announce_place(model: &Model, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let scenario = test.doc.scenario();
    let Some(Item::Step(id)) = test.doc.selection.main() else { return };
    if let Some((lane, at)) = place::where_is(scenario, id)
        && let Some(steps) = place::list(scenario, &lane)
        && let Some(step) = steps.get(at)
    {
        let sentence = crate::select::outline::sentence(scenario, step);
        out.push(Effect::Announce(notices::moved(&sentence, at + 1, steps.len())));
    }
}

fn turn(model: &mut Model, again: bool, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    let label = if again { test.doc.redo() } else { test.doc.undo() };
    let Some(label) = label else { return };
    out.push(Effect::Announce(if again { notices::redone(&label) } else { notices::undone(&label) }));
    changed(model, out);
}

/// After every change: problems, the place, and saving soon.
fn changed(model: &mut Model, out: &mut Vec<Effect>) {
    look_for_problems(model);
    after_choice(model, out);
    save::soon(model, out);
}

/// Looks for problems in the document.
pub(super) fn look_for_problems(model: &mut Model) {
    let general = model.can.secrets.clone();
    let Some(test) = &mut model.test else { return };
    let secrets = test.facts.secrets.as_ref().or(general.as_ref());
    let is_there = |path: &str| test.facts.files.as_ref().is_none_or(|files| files.contains(path));
    let context = Context {
        secrets: secrets.map(|names| names.iter().cloned().collect()),
        tables: test.facts.tables.clone(),
        files: test.facts.files.is_some().then_some(&is_there),
        ..Context::default()
    };
    test.problems = check::check(test.doc.scenario(), &context);
}

/// The place after the chosen step, or the end of the chosen or first task.
fn after_chosen(test: &Test) -> Option<(Lane, usize)> {
    let scenario = test.doc.scenario();
    let end = |lane: Lane| place::list(scenario, &lane).map(|steps| (lane.clone(), steps.len()));
    match test.doc.selection.main() {
        Some(Item::Step(id) | Item::Check(id, _) | Item::Save(id, _)) => {
            place::where_is(scenario, id).map(|(lane, at)| (lane, at + 1))
        }
        Some(Item::Task(id)) => end(Lane::Task(id.clone())),
        Some(Item::Group(id)) => end(Lane::Group(id.clone())),
        _ => {
            let user = test.doc.selection.user.as_deref().and_then(|id| place::user(scenario, id));
            let task = user.or(scenario.users.first()).and_then(|user| user.tasks.first())?;
            end(Lane::Task(task.id.clone()))
        }
    }
}

/// Edits that let requests go to where something pasted went: the first target, or another allowed host.
fn reach(test: &Test, pasted: &crate::paste::Pasted) -> Vec<Edit> {
    let scenario = test.doc.scenario();
    if scenario.targets.is_empty() {
        return vec![Edit::Target(TargetEdit::Add(pasted.host.clone(), pasted.target.clone()))];
    }
    let known = pasted.is_at(&scenario.targets[0].url) || scenario.allowed_hosts.contains(&pasted.host);
    match known || pasted.host.is_empty() {
        true => Vec::new(),
        false => vec![Edit::Target(TargetEdit::AllowHost(pasted.host.clone()))],
    }
}

fn paste_steps(model: &mut Model, text: &str, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let Some((lane, at)) = after_chosen(test) else { return };
    match crate::paste::read(text) {
        Ok(pasted) => {
            let mut edits = reach(test, &pasted);
            let base = test.doc.scenario().targets.first().map(|target| target.url.clone());
            let summary = pasted.summary();
            edits.push(Edit::Flow(FlowEdit::Insert(lane, at, pasted.for_target(base.as_deref()))));
            edit_it(model, Edit::Many(say::PASTE_REQUEST.to_owned(), edits), out);
            recognised(model, summary, out);
        }
        Err(reason) => {
            model.notice(Tone::Warn, reason, None);
        }
    }
}

/// Says what was made of something pasted, and offers to take it back.
fn recognised(model: &mut Model, summary: String, out: &mut Vec<Effect>) {
    let id = model.notice(Tone::Good, summary, Some(Offer::Undo));
    out.push(Effect::After(NOTICE_MS, Box::new(Msg::Dismiss(id))));
}

fn paste_address(model: &mut Model, step: &str, text: &str, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    match crate::paste::read(text) {
        Ok(pasted) => {
            let mut edits = reach(test, &pasted);
            let base = test.doc.scenario().targets.first().map(|target| target.url.clone());
            let summary = pasted.summary();
            let whole = pasted.is_command;
            let Some(request) = pasted.first_for(base.as_deref()) else { return };
            let id = step.to_owned();
            if whole {
                let act = tidemark_core::scenario::Act::Request(Box::new(request));
                edits.push(Edit::Step(StepEdit::Act(id, say::FIELD_ADDRESS, Box::new(act))));
            } else {
                edits.push(Edit::Step(StepEdit::Request(id.clone(), RequestEdit::Url(request.url))));
                if !request.query.0.is_empty() {
                    edits.push(Edit::Step(StepEdit::Request(id, RequestEdit::Query(request.query))));
                }
            }
            edit_it(model, Edit::Many(say::PASTE_REQUEST.to_owned(), edits), out);
            recognised(model, summary, out);
        }
        // What is no whole address is just text for the field.
        Err(_) => {
            let edit = RequestEdit::Url(text.trim().to_owned());
            edit_it(model, Edit::Step(StepEdit::Request(step.to_owned(), edit)), out);
        }
    }
}
