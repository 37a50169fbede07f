//! The verdict about a whole run, by the rules in docs/numbers.md. Warm-up is left out.
//!
//! Pure: the same numbers give the same verdict, live, in reports and when a result is opened again.

use crate::drift::{Drift as Drifted, drifts, growing};
use crate::stats::NameKind;
use crate::stats::snapshot::Strain;
use crate::stats::timeline::{FailureGroup, Interval, PackedRow, Timeline};
use crate::traffic::Kind;
use crate::units::{grouped, one_in, plain_time};
use crate::verdict::goal::{Goal, GoalOutcome, Measure, Side};
use crate::verdict::live::Worst;
use crate::verdict::turn::{TurningPoint, turning_point};
use crate::verdict::windows::{Window, measured, sliding};
use crate::verdict::{Ended, State, Verdict, words};
use crate::watch::{Suspect, Watched, hint, suspects};

/// Fewer finished requests than this say nothing.
const FEWEST: u64 = 100;

/// The share of seconds, or of requests, by which this computer may be the limit before that counts.
const OWN_LIMIT: f64 = 0.05;

/// How much slower the last third of a flat run may be than the first.
const DRIFT: f64 = 1.2;

/// A drift smaller than this is noise, in microseconds.
const DRIFT_US: u64 = 1_000;

/// Answers that make the middle of some times meaningful.
const ENOUGH_TYPICAL: u64 = 20;

/// The share of failures in 10 seconds that deserves a warning, and how many requests make it meaningful.
const BAD_MOMENT: (f64, u64) = (0.05, 20);

/// What a verdict is about.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The numbers.
    pub timeline: &'a Timeline,
    /// What was promised.
    pub goals: &'a [Goal],
    /// How long the plan is, in seconds; `None` where it is a number of repetitions.
    pub planned_seconds: Option<u32>,
    /// Why the run ended.
    pub ended: &'a Ended,
    /// The worst windows seen by [`crate::verdict::live::Judge`]; without them, windows are made of the timeline's
    /// intervals.
    pub worst: Option<&'a [Option<Worst>]>,
    /// What the target said of itself meanwhile.
    pub watched: &'a Watched,
}

/// Judges a run.
pub fn judge(case: &Case) -> Verdict {
    let goals: Vec<_> = case.goals.iter().enumerate().map(|(at, goal)| outcome(case, at, goal)).collect();
    let dated: Vec<_> =
        drifts(case.timeline).iter().chain(&growing(case.timeline, case.watched)).map(Drifted::sentence).collect();
    let warnings = warnings(case, &goals, &dated);
    let doubt = doubt(case, &goals);
    let stopped_by_rule = matches!(case.ended, Ended::StopRule(_));
    let broken = goals.iter().any(|outcome| outcome.met == Some(false)) || stopped_by_rule;
    let state = match (&doubt, broken, warnings.is_empty()) {
        (Some(_), ..) => State::CantTell,
        (None, true, _) => State::DidNotHoldUp,
        (None, false, false) => State::HeldUpWithWarnings,
        (None, false, true) => State::HeldUp,
    };
    let turning_point = turning_point(case.timeline, case.goals);
    let said = if state == State::HeldUpWithWarnings { warnings } else { dated };
    let suspects = suspected(case, turning_point.as_ref());
    let sentences = sentences(case, state, &goals, doubt, said, turning_point.as_ref());
    Verdict { state, sentences, goals, turning_point, suspects, caveats: caveats(case), limit: None }
}

/// What of the target moved just before things got worse.
fn suspected(case: &Case, point: Option<&TurningPoint>) -> Vec<Suspect> {
    let point = point.filter(|point| !point.from_start);
    point.map_or_else(Vec::new, |point| suspects(case.watched, case.timeline.warm_up(), point.second))
}

/// How goals stand with what was measured so far, each by itself.
pub fn standing(timeline: &Timeline, goals: &[Goal]) -> Vec<GoalOutcome> {
    let case = Case {
        timeline,
        goals,
        planned_seconds: None,
        ended: &Ended::Stopped,
        worst: None,
        watched: &Watched::default(),
    };
    goals.iter().enumerate().map(|(at, goal)| outcome(&case, at, goal)).collect()
}

/// What became of one goal.
fn outcome(case: &Case, at: usize, goal: &Goal) -> GoalOutcome {
    let got = match goal.over_last {
        Some(_) => match case.worst.and_then(|worst| worst.get(at)) {
            Some(worst) => worst.map(|worst| worst.got),
            None => worst_window(case.timeline, goal),
        },
        None => whole_run(case.timeline, goal),
    };
    let met = got.map(|got| goal.is_met_by(got));
    GoalOutcome { goal: goal.clone(), got, met, enough: got.is_some() }
}

/// A goal's measure over everything measured.
fn whole_run(timeline: &Timeline, goal: &Goal) -> Option<f64> {
    let totals = timeline.measured();
    let needed = goal.measure.answers_needed();
    match &goal.of {
        None => goal.measure(&totals.all(timeline.names()), totals.length_us, needed),
        Some(label) => goal.measure(totals.rows.get(timeline.name_id(label)?.at())?, totals.length_us, needed),
    }
}

/// A goal's worst window among those that the intervals allow.
fn worst_window(timeline: &Timeline, goal: &Goal) -> Option<f64> {
    let seconds = goal.over_last?.secs().ceil().clamp(1.0, 3_600.0) as u32;
    let name = match &goal.of {
        Some(label) => Some(timeline.name_id(label)?),
        None => None,
    };
    let needed = goal.measure.answers_needed();
    let of_window = |intervals: &[Interval]| {
        let mut row = PackedRow::default();
        for interval in intervals {
            match name {
                Some(name) => interval.row(name).into_iter().for_each(|one| row.merge(one)),
                None => row.merge(&interval.all(timeline.names())),
            }
        }
        goal.measure(&row, intervals.iter().map(|interval| interval.length_us).sum(), needed)
    };
    let values = sliding(timeline, seconds).filter_map(of_window);
    match goal.side {
        Side::Below => values.reduce(f64::max),
        Side::Above => values.reduce(f64::min),
    }
}

/// The share of measured seconds in which this computer could not keep up.
fn suspect_share(timeline: &Timeline) -> f64 {
    let totals = timeline.measured();
    if totals.seconds == 0 { 0.0 } else { f64::from(totals.suspect) / f64::from(totals.seconds) }
}

/// How many requests finished after the warm-up, and how many of them could not be sent from this computer.
fn finished(timeline: &Timeline) -> (u64, u64) {
    let all = timeline.measured().all(timeline.names());
    (all.finished(), all.failed.get(Kind::NoRoom))
}

/// Why the run can't say how the target held up, and what to do about it; `None` if it can.
fn doubt(case: &Case, goals: &[GoalOutcome]) -> Option<(String, &'static str)> {
    let (all, no_room) = finished(case.timeline);
    let answered = all - no_room.min(all);
    let broken: Vec<_> = goals.iter().filter(|outcome| outcome.met == Some(false)).collect();
    let only_time = !broken.is_empty() && broken.iter().all(|outcome| outcome.goal.measure.is_about_time());
    let early = matches!(case.ended, Ended::Stopped | Ended::Killed | Ended::Step(_) | Ended::Broken(_));
    let by_rule = matches!(case.ended, Ended::StopRule(_));
    let half = case.planned_seconds.is_some_and(|planned| case.timeline.end_second() < planned.div_ceil(2));
    let share = suspect_share(case.timeline);
    let percent = |share: f64| super::goal::digits((share * 100.0).round());
    let (reason, next) = if goals.is_empty() && !by_rule {
        ("no goals are set".to_owned(), "Next: set a goal, such as 95 of 100 within 800 ms.")
    } else if answered < FEWEST {
        let few = format!("only {} requests finished, and {FEWEST} are needed", grouped(answered));
        (few, "Next: run it for longer, or with more people.")
    } else if early && half {
        ("stopped before half of the plan".to_owned(), "Next: let it run to the end.")
    } else if no_room as f64 > all as f64 * OWN_LIMIT && broken.iter().all(|one| one.goal.measure.is_about_time()) {
        let share = percent(no_room as f64 / all as f64);
        (
            format!("{share} % of the requests could not leave this computer"),
            "Next: use fewer people, or raise the limit of open files.",
        )
    } else if share > OWN_LIMIT && only_time {
        let limit = format!(
            "this computer was at its limit {} % of the time, and only goals about time were missed",
            percent(share)
        );
        (limit, "Next: use fewer people, or a faster computer.")
    } else if !by_rule && goals.iter().all(|outcome| outcome.met.is_none()) {
        ("too few answers to say for any goal".to_owned(), "Next: run it for longer, or with more people.")
    } else {
        return None;
    };
    Some((reason, next))
}

/// What deserves a look although every goal was met.
fn warnings(case: &Case, goals: &[GoalOutcome], dated: &[String]) -> Vec<String> {
    let mut warnings = Vec::new();
    for GoalOutcome { goal, got, met, .. } in goals {
        match (met, got) {
            (Some(true), Some(got)) if goal.is_close_with(*got) => {
                warnings.push(format!("Close to the limit: {} (got {}).", goal.text, goal.value(*got)));
            }
            (None, _) => warnings.push(format!("Too few answers to say: {}.", goal.text)),
            _ => {}
        }
    }
    let totals = case.timeline.measured();
    match totals.all(case.timeline.names()).failed.get(Kind::CheckFailed) {
        0 => {}
        1 => warnings.push("1 check failed.".to_owned()),
        checks => warnings.push(format!("{} checks failed.", grouped(checks))),
    }
    match dated.is_empty() {
        true => warnings.extend(drift(case.timeline).map(|drift| drift.words())),
        false => warnings.extend_from_slice(dated),
    }
    warnings.extend(bad_moment(case.timeline));
    let due = totals.started.saturating_add(totals.dropped);
    if totals.dropped as f64 > due as f64 * 0.01 {
        let share = one_in(totals.dropped, due);
        warnings.push(format!("{share} arrivals could not start, so the load was lower than planned."));
    }
    warnings
}

/// A run with a flat load that got slower: response times in microseconds, first third and last.
struct Drift {
    /// 95 of 100 requests.
    all: (u64, u64),
    /// The request that slowed most, and the middle of its times.
    most: Option<(String, u64, u64)>,
}

impl Drift {
    fn words(&self) -> String {
        let (from, to) = (plain_time(self.all.0), plain_time(self.all.1));
        let most = self.most.as_ref().map(|(name, from, to)| {
            format!(", most of all “{name}”: typically from {} to {}", plain_time(*from), plain_time(*to))
        });
        format!("It got slower over time: from {from} to {to} (95 of 100){}.", most.unwrap_or_default())
    }
}

/// The request whose typical time grew most between two windows, if one stands out.
fn slowed_most(timeline: &Timeline, first: &Window, last: &Window) -> Option<(String, u64, u64)> {
    let requests = timeline.names().iter().enumerate().filter(|(_, name)| name.of == NameKind::Request);
    let typical = |one: &Window, at: usize| {
        let times = one.rows[at].response.all();
        (times.len() >= ENOUGH_TYPICAL).then(|| times.quantile(0.5)).flatten()
    };
    let grown = requests.filter_map(|(at, name)| Some((&name.label, typical(first, at)?, typical(last, at)?)));
    let clear = |(_, from, to): &(&String, u64, u64)| *to as f64 > *from as f64 * 1.5 && *to > from + 15_000;
    let most = grown.filter(clear).max_by_key(|(_, from, to)| to - from)?;
    Some((most.0.clone(), most.1, most.2))
}

/// The request that drifted, if one stands out.
fn drifted(timeline: &Timeline) -> Option<String> {
    let dated = drifts(timeline).into_iter().find_map(|drift| drift.name);
    dated.or_else(|| drift(timeline)?.most.map(|(name, ..)| name))
}

/// Whether the last third of a run with a flat load is slower than the first.
fn drift(timeline: &Timeline) -> Option<Drift> {
    let people_planned = timeline.measured().peak_planned > 0;
    let intervals: Vec<_> =
        measured(timeline).iter().filter(|one| !people_planned || one.people.planned > 0).cloned().collect();
    let third = intervals.len() / 3;
    if third == 0 {
        return None;
    }
    let planned = || intervals.iter().map(|one| one.people.planned);
    let first = Window::of(&intervals[..third], timeline);
    let last = Window::of(&intervals[intervals.len() - third..], timeline);
    let rate = |one: &Window| one.due as f64 / one.length_us.max(1) as f64;
    let flat = match people_planned {
        true => f64::from(planned().min()?) >= f64::from(planned().max()?) * 0.95,
        false => rate(&first).min(rate(&last)) >= rate(&first).max(rate(&last)) * 0.9,
    };
    let p95 = |one: &Window| {
        let times = one.all.response.all();
        (times.len() >= Measure::Percentile(95.0).answers_needed()).then(|| times.quantile(0.95)).flatten()
    };
    let (from, to) = (p95(&first)?, p95(&last)?);
    let slower = flat && to as f64 > from as f64 * DRIFT && to - from > DRIFT_US;
    slower.then(|| Drift { all: (from, to), most: slowed_most(timeline, &first, &last) })
}

/// The worst 10 seconds, if too many requests failed in them; all of a run that is shorter.
fn bad_moment(timeline: &Timeline) -> Option<String> {
    let (bad, enough) = BAD_MOMENT;
    let counts = |intervals: &[Interval]| {
        let rows = intervals.iter().map(|interval| interval.all(timeline.names()));
        rows.fold((0, 0), |(failed, all), row| (failed + row.failed.total(), all + row.finished()))
    };
    let share = |(failed, all): (u64, u64)| failed as f64 / all.max(1) as f64;
    let whole = measured(timeline);
    let short = !whole.is_empty() && sliding(timeline, 10).next().is_none();
    let moments = sliding(timeline, 10).chain(short.then_some(whole));
    let worst = moments
        .map(|moment| (moment, counts(moment)))
        .filter(|(_, (_, all))| *all >= enough)
        .max_by(|a, b| share(a.1).total_cmp(&share(b.1)))?;
    let (moment, (failed, all)) = worst;
    let from = moment.first().map_or(0, |one| one.from);
    // Long runs keep several seconds together, so that it may be more than ten.
    let length = moment.last().map_or(from, Interval::end) - from;
    let text = || match short {
        true => format!("{} requests failed.", one_in(failed, all)),
        false => {
            format!("In the {length} s from {} on, {} requests failed.", words::clock(from), one_in(failed, all))
        }
    };
    (share((failed, all)) > bad).then(text)
}

/// What limits the verdict.
fn caveats(case: &Case) -> Vec<String> {
    let totals = case.timeline.measured();
    let mut caveats = Vec::new();
    if totals.suspect > 0 {
        let mut why: Vec<_> = totals.health.why.iter().map(|strain| Strain::words(*strain)).collect();
        why.dedup();
        let because = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
        let (suspect, seconds) = (totals.suspect, totals.seconds);
        caveats.push(format!(
            "This computer was at its limit in {suspect} of {seconds} seconds{because}. The target may be faster."
        ));
    }
    let (_, no_room) = finished(case.timeline);
    if no_room > 0 {
        let count = grouped(no_room);
        caveats.push(format!("{count} requests could not leave this computer; goals about failures leave them out."));
    }
    match case.ended {
        Ended::Finished => {}
        Ended::Stopped => caveats.push("It was stopped by hand.".to_owned()),
        Ended::Killed => caveats.push("It was ended at once; requests under way are counted apart.".to_owned()),
        Ended::StopRule(rule) => caveats.push(format!("It stopped early by its own rule: {rule}.")),
        Ended::Step(why) => caveats.push(format!("A step stopped it: {why}.")),
        Ended::Broken(why) => caveats.push(format!("It broke off: {why}.")),
    }
    caveats
}

/// The most frequent failure.
fn biggest(timeline: &Timeline) -> Option<&FailureGroup> {
    timeline.failures().iter().max_by_key(|group| group.failure.count)
}

/// The most arrivals due per second over five seconds; single seconds may hold one more by rounding.
fn peak_rate(timeline: &Timeline) -> u64 {
    let rate = |intervals: &[Interval]| {
        let due: u64 = intervals.iter().map(|one| one.started.saturating_add(one.dropped)).sum();
        let length_us: u64 = intervals.iter().map(|one| one.length_us).sum();
        (due as f64 * 1e6 / length_us.max(1) as f64).round() as u64
    };
    sliding(timeline, 5).map(rate).max().unwrap_or(timeline.measured().peak_due)
}

/// All sentences: outcome, turning point, biggest failure, what to do next.
fn sentences(
    case: &Case,
    state: State,
    goals: &[GoalOutcome],
    doubt: Option<(String, &'static str)>,
    said: Vec<String>,
    point: Option<&TurningPoint>,
) -> Vec<String> {
    let totals = case.timeline.measured();
    let load = words::load(totals.peak_active, totals.peak_planned, peak_rate(case.timeline));
    let mut sentences = vec![match (state, &doubt) {
        (State::CantTell, Some((reason, _))) => format!("Can't tell: {reason}."),
        (State::CantTell, None) => "Can't tell.".to_owned(),
        (State::DidNotHoldUp, _) => format!("Did not hold up with {load}."),
        (State::HeldUpWithWarnings, _) => format!("Held up with {load}, with warnings."),
        (State::HeldUp, _) => format!("Held up with {load}."),
    }];
    if let Ended::StopRule(rule) = case.ended {
        sentences.push(format!("It was stopped early: {rule}."));
    }
    sentences.extend(said);
    if state != State::CantTell {
        sentences.extend(point.iter().flat_map(|point| words::turning(point, case.timeline, case.goals)));
        sentences.extend(hint(&suspected(case, point)));
    }
    let failure = biggest(case.timeline);
    sentences.extend(failure.and_then(|group| words::biggest_failure(case.timeline, group)));
    sentences.push(next(case, state, goals, doubt, point));
    sentences
}

/// What to do next.
fn next(
    case: &Case,
    state: State,
    goals: &[GoalOutcome],
    doubt: Option<(String, &'static str)>,
    point: Option<&TurningPoint>,
) -> String {
    let failure = biggest(case.timeline).map(|group| {
        let failure = &group.failure;
        let name = case.timeline.names().get(failure.name.at()).map_or("", |name| name.label.as_str());
        words::next_for(failure.kind, name, &failure.detail)
    });
    let failures_matter = goals.iter().any(|one| one.met == Some(false) && one.goal.measure == Measure::FailureShare);
    let by_rule = matches!(case.ended, Ended::StopRule(_));
    let slow = point.and_then(|point| point.name.as_ref());
    let slow = slow.or_else(|| goals.iter().filter(|one| one.met == Some(false)).find_map(|one| one.goal.of.as_ref()));
    let all_failed = finished(case.timeline).0 > 0 && case.timeline.measured().all(case.timeline.names()).ok == 0;
    match (state, doubt, failure) {
        (_, Some(_), Some(failure)) if all_failed => failure,
        (_, Some((_, next)), _) => next.to_owned(),
        (State::DidNotHoldUp, _, Some(failure)) if failures_matter || by_rule || slow.is_none() => failure,
        (State::DidNotHoldUp, ..) => match slow {
            Some(name) => format!("Next: show this to whoever runs “{name}”."),
            None => "Next: show this to whoever runs the target.".to_owned(),
        },
        (State::HeldUpWithWarnings, _, Some(failure)) => failure,
        (State::HeldUpWithWarnings, ..) => match drifted(case.timeline) {
            Some(name) => format!("Next: show this to whoever runs “{name}”."),
            None => "Next: run it once more, for longer.".to_owned(),
        },
        _ => "Next: try more people.".to_owned(),
    }
}

#[cfg(test)]
mod tests;
