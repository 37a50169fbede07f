//! Values to bytes: one gzip member after the other while the run goes on, and the sealed file at its end.
//!
//! Every text passes the redactor here, whatever was done before. Must not know where the bytes go.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::result::lines::{IntervalLine, Line, Part, TotalsLine};
use crate::result::{Ending, Event, FORMAT, Header, Redactor, Sample};
use crate::stats::interval::Interval;
use crate::stats::snapshot::Snapshot;
use crate::stats::summary::Summary;
use crate::stats::timeline::Timeline;
use crate::verdict::Verdict;
use crate::watch::{Noted, Watched};

/// Makes the pieces of a file that is still growing. Each piece is whole in itself; append them in the order made.
#[derive(Debug)]
pub struct Writer {
    redactor: Redactor,
    names: usize,
    warm_up: u32,
}

impl Writer {
    /// For a run with these secrets.
    pub fn new(redactor: Redactor) -> Self {
        Self { redactor, names: 0, warm_up: 0 }
    }

    /// The first piece of a file.
    pub fn header(&mut self, header: &Header) -> Vec<u8> {
        (self.names, self.warm_up) = (header.names.len(), header.warm_up_seconds);
        let line = header_line(header, false, &self.redactor);
        member(&[line])
    }

    /// One second.
    pub fn second(&mut self, snapshot: &Snapshot) -> Vec<u8> {
        let interval = Interval::of(snapshot, self.names, snapshot.second < self.warm_up);
        let mut failures = snapshot.failures.clone();
        failures.iter_mut().for_each(|failure| self.redactor.edit(&mut failure.detail));
        member(&[Line::Interval(Box::new(IntervalLine::of(&interval, failures)))])
    }

    /// Something that happened.
    pub fn event(&mut self, event: &Event) -> Vec<u8> {
        member(&[event_line(event, &self.redactor)])
    }

    /// A failed request.
    pub fn sample(&mut self, sample: &Sample) -> Vec<u8> {
        member(&[sample_line(sample, &self.redactor)])
    }

    /// A look at something that is watched, without secrets.
    pub fn noted(&mut self, noted: Noted) -> Vec<u8> {
        member(&[Line::Noted(noted)])
    }

    /// The last piece.
    pub fn end(&mut self, ending: &Ending) -> Vec<u8> {
        member(&[end_line(ending, &self.redactor)])
    }
}

/// Everything that a sealed file holds.
#[derive(Debug, Clone, Copy)]
pub struct RunRecord<'a> {
    /// What was run.
    pub header: &'a Header,
    /// All seconds.
    pub timeline: &'a Timeline,
    /// What happened.
    pub events: &'a [Event],
    /// Failed requests.
    pub samples: &'a [Sample],
    /// What the target said of itself, without secrets.
    pub watched: &'a Watched,
    /// The totals.
    pub summary: &'a Summary,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// How it ended.
    pub ending: &'a Ending,
}

/// The sealed file: at most 600 intervals, exact totals, summary and verdict.
pub fn seal(run: &RunRecord, redactor: &Redactor) -> Vec<u8> {
    let mut file = member(&[header_line(run.header, true, redactor)]);
    let intervals = run.timeline.intervals().iter().map(|one| IntervalLine::of(one, Vec::new()));
    let mut lines: Vec<_> = intervals.map(|line| Line::Interval(Box::new(line))).collect();
    lines.extend(run.events.iter().map(|event| event_line(event, redactor)));
    lines.extend(run.samples.iter().map(|sample| sample_line(sample, redactor)));
    if !run.watched.is_empty() {
        lines.push(Line::Watched(Box::new(run.watched.clone())));
    }
    file.extend(member(&lines));
    let (mut summary, mut verdict) = (run.summary.clone(), run.verdict.clone());
    redactor.summary(&mut summary);
    redactor.verdict(&mut verdict);
    file.extend(member(&[
        Line::Totals(Box::new(TotalsLine::of(Part::WarmUp, run.timeline.warm()))),
        Line::Totals(Box::new(TotalsLine::of(Part::Measured, run.timeline.measured()))),
        Line::Summary(Box::new(summary)),
        Line::Verdict(Box::new(verdict)),
        end_line(run.ending, redactor),
    ]));
    file
}

fn header_line(header: &Header, sealed: bool, redactor: &Redactor) -> Line {
    Line::Header(Box::new(Header { format: FORMAT, sealed, ..header.scrubbed(redactor) }))
}

impl Header {
    /// The same without the secrets of `redactor`.
    pub fn scrubbed(&self, redactor: &Redactor) -> Self {
        let mut header = Self { scenario: redactor.value(&self.scenario), ..self.clone() };
        let texts = [&mut header.title, &mut header.target, &mut header.environment, &mut header.computer];
        texts.into_iter().for_each(|text| redactor.edit(text));
        header.names.iter_mut().for_each(|name| redactor.name(name));
        header.goals.iter_mut().for_each(|goal| redactor.goal(goal));
        header.watched.iter_mut().for_each(|name| redactor.edit(name));
        header
    }
}

fn event_line(event: &Event, redactor: &Redactor) -> Line {
    Line::Event(Event { text: redactor.text(&event.text), ..event.clone() })
}

fn sample_line(sample: &Sample, redactor: &Redactor) -> Line {
    Line::Sample(Box::new(Sample {
        detail: redactor.text(&sample.detail),
        request: sample.request.scrubbed(redactor),
        answer: sample.answer.as_ref().map(|answer| answer.scrubbed(redactor)),
        ..*sample
    }))
}

fn end_line(ending: &Ending, redactor: &Redactor) -> Line {
    let mut ending = ending.clone();
    redactor.ended(&mut ending.ended);
    Line::End(ending)
}

/// One gzip member that holds these lines.
fn member(lines: &[Line]) -> Vec<u8> {
    // In one piece, as compressing has a price for each piece, and a line is written in hundreds.
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line).expect("every line is plain data, and memory doesn't fail");
        text.push(b'\n');
    }
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(&text).expect("memory doesn't fail");
    zip.finish().expect("memory doesn't fail")
}
