//! Bytes to values: sealed files, files of runs that broke off, and files cut anywhere.
//!
//! Reads every format up to its own, skips what it doesn't know, and takes bounded time and memory whatever the bytes.

use std::io::{BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;

use crate::limit::Limit;
use crate::result::lines::{IntervalLine, Line, Part};
use crate::result::{Ending, Event, FORMAT, Header, MOST_NAMES, Opened, Sample, gathered};
use crate::stats::summary::Summary;
use crate::stats::timeline::{FailureGroup, Timeline, Totals};
use crate::verdict::{Case, Ended, Verdict, judge, words};
use crate::watch::Watched;

/// The most bytes of a file once decompressed.
const MOST_BYTES: u64 = 1 << 30;

/// The most bytes of one line.
const MOST_LINE: u64 = 64 << 20;

/// The most events and samples that are kept.
const MOST_EXTRAS: usize = 10_000;

/// The latest second that makes sense: ten years.
const LAST_SECOND: u32 = 10 * 366 * 86_400;

/// Why a file could not be opened at all. Reads after "could not open the result: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not gzip, or no JSON lines inside, or their first one is no header.
    #[error("this is not a Tidemark result file")]
    NotAResult,
    /// Made by a later version.
    #[error("it was made by a newer version of Tidemark (format {found}, this one reads up to {FORMAT})")]
    Newer {
        /// Its format.
        found: u64,
    },
    /// Its header makes no sense.
    #[error("its first line makes no sense: {0}")]
    BadHeader(String),
    /// Far more than any run makes.
    #[error("it is larger than any result can be")]
    TooLarge,
}

/// Opens a result file. A file that breaks off opens with everything up to its last whole line, and says so.
///
/// # Errors
/// Where not even a header can be read, or the file is absurdly large.
pub fn read(bytes: &[u8]) -> Result<Opened, Unreadable> {
    let mut lines = Lines::new(bytes);
    let header = header(&lines.next()?.ok_or(Unreadable::NotAResult)?)?;
    let mut reading = Reading::new(header);
    while let Some(line) = lines.next()? {
        match serde_json::from_slice(&line) {
            Ok(line) => reading.take(line),
            Err(_) => reading.skipped += 1,
        }
    }
    Ok(reading.finish(lines.broken))
}

/// The header in the first line.
pub(super) fn header(line: &[u8]) -> Result<Header, Unreadable> {
    let value: serde_json::Value = serde_json::from_slice(line).map_err(|_| Unreadable::NotAResult)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    let (Some("header"), Some(found)) = (value.get("kind").and_then(|kind| kind.as_str()), format) else {
        return Err(Unreadable::NotAResult);
    };
    if found > u64::from(FORMAT) {
        return Err(Unreadable::Newer { found });
    }
    let header: Header = serde_json::from_slice(line).map_err(|error| {
        // The place is one in unpacked text that nobody sees.
        let what = error.to_string();
        Unreadable::BadHeader(what.split(" at line ").next().unwrap_or_default().to_owned())
    })?;
    if header.names.len() > MOST_NAMES {
        return Err(Unreadable::BadHeader(format!("more than {MOST_NAMES} names")));
    }
    Ok(header)
}

/// The whole lines of a compressed file.
pub(super) struct Lines<'a> {
    from: BufReader<std::io::Take<MultiGzDecoder<&'a [u8]>>>,
    read: u64,
    /// Whether the file ends within a line or a member.
    broken: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { from: BufReader::new(MultiGzDecoder::new(bytes).take(MOST_BYTES + 1)), read: 0, broken: false }
    }

    /// The next whole line; `None` at the end, or where the file is cut or damaged.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        let mut line = Vec::new();
        let result = (&mut self.from).take(MOST_LINE + 1).read_until(b'\n', &mut line);
        self.read += line.len() as u64;
        if self.read > MOST_BYTES || line.len() as u64 > MOST_LINE {
            return Err(Unreadable::TooLarge);
        }
        let whole = result.is_ok() && line.ends_with(b"\n");
        self.broken |= result.is_err() || (!whole && !line.is_empty());
        Ok(whole.then_some(line))
    }
}

/// What was read so far.
struct Reading {
    header: Header,
    timeline: Timeline,
    events: Vec<Event>,
    samples: Vec<Sample>,
    watched: Watched,
    totals: [Option<Totals>; 2],
    summary: Option<Summary>,
    verdict: Option<Verdict>,
    ending: Option<Ending>,
    skipped: u32,
}

impl Reading {
    fn new(header: Header) -> Self {
        let timeline = Timeline::new(header.names.clone(), header.warm_up_seconds);
        Self {
            watched: Watched::of(header.watched.clone()),
            header,
            timeline,
            events: Vec::new(),
            samples: Vec::new(),
            totals: [None, None],
            summary: None,
            verdict: None,
            ending: None,
            skipped: 0,
        }
    }

    /// Takes one line.
    fn take(&mut self, line: Line) {
        match line {
            Line::Interval(line) => self.take_interval(&line),
            Line::Event(event) if self.events.len() < MOST_EXTRAS => self.events.push(event),
            Line::Sample(sample) if self.samples.len() < MOST_EXTRAS => self.samples.push(*sample),
            Line::Totals(line) => match line.to_totals(self.header.names.len()) {
                Ok(totals) => self.totals[usize::from(line.part == Part::Measured)] = Some(totals),
                Err(_) => self.skipped += 1,
            },
            Line::Noted(noted) if noted.second < LAST_SECOND => self.watched.take(noted),
            Line::Watched(watched) => self.watched = watched.sane(LAST_SECOND),
            Line::Summary(summary) => self.summary = Some(*summary),
            Line::Verdict(verdict) => self.verdict = Some(*verdict),
            Line::End(ending) => self.ending = Some(ending),
            Line::Event(_) | Line::Sample(_) | Line::Noted(_) | Line::Header(_) => self.skipped += 1,
            Line::Unknown => {}
        }
    }

    /// Takes one interval, if it makes sense.
    fn take_interval(&mut self, line: &IntervalLine) {
        let sane = line.from < LAST_SECOND && (1..LAST_SECOND).contains(&line.seconds);
        let interval = line.to_interval(self.header.names.len(), self.header.warm_up_seconds);
        let Some(interval) = interval.ok().filter(|_| sane) else {
            self.skipped += 1;
            return;
        };
        for failure in line.failures.iter().filter(|failure| failure.name.at() < self.header.names.len()) {
            self.timeline.add_failure(&FailureGroup::of(failure, line.from, interval.people.active));
        }
        self.timeline.put_back(interval);
    }

    /// Adds up what is missing and says what is.
    fn finish(mut self, broken: bool) -> Opened {
        self.watched = self.watched.sealed();
        let mut notes = Vec::new();
        let exact = match self.totals {
            [Some(warm), Some(measured)] => {
                self.timeline.restore(warm, measured);
                true
            }
            _ => {
                self.timeline.recount();
                false
            }
        };
        let complete = !broken && self.ending.is_some();
        if !complete {
            let end = words::clock(self.timeline.end_second());
            notes.push(format!("This file breaks off at {end}; everything up to there is shown."));
        }
        if !exact {
            notes.push("It was not sealed, so its percentiles are exact to 1 %.".to_owned());
        }
        notes.extend(self.watched.missing());
        if self.skipped > 0 {
            notes.push(format!("{} of its lines could not be read and were left out.", self.skipped));
        }
        if let Some(summary) = &self.summary {
            summary.failures.iter().for_each(|group| self.timeline.add_failure(group));
        }
        let summary = self.summary.filter(|_| exact).unwrap_or_else(|| Summary::of(&self.timeline));
        let broke_off = Ended::Broken("the file ends here".to_owned());
        let searching = self.header.searching;
        let verdict = self.verdict.unwrap_or_else(|| {
            let verdict = judge(&Case {
                timeline: &self.timeline,
                goals: &self.header.goals,
                planned_seconds: self.header.planned_seconds,
                ended: self.ending.as_ref().map_or(&broke_off, |ending| &ending.ended),
                worst: None,
                watched: &self.watched,
            });
            if searching { Limit::cut().verdict(verdict, &self.watched, self.header.warm_up_seconds) } else { verdict }
        });
        let Self { header, timeline, events, samples, watched, ending, .. } = self;
        let events = gathered(events, &timeline);
        Opened { header, timeline, events, samples, watched, summary, verdict, ending, complete, notes }
    }
}
