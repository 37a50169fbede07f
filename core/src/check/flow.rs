//! Which saved values are there when they are used: follows each user type from arrival to leaving.
//!
//! A reusable group is followed once, and what it needs and sets is then applied wherever it is used. Must not know what
//! values hold, only whether they surely, perhaps or never have been set.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::check::names::Meaning;
use crate::check::walk::{At, How, List, UserAt, Walk};
use crate::scenario::{Act, Comparison, Condition, OnMissing, Repeat, RepeatKind, Step, TaskChoice};

/// A use of a saved value that may not be there.
#[derive(Debug, Clone)]
pub(super) struct Lack {
    pub name: String,
    /// Where it is used; of a reusable group, the step that uses the group.
    pub at: At,
    pub kind: LackKind,
    /// The reusable group that wants the value, by its number.
    pub group: Option<usize>,
}

/// Why a value may not be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum LackKind {
    /// It is set only on some of the ways that lead here.
    Perhaps,
    /// It is set, but later.
    Later,
    /// Only this user type sets it.
    Elsewhere(usize),
    /// Nobody sets it; `true` where a part that is switched off, or never used, would.
    Never(bool),
}

/// How sure it is that a value has been set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Sure {
    Perhaps,
    Surely,
}

/// A use that found nothing sure.
#[derive(Debug, Clone)]
struct Need {
    name: String,
    at: At,
    group: Option<(usize, At)>,
    have: Option<Sure>,
    asked: bool,
}

/// What a reusable group needs from before it, and sets for after it.
#[derive(Debug, Default)]
struct Summary {
    needs: Vec<Need>,
    sets: Vec<(String, Sure)>,
}

#[derive(Debug, Clone)]
enum GroupState {
    Untouched,
    Open,
    Done(Rc<Summary>),
}

/// What has been set so far on the way that is followed.
#[derive(Debug, Default)]
struct Now {
    set: HashMap<String, Sure>,
    /// What each change replaced, so that a way can be taken back.
    log: Vec<(String, Option<Sure>)>,
    needs: Vec<Need>,
    /// Values that a condition around has shown to be there.
    proved: Vec<String>,
    /// Everything that was ever set.
    ever: HashSet<String>,
    /// Tasks of this user type that set a value: the first, and whether there are more.
    tasks: HashMap<String, (usize, bool)>,
    /// The task that is followed.
    task: Option<usize>,
}

/// Reusable groups inside each other are followed so deep; a rule complains long before.
const DEEPEST: usize = 64;

/// So many changes and uses are followed; far more than any real scenario has, so that none can take for ever.
const FUEL: usize = 4_000_000;

/// Follows the ways through a scenario.
pub(super) struct Flow<'w> {
    walk: &'w Walk<'w>,
    groups: Vec<GroupState>,
    now: Now,
    depth: usize,
    fuel: usize,
}

impl<'w> Flow<'w> {
    /// Follows all user types.
    pub(super) fn run(walk: &'w Walk<'w>) -> Vec<Lack> {
        let groups = vec![GroupState::Untouched; walk.groups.len()];
        let mut flow = Self { walk, groups, now: Now::default(), depth: 0, fuel: FUEL };
        let mut ways = Vec::new();
        for user in &walk.users {
            flow.now = Now::default();
            if !user.at.off {
                flow.user(user);
            }
            let now = std::mem::take(&mut flow.now);
            ways.push((now.needs, now.ever));
        }
        judge(walk, &ways)
    }

    fn user(&mut self, user: &UserAt<'w>) {
        self.list(user.arrival);
        let in_order = user.user.choose == TaskChoice::InOrder;
        if !in_order {
            for (number, task) in user.tasks.iter().enumerate().filter(|(_, task)| !task.at.off) {
                let needs = self.now.needs.len();
                for name in self.lane(|flow| flow.list(task.list)).into_keys() {
                    let setters = self.now.tasks.entry(name).or_insert((number, false));
                    setters.1 |= setters.0 != number;
                }
                self.now.needs.truncate(needs);
            }
        }
        for (number, task) in user.tasks.iter().enumerate().filter(|(_, task)| !task.at.off) {
            self.now.task = Some(number);
            if in_order {
                self.list(task.list);
            } else {
                self.lane(|flow| flow.list(task.list));
            }
        }
        self.now.task = None;
        self.list(user.leaving);
    }

    fn list(&mut self, list: List<'w>) {
        let mut number = list.first;
        for _ in list.steps {
            if !self.walk.steps[number].at.off {
                self.step(number);
            }
            number = self.walk.steps[number].next;
        }
    }

    fn step(&mut self, number: usize) {
        let step = &self.walk.steps[number];
        match &step.step.act {
            Act::Request(request) => {
                self.uses(number, false);
                for save in &request.save {
                    let sure = match save.if_missing == OnMissing::Ignore && save.default.is_none() {
                        true => Sure::Perhaps,
                        false => Sure::Surely,
                    };
                    self.set(&save.name, sure);
                }
                self.uses(number, true);
            }
            Act::Save(save) => {
                self.uses(number, false);
                self.set(&save.name, Sure::Surely);
            }
            Act::Repeat(repeat) => self.repeat(number, repeat),
            Act::OnlyIf(only_if) => {
                self.uses(number, false);
                let (mut then, mut otherwise) = (Vec::new(), Vec::new());
                proved(&only_if.condition, true, &mut then);
                proved(&only_if.condition, false, &mut otherwise);
                self.either(number, &[&only_if.then, &only_if.otherwise], &[then, otherwise]);
            }
            Act::Choose(choose) => {
                let can = choose.options.iter().map(|option| option.steps.as_slice());
                self.either(number, &can.collect::<Vec<_>>(), &[]);
            }
            Act::Group(group) => self.list(List { steps: &group.steps, first: number + 1 }),
            Act::Parallel(parallel) => {
                let mut set = Vec::new();
                for lane in self.lanes(number, &parallel.steps.iter().map(std::slice::from_ref).collect::<Vec<_>>()) {
                    set.extend(self.lane(|flow| flow.list(lane)));
                }
                set.into_iter().for_each(|(name, sure)| self.set(&name, sure));
            }
            Act::Use(used) => {
                if let Some(group) = self.walk.group_numbers.get(used.group.as_str()).copied() {
                    self.use_group(group, step.inside);
                }
            }
            _ => self.uses(number, false),
        }
    }

    fn repeat(&mut self, number: usize, repeat: &'w Repeat) {
        let body = List { steps: &repeat.steps, first: number + 1 };
        match &repeat.how {
            RepeatKind::Until(_) => {
                self.list(body);
                self.uses(number, false);
            }
            RepeatKind::ForEach(_) => {
                self.uses(number, false);
                let sets = self.lane(|flow| {
                    flow.set(&repeat.item, Sure::Surely);
                    flow.list(body);
                });
                sets.into_keys().for_each(|name| self.set(&name, Sure::Perhaps));
            }
            RepeatKind::Times(0) => {
                self.lane(|flow| flow.list(body));
            }
            _ => self.list(body),
        }
    }

    /// The lists inside a step, one after another.
    fn lanes(&self, number: usize, lists: &[&'w [Step]]) -> Vec<List<'w>> {
        let mut first = number + 1;
        let lane = |steps: &&'w [Step]| {
            let list = List { steps, first };
            for _ in *steps {
                first = self.walk.steps[first].next;
            }
            list
        };
        lists.iter().map(lane).collect()
    }

    /// Follows lists of which one is done: what all of them set is sure, what some of them set is not. `proved` says what
    /// is known to be there in each.
    fn either(&mut self, number: usize, lists: &[&'w [Step]], proved: &[Vec<String>]) {
        let mut sets: HashMap<String, usize> = HashMap::new();
        let lanes = self.lanes(number, lists);
        for (at, lane) in lanes.iter().enumerate() {
            let known = proved.get(at).map_or(&[][..], Vec::as_slice);
            let before = self.now.proved.len();
            self.now.proved.extend_from_slice(known);
            for (name, sure) in self.lane(|flow| flow.list(*lane)) {
                *sets.entry(name).or_insert(0) += usize::from(sure == Sure::Surely);
            }
            self.now.proved.truncate(before);
        }
        for (name, sure) in sets {
            let proved = proved.iter().filter(|known| known.contains(&name)).count();
            self.set(&name, if sure + proved >= lanes.len() { Sure::Surely } else { Sure::Perhaps });
        }
    }

    /// Follows a way and takes it back; gives what it set.
    fn lane(&mut self, follow: impl FnOnce(&mut Self)) -> HashMap<String, Sure> {
        let mark = self.now.log.len();
        follow(self);
        let mut sets = HashMap::new();
        while self.now.log.len() > mark {
            let Some((name, before)) = self.now.log.pop() else { break };
            let after = match before {
                Some(sure) => self.now.set.insert(name.clone(), sure),
                None => self.now.set.remove(&name),
            };
            if let Some(after) = after {
                sets.entry(name).or_insert(after);
            }
        }
        sets
    }

    fn set(&mut self, name: &str, sure: Sure) {
        if name.is_empty() || !self.burn() {
            return;
        }
        let before = self.now.set.get(name).copied();
        if before < Some(sure) {
            self.now.log.push((name.to_owned(), before));
            self.now.set.insert(name.to_owned(), sure);
            self.now.ever.insert(name.to_owned());
        }
    }

    /// Takes a little of what may be spent.
    fn burn(&mut self) -> bool {
        self.fuel = self.fuel.saturating_sub(1);
        self.fuel > 0
    }

    fn uses(&mut self, number: usize, after_answer: bool) {
        for used in &self.walk.uses[self.walk.steps[number].uses.clone()] {
            if after_answer == (used.how == How::AfterAnswer) && self.walk.names.meaning(&used.name) == Meaning::Saved {
                let asked = used.how == How::Asked;
                self.need(&Need { name: used.name.clone(), at: used.at, group: None, have: None, asked });
            }
        }
    }

    /// Notes a need, unless what it wants is there.
    fn need(&mut self, need: &Need) {
        let there = self.now.set.get(&need.name).copied();
        if there == Some(Sure::Surely) || !self.burn() || self.now.proved.contains(&need.name) {
            return;
        }
        let other_task = |(first, more): &(usize, bool)| *more || Some(*first) != self.now.task;
        let elsewhere = self.now.tasks.get(&need.name).is_some_and(other_task).then_some(Sure::Perhaps);
        let have = there.or(need.have).or(elsewhere);
        if have.is_none() || !need.asked {
            self.now.needs.push(Need { have, ..need.clone() });
        }
    }

    fn use_group(&mut self, group: usize, at: At) {
        let Some(summary) = self.summary(group) else { return };
        for need in &summary.needs {
            let (number, origin) = need.group.unwrap_or((group, need.at));
            self.need(&Need { at, group: Some((number, origin)), ..need.clone() });
        }
        for (name, sure) in &summary.sets {
            self.set(name, *sure);
        }
    }

    /// What a group needs and sets; `None` for one that is being followed already, or lies too deep.
    fn summary(&mut self, group: usize) -> Option<Rc<Summary>> {
        match &self.groups[group] {
            GroupState::Done(summary) => return Some(summary.clone()),
            GroupState::Open => return None,
            GroupState::Untouched if self.depth >= DEEPEST => return None,
            GroupState::Untouched => {}
        }
        self.groups[group] = GroupState::Open;
        let before = std::mem::take(&mut self.now);
        self.depth += 1;
        self.list(self.walk.groups[group].list);
        self.depth -= 1;
        let after = std::mem::replace(&mut self.now, before);
        let mut seen = HashSet::new();
        let needs = after.needs.into_iter().filter(|need| seen.insert((need.name.clone(), need.have, need.asked)));
        let summary = Rc::new(Summary { needs: needs.collect(), sets: after.set.into_iter().collect() });
        self.groups[group] = GroupState::Done(summary.clone());
        Some(summary)
    }
}

/// Values that must be there if the condition has this truth.
fn proved(condition: &Condition, truth: bool, names: &mut Vec<String>) {
    let when_there = match condition.is {
        Some(Comparison::Missing) => Some(false),
        Some(Comparison::NotEqual) | None => None,
        Some(_) => Some(true),
    };
    if !condition.value.is_empty() && when_there == Some(truth) {
        names.push(condition.value.clone());
    }
    let parts = if truth { &condition.all } else { &condition.any };
    parts.iter().for_each(|part| proved(part, truth, names));
}

/// Says what each need lacks, once for each place.
fn judge(walk: &Walk, ways: &[(Vec<Need>, HashSet<String>)]) -> Vec<Lack> {
    let mut setters: HashMap<&str, usize> = HashMap::new();
    for (user, (_, ever)) in ways.iter().enumerate().rev() {
        setters.extend(ever.iter().map(|name| (name.as_str(), user)));
    }
    let written: HashSet<&str> = walk.saved_names().collect();
    let mut seen = HashSet::new();
    let mut lacks = Vec::new();
    for (needs, ever) in ways {
        for need in needs {
            let kind = match (need.have, setters.get(need.name.as_str())) {
                (Some(_), _) => LackKind::Perhaps,
                (None, _) if ever.contains(&need.name) => LackKind::Later,
                (None, Some(user)) => LackKind::Elsewhere(*user),
                (None, None) => LackKind::Never(written.contains(need.name.as_str())),
            };
            if need.asked && matches!(kind, LackKind::Perhaps | LackKind::Later) {
                continue; // a condition may ask for what is not there yet
            }
            let origin = matches!(kind, LackKind::Never(_)).then_some(need.group).flatten();
            let at = origin.map_or(need.at, |(_, origin)| origin);
            let group = if origin.is_some() { None } else { need.group.map(|(number, _)| number) };
            if seen.insert((need.name.clone(), at.id, kind.clone())) {
                lacks.push(Lack { name: need.name.clone(), at, kind, group });
            }
        }
    }
    for used in walk.uses.iter().filter(|used| used.how == How::Everywhere) {
        let unset = !setters.contains_key(used.name.as_str());
        if unset && walk.names.meaning(&used.name) == Meaning::Saved {
            let kind = LackKind::Never(written.contains(used.name.as_str()));
            lacks.push(Lack { name: used.name.clone(), at: used.at, kind, group: None });
        }
    }
    lacks
}
