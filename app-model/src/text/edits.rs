//! Names of edits, as they stand in the history and behind "Undo", and the reasons why some can't be made.

use tidemark_core::units::grouped;

use crate::doc::place::Item;

macro_rules! sentences {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

sentences! {
    GONE = "That is not there any more.";
    CHANGE_NOTE = "Change note";
    ADD_USER = "Add user type";
    ADD_TASK = "Add task";
    ADD_GROUP = "Add reusable group";
    ADD_CHECK = "Add check";
    ADD_SAVE = "Save a value";
    ADD_OPTION = "Add option";
    MOVE_TASK = "Move task";
    MOVE_USER = "Move user type";
    MOVE = "Move";
    SWITCH_OFF = "Switch off";
    SWITCH_ON = "Switch on";
    GROUP_STEPS = "Group steps";
    MAKE_REUSABLE = "Make a reusable group";
    WRAP_REPEAT = "Repeat steps";
    WRAP_ONLY_IF = "Put steps into an only-if";
    TAKE_APART = "Take group apart";
    RENAME = "Rename";
    CHANGE_CHECK = "Change check";
    CHANGE_SAVE = "Change saved value";
    CHANGE_TAGS = "Change labels";
    CHANGE_MEASURED = "Change what is measured";
    CHANGE_CHOICE = "Change how tasks are chosen";
    CHANGE_PAUSE = "Change pause between tasks";
    CHANGE_LEAVING = "Change when people leave";
    MAKE_EQUAL = "Make shares equal";
    MATCH_PICKS = "Match the last run's picks";
    ADD_TABLE = "Add data table";
    CHANGE_CELL = "Change cell";
    CLEAR_CELLS = "Clear cells";
    ADD_ROWS = "Add rows";
    REMOVE_ROWS = "Remove rows";
    MOVE_ROWS = "Move rows";
    NAMES_FROM_ROW = "Take names from the first row";
    NAMES_TO_ROW = "Make the names a row";
    NO_FIRST_ROW = "There is no row to take the names from.";
    TAKE_ROWS_IN = "Bring rows into the test";
    REPLACE_USES = "Use another value";
    ADD_COLUMN = "Add column";
    REMOVE_COLUMN = "Remove column";
    MOVE_COLUMN = "Move column";
    CHANGE_COLUMN = "Change column";
    ADD_VALUE = "Add value";
    ADD_TARGET = "Add target";
    CHANGE_TARGET = "Change target";
    CHOOSE_TARGET = "Choose target";
    ALLOW_HOST = "Allow host";
    CHANGE_HOST = "Change allowed host";
    ADD_SECRET = "Add secret";
    CHANGE_SECRET = "Change secret";
    CHANGE_LOAD = "Change load";
    CHANGE_SEARCH = "Change how the limit is looked for";
    CHANGE_BUSY = "Change busy moment";
    CHANGE_COUNTING = "Change what is counted";
    ADD_POINT = "Add point";
    ADD_STAGE = "Add stage";
    REMOVE_STAGE = "Remove stage";
    MOVE_STAGE = "Move stage";
    ADD_GOAL = "Add goal";
    CHANGE_GOAL = "Change goal";
    ADD_STOP_RULE = "Add rule to stop early";
    CHANGE_STOP_RULE = "Change rule to stop early";
    ADD_USUAL_GOALS = "Add the two usual goals";
    PASTE_REQUEST = "Paste request";
    FIELD_NAME = "name";
    FIELD_METHOD = "method";
    FIELD_ADDRESS = "address";
    FIELD_QUERY = "query";
    FIELD_HEADERS = "headers";
    FIELD_BODY = "body";
    FIELD_SIGN_IN = "sign-in";
    FIELD_REDIRECTS = "redirects";
    FIELD_TIME_LIMIT = "time limit";
    FIELD_COMPRESSED = "compression";
    FIELD_HTTP = "HTTP version";
    FIELD_KIND = "what happens";
    FIELD_WHAT = "what is checked";
    FIELD_CHECK = "check";
    FIELD_PAUSE = "pause";
    FIELD_VALUE = "value";
    FIELD_REPEAT = "how often";
    FIELD_CONDITION = "condition";
    FIELD_OPTIONS = "options";
    FIELD_MEASURED = "what is measured";
    FIELD_AT_ONCE = "how many at once";
    FIELD_GROUP = "reusable group";
    FIELD_NOTE = "note";
    FIRST_COLUMN = "column 1";
    ONLY_ON_REQUESTS = "Only a request can have checks and saved values.";
    NO_OPTIONS_HERE = "Only a choice has options.";
    ONLY_REQUESTS_AT_ONCE = "Only requests can be sent at the same time.";
    GROUP_IN_ITSELF = "A reusable group can't be used inside itself.";
    STEP_INTO_ITSELF = "A step can't be moved into itself.";
    FIRST_ALREADY = "This is the first already.";
    LAST_ALREADY = "This is the last already.";
    OUTERMOST_ALREADY = "This is in nothing else already.";
    NO_NEIGHBOUR_TO_HOLD = "No step next to this one can hold steps.";
    CANT_BE_SWITCHED = "Only user types, tasks and steps can be switched off.";
    CANT_BE_COPIED = "This can't be copied.";
    CANT_BE_MOVED = "This can't be moved.";
    CHOOSE_STEPS_FIRST = "Choose one or more steps first.";
    CHOOSE_SOMETHING_FIRST = "Choose something first.";
    NOT_SIDE_BY_SIDE = "Choose steps of the same list.";
    LANES_CANT_BE_JOINED = "Its lists of steps can't be joined into one.";
    NOTHING_INSIDE = "There are no steps inside.";
    TEST_STAYS = "The test itself can't be removed here.";
    NO_SHARE_BELOW_ZERO = "A share can't be below zero.";
    SWITCHED_OFF_HAS_NO_SHARE = "Switch it on first. It has no share now.";
    NOTHING_PICKED = "The last run picked none of these.";
    NOTHING_PASTED = "There is nothing to paste.";
    NOT_A_TABLE = "This text could not be read as a table.";
    ROWS_STAND_IN_A_FILE = "The rows of this table stand in a file. Edit the file, or take the rows into the test.";
    NOT_A_NAME = "Use letters, digits, spaces, _ and - for the name.";
    HAS_NO_NAME = "This has no name to change.";
    HOST_ALLOWED_ALREADY = "That host is on the list already.";
    AT_LEAST_ONE_PERSON = "At least one person has to come.";
    START_STAYS = "The start of the curve can be moved, not removed.";
    LAST_STAGE_STAYS = "A load needs one stage at least.";
    SEARCH_BEGINS_ABOVE = "It can't begin with more than is tried at most.";
    NO_LEVEL_BELOW_ZERO = "There can't be fewer than no people.";
}

fn steps(count: usize) -> String {
    if count == 1 { "step".to_owned() } else { format!("{count} steps") }
}

/// "Add step", "Add 3 steps".
pub fn add_steps(count: usize) -> String {
    format!("Add {}", steps(count))
}

/// "Move step", "Move 3 steps".
pub fn move_steps(count: usize) -> String {
    format!("Move {}", steps(count))
}

/// "Duplicate", "Duplicate 3 things".
pub fn copy(count: usize) -> String {
    if count == 1 { "Duplicate".to_owned() } else { format!("Duplicate {count} things") }
}

/// What a kind of thing is called.
pub fn kind(item: &Item) -> &'static str {
    match item {
        Item::Test => "test",
        Item::User(_) => "user type",
        Item::Task(_) => "task",
        Item::Step(_) => "step",
        Item::Group(_) => "reusable group",
        Item::Check(..) => "check",
        Item::Save(..) => "saved value",
        Item::Target(_) => "target",
        Item::Host(_) => "host",
        Item::Secret(_) => "secret",
        Item::Value(_) => "value",
        Item::Table(_) => "data table",
        Item::Point(_) => "point",
        Item::Goal(_) => "goal",
        Item::StopRule(_) => "rule to stop early",
    }
}

/// "Delete Search", "Delete step", "Delete 3 things".
pub fn remove(item: &Item, name: &str, count: usize) -> String {
    match (count, name) {
        (1, "") => format!("Delete {}", kind(item)),
        (1, name) => format!("Delete {name}"),
        (count, _) if matches!(item, Item::Step(_)) => format!("Delete {}", steps(count)),
        (count, _) => format!("Delete {count} things"),
    }
}

/// "Save token and use it in 3 places".
pub fn save_and_replace(name: &str, count: usize) -> String {
    if count == 1 {
        format!("Save {name} and use it in 1 place")
    } else {
        format!("Save {name} and use it in {count} places")
    }
}

/// "Change address".
pub fn change_field(field: &str) -> String {
    format!("Change {field}")
}

/// "Change share of Browse to 55 %".
pub fn change_share(name: &str, percent: &str) -> String {
    format!("Change share of {name} to {percent}")
}

/// "Change parts of Browse to 3".
pub fn change_parts(name: &str, parts: &str) -> String {
    format!("Change parts of {name} to {parts}")
}

/// "Set Visitor to exactly 5 people", "Give Visitor a share".
pub fn exactly(name: &str, count: Option<u32>) -> String {
    match count {
        Some(1) => format!("Set {name} to exactly 1 person"),
        Some(count) => format!("Set {name} to exactly {} people", grouped(u64::from(count))),
        None => format!("Give {name} a share"),
    }
}

/// Why a share can't be so large.
pub fn only_so_much(room: &str, locked: &[&str]) -> String {
    match locked {
        [] => format!("Only {room} is left."),
        [one] => format!("Only {room} is left, because {one} is locked."),
        [first, last] => format!("Only {room} is left, because {first} and {last} are locked."),
        more => format!("Only {room} is left, because {} others are locked.", more.len()),
    }
}

/// Why a share can't be changed at all.
pub fn all_others_locked(name: &str, room: &str) -> String {
    format!("{name} stays at {room}: nothing else can give or take.")
}

/// "Browse is locked."
pub fn is_locked(name: &str) -> String {
    format!("{name} is locked.")
}

/// "Option 2".
pub fn option_number(number: usize) -> String {
    format!("Option {number}")
}

/// "column 2".
pub fn column_number(number: usize) -> String {
    format!("column {number}")
}

/// "Add people".
pub fn add_table(name: &str) -> String {
    format!("Add {name}")
}

/// "Paste 40 rows".
pub fn paste_rows(count: usize) -> String {
    if count == 1 { "Paste 1 row".to_owned() } else { format!("Paste {} rows", grouped(count as u64)) }
}

/// Why a table can't grow.
pub fn table_too_large(rows: usize, columns: usize) -> String {
    let rows = grouped(rows as u64);
    format!("A table in the test holds {rows} rows and {columns} columns at most. Put longer ones into a file.")
}

/// "Change table people".
pub fn change_table(name: &str) -> String {
    format!("Change table {name}")
}

/// "Change value page".
pub fn change_value(name: &str) -> String {
    format!("Change value {name}")
}

/// Why a name can't be given.
pub fn name_taken(name: &str) -> String {
    format!("The name {name} is taken.")
}

/// Why steps can't be nested deeper.
pub fn too_deep(most: usize) -> String {
    format!("Steps can be nested {most} levels deep. Turn some into a reusable group.")
}

/// "Choose Normal day".
pub fn choose_preset(name: &str) -> String {
    format!("Choose {name}")
}

/// "Move point 3".
pub fn move_point(number: usize) -> String {
    format!("Move point {number}")
}

/// "Change stage 2".
pub fn change_stage(number: usize) -> String {
    format!("Change stage {number}")
}

/// Why no stage can be added.
pub fn too_many_stages(most: usize) -> String {
    format!("A load can have {most} stages at most.")
}
