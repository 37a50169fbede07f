//! The run that is watched: started, steered, attached to late, and made of seconds that may come twice or not at all.
//! Must not know how numbers become messages.

use std::sync::Arc;

use serde_json::Value;
use tidemark_core::plan::curve::Steer;
use tidemark_core::result::Header;
use tidemark_core::scenario::{self, Scenario};
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::verdict::{Ended, Goal, Measure};
use tidemark_core::wire::event::{RunNoted, RunStarted, Ticked};
use tidemark_core::wire::run::{Backfill, Over, Overrides, Phase, RunState, Stop};
use tidemark_core::wire::shop::DemoStarted;
use tidemark_core::wire::table::{BackfillRun, ReadShop, RunNow, RunSamples, StartDemo, StartRun, SteerRun, StopRun};
use tidemark_core::wire::{self, Failure, Second};

use super::call::{About, Call, plain, reply};
use super::{Link, Turn, library, watch};
use crate::doc::edit::load::counts_arrivals;
use crate::effect::{Beyond, Order};
use crate::model::{self, RunHead, Tone};
use crate::msg::Msg;
use crate::route::Tab;
use crate::text::link as say;

/// The run that is watched.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// Its number; none before the first run.
    number: Option<u64>,
    /// It is not over.
    goes_on: bool,
    /// What it was started with from here, until it begins.
    asked: Option<Arc<Scenario>>,
    /// The file of the test that it was started from.
    test: Option<String>,
    timeline: Option<Timeline>,
    goals: Vec<Goal>,
    /// Seconds that came while those before were asked for.
    early: Option<Vec<Second>>,
    /// What did not reach those who are told of every second.
    lost: Vec<String>,
    /// How many notes of what the target said are taken.
    notes: u64,
    /// Notes that came while those before were asked for.
    early_notes: Vec<RunNoted>,
    /// The end, where it was told before all seconds were there.
    over: Option<Over>,
}

impl Watched {
    /// The number of the run that is watched, while it goes on.
    pub(super) fn going_on(&self) -> Option<u64> {
        self.number.filter(|_| self.goes_on)
    }
}

/// Whether a run is not over.
pub(super) fn goes_on(state: &RunState) -> bool {
    state.phase != Phase::Over
}

pub(super) fn start(link: &mut Link, scenario: &Arc<Scenario>, beyond: Beyond) -> Call {
    let file = link.library.open();
    link.run.asked = Some(scenario.clone());
    link.run.test.clone_from(&file);
    let mut overrides = Overrides::default();
    match (beyond.most, counts_arrivals(&scenario.load)) {
        (Some(most), true) => overrides.arrivals_per_second = Some(f64::from(most)),
        (most, _) => overrides.people = most,
    }
    let command = StartRun { file, text: scenario::write(scenario), overrides, raised: beyond.raised };
    Call::new(&command, About::RunAsked)
}

pub(super) fn start_demo(link: &mut Link) -> Call {
    link.run.asked = None;
    link.run.test = None;
    Call::new(&StartDemo {}, About::RunAsked)
}

/// What an order is on the wire.
pub(super) fn order(link: &Link, order: Order) -> Vec<Call> {
    let Some(run) = link.run.going_on() else { return Vec::new() };
    let steer = |how| vec![Call::new(&SteerRun { run, how }, About::Ordered)];
    let stop = |how| vec![Call::new(&StopRun { run, how }, About::Ordered)];
    match order {
        Order::Finish => stop(Stop::Gently),
        Order::StopNow => stop(Stop::Now),
        Order::Hold => steer(Steer::Hold),
        Order::Resume => steer(Steer::Resume),
        Order::People(by) => steer(Steer::People(by)),
    }
}

pub(super) fn samples(link: &Link, kind: Option<String>) -> Vec<Call> {
    let Some(run) = link.run.number else { return Vec::new() };
    vec![Call::new(&RunSamples { run, kind: kind.clone() }, About::Samples(kind))]
}

/// Asks how the run is doing that is watched, or whether there is one.
pub(super) fn look(link: &Link) -> Vec<Call> {
    vec![Call::new(&RunNow { run: link.run.going_on() }, About::RunState)]
}

/// The program that made the run is gone, and another one answers.
pub(super) fn forgotten(link: &mut Link) -> Vec<Msg> {
    let went_on = std::mem::take(&mut link.run).goes_on;
    let failure = model::Failure { message: say::PROGRAM_GONE.to_owned(), ..Default::default() };
    went_on.then(|| Msg::RunEnded(Err(failure))).into_iter().collect()
}

/// Takes the reply to one of these calls.
pub(super) fn answered(link: &mut Link, about: About, answer: Result<Value, Failure>) -> Turn {
    match about {
        About::RunAsked => asked(link, answer),
        About::RunState => match reply::<RunNow>(answer) {
            Ok(found) => found.state.map(|state| attach_if_new(link, state)).unwrap_or_default(),
            Err(_) if link.run.goes_on => (forgotten(link), Vec::new()),
            Err(_) => Turn::default(),
        },
        About::Backfill(run) => match reply::<BackfillRun>(answer) {
            Ok(backfill) if link.run.number == Some(run) => filled(link, &backfill),
            _ => {
                link.run.early = None;
                Turn::default()
            }
        },
        About::Ordered => match answer {
            Ok(_) => Turn::default(),
            Err(failure) => (vec![Msg::Say(Tone::Bad, plain(failure).text())], Vec::new()),
        },
        About::Samples(kind) => {
            let samples = reply::<RunSamples>(answer).map(|samples| samples.samples).map_err(plain);
            (vec![Msg::RunSamples(kind, samples)], Vec::new())
        }
        About::Shop => (vec![Msg::ShopIs(reply::<ReadShop>(answer).map_err(plain))], Vec::new()),
        _ => Turn::default(),
    }
}

/// The reply to a start. That it began is told by an event; the reply of the demo brings its test, too.
fn asked(link: &mut Link, answer: Result<Value, Failure>) -> Turn {
    let value = match answer {
        Ok(value) => value,
        Err(failure) => {
            link.run.asked = None;
            return (vec![Msg::RunStarted(Err(plain(failure)))], Vec::new());
        }
    };
    match wire::read::<DemoStarted>(&value) {
        Ok(demo) => {
            let mut calls = Vec::new();
            if let Some(result) = &demo.started.result {
                calls = link.settings.note_result(result, &demo.document.file);
            }
            link.run.test = Some(demo.document.file.clone());
            let (mut msgs, more) = library::open(link, demo.document);
            msgs.push(Msg::ShowTab(Tab::Run));
            calls.extend(more);
            (msgs, calls)
        }
        Err(_) => Turn::default(),
    }
}

/// What was told of a run that began.
pub(super) fn started(link: &mut Link, told: RunStarted) -> Turn {
    let RunStarted { run, header, result, warnings } = told;
    if link.run.number == Some(run) {
        return Turn::default(); // attached to already
    }
    let scenario = link.run.asked.take();
    begin(link, run, &header);
    let mut calls = Vec::new();
    if let (Some(result), Some(test)) = (&result, link.run.test.clone()) {
        calls = link.settings.note_result(result, &test);
    }
    match scenario {
        Some(scenario) => {
            let head = head(run, &header, Some(&scenario), warnings);
            (vec![Msg::RunStarted(Ok(Box::new(head)))], calls)
        }
        // Started elsewhere, or as the demo: what is run is in its state.
        None => {
            link.run.early = Some(Vec::new());
            calls.push(Call::new(&RunNow { run: Some(run) }, About::RunState));
            (Vec::new(), calls)
        }
    }
}

fn begin(link: &mut Link, run: u64, header: &Header) {
    let test = link.run.test.take();
    link.run = Watched {
        number: Some(run),
        goes_on: true,
        test,
        timeline: Some(Timeline::new(header.names.clone(), header.warm_up_seconds)),
        goals: header.goals.clone(),
        ..Watched::default()
    };
}

/// What is known when a run starts.
fn head(run: u64, header: &Header, scenario: Option<&Scenario>, warnings: Vec<String>) -> RunHead {
    let read = || scenario::read(&header.scenario.to_string()).ok().map(|(scenario, _)| scenario);
    let owned = if scenario.is_none() { read() } else { None };
    let plan = scenario.or(owned.as_ref()).map(|scenario| crate::doc::edit::load::points(&scenario.load));
    let times = header.goals.iter().filter(|goal| {
        matches!(goal.measure, Measure::Percentile(_) | Measure::Mean | Measure::Slowest) && goal.of.is_none()
    });
    let target = match header.environment.as_str() {
        "" => header.target.clone(),
        name => format!("{name} · {}", header.target),
    };
    RunHead {
        id: run.to_string(),
        title: header.title.clone(),
        target,
        planned_seconds: header.planned_seconds,
        searching: header.searching,
        // What a search will do is not known before.
        plan: plan.filter(|_| !header.searching).unwrap_or_default(),
        goal_lines: times.map(|goal| (goal.text.clone(), goal.limit.round() as u64)).collect(),
        practice: header.practice,
        warnings,
        watched: header.watched.clone(),
    }
}

/// A run's state came: the same run goes on from what is known of it, another one begins.
fn attach_if_new(link: &mut Link, state: RunState) -> Turn {
    let known = link.run.number == Some(state.run);
    if !known && state.phase == Phase::Over && link.run.asked.is_none() {
        return Turn::default(); // it is among the results
    }
    attach(link, state)
}

/// Attaches to a run, all of whose seconds are asked for.
pub(super) fn attach(link: &mut Link, state: RunState) -> Turn {
    let early = link.run.early.take().filter(|_| link.run.number == Some(state.run));
    let early_notes = std::mem::take(&mut link.run.early_notes);
    let over = link.run.over.take().filter(|_| link.run.number == Some(state.run));
    begin(link, state.run, &state.header);
    link.run.early = Some(early.unwrap_or_default());
    link.run.early_notes = early_notes.into_iter().filter(|noted| noted.run == state.run).collect();
    link.run.over = over.or(state.over);
    let head = head(state.run, &state.header, None, state.warnings);
    let mut msgs = vec![Msg::RunStarted(Ok(Box::new(head)))];
    let phase = match state.phase {
        Phase::Stopping => Some(model::Phase::Stopping),
        Phase::Holding => Some(model::Phase::Holding),
        Phase::Running | Phase::Over => None,
    };
    if let Some(phase) = phase {
        msgs.push(Msg::RunIs(phase));
    }
    if let Some(tick) = state.tick.filter(|tick| !tick.lost.is_empty()) {
        link.run.lost.clone_from(&tick.lost);
        msgs.push(Msg::RunLost(tick.lost));
    }
    if !state.events.is_empty() {
        msgs.push(Msg::RunEvents(state.events));
    }
    (msgs, vec![Call::new(&BackfillRun { run: state.run, from: 0 }, About::Backfill(state.run))])
}

/// All seconds so far are there; those that came meanwhile follow.
fn filled(link: &mut Link, backfill: &Backfill) -> Turn {
    let watched = &mut link.run;
    let Some(old) = watched.timeline.take() else { return Turn::default() };
    let mut timeline = backfill.timeline(old.names().to_vec(), old.warm_up());
    for second in watched.early.take().unwrap_or_default() {
        second.add_to(&mut timeline);
    }
    let mut msgs = watch::all(&timeline, &watched.goals);
    watched.timeline = Some(timeline);
    // One that waited may be among those that came, or be one of them.
    watched.notes = backfill.seen.notes;
    msgs.push(Msg::RunWatched(Box::new(backfill.seen.watched.clone())));
    for RunNoted { before, noted, .. } in std::mem::take(&mut watched.early_notes) {
        if before == watched.notes {
            watched.notes += 1;
            msgs.push(Msg::RunNoted(Box::new(noted)));
        }
    }
    if let Some(over) = watched.over.take() {
        msgs.extend(end(watched, over));
    }
    (msgs, Vec::new())
}

/// Another second. One of a run that is not known leads to that run.
pub(super) fn ticked(link: &mut Link, told: &Ticked) -> Turn {
    let watched = &mut link.run;
    match watched.number {
        Some(run) if run == told.run => {}
        Some(run) if run > told.run => return Turn::default(), // of a run before
        _ => return (Vec::new(), vec![Call::new(&RunNow { run: Some(told.run) }, About::RunState)]),
    }
    if let Some(early) = &mut watched.early {
        early.push(told.second.clone());
        return Turn::default();
    }
    let Some(timeline) = &mut watched.timeline else { return Turn::default() };
    if told.second.interval.from > timeline.end_second() {
        // Seconds are missing in between: they may only be late for us.
        watched.early = Some(vec![told.second.clone()]);
        let command = BackfillRun { run: told.run, from: 0 };
        return (Vec::new(), vec![Call::new(&command, About::Backfill(told.run))]);
    }
    let before = timeline.interval_seconds();
    told.second.add_to(timeline);
    let mut msgs = if timeline.interval_seconds() == before {
        watch::last(timeline, &watched.goals)
    } else {
        watch::all(timeline, &watched.goals)
    };
    if told.tick.lost != watched.lost {
        watched.lost.clone_from(&told.tick.lost);
        msgs.push(Msg::RunLost(told.tick.lost.clone()));
    }
    if let Some(disk) = &told.tick.disk {
        msgs.push(Msg::Say(Tone::Warn, say::result_not_written(disk)));
    }
    (msgs, Vec::new())
}

/// What the target said of itself.
pub(super) fn noted(link: &mut Link, told: RunNoted) -> Turn {
    let watched = &mut link.run;
    if watched.number != Some(told.run) || watched.timeline.is_none() || told.before < watched.notes {
        return Turn::default(); // of another run, or known
    }
    if watched.early.is_some() {
        watched.early_notes.push(told);
        return Turn::default();
    }
    if told.before > watched.notes {
        let command = BackfillRun { run: told.run, from: 0 };
        watched.early = Some(Vec::new());
        watched.early_notes.push(told);
        return (Vec::new(), vec![Call::new(&command, About::Backfill(command.run))]);
    }
    watched.notes += 1;
    (vec![Msg::RunNoted(Box::new(told.noted))], Vec::new())
}

/// What was told of a run's end.
pub(super) fn ended(link: &mut Link, run: u64, over: Over) -> Turn {
    let watched = &mut link.run;
    if watched.number != Some(run) || !watched.goes_on {
        return Turn::default();
    }
    if watched.early.is_some() {
        watched.over = Some(over);
        return Turn::default();
    }
    (end(watched, over), Vec::new())
}

fn end(watched: &mut Watched, over: Over) -> Vec<Msg> {
    watched.goes_on = false;
    let mut msgs: Vec<Msg> = over.notes.into_iter().map(|note| Msg::Say(Tone::Warn, note)).collect();
    if let Ended::Broken(why) = &over.ended {
        msgs.push(Msg::Say(Tone::Bad, say::broke(why)));
    }
    let failure = || model::Failure { message: say::NO_RESULT.to_owned(), ..Default::default() };
    msgs.push(Msg::RunEnded(over.result.ok_or_else(failure)));
    msgs
}
