//! Edits by chance, over the whole document.

use serde_json::json;
use tidemark_core::scenario::{
    Act, Check, CheckKind, NamedValue, PauseTime, SaveFrom, SaveRule, Scenario, Shape, Step, ValueKind,
};
use tidemark_core::units::Span;

use crate::doc::edit::load::SearchEdit;
use crate::doc::edit::{
    DataEdit, Edit, FlowEdit, GoalEdit, LoadEdit, Mix, RequestEdit, ShareEdit, StepEdit, TableEdit, TargetEdit, Way,
    goal,
};
use crate::doc::place::{Item, Lane, each_step, lanes_of, roots};

/// A small generator (splitmix64).
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most.max(1)
    }

    fn index(&mut self, most: usize) -> usize {
        self.below(most as u64) as usize
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        let at = self.index(items.len());
        items.get(at).cloned()
    }
}

fn step_ids(scenario: &Scenario) -> Vec<String> {
    let mut ids = Vec::new();
    each_step(scenario, &mut |step| ids.push(step.id.clone()));
    ids
}

fn lanes(scenario: &Scenario) -> Vec<Lane> {
    let mut all: Vec<Lane> = roots(scenario).into_iter().map(|(lane, _)| lane).collect();
    each_step(scenario, &mut |step| all.extend(lanes_of(step).into_iter().map(|(lane, _)| lane)));
    all
}

fn new_step(dice: &mut Dice) -> Step {
    let span = Span::from_ms(dice.below(5_000));
    let act = match dice.below(5) {
        0 => Act::Request(Box::default()),
        1 => Act::Pause(PauseTime::For(span)),
        2 => Act::Repeat(tidemark_core::scenario::Repeat::default()),
        3 => Act::OnlyIf(tidemark_core::scenario::OnlyIf::default()),
        _ => Act::Note(format!("note {}", dice.below(100))),
    };
    Step { act, ..Step::default() }
}

fn item(scenario: &Scenario, dice: &mut Dice) -> Item {
    let users: Vec<String> = scenario.users.iter().map(|user| user.id.clone()).collect();
    let tasks: Vec<String> = scenario.users.iter().flat_map(|user| &user.tasks).map(|task| task.id.clone()).collect();
    let step = dice.of(&step_ids(scenario)).unwrap_or_default();
    match dice.below(9) {
        0 if users.len() > 1 => Item::User(dice.of(&users).unwrap_or_default()),
        1 => Item::Task(dice.of(&tasks).unwrap_or_default()),
        2 => Item::Check(step, dice.index(2)),
        3 => Item::Save(step, 0),
        4 => Item::Value(dice.index(4)),
        5 => Item::Point(dice.index(5)),
        _ => Item::Step(step),
    }
}

fn flow(scenario: &Scenario, dice: &mut Dice) -> FlowEdit {
    let lane = dice.of(&lanes(scenario)).unwrap_or(Lane::Task(String::new()));
    let ids = step_ids(scenario);
    let some: Vec<String> = (0..=dice.below(2)).filter_map(|_| dice.of(&ids)).collect();
    match dice.below(13) {
        0 => FlowEdit::AddUser("New".to_owned(), dice.index(3)),
        1 => FlowEdit::AddTask(scenario.users.first().map(|u| u.id.clone()).unwrap_or_default(), "New".to_owned(), 0),
        2..=4 => FlowEdit::Insert(lane, dice.index(4), vec![new_step(dice)]),
        5 => FlowEdit::Remove(vec![item(scenario, dice)]),
        6 => FlowEdit::Copy(vec![item(scenario, dice)]),
        7 => FlowEdit::MoveSteps(some, lane, dice.index(4)),
        8 => {
            let way = [Way::Up, Way::Down, Way::Out, Way::Into][dice.index(4)];
            FlowEdit::Nudge(item(scenario, dice), way)
        }
        9 => FlowEdit::Switch(vec![item(scenario, dice)], dice.below(2) == 0),
        10 => FlowEdit::Wrap(some, "Wrapped".to_owned()),
        11 => FlowEdit::Extract(some, "Reused".to_owned()),
        _ => FlowEdit::Unwrap(dice.of(&ids).unwrap_or_default()),
    }
}

fn share(scenario: &Scenario, dice: &mut Dice) -> ShareEdit {
    let user = scenario.users.get(dice.index(scenario.users.len())).map(|user| user.id.clone()).unwrap_or_default();
    let mix = if dice.below(3) == 0 { Mix::Users } else { Mix::Tasks(user.clone()) };
    let at = dice.index(3);
    match dice.below(5) {
        0 => ShareEdit::Parts(mix, at, dice.below(10) as f64),
        1 => ShareEdit::Border(mix, at, dice.below(1_001) as u32),
        2 => ShareEdit::Equal(mix),
        3 => ShareEdit::Exactly(user, (dice.below(2) == 0).then_some(3)),
        _ => ShareEdit::Percent(mix, at, dice.below(1_001) as u32),
    }
}

fn load(dice: &mut Dice) -> LoadEdit {
    let us = dice.below(900) * 1_000_000;
    match dice.below(11) {
        9 => LoadEdit::Search(match dice.below(2) {
            0 => SearchEdit::Most(Some(dice.below(900) as f64)),
            _ => SearchEdit::Start(Some(dice.below(60) as f64)),
        }),
        10 => LoadEdit::Search(SearchEdit::Step((dice.below(2) == 0).then_some(Span::from_us(us)))),
        0 => LoadEdit::Preset(crate::text::load::PRESETS[dice.index(6)]),
        1 => LoadEdit::Busy(dice.below(200) as u32 + 1),
        2 => LoadEdit::AddPoint(us, dice.below(200) as f64, dice.below(2) == 0),
        3 => LoadEdit::StageTo(dice.index(4), dice.below(100) as f64),
        4 => LoadEdit::StageOver(dice.index(4), Span::from_us(us)),
        5 => LoadEdit::AddStage(dice.index(4)),
        6 => LoadEdit::RemoveStage(dice.index(4)),
        7 => LoadEdit::CountArrivals(dice.below(2) == 0),
        _ => LoadEdit::MovePoint(dice.index(5), us, dice.below(200) as f64, dice.below(2) == 0),
    }
}

fn data(dice: &mut Dice) -> DataEdit {
    let (row, column) = (dice.index(30), dice.index(5));
    match dice.below(8) {
        0 => DataEdit::AddTable("table".to_owned(), vec!["a".to_owned()]),
        1 => DataEdit::AddValue(NamedValue {
            name: "value".to_owned(),
            is: ValueKind::Fixed(json!(1)),
            ..Default::default()
        }),
        2 => DataEdit::Table(0, TableEdit::Paste(row, column, "007\tx\n008\ty".to_owned())),
        3 => DataEdit::Table(0, TableEdit::AddColumn(column, "more".to_owned())),
        4 => DataEdit::Table(0, TableEdit::RemoveRows(row, row + 2)),
        5 => DataEdit::Table(0, TableEdit::RenameColumn(column, format!("name{}", dice.below(9)))),
        6 => DataEdit::Value(dice.index(3), ValueKind::MadeUp("uuid".to_owned())),
        _ => DataEdit::Table(0, TableEdit::Cell(row, column, dice.below(100).to_string())),
    }
}

/// An edit by chance; it may be refused.
pub(crate) fn edit(scenario: &Scenario, dice: &mut Dice) -> Edit {
    let step = dice.of(&step_ids(scenario)).unwrap_or_default();
    match dice.below(12) {
        0..=3 => Edit::Flow(flow(scenario, dice)),
        4 => Edit::Share(share(scenario, dice)),
        5 => Edit::Load(load(dice)),
        6 => Edit::Data(data(dice)),
        7 => Edit::Rename(item(scenario, dice), format!("name {}", dice.below(50))),
        8 => Edit::Step(StepEdit::Request(step, RequestEdit::Url(format!("/{}", dice.below(100))))),
        9 => {
            let what = CheckKind::Contains("{{token}}".to_owned());
            Edit::Flow(FlowEdit::AddCheck(step, Check { what, ..Check::default() }))
        }
        10 => {
            let from = SaveFrom::Header("X".to_owned());
            Edit::Flow(FlowEdit::AddSave(step, SaveRule { name: "token".to_owned(), from, ..SaveRule::default() }))
        }
        _ => match dice.below(4) {
            0 => Edit::Goal(GoalEdit::Add(goal::below("p95", "800ms"))),
            1 => Edit::Target(TargetEdit::AllowHost(format!("h{}.test", dice.below(20)))),
            2 => Edit::Target(TargetEdit::Url(0, format!("http://127.0.0.1:{}", 4000 + dice.below(99)))),
            _ => Edit::Load(LoadEdit::Preset(Shape::SuddenRush)),
        },
    }
}
