//! Goals: what is measured, on which side of which limit it must stay, and what a row of numbers says to that.
//!
//! Must not know when a goal is looked at, nor what follows from a missed one.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::stats::hist::Hist;
use crate::stats::kinds::KindCounts;
use crate::stats::packed::Packed;
use crate::stats::snapshot::Row;
use crate::stats::split::Split;
use crate::stats::summary::answers_needed;
use crate::stats::timeline::PackedRow;
use crate::traffic::Kind;
use crate::units::{Span, grouped, plain_time};

/// What a goal measures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Measure {
    /// A percentile of a latency, above 0 and below 100.
    Percentile(f64),
    /// The mean of a latency.
    Mean,
    /// The slowest request.
    Slowest,
    /// The share of finished requests that failed.
    FailureShare,
    /// Finished requests per second.
    Throughput,
}

impl Measure {
    /// The measure behind a word of a scenario: `p95`, `mean`, `slowest`, `failures`, `throughput`.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "mean" => Self::Mean,
            "slowest" => Self::Slowest,
            "failures" => Self::FailureShare,
            "throughput" => Self::Throughput,
            _ => {
                let percentile = word.strip_prefix('p')?.parse::<f64>().ok()?;
                (percentile > 0.0 && percentile < 100.0).then_some(Self::Percentile(percentile))?
            }
        })
    }

    /// Whether it is about time.
    pub fn is_about_time(self) -> bool {
        matches!(self, Self::Percentile(_) | Self::Mean | Self::Slowest)
    }

    /// How many answers it needs to mean anything.
    pub fn answers_needed(self) -> u64 {
        match self {
            Self::Percentile(percentile) => answers_needed(percentile),
            Self::Mean | Self::Slowest | Self::FailureShare => 1,
            Self::Throughput => 0,
        }
    }
}

/// The word of [`Measure::from_word`].
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percentile(percentile) => write!(f, "p{percentile}"),
            Self::Mean => f.write_str("mean"),
            Self::Slowest => f.write_str("slowest"),
            Self::FailureShare => f.write_str("failures"),
            Self::Throughput => f.write_str("throughput"),
        }
    }
}

impl From<Measure> for String {
    fn from(measure: Measure) -> Self {
        measure.to_string()
    }
}

impl TryFrom<String> for Measure {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Self::from_word(&word).ok_or_else(|| format!("no such measure: {word}"))
    }
}

/// On which side of the limit a measure must stay; the limit itself is on the good side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// At most the limit.
    Below,
    /// At least the limit.
    Above,
}

/// Which of the two latencies is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Latency {
    /// From when a request was due.
    #[default]
    Response,
    /// From when it was sent.
    Service,
}

/// A promise about the numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// What is measured.
    pub measure: Measure,
    /// On which side of the limit it must stay.
    pub side: Side,
    /// The limit: microseconds, a share from 0 to 1, or requests per second.
    pub limit: f64,
    /// The name in results it is about; all requests if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// It must hold in every window of this length, not over the whole run.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "span_us", rename = "over_last_us")]
    pub over_last: Option<Span>,
    /// Which latency.
    #[serde(default)]
    pub latency: Latency,
    /// As shown to people.
    pub text: String,
}

/// A span as microseconds.
mod span_us {
    use super::{Deserialize, Span};

    pub fn serialize<S: serde::Serializer>(span: &Option<Span>, to: S) -> Result<S::Ok, S::Error> {
        match span {
            Some(span) => to.serialize_some(&span.us()),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Span>, D::Error> {
        Ok(Option::<u64>::deserialize(from)?.map(Span::from_us))
    }
}

/// What a goal's measure came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalOutcome {
    /// The goal.
    pub goal: Goal,
    /// What was measured, in the unit of the limit; `None` where nothing was, or too little.
    pub got: Option<f64>,
    /// Whether the goal was met; `None` where there is too little to say.
    pub met: Option<bool>,
    /// Whether there were enough answers.
    pub enough: bool,
}

/// Stop the run early when `goal.measure` is beyond `goal.limit` on the side of `goal.side`, for `hold` on end.
#[derive(Debug, Clone, PartialEq)]
pub struct StopRule {
    /// What is watched. Unlike with a goal, `side` is the bad side.
    pub goal: Goal,
    /// For how long it must last.
    pub hold: Span,
}

impl Goal {
    /// A goal whose text is made from its parts.
    pub fn new(measure: Measure, side: Side, limit: f64) -> Self {
        let mut goal =
            Self { measure, side, limit, of: None, over_last: None, latency: Latency::Response, text: String::new() };
        goal.text = goal.shown();
        goal
    }

    /// The same goal about one name.
    pub fn about(mut self, name: &str) -> Self {
        self.of = Some(name.to_owned());
        self.text = self.shown();
        self
    }

    /// The same goal in every window of `span`.
    pub fn in_every(mut self, span: Span) -> Self {
        self.over_last = Some(span);
        self.text = self.shown();
        self
    }

    /// The goal in words, such as `"Pay": 95 of 100 within 800 ms, in every 60s`.
    pub fn shown(&self) -> String {
        let limit = self.value(self.limit);
        let below = self.side == Side::Below;
        let within = if below { "within" } else { "above" };
        let what = match self.measure {
            Measure::Percentile(percentile) => format!("{} {within} {limit}", out_of(percentile)),
            Measure::Mean => format!("average {within} {limit}"),
            Measure::Slowest => format!("slowest {within} {limit}"),
            Measure::FailureShare if below => format!("at most {limit} fail"),
            Measure::FailureShare => format!("more than {limit} fail"),
            Measure::Throughput if below => format!("at most {limit}"),
            Measure::Throughput => format!("at least {limit}"),
        };
        let of = self.of.as_ref().map(|name| format!("“{name}”: ")).unwrap_or_default();
        let service = self.measure.is_about_time() && self.latency == Latency::Service;
        let service = if service { " (service time)" } else { "" };
        let window = self.over_last.map(|span| format!(", in every {span}")).unwrap_or_default();
        format!("{of}{what}{service}{window}")
    }

    /// A value of this goal's measure in words: `780 ms`, `2.4 %`, `28 per second`.
    pub fn value(&self, value: f64) -> String {
        match self.measure {
            Measure::FailureShare => format!("{} %", digits(value * 100.0)),
            Measure::Throughput => format!("{} per second", digits(value)),
            _ if value < 999_500.0 => format!("{} ms", digits(value / 1e3)),
            _ if value < 59_950_000.0 => format!("{} s", digits(value / 1e6)),
            _ => plain_time(value.round() as u64),
        }
    }

    /// Whether a measured value meets the goal.
    pub fn is_met_by(&self, got: f64) -> bool {
        match self.side {
            Side::Below => got <= self.limit,
            Side::Above => got >= self.limit,
        }
    }

    /// Whether a value that meets the goal is within 10 % of its limit.
    pub fn is_close_with(&self, got: f64) -> bool {
        match self.side {
            Side::Below => got > self.limit * 0.9,
            Side::Above => got < self.limit * 1.1,
        }
    }

    /// What `row` says, measured for `length_us`; `None` with fewer than `needed` answers.
    pub(crate) fn measure<R: Numbers>(&self, row: &R, length_us: u64, needed: u64) -> Option<f64> {
        let (finished, failed) = row.answers();
        let times = match self.latency {
            Latency::Response => row.response(),
            Latency::Service => row.service(),
        };
        if self.measure.is_about_time() && times.len() < needed.max(1) {
            return None;
        }
        match self.measure {
            Measure::Percentile(percentile) => times.quantile(percentile / 100.0).map(|us| us as f64),
            Measure::Mean => times.mean(),
            Measure::Slowest => times.max().map(|us| us as f64),
            Measure::FailureShare => (finished >= needed.max(1)).then(|| failed as f64 / finished as f64),
            Measure::Throughput => (length_us > 0).then(|| finished as f64 * 1e6 / length_us as f64),
        }
    }
}

/// `95 of 100`, `999 of 1,000`.
pub(crate) fn out_of(percentile: f64) -> String {
    match percentile {
        whole if whole.fract() == 0.0 => format!("{whole} of 100"),
        tenths if (tenths * 10.0).fract().abs() < 1e-9 => format!("{} of 1,000", (tenths * 10.0).round()),
        other => format!("{other} %"),
    }
}

/// Up to three significant digits, no trailing zeros: `0.25`, `1`, `28.4`, `1,240`.
pub(crate) fn digits(value: f64) -> String {
    let decimals = match value.abs() {
        big if big >= 999.5 => return grouped(value.round() as u64),
        big if big >= 99.95 => 0,
        big if big >= 9.995 => 1,
        big if big >= 0.9995 => 2,
        // So many that the first of the three is no zero; nothing that we tell is smaller than that.
        small => small.log10().floor().clamp(-9.0, -1.0).abs() as usize + 2,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// What a measure needs to know of a row, at either precision.
pub(crate) trait Numbers {
    /// The histogram's type.
    type Times: Times + Clone;
    /// How many requests reached the network and finished, and how many of them failed. Those that could not be sent
    /// for want of room on this computer say nothing about the target.
    fn answers(&self) -> (u64, u64);
    /// Response times.
    fn response(&self) -> Cow<'_, Self::Times>;
    /// Service times.
    fn service(&self) -> Cow<'_, Self::Times>;
}

/// What a measure needs to know of a histogram.
pub(crate) trait Times {
    fn len(&self) -> u64;
    fn quantile(&self, q: f64) -> Option<u64>;
    fn mean(&self) -> Option<f64>;
    fn max(&self) -> Option<u64>;
}

/// Finished and failed requests, those without room left out.
fn answers(ok: u64, failed: &KindCounts) -> (u64, u64) {
    let failed = failed.total() - failed.get(Kind::NoRoom).min(failed.total());
    (ok.saturating_add(failed), failed)
}

macro_rules! numbers {
    ($row:ty, $hist:ty, $service:expr) => {
        impl Numbers for $row {
            type Times = $hist;
            fn answers(&self) -> (u64, u64) {
                answers(self.ok, &self.failed)
            }
            fn response(&self) -> Cow<'_, $hist> {
                self.response.all()
            }
            fn service(&self) -> Cow<'_, $hist> {
                let service: fn(&$row) -> &Split<$hist> = $service;
                service(self).all()
            }
        }
        impl Times for $hist {
            fn len(&self) -> u64 {
                <$hist>::len(self)
            }
            fn quantile(&self, q: f64) -> Option<u64> {
                <$hist>::quantile(self, q)
            }
            fn mean(&self) -> Option<f64> {
                <$hist>::mean(self)
            }
            fn max(&self) -> Option<u64> {
                <$hist>::max(self)
            }
        }
    };
}

numbers!(Row, Hist, |row| &row.service);
numbers!(PackedRow, Packed, PackedRow::service);

#[cfg(test)]
mod tests;
