//! User types, tasks, shares and the pauses between.

use super::{stop, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, List, TaskAt, Walk};
use crate::plan::shares::{Heads, apportion};
use crate::problem::{Severity, short};
use crate::scenario::{Act, PauseTime, TaskChoice};
use crate::units::Span;

pub(super) const RULES: &[Rule] = &[
    stop(
        "no-users",
        "There is no user type, or all are switched off: nobody comes.",
        "Add a user type with a task.",
        no_users,
    ),
    stop("no-tasks", "A user type has no task that can be picked.", "Add a task, or remove the user type.", no_tasks),
    warn("empty-task", "A task has no steps.", "Add steps, or remove the task.", empty_task),
    stop(
        "shares-all-zero",
        "All user types have a share of zero, and none an exact number.",
        "Give at least one a share above zero.",
        shares_all_zero,
    ),
    stop(
        "weights-all-zero",
        "All tasks of a user type, or all options of a choice, have the weight zero.",
        "Give at least one a weight above zero.",
        weights_all_zero,
    ),
    stop("bad-weight", "A share or weight is below zero or no number.", "Write a number from 0 up.", bad_weight),
    warn(
        "share-and-exactly",
        "A user type has both a share and an exact number; the exact number counts.",
        "Keep one of the two.",
        share_and_exactly,
    ),
    warn(
        "nobody-of-this-type",
        "A user type gets no people, even at the peak: its share of so few rounds to zero.",
        "Use \"exactly\": 1, give it a greater share, or raise the number of people.",
        nobody_of_this_type,
    ),
    warn(
        "more-exactly-than-people",
        "The exact numbers of the user types add up to more people than there are at the peak.",
        "Lower them, or raise the number of people.",
        more_exactly_than_people,
    ),
    stop("leaves-at-once", "leaves_after is 0: people would leave without a task.", "Write 1 or more.", leaves_at_once),
    warn(
        "no-pause",
        "Nobody pauses: neither in the task nor between tasks. Such people send requests without end, as no person does.",
        "Add a pause of 1 to 3 seconds, unless this is meant.",
        no_pause,
    ),
];

fn no_users(walk: &Walk, out: &mut Out) {
    if walk.users.iter().all(|user| user.at.off) && !unreadable(&walk.scenario.extra, &["users"]) {
        let (message, hint) = match walk.users.is_empty() {
            true => ("nobody comes: there is no user type", "add a user type with a task"),
            false => ("nobody comes: all user types are switched off", "switch one on"),
        };
        out.say(At::ROOT.key("users"), message, hint);
    }
}

fn no_tasks(walk: &Walk, out: &mut Out) {
    for user in walk.users.iter().filter(|user| !unreadable(&user.user.extra, &["tasks"])) {
        let message = format!("the user type \"{}\" has ", short(&user.user.name));
        if user.tasks.is_empty() {
            let severity = if user.user.on_arrival.is_empty() { Severity::Stop } else { Severity::Warn };
            out.say_as(severity, user.at, message + "no tasks", "add a task, or remove the user type");
        } else if user.tasks.iter().all(|task| task.task.off) {
            out.say(user.at, message + "no task that is switched on", "switch one on");
        }
    }
}

fn empty_task(walk: &Walk, out: &mut Out) {
    for task in walk.users.iter().flat_map(|user| &user.tasks) {
        if task.task.steps.is_empty() && !unreadable(&task.task.extra, &["steps"]) {
            out.say(
                task.at,
                format!("the task \"{}\" has no steps", short(&task.task.name)),
                "add steps, or remove it",
            );
        }
    }
}

/// A share or weight as it counts.
fn counts(weight: f64) -> f64 {
    if weight.is_finite() { weight.max(0.0) } else { 0.0 }
}

fn shares_all_zero(walk: &Walk, out: &mut Out) {
    let mut on = walk.users.iter().filter(|user| !user.at.off).peekable();
    let any = on.peek().is_some();
    let nobody = on.all(|user| {
        user.user.exactly.unwrap_or(0) == 0
            && (user.user.exactly.is_some() || counts(user.user.share.unwrap_or(1.0)) == 0.0)
    });
    if any && nobody {
        out.say(At::ROOT.key("users"), "all user types have a share of zero", "give at least one a share above zero");
    }
}

fn weights_all_zero(walk: &Walk, out: &mut Out) {
    for user in walk.users.iter().filter(|user| user.user.choose == TaskChoice::ByWeight) {
        let mut on = user.tasks.iter().filter(|task| !task.task.off).peekable();
        if on.peek().is_some() && on.all(|task| counts(task.task.weight) == 0.0) {
            let message = format!("all tasks of \"{}\" have the weight zero", short(&user.user.name));
            out.say(user.at.key("tasks"), message, "give at least one a weight above zero");
        }
    }
    for step in &walk.steps {
        if let Act::Choose(choose) = &step.step.act
            && !choose.options.is_empty()
            && choose.options.iter().all(|option| counts(option.weight) == 0.0)
        {
            let spot = step.inside.key("options");
            out.say(spot, "all options have the weight zero", "give at least one a weight above zero");
        }
    }
}

fn bad_weight(walk: &Walk, out: &mut Out) {
    let bad = |number: f64| !number.is_finite() || number < 0.0;
    for user in &walk.users {
        if user.user.share.is_some_and(bad) {
            out.say(user.at.key("share"), "a share can't be below zero", "write a number from 0 up");
        }
        for task in user.tasks.iter().filter(|task| bad(task.task.weight)) {
            out.say(task.at.key("weight"), "a weight can't be below zero", "write a number from 0 up");
        }
    }
    for step in &walk.steps {
        if let Act::Choose(choose) = &step.step.act {
            for (i, _) in choose.options.iter().enumerate().filter(|(_, option)| bad(option.weight)) {
                let spot = step.inside.key("options").index(i).key("weight");
                out.say(spot, "a weight can't be below zero", "write a number from 0 up");
            }
        }
    }
}

fn share_and_exactly(walk: &Walk, out: &mut Out) {
    for user in walk.users.iter().filter(|user| user.user.share.is_some() && user.user.exactly.is_some()) {
        out.say(user.at.key("share"), "the exact number counts, and the share does nothing", "keep one of the two");
    }
}

/// The user types that come, as they are split.
fn heads(walk: &Walk) -> Vec<(At, String, Heads)> {
    let on = walk.users.iter().filter(|user| !user.at.off);
    on.map(|user| {
        let heads = match user.user.exactly {
            Some(exactly) => Heads::Exactly(exactly),
            None => Heads::Share(user.user.share.unwrap_or(1.0)),
        };
        (user.at, short(&user.user.name), heads)
    })
    .collect()
}

fn nobody_of_this_type(walk: &Walk, out: &mut Out) {
    let Some(people) = super::load::peak_people(walk) else { return };
    let types = heads(walk);
    let split = apportion(people, &types.iter().map(|(_, _, heads)| *heads).collect::<Vec<_>>());
    for ((at, name, heads), count) in types.into_iter().zip(split) {
        let wanted = !matches!(heads, Heads::Share(share) if counts(share) == 0.0);
        if count == 0 && wanted && people > 0 {
            out.say(
                at,
                format!("nobody is of the type \"{name}\", even when {people} people are there"),
                "use \"exactly\": 1, give it a greater share, or raise the number of people",
            );
        }
    }
}

fn more_exactly_than_people(walk: &Walk, out: &mut Out) {
    let Some(people) = super::load::peak_people(walk) else { return };
    let exact = heads(walk).iter().fold(0_u64, |sum, (_, _, heads)| match heads {
        Heads::Exactly(count) => sum + u64::from(*count),
        Heads::Share(_) => sum,
    });
    if exact > u64::from(people) && people > 0 {
        let message = format!("the exact numbers add up to {exact}, and {people} people are there at most");
        out.say(At::ROOT.key("users"), message, "lower them, or raise the number of people");
    }
}

fn leaves_at_once(walk: &Walk, out: &mut Out) {
    for user in walk.users.iter().filter(|user| user.user.leaves_after == Some(0)) {
        out.say(user.at.key("leaves_after"), "people would leave without doing a task", "write 1 or more");
    }
}

fn no_pause(walk: &Walk, out: &mut Out) {
    let open = !walk.scenario.load.arrivals.is_empty();
    let mut fuel = 2_000_000;
    for user in &walk.users {
        if takes_time(&user.user.pause) || unreadable(&user.user.extra, &["pause"]) {
            continue;
        }
        for task in user.tasks.iter().filter(|task| !task.at.off && counts(task.task.weight) > 0.0) {
            let (requests, pauses) = waits(walk, task, &mut fuel);
            // Where people come for one task only, a single request needs no pause.
            let enough = if open { 2 } else { 1 };
            if requests >= enough && !pauses {
                let severity = Severity::Warn;
                let message = format!("nobody pauses in \"{}\", nor before the next task", short(&task.task.name));
                out.say_as(severity, task.at, message, "add a pause of 1 to 3 seconds, unless this is meant");
            }
        }
    }
}

/// Whether a pause takes any time.
pub(super) fn takes_time(pause: &PauseTime) -> bool {
    match pause {
        PauseTime::For(span) | PauseTime::Exponential(span) | PauseTime::Pacing(span) => *span > Span::ZERO,
        PauseTime::Between((low, high)) => *low.max(high) > Span::ZERO,
        PauseTime::Normal(bell) => bell.mean.max(bell.deviation) > Span::ZERO,
        PauseTime::PerMinute(rate) => *rate > 0.0,
        PauseTime::Nothing => false,
    }
}

/// How many requests a task has, and whether it pauses anywhere, reusable groups included.
/// `fuel` bounds the steps looked at, as many tasks may use the same long group.
fn waits(walk: &Walk, task: &TaskAt, fuel: &mut usize) -> (usize, bool) {
    let (mut requests, mut pauses) = (0, false);
    let mut lists: Vec<List> = vec![task.list];
    let mut done = std::collections::HashSet::new();
    while let Some(list) = lists.pop() {
        let mut number = list.first;
        let mut left = list.steps.len();
        // All steps of the list and inside it lie in one stretch.
        let mut end = list.first;
        while left > 0 {
            end = walk.steps[end].next;
            left -= 1;
        }
        while number < end {
            let step = &walk.steps[number];
            *fuel = fuel.saturating_sub(1);
            if *fuel == 0 {
                return (0, true);
            }
            if step.step.off {
                number = step.next;
                continue;
            }
            match &step.step.act {
                Act::Request(_) => requests += 1,
                Act::Pause(pause) => pauses |= takes_time(pause) || *pause == PauseTime::Nothing,
                Act::Use(used) => {
                    let group = walk.group_numbers.get(used.group.as_str()).copied();
                    lists.extend(group.filter(|group| done.insert(*group)).map(|group| walk.groups[group].list));
                }
                _ => {}
            }
            number += 1;
        }
    }
    (requests, pauses)
}
