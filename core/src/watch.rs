//! What the target said of itself while it was loaded: series of its `/metrics` pages and of its processes, one value a step,
//! with gaps where it said nothing.
//!
//! Values in, values out. Must not know how anything is asked, nor what a request is.

use serde::{Deserialize, Serialize};

use crate::result::Redactor;

mod choice;
pub mod exposition;
mod page;
mod suspects;
mod words;

pub use page::{MOST_SERIES, Page};
pub use suspects::{Move, Suspect, suspects};
pub(crate) use words::hint;
pub use words::value;

/// A sealed file has no more values of a series than this: neighbours are put together.
const MOST_POINTS: usize = 600;

/// The most series of a run.
const MOST_TRACKS: usize = 400;

/// What processors did for a process, as a series.
pub const CPU: &str = "CPU";

/// What memory a process held, as a series.
pub const MEMORY: &str = "memory";

/// The most sources of a run.
pub const MOST_SOURCES: usize = 16;

/// What a series counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things.
    Number,
    /// Things a second.
    PerSecond,
    /// A share of time: 1 is one processor core, or all of it.
    Share,
    /// Bytes.
    Bytes,
    /// Bytes a second.
    BytesPerSecond,
    /// Seconds.
    Seconds,
}

impl Unit {
    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::PerSecond => "per-second",
            Self::Share => "share",
            Self::Bytes => "bytes",
            Self::BytesPerSecond => "bytes-per-second",
            Self::Seconds => "seconds",
        }
    }
}

/// Something that is watched beside the load.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// What people call it.
    pub name: String,
    /// How often it was asked.
    #[serde(default)]
    pub asked: u32,
    /// How often it said nothing of use.
    #[serde(default)]
    pub missed: u32,
    /// Why, the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// Of which source, by index.
    pub source: u16,
    /// What it is called there.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// How many seconds lie between two values, where none is missing.
    pub step: u32,
    /// Seconds of the run, rising, and the value in each.
    pub points: Vec<(u32, f64)>,
}

/// All that was watched during a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Watched {
    /// What was asked.
    pub sources: Vec<Source>,
    /// What it said.
    pub tracks: Vec<Track>,
}

/// A value of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What the series is called.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// The value; finite.
    pub value: f64,
}

/// What came of asking a source once.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which one, by index.
    pub source: u16,
    /// The second of the run that it is about.
    pub second: u32,
    /// How many seconds lie between two of its readings.
    pub step: u32,
    /// What it said, or why nothing.
    pub said: Result<Vec<Value>, String>,
}

/// A reading as it stands in a file under way: series are named when they come first, and numbers from then on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    /// Which source.
    pub source: u16,
    /// The second of the run.
    pub second: u32,
    /// Why it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<String>,
    /// Series that come here first; they follow those known, without points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<Track>,
    /// Numbers of series, and their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(u16, f64)>,
}

impl Watched {
    /// Nothing yet of these sources.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let source = |name| Source { name, ..Source::default() };
        Self { sources: names.into_iter().take(MOST_SOURCES).map(source).collect(), tracks: Vec::new() }
    }

    /// Whether anything was to be watched.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The name of a track's source; empty where the file doesn't know it.
    pub fn source(&self, track: &Track) -> &str {
        self.sources.get(usize::from(track.source)).map_or("", |source| &source.name)
    }

    /// A reading as it is to be noted, without secrets. Takes it in.
    pub fn read(&mut self, reading: Reading, redactor: &Redactor) -> Noted {
        let Reading { source, second, step, said } = reading;
        let mut noted = Noted { source, second, missed: None, new: Vec::new(), values: Vec::new() };
        match said {
            Err(why) => noted.missed = Some(redactor.text(&why)),
            Ok(values) => {
                for Value { name, unit, value } in values {
                    let name = redactor.text(&name);
                    let all = self.tracks.iter().chain(&noted.new);
                    let same = |track: &Track| (track.source, track.unit, &track.name) == (source, unit, &name);
                    let known = all.clone().position(same);
                    let at = known.unwrap_or_else(|| {
                        noted.new.push(Track { source, name: name.clone(), unit, step, points: Vec::new() });
                        self.tracks.len() + noted.new.len() - 1
                    });
                    noted.values.extend(u16::try_from(at).ok().map(|at| (at, rounded(value))));
                }
            }
        }
        self.take(noted.clone());
        noted
    }

    /// Takes a note in. What makes no sense is left out.
    pub fn take(&mut self, noted: Noted) {
        let Some(source) = self.sources.get_mut(usize::from(noted.source)) else { return };
        source.asked = source.asked.saturating_add(1);
        if let Some(why) = noted.missed {
            source.missed = source.missed.saturating_add(1);
            source.why.get_or_insert(why);
        }
        let room = MOST_TRACKS.saturating_sub(self.tracks.len());
        self.tracks.extend(noted.new.into_iter().take(room).map(|track| Track { points: Vec::new(), ..track }));
        for (at, value) in noted.values {
            let Some(track) = self.tracks.get_mut(usize::from(at)) else { continue };
            match track.points.last_mut() {
                _ if !value.is_finite() => {}
                // Asked twice about the same second, the later answer is nearer its end.
                Some(last) if last.0 == noted.second => last.1 = value,
                Some(last) if last.0 > noted.second => {}
                _ => track.points.push((noted.second, value)),
            }
        }
    }

    /// Takes a note in where the run is followed: what grows long is put together, so that a day of it costs little.
    pub fn follow(&mut self, noted: Noted) {
        let touched: Vec<usize> = noted.values.iter().map(|(at, _)| usize::from(*at)).collect();
        self.take(noted);
        for at in touched {
            if let Some(track) = self.tracks.get_mut(at).filter(|track| track.points.len() > 2 * MOST_POINTS) {
                track.thin();
            }
        }
    }

    /// The same as it stands in a sealed file: no series has more than 600 values.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.tracks.iter_mut().for_each(Track::thin);
        self
    }

    /// The same without what makes no sense, as anything may stand in a file.
    #[must_use]
    pub fn sane(mut self, last_second: u32) -> Self {
        self.sources.truncate(MOST_SOURCES);
        let sources = self.sources.len();
        self.tracks.retain(|track| usize::from(track.source) < sources);
        self.tracks.truncate(MOST_TRACKS);
        for track in &mut self.tracks {
            track.step = track.step.max(1);
            let mut next = 0;
            track.points.retain(|(second, value)| {
                let good = value.is_finite() && *second >= next && *second < last_second;
                next = if good { second + 1 } else { next };
                good
            });
        }
        self
    }
}

/// What a series did, in four numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Its least value.
    pub least: f64,
    /// The mean of its values.
    pub mean: f64,
    /// Its greatest.
    pub most: f64,
    /// Its last.
    pub last: f64,
}

impl Track {
    /// What it did; `None` without any value.
    pub fn extent(&self) -> Option<Extent> {
        let values = || self.points.iter().map(|(_, value)| *value);
        let (least, most) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
        let mean = rounded(values().sum::<f64>() / self.points.len() as f64);
        Some(Extent { least, mean, most, last: values().next_back()? })
    }

    /// The value that stands for a second; `None` in a gap.
    pub fn at(&self, second: u32) -> Option<f64> {
        let after = self.points.partition_point(|(at, _)| *at <= second);
        let (at, value) = *self.points.get(after.checked_sub(1)?)?;
        (second - at < self.step.max(1)).then_some(value)
    }

    /// The values of a stretch of seconds.
    pub fn within(&self, from: u32, to: u32) -> &[(u32, f64)] {
        let first = self.points.partition_point(|(second, _)| *second < from);
        let last = self.points.partition_point(|(second, _)| *second < to);
        &self.points[first.min(last)..last]
    }

    /// Puts neighbours together, as their mean, until there are few enough.
    fn thin(&mut self) {
        let span = self.points.last().map_or(0, |last| last.0) / self.step.max(1) + 1;
        let together = (span as usize).div_ceil(MOST_POINTS) as u32 * self.step.max(1);
        if together <= self.step.max(1) && self.points.len() <= MOST_POINTS {
            return;
        }
        let bucket = |second: u32| second / together;
        let chunks = self.points.chunk_by(|a, b| bucket(a.0) == bucket(b.0));
        let mean = |chunk: &[(u32, f64)]| chunk.iter().map(|(_, value)| value).sum::<f64>() / chunk.len() as f64;
        self.points = chunks.map(|chunk| (bucket(chunk[0].0) * together, rounded(mean(chunk)))).collect();
        self.step = together;
    }
}

/// To six digits: more are noise, and make a file long.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10_f64.powi(5 - value.abs().log10().floor() as i32);
    let near = (value * scale).round() / scale;
    if near.is_finite() { near } else { value }
}

#[cfg(test)]
mod tests;
