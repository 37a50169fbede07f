//! What each command is called, and the words that engineers look for it by.

macro_rules! commands {
    ($($name:ident = $words:literal, $also:literal;)*) => {
        $( #[doc = concat!("“", $words, "”")] pub const $name: (&str, &str) = ($words, $also); )*
    };
}

commands! {
    RUN = "Run test", "start, execute, load test, fire, swarm";
    PREVIEW = "Preview", "dry run, simulate, mix, expected requests";
    TRY = "Try one user", "debug, trace, single user, smoke, validate";
    STOP = "Stop", "abort, kill, cancel, end";
    DEMO = "Run the 30-second demo", "example, sample, tutorial, getting started";
    SHOP = "How the demo shop behaves", "knobs, latency, errors, faults, chaos, slow, drop connections";
    UNDO = "Undo", "take back, revert";
    REDO = "Redo", "again, repeat";
    SAVE = "Save a copy", "export, download, backup, save as";
    RENAME = "Rename the test", "title, name";
    PASTE = "Paste a request", "curl, import, url, address";
    OPEN = "Open a file", "import, load file, tiderun, tide";
    NEW = "Start an empty test", "new, create, blank";
    TARGET = "Add a target", "environment, base url, host, server, staging";
    DUPLICATE = "Duplicate what is chosen", "copy, clone";
    DELETE = "Delete what is chosen", "remove";
    MOVE = "Move to …", "reorder, cut";
    GROUP = "Group what is chosen", "transaction, controller, folder";
    SWITCH = "Switch what is chosen off or on", "disable, enable, skip, comment out";
    PROBLEMS = "Problems", "errors, warnings, validation, lint, issues";
    NEXT_PROBLEM = "Next problem", "next error, next warning";
    LAST_PROBLEM = "Problem before", "previous error, previous warning";
    HISTORY = "History", "versions, changes, log, restore";
    KEYS = "Keys", "shortcuts, hotkeys, keyboard help";
    GLOSSARY = "Words and what they mean", "glossary, help, terms, dictionary";
    LIGHT = "Theme: light", "appearance, bright, mode";
    DARK = "Theme: dark", "appearance, night, mode";
    CONTRAST = "Theme: high contrast", "accessibility, appearance, mode";
    PALETTE = "Search or do anything", "command palette, find, go to";
    STEP_PANEL = "Show or hide the step panel", "sidebar, inspector, properties, settings of a step";
    SHARE = "Share this result", "export, html, report, web page, send";
    BUILD = "Build", "scenario, flow, script, user types, tasks, request, check, assertion, pause, think time, timer, extractor, sampler, weight";
    DATA = "Data", "csv, feeder, variables, secrets, environments, parameters";
    LOAD = "Load plan", "ramp, stages, load profile, virtual users, arrival rate, goals, threshold, slo, duration, spike, soak, stress";
    RUN_TAB = "Run", "live, dashboard, monitor, metrics, throughput";
    RESULTS = "Results", "history, report, reports, runs, percentiles, compare, baseline";
    HOME = "All tests", "home, projects, dashboard";
    SETTINGS = "Settings", "preferences, options, theme, limits, allowed hosts";
}

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    OPEN_A_TEST = "Open a test first.";
    CHOOSE_FIRST = "Choose something in Build first.";
    CHOOSE_STEPS = "Choose steps in Build first.";
    NOTHING_RUNS = "Nothing is running.";
    RUNS_ALREADY = "A run goes on.";
    NO_SHOP = "The demo shop is not in this program.";
    NO_PROBLEMS = "There are no problems.";
    OPEN_A_RESULT = "Open a result first.";
    TEST = "Test";
    USER = "User type";
    TASK = "Task";
    STEP = "Step";
    RESULT = "Run";
    WORD = "Word";
    TABLE = "Data table";
    TARGET_WORD = "Target";
}
