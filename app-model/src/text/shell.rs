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
    NOT_HERE = "That is not possible in a browser alone.";
    NOT_HERE_HINT = "Open this test in the desktop app, or with “tidemark serve”.";
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
    PRIVATE_NETWORK = "private network";
    INTERNET = "internet";
    CLOSE = "Close";
    CANCEL = "Cancel";
    DISMISS = "Dismiss";
    MORE = "More";
    LESS = "Less by one";
    GREATER = "More by one";
    LIVE = "running now";
    NEW = "new";
    OPENING = "Opening …";
}
