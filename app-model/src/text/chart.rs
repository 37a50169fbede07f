//! The words around charts: what can be done with them, and how they are told to those who don't see them.

use tidemark_core::chart::scale::clock;
use tidemark_core::units::{grouped, plain_time};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    CHART = "chart";
    CHARTS = "Charts";
    TOOLS = "What the charts show";
    KEYS = "Left and right move the cursor, with Shift by ten. Up and down change the line. Plus, minus and 0 zoom. T shows a table.";
    AS_TABLE = "Show as table";
    AS_CHART = "Show as chart";
    ZOOM_IN = "Zoom in";
    ZOOM_OUT = "Zoom out";
    ZOOM_ALL = "Show all of it";
    RANGE = "How much is shown";
    WHOLE_SHOWN = "All of it is shown";
    WHOLE_RUN = "Whole run";
    LAST_MINUTE = "Last 60 s";
    LINES = "Lines";
    WAITING = "Waiting for the first answer…";
}

/// "goal 800 ms".
pub fn goal(us: u64) -> String {
    format!("goal {}", plain_time(us))
}

/// "Response time as a table".
pub fn table_of(title: &str) -> String {
    format!("{title} as a table")
}

/// What a row of a table stands for, where it is more than one second.
pub fn each_row(seconds: usize) -> String {
    format!("Each row is {} seconds; of these, the greatest value stands there.", grouped(seconds as u64))
}

/// "From 2:00 to 3:30", as the part of a run that is shown.
pub fn part(from: f64, to: f64) -> String {
    format!("From {} to {}", clock(from.max(0.0) as u32), clock(to.max(0.0) as u32))
}

/// "Hide 99 of 100", "Show 99 of 100".
pub fn switch(series: &str, is_hidden: bool) -> String {
    if is_hidden { format!("Show {series}") } else { format!("Hide {series}") }
}

/// A number with one digit behind the point where there is something to say: "12", "0.5".
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 { grouped(value as u64) } else { format!("{value:.1}") }
}

/// What a cursor says: "40 people. Typical 80 ms, 95 of 100 310 ms".
pub fn stop(at: &str, lines: &[(String, String)]) -> String {
    let lines: Vec<String> = lines.iter().map(|(name, value)| format!("{name} {value}")).collect();
    format!("{at}. {}", lines.join(", "))
}
