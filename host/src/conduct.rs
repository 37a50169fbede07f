//! The one road a run takes: plan, engine, timeline, live judging, a file that grows every second, and at the end summary,
//! verdict and the sealed file.
//!
//! Every program on top of the host runs its tests through here. Must not print, and must not end a run because of a disk.

mod file;
mod place;

pub use tidemark_core::wire::Tick;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tidemark_core::limit::RAMP_SECONDS;
use tidemark_core::logbook::{Entry, Logbook, Maker};
use tidemark_core::plan::curve::Steer;
use tidemark_core::plan::{Plan, Slice};
use tidemark_core::result::{Event, Header, Message, Opened, Redactor, Sample};
use tidemark_core::stats::snapshot::Snapshot;
use tidemark_core::units::Span;
use tidemark_core::verdict::Ended;
use tidemark_core::watch::{Noted, Reading};
use tidemark_engine::run::{self, Running, Setup};
use tidemark_engine::samples as engine_samples;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::failure::{Code, Failure};
use crate::feeds::Feeds;
use crate::watch::{self, Watching};
use file::Growing;

/// What is to be run.
#[derive(Debug)]
pub struct Order {
    /// The plan.
    pub plan: Arc<Plan>,
    /// The scenario as it stands in the file, for the result.
    pub scenario: Value,
    /// Where the result goes.
    pub out: Out,
    /// Worker threads; 0 for one per processor core.
    pub workers: usize,
    /// Hosts beyond this computer that may be loaded.
    pub allowed: Vec<String>,
    /// What to write down with the result before anything happens, such as why a limit is raised.
    pub remark: Option<String>,
    /// Who is told of every second as it ends.
    pub feeds: Option<Feeds>,
}

/// Where a result goes. An existing file is never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// Nowhere.
    Nowhere,
    /// Into this file.
    File(PathBuf),
    /// Into a new file in this folder, named after the scenario and the time; into the folder for temporary files where
    /// that takes none.
    NewIn(PathBuf),
}

/// What can be told to a run under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Let people finish.
    Stop,
    /// End it at once.
    Kill,
    /// Change the load from now on.
    Steer(Steer),
}

/// What a run tells while it goes on.
#[derive(Debug)]
pub enum News<'a> {
    /// It has begun.
    Begun {
        /// What is run, without secrets.
        header: &'a Header,
        /// Where its result grows, if anywhere.
        path: Option<&'a Path>,
        /// What to know about this computer, such as a low limit of open files.
        warnings: &'a [String],
    },
    /// Another second, in full, without secrets.
    Second(&'a Snapshot),
    /// The same second in a few numbers.
    Tick(&'a Tick),
    /// A request that failed, without secrets.
    Sample(&'a Sample),
    /// Something happened.
    Event(&'a Event),
    /// What was seen of the target, without secrets.
    Noted(&'a Noted),
}

/// A run that is over.
#[derive(Debug)]
pub struct Done {
    /// All of it, as if the result had been opened.
    pub result: Opened,
    /// The result file.
    pub path: Option<PathBuf>,
    /// What to know about the result file, such as that it had to go elsewhere.
    pub notes: Vec<String>,
}

/// Runs a plan to its end, or until it is told to stop.
///
/// # Errors
/// It could not begin: no place for the result, or the engine can't start. Once begun, there is always a result.
pub async fn conduct(
    mut order: Order,
    commands: &mut UnboundedReceiver<Command>,
    tell: &mut dyn FnMut(News),
) -> Result<Done, Failure> {
    let _file_size = ignore_file_size_signal();
    let started = jiff::Timestamp::now();
    let (growing, mut notes) = place::make(&order.out, &order.plan.name, &started.to_string())?;
    let setup = Setup {
        plan: order.plan.clone(),
        slice: Slice::WHOLE,
        workers: order.workers,
        allowed: order.allowed.clone(),
        started_wall_us: started.as_microsecond(),
    };
    let running = run::start(setup).map_err(|error| {
        if let Some(growing) = &growing {
            let _ = std::fs::remove_file(growing.path());
        }
        Failure::new(Code::Invalid, format!("The run could not start: {error}."), "")
    })?;
    let warnings: Vec<String> = running.warnings().iter().cloned().chain(watch::warnings(&order.plan)).collect();
    let mut watching = Watching::begin(&order.plan, &order.allowed, tokio::time::Instant::now());
    let mut road = Road::new(&order, header(&order, &started.to_string()), growing);
    road.feeds = order.feeds.take();
    if let Some(feeds) = &mut road.feeds {
        feeds.begin(&road.log.header());
    }
    tell(News::Begun {
        header: &road.log.header(),
        path: road.growing.as_ref().map(Growing::path),
        warnings: &warnings,
    });
    if let Some(remark) = &order.remark {
        road.remark(remark, tell);
    }
    let ended = road.follow(running, &mut watching, commands, tell).await;
    drop(watching);
    road.fed(&mut notes, tell).await;
    let (result, path) = road.end(ended, &mut notes);
    Ok(Done { result, path, notes })
}

/// So that a file which gets too large is an error that the run survives, and not its end.
#[cfg(unix)]
fn ignore_file_size_signal() -> Option<tokio::signal::unix::Signal> {
    const SIGXFSZ: i32 = 25;
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(SIGXFSZ)).ok()
}

#[cfg(not(unix))]
fn ignore_file_size_signal() {}

fn header(order: &Order, started_at: &str) -> Header {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let by = Maker {
        made_by: concat!("tidemark ", env!("CARGO_PKG_VERSION")).to_owned(),
        computer: format!("{} {}, {cores} cores", std::env::consts::OS, std::env::consts::ARCH),
        started_at: started_at.to_owned(),
        practice: false,
    };
    Header::of(&order.plan, order.scenario.clone(), by)
}

/// A run on its way.
struct Road {
    log: Logbook,
    growing: Option<Growing>,
    had_trouble: Option<String>,
    feeds: Option<Feeds>,
}

impl Road {
    fn new(order: &Order, header: Header, growing: Option<Growing>) -> Self {
        let (log, first) = Logbook::new(&order.plan, header);
        let mut road = Self { log, growing, had_trouble: None, feeds: None };
        road.append(&first);
        road
    }

    fn append(&mut self, piece: &[u8]) {
        append(&mut self.growing, &mut self.had_trouble, piece);
    }

    async fn follow(
        &mut self,
        mut running: Running,
        watching: &mut Option<Watching>,
        commands: &mut UnboundedReceiver<Command>,
        tell: &mut dyn FnMut(News),
    ) -> run::Ended {
        let mut listening = true;
        loop {
            let event = tokio::select! {
                event = running.next() => event,
                reading = seen(watching) => {
                    let (piece, noted) = self.log.looked_at(reading);
                    tell(News::Noted(&noted));
                    self.append(&piece);
                    continue;
                }
                command = commands.recv(), if listening => {
                    match command {
                        Some(Command::Stop) => running.stop(),
                        Some(Command::Kill) => running.kill(),
                        // A search goes by what it sees; a load that somebody else changes says nothing.
                        Some(Command::Steer(_)) if self.log.is_searching() => {}
                        Some(Command::Steer(steer)) => {
                            if let Some(second) = running.steer(steer) {
                                self.steered(second, steer, tell);
                            }
                        }
                        None => listening = false,
                    }
                    continue;
                }
            };
            match event {
                Some(run::Event::Second(mut snapshot)) => {
                    snapshot.failures.iter_mut().for_each(|failure| self.log.redactor().edit(&mut failure.detail));
                    let entry = self.second(&snapshot, tell);
                    if let Some(level) = entry.level {
                        running.go_to(level, Span::from_secs(u64::from(RAMP_SECONDS)));
                    }
                    if entry.stop {
                        running.stop();
                    }
                }
                Some(run::Event::Sample(sample)) => self.sample(&sample, tell),
                Some(run::Event::Ended(ended)) => return ended,
                None => return run::Ended::Broken("its workers fell silent".to_owned()),
            }
        }
    }

    /// Takes a second; what it asks of the run.
    fn second(&mut self, snapshot: &Snapshot, tell: &mut dyn FnMut(News)) -> Entry {
        let entry = self.log.second(snapshot);
        entry.events.iter().for_each(|event| tell(News::Event(event)));
        self.append(&entry.piece);
        let disk = self.growing.as_ref().and_then(|growing| growing.trouble.clone());
        tell(News::Second(snapshot));
        let mut tick = self.log.tick(snapshot, disk);
        if let Some(feeds) = &mut self.feeds {
            feeds.second(snapshot);
            tick.lost = feeds.missing();
        }
        tell(News::Tick(&tick));
        entry
    }

    /// What did not reach those who were told of every second stands in the result, too.
    async fn fed(&mut self, notes: &mut Vec<String>, tell: &mut dyn FnMut(News<'_>)) {
        let Some(feeds) = self.feeds.take() else { return };
        for text in feeds.end().await {
            if let Some((piece, event)) = self.log.not_told(&text) {
                tell(News::Event(&event));
                self.append(&piece);
            }
            notes.push(text);
        }
    }

    /// The operator changed the load: it stands in the result.
    fn steered(&mut self, second: u32, steer: Steer, tell: &mut dyn FnMut(News)) {
        if let Some((piece, event)) = self.log.steered(second, steer) {
            tell(News::Event(&event));
            self.append(&piece);
        }
    }

    /// What the operator has to say stands in the result.
    fn remark(&mut self, text: &str, tell: &mut dyn FnMut(News)) {
        if let Some((piece, event)) = self.log.remark(text) {
            tell(News::Event(&event));
            self.append(&piece);
        }
    }

    fn sample(&mut self, sample: &engine_samples::Sample, tell: &mut dyn FnMut(News)) {
        let second = u32::try_from(sample.at_us / 1_000_000).unwrap_or(u32::MAX);
        let redactor = self.log.redactor();
        let sample = Sample {
            second,
            name: sample.name,
            failure: sample.kind,
            detail: redactor.text(&sample.detail),
            people: self.log.people(),
            response_us: None,
            request: message(&sample.request, redactor),
            answer: Some(&sample.answer).filter(|text| !text.is_empty()).map(|text| message(text, redactor)),
        };
        if let Some((piece, sample)) = self.log.sample(sample) {
            tell(News::Sample(sample));
            self.append(&piece);
        }
    }

    /// Sums up, judges, and seals the file.
    fn end(self, ended: run::Ended, notes: &mut Vec<String>) -> (Opened, Option<PathBuf>) {
        let ended = match (ended, self.log.by_rule()) {
            (run::Ended::Stopped | run::Ended::Finished, Some(rule)) => Ended::StopRule(rule.to_owned()),
            (run::Ended::Stopped, None) if self.log.search_is_over() => Ended::Finished,
            (run::Ended::Finished, None) => Ended::Finished,
            (run::Ended::Stopped, None) => Ended::Stopped,
            (run::Ended::Killed, _) => Ended::Killed,
            (run::Ended::StopTest(trouble), _) => {
                let words = tidemark_core::verdict::words::failure(trouble.kind, &trouble.detail);
                Ended::Step(self.log.redactor().text(&words))
            }
            (run::Ended::Broken(why), _) => Ended::Broken(why),
        };
        let Self { log, mut growing, mut had_trouble, .. } = self;
        let closed = log.close(ended, jiff::Timestamp::now().to_string());
        notes.extend(closed.result.notes.iter().cloned());
        append(&mut growing, &mut had_trouble, &closed.piece);
        let path =
            growing.as_ref().and_then(|growing| place::keep(growing, &closed.sealed(), had_trouble.as_deref(), notes));
        (closed.result, path)
    }
}

/// What is seen next. Never ready where nothing is watched.
async fn seen(watching: &mut Option<Watching>) -> Reading {
    if let Some(eyes) = watching {
        if let Some(reading) = eyes.next().await {
            return reading;
        }
        *watching = None;
    }
    std::future::pending().await
}

/// Adds a piece to the file, if there is one, and notes what was in the way.
fn append(growing: &mut Option<Growing>, had_trouble: &mut Option<String>, piece: &[u8]) {
    if let Some(growing) = growing {
        growing.append(piece);
        if growing.trouble.is_some() {
            had_trouble.clone_from(&growing.trouble);
        }
    }
}

/// A request or an answer from its text.
fn message(text: &str, redactor: &Redactor) -> Message {
    let (head, body) = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")).unwrap_or((text, ""));
    Message::new(head.as_bytes(), body.as_bytes(), body.len() as u64, redactor)
}
