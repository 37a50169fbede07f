//! The words around the demo: its shop's knobs, and the way to a test of one's own.

use tidemark_core::units::plain_time;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "How the demo shop behaves";
    LEAD = "Turn a knob and see what that kind of trouble looks like. It holds at once, also while a run goes on.";
    BACK = "The 30-second demo sets all three back to its own.";
    OPEN_PANEL = "Change how the shop behaves";
    READING = "Asking the shop …";
    SLOW = "Paying is slow";
    SLOW_HINT = "The line of Pay climbs; nothing fails.";
    SLOW_BY = "Longer by";
    MS = "ms";
    ERRORS = "Errors when it gets full";
    ERRORS_HINT = "One in five requests fails with 503 while there are more people.";
    ERRORS_ABOVE = "Above";
    PEOPLE = "people";
    DROP = "Connections break off";
    DROP_HINT = "The shop hangs up without an answer.";
    DROP_SHARE = "So many";
    OF_100 = "of 100";
    COULD_NOT_TURN = "The demo shop did not follow.";

    SEE_DEMO = "See how it was built";
    OWN = "Test your own app";
    OWN_LEAD = "This is what the demo is made of. Yours starts the same way:";
    OWN_PASTE = "Paste a request or an address";
    OWN_FILE = "Open a file";
    OWN_EMPTY = "Start empty";
    OWN_HIDE = "Hide this";
}

/// "The line of Pay climbs from second 20 on; nothing fails."
pub fn slow_after(ms: u64) -> String {
    format!("Begins {} after the first request.", plain_time(ms * 1_000))
}
