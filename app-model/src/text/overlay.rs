//! The words of dialogs, drawers and the palette.

use tidemark_core::units::grouped;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    UNDO = "Undo";
    TRY_AGAIN = "Try again";
    SAVE_COPY = "Save a copy";
    TAKE_OVER = "Take over";
    DO_IT = "Do it";
    SEE_PROBLEMS = "See problems";
    KEEP_MINE = "Keep mine";
    LOAD_THEIRS = "Load theirs";
    SEE_HISTORY = "See history";
    BACK_TO_FILE = "Go back";
    DONE_WELL = "Done";
    NOTE = "Note";
    LOOK = "Look";
    TROUBLE = "Could not be done";

    BEFORE_RUN = "Before the run";
    TARGET = "Target";
    PEOPLE = "People at the busiest";
    ARRIVALS = "New people a second, at most";
    BEFORE_TRY = "Before the try";
    SECRETS_FIRST = "Give each secret a value first.";
    SECRETS_HERE = "Secrets without a value here";
    BEHIND_PROXY = "far side of a proxy";
    RAISE_LIMIT = "Raise the limit for this run";
    RAISED = "The limit is raised for this run.";
    MORE_IN_SETTINGS = "Settings hold this limit.";
    RUN_REFUSED = "Nothing was sent.";
    REQUESTS = "Requests";
    LENGTH = "How long";
    NOT_KNOWN = "not known yet";
    TO_LOOK_AT = "To look at first";
    STOPS = "Mend what stops the run first.";
    YOUR_WORD = "Only test what you own or are allowed to test.";
    ALLOWED = "I am allowed to load this host";
    TYPE_HOST = "Type the name of the host";
    CONFIRM_FIRST = "Tick the box and type the name of the host first.";
    LIVE = "This address looks like one that people use. Start with few people.";
    ASKED_ONCE = "You are asked once per host. It is remembered for 30 days.";

    STOP = "Stop the run?";
    FINISH_SUB = "Nobody new starts. The numbers stay whole.";
    STOP_NOW_SUB = "Requests under way are cut and counted as such.";
    GO_ON = "Go on";

    MOVE_TO = "Move to …";

    GLOSSARY = "Words and what they mean";
    GLOSSARY_FIND = "Find a word";
    GLOSSARY_NONE = "No word like this. Try another.";

    KEYS = "Keys";
    KEYS_EVERYWHERE = "Everywhere";
    KEYS_BUILD = "In the list of steps";
    KEYS_CHART = "On a chart";

    PROBLEMS = "Problems";
    NO_PROBLEMS = "Nothing to mend.";
    LEVEL_STOP = "stops the run";
    LEVEL_WARN = "probably wrong";
    LEVEL_TIP = "tip";
    GO_THERE = "Go there";

    HISTORY = "History";
    HISTORY_LEAD = "Each change, the newest first. Going back is a change too, and can be undone.";
    HISTORY_EMPTY = "Nothing was changed yet.";
    HISTORY_NOW = "As it is now";
    HISTORY_BACK = "Go back to before this";
    HISTORY_FORWARD = "Make it again";
    UNDONE = "undone";

    IMPORT = "Paste or open";
    IMPORT_HERE = "Paste a cURL command or an address";
    IMPORT_PLACEHOLDER = "curl 'https://shop.test/login' --data '…'";
    IMPORT_HINT = "Nothing is sent and nothing is run. Several cURL commands become several steps.";
    IMPORT_FILE = "Open a file instead";
    IMPORT_FILE_HINT = "A test (.tide) or a result (.tiderun). Dropping it on the window does the same.";
    IMPORT_NEW = "Make a new test";
    IMPORT_ADD = "Add to this test";
    IMPORT_ADD_SUB = "after the chosen step";
    IMPORT_NEW_SUB = "with one task";

    NEW_TARGET = "Add a target";
    TARGET_NAME = "Name";
    TARGET_NAME_HINT = "Such as Staging.";
    TARGET_URL = "Address";
    TARGET_URL_HINT = "Such as https://staging.shop.test";
    TARGET_ADD = "Add and use it";
    NOT_AN_ADDRESS = "This is not a web address.";

    SHARE = "Share this result";

    PALETTE = "Search or do anything";
    PALETTE_DO = "Do";
    PALETTE_GO = "Go to";
    PALETTE_NONE = "Nothing like this. Try another word.";
    PALETTE_HINT = "↑ ↓ choose · Enter does it · Esc closes";
}

/// "staging.shop.test is on the internet."
pub fn host_is(host: &str, class: &str) -> String {
    format!("{host} is on the {class}.")
}

/// "Send about 18,400 requests to staging.shop.test"
pub fn act(requests: Option<&str>, host: &str) -> String {
    match (requests, host.is_empty()) {
        (Some(requests), false) => format!("Send {requests} to {host}"),
        (Some(requests), true) => format!("Send {requests}"),
        (None, false) => format!("Run test at {host}"),
        (None, true) => "Run test".to_owned(),
    }
}

/// "Simulate about 18,400 requests"
pub fn act_practice(requests: Option<&str>) -> String {
    requests.map_or_else(|| super::shell::PRACTICE_RUN.to_owned(), |requests| format!("Simulate {requests}"))
}

/// "Try one user at staging.shop.test"
pub fn act_try(host: &str) -> String {
    if host.is_empty() { "Try one user".to_owned() } else { format!("Try one user at {host}") }
}

/// Why few people come to a host that people use.
pub fn live_cap(host: &str, most: u32, arrivals: bool) -> String {
    format!("People use {host}, as it seems. The run starts with {} at most.", amount(most, arrivals))
}

/// Why fewer come to a host elsewhere.
pub fn elsewhere_cap(host: &str, most: u32, arrivals: bool) -> String {
    format!("{host} is not this computer. The run keeps to {} at most.", amount(most, arrivals))
}

fn amount(most: u32, arrivals: bool) -> String {
    let most = grouped(u64::from(most));
    if arrivals { format!("{most} new people a second") } else { format!("{most} people") }
}

/// "Value of the secret token".
pub fn secret_value(name: &str) -> String {
    format!("Value of {name}")
}

/// "It is called staging.shop.test if you leave this empty."
pub fn name_if_empty(host: &str) -> String {
    format!("It is called {host} if you leave this empty.")
}

/// "3 results": how many entries of the palette fit.
pub fn found(count: usize) -> String {
    if count == 1 { "1 result".to_owned() } else { format!("{} results", grouped(count as u64)) }
}

/// "2 problems, of which 1 stops the run".
pub fn problems(all: usize, stops: usize) -> String {
    let problems = super::shell::problems(all);
    match stops {
        0 => problems,
        1 => format!("{problems}, 1 stops the run"),
        more => format!("{problems}, {more} stop the run"),
    }
}
