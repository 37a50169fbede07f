//! The words of the step panel, of chips with the value picker, and of the answer viewer.

use tidemark_core::problem::Severity;
use tidemark_core::units::grouped;

use crate::select::values::From;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    PANEL = "Step panel";
    CLOSE = "Close panel";
    NOTHING_CHOSEN = "Choose a user type, a task or a step to see everything about it here.";
    STEP_OFF = "This is off. It is skipped, and kept in the test.";
    SWITCH_ON = "Switch on";
    MORE = "More";
    DUPLICATE = "Duplicate";
    DELETE = "Delete";
    TURN_OFF = "Switch off";
    AS_TEXT = "Show values as {{text}}";
    AS_CHIPS = "Show values as chips";
    METHOD = "Method";
    ADDRESS = "Address";
    ADDRESS_HINT = "/products, or paste an address or a cURL command";
    NAME_IN_RESULTS = "Name in results";
    NAME_HINT = "Requests with the same name make one line";
    SENDS = "Sends";
    QUERY = "Query";
    HEADERS = "Headers";
    BODY = "Body";
    SIGN_IN = "Sign-in";
    COOKIES = "Cookies";
    ADVANCED = "Advanced";
    NAME = "Name";
    VALUE = "Value";
    ADD_ROW = "add row";
    ADD_HEADER = "add header";
    ADD_FIELD = "add field";
    ADD_PART = "add part";
    REMOVE = "Remove";
    NO_QUERY = "Nothing is added to the address.";
    NO_HEADERS = "This request has no headers of its own.";
    INHERITED = "From the target";
    OVERRIDDEN = "replaced here";
    COOKIES_HINT = "Each person keeps the cookies they are given and sends them back, as a browser does. To send one of your own, add a header named Cookie.";
    BODY_KIND = "Body kind";
    BODY_NONE = "None";
    BODY_JSON = "JSON";
    BODY_FORM = "Form fields";
    BODY_TEXT = "Text";
    BODY_FILE = "File";
    BODY_MULTIPART = "Form with files";
    NO_BODY = "Nothing is sent in the body.";
    FILE_PATH = "File";
    FILE_HINT = "Where the file is, seen from the test's own file.";
    JSON_AS_TEXT = "Not JSON yet. It is kept as text until it is.";
    PART_HOLDS = "Holds";
    FILE_NAME = "File name to announce";
    CONTENT_TYPE = "Content type";
    SIGN_IN_KIND = "Sign-in";
    SIGN_IN_TARGET = "From the target";
    SIGN_IN_OFF = "None";
    SIGN_IN_BASIC = "User name and password";
    SIGN_IN_BEARER = "Token";
    SIGN_IN_KEY = "Key";
    SIGN_IN_TARGET_HINT = "Whatever the target says. Targets are on the Data tab.";
    SIGN_IN_OFF_HINT = "This request is sent without a sign-in, even where the target has one.";
    USER_NAME = "User name";
    PASSWORD = "Password";
    TOKEN = "Token";
    KEY_WHERE = "Sent in";
    KEY_HEADER = "a header";
    KEY_QUERY = "the address";
    KEY_NAME = "Called";
    KEY_VALUE = "Key";
    FOLLOW = "Follow redirects";
    FOLLOW_MOST = "At most";
    TIME_LIMIT = "Time limit";
    TIME_LIMIT_HINT = "30 s if empty. Write it like 800ms, 2s or 1.5min.";
    NOT_A_TIME = "Write a time such as 800ms, 2s or 1.5min.";
    NOT_A_NUMBER = "Write a whole number.";
    NOT_A_STATUS = "Write 200, 2xx, or several with commas.";
    COMPRESSED = "Accept a compressed answer";
    HTTP_VERSION = "HTTP version";
    HTTP_TARGET = "As the target says";
    HTTP_AUTO = "Automatic";
    HTTP_1 = "HTTP/1.1";
    HTTP_2 = "HTTP/2";
    CHECKS = "Checks";
    ADD_CHECK = "add check";
    USUAL_CHECK = "answer is 2xx or 3xx";
    USUAL_CHECK_NOTE = "expected unless a check looks at the status";
    WHAT = "What";
    COMPARISON = "How it is compared";
    IF_NOT = "If not";
    EXPECTED = "Expected";
    FIELD = "Field";
    HEADER = "Header";
    AT_LEAST = "At least";
    AT_MOST = "At most";
    SIZE_HINT = "Such as 100B, 20kB or 1MB.";
    SAVED = "Saved values";
    ADD_SAVE = "add saved value";
    NO_SAVED = "Nothing is kept from the answer yet. Try one user, then pick a value in the answer.";
    SAVE_AS = "Save as";
    WHERE = "Where";
    WHICH = "Which one";
    IF_MISSING = "If it is missing";
    DEFAULT = "Use instead";
    DEFAULT_HINT = "Leave empty for nothing.";
    ATTRIBUTE = "Attribute";
    ATTRIBUTE_HINT = "The text if empty.";
    BEFORE = "Text before";
    AFTER = "Text after";
    LAST = "last";
    KIND_OF_PAUSE = "Kind";
    PAUSE_FIXED = "Fixed";
    PAUSE_RANGE = "Range";
    PAUSE_AROUND = "Around";
    PAUSE_AVERAGE = "On average";
    PAUSE_PACING = "A steady beat";
    PAUSE_RATE = "Tasks a minute";
    PAUSE_NONE = "None";
    LONG = "How long";
    FROM = "From";
    TO = "To";
    SPREAD = "Spread";
    SPREAD_HINT = "Two thirds of all pauses are at most this far from the middle.";
    AVERAGE_HINT = "Mostly shorter, sometimes much longer, as when people come by chance.";
    PACING_HINT = "Tasks start this far apart, however long they take.";
    RATE_HINT = "So many tasks a minute for each person.";
    REPEAT_KIND = "Repeat";
    REPEAT_TIMES = "So many times";
    REPEAT_EACH = "For each item in a list";
    REPEAT_UNTIL = "Until something is true";
    REPEAT_DURING = "For some time";
    TIMES = "Times";
    LIST = "List";
    ITEM_NAME = "Call each item";
    MOST_ROUNDS = "At most";
    MOST_ROUNDS_HINT = "1,000 rounds if empty.";
    CONDITION = "Only if";
    UNTIL = "Until";
    CONDITION_JOIN = "True if";
    ALL_TRUE = "all of these are true";
    ANY_TRUE = "any of these is true";
    ADD_CONDITION = "add condition";
    ADD_ELSE = "add what happens if not";
    GROUP_NAME = "Name";
    MEASURED = "Measure as one line in results";
    MEASURED_HINT = "The steps in it keep their own lines.";
    AT_ONCE = "How many at the same time";
    AT_ONCE_HINT = "6 if empty, as browsers do. Only requests can be inside.";
    REUSABLE = "Reusable group";
    CHOOSE_GROUP = "Choose a group";
    OPEN_GROUP = "Open the group";
    NO_GROUPS = "There is no reusable group yet. Select steps and turn them into one.";
    NOTE = "Note";
    NOTE_HINT = "For people only. It is left out of runs.";
    OPTIONS = "Options";
    OPTIONS_HINT = "One of these is done, by chance. Weights count beside each other.";
    ADD_OPTION = "add option";
    WEIGHT = "Weight";
    KIND_OF_STEP = "What happens";
    NOTHING_YET = "This step does nothing yet.";
    USER_TYPE = "User type";
    TASK = "Task";
    HOW_CHOSEN = "How tasks are chosen";
    BY_SHARE = "At random, by share";
    IN_ORDER = "In order, then start again";
    SHUFFLED = "Shuffled, each once before repeating";
    PAUSE_BETWEEN = "Pause between tasks";
    LEAVES_AFTER = "Leaves after so many tasks";
    LEAVES_HINT = "Never if empty.";
    DOORS = "Once per person";
    ARRIVAL = "On arrival";
    LEAVING = "Before leaving";
    TAGS = "Labels";
    TAGS_HINT = "To run only some tasks. Part them with commas.";
    STEPS = "Steps";
    INSERT_VALUE = "Insert a value";
    VALUES = "Values";
    NO_VALUES = "No value fits.";
    NEVER_SET = "This value is never set.";
    SET_LATER = "This value is set by a later step or another user type.";
    ANSWER = "Answer from last try";
    NO_ANSWER = "No answer yet. Try one user to see what really comes back.";
    BEFORE_CHANGE = "from before your change";
    PRETTY = "Pretty";
    RAW = "Raw";
    PAGE = "Page";
    SENT = "Sent";
    TIMING = "Timing";
    EMPTY_BODY = "The answer has no body.";
    NOTHING_ON_PAGE = "Nothing on this page is usually kept. Select text under Raw instead.";
    RAW_HINT = "Select text to save or check it.";
    PICK_SELECTED = "Use the selected text";
    PICKED = "Picked value";
    CHECK_THIS = "Check this";
    COPY = "Copy";
    SAVE = "Save";
    WHICH_ONE = "Which one?";
    WHICH_FIRST = "Say which one first.";
    NAME_FIRST = "Give it a name: letters, digits, - and _.";
    THE_FIRST = "the first";
    THE_LAST = "the last";
    BY_CHANCE = "one by chance";
    TEXT_SORT = "text";
    NUMBER_SORT = "number";
    TRUTH_SORT = "yes or no";
    IN_CHECK = "check";
    IN_VALUE = "value";
    KEPT_FIELDS = "The file says more about this step than is shown here. It is kept.";
    FIND = "Find in the answer";
    NEXT_FOUND = "Next place";
    TREE = "The answer";
    SAVE_HINT = "save";
    VIEWS = "What to see";
    LATER = "Use it in later steps";
    NOTHING_LIKE_IT = "Nothing like this is in the answer.";
}

/// What is chosen, where it is more than one.
pub fn many(count: usize) -> String {
    format!("{} things are chosen", grouped(count as u64))
}

/// "address at Demo shop → http://…".
pub fn resolved(target: &str) -> String {
    if target.is_empty() { "goes to".to_owned() } else { format!("at {target} →") }
}

/// "Headers 2 (+1)".
pub fn counted(word: &str, own: usize, inherited: usize) -> String {
    match (own, inherited) {
        (0, 0) => word.to_owned(),
        (own, 0) => format!("{word} {own}"),
        (0, more) => format!("{word} (+{more})"),
        (own, more) => format!("{word} {own} (+{more})"),
    }
}

/// "Body ●": a tab that holds something.
pub fn in_use(word: &str) -> String {
    format!("{word} ●")
}

/// "Check 2".
pub fn check_number(at: usize) -> String {
    format!("Check {}", at + 1)
}

/// "Saved value 2".
pub fn save_number(at: usize) -> String {
    format!("Saved value {}", at + 1)
}

/// "Condition 2".
pub fn condition_number(at: usize) -> String {
    format!("Condition {}", at + 1)
}

/// "Remove header 2".
pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

/// "3 steps": what stands behind a door.
pub fn door(count: usize) -> String {
    match count {
        0 => "nothing yet".to_owned(),
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

/// The level of a problem in a word.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => "Stops the run",
        Severity::Warn => "Probably wrong",
        Severity::Tip => "Tip",
    }
}

/// Where a value comes from, as the heading of its group.
pub fn source(from: From) -> &'static str {
    match from {
        From::Table => "From data table",
        From::Saved => "Saved earlier",
        From::MadeUp => "Made up",
        From::Fixed => "Fixed",
        From::Secret => "Secret",
        From::BuiltIn => "Always there",
    }
}

/// "3 fields".
pub fn fields(count: usize) -> String {
    if count == 1 { "1 field".to_owned() } else { format!("{} fields", grouped(count as u64)) }
}

/// "12 items".
pub fn items(count: usize) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{} items", grouped(count as u64)) }
}

/// "Show 500 more".
pub fn show_more(count: usize) -> String {
    format!("Show {} more rows", grouped(count as u64))
}

/// "1 match", "12 matches".
pub fn matches(count: usize) -> String {
    if count == 1 { "1 match".to_owned() } else { format!("{} matches", grouped(count as u64)) }
}

/// "field items.id in the answer".
pub fn from_field(field: &str) -> String {
    format!("field {field} in the answer")
}

/// "header Location".
pub fn from_header(name: &str) -> String {
    format!("header {name} of the answer")
}

/// "cookie session".
pub fn from_cookie(name: &str) -> String {
    format!("cookie {name}")
}

/// "page element input, its value".
pub fn from_element(selector: &str, attribute: &str) -> String {
    match attribute {
        "" => format!("text of page element {selector}"),
        attribute => format!("{attribute} of page element {selector}"),
    }
}

/// "text between “a” and “b”".
pub fn from_between(before: &str, after: &str) -> String {
    let before = before.replace('\n', " ");
    match after {
        "" => format!("text after “{before}” to the end of the line"),
        after => format!("text between “{before}” and “{after}”"),
    }
}

/// "where name is “Tea”".
pub fn where_is(field: &str, value: &str) -> String {
    format!("where {field} is “{value}”")
}

/// "always number 3".
pub fn just_this(path: &str) -> String {
    let number = path.rsplit('[').find_map(|part| part.split(']').next()?.parse::<usize>().ok());
    number.map_or_else(|| "always this one".to_owned(), |number| format!("always number {}", number + 1))
}

/// "3 found": how many places hold what is looked for.
pub fn found(count: usize) -> String {
    format!("{} found", grouped(count as u64))
}

/// "Used in 3 later places".
pub fn used_later(count: usize) -> String {
    if count == 1 { "Used in 1 later place".to_owned() } else { format!("Used in {count} later places") }
}

/// "Save and replace in 3 places", or just "Save".
pub fn save_button(places: usize) -> String {
    match places {
        0 => SAVE.to_owned(),
        1 => "Save and replace in 1 place".to_owned(),
        count => format!("Save and replace in {count} places"),
    }
}

/// "Pay · header Authorization".
pub fn place(step: &str, field: &str) -> String {
    format!("{step} · {field}")
}

/// "query page".
pub fn in_query(name: &str) -> String {
    format!("query {name}")
}

/// "header Authorization".
pub fn in_header(name: &str) -> String {
    format!("header {name}")
}

/// "form field card".
pub fn in_form(name: &str) -> String {
    format!("form field {name}")
}

/// What a JSON text has wrong: the line, and what the reader says.
pub fn bad_json(line: usize, what: &str) -> String {
    format!("Line {line}: {what}. {JSON_AS_TEXT}")
}

/// "200 OK · 61 ms · 240 B": what is said of an answer.
pub fn answer_line(status: &str, time: &str, size: &str) -> String {
    [status, time, size].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

/// "Saved token."
pub fn saved_as(name: &str) -> String {
    format!("Saved {name}.")
}

/// "Check added."
pub const CHECK_ADDED: &str = "Check added.";
