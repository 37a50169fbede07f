//! What a run would do, as it is shown: shares of picks, requests and time beside each other, one pretend person, the data
//! it needs, and what should be looked at before.
//!
//! Must not send anything, nor work anything out that the core does.

mod heads_up;
mod work;

use tidemark_core::preview::{Entry, Preview, TableUse, What};
use tidemark_core::problem::Problem;
use tidemark_core::units::{grouped, plain_bytes, plain_time};

pub use heads_up::{Help, Note, Tone, heads_up, stops};
pub use work::{assumed, assumptions, work_out};

use crate::doc::edit::share::split;
use crate::model::{Model, PreviewState};
use crate::select::mix::{band, colour};
use crate::text::preview as say;

/// Shares further apart than this are explained.
const APART: f64 = 0.05;
/// How high a row of the picture is, in pixels.
pub const ROW: f64 = 56.0;
/// How wide the ribbons are, in pixels.
pub const WIDE: f64 = 120.0;
/// How thick all ribbons of a user type are together, in pixels.
const THICK: f64 = 44.0;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Nothing yet.
    #[default]
    Nothing,
    /// The preview.
    Ready,
    /// The preview from before, while another is worked out.
    Before,
    /// The problems that stop it.
    Stopped,
}

/// What is shown, and whether the test has been changed since.
pub fn shown(model: &Model) -> (Shown, bool) {
    let Some(test) = &model.test else { return Default::default() };
    match &test.preview {
        PreviewState::Unasked => (Shown::Nothing, false),
        PreviewState::Working(working) if working.before.is_none() => (Shown::Nothing, false),
        PreviewState::Working(_) => (Shown::Before, false),
        PreviewState::Ready(_, revision) => (Shown::Ready, *revision != test.doc.revision()),
        PreviewState::Stopped(_) => (Shown::Stopped, false),
    }
}

/// How far a preview is that takes long, in whole percent.
pub fn progress(model: &Model) -> Option<u32> {
    match &model.test.as_ref()?.preview {
        PreviewState::Working(working) if working.slow => Some((working.done * 100.0) as u32),
        _ => None,
    }
}

/// The preview that is shown.
pub fn ready(model: &Model) -> Option<&Preview> {
    match &model.test.as_ref()?.preview {
        PreviewState::Ready(preview, _) => Some(preview),
        PreviewState::Working(working) => working.before.as_ref().map(|(preview, _)| &**preview),
        _ => None,
    }
}

/// The problems that stop it.
pub fn stopping(model: &Model) -> Vec<Problem> {
    match model.test.as_ref().map(|test| &test.preview) {
        Some(PreviewState::Stopped(problems)) => problems.clone(),
        _ => Vec::new(),
    }
}

/// The lines above and below the picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// "Up to 60 people for 11 min."
    pub about: String,
    /// "You will send about 18,400 requests · 28 per second at the busiest · 41 MB out."
    pub sends: String,
    /// "Expected luck: Browse will land between 58 % and 62 %."
    pub luck: String,
    /// "4187"
    pub seed: String,
}

/// The lines above and below the picture.
pub fn lines(preview: &Preview) -> Lines {
    let length = say::length(preview.duration_us);
    let about = match preview.arrivals {
        Some(arrivals) => say::arrivals(&grouped(arrivals), &length),
        None => say::people_for(preview.peak_people, &length),
    };
    let tasks = preview.users.iter().flat_map(|user| user.tasks.iter().map(move |task| (user, task)));
    let by_luck = tasks.filter(|(_, task)| task.luck.0 < task.luck.1);
    let most = by_luck.max_by(|(a, x), (b, y)| (a.picks as f64 * x.picked).total_cmp(&(b.picks as f64 * y.picked)));
    Lines {
        about,
        sends: say::sends(preview.requests, preview.requests_per_second, &plain_bytes(preview.bytes_out)),
        luck: most.map(|(_, task)| say::luck(&task.name, task.luck)).unwrap_or_default(),
        seed: preview.seed.to_string(),
    }
}

/// A row of the picture and of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The task's name, or what is done on arrival and before leaving.
    pub name: String,
    /// Its colour's number, and a letter from the seventh on; none outside of tasks.
    pub colour: Option<(usize, Option<char>)>,
    /// Share of picks, from 0 to 1, and in whole percent; none outside of tasks.
    pub picked: Option<(f64, u32)>,
    /// The range of picks by luck, in words; empty where nothing is left to it.
    pub by_luck: String,
    /// Share of requests.
    pub requests: (f64, u32),
    /// Share of time; none outside of tasks.
    pub time: Option<(f64, u32)>,
    /// Requests each time, in words; empty outside of tasks.
    pub each: String,
    /// Why picks and requests are so far apart; empty where they are not.
    pub why: String,
}

/// A user type with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// "42 people · 1,200 picks · 9,100 requests (61 % of all)".
    pub says: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The ribbons: the path, the colour's number, and whether nobody goes there.
    pub ribbons: Vec<(String, usize, bool)>,
    /// How high the rows are together, in pixels.
    pub height: f64,
}

/// The picture, by user type. The table says the same numbers.
pub fn kinds(preview: &Preview) -> Vec<Kind> {
    preview.users.iter().map(|user| kind(user, preview.requests)).collect()
}

fn kind(user: &tidemark_core::preview::UserPreview, all: u64) -> Kind {
    let whole =
        |shares: &[f64]| if shares.iter().sum::<f64>() > 0.0 { split(shares, 100) } else { vec![0; shares.len()] };
    let of = |read: fn(&tidemark_core::preview::TaskPreview) -> f64| user.tasks.iter().map(read).collect::<Vec<f64>>();
    let picked = whole(&of(|task| task.picked));
    let time = whole(&of(|task| task.share_of_time));
    let outside = user.share_outside_tasks;
    let requests = whole(&[of(|task| task.share_of_requests), vec![outside]].concat());
    let mut rows: Vec<Row> = Vec::new();
    for (at, task) in user.tasks.iter().enumerate() {
        let apart = (task.share_of_requests - task.picked).abs() > APART;
        let usual = super::preview::others(user, at);
        rows.push(Row {
            name: task.name.clone(),
            colour: Some(colour(at)),
            picked: Some((task.picked, picked[at])),
            by_luck: if task.luck.0 < task.luck.1 { say::between(task.luck) } else { String::new() },
            requests: (task.share_of_requests, requests[at]),
            time: Some((task.share_of_time, time[at])),
            each: say::each(task.requests_per_pick),
            why: if apart {
                say::why(&task.name, picked[at], requests[at], task.requests_per_pick, usual, outside > APART)
            } else {
                String::new()
            },
        });
    }
    if outside > 0.0 {
        rows.push(Row {
            name: say::OUTSIDE.to_owned(),
            colour: None,
            picked: None,
            by_luck: String::new(),
            requests: (outside, requests[user.tasks.len()]),
            time: None,
            each: String::new(),
            why: String::new(),
        });
    }
    let height = rows.len() as f64 * ROW;
    let mut from = (height - THICK) / 2.0;
    let ribbon = |(at, task): (usize, &tidemark_core::preview::TaskPreview)| {
        let px = (task.picked * THICK).max(2.0);
        let path = band(from + px / 2.0, (at as f64 + 0.5) * ROW, WIDE, px);
        from += task.picked * THICK;
        (path, colour(at).0, task.picked <= 0.0)
    };
    let ribbons = user.tasks.iter().enumerate().map(ribbon).collect();
    Kind { name: user.name.clone(), says: say::kind(user.heads, user.picks, user.requests, all), rows, ribbons, height }
}

/// Requests each time of all other tasks together.
fn others(user: &tidemark_core::preview::UserPreview, but: usize) -> f64 {
    let rest = || user.tasks.iter().enumerate().filter(|(at, _)| *at != but).map(|(_, task)| task);
    let picks: f64 = rest().map(|task| task.picked).sum();
    let requests: f64 = rest().map(|task| task.picked * task.requests_per_pick).sum();
    if picks > 0.0 { requests / picks } else { 0.0 }
}

/// A line of what one pretend person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// "2.9 s"
    pub at: String,
    /// What it is, for its look: `arrive`, `task`, `send`, `wait`, `fail`, `leave`.
    pub what: &'static str,
    /// The sentence.
    pub says: String,
    /// What was sent, or what was saved from the answer.
    pub more: String,
}

/// What one pretend person does.
pub fn journey(preview: &Preview) -> Vec<Line> {
    preview.journey.iter().filter(|entry| entry.what != What::Measure).map(line).collect()
}

fn line(entry: &Entry) -> Line {
    let saved = entry.saved.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(" · ");
    let (what, says, more) = match entry.what {
        What::Arrive => ("arrive", say::arrives(&entry.name), String::new()),
        What::Task => ("task", entry.name.clone(), String::new()),
        What::Send => ("send", format!("{} {}", entry.method, path_of(&entry.url)), saved),
        What::Wait | What::Measure => ("wait", say::waits(&plain_time(entry.length_us)), String::new()),
        What::Fail => ("fail", crate::text::sentence(&entry.name), String::new()),
        What::Leave => ("leave", say::LEAVES.to_owned(), String::new()),
    };
    Line { at: say::at(entry.at_us), what, says, more }
}

/// An address without its host, which is the same all the time.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// How many rows of a data table are needed and there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// The table's name.
    pub name: String,
    /// "60 of 40 rows are needed".
    pub says: String,
    /// Whether there are too few.
    pub short: bool,
}

/// What a run needs of each data table.
pub fn data(preview: &Preview) -> Vec<Data> {
    let one = |table: &TableUse| Data {
        name: table.name.clone(),
        says: say::rows(table.rows, table.needed),
        short: table.needed.is_some_and(|needed| needed > table.rows),
    };
    preview.tables.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
