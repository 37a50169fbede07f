//! The words of the run page and of results, and how failures are told.

use tidemark_core::traffic::Kind;
use tidemark_core::units::{grouped, plain_length};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    NOTHING = "–";
    PEOPLE = "People";
    RATE = "Requests per second";
    TYPICAL = "Typical";
    HALF = "half were faster";
    P95 = "95 of 100";
    P99 = "99 of 100";
    SLOWEST = "Slowest";
    FAILED = "Failed";
    SENT = "Sent";
    STEP = "Step";
    STARTING = "starting";
    RUNNING = "running";
    HOLDING = "holding";
    STOPPING = "stopping";
    ENDED = "over";
    BROKEN = "broken off";
    TOO_FEW = "too few to say";
    SILENT = "Nothing has answered for 10 s.";
    STRAINED = "Your computer is at its limit. Numbers may look slower than your app really is.";
    FINISH = "Let people finish (recommended)";
    STOP_NOW = "Stop now";
    TITLE = "Run";
    NOTHING_SEEN_YET = "It has said nothing yet that can be drawn.";
    SOON = "Starting. The first people arrive in a moment.";
    NO_RUN = "Nothing runs at the moment.";
    RUN_TEST = "Run test";
    SEARCHING = "This run looks for the limit by itself, so its load can't be changed by hand.";
    HOLD = "Hold here";
    FOLLOW = "Follow the plan again";
    MORE_PEOPLE = "10 people more";
    FEWER_PEOPLE = "10 people fewer";
    MORE_ORDERS = "More for this run";
    STOP = "Stop";
    STOP_TITLE = "Stop this run?";
    STOP_TEXT = "What was measured so far is kept either way.";
    FINISH_SUB = "Nobody new starts. The report comes after the last answer.";
    STOP_NOW_SUB = "Requests under way are cut off and counted apart.";
    KEEP_RUNNING = "Keep running";
    OPEN_REPORT = "Open report";
    GOALS = "Goals";
    NO_GOALS = "This test has no goals. Without one, nothing says what is good.";
    GOAL_KEPT = "kept";
    GOAL_MISSED = "missed";
    GOAL_OPEN = "can't tell yet";
    SLOWEST_NOW = "Slowest now";
    SLOWEST_NONE = "No answer in the last minute.";
    P95_LATELY = "95 of 100, last 10 s";
    THIS_COMPUTER = "This computer";
    SENT_ON = "Sent elsewhere";
    BELOW = "More about this run";
    WHAT_FAILED = "What failed";
    STEPS = "Steps";
    LOG = "Log";
    NOTHING_FAILED = "Nothing has failed so far.";
    NOTHING_MEASURED = "No step has been measured yet.";
    NOTHING_HAPPENED = "Nothing special has happened yet.";
    VIEW_SAMPLES = "View samples";
    HIDE_SAMPLES = "Hide samples";
    NO_SAMPLES = "No sample was kept of this one.";
    LOADING_SAMPLES = "Reading samples …";
    SILENT_HINT = "Look whether the app you test still runs, and whether its address is right.";
    CUT_OFF = "The connection is lost. As long as Tidemark runs, the run goes on, and what is missed here is filled in.";
    CUT_OFF_HINT = "If Tidemark was closed, start it again and open the address that it prints. What was measured is kept.";
    DISMISS = "Hide these tips";
    COUNT = "Count";
    WHEN = "When";
    WHAT = "What";
    TIME = "Time";
    METRICS = "Numbers now";
    PROGRESS = "How far the run is";
}

pub use tidemark_core::result::PRACTICE;

/// The first of them where the shop is a pretend one.
pub const COACH_PRACTICE: &str = "20 pretend shoppers use a pretend shop inside this page. Nothing is sent.";

/// The three lines for who sees a run for the first time, with the second from which each stands there.
pub const COACH: [(u32, &str); 3] = [
    (0, "20 pretend shoppers use a shop that runs on this computer. Every request is real."),
    (12, "Look at “95 of 100”: 95 of every 100 answers were at least this fast, 5 were slower."),
    (20, "From second 20 on the shop takes longer at “Pay”. See how the line climbs."),
];

/// "03:12 of 11:00".
pub fn gone(gone: &str, planned: Option<&str>) -> String {
    match planned {
        Some(planned) => format!("{gone} of {planned}"),
        None => gone.to_owned(),
    }
}

/// What a run will do: "60 people for 11 min. About 18,400 requests to Demo shop."
pub fn before(people: &str, length: &str, requests: Option<u64>, target: &str) -> String {
    let to = if target.is_empty() { String::new() } else { format!(" to {target}") };
    match requests {
        Some(count) => format!("{people} for {length}. About {} requests{to}.", grouped(count)),
        None => format!("{people} for {length}. Requests go{to}.").replace(" Requests go.", ""),
    }
}

/// "20 people", "5 new people per second".
pub fn load(peak: f64, arrivals: bool) -> String {
    match (arrivals, peak.round() as u64) {
        (true, _) => format!("up to {} new people per second", super::chart::number(peak)),
        (false, 1) => "1 person".to_owned(),
        (false, people) => format!("{} people", grouped(people)),
    }
}

/// This computer: "fine", "fine (processor 22 %)".
pub fn computer(strained: bool, cpu: Option<f64>) -> String {
    let word = if strained { "at its limit" } else { "fine" };
    match cpu {
        Some(share) => format!("{word} (processor {:.0} %)", share * 100.0),
        None => word.to_owned(),
    }
}

/// "03:02–03:10", or one moment.
pub fn between(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first}–{last}") }
}

/// "8×".
pub fn times(count: u64) -> String {
    format!("{}×", grouped(count))
}

/// How many seconds [`P95_LATELY`] speaks of.
pub const LATELY_SECONDS: u32 = 10;

/// "95 of 100, last 30 s".
pub fn p95_lately(seconds: u32) -> String {
    format!("{P95}, last {}", plain_length(seconds))
}

/// "slowest of 14, last 60 s".
pub fn longest_lately(answers: u64, seconds: u32) -> String {
    let which = if answers == 1 { "one answer".to_owned() } else { format!("slowest of {}", grouped(answers)) };
    format!("{which}, last {}", plain_length(seconds))
}

/// "of 60 planned".
pub fn planned(people: u32) -> String {
    format!("of {} planned", grouped(u64::from(people)))
}

/// How a failure is told: what happened, why probably, and what to do first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub title: String,
    /// Why, probably; may be empty.
    pub reason: &'static str,
    /// The first thing to do.
    pub action: &'static str,
}

/// Tells a failure: its kind, the particulars (such as `503` or a host), and the status, 0 if there was none.
pub fn failure(kind: Kind, detail: &str, status: u16) -> Told {
    let detail = detail.trim();
    let with = |text: &str| if detail.is_empty() { format!("{text}.") } else { format!("{text}: {detail}.") };
    let told = |title: String, reason, action| Told { title, reason, action };
    match kind {
        Kind::Status => status_told(status, detail),
        Kind::Refused => told(
            with("Nothing is listening there"),
            "The app is not started, or the port is different.",
            "Check address",
        ),
        Kind::NameNotFound => {
            told(with("The name could not be found"), "The address may have a typing mistake.", "Fix address")
        }
        Kind::AnswerTimeout => told(
            with("No answer in time"),
            "The server is busy, or the address is not reachable from here.",
            "Raise limit",
        ),
        Kind::ConnectTimeout => told(
            with("No connection in time"),
            "The server is busy, or the address is not reachable from here.",
            "Check address",
        ),
        Kind::Tls => told(
            with("The secure connection could not be made"),
            "The certificate is not trusted, or it has expired.",
            "Ask the owner",
        ),
        Kind::Reset => told(
            with("The server closed the connection before the answer was complete"),
            "The server is overloaded, or something between closes connections.",
            "Copy sample for the team",
        ),
        Kind::CheckFailed => told(with("A check was not true"), "The answer was not what you expected.", "Open check"),
        Kind::ValueMissing => {
            told(with("A value could not be found"), "The answer looked different this time.", "Pick again")
        }
        Kind::RowsRanOut => told(with("A data table has no rows left"), "", "Change what happens"),
        Kind::NoRoom => told(
            "This computer cannot open more connections.".to_owned(),
            "The limit of this computer is reached.",
            "Use fewer people",
        ),
        Kind::HostBlocked => told(with("Blocked: the host is not on this test's list"), "", "Allow host"),
        Kind::TooManyRedirects => {
            told(with("Too many redirects"), "Two addresses may send people to each other.", "Open step")
        }
        Kind::Malformed => told(with("The answer was garbled"), "It was not proper HTTP.", "Copy sample for the team"),
        Kind::BadRequest => {
            told(with("The request made no sense"), "A value may hold what an address can't.", "Open step")
        }
        Kind::Cut => told("The run ended while this was under way.".to_owned(), "", "Open step"),
    }
}

fn status_told(status: u16, detail: &str) -> Told {
    let code = if status > 0 { status.to_string() } else { detail.to_owned() };
    let told = |title: String, reason, action| Told { title, reason, action };
    match status {
        401 | 403 => told(
            format!("The server did not accept the sign-in ({code})."),
            "No token, or an old one.",
            "Show where the token is set",
        ),
        404 => told(
            "There is nothing at this address (404).".to_owned(),
            "The address may have a typing mistake.",
            "Open step",
        ),
        400 | 422 => {
            told(format!("The server refused the data ({code})."), "A field is missing or wrong.", "Open body")
        }
        429 => {
            told("The server asked us to slow down (429).".to_owned(), "A limit per client is active.", "Lower people")
        }
        500.. => told(
            format!("The server failed while answering ({code})."),
            "This is on the server's side.",
            "Copy sample for the team",
        ),
        _ => told(format!("The answer was {code}, which was not expected."), "", "Open step"),
    }
}
