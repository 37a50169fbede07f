//! The charts of a run: linked by one cursor and one window in time, by pointer and by keys, each with a table twin.
//! Must not compute: geometry is the core's, and a chart is drawn anew only when its numbers, its size or its window change.

mod axes;
mod figure;
mod keys;
mod linked;
mod marks;
mod plot;
mod size;
mod stops;
mod tools;
mod twin;
mod watched;

pub use axes::{Axes, Grid};
pub use figure::TimeChart;
pub use linked::{Linked, Read};
pub use marks::Mark;
pub use size::observed;
pub use stops::{Stop, StopReadout, Stops};
pub use tools::Tools;
pub use watched::{ReadWatched, WatchedStrips};
