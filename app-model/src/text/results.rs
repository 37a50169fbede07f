//! The words of results: the history, the report, failures and their samples.

use tidemark_core::units::{grouped, plain_bytes, plain_length, plain_time};
use tidemark_core::verdict::{Ended, State};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    PRACTICE_SHORT = "Practice";
    HISTORY = "Results";
    OF_THIS_TEST = "Every run of this test is kept here.";
    NONE_YET = "No results yet.";
    NONE_HINT = "Run the test once. Its report is kept here, and can be shared as one file.";
    READING = "Reading …";
    OPENING = "Opening the result …";
    VERDICT = "Verdict";
    PEOPLE = "People";
    WHEN = "When";
    LENGTH = "Length";
    BASELINE = "Baseline";
    CHOOSE = "Choose for comparing";
    COMPARE_TWO = "Compare these two";
    CHOOSE_TWO = "Choose two results first.";
    SET_BASELINE = "Set as baseline";
    NO_MORE_BASELINE = "No more the baseline";
    RENAME = "Rename";
    RENAME_TITLE = "Rename this result";
    NAME = "Name of the file";
    DELETE = "Delete";
    MORE = "More for this result";
    OPEN = "Open";
    SHARE = "Share";
    COMPARE = "Compare";
    KEEP = "Add to my results";
    BACK_TO_ALL = "All results";
    COPY_SUMMARY = "Copy summary";
    OPEN_SAMPLES = "Open failing samples";
    GOALS = "Goals";
    NO_GOALS = "This run had no goals.";
    GOAL_MET = "met";
    GOAL_MISSED = "missed";
    GOAL_OPEN = "can't tell";
    HAPPENED = "What happened";
    WAY = "The way to the limit";
    HOW_IT_WENT = "How it went";
    SCALING = "How it scales";
    WATCHED = "What the target said of itself";
    NOTHING_SEEN = "It said nothing that can be drawn.";
    KNEE = "knee";
    SCALING_KEYS = "Left and right move the cursor. T shows a table.";
    FELT = "What people felt";
    OF_100 = "Of every 100 requests";
    STEPS = "Steps";
    TREND = "Typical over time";
    FILTER = "Find a step";
    GROUP_BY = "Together";
    BY_STEP = "Each step";
    BY_USER = "By user type";
    BY_TASK = "By task";
    SEVERAL = "Several";
    ONLY_MISSED = "Only steps that broke a goal";
    COLUMNS = "Columns";
    NO_ROWS = "No step fits.";
    ALL_WARM_UP = "The run ended in its warm-up, which no figure counts. Let it run longer, or shorten the warm-up on the Load tab.";
    MISSED_HERE = "broke a goal";
    FAILURES = "Failures";
    NO_FAILURES = "Nothing failed.";
    SENT = "Sent";
    ANSWER = "Answer";
    NO_ANSWER = "Nothing came back.";
    EMPTY_BODY = "No body.";
    COPY_CURL = "Copy as cURL";
    CURL_HINT = "Without secrets and sign-ins";
    HIDDEN = "••••";
    OPEN_STEP = "Open step";
    NO_STEP = "This step is not in the test any more.";
    NO_SAMPLES = "No sample of this one is in the file.";
    ABOUT = "About this run";
    SNAPSHOT = "The test as it was run";
    RESTORE = "Make this the test again";
    RESTORED = "Restore the test of a result";
    NOT_HERE = "Open the test of this result first.";
    VIEWED = "This result was opened from a file. It is not among your results.";
    CANT_TELL_WORD = "Can't tell";
    NO_RESULT = "This result can't be shown.";
    HOW_MEASURED = "Response time counts from when a request was due to the last byte of its answer. Each figure counts every answer; none is an average of averages. Where one second has too few answers, charts look back up to 10 seconds.";
}

/// A verdict in a word or two, by its state's word.
pub fn state(word: &str) -> &'static str {
    match word {
        "held-up" => "Held up",
        "held-up-with-warnings" => "Held up, with warnings",
        "did-not-hold-up" => "Did not hold up",
        "running" => "Running now",
        "ended-unexpectedly" => "Broke off",
        "unreadable" => "Can't be read",
        _ => CANT_TELL_WORD,
    }
}

/// A verdict's state by its word.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::HeldUp => "held-up",
        State::HeldUpWithWarnings => "held-up-with-warnings",
        State::DidNotHoldUp => "did-not-hold-up",
        State::CantTell => "cant-tell",
    }
}

/// "4 more series are in the result."
pub fn more_series(count: usize) -> String {
    match count {
        1 => "1 more series is in the result.".to_owned(),
        more => format!("{more} more series are in the result."),
    }
}

/// "20 people".
pub fn people(count: u32) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(u64::from(count))) }
}

/// "got 1.9 s", "got 1.9 s at worst".
pub fn got(value: Option<&str>, at_worst: bool) -> String {
    match (value, at_worst) {
        (None, _) => super::run::TOO_FEW.to_owned(),
        (Some(value), false) => format!("got {value}"),
        (Some(value), true) => format!("got {value} at worst"),
    }
}

/// A limit that the computer put on the verdict: "Note: …".
pub fn caveat(text: &str) -> String {
    format!("Note: {text}")
}

/// "after 10 s of warm-up"; nothing where there was none.
pub fn after_warm_up(seconds: u32) -> String {
    if seconds == 0 { String::new() } else { format!("after {} of warm-up", plain_length(seconds)) }
}

/// "first at 06:58 with 88 people, last at 10:40 · 5 samples".
pub fn when(first: &str, last: &str, people: u32, samples: usize) -> String {
    let moment = if first == last {
        format!("at {first} with {}", self::people(people))
    } else {
        format!("first at {first} with {}, last at {last}", self::people(people))
    };
    match samples {
        0 => moment,
        1 => format!("{moment} · 1 sample"),
        more => format!("{moment} · {more} samples"),
    }
}

/// "Sample 2 · 06:58 · 88 people · after 1.2 s".
pub fn sample(number: usize, time: &str, people: u32, took_us: Option<u64>) -> String {
    let took = took_us.map(|us| format!(" · after {}", plain_time(us))).unwrap_or_default();
    let people = if people > 0 { format!(" · {}", self::people(people)) } else { String::new() };
    format!("Sample {number} · {time}{people}{took}")
}

/// The parts of 100 requests: fast, slow, failed.
pub fn felt(part: &str, limit_us: u64) -> String {
    match part {
        "fast" => format!("fast: within {}", plain_time(limit_us)),
        "slow" => format!("slow: longer than {}", plain_time(limit_us)),
        _ => "failed".to_owned(),
    }
}

/// How a run ended.
pub fn ended(ended: Option<&Ended>) -> String {
    match ended {
        None => "The file ends before the run did.".to_owned(),
        Some(Ended::Finished) => "The load plan was at its end.".to_owned(),
        Some(Ended::Stopped) => "Somebody stopped it, and people could finish.".to_owned(),
        Some(Ended::Killed) => "Somebody ended it at once.".to_owned(),
        Some(Ended::StopRule(rule)) => format!("A rule stopped it: {rule}."),
        Some(Ended::Step(why)) => format!("A step stopped it: {why}."),
        Some(Ended::Broken(why)) => format!("It broke off: {why}."),
    }
}

/// A file that breaks off: "This result file is damaged after 06:10. You see what could be read."
pub fn damaged(after: &str) -> String {
    format!("This result file is damaged after {after}. You see what could be read.")
}

/// A result that was deleted, while that can be taken back.
pub fn deleted(title: &str) -> String {
    format!("Deleted the result of {title}.")
}

/// Names of lines about a run, and what they say.
pub mod about {
    use super::{grouped, plain_bytes, plain_length};

    /// The address that was tested.
    pub const TARGET: &str = "Target";
    /// When it began.
    pub const STARTED: &str = "Started";
    /// How it ended.
    pub const ENDED: &str = "Ended";
    /// How long it was measured.
    pub const MEASURED: &str = "Measured";
    /// How many at most.
    pub const PEAK: &str = "People at most";
    /// Requests.
    pub const REQUESTS: &str = "Requests";
    /// The computer.
    pub const COMPUTER: &str = "Computer";
    /// Whether it kept up.
    pub const HEALTH: &str = "Its health";
    /// By which clock answers were timed.
    pub const CLOCK: &str = "Clock";
    /// The seed.
    pub const SEED: &str = "Seed";
    /// The version.
    pub const MADE_BY: &str = "Made by";

    /// "10 min 40 s, after 10 s of warm-up".
    pub fn measured(seconds: u32, warm_up: u32) -> String {
        match warm_up {
            0 => plain_length(seconds),
            warm_up => format!("{}, after {} of warm-up", plain_length(seconds), plain_length(warm_up)),
        }
    }

    /// "1,005, 552 kB received".
    pub fn requests(count: u64, bytes_in: u64) -> String {
        format!("{}, {} received", grouped(count), plain_bytes(bytes_in))
    }

    /// "fine the whole time", "at its limit in 3 of 60 seconds, because requests left late".
    pub fn health(suspect: u32, all: u32, why: &[&str]) -> String {
        match (suspect, why) {
            (0, _) => "fine the whole time".to_owned(),
            (_, []) => format!("at its limit in {suspect} of {all} seconds"),
            _ => format!("at its limit in {suspect} of {all} seconds, because {}", why.join(" and ")),
        }
    }
}

/// A result in a list of others: "23 Nov 2026, 14:10", "23 Nov 2026, 14:10 · baseline".
pub fn other(when: &str, baseline: bool) -> String {
    if baseline { format!("{when} · baseline") } else { when.to_owned() }
}

/// Names the menu of a result by when it began.
pub fn more_for(when: &str) -> String {
    format!("{MORE}: {when}")
}
