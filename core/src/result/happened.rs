//! What happened, as it is told once the run is over. Must not decide what happened.

use super::Event;
use crate::stats::health::Strain;
use crate::stats::timeline::Timeline;
use crate::units::plain_length;

/// The kind of event that says what did not reach a receiver of every second.
pub const NOT_TOLD: &str = "not-told";

/// The kind of event that says that this computer is at its limit.
const STRAINED: &str = "strained";

/// The same, with a computer that was at its limit again and again in one line, where it first was. On a busy computer the
/// others would not be seen for it.
pub fn gathered(mut events: Vec<Event>, timeline: &Timeline) -> Vec<Event> {
    let is_strained = |event: &Event| event.what == STRAINED;
    let times = events.iter().filter(|event| is_strained(event)).count();
    if times < 2 {
        return events;
    }
    let strained = || timeline.intervals().iter().filter(|interval| interval.suspect > 0);
    let seconds = strained().map(|interval| interval.suspect).fold(0, u32::saturating_add);
    let mut why: Vec<Strain> = strained().flat_map(|interval| interval.health.why.iter().copied()).collect();
    why.sort_unstable();
    why.dedup();
    let why = why.into_iter().map(Strain::words).collect::<Vec<_>>().join(", ");
    let why = if why.is_empty() { why } else { format!(": {why}") };
    let text = format!("This computer was at its limit {times} times, for {} in all{why}.", plain_length(seconds));
    let mut first = Some(text);
    events.retain_mut(|event| match (is_strained(event), first.take()) {
        (true, Some(text)) => {
            event.text = text;
            true
        }
        (true, None) => false,
        (false, text) => {
            first = text;
            true
        }
    });
    events
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::stats::snapshot::Snapshot;

    fn event(second: u32, what: &str) -> Event {
        Event { second, what: what.to_owned(), text: format!("{what} at {second}.") }
    }

    #[test]
    fn a_computer_that_is_at_its_limit_again_and_again_is_one_line() {
        let mut timeline = Timeline::new(Vec::new(), 0);
        for second in 0..100 {
            let mut snapshot = Snapshot { second, length_us: 1_000_000, ..Snapshot::default() };
            if (10..15).contains(&second) || (60..96).contains(&second) {
                snapshot.health.suspect = true;
                snapshot.health.why = vec![if second < 20 { Strain::Cpu } else { Strain::Lag }];
            }
            timeline.push(&snapshot);
        }
        let all = vec![event(3, "first-failure"), event(12, STRAINED), event(20, "held"), event(62, STRAINED)];
        let told = gathered(all.clone(), &timeline);
        assert_eq!(told.iter().map(|event| event.second).collect::<Vec<_>>(), [3, 12, 20]);
        assert_eq!(
            told[1].text,
            "This computer was at its limit 2 times, for 41 s in all: requests left late, the processor was busy."
        );
        assert_eq!(gathered(told.clone(), &timeline), told, "told again it says the same");
        assert_eq!(gathered(all[..3].to_vec(), &timeline), all[..3], "once is as it was told");
    }
}
