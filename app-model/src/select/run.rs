//! The run page: tiles, what is slowest now, how far it is. Must not merge percentiles.

use tidemark_core::result::Event;
use tidemark_core::traffic::Kind;
use tidemark_core::units::{grouped, one_in, plain_time};
use tidemark_core::verdict::words::{clock, failure};

use crate::chart::Source;
use crate::model::{FailureRow, Lately, LiveRow, Measured, Model, Phase, PreviewState, Run, Second};
use crate::text::{chart as say_chart, load as say_load, run as say};

/// A tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Its word in test ids: `people`, `rate`, `typical`, `p95`, `failed`.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The number, as large as it gets; "–" where there is none.
    pub value: String,
    /// A second line, such as "of 60 planned".
    pub note: String,
    /// Whether to look at it.
    pub warn: bool,
}

/// The tiles, from the latest second that says something.
pub fn tiles(run: &Run) -> Vec<Tile> {
    let last = run.seconds.last();
    let tile = |key, label, value: Option<String>, note: String, warn| Tile {
        key,
        label,
        value: value.unwrap_or_else(|| say::NOTHING.to_owned()),
        note,
        warn,
    };
    let finished: u64 = run.seconds.iter().map(|second| second.finished).sum();
    let failed: u64 = run.seconds.iter().map(Second::failures).sum();
    // One second without answers must not empty the tiles; ten must.
    let recent = run.seconds.iter().rev().take(10).find(|second| second.p50_us.is_some());
    let time = |us: Option<u64>| us.map(plain_time);
    vec![
        tile(
            "people",
            say::PEOPLE,
            last.map(|second| grouped(u64::from(second.active))),
            // Nobody is planned any more when it is over, while the last are still on their way.
            last.filter(|_| run.phase.goes_on()).map(|second| say::planned(second.planned)).unwrap_or_default(),
            false,
        ),
        tile("rate", say::RATE, last.and_then(|second| second.per_second()).map(rate), String::new(), false),
        tile("typical", say::TYPICAL, time(recent.and_then(|second| second.p50_us)), say::HALF.to_owned(), false),
        tile("p95", say::P95, time(recent.and_then(|second| second.p95_us)), String::new(), false),
        tile(
            "failed",
            say::FAILED,
            (finished > 0).then(|| grouped(failed)),
            if finished > 0 { one_in(failed, finished) } else { String::new() },
            failed > 0,
        ),
    ]
}

fn rate(per_second: f64) -> String {
    if per_second >= 9.95 || per_second == 0.0 {
        grouped(per_second.round() as u64)
    } else {
        format!("{per_second:.1}")
    }
}

/// One of the slowest names now.
#[derive(Debug, Clone, PartialEq)]
pub struct Slow {
    /// The name in results.
    pub label: String,
    /// How slow.
    pub time: String,
    /// What that is based on, where it is not what the heading says.
    pub note: String,
    /// Its share of the slowest, for a bar.
    pub share: f64,
}

/// The slowest names now, slowest first.
pub fn slowest(rows: &[LiveRow], most: usize) -> Vec<Slow> {
    let mut known: Vec<(&str, Lately)> = rows.iter().filter_map(|row| Some((row.label.as_str(), row.now?))).collect();
    known.sort_by(|a, b| b.1.us.cmp(&a.1.us).then_with(|| a.0.cmp(b.0)));
    let top = known.first().map_or(1, |(_, now)| now.us.max(1)) as f64;
    let slow = |(label, now): (&str, Lately)| Slow {
        label: label.to_owned(),
        time: plain_time(now.us),
        note: note(&now),
        share: now.us as f64 / top,
    };
    known.into_iter().take(most).map(slow).collect()
}

/// What a time is based on, where it is not 95 of 100 over the last ten seconds.
fn note(now: &Lately) -> String {
    match now.measure {
        Measured::P95 if now.seconds <= say::LATELY_SECONDS => String::new(),
        Measured::P95 => say::p95_lately(now.seconds),
        Measured::Longest => say::longest_lately(now.answers, now.seconds),
    }
}

/// Failures by kind, most first: the sentence, and how many.
pub fn failures(run: &Run) -> Vec<(Kind, u64)> {
    let mut all: Vec<(Kind, u64)> = Vec::new();
    for (kind, count) in run.seconds.iter().flat_map(|second| &second.failed) {
        match all.iter_mut().find(|(known, _)| known == kind) {
            Some((_, sum)) => *sum += count,
            None => all.push((*kind, *count)),
        }
    }
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

/// How far the run is: seconds gone, of how many, and the share from 0 to 1.
pub fn progress(run: &Run) -> (u32, Option<u32>, Option<f64>) {
    let gone = run.seconds.last().map_or(0, |second| second.at + second.span());
    let planned = run.head.planned_seconds;
    (gone, planned, planned.map(|planned| (f64::from(gone) / f64::from(planned.max(1))).min(1.0)))
}

/// Whether nothing has answered for ten seconds although people are there.
pub fn silent(run: &Run) -> bool {
    let last: Vec<&Second> = run.seconds.iter().rev().take(10).collect();
    run.phase.goes_on() && last.len() == 10 && last.iter().all(|second| second.finished == 0 && second.active > 0)
}

/// Whether this computer is the limit just now: for three seconds on end.
pub fn strained(run: &Run) -> bool {
    let last: Vec<&Second> = run.seconds.iter().rev().take(3).collect();
    last.len() == 3 && last.iter().all(|second| second.suspect)
}

/// The state beside the title.
pub fn state(run: &Run) -> &'static str {
    match run.phase {
        Phase::Starting => say::STARTING,
        Phase::Running => say::RUNNING,
        Phase::Holding => say::HOLDING,
        Phase::Stopping => say::STOPPING,
        Phase::Ended(_) => say::ENDED,
        Phase::Broken(_) => say::BROKEN,
    }
}

/// So many moments have a number; more would hide the charts.
const MOST_MOMENTS: usize = 12;

/// What happened at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The second.
    pub second: u32,
    /// Its number in the charts; none where there are too many.
    pub number: Option<String>,
    /// "06:40".
    pub time: String,
    /// What happened, a sentence each.
    pub texts: Vec<String>,
}

/// What happened, by moment. Failures that come one right after the other are one moment.
pub fn moments(events: &[Event]) -> Vec<Moment> {
    let mut moments: Vec<(Moment, bool)> = Vec::new();
    let mut sorted: Vec<&Event> = events.iter().collect();
    sorted.sort_by_key(|event| event.second);
    for event in sorted {
        let failure = event.what == "first-failure";
        let known = moments.last_mut().filter(|(last, failures)| {
            last.second == event.second || (failure && *failures && event.second.saturating_sub(last.second) <= 2)
        });
        match known {
            Some((last, failures)) => {
                last.texts.push(event.text.clone());
                *failures &= failure;
            }
            None => {
                let number = (moments.len() < MOST_MOMENTS).then(|| (moments.len() + 1).to_string());
                let texts = vec![event.text.clone()];
                moments.push((Moment { second: event.second, number, time: clock(event.second), texts }, failure));
            }
        }
    }
    moments.into_iter().map(|(moment, _)| moment).collect()
}

/// Markers for the charts: the second and the number.
pub fn markers(events: &[Event]) -> Vec<(u32, String)> {
    moments(events).into_iter().filter_map(|moment| Some((moment.second, moment.number?))).collect()
}

/// What the charts of a run are drawn from.
pub fn with_source<T>(run: &Run, look: impl FnOnce(Source) -> T) -> T {
    let goals: Vec<(String, u64)> = run.head.goal_lines.iter().map(|(_, us)| (say_chart::goal(*us), *us)).collect();
    let markers = markers(&run.events);
    look(Source { seconds: &run.seconds, plan: &run.head.plan, goals: &goals, markers: &markers })
}

/// What the charts of a run show, from second to second: all of the plan, or the last minute.
pub fn range(run: &Run, last_minute: bool) -> (f64, f64) {
    let gone = run.seconds.last().map_or(0, |second| second.at + second.span());
    if last_minute {
        let end = f64::from(gone.max(60));
        return (end - 60.0, end);
    }
    let plan = run.head.plan.last().map_or(0.0, |(us, _)| *us as f64 / 1e6);
    let planned = run.head.planned_seconds.map_or(plan, f64::from);
    // Without a known end there is room for what comes.
    let open = if planned > 0.0 { planned } else { (f64::from(gone) * 1.25).max(30.0) };
    (0.0, open.max(f64::from(gone)).max(10.0))
}

/// The line over the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Name of the test and of the load.
    pub title: String,
    /// Where the requests go.
    pub target: String,
    /// The state's word.
    pub state: &'static str,
    /// `live`, `over` or `broken`, for its look.
    pub tone: &'static str,
    /// "03:12 of 11:00".
    pub time: String,
    /// How far it is, from 0 to 1; none where the plan has no end.
    pub share: Option<f64>,
    /// Whether it can be told to stop.
    pub goes_on: bool,
    /// Whether it was told to stop.
    pub stopping: bool,
    /// Whether the number of people is held.
    pub holding: bool,
    /// Whether it looks for the limit.
    pub searching: bool,
    /// The result, once it is over.
    pub result: Option<String>,
    /// Why it broke, if it did.
    pub broken: Option<String>,
    /// Whether the numbers are pretended.
    pub practice: bool,
    /// What to know about this computer.
    pub warnings: Vec<String>,
}

/// The line over the run.
pub fn head(run: &Run) -> Head {
    let (gone, planned, share) = progress(run);
    Head {
        title: run.head.title.clone(),
        target: run.head.target.clone(),
        state: state(run),
        tone: match run.phase {
            Phase::Ended(_) => "over",
            Phase::Broken(_) => "broken",
            _ => "live",
        },
        time: say::gone(&clock(gone), planned.map(clock).as_deref()),
        share,
        goes_on: run.phase.goes_on(),
        stopping: run.phase == Phase::Stopping,
        holding: run.phase == Phase::Holding,
        searching: run.head.searching,
        result: if let Phase::Ended(result) = &run.phase { Some(result.clone()) } else { None },
        broken: if let Phase::Broken(why) = &run.phase { Some(why.clone()) } else { None },
        practice: run.head.practice,
        warnings: run.head.warnings.clone(),
    }
}

/// How it goes so far, in a sentence.
pub fn ticker(run: &Run) -> String {
    match run.says.as_str() {
        "" if run.phase.goes_on() => say::SOON.to_owned(),
        says => says.to_owned(),
    }
}

/// This computer: in words, and whether it is the limit.
pub fn computer(run: &Run) -> (String, bool) {
    let cpu = run.seconds.iter().rev().take(5).find_map(|second| second.cpu);
    (say::computer(strained(run), cpu), strained(run))
}

/// One kind of failure of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureLine {
    /// "8×".
    pub count: String,
    /// The step.
    pub label: String,
    /// What went wrong.
    pub text: String,
    /// "03:02–03:10".
    pub when: String,
    /// The kind's word, by which samples are asked for.
    pub kind: &'static str,
    /// Its particulars.
    pub detail: String,
}

/// What failed, newest first.
pub fn failure_lines(run: &Run) -> Vec<FailureLine> {
    let mut rows: Vec<&FailureRow> = run.failures.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.last_second, row.count)));
    rows.into_iter()
        .map(|row| FailureLine {
            count: say::times(row.count),
            label: row.label.clone(),
            text: failure(row.kind, &row.detail),
            when: say::between(&clock(row.first_second), &clock(row.last_second)),
            kind: row.kind.word(),
            detail: row.detail.clone(),
        })
        .collect()
}

/// Numbers of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// The name in results.
    pub label: String,
    /// How many were sent and ended.
    pub sent: String,
    /// How many of them failed.
    pub failed: String,
    /// Whether any did.
    pub bad: bool,
    /// How slow it is now.
    pub time: String,
    /// What that is based on, where it is not what the heading says.
    pub note: String,
}

/// Numbers by step.
pub fn step_rows(run: &Run) -> Vec<StepRow> {
    let cells = |row: &LiveRow| StepRow {
        label: row.label.clone(),
        sent: grouped(row.finished),
        failed: grouped(row.failed),
        bad: row.failed > 0,
        time: row.now.map_or_else(|| say::NOTHING.to_owned(), |now| plain_time(now.us)),
        note: row.now.as_ref().map(note).unwrap_or_default(),
    };
    run.rows.iter().map(cells).collect()
}

/// What a run of the open test would do.
pub fn before(model: &Model) -> Option<String> {
    let test = model.test.as_ref()?;
    let scenario = test.doc.scenario();
    let (length, peak) = super::load::extent(&scenario.load);
    let arrivals = crate::doc::edit::load::counts_arrivals(&scenario.load);
    let requests = match &test.preview {
        PreviewState::Ready(preview, at) if *at == test.doc.revision() => Some(preview.requests),
        _ => None,
    };
    let target = scenario.targets.first().map_or("", |target| target.name.as_str());
    Some(say::before(&say::load(peak, arrivals), &say_load::at(length), requests, target))
}

/// What to tell who sees a run for the first time, and the number of it.
pub fn coach(run: &Run) -> Option<(usize, &'static str)> {
    let gone = run.seconds.last().map_or(0, |second| second.at);
    let told = say::COACH.iter().enumerate().rev().find(|(_, (from, _))| *from <= gone);
    let text = |at: usize, text: &'static str| if at == 0 && run.head.practice { say::COACH_PRACTICE } else { text };
    told.filter(|_| run.demo && run.phase.goes_on()).map(|(at, (_, told))| (at, text(at, told)))
}
