//! What was watched of the target, drawn: a small chart a series, on the time axis of the others. Must not know a colour or a
//! font.

use super::draw::Frame;
use super::path;
use super::scale::{Scale, Tick, nice_step, time_ticks};
use super::thin::{Value, thin};
use crate::units::clock;
use crate::watch::{Track, Unit, Watched, value};

/// A series, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Its number among the tracks.
    pub track: usize,
    /// Its name, and that of its source.
    pub title: String,
    /// The time axis.
    pub x: Scale,
    /// The value axis.
    pub y: Scale,
    /// Ticks of the time axis.
    pub x_ticks: Vec<Tick>,
    /// Ticks of the value axis.
    pub y_ticks: Vec<Tick>,
    /// The line.
    pub path: String,
    /// Where it ends, and the value there.
    pub end: Option<(f64, f64, String)>,
    /// A sentence for those who don't see it.
    pub summary: String,
}

/// What a series says of a second: the value in words, and how far from the top it is drawn. `None` in a gap.
pub fn said_at(watched: &Watched, strip: &Strip, second: u32) -> Option<(f64, String)> {
    let track = watched.tracks.get(strip.track)?;
    let said = track.at(second)?;
    Some((strip.y.px(said), value(said, track.unit)))
}

/// What a series says of a second, to be read aloud.
pub fn spoken(watched: &Watched, strip: &Strip, second: u32) -> String {
    let said = said_at(watched, strip, second).map_or("no value".to_owned(), |(_, words)| words);
    format!("{}. {}: {said}.", clock(second), strip.title)
}

/// Every series that has a value.
pub fn strips(watched: &Watched, frame: &Frame) -> Vec<Strip> {
    let all = watched.tracks.iter().enumerate().filter(|(_, track)| !track.points.is_empty());
    let mut all: Vec<(usize, &Track)> = all.collect();
    // What is of one source stands together, whatever came first.
    all.sort_by_key(|(_, track)| track.source);
    all.into_iter().map(|(number, track)| strip(number, track, watched.title(track), frame)).collect()
}

fn strip(number: usize, track: &Track, title: String, frame: &Frame) -> Strip {
    let shown = || track.points.iter().filter(|(second, _)| (frame.from..=frame.to).contains(&f64::from(*second)));
    let x = frame.x();
    let (base, unit) = ((frame.height - frame.bottom).max(frame.top + 1.0), track.unit);
    let lowest = shown().map(|(_, value)| *value).fold(0.0, f64::min);
    let highest = shown().map(|(_, value)| *value).fold(0.0, f64::max);
    let step = nice_step((highest - lowest) / 2.0);
    let (low, top) = ((lowest / step).floor() * step, ((highest / step).ceil() * step).max(lowest + step));
    let y = Scale::linear(low, top, base, frame.top);
    let values = shown().map(|(second, value)| Value { at: *second, span: track.step.max(1), value: Some(*value) });
    let points = thin(values, |at| x.px(at), |value| y.px(value));
    let last = shown().next_back().map(|(_, last)| value(*last, unit));
    let tick = |at: f64| Tick { at, px: y.px(at), label: value(at, unit) };
    let count = ((top - low) / step).round().clamp(1.0, 4.0) as u32;
    Strip {
        track: number,
        title,
        x_ticks: time_ticks(&x, ((x.end_px - x.start_px) / 80.0) as usize),
        y_ticks: (0..=count).map(|at| tick(low + f64::from(at) * step)).collect(),
        path: path::line(&points),
        end: points.last().map(|point| (point.x, point.y)).zip(last).map(|((x, y), last)| (x, y, last)),
        summary: summary(track, unit),
        x,
        y,
    }
}

fn summary(track: &Track, unit: Unit) -> String {
    let by_value = |a: &&(u32, f64), b: &&(u32, f64)| a.1.total_cmp(&b.1);
    let (least, most) = (track.points.iter().min_by(by_value), track.points.iter().max_by(by_value));
    let (Some(least), Some(most)) = (least, most) else { return String::new() };
    let (low, high) = (value(least.1, unit), value(most.1, unit));
    if low == high {
        return format!("{low} throughout.");
    }
    format!("From {low} at {} to {high} at {}.", clock(least.0), clock(most.0))
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::watch::Source;

    fn drawn(unit: Unit, step: u32, points: &[(u32, f64)]) -> Strip {
        let track = Track { source: 0, name: "queue".to_owned(), unit, step, points: points.to_vec() };
        let source = Source { name: "app".to_owned(), ..Source::default() };
        let mut all =
            strips(&Watched { sources: vec![source], tracks: vec![track] }, &Frame::new(400.0, 100.0, 0.0, 60.0));
        all.pop().expect("a series with values is drawn")
    }

    #[test]
    fn a_series_stands_on_the_axis_of_time_with_its_gaps() {
        let strip = drawn(Unit::Number, 1, &[(0, 1.0), (1, 2.0), (30, 5.0), (31, 3.0)]);
        assert_eq!((strip.title.as_str(), strip.x), ("queue of app", Frame::new(400.0, 100.0, 0.0, 60.0).x()));
        assert_eq!(strip.path.matches('M').count(), 2, "a gap stays one: {}", strip.path);
        assert_eq!(strip.summary, "From 1 at 00:00 to 5 at 00:30.");
        assert_eq!(strip.end.map(|end| end.2), Some("3".to_owned()));
    }

    #[test]
    fn the_cursor_reads_what_stands_for_its_second_and_nothing_in_a_gap() {
        let track = Track {
            source: 0,
            name: crate::watch::MEMORY.to_owned(),
            unit: Unit::Number,
            step: 5,
            points: vec![(0, 1.0), (5, 4.0), (20, 2.0)],
        };
        let source = Source { name: "process 7".to_owned(), ..Source::default() };
        let watched = Watched { sources: vec![source], tracks: vec![track] };
        let strip = strips(&watched, &Frame::new(400.0, 100.0, 0.0, 60.0)).pop().expect("it has values");
        assert_eq!(strip.title, "Memory of process 7");
        let said = |second| said_at(&watched, &strip, second).map(|(y, words)| (y == strip.y.px(4.0), words));
        let wanted =
            [(0, Some((false, "1"))), (7, Some((true, "4"))), (10, None), (19, None), (24, Some((false, "2")))];
        for (second, wanted) in wanted {
            assert_eq!(said(second), wanted.map(|(high, words)| (high, words.to_owned())), "{second}");
        }
        assert_eq!(spoken(&watched, &strip, 7), "00:07. Memory of process 7: 4.");
        assert_eq!(spoken(&watched, &strip, 12), "00:12. Memory of process 7: no value.");
    }

    #[test]
    fn axes_are_round_and_hold_every_value() {
        for (unit, points, wanted) in [
            (Unit::Share, vec![(0, 0.31), (1, 0.97)], ["0 %", "50 %", "100 %"].to_vec()),
            (Unit::Bytes, vec![(0, 3.1e8)], ["0 B", "200 MB", "400 MB"].to_vec()),
            (Unit::Number, vec![(0, -4.0), (1, 4.0)], ["-5", "0", "5"].to_vec()),
            (Unit::Number, vec![(0, 0.0)], ["0", "1"].to_vec()),
        ] {
            let strip = drawn(unit, 1, &points);
            let labels: Vec<&str> = strip.y_ticks.iter().map(|tick| tick.label.as_str()).collect();
            assert_eq!(labels, wanted);
            assert!(points.iter().all(|(_, value)| (strip.y.from..=strip.y.to).contains(value)));
            assert!(!strip.path.contains("NaN") && !strip.path.is_empty());
        }
    }
}
