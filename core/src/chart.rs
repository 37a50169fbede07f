//! Numbers to SVG paths: scales, lines, areas, markers, what a cursor stands on, and the same as a table. Must not know a
//! colour or a font.

pub mod second;
pub mod say;
pub mod draw;
pub mod hover;
pub mod labels;
pub mod overlay;
pub mod path;
pub mod scale;
pub mod scaling;
pub mod table;
pub mod thin;
pub mod trailing;
pub mod watched;

pub use draw::{Chart, Drawn, Frame, Kind, Look, Marker, Source, axis_top, chart};
pub use hover::{Cursor, Key, move_cursor, nearest, readout};
pub use scale::{Scale, Tick, Unit};
pub use second::Second;
pub use table::{Table, table};

#[cfg(test)]
mod tests;
