//! The load: that somebody comes, for some time, in sane numbers.

use super::{stop, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::plan::{load_is_open, load_search};
use crate::problem::Severity;
use crate::scenario::{Load, Shape, Stage};
use crate::units::{Span, grouped};

pub(super) const RULES: &[Rule] = &[
    stop(
        "no-load",
        "It is not said how many people come.",
        "Add stages under people or arrivals, or a shape.",
        no_load,
    ),
    stop(
        "people-and-arrivals",
        "The load gives both people at once and arrivals a second.",
        "Keep one of the two.",
        people_and_arrivals,
    ),
    warn(
        "shape-without-people",
        "A ready-made shape is scaled to the people of a busy moment, but their number is not given, so 60 are taken.",
        "Add busy.",
        shape_without_people,
    ),
    warn("shape-not-used", "Stages are given, so the shape does nothing.", "Keep one of the two.", shape_not_used),
    stop("stage-without-to", "A stage doesn't say how many people it leads to.", "Add to.", stage_without_to),
    stop(
        "bad-level",
        "A number of people or arrivals is below zero, or above 1,000,000.",
        "Write a number from 0 to 1,000,000.",
        bad_level,
    ),
    stop("too-many-stages", "There are more than 10,000 stages.", "Use fewer stages.", too_many_stages),
    warn(
        "stage-without-time",
        "A stage takes no time and is followed by another that takes none, or by nothing, so its level is never reached.",
        "Give it a length in over, or remove it.",
        stage_without_time,
    ),
    stop("load-takes-no-time", "All stages together take no time.", "Give a stage a length in over.", takes_no_time),
    stop("nobody-comes", "All levels of the load are zero.", "Write how many people come.", nobody_comes),
    stop(
        "warm-up-too-long",
        "The warm-up is as long as the whole run, so nothing is left for the verdict.",
        "Make it shorter.",
        warm_up_too_long,
    ),
    stop(
        "no-repetitions",
        "repetitions is 0: the run would end at once.",
        "Write 1 or more, or leave it out.",
        no_repetitions,
    ),
    warn(
        "at-most-not-used",
        "at_most limits people who arrive by themselves; it does nothing here.",
        "Remove it.",
        at_most_not_used,
    ),
    stop(
        "limit-begins-above",
        "The search for the limit begins with more than it tries at most.",
        "Begin with less, or try more.",
        limit_begins_above,
    ),
    stop("nobody-at-once", "at_most is 0, so nobody could come.", "Write 1 or more, or leave it out.", nobody_at_once),
];

/// The most people (or arrivals a second) that make sense.
const MOST: f64 = 1_000_000.0;

fn load<'w>(walk: &'w Walk) -> &'w Load {
    &walk.scenario.load
}

fn spot(key: &str) -> Spot {
    At::ROOT.key("load").key(key)
}

/// The stages that count, with their field.
fn stages<'w>(walk: &'w Walk) -> (&'static str, &'w [Stage]) {
    let load = load(walk);
    if load.people.is_empty() { ("arrivals", &load.arrivals) } else { ("people", &load.people) }
}

/// The highest level of the stages, the start included.
fn peak(start: f64, stages: &[Stage]) -> f64 {
    stages.iter().filter_map(|stage| stage.to).chain([start]).filter(|level| level.is_finite()).fold(0.0, f64::max)
}

/// The most people at once, where it is known: not for arrivals, whose number depends on how long answers take.
pub(super) fn peak_people(walk: &Walk) -> Option<u32> {
    let load = load(walk);
    if load_is_open(load) {
        return walk.context.people.filter(|people| *people > 0);
    }
    if let Some(search) = load_search(load).filter(|_| walk.context.people.is_none()) {
        return Some(search.most.round() as u32).filter(|people| *people > 0);
    }
    let stages = (!load.people.is_empty()).then(|| peak(load.start, &load.people).round() as u32);
    let shape = load.shape.map(|shape| {
        let busy = walk.context.people.or(load.busy).unwrap_or(60);
        let (start, stages) = crate::plan::shape_stages(shape, busy);
        stages.iter().map(|(level, _)| *level).fold(start, f64::max).round() as u32
    });
    let people = match (shape.filter(|_| stages.is_none()), walk.context.people) {
        (Some(shape), _) => Some(shape), // scaled to the people that are asked for
        (None, asked) => asked.or(stages),
    };
    people.filter(|people| *people > 0)
}

/// How long all stages take; `None` where a shape decides.
fn duration(walk: &Walk) -> Option<Span> {
    let (_, stages) = stages(walk);
    let sum = stages.iter().fold(0_u64, |sum, stage| sum.saturating_add(stage.over.us()));
    (!stages.is_empty()).then(|| Span::from_us(sum))
}

fn no_load(walk: &Walk, out: &mut Out) {
    let load = load(walk);
    let nothing = load.people.is_empty() && load.arrivals.is_empty() && load.shape.is_none() && load.limit.is_none();
    let unread = unreadable(&load.extra, &["people", "arrivals", "shape", "limit"])
        || unreadable(&walk.scenario.extra, &["load"]);
    if nothing && walk.context.people.is_none() && !unread {
        out.say(
            At::ROOT.key("load"),
            "it is not said how many people come",
            "add \"load\": { \"people\": [ { \"to\": 10, \"over\": \"1min\" } ] }",
        );
    }
}

fn people_and_arrivals(walk: &Walk, out: &mut Out) {
    if !load(walk).people.is_empty() && !load(walk).arrivals.is_empty() {
        out.say(spot("arrivals"), "people at once and arrivals a second can't both be given", "keep one of the two");
    }
}

fn shape_without_people(walk: &Walk, out: &mut Out) {
    let load = load(walk);
    let shape = load.shape.filter(|shape| *shape != Shape::QuickCheck && stages(walk).1.is_empty());
    if let (Some(shape), None, None) = (shape, load.busy.filter(|busy| *busy > 0), walk.context.people) {
        let message = format!("it is not said how many people \"{}\" is for, so 60 are taken", shape.word());
        out.say(spot("shape"), message, "add \"busy\" with the people at once in a busy moment");
    }
}

fn shape_not_used(walk: &Walk, out: &mut Out) {
    if load(walk).shape.is_some() && !stages(walk).1.is_empty() {
        out.say(spot("shape"), "stages are given, so the shape does nothing", "keep one of the two");
    }
}

fn stage_without_to(walk: &Walk, out: &mut Out) {
    let (key, stages) = stages(walk);
    for (i, stage) in stages.iter().enumerate() {
        if stage.to.is_none() && !unreadable(&stage.extra, &["to"]) {
            out.say(spot(key).index(i), "the stage doesn't say how many people it leads to", "add \"to\"");
        }
    }
}

fn bad_level(walk: &Walk, out: &mut Out) {
    let load = load(walk);
    let lists = [("people", &load.people), ("arrivals", &load.arrivals)];
    let levels = lists.iter().flat_map(|(key, stages)| {
        stages.iter().enumerate().filter_map(move |(i, stage)| stage.to.map(|to| (spot(key).index(i).key("to"), to)))
    });
    let busy = load.busy.map(|busy| (spot("busy"), f64::from(busy)));
    search_levels(load, out);
    for (spot, level) in levels.chain([(spot("start"), load.start)]).chain(busy) {
        if !level.is_finite() || level < 0.0 {
            out.say(spot, "this can't be below zero", "write a number from 0 up");
        } else if level > MOST {
            let message = format!("{} is more than can be made", grouped(level.min(1e18) as u64));
            out.say(spot, message, format!("write {} at most", grouped(MOST as u64)));
        }
    }
}

/// A search needs something above nobody.
fn search_levels(load: &Load, out: &mut Out) {
    let Some(search) = &load.limit else { return };
    let levels = [("people", search.people.map(f64::from)), ("arrivals", search.arrivals), ("start", search.start)];
    for (key, level) in levels.into_iter().filter_map(|(key, level)| Some((key, level?))) {
        if !(level.is_finite() && level > 0.0) {
            out.say(spot("limit").key(key), "this must be above zero", "write a number above zero, or leave it out");
        } else if level > MOST {
            let message = format!("{} is more than can be made", grouped(level.min(1e18) as u64));
            out.say(spot("limit").key(key), message, format!("write {} at most", grouped(MOST as u64)));
        }
    }
}

fn limit_begins_above(walk: &Walk, out: &mut Out) {
    if let Some(search) = load_search(load(walk)).filter(|search| search.most > 0.0 && search.start > search.most) {
        let message = format!("it begins with {}, which is more than the {} tried at most", search.start, search.most);
        out.say(spot("limit").key("start"), message, "begin with less, or try more");
    }
}

fn too_many_stages(walk: &Walk, out: &mut Out) {
    let (key, stages) = stages(walk);
    if stages.len() > 10_000 {
        out.say(spot(key), format!("there are {} stages", grouped(stages.len() as u64)), "use 10,000 at most");
    }
}

fn stage_without_time(walk: &Walk, out: &mut Out) {
    let (key, stages) = stages(walk);
    if duration(walk) == Some(Span::ZERO) {
        return; // told by another rule
    }
    for (i, stage) in stages.iter().enumerate().filter(|(_, stage)| stage.over == Span::ZERO) {
        if stages.get(i + 1).is_none_or(|next| next.over == Span::ZERO) && !unreadable(&stage.extra, &["over"]) {
            out.say(
                spot(key).index(i),
                "the level is left as soon as it is reached",
                "add \"over\", or remove the stage",
            );
        }
    }
}

fn takes_no_time(walk: &Walk, out: &mut Out) {
    let (key, stages) = stages(walk);
    if duration(walk) == Some(Span::ZERO) && !stages.iter().any(|stage| unreadable(&stage.extra, &["over"])) {
        out.say(spot(key), "the run takes no time", "add \"over\" to a stage, such as \"1min\"");
    }
}

fn nobody_comes(walk: &Walk, out: &mut Out) {
    let (key, stages) = stages(walk);
    let known = stages.iter().all(|stage| stage.to.is_some());
    if !stages.is_empty() && known && peak(load(walk).start, stages) == 0.0 && walk.context.people.is_none() {
        out.say(spot(key), "nobody comes: all levels are zero", "write how many people come in \"to\"");
    }
}

fn warm_up_too_long(walk: &Walk, out: &mut Out) {
    let warm_up = load(walk).warm_up;
    if let Some(duration) = duration(walk).filter(|duration| *duration > Span::ZERO && warm_up >= *duration) {
        let message = format!("the warm-up of {warm_up} leaves nothing of a run of {duration}");
        out.say(spot("warm_up"), message, "make it shorter");
    }
}

fn no_repetitions(walk: &Walk, out: &mut Out) {
    if load(walk).repetitions == Some(0) {
        out.say(spot("repetitions"), "the run would end at once", "write 1 or more, or leave it out");
    }
}

fn at_most_not_used(walk: &Walk, out: &mut Out) {
    if load(walk).at_most.is_some() && !load_is_open(load(walk)) {
        out.say_as(Severity::Warn, spot("at_most"), "at_most is for arrivals only", "remove it");
    }
}

fn nobody_at_once(walk: &Walk, out: &mut Out) {
    if load(walk).at_most == Some(0) && !load(walk).arrivals.is_empty() {
        out.say(spot("at_most"), "nobody could come", "write 1 or more, or leave it out");
    }
}
