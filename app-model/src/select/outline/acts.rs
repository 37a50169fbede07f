//! What can be done with a row or a card, for its menu: every key and every drag has a line here. Must not do anything.

use tidemark_core::scenario::{Act as Kind, Scenario, Step};

use super::{destinations, name};
use crate::doc::edit::{self, Edit, FlowEdit, ShareEdit, Way};
use crate::doc::place::{self, Item, lanes_of};
use crate::model::{Dialog, Model, Test};
use crate::msg::Msg;
use crate::quick;
use crate::text::{build as say, notices};

/// What a line does.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// Sends this.
    Send(Box<Msg>),
    /// Goes into the settings.
    Enter,
    /// Types the name.
    Rename,
    /// Types a step after it.
    Add,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Its word, for tests and its picture.
    pub word: &'static str,
    /// What it says.
    pub label: &'static str,
    /// The keys that do the same; `Ctrl` is another one on some computers.
    pub keys: &'static str,
    /// What it does.
    pub does: Doing,
    /// Why it can't be done now; empty if it can.
    pub not_now: String,
    /// Whether a line is drawn above it.
    pub apart: bool,
}

struct Acts<'a> {
    test: &'a Test,
    all: Vec<Act>,
    apart: bool,
}

impl Acts<'_> {
    fn add(&mut self, word: &'static str, label: &'static str, keys: &'static str, does: Doing) {
        let apart = std::mem::take(&mut self.apart) && !self.all.is_empty();
        self.all.push(Act { word, label, keys, does, not_now: String::new(), apart });
    }

    fn send(&mut self, word: &'static str, label: &'static str, keys: &'static str, msg: Msg) {
        self.add(word, label, keys, Doing::Send(Box::new(msg)));
    }

    /// Something that is refused for the very reason that the edit would give.
    fn tried(&mut self, word: &'static str, label: &'static str, keys: &'static str, edit: Edit, msg: Option<Msg>) {
        let mut copy = Scenario::clone(self.test.doc.scenario());
        let refused = edit::apply(&mut copy, &edit, &self.test.doc.locks).err();
        self.send(word, label, keys, msg.unwrap_or(Msg::Edit(edit)));
        if let (Some(act), Some(refused)) = (self.all.last_mut(), refused) {
            act.not_now = refused.0;
        }
    }

    fn moves(&mut self, items: &[Item], ways: &[Way]) {
        let Some(main) = items.last() else { return };
        for way in ways {
            let (word, label, keys) = match way {
                Way::Up => ("up", say::MOVE_UP, "Alt ↑"),
                Way::Down => ("down", say::MOVE_DOWN, "Alt ↓"),
                Way::Out => ("out", say::MOVE_OUT, "Alt ←"),
                Way::Into => ("into", say::MOVE_INTO, "Alt →"),
            };
            let edit = Edit::Flow(FlowEdit::Nudge(main.clone(), *way));
            let msg = Some(Msg::NudgeChosen(*way));
            // Several steps move as one, which has its own reasons.
            match items.len() {
                1 => self.tried(word, label, keys, edit, msg),
                _ => self.send(word, label, keys, Msg::NudgeChosen(*way)),
            }
        }
    }

    fn ends(&mut self, items: &[Item]) {
        self.apart = true;
        if items.iter().any(|item| matches!(item, Item::User(_) | Item::Task(_) | Item::Step(_))) {
            let off = items.last().is_some_and(|item| is_off(self.test.doc.scenario(), item));
            self.send("off", if off { say::SWITCH_ON } else { say::SWITCH_OFF }, ".", Msg::SwitchChosen);
        }
        self.send("delete", say::DELETE, "Del", Msg::DeleteChosen);
    }
}

fn is_off(scenario: &Scenario, item: &Item) -> bool {
    match item {
        Item::User(id) => place::user(scenario, id).is_some_and(|user| user.off),
        Item::Task(id) => place::task(scenario, id).is_some_and(|(_, task)| task.off),
        Item::Step(id) => place::step(scenario, id).is_some_and(|step| step.off),
        _ => false,
    }
}

/// What can be done with a thing, and with all that are chosen where it is one of them.
pub fn acts(model: &Model, item: &Item) -> Vec<Act> {
    let Some(test) = &model.test else { return Vec::new() };
    let chosen = &test.doc.selection.items;
    let items = if chosen.contains(item) { chosen.clone() } else { vec![item.clone()] };
    let mut acts = Acts { test, all: Vec::new(), apart: false };
    if items.len() == 1 {
        acts.add("edit", say::EDIT, "Enter", Doing::Enter);
        if name(test.doc.scenario(), item).is_some() {
            acts.add("rename", say::RENAME, "F2", Doing::Rename);
        }
    }
    match item {
        Item::Step(_) => of_steps(&mut acts, &items),
        Item::Task(id) => of_task(&mut acts, id, &items),
        Item::User(id) => of_user(&mut acts, id, &items),
        Item::Group(_) => {
            acts.add("add", say::ADD_STEP_TO, "/", Doing::Add);
            acts.apart = true;
            acts.moves(&items, &[Way::Up, Way::Down]);
        }
        Item::Check(..) | Item::Save(..) => {
            acts.apart = true;
            acts.moves(&items, &[Way::Up, Way::Down]);
            if matches!(item, Item::Check(..)) {
                acts.send("duplicate", say::DUPLICATE, "Ctrl D", Msg::CopyChosen);
            }
        }
        _ => return Vec::new(),
    }
    acts.ends(&items);
    acts.all
}

fn of_steps(acts: &mut Acts, items: &[Item]) {
    let scenario = acts.test.doc.scenario().clone();
    let ids: Vec<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Step(id) => Some(id.clone()),
            _ => None,
        })
        .collect();
    acts.add("add", say::ADD_AFTER, "/", Doing::Add);
    acts.apart = true;
    acts.moves(items, &[Way::Up, Way::Down, Way::Out, Way::Into]);
    acts.send("move-to", say::MOVE_TO, "M", Msg::Open(Dialog::MoveTo));
    acts.apart = true;
    acts.send("duplicate", say::DUPLICATE, "Ctrl D", Msg::CopyChosen);
    acts.send("copy", say::COPY, "Ctrl C", Msg::ClipChosen(false));
    acts.send("cut", say::CUT, "Ctrl X", Msg::ClipChosen(true));
    acts.apart = true;
    let wrap = FlowEdit::Wrap(ids.clone(), notices::NEW_GROUP.to_owned());
    acts.tried("group", say::GROUP, "Ctrl G", Edit::Flow(wrap), Some(Msg::GroupChosen));
    for (word, label, kind) in
        [("wrap-repeat", say::WRAP_REPEAT, "repeat"), ("wrap-only-if", say::WRAP_ONLY_IF, "only if")]
    {
        if let Some(edit) = quick::wrap(&scenario, &ids, kind) {
            acts.tried(word, label, "", edit, None);
        }
    }
    if let [id] = &ids[..]
        && place::step(&scenario, id).is_some_and(can_be_taken_apart)
    {
        acts.tried("unwrap", say::UNWRAP, "", Edit::Flow(FlowEdit::Unwrap(id.clone())), None);
    }
    let extract = FlowEdit::Extract(ids, say::NEW_GROUP.to_owned());
    acts.tried("extract", say::EXTRACT, "", Edit::Flow(extract), None);
}

fn can_be_taken_apart(step: &Step) -> bool {
    matches!(step.act, Kind::Use(_)) || !lanes_of(step).is_empty()
}

fn of_task(acts: &mut Acts, id: &str, items: &[Item]) {
    let scenario = acts.test.doc.scenario().clone();
    if let Some((user, _)) = place::task(&scenario, id)
        && items.len() == 1
    {
        acts.send("try", say::TRY_TASK, "", Msg::TryOne(user.id.clone(), Some(id.to_owned())));
        acts.add("add", say::ADD_STEP_TO, "/", Doing::Add);
    }
    acts.apart = true;
    acts.moves(items, &[Way::Up, Way::Down]);
    if !destinations(&scenario, items).is_empty() {
        acts.send("move-to", say::MOVE_TO, "M", Msg::Open(Dialog::MoveTo));
    }
    acts.apart = true;
    acts.send("duplicate", say::DUPLICATE, "Ctrl D", Msg::CopyChosen);
}

fn of_user(acts: &mut Acts, id: &str, items: &[Item]) {
    let scenario = acts.test.doc.scenario().clone();
    let Some(user) = place::user(&scenario, id) else { return };
    let heads = super::super::mix::user_cards(&scenario).iter().find(|card| card.id == id).map_or(1, |card| card.heads);
    let (word, label, count) = match user.exactly {
        Some(_) => ("by-share", say::BY_SHARE, None),
        None => ("exactly", say::EXACTLY, Some(heads.max(1))),
    };
    acts.send(word, label, "", Msg::Edit(Edit::Share(ShareEdit::Exactly(id.to_owned(), count))));
    acts.apart = true;
    acts.moves(items, &[Way::Up, Way::Down]);
    acts.apart = true;
    acts.send("duplicate", say::DUPLICATE, "Ctrl D", Msg::CopyChosen);
    let equal = Edit::Share(ShareEdit::Equal(edit::Mix::Users));
    acts.send("equal", say::MAKE_EQUAL, "", Msg::Edit(equal));
}
