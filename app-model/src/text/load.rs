//! The words of the Load tab.

use tidemark_core::scenario::Shape;
use tidemark_core::units::{Span, grouped};

/// The name of a ready-made shape, and the question it answers.
pub fn preset(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::QuickCheck => ("Quick check", "Does it work at all?"),
        Shape::NormalDay => ("Normal day", "Is a normal busy day fine?"),
        Shape::PushHarder => ("Push harder", "What about twice as many?"),
        Shape::SuddenRush => ("Sudden rush", "A newsletter just went out?"),
        Shape::AllDay => ("All day", "Does it get worse over time?"),
        Shape::FindTheLimit => ("Find the limit", "How many is too many?"),
    }
}

/// A load with stages of one's own.
pub const OWN_SHAPE: &str = "My own";

/// Every shape, in the order in which they are offered.
pub const PRESETS: [Shape; 6] =
    [Shape::QuickCheck, Shape::NormalDay, Shape::PushHarder, Shape::SuddenRush, Shape::AllDay, Shape::FindTheLimit];

/// People, or new people a second, in words.
fn level(level: f64, arrivals: bool) -> String {
    let number = if level.fract() == 0.0 { grouped(level as u64) } else { format!("{level:.1}") };
    match (arrivals, number.as_str()) {
        (true, _) => format!("{number} new people per second"),
        (false, "1") => "1 person".to_owned(),
        (false, _) => format!("{number} people"),
    }
}

/// A time in words: "6 minutes 30 seconds".
pub fn at(span: Span) -> String {
    let secs = (span.us() + 500_000) / 1_000_000;
    let (hours, minutes, seconds) = (secs / 3_600, secs / 60 % 60, secs % 60);
    let one = |count: u64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        more => Some(format!("{more} {unit}s")),
    };
    let parts = [one(hours, "hour"), one(minutes, "minute"), one(seconds, "second")];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "the start".to_owned() } else { text }
}

/// "Point 3: 120 people at 6 minutes 30 seconds".
pub fn point(number: usize, people: f64, when: Span, arrivals: bool) -> String {
    format!("Point {number}: {} at {}", level(people, arrivals), at(when))
}

/// What happens in a stage: "stays at 60", "adds about 2 people per second", "jumps to 60".
pub fn stage(from: f64, to: f64, over: Span, arrivals: bool) -> String {
    let change = to - from;
    let number =
        |value: f64| if value >= 9.95 { format!("{value:.0}") } else { format!("{value:.1}").replace(".0", "") };
    if change == 0.0 {
        return format!("stays at {}", number(to));
    }
    if over == Span::ZERO {
        return format!("jumps to {}", number(to));
    }
    if arrivals {
        return format!("goes from {} to {} per second", number(from), number(to));
    }
    let verb = if change > 0.0 { "adds" } else { "takes away" };
    let per_second = change.abs() / over.secs();
    if per_second >= 0.95 {
        let people = number(per_second);
        let noun = if people == "1" { "person" } else { "people" };
        format!("{verb} about {people} {noun} per second")
    } else {
        format!(
            "{verb} about 1 person every {}",
            super::steps::time(Span::from_secs((1.0 / per_second).round() as u64))
        )
    }
}

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Load plan";
    BUSY = "Busy moment: about";
    BUSY_HINT = "The most people at once on a usual busy day. The ready-made plans scale from this number.";
SEARCH = "How the limit is looked for";
    SEARCH_MOST = "Try at most";
    SEARCH_MOST_HINT = "Empty: ten times the busy moment.";
    SEARCH_START = "Begin with";
    SEARCH_START_HINT = "Empty: a fortieth of the most.";
    SEARCH_STEP = "Measure each step for";
    SEARCH_STEP_HINT = "Usual: 10 s. Longer tells smaller differences apart.";
    SEARCH_CONFIRM = "Hold the answer for";
    SEARCH_CONFIRM_HINT = "Usual: 1 min. Shows that it was no luck.";
    NO_SEARCH_LEVEL = "Write a number above zero, or leave it empty.";
    PEOPLE_AT_ONCE = "people at once";
    PRESETS_LABEL = "A plan to start from";
    OWN_QUESTION = "Draw it, or type it in the table.";
    CURVE = "People over time";
    CURVE_HINT = "Drag a point, or choose it and use the arrow keys. Insert adds one, Delete takes it away.";
    ADD_POINT = "Add a point";
    COUNT = "Count";
    COUNT_PEOPLE = "people at once";
    COUNT_ARRIVALS = "new people per second";
    STAGES = "Stages";
    STAGE = "Stage";
    TO_PEOPLE = "To people";
    TO_ARRIVALS = "To, per second";
    OVER = "Over";
    WHAT_HAPPENS = "What happens";
    ADD_STAGE = "Add a stage";
    STAGE_MENU = "More for this stage";
    ADD_BEFORE = "Add a stage before";
    MOVE_UP = "Move up";
    MOVE_DOWN = "Move down";
    REMOVE = "Remove";
    START_AT = "Start with";
    AT_START = "there at the start";
    GOALS = "Goals";
    GOALS_HINT = "What “held up” means for this test.";
    NO_GOALS = "Without goals, the report cannot say whether your app held up.";
    ADD_USUAL = "Add the two usual goals";
    ADD_GOAL = "Add a goal";
    GOAL_MEASURE = "What is promised";
    GOAL_LIMIT = "Limit";
    GOAL_OF = "Of which requests";
    ALL_REQUESTS = "all requests";
    REMOVE_GOAL = "Remove goal";
    STOP_EARLY = "Stop early";
    STOP_EARLY_HINT = "Ends the run by itself when one of these is so.";
    ADD_STOP = "Add a rule";
    LASTING = "for";
    LASTING_LABEL = "How long it must last";
    REMOVE_STOP = "Remove rule";
    MORE = "More settings";
    WARM_UP = "Leave out the beginning";
    WARM_UP_HINT = "Answers in this time are shown, but not judged.";
    FINISH = "Let people finish for";
    FINISH_HINT = "How long people may go on with their task when the time is over.";
    AT_MOST = "At most";
    AT_MOST_HINT = "Who comes while so many are there waits, and the wait counts.";
    REPETITIONS = "End after so many tasks";
    REPETITIONS_HINT = "Empty: only the time ends the run.";
    KEEP_CONNECTIONS = "Keep connections in pauses for";
    KEEP_CONNECTIONS_HINT = "Empty: as long as this computer can open enough for all.";
    SHARE_CONNECTIONS = "People take over open connections of those who left";
    HALF_WITHIN = "Half of the requests answered within";
    P90_WITHIN = "90 of 100 requests answered within";
    P95_WITHIN = "95 of 100 requests answered within";
    P99_WITHIN = "99 of 100 requests answered within";
    ALL_WITHIN = "Every request answered within";
    FEWER_FAIL = "Failures: fewer than";
    AT_LEAST_RATE = "Speed: at least";
    HALF_LATER = "Half of the requests answered later than";
    P90_LATER = "10 of 100 requests answered later than";
    P95_LATER = "5 of 100 requests answered later than";
    P99_LATER = "1 of 100 requests answered later than";
    ANY_LATER = "Any request answered later than";
    MORE_FAIL = "Failures: more than";
    BELOW_RATE = "Speed: less than";
    IN_100_FAIL = "in 100 requests";
    PER_SECOND = "requests per second";
    NOT_A_TIME = "Write a time, such as 800 ms, 1.5 s or 1m30s.";
    NOT_A_SHARE = "Write how many of 100, such as 1 or 0.5, or “1 in 1,000”.";
    NOT_A_RATE = "Write how many per second, such as 50.";
    NOT_A_LEVEL = "Write a number of people, such as 60.";
    NOT_A_COUNT = "Write a whole number, or leave it empty.";
    EXPECTED_UNKNOWN = "The preview says how many requests that makes.";
    ASK_EXPECTED = "See the preview";
}

/// "people at once; your curve reaches 20".
pub fn people_but_curve(most: f64) -> String {
    format!("{PEOPLE_AT_ONCE}; your curve reaches {}", grouped(most.round() as u64))
}

/// What a search for the limit does, and for how long it holds its answer.
pub fn search_hint(confirm: Span) -> String {
    let hold = amount(confirm);
    format!(
        "Goes up step by step. Where a goal is missed it goes back, closes in on the limit, and holds that for {hold} to be sure."
    )
}

/// "About 11 min, up to 600 people": how long a search takes where nothing breaks, and how far it goes.
pub fn search_extent(length: Span, most: f64, arrivals: bool) -> String {
    format!("About {} if nothing breaks, up to {}", amount(length), level(most, arrivals))
}

/// "11 min in all, 120 people at the peak".
pub fn extent(length: Span, peak: f64, arrivals: bool) -> String {
    format!("{} in all, {} at the peak", amount(length), level(peak, arrivals))
}

/// "180 people", or "20 per second", and "3 min 50 s": what a shape comes to, on its card.
pub fn preset_extent(length: Span, peak: f64, arrivals: bool) -> (String, String) {
    let number = || level(peak, true).replace(" new people", "");
    (if arrivals { number() } else { level(peak, false) }, amount(length))
}

/// "About 18,400 requests, 28 per second at the busiest."; how many per second is known from a preview only.
pub fn expected(requests: u64, per_second: Option<f64>) -> String {
    let requests = grouped(super::shell::rounded(requests));
    match per_second {
        None => format!("About {requests} requests."),
        Some(rate) if rate < 10.0 => format!("About {requests} requests, {rate:.1} per second at the busiest."),
        Some(rate) => format!("About {requests} requests, {} per second at the busiest.", grouped(rate.round() as u64)),
    }
}

/// Names a field of a stage for those who don't see its place: "Stage 2: to people".
pub fn stage_field(number: usize, field: &str) -> String {
    format!("Stage {number}: {}", field.to_lowercase())
}

/// Names the menu of a stage: "More for stage 2".
pub fn stage_menu(number: usize) -> String {
    format!("More for stage {number}")
}

/// "Remove goal 2", from what the button does.
pub fn remove_goal(what: &str, number: usize) -> String {
    format!("{what} {number}")
}

/// Names a field of a goal: "Goal 2: limit".
pub fn goal_field(number: usize, field: &str) -> String {
    format!("Goal {number}: {}", field.to_lowercase())
}

/// A time as it is written into a field: "800 ms", "1.5 s", "2 min", "1 min 30 s", "1 h".
pub fn amount(span: Span) -> String {
    let us = span.us();
    if us < 1_000_000 && us != 0 {
        return format!("{} ms", us as f64 / 1e3);
    }
    if !us.is_multiple_of(1_000_000) && us < 60_000_000 {
        return format!("{} s", us as f64 / 1e6);
    }
    let secs = us / 1_000_000;
    let parts = [(secs / 3_600, "h"), (secs / 60 % 60, "min"), (secs % 60, "s")];
    let words = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    let text = words.collect::<Vec<_>>().join(" ");
    if text.is_empty() { "0 s".to_owned() } else { text }
}
