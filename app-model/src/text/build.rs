//! The words of the Build tab: cards, the outline, adding steps, moving things.

use tidemark_core::units::grouped;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    NEVER_PICKED = "never picked";
    TITLE = "Build";
    WHO = "Who";
    NEW_USER = "New user type";
    NEW_TASK = "New task";
    NEW_GROUP = "New group";
    ADD_USER = "Add user type";
    ADD_GROUP = "Add reusable group";
    ADD_TASK = "Task";
    GROUPS = "Reusable groups";
    NO_GROUPS = "Steps that several tasks share.";
    PROBLEMS = "Problems";
    NO_PROBLEMS = "Nothing is wrong.";
    SHARES_AS = "Show shares as";
    PERCENT = "%";
    PARTS = "Parts";
    PAUSE = "Pause between tasks";
    NOT_A_PAUSE = "Write a time, such as 2 s or 2–5 s.";
    MIX = "Shares of the tasks";
    ONCE = "once per person";
    NOTHING_YET = "nothing yet";
    NOBODY = "Nobody comes at this peak.";
    OFF = "off";
    OPEN = "Open";
    CLOSE = "Close";
    ADD_HINT = "type request, wait, repeat …";
    LOCK = "Keep this share";
    UNLOCK = "Let this share change";
    EXACTLY = "Use an exact number";
    BY_SHARE = "Use a share";
    MAKE_EQUAL = "Make shares equal";
    RENAME = "Rename";
    DUPLICATE = "Duplicate";
    DELETE = "Delete";
    MOVE_UP = "Move up";
    MOVE_DOWN = "Move down";
    MOVE_OUT = "Move out";
    MOVE_INTO = "Move into the step beside it";
    MOVE_TO = "Move to…";
    EDIT = "Change settings";
    COPY = "Copy";
    CUT = "Cut";
    SWITCH = "Switch off or on";
    SWITCH_OFF = "Switch off";
    SWITCH_ON = "Switch on";
    WRAP_REPEAT = "Put into a repeat";
    WRAP_ONLY_IF = "Put into an only-if";
    ADD_STEP_TO = "Add a step";
    ADD_TASK_TO = "Add a task";
    GROUP = "Group";
    UNWRAP = "Take apart";
    EXTRACT = "Turn into a reusable group";
    TRY_TASK = "Try this task";
    ADD_AFTER = "Add a step after this";
    ACTIONS = "More for this row";
    DRAG = "Drag to move";
    MOVE_DIALOG = "Move to";
    MOVE_FILTER = "Find a place";
    NOWHERE_ELSE = "There is no other place for this.";
    EMPTY_TASK = "What happens in this task? Add a request, paste one, or import.";
    ADD_REQUEST = "Add a request";
    PASTE_REQUEST = "Paste a request";
    IMPORT = "Import";
    QUICK = "Add a step";
    QUICK_HINT = "Type request, wait 2 s, repeat 3 … or paste cURL or an address";
    QUICK_NONE = "Nothing fits. Type request, wait, repeat, only if, group, check or note.";
    FIX = "Fix";
    MORE_SHARES = "More for all shares";
    MATCH_PICKS = "Match the last run's picks";
    NO_PICKS = "Open the result of a run first.";
    PROBLEM_BEFORE = "Previous";
    PROBLEM_NEXT = "Next";
    OPEN_SIDE = "Open the step settings";
    OUTLINE = "What they do";
    RESIZE = "Width of the step settings";
    CLOSE_SIDE = "Close the step settings";
    BEFORE_CHANGE = "before your change";
    WORKED = "worked";
    FAILED = "failed";
    TIP = "Tip";
    BACK_TO_USERS = "Back to the tasks";
    NAME = "Name";
    KIND_REQUEST = "Request";
    KIND_WAIT = "Wait";
    KIND_REPEAT = "Repeat";
    KIND_ONLY_IF = "Only if";
    KIND_GROUP = "Group";
    KIND_CHECK = "Check";
    KIND_SAVE = "Save a value";
    KIND_CHOOSE = "One of several";
    KIND_PARALLEL = "At the same time";
    KIND_NOTE = "Note";
    SAYS_REQUEST = "asks your app something";
    SAYS_WAIT = "1–3 seconds";
    SAYS_REPEAT = "3 times";
    SAYS_ONLY_IF = "when something is true";
    SAYS_GROUP = "steps measured as one";
    SAYS_CHECK = "something that must be true";
    SAYS_SAVE = "a piece of the answer";
    SAYS_CHOOSE = "by chance";
    SAYS_PARALLEL = "requests together";
    SAYS_NOTE = "words only";
    SAYS_USE = "reusable group";
}

/// "200 41 ms, from before your change".
pub fn from_before(words: &str) -> String {
    format!("{words}, from {BEFORE_CHANGE}")
}

/// "5 more": ribbons that are drawn as one.
pub fn more(count: usize) -> String {
    format!("{count} more")
}

/// "42 of 60 people"; where arrivals are counted, "42 of 60 new people per second".
pub fn heads(count: u32, of: u32, arrivals: bool) -> String {
    let what = if arrivals { "new people per second" } else { "people" };
    format!("{} of {} {what}", grouped(u64::from(count)), grouped(u64::from(of)))
}

/// Why picks and requests differ.
pub fn picks_and_requests(name: &str, picked: f64, requests: f64) -> String {
    let why = if requests > picked { "it has more steps" } else { "it has fewer steps" };
    format!(
        "{name} is picked {:.0} % of the time but sends {:.0} % of requests, because {why}.",
        picked * 100.0,
        requests * 100.0
    )
}

/// "What each Visitor does".
pub fn what(name: &str) -> String {
    format!("What each {name} does")
}

/// "Visitor has nothing to do yet."
pub fn nothing_to_do(name: &str) -> String {
    format!("{name} has nothing to do yet.")
}

/// "3 steps".
pub fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// "used 3 times".
pub fn used(count: usize) -> String {
    match count {
        0 => "not used".to_owned(),
        1 => "used once".to_owned(),
        count => format!("used {count} times"),
    }
}

/// "used 3 times: Visitor › Search, Member › Buy".
pub fn used_in(count: usize, places: &[String]) -> String {
    if places.is_empty() { used(count) } else { format!("{}: {}", used(count), places.join(", ")) }
}

/// "Share of Browse": the field's name.
pub fn share_of(name: &str) -> String {
    format!("Share of {name}")
}

/// "People of Browse": the field of an exact number.
pub fn people_of(name: &str) -> String {
    format!("Number of {name}")
}

/// "exactly".
pub const EXACT_NUMBER: &str = "exactly";

/// "Browse 60 %, Search 40 %": what a divider of the mix bar says.
pub fn divider(left: &str, left_share: &str, right: &str, right_share: &str) -> String {
    format!("{left} {left_share}, {right} {right_share}")
}

/// "Border between Browse and Search".
pub fn border(left: &str, right: &str) -> String {
    format!("Border between {left} and {right}")
}

/// "Visitor › Search".
pub fn path<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" › ")
}

/// "More for Search".
pub fn more_for(name: &str) -> String {
    format!("More for {name}")
}

/// "Add a step to Search".
pub fn add_to(name: &str) -> String {
    format!("Add a step to {name}")
}

/// "Browse 60 %".
pub fn named_share(name: &str, share: &str) -> String {
    format!("{name} {share}")
}

/// "Fix: Add a pause": a button's name.
pub fn mend(fix: &str) -> String {
    format!("Fix: {fix}")
}

/// "all 5", or "1 problem".
pub fn all_problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}
