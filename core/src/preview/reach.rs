//! What nobody reaches: requests that no pretend person sent, and what is switched off or left out.

use std::collections::BTreeSet;

use super::act::Seen;
use super::{Never, Why};
use crate::plan::parts::{BuiltIn, CondPlan, LoopEnd, Op, Origin, Plan, RequestId};
use crate::scenario::{Act, Scenario, Step};

/// Every list of operations of a plan.
pub(super) fn all_ops(plan: &Plan) -> impl Iterator<Item = &[Op]> {
    plan.types.iter().flat_map(|kind| {
        let tasks = kind.tasks.iter().map(|task| task.ops.as_slice());
        [kind.arrival.as_slice(), kind.leaving.as_slice()].into_iter().chain(tasks)
    })
}

/// Everything that nobody reaches, in the order of the plan, then of the scenario.
pub(super) fn never(plan: &Plan, scenario: &Scenario, seen: &Seen) -> Vec<Never> {
    let mut out = requests(plan, seen);
    for user in scenario.users.iter().filter(|user| !user.off) {
        switched_off(&user.on_arrival, &mut out);
        for task in &user.tasks {
            let runs = plan.types.iter().find(|kind| kind.name == user.name).is_some_and(|kind| {
                kind.tasks.iter().any(|known| plan.names[known.name.at()].label == task.name || task.name.is_empty())
            });
            let why = match task {
                _ if task.off => Some(Why::Off),
                _ if task.weight <= 0.0 => Some(Why::WeightZero),
                _ if !runs => Some(Why::LeftOutByTags),
                _ => None,
            };
            match why {
                Some(why) => push(&mut out, &task.id, &task.name, why),
                None => switched_off(&task.steps, &mut out),
            }
        }
        switched_off(&user.before_leaving, &mut out);
    }
    for user in scenario.users.iter().filter(|user| user.off) {
        push(&mut out, &user.id, &user.name, Why::Off);
    }
    scenario.groups.iter().for_each(|group| switched_off(&group.steps, &mut out));
    out
}

fn push(out: &mut Vec<Never>, id: &str, name: &str, why: Why) {
    let never = Never { id: id.to_owned(), name: name.to_owned(), why };
    if !out.contains(&never) {
        out.push(never);
    }
}

/// Requests that no pretend person sent, wherever they stand.
fn requests(plan: &Plan, seen: &Seen) -> Vec<Never> {
    let unsure = depending_on_answers(plan);
    let key = |id: &RequestId| {
        let request = plan.request(*id);
        (request.name, request.step.as_str())
    };
    let reached: BTreeSet<_> = seen.reached.iter().map(key).collect();
    let tried: BTreeSet<&str> = seen.lacks.iter().map(|(name, _)| name.as_str()).collect();
    let mut out = Vec::new();
    for number in 0..plan.requests.len() as u32 {
        let id = RequestId(number);
        let (name, step) = key(&id);
        let label = &plan.names[name.at()].label;
        if !reached.contains(&(name, step)) && !tried.contains(label.as_str()) {
            let why = if unsure.contains(&id) { Why::DependsOnAnswers } else { Why::NotReached };
            push(&mut out, step, label, why);
        }
    }
    out
}

/// Requests behind a condition that looks at what an answer brought, or in a repeat over a list.
fn depending_on_answers(plan: &Plan) -> BTreeSet<RequestId> {
    let mut out = BTreeSet::new();
    for ops in all_ops(plan) {
        for (at, op) in ops.iter().enumerate() {
            let (from, mut to) = match op {
                Op::Unless(condition, otherwise) if looks_at_answers(condition) => (at, *otherwise),
                Op::Repeat(repeat, end) if matches!(repeat.until, LoopEnd::Items(..)) => (at, *end),
                _ => continue,
            };
            // A jump at the end of the first lane leads behind the other one.
            if let (Op::Unless(..), Some(Op::Jump(end))) = (op, ops.get(to.saturating_sub(1))) {
                to = to.max(*end);
            }
            for op in &ops[from..to.min(ops.len())] {
                match op {
                    Op::Send(id) => out.extend([*id]),
                    Op::SendAll(ids, _) => out.extend(ids.iter().copied()),
                    _ => {}
                }
            }
        }
    }
    out
}

fn looks_at_answers(condition: &CondPlan) -> bool {
    match condition {
        CondPlan::All(all) | CondPlan::Any(all) => all.iter().any(looks_at_answers),
        CondPlan::Test(left, ..) => match left {
            Origin::Slot(_) | Origin::Named(_) => true,
            Origin::BuiltIn(known) => {
                matches!(known, BuiltIn::LastStatus | BuiltIn::LastTimeMs | BuiltIn::LastSize | BuiltIn::LastFailed)
            }
            _ => false,
        },
    }
}

/// Steps that are switched off, the outermost only.
fn switched_off(steps: &[Step], out: &mut Vec<Never>) {
    for step in steps {
        if step.off {
            push(out, &step.id, &step_name(step), Why::Off);
            continue;
        }
        match &step.act {
            Act::Repeat(repeat) => switched_off(&repeat.steps, out),
            Act::OnlyIf(only_if) => {
                switched_off(&only_if.then, out);
                switched_off(&only_if.otherwise, out);
            }
            Act::Choose(choose) => choose.options.iter().for_each(|option| switched_off(&option.steps, out)),
            Act::Group(group) => switched_off(&group.steps, out),
            Act::Parallel(parallel) => switched_off(&parallel.steps, out),
            _ => {}
        }
    }
}

fn step_name(step: &Step) -> String {
    match &step.act {
        Act::Request(request) if request.name.is_empty() => format!("{} {}", request.method, request.url),
        Act::Request(request) => request.name.clone(),
        Act::Check(_) => "Check".to_owned(),
        Act::Save(save) => format!("Save {}", save.name),
        Act::Pause(_) => "Pause".to_owned(),
        Act::Repeat(_) => "Repeat".to_owned(),
        Act::OnlyIf(_) => "Only if".to_owned(),
        Act::Choose(_) => "Choose".to_owned(),
        Act::Group(group) => group.name.clone(),
        Act::Parallel(_) => "Parallel".to_owned(),
        Act::Use(used) => used.group.clone(),
        Act::Note(_) | Act::Nothing => "Note".to_owned(),
    }
}
