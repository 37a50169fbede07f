//! The words of comparisons.

use tidemark_core::units::grouped;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Compare";
    A = "A";
    B = "B";
    BEFORE = "Before (A)";
    NOW = "Now (B)";
    SWAP = "Swap A and B";
    CLOSE = "Close";
    READING = "Reading both results …";
    PICK = "Pick a second run.";
    SAME_TWICE = "A and B are the same run. Pick another one to compare with.";
    UNLIKE = "Not a like-for-like comparison:";
    DIFFERENCES = "Show differences";
    NUMBERS = "All requests";
    NUMBER = "Number";
    CHANGE = "Change";
    WORTH = "Better or worse";
    PICTURE = "A ○ to B ●";
    HIGHER = "higher is better";
    LOWER = "lower is better";
    NEITHER = "the load differs, so neither is better";
    STEPS = "Steps, biggest change first";
    STEP = "Step";
    BY = "By";
    NEW = "new";
    GONE = "gone";
    NEW_HINT = "Only in B";
    GONE_HINT = "Only in A";
    OVER_EACH_OTHER = "Over each other";
    WHAT = "What is drawn";
    ALONG = "Line up by";
    TIME = "Time";
    PEOPLE = "People";
    PEOPLE_HINT = "What was measured while so many people were there. The fair view where load plans differ.";
    SECONDS_AXIS = "minutes and seconds since the start";
    PEOPLE_AXIS = "people at the same moment";
    NOTHING_DRAWN = "Nothing to draw: too few answers.";
    TREND = "Trend";
    SHOW_TREND = "Show the latest runs";
    TREND_HINT = "Up to 6 runs, oldest first, all on one scale: 95 of 100 over time.";
    READING_RUN = "Reading …";
    HOW = "Better or worse is only what differs by more than 5 % and 5 ms, and by more than chance. About the same is what for certain did not change by more than 10 % or 15 ms. Chance is known from drawing short stretches of both runs, neighbours together, again and again.";
    KEYS = "Left and right move the cursor, with Shift by ten. T shows a table.";
}

/// A run to choose: "28 Nov 2026, 12:10 · Held up", with a star where it is the baseline.
pub fn run(when: &str, state: &str, baseline: bool) -> String {
    if baseline { format!("★ {when} · {state}") } else { format!("{when} · {state}") }
}

/// "peak 60 → 120 people, load plan changed."
pub fn unlike(texts: &[&str]) -> String {
    format!("{}.", texts.join(", "))
}

/// A step that had another name: "before: Buy".
pub fn was(name: &str) -> String {
    format!("before: {name}")
}

/// "1,204 → 1,190 requests".
pub fn counts((a, b): (u64, u64)) -> String {
    format!("{} → {} requests", grouped(a), grouped(b))
}

/// "Each picture reaches from 0 to 2 s."
pub fn scale(top: &str) -> String {
    format!("Each picture reaches from 0 to {top}.")
}

/// What a cursor says: "02:10. A 310 ms, B 1.9 s".
pub fn spoken(at: &str, a: &str, b: &str) -> String {
    format!("{at}. A {a}, B {b}")
}

/// "95 of 100 as a table".
pub fn summary(what: &str, a: &str, b: &str) -> String {
    format!("{what}: over the whole run {a} in A, {b} in B.")
}

/// "chance: under 1 in 1,000", "chance: 3 in 100"; for who wants to know.
pub fn chance(p: f64) -> String {
    match p {
        p if p < 0.001 => "p < 0.001".to_owned(),
        p => format!("p = {p:.3}"),
    }
}
