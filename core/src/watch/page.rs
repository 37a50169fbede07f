//! A `/metrics` page that is asked again and again: gauges as they are, counters as rates, the means of histograms and summaries
//! since the last time. Must not know how it is asked.

use std::collections::{BTreeMap, HashMap};

use super::choice::{Selector, rank};
use super::exposition::{self, Kind, Sample, Text};
use super::{Unit, Value};

/// The most series of a page where nobody chose.
const MOST_BY_ITSELF: usize = 12;

/// The most gauges of one family where nobody chose: one of many parts says little.
const MOST_PARTS: usize = 3;

/// The most series of a page.
pub const MOST_SERIES: usize = 48;

/// A page, with what it said the last time.
#[derive(Debug)]
pub struct Page {
    chosen: Vec<Selector>,
    before: Option<(u64, Counts)>,
    /// Families that were chosen by themselves; they stay, so that none comes and goes.
    families: Vec<String>,
}

/// Counts by series: what only grows.
type Counts = HashMap<String, f64>;

/// All series of one name.
#[derive(Debug, Default)]
struct Family<'a> {
    gauges: Vec<&'a Sample<'a>>,
    counters: Vec<&'a Sample<'a>>,
    sums: Vec<&'a Sample<'a>>,
    sizes: Vec<&'a Sample<'a>>,
}

impl Page {
    /// A page of which these series are wanted, such as `queue_length` or `http_requests_total{code="500"}`; a choice of its own
    /// if there are none. What is no choice is left out.
    pub fn new(chosen: &[String]) -> Self {
        let chosen = chosen.iter().filter_map(|text| Selector::parse(text)).collect();
        Self { chosen, before: None, families: Vec::new() }
    }

    /// Whether a text chooses series.
    pub fn is_choice(text: &str) -> bool {
        Selector::parse(text).is_some()
    }

    /// Takes what the page says at a moment, in microseconds on any clock that only goes forward. The first time, only gauges
    /// have a value.
    ///
    /// # Errors
    /// In words, why nothing can be read from it.
    pub fn read(&mut self, at_us: u64, text: &str) -> Result<Vec<Value>, String> {
        let read = exposition::read(text);
        if read.samples.is_empty() {
            return Err(if text.trim().is_empty() { "it is empty" } else { "it is no page of metrics" }.to_owned());
        }
        let families = families(&read);
        let wanted = self.wanted(&families);
        let mut counts = Counts::new();
        let before = self.before.take();
        let since = before.as_ref().map(|(then, counts)| (at_us.saturating_sub(*then) as f64 / 1e6, counts));
        let mut out =
            Out { values: Vec::new(), counts: &mut counts, since: since.filter(|(seconds, _)| *seconds > 0.0) };
        for (family, labels) in &wanted {
            if let Some(all) = families.get(family.as_str()) {
                out.family(family, all, labels, self.chosen.is_empty());
            }
        }
        let mut values = std::mem::take(&mut out.values);
        values.truncate(MOST_SERIES);
        self.before = Some((at_us, counts));
        if wanted.is_empty() {
            let what = if self.chosen.is_empty() {
                "it has no series that tells of load"
            } else {
                "it has none of the chosen series"
            };
            return Err(what.to_owned());
        }
        Ok(values)
    }

    /// Names of families, and the labels that their series must have.
    fn wanted(&mut self, families: &BTreeMap<&str, Family>) -> Vec<(String, Vec<(String, String)>)> {
        if self.chosen.is_empty() {
            let mut fresh: Vec<(usize, &str)> =
                families.keys().filter_map(|family| Some((rank(family)?, *family))).collect();
            fresh.sort_unstable();
            for (_, family) in fresh {
                if self.families.len() < MOST_BY_ITSELF && !self.families.iter().any(|known| known == family) {
                    self.families.push(family.to_owned());
                }
            }
            return self.families.iter().map(|family| (family.clone(), Vec::new())).collect();
        }
        let mut wanted = Vec::new();
        for selector in &self.chosen {
            let takes = families.keys().filter(|family| selector.takes(family));
            wanted.extend(takes.map(|family| ((*family).to_owned(), selector.labels().to_vec())));
        }
        wanted.truncate(MOST_SERIES);
        wanted
    }
}

/// The samples by family.
fn families<'a>(read: &'a Text<'a>) -> BTreeMap<&'a str, Family<'a>> {
    let mut all: BTreeMap<&str, Family> = BTreeMap::new();
    for sample in &read.samples {
        let kind = |name: &str| read.kinds.get(name).copied();
        let of = |end: &str| {
            let base = sample.name.strip_suffix(end)?;
            matches!(kind(base), Some(Kind::Histogram | Kind::Summary)).then_some(base)
        };
        if let Some(base) = of("_sum") {
            all.entry(base).or_default().sums.push(sample);
        } else if let Some(base) = of("_count") {
            all.entry(base).or_default().sizes.push(sample);
        } else if of("_bucket").is_some() || kind(sample.name) == Some(Kind::Summary) {
            // Buckets and quantiles since the start don't move with the moment.
        } else {
            // OpenMetrics names a counter without its ending.
            let bare = sample.name.strip_suffix("_total").and_then(kind);
            let counts = match kind(sample.name).or(bare) {
                Some(Kind::Counter) => true,
                Some(Kind::Gauge) => false,
                _ => sample.name.ends_with("_total"),
            };
            let family = all.entry(sample.name).or_default();
            if counts {
                family.counters.push(sample)
            } else {
                family.gauges.push(sample)
            };
        }
    }
    all
}

/// Values under way.
struct Out<'a> {
    values: Vec<Value>,
    counts: &'a mut Counts,
    since: Option<(f64, &'a Counts)>,
}

impl Out<'_> {
    fn family(&mut self, name: &str, family: &Family, labels: &[(String, String)], by_itself: bool) {
        let has = |sample: &&&Sample| {
            let same = |(label, value): &(String, String)| sample.labels.iter().any(|(l, v)| l == label && v == value);
            labels.iter().all(same)
        };
        let suffix = shown(labels.iter().map(|(label, value)| (label.as_str(), value.as_str())));
        let most = if by_itself { MOST_PARTS } else { MOST_SERIES };
        for sample in family.gauges.iter().filter(has).take(most) {
            let suffix = shown(sample.labels.iter().map(|(label, value)| (*label, &**value)));
            self.push(format!("{name}{suffix}"), unit(name, false), Some(sample.value));
        }
        let counters: Vec<&Sample> = family.counters.iter().filter(has).copied().collect();
        if !counters.is_empty() && name == "node_cpu_seconds_total" && labels.is_empty() {
            let rests = |sample: &&Sample| {
                sample.labels.iter().any(|(label, value)| *label == "mode" && matches!(&**value, "idle" | "iowait"))
            };
            let (idle, busy): (Vec<&Sample>, Vec<&Sample>) = counters.into_iter().partition(rests);
            let (idle, busy) = (self.grown(&idle), self.grown(&busy));
            let share =
                idle.zip(busy).filter(|(idle, busy)| idle + busy > 0.0).map(|(idle, busy)| busy / (idle + busy));
            self.push(format!("{name}, busy"), Unit::Share, share);
        } else if !counters.is_empty() {
            let rate = self.grown(&counters).zip(self.since).map(|(grown, (seconds, _))| grown / seconds);
            self.push(format!("{name}{suffix}"), unit(name, true), rate);
        }
        let (sums, sizes) = (family.sums.iter().filter(has), family.sizes.iter().filter(has));
        let (sums, sizes): (Vec<&Sample>, Vec<&Sample>) = (sums.copied().collect(), sizes.copied().collect());
        if !sums.is_empty() {
            let (sum, size) = (self.grown(&sums), self.grown(&sizes));
            let mean = sum.zip(size).filter(|(_, size)| *size > 0.0).map(|(sum, size)| sum / size);
            self.push(format!("{name}{suffix}, mean"), unit(name, false), mean);
        }
    }

    /// By how much counters grew since the last time, all together. One that went back began anew, and says nothing this once;
    /// nor does one that was not there.
    fn grown(&mut self, counters: &[&Sample]) -> Option<f64> {
        let mut grown = None;
        for counter in counters.iter().filter(|counter| counter.value.is_finite()) {
            let series = format!("{}{:?}", counter.name, counter.labels);
            let before = self.since.and_then(|(_, counts)| counts.get(&series)).copied();
            self.counts.insert(series, counter.value);
            if let Some(more) = before.map(|before| counter.value - before).filter(|more| *more >= 0.0) {
                grown = Some(grown.unwrap_or(0.0) + more);
            }
        }
        grown
    }

    fn push(&mut self, name: String, unit: Unit, value: Option<f64>) {
        let known = self.values.iter().any(|known| known.name == name);
        if let Some(value) = value.filter(|value| value.is_finite() && !known) {
            self.values.push(Value { name, unit, value });
        }
    }
}

/// `{a="b"}`; nothing without labels.
fn shown<'a>(labels: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let labels: Vec<String> =
        labels.map(|(label, value)| format!("{label}=\"{}\"", crate::problem::short(value))).collect();
    if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) }
}

/// What a series counts, by the endings that Prometheus asks for ("Metric and label naming").
fn unit(name: &str, rate: bool) -> Unit {
    let name = name.strip_suffix("_total").unwrap_or(name);
    match (rate, name) {
        (true, name) if name.ends_with("_bytes") => Unit::BytesPerSecond,
        // Seconds in a second.
        (true, name) if name.ends_with("_seconds") => Unit::Share,
        (true, _) => Unit::PerSecond,
        (false, name) if name.ends_with("_bytes") => Unit::Bytes,
        (false, name) if name.ends_with("_seconds") => Unit::Seconds,
        (false, name) if name.ends_with("_ratio") || name.ends_with("_cpu_usage") => Unit::Share,
        (false, _) => Unit::Number,
    }
}
