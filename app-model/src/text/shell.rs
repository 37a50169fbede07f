//! The words of the frame around every screen: bar, tabs, menus, what is said where the app itself is in trouble.

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    APP = "Tidemark";
    SKIP = "Skip to the main part";
    BROKEN = "Tidemark stopped working";
    BROKEN_SAFE = "Your test is safe: it was saved with your last change. A run that goes on is not touched. The details below help whoever mends this.";
    BROKEN_AGAIN = "Open Tidemark again";
    STRANGE_ANSWER = "The answer made no sense.";
    LINE_LOST = "The line to Tidemark is lost.";
    LINE_LOST_HINT = "Look whether the program still runs. It is tried again by itself.";
    BUILD = "Build";
    DATA = "Data";
    LOAD = "Load";
    RUN = "Run";
    RESULTS = "Results";
    HOME = "All tests";
    TABS = "Parts of the test";
    SEARCH = "Search or do anything";
    UNDO = "Undo";
    REDO = "Redo";
    SETTINGS = "Settings";
    THEME = "Light or dark";
    PREVIEW = "Preview";
    PREVIEW_SUB = "sends nothing";
    TRY = "Try one user";
    RUN_TEST = "Run test";
    NO_TARGET = "No target yet";
    THIS_COMPUTER = "this computer";
    NOT_CALLED = "simulated";
    PRIVATE_NETWORK = "private network";
    INTERNET = "internet";
    CLOSE = "Close";
    CANCEL = "Cancel";
    DISMISS = "Dismiss";
    MORE = "More";
    LIVE = "running now";
    NEW = "new";
    OPENING = "Opening …";
    PART_MISSING = "A part of Tidemark could not be fetched. Your test is safe. Look whether the program or the line to it is there.";
    MENU = "Menu";
    RENAME = "Rename";
    NAME_OF_TEST = "Name of the test";
    UNNAMED = "Test without a name";
    NOTHING_TO_UNDO = "There is nothing to undo.";
    NOTHING_TO_REDO = "There is nothing to redo.";
    TRY_AGAIN = "Try again";
    SAVE_COPY = "Save a copy";
    VERSIONS = "History";
    SHARE = "Share";
    PASTE_REQUEST = "Paste a request";
    KEYS = "Keys";
    GLOSSARY = "Words and what they mean";
    PROBLEMS = "Problems";
    TARGET = "Target";
    TARGETS = "Choose where the requests go";
    ADD_TARGET = "Add a target";
    ALL_TARGETS = "See all targets";
    LIVE_TARGET = "looks live";
    LIVE_TARGET_HINT = "This address looks like one that people use.";
    LADDER = "Preview, try, run";
    TRYING = "trying now";
    STOP = "Stop";
    STOPPING = "stopping";
    PRACTICE_RUN = "Practice run";
    SIMULATED = "numbers are simulated";
    DOWNLOAD = "Download test";
    TAKE_OVER = "Take over";
    ELSEWHERE = "Open in another window";
    NOTHING_TO_SEND = "This test sends nothing yet. Add a request first.";
    NO_USERS = "There is nobody to try yet. Add a user type.";
    THEME_SYSTEM = "Theme: as the computer";
    THEME_LIGHT = "Theme: light";
    THEME_DARK = "Theme: dark";
    THEME_CONTRAST = "Theme: high contrast";
    SENDS_TO = "Requests go to";
    REGION_BAR = "Test and tools";
}

/// "Undo: Move step".
pub fn undo(label: &str) -> String {
    format!("Undo: {label}")
}

/// "Redo: Move step".
pub fn redo(label: &str) -> String {
    format!("Redo: {label}")
}

/// "9 requests": what a trial sends.
pub fn sends(requests: u64) -> String {
    match requests {
        0 => "sends nothing yet".to_owned(),
        1 => "1 request".to_owned(),
        more => format!("{} requests", tidemark_core::units::grouped(more)),
    }
}

/// "about 18,000 requests": what a run sends, as far as it is known before.
pub fn sends_about(requests: u64) -> String {
    match rounded(requests) {
        0 => "sends nothing yet".to_owned(),
        1 => "about 1 request".to_owned(),
        more => format!("about {} requests", tidemark_core::units::grouped(more)),
    }
}

/// "about 18,000", where it says already of what.
pub fn about(requests: u64) -> String {
    format!("about {}", tidemark_core::units::grouped(rounded(requests)))
}

/// With three digits that count: an estimate has no more.
pub(super) fn rounded(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 1_000 {
        unit *= 10;
    }
    (number + unit / 2) / unit * unit
}

/// "2 problems".
pub fn problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}

/// "Running 03:12 of 11:00".
pub fn run_clock(state: &str, gone: u32, planned: Option<u32>) -> String {
    use tidemark_core::units::clock;
    match planned {
        Some(planned) => format!("{} {} of {}", super::capital(state), clock(gone), clock(planned)),
        None => format!("{} {}", super::capital(state), clock(gone)),
    }
}

/// The title of the window: "Corner shop – Build – Tidemark".
pub fn title(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).chain([APP]).collect();
    parts.join(" – ")
}

/// Names the button that makes a number smaller: "People: less by one".
pub fn less(field: &str) -> String {
    format!("{field}: less by one")
}

/// Names the button that makes a number larger: "People: more by one".
pub fn greater(field: &str) -> String {
    format!("{field}: more by one")
}
