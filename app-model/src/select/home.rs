//! Home: the tests as one reads them, and what its great button says. Must not list anything itself.

use tidemark_core::units::plain_time;

use crate::model::{Model, Moment, Phase, TestCard};
use crate::text::home as say;

/// How the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The one changed last comes first.
    #[default]
    Change,
    /// By name.
    Name,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The test's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The word of the verdict's state; empty if it never ran.
    pub state: String,
    /// The verdict in words.
    pub verdict: &'static str,
    /// "120 people · 2 days ago".
    pub about: String,
    /// The last run's response times as an SVG path in a box of 96 × 24; empty without.
    pub spark: String,
    /// The same in words.
    pub spark_words: String,
    /// Why it can't be read; empty if it can.
    pub trouble: String,
}

/// The rows; none before the tests were listed.
pub fn rows(model: &Model, sort: Sort) -> Option<Vec<Row>> {
    let mut cards: Vec<&TestCard> = model.tests.as_ref()?.iter().collect();
    match sort {
        Sort::Change => cards.sort_by_key(|card| std::cmp::Reverse(card.opened_ms)),
        Sort::Name => cards.sort_by_key(|card| card.name.to_lowercase()),
    }
    Some(cards.into_iter().map(|card| row(card, model.now)).collect())
}

fn row(card: &TestCard, now: Moment) -> Row {
    let (state, people) = card.last.clone().unwrap_or_default();
    let when = ago(card.opened_ms, now);
    let parts = [(people > 0).then(|| say::people(people)), (!when.is_empty()).then_some(when)];
    let highest = card.spark.iter().flatten().max();
    let verdict = if card.trouble.is_some() { say::UNREADABLE } else { verdict(&state) };
    Row {
        id: card.id.clone(),
        trouble: card.trouble.as_deref().map(crate::text::sentence).unwrap_or_default(),
        name: if card.name.trim().is_empty() { crate::text::shell::UNNAMED.to_owned() } else { card.name.clone() },
        verdict,
        state,
        about: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        spark: spark(&card.spark),
        spark_words: highest.map_or_else(String::new, |us| plain_time(*us)),
    }
}

/// A verdict's state in words.
pub fn verdict(state: &str) -> &'static str {
    match state {
        "held-up" => say::HELD_UP,
        "held-up-with-warnings" => say::HELD_UP_WITH_WARNINGS,
        "did-not-hold-up" => say::DID_NOT_HOLD_UP,
        "cant-tell" => say::CANT_TELL,
        _ => say::NEVER_RUN,
    }
}

/// How long ago a moment is, in words; nothing for one that is not known.
pub fn ago(ms: u64, now: Moment) -> String {
    if ms == 0 {
        return String::new();
    }
    let local_day = |ms: u64| ((ms / 60_000) as i64 + i64::from(now.ahead_minutes)).div_euclid(24 * 60);
    let midnights = (local_day(now.ms) - local_day(ms)).max(0) as u64;
    say::ago(now.ms.saturating_sub(ms) / 1_000, midnights)
}

/// A line in a box of 96 × 24; a gap stays a gap.
fn spark(values: &[Option<u64>]) -> String {
    let top = values.iter().flatten().max().copied().unwrap_or(0).max(1) as f64;
    let step = 96.0 / (values.len().max(2) - 1) as f64;
    let mut path = String::new();
    let mut gap = true;
    for (at, value) in values.iter().enumerate() {
        if let Some(us) = value {
            let letter = if gap { 'M' } else { 'L' };
            path += &format!("{letter}{:.1} {:.1}", at as f64 * step, 23.0 - *us as f64 / top * 22.0);
        }
        gap = value.is_none();
    }
    path
}

/// What happens with files that are held over the app: a line for each kind, and whether it can happen now.
pub fn drops(model: &Model) -> Vec<(String, bool)> {
    let table = match &model.test {
        Some(test) if !test.read_only => (say::drop_table(&test.doc.scenario().name), true),
        _ => (say::DROP_TABLE_NOT.to_owned(), false),
    };
    vec![
        (say::DROP_TEST.to_owned(), true),
        (say::DROP_RESULT.to_owned(), true),
        table,
        (say::DROP_REQUESTS.to_owned(), true),
    ]
}

/// What the great button says: its two lines, why not now, and whether it leads to a run that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demo {
    /// The first line.
    pub label: &'static str,
    /// The second line.
    pub sub: &'static str,
    /// Whether it is being started.
    pub waits: bool,
    /// Whether a run goes on, which is what it leads to.
    pub running: bool,
}

/// What the great button says now.
pub fn demo(model: &Model) -> Demo {
    match model.run.as_ref().map(|run| &run.phase) {
        Some(Phase::Starting) => Demo { label: say::DEMO_WAIT, sub: say::DEMO_WAIT_SUB, waits: true, running: false },
        Some(phase) if phase.goes_on() => {
            Demo { label: say::DEMO_RUNNING, sub: say::DEMO_RUNNING_SUB, waits: false, running: true }
        }
        _ => {
            let practice = model.can.practice && !model.can.send;
            let sub = if practice { say::DEMO_PRACTICE_SUB } else { say::DEMO_SUB };
            Demo { label: say::DEMO, sub, waits: false, running: false }
        }
    }
}

/// The test id of the menu of a test.
pub fn menu_id(id: &str) -> String {
    format!("test-more-{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_day_ends_at_midnight_here() {
        const HOUR: u64 = 3_600_000;
        // 10:30 local time, two hours ahead of UTC.
        let now = Moment { ms: 20_000 * 24 * HOUR + 8 * HOUR + HOUR / 2, ahead_minutes: 120 };
        for (before, wanted) in [
            (30_000, "just now"),
            (60_000, "1 minute ago"),
            (10 * HOUR, "10 hours ago"),
            (11 * HOUR, "yesterday"),
            (34 * HOUR, "yesterday"),
            (35 * HOUR, "2 days ago"),
            (40 * 24 * HOUR, "1 month ago"),
            (800 * 24 * HOUR, "2 years ago"),
        ] {
            assert_eq!(ago(now.ms - before, now), wanted, "{before}");
        }
        assert_eq!(ago(0, now), "");
    }

    #[test]
    fn a_gap_in_the_small_line_stays_a_gap() {
        assert_eq!(spark(&[Some(10), None, Some(10)]), "M0.0 1.0M96.0 1.0");
        assert_eq!(spark(&[Some(10), Some(0), Some(10)]), "M0.0 1.0L48.0 23.0L96.0 1.0");
        assert_eq!(spark(&[]), "");
    }
}
