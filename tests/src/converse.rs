//! One conversation with the app, from an empty folder to a removed result, over whatever carries it. What was said is
//! written down without times, ports and counts, so that the transcripts of two ways to the app must be equal.

use std::collections::BTreeSet;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tidemark_core::result;
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::watch::{Track, Watched};
use tidemark_core::wire::event::Event;
use tidemark_core::wire::files::{ResultEntry, Stage};
use tidemark_core::wire::run::{Backfill, Over, Phase, RunFound, Seen, Stop};
use tidemark_core::wire::table::{
    BackfillRun, CheckScenario, CheckTarget, Hello, ImportResult, ListResults, ListScenarios, ReadResult, ReadScenario,
    RemoveResult, RemoveScenario, RenameScenario, RunNow, StartRun, StartTrial, StopRun, WriteScenario,
};
use tidemark_core::wire::trial::TryStep;
use tidemark_core::wire::{Command, Failure, Overrides, Seed, Told};

/// A way to the app.
pub trait Line {
    /// Does a command.
    fn call(&mut self, name: &str, body: Value) -> impl Future<Output = Result<Value, Failure>>;

    /// The next event since the line was opened; `None` where the line is cut.
    fn event(&mut self) -> impl Future<Output = Option<Told>>;
}

/// Nothing takes longer than this, or the conversation fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A typed command over a line.
///
/// # Errors
/// As the command.
///
/// # Panics
/// Where the line takes too long or the reply is not the command's.
pub async fn ask<C: Command>(line: &mut impl Line, command: &C) -> Result<C::Reply, Failure> {
    let body = serde_json::to_value(command).expect("a command is plain data");
    let reply = timed(C::NAME, line.call(C::NAME, body)).await?;
    let shown = reply.to_string();
    Ok(serde_json::from_value(reply).unwrap_or_else(|error| panic!("{} replied {shown}: {error}", C::NAME)))
}

async fn timed<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{what} took longer than {PATIENCE:?}"))
}

/// The scenario of the conversation: three people look at a shop for a minute.
fn scenario(shop: SocketAddr) -> String {
    let scenario = json!({
        "format": 1,
        "name": "Looking around",
        "targets": [ { "name": "Shop", "url": format!("http://{shop}"),
            "watch": [ { "metrics": "/health" }, { "process": std::process::id() } ] } ],
        "users": [ { "id": "visitor", "name": "Visitor", "pause": { "for": "50ms" }, "tasks": [ { "id": "look", "name": "Look",
            "steps": [ { "id": "home", "request": { "name": "Home", "url": "/", "check": [ { "status": 200 } ] } } ] } ] } ],
        "load": { "people": [ { "to": 3, "over": "0s" }, { "to": 3, "over": "60s" } ] },
        "goals": [ { "failures": { "below": "1%" } } ]
    });
    format!("{scenario:#}\n")
}

/// A conversation as it goes.
struct Talk<'a, L> {
    line: &'a mut L,
    said: Vec<String>,
    /// The number of the last event.
    heard: u64,
}

impl<L: Line> Talk<'_, L> {
    async fn ask<C: Command>(&mut self, command: &C) -> C::Reply {
        match ask(self.line, command).await {
            Ok(reply) => reply,
            Err(failure) => panic!("{}: {failure}\nso far: {:#?}", C::NAME, self.said),
        }
    }

    /// The failure of a command that must fail.
    async fn refused<C: Command>(&mut self, command: &C) -> Failure {
        match ask(self.line, command).await {
            Ok(_) => panic!("{} should have failed\nso far: {:#?}", C::NAME, self.said),
            Err(failure) => failure,
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        self.said.push(text.into());
    }

    /// The next event, which must have the next number.
    async fn event(&mut self) -> Event {
        let told = timed("an event", self.line.event()).await;
        let told = told.unwrap_or_else(|| panic!("the line was cut\nso far: {:#?}", self.said));
        assert!(self.heard == 0 || told.number == self.heard + 1, "event {} after {}", told.number, self.heard);
        self.heard = told.number;
        told.event
    }
}

/// Holds the conversation. `shop` answers 200 at `/`; the app's folder must be empty, and nothing else may use the app
/// meanwhile.
///
/// # Panics
/// Where the app does something else than it should, or the line breaks.
pub async fn transcript(line: &mut impl Line, shop: SocketAddr) -> Vec<String> {
    let mut talk = Talk { line, said: Vec::new(), heard: 0 };
    let text = scenario(shop);
    let hello = talk.ask(&Hello {}).await;
    talk.say(format!("hello, formats {} and {}", hello.scenario_format, hello.result_format));
    let file = write(&mut talk, &text).await;
    before_the_run(&mut talk, &file, &text).await;
    try_one(&mut talk, &file, &text).await;
    let over = run(&mut talk, &file, &text).await;
    look_back(&mut talk, &over.result.expect("the run kept a result")).await;
    tidy_up(&mut talk, &file).await;
    talk.said
}

/// Writes a scenario, twice, and sees to it that a stale writer is told.
async fn write(talk: &mut Talk<'_, impl Line>, text: &str) -> String {
    let new = WriteScenario { file: None, text: text.to_owned(), revision: None };
    let written = talk.ask(&new).await;
    talk.say(format!("written to {}", written.file));
    let again = WriteScenario {
        file: Some(written.file.clone()),
        text: format!("{text}\n"),
        revision: Some(written.revision.clone()),
    };
    let newer = talk.ask(&again).await;
    let stale = talk.refused(&WriteScenario { text: text.to_owned(), ..again.clone() }).await;
    let found = stale.found.expect("a conflict shows what is there");
    assert_eq!((found.text.as_str(), &found.revision), (again.text.as_str(), &newer.revision));
    talk.say(format!("a stale writer: {}: {} {}", stale.code.word(), stale.message, stale.hint));
    let read = talk.ask(&ReadScenario { file: written.file.clone() }).await;
    assert_eq!((read.text, read.revision), (again.text, newer.revision));
    let listed = talk.ask(&ListScenarios {}).await.scenarios;
    talk.say(format!("listed: {:?}", listed.iter().map(|entry| (&entry.file, &entry.title)).collect::<Vec<_>>()));
    for _ in 0..2 {
        let event = talk.event().await;
        talk.say(format!("told: {event:?}"));
    }
    written.file
}

async fn before_the_run(talk: &mut Talk<'_, impl Line>, file: &str, text: &str) {
    let overrides = Overrides::default();
    let (file, text) = (Some(file.to_owned()), text.to_owned());
    let problems =
        talk.ask(&CheckScenario { file: file.clone(), text: text.clone(), overrides: overrides.clone() }).await;
    talk.say(format!("problems: {:?}", problems.problems));
    let facts = talk.ask(&CheckTarget { file, text, overrides }).await;
    let hosts: Vec<_> = facts.hosts.iter().map(|host| (&host.host, host.distance, host.allowed)).collect();
    talk.say(format!("hosts: {hosts:?}, unreachable: {:?}", facts.unreachable));
    let unknown = talk.line.call("app.fly", json!({})).await.expect_err("there is no such command");
    talk.say(format!("{}: {unknown}", unknown.code.word()));
    let nonsense = talk.line.call("run.stop", json!({ "run": "first" })).await.expect_err("it makes no sense");
    talk.say(format!("{}: {nonsense}", nonsense.code.word()));
}

async fn try_one(talk: &mut Talk<'_, impl Line>, file: &str, text: &str) {
    let start = StartTrial {
        file: Some(file.to_owned()),
        text: text.to_owned(),
        overrides: Overrides::default(),
        user: None,
        task: None,
        skip_pauses: true,
        by_hand: false,
        row: None,
    };
    let trial = talk.ask(&start).await.trial;
    loop {
        let Event::TryEvent(told) = talk.event().await else { panic!("an event that is not of the trial") };
        assert_eq!(told.trial, trial);
        match &told.step {
            TryStep::Sent(sent) => talk.say(format!("tried: {} sent", sent.label)),
            TryStep::Answered(answered) => talk.say(format!("tried: {} {:?}", answered.label, answered.status)),
            TryStep::Left(left) => break talk.say(format!("tried: left, {:?}", left.how)),
            TryStep::Waited(_) | TryStep::Measured(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Runs until two seconds were told, and stops gently.
async fn run(talk: &mut Talk<'_, impl Line>, file: &str, text: &str) -> Over {
    let overrides = Overrides { seed: Some(Seed(7)), ..Overrides::default() };
    let start = StartRun { file: Some(file.to_owned()), text: text.to_owned(), overrides, raised: false };
    let started = talk.ask(&start).await;
    let busy = talk.refused(&start).await;
    talk.say(format!("a second run: {}: {busy}", busy.code.word()));
    let (mut next, mut timeline) = (0, None::<Timeline>);
    let (mut notes, mut watched) = (0, Watched::default());
    loop {
        match talk.event().await {
            Event::RunStarted(told) => {
                assert_eq!((told.run, &told.result), (started.run, &started.result));
                talk.say(format!("{} started with seed {}", told.header.title, told.header.seed));
                watched = Watched::of(told.header.watched);
                timeline = Some(Timeline::new(told.header.names, told.header.warm_up_seconds));
            }
            Event::Tick(told) => {
                assert_eq!(told.second.interval.from, next, "seconds come in order");
                next += 1;
                told.second.add_to(timeline.as_mut().expect("a run starts before it ticks"));
                if next == 2 {
                    in_the_middle(talk, started.run).await;
                }
            }
            Event::RunNoted(told) => {
                assert_eq!((told.run, told.before), (started.run, notes), "notes come in order");
                notes += 1;
                watched.follow(told.noted);
            }
            Event::RunEnded(told) => {
                let names = timeline.as_ref().map(|timeline| timeline.names().to_vec()).unwrap_or_default();
                let whole: Backfill = talk.ask(&BackfillRun { run: started.run, from: 0 }).await;
                assert_eq!(Some(whole.timeline(names, 0)), timeline, "late or live, the seconds are the same");
                assert_eq!(whole.seen, Seen { notes, watched: watched.clone() }, "what was watched is, too");
                talk.say(format!(
                    "watched: {:?}",
                    watched.sources.iter().map(|one| (&one.name, &one.why)).collect::<Vec<_>>()
                ));
                let seen = |track: &Track| !track.points.is_empty();
                talk.say(format!(
                    "seen: {:?}",
                    watched.tracks.iter().filter(|track| seen(track)).map(|track| &track.name).collect::<BTreeSet<_>>()
                ));
                assert!(told.over.verdict.is_some(), "a run that ended has a verdict");
                talk.say(format!("ended: {:?}", told.over.ended));
                return told.over;
            }
            // A busy computer may have its say.
            Event::RunEvent(_) | Event::LibraryChanged(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

async fn in_the_middle(talk: &mut Talk<'_, impl Line>, run: u64) {
    let now: RunFound = talk.ask(&RunNow { run: None }).await;
    let state = now.state.expect("a run is under way");
    assert!(state.tick.is_some_and(|tick| tick.seconds >= 2 && tick.finished > 0));
    talk.say(format!("under way: {:?}", state.phase));
    let growing = talk.ask(&ListResults {}).await.results;
    talk.say(format!("results meanwhile: {:?}", stages(&growing)));
    talk.ask(&StopRun { run, how: Stop::Gently }).await;
    let state = talk.ask(&RunNow { run: Some(run) }).await.state.expect("the run is known");
    talk.say(format!("told to stop: {}", state.phase != Phase::Running));
}

fn stages(results: &[ResultEntry]) -> Vec<(&str, Stage)> {
    results.iter().map(|entry| (entry.title.as_str(), entry.stage)).collect()
}

/// Finds the result, opens it, takes it in a second time.
async fn look_back(talk: &mut Talk<'_, impl Line>, file: &str) {
    while talk.event().await != Event::LibraryChanged(tidemark_core::wire::event::Changed::Results) {}
    let listed = talk.ask(&ListResults {}).await.results;
    talk.say(format!("results: {:?}", stages(&listed)));
    let bytes = talk.ask(&ReadResult { file: file.to_owned() }).await.bytes;
    let opened = result::read(&bytes.0).expect("the result can be read");
    assert!(opened.summary.all.count > 0 && opened.complete);
    // How often something was asked hangs on how long the stop took.
    let without_counts = |note: &String| {
        note.split(' ').filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit())).collect::<Vec<_>>().join(" ")
    };
    let notes: Vec<String> = opened.notes.iter().map(without_counts).collect();
    talk.say(format!("opened: {}, sealed {}, {notes:?}", opened.header.title, opened.header.sealed));
    let copy = talk.ask(&ImportResult { name: "A copy".to_owned(), bytes }).await;
    talk.say(format!("taken in as {}", copy.file));
    for file in [file, &copy.file] {
        talk.ask(&RemoveResult { file: file.to_owned() }).await;
    }
    let left = talk.ask(&ListResults {}).await.results;
    talk.say(format!("results left: {:?}", stages(&left)));
}

async fn tidy_up(talk: &mut Talk<'_, impl Line>, file: &str) {
    let renamed = talk.ask(&RenameScenario { file: file.to_owned(), to: "Old".to_owned() }).await;
    talk.say(format!("renamed to {}", renamed.file));
    talk.ask(&RemoveScenario { file: renamed.file.clone() }).await;
    let gone = talk.refused(&ReadScenario { file: renamed.file }).await;
    talk.say(format!("removed: {}", gone.code.word()));
}
