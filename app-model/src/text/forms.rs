//! The words of the choices in the step panel: kinds of checks, comparisons, places in an answer, pauses.

use crate::select::values::Look;

use super::panel::source;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    // What is looked at by a check.
    STATUS = "Answer is";
    WITHIN = "Arrives within";
    CONTAINS = "Answer contains";
    LACKS = "Answer does not contain";
    EQUALS = "Answer is exactly";
    FIELD_OF_ANSWER = "Field in the answer";
    HEADER_OF_ANSWER = "Header of the answer";
    SIZE = "Size of the answer";
    A_VALUE = "A value";
    PATTERN_OF_ANSWER = "Answer fits a pattern";
    // How two values are compared.
    PRESENT = "is there";
    MISSING = "is not there";
    EQUAL = "is";
    NOT_EQUAL = "is not";
    ABOVE = "is above";
    BELOW = "is below";
    AT_LEAST = "is at least";
    AT_MOST = "is at most";
    HAS = "contains";
    FITS = "fits the pattern";
    STARTS = "starts with";
    LENGTH_EQUAL = "has this many in it";
    LENGTH_ABOVE = "has more in it than";
    LENGTH_BELOW = "has fewer in it than";
    // What happens if something is not so.
    COUNT_IT = "count it";
    SKIP_TASK = "skip rest of task";
    REMOVE_PERSON = "remove this person";
    STOP_TEST = "stop the test";
    COUNT_AS_FAILED = "count as failed";
    GO_ON = "go on without it";
    // Where a value stands in an answer, and which is kept.
    FROM_FIELD = "Field";
    FROM_HEADER = "Header";
    FROM_COOKIE = "Cookie";
    FROM_ELEMENT = "Page element";
    FROM_BETWEEN = "Text between";
    FROM_PATTERN = "Pattern";
    FIRST = "the first";
    LAST = "the last";
    BY_CHANCE = "one by chance";
    ALL = "all, as a list";
    // What a field of the answer looks like when it is written.
    FIELD_HINT = "Such as items[0].id";
    ELEMENT_HINT = "Such as input[name=token], as style sheets write it";
    PATTERN_HINT = "A regular expression; its first group is kept";
    CHOOSE_KIND = "Choose";
    STATUS_HINT = "200, 2xx, or several with commas";
    // The panel itself.
    EMPTY_TITLE = "Nothing is chosen";
    IN_THE_FLOW = "The steps in it are in the list of steps.";
    TRY_NOW = "Try one user";
    IS_MORE = "This one is made of several. Its parts stand in the file.";
    STEP_REQUEST = "Send a request";
    STEP_PAUSE = "Wait";
    STEP_REPEAT = "Repeat steps";
    STEP_ONLY_IF = "Do steps only if";
    STEP_CHOOSE = "One of several, by chance";
    STEP_GROUP = "Group steps";
    STEP_PARALLEL = "Several requests at once";
    STEP_USE = "Use a reusable group";
    STEP_CHECK = "Check a value";
    STEP_SAVE = "Set a value";
    SWITCH_THEM = "Switch off or on";
}

/// "token, saved earlier, in the last try eyJ.", or what is wrong: a chip to those who don't see it.
pub fn chip(look: &Look) -> String {
    if !look.wrong.is_empty() {
        return format!("{}: {}", look.label, look.wrong);
    }
    let from = look.from.map(|from| format!(", {}", source(from).to_lowercase())).unwrap_or_default();
    let last = look.last.as_ref().map(|last| format!(", in the last try {}", short(last))).unwrap_or_default();
    format!("{}{from}{last}.", look.label)
}

/// The start of a long value.
pub fn short(value: &str) -> String {
    const MOST: usize = 80;
    match value.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// "Row 2, name".
pub fn row_name(row: usize) -> String {
    format!("Name {}", row + 1)
}

/// "Value 2", or "Value of page" where the row has a name.
pub fn row_value(row: usize, name: &str) -> String {
    match name {
        "" => format!("Value {}", row + 1),
        name => format!("Value of {name}"),
    }
}

/// "last: 812": a value in the last try, beside what saves it.
pub fn last(value: &str) -> String {
    format!("last: {}", short(value))
}

/// "If check 2 is not so".
pub fn if_not(check: usize) -> String {
    format!("If check {} is not so", check + 1)
}

/// "Option 2".
pub fn option(at: usize) -> String {
    format!("Option {}", at + 1)
}
