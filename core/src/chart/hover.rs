//! The cursor of charts, by pointer or keys: which second it stands on, and what is there. Must not draw it.

use crate::chart::draw::Kind;
use crate::chart::say;
use crate::chart::scale::{Scale, clock, words};
use crate::chart::second::Second;

/// Where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The number of the second in the list, from 0.
    pub at: usize,
    /// The number of the series, from 0.
    pub series: usize,
}

/// A key that moves the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// So many seconds forward, or back.
    Seconds(i32),
    /// To the first second.
    First,
    /// To the last.
    Last,
    /// To the next series, or the one before.
    Series(i32),
}

/// The second nearest to a place, by its number in the list. None where there are no seconds.
pub fn nearest(seconds: &[Second], x: &Scale, px: f64) -> Option<usize> {
    let wanted = x.value(px);
    let middle = |second: &Second| f64::from(second.at) + f64::from(second.span()) / 2.0;
    let after = seconds.partition_point(|second| middle(second) < wanted);
    let before = after.checked_sub(1);
    match (before, seconds.get(after)) {
        (Some(before), Some(next)) => {
            let closer = wanted - middle(&seconds[before]) <= middle(next) - wanted;
            Some(if closer { before } else { after })
        }
        (Some(before), None) => Some(before),
        (None, Some(_)) => Some(after),
        (None, None) => None,
    }
}

/// Moves the cursor; it stays inside.
pub fn move_cursor(cursor: Cursor, key: Key, count: usize, kind: Kind) -> Cursor {
    let last = count.saturating_sub(1);
    match key {
        Key::Seconds(by) => Cursor { at: cursor.at.saturating_add_signed(by as isize).min(last), ..cursor },
        Key::First => Cursor { at: 0, ..cursor },
        Key::Last => Cursor { at: last, ..cursor },
        Key::Series(by) => {
            let series = kind.series().len() as i32;
            let next = (cursor.series as i32 + by).rem_euclid(series.max(1));
            Cursor { series: next as usize, ..cursor }
        }
    }
}

/// What a second says: the time, and each series with its words; "no answers" or "too few to say" for a gap.
pub fn readout(kind: Kind, second: &Second) -> (String, Vec<(&'static str, String)>) {
    let rows = kind.series().iter().map(|(key, value)| {
        let text = value(second)
            .map_or_else(|| say::missing(second.finished > 0).to_owned(), |value| words(value, kind.unit()));
        (say::series(key), text)
    });
    (clock(second.at), rows.collect())
}

/// What is read aloud where the cursor is: "02:05, 95 of 100: 310 ms".
pub fn spoken(kind: Kind, seconds: &[Second], cursor: Cursor) -> Option<String> {
    let second = seconds.get(cursor.at)?;
    let (time, rows) = readout(kind, second);
    let (name, value) = rows.get(cursor.series).or(rows.first())?;
    Some(format!("{time}, {name}: {value}"))
}
