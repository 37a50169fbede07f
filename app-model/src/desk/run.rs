//! Practice runs: started, steered and carried on second by second, one at a time. Their seconds come from the core's pretend
//! server; all that follows is as in a real run, and the header says that it is practice. Must not know a clock.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use tidemark_core::logbook::{Closed, Logbook, Maker};
use tidemark_core::plan::Plan;
use tidemark_core::plan::curve::Steer;
use tidemark_core::practice::{DEMO, DEMO_SEED, DEMO_TITLE, DEMO_URL, Practice};
use tidemark_core::result::{self, Header};
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::verdict::Ended;
use tidemark_core::wire::event::{Changed, Event, RunEnded, RunEvent, RunStarted, Ticked};
use tidemark_core::wire::files::{Document, ResultEntry};
use tidemark_core::wire::run::{Backfill, Over, Overrides, Phase, RunFound, RunState, Seed, Started, Stop, Tick};
use tidemark_core::wire::shop::DemoStarted;
use tidemark_core::wire::table::{BackfillRun, RunNow, RunSamples, Samples, StartDemo, StartRun, SteerRun, StopRun};
use tidemark_core::wire::{self, Code, Failure, Second, shelf as names};

use super::answers::{Answer, Done};
use super::shelf::{ENTRIES, Look, SCENARIOS, Seen, Write, pieces_of};
use super::{Beat, Desk, plan, results, shelf};
use crate::text::desk as say;

const SECOND_MS: u64 = 1_000;
/// So many seconds are made up in one go after a page was asleep: it stays quick meanwhile.
const AT_ONCE: u32 = 10;

/// A run that goes on, or one that is over.
pub(super) struct Live {
    run: u64,
    /// The result's file.
    pub(super) file: String,
    practice: Practice,
    /// Until it is over.
    log: Option<Logbook>,
    closed: Option<Closed>,
    header: Header,
    phase: Phase,
    tick: Option<Tick>,
    started_ms: u64,
    /// How many pieces of its file were written.
    pieces: u32,
    /// How somebody told it to end.
    stop: Option<Stop>,
    /// Why its seconds can't be written at present.
    pub(super) disk: Option<String>,
    over: Option<Over>,
}

/// A run that is over, until its result is written.
pub struct End {
    over: Over,
}

impl Live {
    pub(super) fn goes_on(&self) -> bool {
        self.log.is_some()
    }

    fn timeline(&self) -> Option<&Timeline> {
        self.log.as_ref().map(Logbook::timeline).or(self.closed.as_ref().map(|closed| &closed.result.timeline))
    }

    fn events(&self) -> &[result::Event] {
        let log = self.log.as_ref().map(Logbook::events);
        log.or(self.closed.as_ref().map(|closed| &closed.result.events[..])).unwrap_or_default()
    }

    /// The next piece of the file, under a name that comes after all before it.
    fn piece(&mut self, bytes: Vec<u8>) -> Write {
        let path = format!("{}{:08}", pieces_of(&self.file), self.pieces);
        self.pieces += 1;
        Write::Put(path, bytes)
    }

    fn state(&self) -> RunState {
        RunState {
            run: self.run,
            phase: self.phase,
            header: self.header.clone(),
            result: Some(self.file.clone()),
            warnings: Vec::new(),
            tick: self.tick.clone(),
            events: self.events().to_vec(),
            over: self.over.clone(),
        }
    }
}

/// Date and time, as in RFC 3339.
fn moment(now_ms: u64) -> String {
    let ms = i64::try_from(now_ms).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(ms).map(|at| at.to_string()).unwrap_or_default()
}

impl Desk {
    fn is_busy(&self) -> bool {
        self.run.as_ref().is_some_and(Live::goes_on)
    }

    fn find(&mut self, run: u64) -> Result<&mut Live, Failure> {
        let gone = || Failure::new(Code::NotFound, say::run_gone(run), say::RUN_GONE_HINT);
        self.run.as_mut().filter(|live| live.run == run).ok_or_else(gone)
    }

    /// Starts a run of this plan.
    fn start(&mut self, plan: Plan, scenario: Value, seen: &Seen, now_ms: u64) -> Done<Started> {
        let started_at = moment(now_ms);
        let file = results::free_name(&names::result_name(&plan.name, &started_at), seen);
        let by = Maker {
            made_by: concat!("tidemark ", env!("CARGO_PKG_VERSION")).to_owned(),
            computer: self.who.computer.clone(),
            started_at,
            practice: true,
        };
        let (log, first) = Logbook::new(&plan, Header::of(&plan, scenario, by));
        self.runs += 1;
        let mut live = Live {
            run: self.runs,
            file: file.clone(),
            practice: Practice::new(Arc::new(plan)),
            header: log.header(),
            log: Some(log),
            closed: None,
            phase: Phase::Running,
            tick: None,
            started_ms: now_ms,
            pieces: 0,
            stop: None,
            disk: None,
            over: None,
        };
        // Until it ends, the file says that it broke off: so it stands if the page is closed or breaks down.
        let entry = match result::glance(&first) {
            Ok(glance) => ResultEntry::of(&file, glance, now_ms, first.len() as u64),
            Err(error) => ResultEntry::unreadable(&file, error.to_string(), now_ms, 0),
        };
        let writes = vec![live.piece(first), results::put_entry(&entry)];
        // A scenario may be long, and events are many: whoever wants it asks for the run's state.
        let header = Header { scenario: Value::Null, ..live.header.clone() };
        let begun = RunStarted { run: live.run, header, result: Some(file.clone()), warnings: Vec::new() };
        let started = Started { run: live.run, result: Some(file), warnings: Vec::new() };
        self.run = Some(live);
        let tell = vec![Event::RunStarted(Box::new(begun)), Event::LibraryChanged(Changed::Results)];
        Done::reply(started).writing(writes).held().telling(tell)
    }
}

impl Answer for StartRun {
    fn look(&self) -> Look {
        Look::folder(ENTRIES)
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<Started>, Failure> {
        if desk.is_busy() {
            return Err(Failure::busy());
        }
        let (plan, scenario) = plan::planned(desk, self.file.as_deref(), self.text, self.overrides)?;
        Ok(desk.start(plan, scenario, seen, now_ms))
    }
}

impl Answer for StartDemo {
    fn look(&self) -> Look {
        Look::folder(ENTRIES).and(Look::folder(SCENARIOS))
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<DemoStarted>, Failure> {
        if desk.is_busy() {
            return Err(Failure::busy());
        }
        let (file, is_new) = demo_file(seen);
        let overrides = Overrides { seed: Some(Seed(DEMO_SEED)), ..Overrides::default() };
        let (plan, scenario) = plan::planned(desk, Some(&file), DEMO.to_owned(), overrides)?;
        let Done { reply, mut writes, mut tell, .. } = desk.start(plan, scenario, seen, now_ms);
        if is_new {
            writes.push(Write::Put(shelf::scenario(&file)?, DEMO.into()));
            tell.insert(0, Event::LibraryChanged(Changed::Scenarios));
        }
        let document = Document { file, text: DEMO.to_owned(), revision: names::revision(DEMO.as_bytes()) };
        let started = DemoStarted { started: reply, document, url: DEMO_URL.to_owned() };
        Ok(Done::reply(started).writing(writes).held().telling(tell))
    }
}

/// The demo's file among the tests, and whether it is new. One that somebody changed is theirs now: the demo gets another.
fn demo_file(seen: &Seen) -> (String, bool) {
    let untouched = |(path, _): &(&str, &shelf::Kept)| path.starts_with(&format!("{SCENARIOS}{DEMO_TITLE}"));
    let there = seen.under(SCENARIOS).filter(untouched).find(|(_, kept)| kept.bytes == DEMO.as_bytes());
    match there.and_then(|(path, _)| path.strip_prefix(SCENARIOS)) {
        Some(file) => (file.to_owned(), false),
        None => {
            let usual = names::file_name(DEMO_TITLE, names::SCENARIO);
            (shelf::free(&usual, |name| seen.file(&format!("{SCENARIOS}{name}")).is_some()), true)
        }
    }
}

impl Answer for StopRun {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        let live = desk.find(self.run)?;
        if live.goes_on() {
            match self.how {
                Stop::Gently => live.practice.stop(),
                Stop::Now => live.practice.kill(),
            }
            live.stop = Some(self.how);
            live.phase = Phase::Stopping;
        }
        Ok(Done::reply(wire::Done {}))
    }
}

impl Answer for SteerRun {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        let live = desk.find(self.run)?;
        if live.header.searching {
            return Err(Failure::new(Code::Invalid, say::SEARCHING, say::SEARCHING_HINT));
        }
        let ending = || Err(Failure::new(Code::Invalid, say::ENDING, say::ENDING_HINT));
        live.phase = match (self.how, live.phase) {
            (_, Phase::Stopping | Phase::Over) => return ending(),
            (Steer::Hold, _) => Phase::Holding,
            (Steer::Resume, _) => Phase::Running,
            (Steer::People(_), phase) => phase,
        };
        let (run, second) = (live.run, live.practice.at());
        let changed = live.practice.steer(self.how);
        let noted = live.log.as_mut().filter(|_| changed).and_then(|log| log.steered(second, self.how));
        let done = Done::reply(wire::Done {});
        Ok(match noted {
            Some((piece, event)) => {
                let writes = vec![live.piece(piece)];
                done.writing(writes).held().telling(vec![Event::RunEvent(RunEvent { run, event })])
            }
            None => done,
        })
    }
}

impl Answer for RunNow {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<RunFound>, Failure> {
        let state = match self.run {
            Some(run) => Some(desk.find(run)?.state()),
            None => desk.run.as_ref().map(Live::state),
        };
        Ok(Done::reply(RunFound { state }))
    }
}

impl Answer for BackfillRun {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<Backfill>, Failure> {
        let live = desk.find(self.run)?;
        let empty = Backfill {
            seconds: Vec::new(),
            failures: Vec::new(),
            next: 0,
            seen: tidemark_core::wire::run::Seen::default(),
        };
        Ok(Done::reply(live.timeline().map_or(empty, |timeline| Backfill::of(timeline, self.from))))
    }
}

impl Answer for RunSamples {
    /// A pretend server's answers say nothing, so none are kept.
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<Samples>, Failure> {
        desk.find(self.run)?;
        Ok(Done::reply(Samples { samples: Vec::new() }))
    }
}

/// Carries the run on to this moment: all seconds that are over by then, as a page that sleeps misses some.
pub(super) fn beat(desk: &mut Desk, now_ms: u64) -> Beat {
    let mut events = Vec::new();
    let mut beat = Beat::default();
    let Some(live) = desk.run.as_mut().filter(|live| live.goes_on()) else { return beat };
    let due = u32::try_from(now_ms.saturating_sub(live.started_ms) / SECOND_MS).unwrap_or(u32::MAX);
    let mut over = false;
    for _ in 0..AT_ONCE {
        if live.practice.at() >= due && live.stop != Some(Stop::Now) {
            break;
        }
        match second(live, &mut events) {
            Some(piece) => beat.writes.push(live.piece(piece)),
            None => {
                over = true;
                break;
            }
        }
    }
    if over {
        beat.writes.extend(close(live, now_ms));
        beat.end = live.over.clone().map(|over| End { over });
    } else {
        let next_ms = live.started_ms + u64::from(live.practice.at() + 1) * SECOND_MS;
        beat.again_ms = Some(next_ms.saturating_sub(now_ms));
    }
    beat.told = events.into_iter().map(|event| desk.tell(event)).collect();
    beat
}

/// One second of the run, and the piece of its file; none once everybody is gone.
fn second(live: &mut Live, events: &mut Vec<Event>) -> Option<Vec<u8>> {
    let snapshot = live.practice.second()?;
    let log = live.log.as_mut()?;
    let entry = log.second(&snapshot);
    let run = live.run;
    events.extend(entry.events.into_iter().map(|event| Event::RunEvent(RunEvent { run, event })));
    let tick = log.tick(&snapshot, live.disk.clone());
    live.tick = Some(tick.clone());
    let second = Second::of(&snapshot, live.header.names.len(), live.header.warm_up_seconds);
    events.push(Event::Tick(Box::new(Ticked { run, tick, second })));
    if let Some(level) = entry.level {
        live.practice.go_to(level);
    }
    if entry.stop {
        live.practice.stop();
    }
    Some(entry.piece)
}

/// Sums the run up, and seals its file.
fn close(live: &mut Live, now_ms: u64) -> Vec<Write> {
    let Some(log) = live.log.take() else { return Vec::new() };
    let ended = match (live.stop, log.by_rule()) {
        (Some(Stop::Now), _) => Ended::Killed,
        (_, Some(rule)) => Ended::StopRule(rule.to_owned()),
        (Some(Stop::Gently), None) => Ended::Stopped,
        (None, None) => Ended::Finished,
    };
    let redactor = log.redactor().clone();
    let closed = log.close(ended.clone(), moment(now_ms));
    let mut verdict = closed.result.verdict.clone();
    redactor.verdict(&mut verdict);
    live.phase = Phase::Over;
    live.over = Some(Over { ended, verdict: Some(verdict), result: Some(live.file.clone()), notes: Vec::new() });
    let writes = results::put_whole(&live.file, closed.sealed(), now_ms);
    live.closed = Some(closed);
    writes
}

/// The end of a run, with what there is to know about its file.
pub(super) fn ended(desk: &mut Desk, End { mut over }: End, notes: Vec<String>) -> Option<Event> {
    over.notes = notes;
    let live = desk.run.as_mut()?;
    live.over = Some(over.clone());
    Some(Event::RunEnded(Box::new(RunEnded { run: live.run, over })))
}
