//! The lines of a result file as they stand in it. Must not know how lines become bytes.

use serde::{Deserialize, Serialize};

use crate::result::{Ending, Event, Header, Sample};
use crate::stats::NameId;
use crate::stats::hist::{Digits, Hist, NotAHistogram};
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::kinds::KindCounts;
use crate::stats::packed::Packed;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Phases, Row};
use crate::stats::split::{Split, Sum};
use crate::stats::summary::Summary;
use crate::stats::timeline::Totals;
use crate::verdict::Verdict;
use crate::watch::{Noted, Watched};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Line {
    Header(Box<Header>),
    Interval(Box<IntervalLine>),
    Event(Event),
    Sample(Box<Sample>),
    Totals(Box<TotalsLine>),
    /// One look at something that is watched, while the run goes on.
    Noted(Noted),
    /// All that was watched, once it is over.
    Watched(Box<Watched>),
    Summary(Box<Summary>),
    Verdict(Box<Verdict>),
    End(Ending),
    /// A line of a later version.
    #[serde(other)]
    Unknown,
}

/// A histogram with its exact numbers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HistLine {
    count: u64,
    min_us: u64,
    max_us: u64,
    sum_us: u64,
    hist: String,
}

/// The numbers of one name.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RowLine {
    pub name: NameId,
    #[serde(default)]
    ok: u64,
    #[serde(default, skip_serializing_if = "is_empty")]
    failed: KindCounts,
    #[serde(default, skip_serializing_if = "is_zero")]
    cut: u64,
    #[serde(default)]
    bytes_out: u64,
    #[serde(default)]
    bytes_in: u64,
    #[serde(flatten)]
    times: TimesLine,
    #[serde(default, skip_serializing_if = "is_default")]
    phases: Phases,
}

/// The latencies of one name. What ended well and what failed is never in the same histogram.
#[derive(Debug, Default, Serialize, Deserialize)]
struct TimesLine {
    /// Absent where no request that ended well had a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<HistLine>,
    /// Absent where it is the same as `response`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<HistLine>,
    /// Absent where no request that failed had a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failed_response: Option<HistLine>,
    /// Absent where it is the same as `failed_response`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failed_service: Option<HistLine>,
}

fn is_empty(counts: &KindCounts) -> bool {
    counts.total() == 0
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

fn is_default(phases: &Phases) -> bool {
    *phases == Phases::default()
}

/// One or more seconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IntervalLine {
    pub from: u32,
    pub seconds: u32,
    pub length_us: u64,
    #[serde(default)]
    pub warm_up: bool,
    #[serde(default)]
    slices: u16,
    #[serde(default)]
    people: People,
    #[serde(default)]
    started: u64,
    #[serde(default)]
    late: u64,
    #[serde(default)]
    dropped: u64,
    #[serde(default)]
    suspect_seconds: u32,
    #[serde(default)]
    health: HealthSample,
    #[serde(default)]
    pub rows: Vec<RowLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureCount>,
}

/// Sums over the whole run, at three digits.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TotalsLine {
    pub part: Part,
    length_us: u64,
    seconds: u32,
    suspect_seconds: u32,
    health: HealthSample,
    peak_active: u32,
    peak_planned: u32,
    peak_due: u64,
    started: u64,
    late: u64,
    dropped: u64,
    pub rows: Vec<RowLine>,
}

/// Which part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    WarmUp,
    Measured,
}

impl HistLine {
    fn of(hist: &Hist) -> Option<Self> {
        let (min_us, max_us) = (hist.min()?, hist.max()?);
        let hist64 = hist.to_base64(Digits::Three);
        Some(Self { count: hist.len(), min_us, max_us, sum_us: hist.sum(), hist: hist64 })
    }

    fn of_packed(packed: &Packed) -> Option<Self> {
        let (min_us, max_us) = (packed.min()?, packed.max()?);
        Some(Self { count: packed.len(), min_us, max_us, sum_us: packed.sum(), hist: packed.to_base64() })
    }

    fn to_hist(&self) -> Result<Hist, NotAHistogram> {
        Ok(Hist::from_base64(&self.hist)?.with_exact(self.min_us, self.max_us, self.sum_us))
    }
}

impl TimesLine {
    /// Each histogram as `line` makes it; service times only where they differ.
    fn of<H: PartialEq>(response: &Split<H>, service: &Split<H>, line: impl Fn(&H) -> Option<HistLine>) -> Self {
        let apart = |service: &H, response: &H| if service == response { None } else { line(service) };
        Self {
            response: line(&response.ok),
            service: apart(&service.ok, &response.ok),
            failed_response: line(&response.failed),
            failed_service: apart(&service.failed, &response.failed),
        }
    }

    /// Back again: response times, and service times where they differ.
    fn read<H: Sum>(
        &self,
        read: impl Fn(&HistLine) -> Result<H, NotAHistogram>,
    ) -> Result<(Split<H>, Option<Split<H>>), NotAHistogram> {
        let get = |line: &Option<HistLine>| line.as_ref().map(&read).transpose();
        let (ok, failed) = (get(&self.response)?, get(&self.failed_response)?);
        let response = Split { ok: ok.unwrap_or_default(), failed: failed.unwrap_or_default() };
        let service = match (get(&self.service)?, get(&self.failed_service)?) {
            (None, None) => None,
            (ok, failed) => Some(Split {
                ok: ok.unwrap_or_else(|| response.ok.clone()),
                failed: failed.unwrap_or_else(|| response.failed.clone()),
            }),
        };
        Ok((response, service))
    }
}

impl RowLine {
    fn of(name: NameId, row: &Row) -> Self {
        let Row { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *row;
        let times = TimesLine::of(&row.response, &row.service, HistLine::of);
        Self { name, ok, failed, cut, bytes_out, bytes_in, times, phases }
    }

    fn of_packed(name: NameId, row: &PackedRow) -> Self {
        let PackedRow { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *row;
        let times = TimesLine::of(&row.response, row.service(), HistLine::of_packed);
        Self { name, ok, failed, cut, bytes_out, bytes_in, times, phases }
    }

    /// The row at two digits.
    pub fn to_packed(&self) -> Result<PackedRow, NotAHistogram> {
        let read = |line: &HistLine| Packed::from_base64(&line.hist, (line.min_us, line.max_us, line.sum_us));
        let (response, service) = self.times.read(read)?;
        let Self { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *self;
        Ok(PackedRow { ok, failed, cut, bytes_out, bytes_in, response, service, phases })
    }

    /// The row at three digits.
    pub fn to_row(&self) -> Result<Row, NotAHistogram> {
        let (response, service) = self.times.read(HistLine::to_hist)?;
        let service = service.unwrap_or_else(|| response.clone());
        let Self { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *self;
        Ok(Row { ok, failed, cut, bytes_out, bytes_in, response, service, phases })
    }
}

impl IntervalLine {
    /// An interval, with the failures of its seconds where they are not kept elsewhere.
    pub fn of(interval: &Interval, failures: Vec<FailureCount>) -> Self {
        Self {
            from: interval.from,
            seconds: interval.seconds,
            length_us: interval.length_us,
            warm_up: interval.warm_up,
            slices: interval.slices,
            people: interval.people,
            started: interval.started,
            late: interval.late,
            dropped: interval.dropped,
            suspect_seconds: interval.suspect,
            health: interval.health.clone(),
            rows: interval.rows.iter().map(|(name, row)| RowLine::of_packed(*name, row)).collect(),
            failures,
        }
    }

    /// Back again; rows beyond `names` are dropped, and the second decides what is warm-up.
    pub fn to_interval(&self, names: usize, warm_up_seconds: u32) -> Result<Interval, NotAHistogram> {
        let mut rows: Vec<(NameId, PackedRow)> = Vec::new();
        for line in self.rows.iter().filter(|line| line.name.at() < names).take(names) {
            rows.push((line.name, line.to_packed()?));
        }
        rows.sort_by_key(|(name, _)| *name);
        rows.dedup_by_key(|(name, _)| *name);
        Ok(Interval {
            from: self.from,
            seconds: self.seconds,
            length_us: self.length_us.min(u64::from(self.seconds) * 1_000_000),
            warm_up: self.from < warm_up_seconds,
            slices: self.slices,
            people: self.people,
            started: self.started,
            late: self.late,
            dropped: self.dropped,
            suspect: self.suspect_seconds.min(self.seconds),
            health: self.health.clone(),
            rows,
        })
    }
}

impl TotalsLine {
    /// The sums of one part.
    pub fn of(part: Part, totals: &Totals) -> Self {
        let rows = totals.rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
        Self {
            part,
            length_us: totals.length_us,
            seconds: totals.seconds,
            suspect_seconds: totals.suspect,
            health: totals.health.clone(),
            peak_active: totals.peak_active,
            peak_planned: totals.peak_planned,
            peak_due: totals.peak_due,
            started: totals.started,
            late: totals.late,
            dropped: totals.dropped,
            rows: rows.map(|(at, row)| RowLine::of(NameId(at as u16), row)).collect(),
        }
    }

    /// Back again, with one row for each of `names`.
    pub fn to_totals(&self, names: usize) -> Result<Totals, NotAHistogram> {
        let mut rows = vec![Row::default(); names];
        for line in &self.rows {
            if let Some(row) = rows.get_mut(line.name.at()) {
                *row = line.to_row()?;
            }
        }
        Ok(Totals {
            length_us: self.length_us,
            seconds: self.seconds,
            suspect: self.suspect_seconds,
            health: self.health.clone(),
            peak_active: self.peak_active,
            peak_planned: self.peak_planned,
            peak_due: self.peak_due,
            started: self.started,
            late: self.late,
            dropped: self.dropped,
            rows,
        })
    }
}
