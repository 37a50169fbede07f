//! Steps: that each does something, that groups end, that repeats and pauses make sense.

use super::{did_you_mean, stop, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::Walk;
use crate::problem::short;
use crate::scenario::{Act, PauseTime, RepeatKind, Step};
use crate::units::Span;

pub(super) const RULES: &[Rule] = &[
    stop("empty-step", "A step says nothing about what it does.", "Say what it does, or remove it.", empty_step),
    warn(
        "nothing-inside",
        "A step that holds other steps holds none.",
        "Put steps into it, or remove it.",
        nothing_inside,
    ),
    stop("unknown-group", "A step uses a reusable group that is not there.", "Correct the name.", unknown_group),
    stop(
        "group-cycle",
        "Reusable groups use each other in a circle, so the steps would never end.",
        "Remove one of the uses.",
        group_cycle,
    ),
    stop(
        "nested-too-deep",
        "Reusable groups stand inside each other more than 32 levels deep.",
        "Use fewer levels.",
        nested_too_deep,
    ),
    stop(
        "parallel-only-requests",
        "Only requests can be sent at the same time.",
        "Move the other steps before or after.",
        parallel_only_requests,
    ),
    stop(
        "parallel-at-once",
        "at_once of parallel requests is 0: none could be sent.",
        "Write 1 or more.",
        parallel_at_once,
    ),
    stop("empty-pause", "A pause doesn't say how long it is.", "Say how long, such as \"for\": \"2s\".", empty_pause),
    stop(
        "pause-only-between-tasks",
        "Pacing and per_minute say when the next task starts, so they can't be steps.",
        "Move it to the pause of the user type, or use for, between, normal or exponential.",
        pause_only_between_tasks,
    ),
    stop("pause-upside-down", "The upper end of a pause lies below its lower end.", "Swap the two.", pause_upside_down),
    stop("bad-pace", "Pacing or tasks a minute are not above zero.", "Write a number above zero.", bad_pace),
    warn("pause-of-nothing", "A pause takes no time.", "Make it longer, or remove it.", pause_of_nothing),
    stop(
        "empty-repeat",
        "A repeat doesn't say how often.",
        "Say how often: times, for_each, until or during.",
        empty_repeat,
    ),
    stop(
        "repeat-without-end",
        "A repeat until something is true has no maximum, so it might never end.",
        "Add at_most, such as 20.",
        repeat_without_end,
    ),
    warn("repeat-never", "A repeat does its steps not even once.", "Write 1 or more, or remove it.", repeat_never),
    stop(
        "repeat-without-name",
        "A repeat for each item of a list gives the item no name.",
        "Add \"as\" with a name for the item.",
        repeat_without_name,
    ),
    warn(
        "repeat-without-waiting",
        "A repeat until or during something neither sends a request nor pauses, so it only keeps this computer busy.",
        "Put a request or a pause into it.",
        repeat_without_waiting,
    ),
];

/// The deepest that reusable groups may stand inside each other.
const DEEPEST: usize = 32;

fn empty_step(walk: &Walk, out: &mut Out) {
    for step in walk.steps.iter().filter(|step| step.step.act == Act::Nothing) {
        if !unreadable(&step.step.extra, Act::KEYS) {
            out.say(step.at, "this step does nothing known", format!("use one of: {}", Act::KEYS.join(", ")));
        }
    }
}

/// The lists of steps inside a step, if it can hold any.
fn inside(act: &Act) -> Option<Vec<&[Step]>> {
    Some(match act {
        Act::Repeat(repeat) => vec![&repeat.steps],
        Act::OnlyIf(only_if) => vec![&only_if.then, &only_if.otherwise],
        Act::Choose(choose) => choose.options.iter().map(|option| option.steps.as_slice()).collect(),
        Act::Group(group) => vec![&group.steps],
        Act::Parallel(parallel) => vec![&parallel.steps],
        _ => return None,
    })
}

fn nothing_inside(walk: &Walk, out: &mut Out) {
    for step in &walk.steps {
        if inside(&step.step.act).is_some_and(|lists| lists.iter().all(|list| list.is_empty())) {
            out.say(step.inside, "there are no steps inside", "put steps into it, or remove it");
        }
    }
    for group in walk.groups.iter().filter(|group| group.group.steps.is_empty()) {
        if !unreadable(&group.group.extra, &["steps"]) {
            out.say(
                group.at,
                format!("the group \"{}\" has no steps", short(&group.group.name)),
                "add steps, or remove it",
            );
        }
    }
}

fn unknown_group(walk: &Walk, out: &mut Out) {
    for step in &walk.steps {
        let Act::Use(used) = &step.step.act else { continue };
        if walk.group_numbers.contains_key(used.group.as_str()) || unreadable(&used.extra, &["group"]) {
            continue;
        }
        if used.group.is_empty() {
            out.say(step.inside, "no group is named", "add \"group\" with the name of a group");
            continue;
        }
        if out.full() {
            continue;
        }
        let known: Vec<&str> = walk.groups.iter().take(1_000).map(|group| group.group.name.as_str()).collect();
        let hint = did_you_mean(&used.group, &known, || "add it to \"groups\", or correct the name".to_owned());
        out.say(step.inside.key("group"), format!("there is no group \"{}\"", short(&used.group)), hint);
    }
}

/// Which groups each group uses.
fn used_by_groups(walk: &Walk) -> Vec<Vec<usize>> {
    let uses = |group: &crate::check::walk::GroupAt| {
        let mut end = group.list.first;
        for _ in group.list.steps {
            end = walk.steps[end].next;
        }
        let steps = walk.steps[group.list.first..end].iter();
        let mut used: Vec<usize> = steps
            .filter_map(|step| match &step.step.act {
                Act::Use(used) => walk.group_numbers.get(used.group.as_str()).copied(),
                _ => None,
            })
            .collect();
        used.sort_unstable();
        used.dedup();
        used
    };
    walk.groups.iter().map(uses).collect()
}

fn group_cycle(walk: &Walk, out: &mut Out) {
    for cycle in cycles(&used_by_groups(walk)) {
        let mut names: Vec<String> =
            cycle.iter().take(20).map(|group| short(&walk.groups[*group].group.name)).collect();
        if cycle.len() > names.len() {
            names.push("…".to_owned());
            names.extend(cycle.last().map(|group| short(&walk.groups[*group].group.name)));
        }
        let message = format!("reusable groups use each other in a circle: {}", names.join(" → "));
        out.say(walk.groups[cycle[0]].at, message, "remove one of the uses");
    }
}

/// Circles in a graph given by what lies below each node: each as a path that ends where it began; one for each edge that
/// closes a circle, at most 100. Needs no recursion, so that long chains can't overflow the stack.
pub(super) fn cycles(below: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    let mut seen = vec![Seen::No; below.len()];
    let mut found = Vec::new();
    for start in 0..below.len() {
        if seen[start] != Seen::No {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        seen[start] = Seen::OnPath;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(child) = below[node].get(*next).copied() else {
                seen[node] = Seen::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match seen[child] {
                Seen::No => {
                    seen[child] = Seen::OnPath;
                    path.push((child, 0));
                }
                Seen::OnPath if found.len() < 100 => {
                    let from = path.iter().position(|(on, _)| *on == child).unwrap_or_default();
                    let around = path[from..].iter().map(|(on, _)| *on);
                    found.push(around.chain([child]).collect());
                }
                _ => {}
            }
        }
    }
    found
}

fn nested_too_deep(walk: &Walk, out: &mut Out) {
    let below = used_by_groups(walk);
    // Levels below each group, from the innermost outwards; groups in a circle are left aside.
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); below.len()];
    for (group, used) in below.iter().enumerate() {
        used.iter().for_each(|inner| above[*inner].push(group));
    }
    let mut open: Vec<usize> = below.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..below.len()).filter(|group| open[*group] == 0).collect();
    let mut levels = vec![1_usize; below.len()];
    while let Some(group) = ready.pop() {
        if levels[group] == DEEPEST + 1 {
            let message = format!(
                "the group \"{}\" holds groups more than {DEEPEST} levels deep",
                short(&walk.groups[group].group.name)
            );
            out.say(walk.groups[group].at, message, "use fewer levels");
        }
        for outer in &above[group] {
            levels[*outer] = levels[*outer].max(levels[group] + 1);
            open[*outer] -= 1;
            if open[*outer] == 0 {
                ready.push(*outer);
            }
        }
    }
}

fn parallel_only_requests(walk: &Walk, out: &mut Out) {
    for step in walk.steps.iter().filter(|step| step.parallel) {
        if !matches!(step.step.act, Act::Request(_) | Act::Note(_) | Act::Nothing) {
            out.say(step.at, "only requests can be sent at the same time", "move this step before or after");
        }
    }
}

fn parallel_at_once(walk: &Walk, out: &mut Out) {
    for step in &walk.steps {
        if matches!(&step.step.act, Act::Parallel(parallel) if parallel.at_once == Some(0)) {
            out.say(step.inside.key("at_once"), "none could be sent at once", "write 1 or more");
        }
    }
}

/// Every pause with its place: those of user types (`true`), and those that are steps.
fn pauses<'w>(walk: &'w Walk) -> impl Iterator<Item = (crate::check::walk::Spot, &'w PauseTime, bool)> {
    let between = walk.users.iter().map(|user| (user.at.key("pause"), &user.user.pause, true));
    between.chain(walk.steps.iter().filter_map(|step| match &step.step.act {
        Act::Pause(pause) => Some((step.inside.into(), pause, false)),
        _ => None,
    }))
}

fn empty_pause(walk: &Walk, out: &mut Out) {
    for (spot, _, _) in pauses(walk).filter(|(_, pause, between)| **pause == PauseTime::Nothing && !between) {
        out.say(spot, "the pause doesn't say how long it is", "write it like { \"between\": [\"1s\", \"3s\"] }");
    }
}

fn pause_only_between_tasks(walk: &Walk, out: &mut Out) {
    for (spot, pause, between) in pauses(walk) {
        if !between && matches!(pause, PauseTime::Pacing(_) | PauseTime::PerMinute(_)) {
            let hint = "move it to the pause of the user type, or use \"for\" or \"between\"";
            out.say(spot, "this says when the next task starts, so it can't be a step", hint);
        }
    }
}

fn pause_upside_down(walk: &Walk, out: &mut Out) {
    for (spot, pause, _) in pauses(walk) {
        if let PauseTime::Between((low, high)) = pause
            && high < low
        {
            out.say(spot.key("between"), format!("{high} lies below {low}"), "swap the two");
        }
    }
}

fn bad_pace(walk: &Walk, out: &mut Out) {
    for (spot, pause, _) in pauses(walk) {
        match pause {
            PauseTime::Pacing(span) if *span == Span::ZERO => {
                out.say(spot.key("pacing"), "tasks can't start zero seconds apart", "write a time above zero");
            }
            PauseTime::PerMinute(rate) if !rate.is_finite() || *rate <= 0.0 => {
                out.say(
                    spot.key("per_minute"),
                    "this is not above zero",
                    "write how many tasks a minute each person does",
                );
            }
            PauseTime::PerMinute(rate) if *rate > 60_000.0 => {
                let hint = "write how many tasks a minute each person does";
                out.say(spot.key("per_minute"), "no person does more than 60,000 tasks a minute", hint);
            }
            _ => {}
        }
    }
}

fn pause_of_nothing(walk: &Walk, out: &mut Out) {
    for (spot, pause, between) in pauses(walk) {
        let paced = matches!(pause, PauseTime::Nothing | PauseTime::Pacing(_) | PauseTime::PerMinute(_));
        if !paced && !between && !super::people::takes_time(pause) {
            out.say(spot, "this pause takes no time", "make it longer, or remove it");
        }
    }
}

/// The repeats, with their steps.
fn repeats<'w>(
    walk: &'w Walk,
) -> impl Iterator<Item = (&'w crate::check::walk::StepAt<'w>, &'w crate::scenario::Repeat)> {
    walk.steps.iter().filter_map(|step| match &step.step.act {
        Act::Repeat(repeat) => Some((step, repeat)),
        _ => None,
    })
}

fn empty_repeat(walk: &Walk, out: &mut Out) {
    for (step, repeat) in repeats(walk) {
        if repeat.how == RepeatKind::Nothing && !unreadable(&repeat.extra, RepeatKind::KEYS) {
            out.say(step.inside, "it is not said how often", "add \"times\", \"for_each\", \"until\" or \"during\"");
        }
    }
}

fn repeat_without_end(walk: &Walk, out: &mut Out) {
    for (step, repeat) in repeats(walk) {
        if matches!(repeat.how, RepeatKind::Until(_))
            && repeat.at_most.is_none()
            && !unreadable(&repeat.extra, &["at_most"])
        {
            out.say(step.inside, "this might never end", "add \"at_most\": 20");
        }
    }
}

fn repeat_never(walk: &Walk, out: &mut Out) {
    for (step, repeat) in repeats(walk) {
        let never = match &repeat.how {
            RepeatKind::Times(times) => *times == 0,
            RepeatKind::During(span) => *span == Span::ZERO,
            _ => false,
        };
        if never || repeat.at_most == Some(0) {
            out.say(step.inside, "the steps inside are never done", "write 1 or more, or remove it");
        }
    }
}

fn repeat_without_name(walk: &Walk, out: &mut Out) {
    for (step, repeat) in repeats(walk) {
        let RepeatKind::ForEach(list) = &repeat.how else { continue };
        if list.is_empty() {
            out.say(step.inside.key("for_each"), "no list is named", "name a saved list");
        }
        if repeat.item.is_empty() && !unreadable(&repeat.extra, &["as"]) {
            out.say(step.inside, "the item has no name", "add \"as\": \"item\" and use it as {{item}}");
        }
    }
}

fn repeat_without_waiting(walk: &Walk, out: &mut Out) {
    for (number, step) in walk.steps.iter().enumerate() {
        let Act::Repeat(repeat) = &step.step.act else { continue };
        let endless = matches!(repeat.how, RepeatKind::Until(_) | RepeatKind::During(_)) && !repeat.steps.is_empty();
        let waits = |act: &Act| matches!(act, Act::Request(_) | Act::Pause(_) | Act::Use(_) | Act::Parallel(_));
        if endless && !walk.steps[number + 1..step.next].iter().any(|inner| waits(&inner.step.act)) {
            out.say(
                step.inside,
                "nothing in it waits, so it only keeps this computer busy",
                "put a request or a pause into it",
            );
        }
    }
}
