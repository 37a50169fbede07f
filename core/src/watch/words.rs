//! What was watched, in words: values, hints, and what is missing. Must not compute what is said.

use super::{MEMORY, Move, Source, Suspect, Track, Unit, Watched};
use crate::units::{clock, grouped, plain_bytes, plain_time};
use crate::verdict::goal::digits;

/// So many suspects are named.
const NAMED: usize = 3;

/// A value with its unit.
pub fn value(value: f64, unit: Unit) -> String {
    let bytes = |value: f64| {
        let sign = if value < 0.0 { "−" } else { "" };
        format!("{sign}{}", plain_bytes(value.abs().round() as u64))
    };
    match unit {
        Unit::Number => number(value),
        Unit::PerSecond => format!("{}/s", number(value)),
        Unit::Share => format!("{} %", digits(value * 100.0)),
        Unit::Bytes => bytes(value),
        Unit::BytesPerSecond => format!("{}/s", bytes(value)),
        Unit::Seconds if value < 0.0 => format!("{} s", digits(value)),
        Unit::Seconds => plain_time((value * 1e6).round() as u64),
    }
}

fn number(value: f64) -> String {
    if value >= 1_000.0 { grouped(value.round() as u64) } else { digits(value) }
}

impl Suspect {
    /// What it did, to read on after other words.
    fn words(&self) -> String {
        let (from, to) = (value(self.from, self.unit), value(self.to, self.unit));
        let way = match self.did {
            Move::Full => format!("filled up, from {from} to {to}"),
            Move::Moved if self.to >= self.from => format!("rose from {from} to {to}"),
            Move::Moved => format!("fell from {from} to {to}"),
        };
        format!("{} of {} {way} at {}", self.series, self.source, clock(self.second))
    }
}

/// The suspects in a sentence; none without any.
pub(crate) fn hint(suspects: &[Suspect]) -> Option<String> {
    let named: Vec<String> = suspects.iter().take(NAMED).map(Suspect::words).collect();
    let more = match suspects.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" So did {more} more."),
    };
    (!named.is_empty()).then(|| format!("May be worth a look: {}.{more}", named.join("; ")))
}

impl Source {
    /// What is missing of it; none where it always answered.
    pub fn missing(&self) -> Option<String> {
        let Source { name, asked, missed, why } = self;
        if *asked == 0 {
            return Some(format!("{name} did not answer before the end."));
        }
        let why = why.as_ref().map_or(String::new(), |why| format!(": {}", why.trim_end_matches('.')));
        let missing =
            format!("{name} said nothing {} of {} times{why}.", grouped((*missed).into()), grouped((*asked).into()));
        (*missed > 0).then_some(missing)
    }
}

impl Watched {
    /// The name of a series and that of its source, to stand alone. Names from a page stay as they are there.
    pub fn title(&self, track: &Track) -> String {
        let name = if track.name == MEMORY { "Memory" } else { &track.name };
        format!("{name} of {}", self.source(track))
    }

    /// What is missing while there is more to come: whoever has not answered yet still may.
    pub fn missing_so_far(&self) -> Vec<String> {
        self.sources.iter().filter(|source| source.asked > 0).filter_map(Source::missing).collect()
    }

    /// What is missing, a sentence for each source.
    pub fn missing(&self) -> Vec<String> {
        self.sources.iter().filter_map(Source::missing).collect()
    }
}
