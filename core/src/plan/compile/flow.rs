//! Nested steps to one flat list of operations with jumps.

use std::sync::Arc;

use super::Build;
use crate::plan::parts::{CondPlan, LoopEnd, LoopPlan, Op, Origin, Pause, ValueCheck, ValueFill};
use crate::plan::shares::Pick;
use crate::plan::value::Val;
use crate::problem::short;
use crate::scenario::{
    Act, Check, CheckKind, Comparison, Condition, Group, OnlyIf, Parallel, PauseTime, Repeat, RepeatKind, Step,
};
use crate::stats::NameKind;
use crate::units::Span;

/// The most rounds where nothing is said.
const USUAL_ROUNDS: u32 = 1_000;
/// How many requests a browser sends at once to one host.
const BROWSER_AT_ONCE: usize = 6;
/// How deep reusable groups may use each other.
const DEEPEST: usize = 32;

/// A pause in microseconds.
pub(super) fn pause(time: &PauseTime) -> Pause {
    match time {
        PauseTime::Nothing => Pause::None,
        PauseTime::For(span) => Pause::Between(span.us(), span.us()),
        PauseTime::Between((low, high)) => Pause::Between(low.us(), high.us()),
        PauseTime::Normal(bell) => Pause::Normal(bell.mean.us() as f64, bell.deviation.us() as f64),
        PauseTime::Exponential(mean) => Pause::Exponential(mean.us() as f64),
        PauseTime::Pacing(every) => Pause::Pacing(every.us()),
        PauseTime::PerMinute(count) if *count > 0.0 => Pause::Pacing(Span::from_secs_f64(60.0 / count).us()),
        PauseTime::PerMinute(_) => Pause::None,
    }
}

impl Build<'_> {
    /// Compiles the list of steps at the current place.
    pub(super) fn steps(&mut self, steps: &[Step]) -> Vec<Op> {
        let mut ops = Vec::new();
        self.steps_into(steps, &mut ops);
        ops
    }

    fn steps_into(&mut self, steps: &[Step], ops: &mut Vec<Op>) {
        for (at, step) in steps.iter().enumerate().filter(|(_, step)| !step.off) {
            self.place.push_index(at);
            self.step(step, ops);
            self.place.pop();
        }
    }

    /// Compiles the steps in the field `key` of the current place.
    fn inner(&mut self, key: &str, steps: &[Step], ops: &mut Vec<Op>) {
        self.place.push_key(key);
        self.steps_into(steps, ops);
        self.place.pop();
    }

    fn step(&mut self, step: &Step, ops: &mut Vec<Op>) {
        match &step.act {
            Act::Request(request) => {
                let id = self.at("request", None, |build| build.request(step, request));
                ops.push(Op::Send(id));
            }
            Act::Check(check) => {
                let check = self.at("check", None, |build| build.value_check(&step.id, check));
                ops.extend(check.map(|check| Op::Check(Box::new(check))));
            }
            Act::Save(save) => {
                let value = self.at("save", None, |build| build.value_fill(&save.value));
                let slot = self.slot(&save.name);
                ops.push(Op::Set(slot, Box::new(value)));
            }
            Act::Pause(time) => ops.push(Op::Pause(pause(time))),
            Act::Repeat(repeat) => self.at("repeat", None, |build| build.repeat(repeat, ops)),
            Act::OnlyIf(only_if) => self.at("only_if", None, |build| build.only_if(only_if, ops)),
            Act::Choose(choose) => self.at("choose", None, |build| build.choose(choose, ops)),
            Act::Group(group) => self.at("group", None, |build| {
                let label = if group.name.is_empty() { "Group" } else { &group.name };
                build.grouped(group.measured.then_some(label), &step.id, &group.steps, ops);
            }),
            Act::Parallel(parallel) => self.at("parallel", None, |build| build.parallel(parallel, ops)),
            Act::Use(used) => self.at("use", None, |build| build.reused(&used.group, ops)),
            Act::Note(_) => {}
            Act::Nothing => {
                let hint = format!("add one of: {}", Act::KEYS.join(", "));
                self.stop("empty-step", "the step does nothing", hint);
            }
        }
    }

    fn grouped(&mut self, label: Option<&str>, id: &str, steps: &[Step], ops: &mut Vec<Op>) {
        if let Some(label) = label {
            let name = self.name(NameKind::Group, label, id);
            ops.push(Op::GroupStart(name));
        }
        self.inner("steps", steps, ops);
        if label.is_some() {
            ops.push(Op::GroupEnd);
        }
    }

    fn reused(&mut self, wanted: &str, ops: &mut Vec<Op>) {
        let scenario = self.scenario;
        let found = scenario.groups.iter().position(|group| group.name == wanted);
        let found =
            found.or_else(|| scenario.groups.iter().position(|group| !group.id.is_empty() && group.id == wanted));
        let Some(at) = found else {
            let known: Vec<&str> = scenario.groups.iter().map(|group| group.name.as_str()).collect();
            let hint = match crate::scenario::node::nearest(wanted, &known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "add the group, or remove the step".to_owned(),
            };
            self.stop("unknown-group", format!("no reusable group is called \"{}\"", short(wanted)), hint);
            return;
        };
        let group: &Group = &scenario.groups[at];
        if self.groups.contains(&group.name) {
            let circle = [self.groups.join(" → "), group.name.clone()].join(" → ");
            self.stop("group-cycle", format!("the group uses itself: {circle}"), "break the circle");
            return;
        }
        if self.groups.len() >= DEEPEST {
            self.stop("group-too-deep", format!("more than {DEEPEST} groups use each other"), "flatten them");
            return;
        }
        self.groups.push(group.name.clone());
        let place = std::mem::replace(&mut self.place, crate::problem::Place::root().key("groups").index(at));
        self.grouped(group.measured.then_some(&group.name), &group.id, &group.steps, ops);
        self.place = place;
        self.groups.pop();
    }

    fn repeat(&mut self, repeat: &Repeat, ops: &mut Vec<Op>) {
        let until = match &repeat.how {
            RepeatKind::Times(times) => LoopEnd::Times(*times),
            RepeatKind::During(span) => LoopEnd::During(*span),
            RepeatKind::Until(condition) => {
                let condition = self.at("until", None, |build| build.condition(condition));
                LoopEnd::Until(condition)
            }
            RepeatKind::ForEach(list) => {
                let Some(list) = self.list_slot(list, ops) else { return };
                let item = (!repeat.item.is_empty()).then(|| self.slot(&repeat.item));
                LoopEnd::Items(list, item)
            }
            RepeatKind::Nothing => {
                self.stop("empty-repeat", "nothing says how often", "add one of: times, for_each, until, during");
                return;
            }
        };
        let usual = match until {
            LoopEnd::Times(times) => times,
            LoopEnd::During(_) => u32::MAX,
            _ => USUAL_ROUNDS,
        };
        let start = ops.len();
        ops.push(Op::Jump(0));
        self.inner("steps", &repeat.steps, ops);
        ops.push(Op::Again(start + 1));
        let end = ops.len();
        let at_most = repeat.at_most.unwrap_or(usual);
        ops[start] = Op::Repeat(Box::new(LoopPlan { until, at_most }), end);
    }

    /// The slot that holds a list; a value from elsewhere is first put into a slot of its own.
    fn list_slot(&mut self, name: &str, ops: &mut Vec<Op>) -> Option<u16> {
        let name = name.trim().trim_start_matches("{{").trim_end_matches("}}").trim();
        match self.origin(name)? {
            Origin::Slot(slot) => Some(slot),
            other => {
                let slot = self.slot(&format!("{name} (list)"));
                let used = crate::plan::parts::FillUse {
                    origin: other,
                    changes: [].into(),
                    write: crate::plan::parts::Write::Plain,
                };
                ops.push(Op::Set(slot, Box::new(ValueFill::Single(used))));
                Some(slot)
            }
        }
    }

    fn only_if(&mut self, only_if: &OnlyIf, ops: &mut Vec<Op>) {
        let condition = self.condition(&only_if.condition);
        let test = ops.len();
        ops.push(Op::Jump(0));
        self.inner("then", &only_if.then, ops);
        if only_if.otherwise.is_empty() {
            ops[test] = Op::Unless(Box::new(condition), ops.len());
            return;
        }
        let skip = ops.len();
        ops.push(Op::Jump(0));
        ops[test] = Op::Unless(Box::new(condition), ops.len());
        self.inner("else", &only_if.otherwise, ops);
        ops[skip] = Op::Jump(ops.len());
    }

    fn choose(&mut self, choose: &crate::scenario::Choose, ops: &mut Vec<Op>) {
        let pick = Pick::new(choose.options.iter().map(|option| option.weight));
        let start = ops.len();
        ops.push(Op::Jump(0));
        // Where all weights are zero nothing is chosen, and this jump leads behind all options.
        ops.push(Op::Jump(0));
        let mut targets = Vec::with_capacity(choose.options.len());
        let mut exits = vec![start + 1];
        for (at, option) in choose.options.iter().enumerate() {
            targets.push(ops.len());
            self.at("options", Some(at), |build| build.inner("steps", &option.steps, ops));
            exits.push(ops.len());
            ops.push(Op::Jump(0));
        }
        let end = ops.len();
        for exit in exits {
            ops[exit] = Op::Jump(end);
        }
        ops[start] = Op::Choose(pick, targets.into());
    }

    fn parallel(&mut self, parallel: &Parallel, ops: &mut Vec<Op>) {
        let mut requests = Vec::new();
        for (at, step) in parallel.steps.iter().enumerate().filter(|(_, step)| !step.off) {
            self.at("steps", Some(at), |build| match &step.act {
                Act::Request(request) => {
                    let id = build.at("request", None, |build| build.request(step, request));
                    requests.push(id);
                }
                Act::Note(_) => {}
                _ => build.stop(
                    "parallel-not-request",
                    "only requests can be sent at the same time",
                    "move this step out",
                ),
            });
        }
        if !requests.is_empty() {
            let at_once = parallel.at_once.map_or(BROWSER_AT_ONCE, |count| (count as usize).clamp(1, 256));
            ops.push(Op::SendAll(Arc::from(requests), at_once));
        }
    }

    fn condition(&mut self, condition: &Condition) -> CondPlan {
        if !condition.all.is_empty() {
            return CondPlan::All(condition.all.iter().map(|one| self.condition(one)).collect());
        }
        if !condition.any.is_empty() {
            return CondPlan::Any(condition.any.iter().map(|one| self.condition(one)).collect());
        }
        let name = condition.value.trim().trim_start_matches("{{").trim_end_matches("}}").trim();
        if name.is_empty() {
            self.stop("empty-condition", "nothing says which value is meant", "add \"value\": \"name\"");
            return CondPlan::All(Vec::new());
        }
        let left = self.origin(name).unwrap_or(Origin::Fixed(Val::Missing));
        self.test(left, condition.is, condition.to.as_ref())
    }

    fn test(&mut self, left: Origin, is: Option<Comparison>, to: Option<&serde_json::Value>) -> CondPlan {
        let usual = if to.is_some() { Comparison::Equal } else { Comparison::Present };
        let right = to.map_or(ValueFill::Fixed(Val::Missing), |value| self.value_fill(value));
        CondPlan::Test(left, is.unwrap_or(usual), right)
    }

    fn value_check(&mut self, id: &str, check: &Check) -> Option<ValueCheck> {
        let CheckKind::Value(name) = &check.what else {
            let hint = "put it into the request whose answer it looks at, or check a value";
            self.stop("check-without-answer", "a check of an answer can't stand alone", hint);
            return None;
        };
        let left = self.origin(name)?;
        let test = self.test(left, check.is, check.to.as_ref());
        let is = check.is.map_or("equal", Comparison::word).replace('_', " ");
        let to = check.to.as_ref().map(|to| format!(" {}", short(&to.to_string()))).unwrap_or_default();
        let text = format!("{name} should be {is}{to}");
        // Not true counts as a failed request in all numbers, so it has a line like a request.
        let name = self.name(NameKind::Request, &text, id);
        Some(ValueCheck { test, name, text, if_not: check.if_not })
    }
}
