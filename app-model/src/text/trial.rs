//! The words of the trial of one person.

use tidemark_core::units::{grouped, plain_time};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Try one user";
    OPEN = "Open";
    CLOSE = "Close";
    AS = "as";
    TASK = "task";
    ALL_TASKS = "all in order";
    RUN = "Run";
    STOP = "Stop";
    STOPPED_NOW = "Nothing is being tried.";
    RUNNING = "Trying…";
    NEVER_TRIED = "not tried yet";
    EMPTY = "Try one user to see real answers here.";
    NO_USERS = "There is no user type to try yet.";
    STEPS = "What happened, step by step";
    RESIZE = "Height of the trial";
    ANSWER = "Answer";
    SENT = "Sent";
    TIMING = "Timing";
    VALUES = "Values";
    PICK_A_STEP = "Choose a step to see what was sent and what came back.";
    NOT_REACHED = "not reached";
    SERVER_SAYS = "The server says";
    LIKELY = "Likely";
    NOW = "Values now";
    CHANGED = "Changed by this step";
    BEFORE = "Before";
    AFTER = "After";
    NOT_SET = "not set";
    ROW = "data row";
    SKIP_PAUSES = "skip pauses";
    BY_HAND = "stop at each step";
    NEXT = "Next step";
    STOPPING = "Stopping…";
    HELD = "waiting for Next step";
    SENT_NOW = "waiting for the answer";
    MARK_WORKED = "worked";
    MARK_FAILED = "failed";
    MARK_PAUSE = "pause";
    MARK_BRANCH = "choice";
    MARK_TASK = "task";
    MARK_HELD = "waits";
    SAVED_VALUE = "saved";
    DETAIL = "The chosen step";
    WAYS = "What you can do";
    NO_VALUES = "No value has been saved yet.";
    NOTHING_SENT = "Nothing was sent.";
    NO_ANSWER = "There was no answer.";
    HEAD = "First line and headers";
    BODY = "Body";
    CONNECT = "Finding and connecting";
    TLS = "Securing the connection";
    WAIT = "Waiting for the first byte";
    READ = "Reading the answer";
    WHOLE = "All together";
    REUSED = "an open connection was used";
    OPEN_STEP = "Open step";
    SHOW_TOKEN = "Show where the token is set";
    GO_ON = "Go on if it is missing";
    PICK_AGAIN = "Pick again";
    CHECK_ADDRESS = "Check address";
    COPY_SAMPLE = "Copy sample for the team";
    BEFORE_CHANGE = "from before your change";
}

/// "7 worked".
pub fn worked(count: usize) -> String {
    format!("{} worked", grouped(count as u64))
}

/// "1 failed".
pub fn failed(count: usize) -> String {
    format!("{} failed", grouped(count as u64))
}

/// "2 not reached".
pub fn not_reached(count: usize) -> String {
    format!("{} not reached", grouped(count as u64))
}

/// "last tried 14:01 · 9 of 9 requests worked · 512 ms": the dock while it is closed.
pub fn summary(clock: &str, worked: usize, of: usize, us: u64) -> String {
    let (worked, of, took) = (grouped(worked as u64), grouped(of as u64), plain_time(us));
    format!("last tried {clock} · {worked} of {of} requests worked · {took}")
}

/// "Wait 2.1 s (skipped)".
pub fn pause(us: u64, skipped: bool) -> String {
    format!("Wait {}{}", plain_time(us), if skipped { " (skipped)" } else { "" })
}

/// "Only if cart count > 0 → Yes".
pub fn branch(sentence: &str, yes: bool) -> String {
    format!("{sentence} → {}", if yes { "Yes" } else { "No" })
}

/// "of 40 · ada@shop.test": what stands behind the number of a row.
pub fn row_of(rows: u64, says: &str) -> String {
    let of = format!("of {}", grouped(rows));
    if says.is_empty() { of } else { format!("{of} · {says}") }
}

/// "It sends about 9 requests to Demo shop."
pub fn will_send(count: usize, target: &str) -> String {
    let requests = if count == 1 { "1 request".to_owned() } else { format!("{} requests", grouped(count as u64)) };
    if target.is_empty() {
        format!("It sends about {requests}.")
    } else {
        format!("It sends about {requests} to {target}.")
    }
}

/// "Expect 422 instead".
pub fn expect(status: u16) -> String {
    format!("Expect {status} instead")
}

/// "Raise the limit to 60 s".
pub fn raise_limit(limit: &str) -> String {
    format!("Raise the limit to {limit}")
}

/// "Add field card".
pub fn add_field(name: &str) -> String {
    format!("Add field {name}")
}

/// "0.21": seconds since the start, as they stand before each step.
pub fn at(us: u64) -> String {
    format!("{:.2}", us as f64 / 1e6)
}

/// "Step failed" title: "Pay — the answer was 422".
pub fn failed_title(name: &str, what: &str) -> String {
    format!("{name} — {what}")
}

/// "240 B of 1.2 MB are shown."
pub fn cut(shown: &str, of: &str) -> String {
    format!("The first {shown} of {of} are shown.")
}
