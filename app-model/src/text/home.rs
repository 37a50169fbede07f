//! The words of Home.

use tidemark_core::units::grouped;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    HEADLINE = "How many people can your app handle?";
    LEAD = "Describe what they do, choose how many, press run. No code.";
    DEMO = "Run the 30-second demo";
    DEMO_SUB = "real requests, only to a shop on this computer";
    DEMO_PRACTICE_SUB = "a practice run inside this page";
    DEMO_WAIT = "Starting the shop …";
    DEMO_WAIT_SUB = "the charts open by themselves";
    DEMO_RUNNING = "A run goes on";
    DEMO_RUNNING_SUB = "see how it is doing";
    PASTE = "Paste a request";
    PASTE_SUB = "cURL or an address";
    IMPORT = "Open a file";
    IMPORT_SUB = "a test or a result";
    EMPTY = "Start empty";
    EMPTY_SUB = "draw it step by step";
    TESTS = "Your tests";
    SORT = "Sort";
    BY_CHANGE = "Last changed";
    BY_NAME = "Name";
    NOTHING_YET = "Nothing here yet. The demo takes 30 seconds.";
    RUN_DEMO = "Run the demo";
    COULD_NOT_LIST = "The list of tests could not be read.";
    DROP_HINT = "Drop a test or result file anywhere in this window.";
    DROP_TITLE = "Let go to open it";
    DROP_TEST = "A test (.tide) opens as a test of its own.";
    DROP_RESULT = "A result (.tiderun) opens as a report.";
    DROP_REQUESTS = "Requests (cURL in a text file) are shown before they come in.";
    DROP_TABLE_NOT = "A table (.csv) needs an open test.";
    NEVER_RUN = "not run yet";
    OPEN = "Open";
    RENAME = "Rename";
    COPY = "Duplicate";
    DELETE = "Delete";
    NEW_NAME = "New name";
    SPARK = "Slowest moment of the last run:";
    LOADING = "Reading your tests …";
    NOW = "just now";
    YESTERDAY = "yesterday";
    HELD_UP = "held up";
    HELD_UP_WITH_WARNINGS = "held up, with warnings";
    DID_NOT_HOLD_UP = "did not hold up";
    CANT_TELL = "can't tell";
    UNREADABLE = "can't be read";
}

/// "A table (.csv) becomes data of Shop."
pub fn drop_table(test: &str) -> String {
    format!("A table (.csv) becomes data of {test}.")
}

/// "More for Shop".
pub fn more_for(name: &str) -> String {
    format!("More for {name}")
}

/// "120 people".
pub fn people(count: u32) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(u64::from(count))) }
}

/// How long ago, in words; days count from midnight, so the caller says how many midnights lie between.
pub fn ago(seconds: u64, midnights: u64) -> String {
    let some = |count: u64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match (midnights, seconds) {
        (0, 0..60) => NOW.to_owned(),
        (0, 60..3_600) => some(seconds / 60, "minute"),
        (0, _) => some(seconds / 3_600, "hour"),
        (1, _) => YESTERDAY.to_owned(),
        (2..30, _) => some(midnights, "day"),
        (30..365, _) => some(midnights / 30, "month"),
        _ => some(midnights / 365, "year"),
    }
}
