//! What a person does to the document, with mouse or keyboard: both end in the same edits.

use std::collections::HashMap;

use tidemark_core::check::{self, Context, TableFacts};

use super::{app, hold, save};
use crate::doc::edit::{Edit, FlowEdit, Mix, RequestEdit, ShareEdit, StepEdit, TargetEdit, Way, share};
use crate::doc::place::{self, Item, Lane};
use crate::effect::{Clip, Effect};
use crate::model::{Dialog, Model, Offer, Test, Tone};
use crate::msg::Msg;
use crate::quick;
use crate::select::{outline, reach};
use crate::text::{edits as say, notices};

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    match msg {
        Msg::Edit(edit) => edit_it(model, edit, out),
        Msg::Undo => turn(model, false, out),
        Msg::Redo => turn(model, true, out),
        Msg::Turns(again, count) => turns(model, again, count, out),
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
                focus_chosen(model, out);
            }
        }
        Msg::DropSteps(ids, lane, at) => edit_it(model, Edit::Flow(FlowEdit::MoveSteps(ids, lane, at)), out),
        Msg::ClipChosen(cut) => clip(model, cut, out),
        Msg::QuickAdd(lane, at, text) => quick_add(model, lane, at, &text, out),
        Msg::PasteSteps(text) => match after_chosen(test) {
            Some((lane, at)) => paste_steps(model, lane, at, &text, out),
            None => drop(model.notice(Tone::Warn, notices::NO_PLACE_TO_PASTE, None)),
        },
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
        Msg::NudgeChosen(way) => block(test, *way).unwrap_or(FlowEdit::Nudge(main, *way)),
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

/// Several chosen steps that stand right behind each other move as one.
fn block(test: &Test, way: Way) -> Option<FlowEdit> {
    let (scenario, ids) = (test.doc.scenario(), test.doc.selection.steps());
    let mut places: Vec<(Lane, usize)> = ids.iter().filter_map(|id| place::where_is(scenario, id)).collect();
    places.sort_by_key(|(_, at)| *at);
    let ((lane, first), (_, last)) = (places.first()?.clone(), places.last()?.clone());
    let together = places.iter().all(|(other, _)| *other == lane) && last - first + 1 == places.len();
    let to = match way {
        Way::Up => first.checked_sub(1)?,
        Way::Down if last + 1 < place::list(scenario, &lane)?.len() => last + 2,
        _ => return None,
    };
    (together && places.len() > 1 && places.len() == ids.len()).then_some(FlowEdit::MoveSteps(ids, lane, to))
}

/// Puts the focus on the row of what is chosen, so that keys go on from there.
fn focus_chosen(model: &Model, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    // With nothing left the focus goes to the card of the user type.
    let user = || test.doc.selection.user.clone().map(Item::User);
    if let Some(item) = test.doc.selection.main().cloned().or_else(user) {
        let row = outline::row_id(&item);
        if !row.is_empty() && !out.contains(&Effect::Focus(row.clone())) {
            out.push(Effect::Focus(row));
        }
    }
}

fn clip(model: &mut Model, cut: bool, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let scenario = test.doc.scenario();
    let mut chosen = Vec::new();
    let ids = test.doc.selection.steps();
    place::each_step(scenario, &mut |step| {
        let inside = place::where_is(scenario, &step.id)
            .is_some_and(|(lane, _)| ids.iter().any(|id| place::lies_in(scenario, &lane, id)));
        if ids.contains(&step.id) && !inside {
            chosen.push(step.clone());
        }
    });
    if chosen.is_empty() {
        return;
    }
    let said = notices::copied(chosen.len());
    let items = ids.into_iter().map(Item::Step).collect();
    let cut = cut.then(|| Box::new(Edit::Flow(FlowEdit::Remove(items))));
    out.push(Effect::Copy(quick::to_clip(chosen), Clip { said, cut }));
}

/// Takes out what is on the clipboard now.
pub(super) fn cut_out(model: &mut Model, edit: Edit, out: &mut Vec<Effect>) {
    let steps = matches!(edit, Edit::Flow(_));
    edit_it(model, edit, out);
    if steps {
        focus_chosen(model, out);
    }
}

fn quick_add(model: &mut Model, lane: Lane, at: usize, text: &str, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let foreign = text.contains("://") || text.trim_start().to_lowercase().starts_with("curl");
    if foreign || quick::from_clip(text).is_some() {
        return paste_steps(model, lane, at, text, out);
    }
    match quick::edit(test.doc.scenario(), &lane, at, text) {
        Some(edit) => {
            edit_it(model, edit, out);
            focus_chosen(model, out);
        }
        None => out.push(Effect::Announce(notices::NO_SUCH_STEP.to_owned())),
    }
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
    if hold::refuses(model) {
        return;
    }
    let now = model.now.ms;
    let Some(test) = &mut model.test else { return };
    if test.read_only {
        model.notice(Tone::Info, notices::READ_ONLY_WHY, None);
        out.push(Effect::Announce(notices::READ_ONLY_WHY.to_owned()));
        return;
    }
    let before = test.doc.revision();
    test.refused = None;
    match test.doc.apply(&edit, now) {
        Ok(label) => {
            if test.doc.revision() == before {
                return after_choice(model, out);
            }
            if matches!(edit, Edit::Flow(FlowEdit::Remove(_))) {
                model.notice(Tone::Info, notices::deleted(&label), Some(Offer::Undo));
            }
            if moves(&edit) {
                announce_place(model, out);
            }
            changed(model, out);
            if moves(&edit) || adds(&edit) {
                focus_chosen(model, out);
            }
        }
        Err(refused) => {
            out.push(Effect::Announce(refused.0.clone()));
            if let (Edit::Share(share), Some(test)) = (&edit, &mut model.test) {
                // Said beside the field instead.
                test.refused = share_item(test, share).map(|item| (item, refused.0.clone()));
                if test.refused.is_some() {
                    return;
                }
            }
            if let (Edit::Rename(item, _), Some(test)) = (&edit, &mut model.test) {
                // Not every name has a field to say it beside.
                test.refused = Some((item.clone(), refused.0.clone()));
            }
            model.notice(Tone::Warn, refused.0, None);
        }
    }
}

/// Whether an edit moves something, with the keyboard, a menu or the pointer.
fn moves(edit: &Edit) -> bool {
    match edit {
        Edit::Flow(flow) => matches!(
            flow,
            FlowEdit::Nudge(..) | FlowEdit::MoveSteps(..) | FlowEdit::MoveTask(..) | FlowEdit::MoveUser(..)
        ),
        Edit::Many(label, _) => *label == say::MOVE,
        _ => false,
    }
}

/// Whether an edit makes something that one goes on with in the outline.
fn adds(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Flow(
            FlowEdit::AddUser(..)
                | FlowEdit::AddTask(..)
                | FlowEdit::AddGroup(_)
                | FlowEdit::Copy(_)
                | FlowEdit::Wrap(..)
                | FlowEdit::Extract(..)
                | FlowEdit::Unwrap(_)
        )
    )
}

/// Whose share an edit changes.
fn share_item(test: &Test, edit: &ShareEdit) -> Option<Item> {
    let (ShareEdit::Percent(mix, at, _) | ShareEdit::Border(mix, at, _) | ShareEdit::Parts(mix, at, _)) = edit else {
        return None;
    };
    let part = share::parts(test.doc.scenario(), mix).into_iter().nth(*at)?;
    match mix {
        Mix::Tasks(_) => Some(Item::Task(part.id)),
        Mix::Users => Some(Item::User(part.id)),
        Mix::Options(_) => None,
    }
}

/// "Wait moved. Now step 3 of 5 in Search."
fn announce_place(model: &Model, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let (scenario, chosen) = (test.doc.scenario(), test.doc.selection.main());
    let said = match chosen {
        Some(Item::Step(id)) => place::where_is(scenario, id).and_then(|(lane, at)| {
            let steps = place::list(scenario, &lane)?;
            let sentence = outline::sentence(scenario, steps.get(at)?);
            let (count, place) = (steps.len(), outline::places::root_name(scenario, &lane));
            Some(notices::moved(&sentence, "step", at + 1, count, &place))
        }),
        Some(Item::Task(id)) => place::task(scenario, id).and_then(|(user, task)| {
            let at = user.tasks.iter().position(|other| other.id == *id)?;
            Some(notices::moved(&task.name, say::kind(&Item::Task(id.clone())), at + 1, user.tasks.len(), &user.name))
        }),
        Some(Item::User(id)) => scenario.users.iter().position(|user| user.id == *id).map(|at| {
            let kind = say::kind(&Item::User(id.clone()));
            notices::moved(&scenario.users[at].name, kind, at + 1, scenario.users.len(), "")
        }),
        _ => None,
    };
    out.extend(said.map(Effect::Announce));
}

fn turn(model: &mut Model, again: bool, out: &mut Vec<Effect>) {
    if hold::refuses(model) {
        return;
    }
    let Some(test) = &mut model.test else { return };
    let label = if again { test.doc.redo() } else { test.doc.undo() };
    let Some(label) = label else { return };
    out.push(Effect::Announce(if again { notices::redone(&label) } else { notices::undone(&label) }));
    changed(model, out);
}

/// Goes so many changes back, or on again; what is between is not looked at.
fn turns(model: &mut Model, again: bool, count: usize, out: &mut Vec<Effect>) {
    if hold::refuses(model) {
        return;
    }
    let Some(test) = &mut model.test else { return };
    let mut last = None;
    for _ in 0..count {
        match if again { test.doc.redo() } else { test.doc.undo() } {
            Some(label) => last = Some(label),
            None => break,
        }
    }
    if let Some(label) = last {
        out.push(Effect::Announce(if again { notices::redone(&label) } else { notices::undone(&label) }));
        changed(model, out);
    }
}

/// After every change: problems, the place, and saving soon.
fn changed(model: &mut Model, out: &mut Vec<Effect>) {
    look_for_problems(model, out);
    after_choice(model, out);
    save::soon(model, out);
}

/// Looks for problems in the document. Once nothing stops a run any more, it is looked up where its hosts are, if that is
/// what one is about to decide.
pub(super) fn look_for_problems(model: &mut Model, out: &mut Vec<Effect>) {
    let asked = |model: &Model| model.test.as_ref().is_some_and(reach::can_be_planned);
    let deciding = model.dialog == Some(Dialog::BeforeRun);
    let before = deciding && asked(model);
    check_again(model);
    if deciding && !before {
        super::run::look_up(model, out);
    }
}

fn check_again(model: &mut Model) {
    let (general, sends) = (model.can.secrets.clone(), model.can.send || !model.can.practice);
    let Some(test) = &mut model.test else { return };
    // Where nothing is sent, nobody needs to tell a secret.
    let secrets = test.facts.secrets.as_ref().or(general.as_ref()).filter(|_| sends);
    let is_there = |path: &str| test.facts.files.as_ref().is_none_or(|files| files.contains(path));
    let context = Context {
        secrets: secrets.map(|names| names.iter().cloned().collect()),
        // Of a table in the test itself the document knows more than what was asked for a while ago.
        tables: tables_in_files(test),
        files: test.facts.files.is_some().then_some(&is_there),
        ..Context::default()
    };
    test.problems = check::check(test.doc.scenario(), &context);
}

/// What is known of tables that stand in files.
fn tables_in_files(test: &Test) -> HashMap<String, TableFacts> {
    let tables = test.doc.scenario().data.iter().filter(|table| !table.file.is_empty());
    let known = tables.filter_map(|table| Some((table.name.clone(), test.facts.tables.get(&table.name)?.clone())));
    known.collect()
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

fn paste_steps(model: &mut Model, lane: Lane, at: usize, text: &str, out: &mut Vec<Effect>) {
    model.pasted.clear();
    if model.dialog == Some(crate::model::Dialog::Import) {
        model.dialog = None;
    }
    if let Some(steps) = quick::from_clip(text) {
        edit_it(model, Edit::Flow(FlowEdit::Insert(lane, at, steps)), out);
        return focus_chosen(model, out);
    }
    let Some(test) = &model.test else { return };
    match crate::paste::read(text) {
        Ok(pasted) => {
            let mut edits = reach(test, &pasted);
            let base = test.doc.scenario().targets.first().map(|target| target.url.clone());
            let summary = pasted.summary();
            edits.push(Edit::Flow(FlowEdit::Insert(lane, at, pasted.for_target(base.as_deref()))));
            edit_it(model, Edit::Many(say::PASTE_REQUEST.to_owned(), edits), out);
            model.notice(Tone::Good, summary, Some(Offer::Undo));
            focus_chosen(model, out);
        }
        Err(reason) => {
            out.push(Effect::Announce(reason.clone()));
            model.notice(Tone::Warn, reason, None);
        }
    }
}

fn paste_address(model: &mut Model, step: &str, text: &str, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    match crate::paste::read(text) {
        Ok(pasted) => {
            // Another host is asked for beside the field, where the problem and its fix are shown.
            let first = test.doc.scenario().targets.is_empty();
            let mut edits = if first { reach(test, &pasted) } else { Vec::new() };
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
            model.notice(Tone::Good, summary, Some(Offer::Undo));
        }
        // What is no whole address is just text for the field.
        Err(_) => {
            let edit = RequestEdit::Url(text.trim().to_owned());
            edit_it(model, Edit::Step(StepEdit::Request(step.to_owned(), edit)), out);
        }
    }
}
