//! The words of the preview.

use tidemark_core::preview::Why;
use tidemark_core::units::{Span, grouped, plain_time};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Preview: nothing is sent";
    SEED = "seed";
    ROLL = "Roll again";
    ROLL_HINT = "The same plan with other luck.";
    ASSUME = "Answers take";
    VIEW_AS = "View as";
    PICTURE = "Picture";
    TABLE = "Table";
    PICKED = "Picked";
    REQUESTS = "Requests";
    TIME = "Time";
    BY_LUCK = "By luck";
    EACH = "Requests each time";
    TASK = "Task";
    USER_TYPE = "User type";
    WHY = "Why?";
    OUTSIDE = "On arrival and before leaving";
    LUCK_HINT = "A run picks by chance. In 95 of 100 runs the share lies in this range.";
    JOURNEY = "One pretend person, step by step";
    JOURNEY_HINT = "Answers are made up: ‹name› stands for what a real answer brings.";
    LEAVES = "leaves";
    DATA = "Data use";
    NO_DATA = "No data table is used.";
    HEADS_UP = "Heads-up";
    VALUES_SET = "Every value is set before it is used.";
    SHOW = "Show";
    GO_ON = "Looks right: choose load";
    STOPPED = "The preview needs these to be mended first.";
    WORKING = "Working it out…";
    CANCEL = "Cancel";
    CHANGED = "You have changed the test since.";
    AGAIN = "Work it out again";
    NUMBERS = "Shares of picks, requests and time";
    NOBODY = "There is no user type yet.";
}

/// "Up to 60 people for 11 min".
pub fn people_for(people: u64, length: &str) -> String {
    let who = if people == 1 { "One person".to_owned() } else { format!("Up to {} people", grouped(people)) };
    format!("{who} for {length}, following your load plan.")
}

/// "1,200 people arrive over 11 min".
pub fn arrivals(arrivals: &str, length: &str) -> String {
    format!("{arrivals} people arrive over {length}, following your load plan.")
}

/// "You will send about 18,400 requests · 28 per second at the busiest · 41 MB out".
pub fn sends(requests: u64, per_second: f64, bytes: &str) -> String {
    let requests = super::shell::rounded(requests);
    let requests = if requests == 1 { "1 request".to_owned() } else { format!("{} requests", grouped(requests)) };
    format!("You will send about {requests} · {} per second at the busiest · {bytes} out", rate(per_second))
}

fn rate(per_second: f64) -> String {
    if per_second >= 9.95 { grouped(per_second.round() as u64) } else { format!("{per_second:.1}") }
}

/// "Expected luck: Browse will land between 58 % and 62 %."
pub fn luck(name: &str, range: (f64, f64)) -> String {
    let (from, to) = (tenths(range.0), tenths(range.1));
    format!("Expected luck: {name} will land between {from} % and {to} %.")
}

/// "58.1–61.9 %".
pub fn between(range: (f64, f64)) -> String {
    format!("{}–{} %", tenths(range.0), tenths(range.1))
}

fn tenths(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// "42 people · 1,200 picks · 9,100 requests, 61 % of all".
pub fn kind(heads: u64, picks: u64, requests: u64, all: u64) -> String {
    let people = if heads == 1 { "1 person".to_owned() } else { format!("{} people", grouped(heads)) };
    let share = if all > 0 { (requests as f64 / all as f64 * 100.0).round() } else { 0.0 };
    format!("{people} · {} picks · {} requests, {share:.0} % of all", grouped(picks), grouped(requests))
}

/// "4.2".
pub fn each(requests: f64) -> String {
    format!("{requests:.1}")
}

/// Why a share of requests is so far from the share of picks.
pub fn why(name: &str, picked: u32, requests: u32, each: f64, others: f64, outside: bool) -> String {
    let says = format!("{name} is picked {picked} % of the time but sends {requests} % of the requests");
    let (each_words, others_words) = (self::each(each), self::each(others));
    match each_words != others_words && others > 0.0 {
        true => format!("{says}: {each_words} each time, the others {others_words}."),
        false if outside => format!("{says}, as some are sent on arrival and before leaving."),
        false => format!("{says}."),
    }
}

/// "2.9 s": since the arrival.
pub fn at(us: u64) -> String {
    format!("{:.1} s", us as f64 / 1e6)
}

/// "arrives as Visitor".
pub fn arrives(user: &str) -> String {
    format!("arrives as {user}")
}

/// "waits 2.6 s".
pub fn waits(time: &str) -> String {
    format!("waits {time}")
}

/// How many rows there are and how many are needed.
pub fn rows(rows: u64, needed: Option<u64>) -> String {
    let there = if rows == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(rows)) };
    match needed {
        None => format!("{there}, taken by chance"),
        Some(needed) => format!("{} needed, {there} there", grouped(needed)),
    }
}

/// Something that nobody reaches.
pub fn never(name: &str, why: Why) -> String {
    let because = match why {
        Why::Off => "it is switched off",
        Why::WeightZero => "its share is zero",
        Why::LeftOutByTags => "its labels leave it out",
        Why::DependsOnAnswers => "it depends on real answers, and these are made up",
        Why::NotReached => "no pretend person came there",
    };
    format!("“{name}” is never reached: {because}.")
}

/// "100 ms".
pub fn assumed(span: Span) -> String {
    plain_time(span.us())
}

/// "as in the last try (41 ms)".
pub fn as_tried(span: Span) -> String {
    format!("as in the last try ({})", plain_time(span.us()))
}

/// "11 min", "1 min 30 s".
pub fn length(us: u64) -> String {
    let secs = (us + 500_000) / 1_000_000;
    match secs {
        0..10 => plain_time(us),
        10..120 => format!("{secs} s"),
        _ if secs.is_multiple_of(60) => format!("{} min", grouped(secs / 60)),
        _ => format!("{} min {} s", grouped(secs / 60), secs % 60),
    }
}

/// "40 % done".
pub fn done(percent: u32) -> String {
    format!("{percent} % done")
}
