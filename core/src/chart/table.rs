//! A chart as a table, for those who read rather than look: the same numbers, in 200 rows at most.
//!
//! Must not average percentiles: of several seconds in a row, the worst stands there.

use crate::chart::draw::Kind;
use crate::chart::say;
use crate::chart::scale::{Unit, clock, words};
use crate::chart::second::Second;

/// The most rows.
pub const MOST: usize = 200;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Column names; the first is the time.
    pub columns: Vec<&'static str>,
    /// Rows of cells.
    pub rows: Vec<Vec<String>>,
    /// How many seconds a row stands for.
    pub seconds: usize,
}

/// The table of a chart. Of the seconds in a row the greatest value of each series stands there, so no spike is lost.
pub fn table(kind: Kind, seconds: &[Second]) -> Table {
    let each = seconds.len().div_ceil(MOST).max(1);
    let columns = std::iter::once(say::TIME).chain(kind.series().iter().map(|(key, _)| say::series(key)));
    let row = |chunk: &[Second]| {
        let answered = chunk.iter().any(|second| second.finished > 0);
        let at = chunk.first().map_or(0, |second| second.at);
        let cells = kind.series().iter().map(|(_, value)| {
            let greatest = chunk.iter().filter_map(value).reduce(f64::max);
            greatest.map_or_else(|| say::missing(answered).to_owned(), |value| cell(value, kind.unit()))
        });
        std::iter::once(clock(at)).chain(cells).collect()
    };
    Table { columns: columns.collect(), rows: seconds.chunks(each).map(row).collect(), seconds: each }
}

fn cell(value: f64, unit: Unit) -> String {
    words(value, unit)
}
