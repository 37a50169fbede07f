//! The words of the Data tab: data tables, values, secrets, targets and hosts.

use tidemark_core::units::{grouped, plain_bytes};

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Data";
    LISTS = "Everything this test uses";
    EDITOR = "What is chosen";
    TABLES = "Data tables";
    VALUES = "Values";
    SECRETS = "Secrets";
    TARGETS = "Targets";
    HOSTS = "Allowed hosts";
    ADD_TABLE = "Add a data table";
    ADD_VALUE = "Add a value";
    ADD_SECRET = "Add a secret";
    ADD_TARGET = "Add a target";
    ADD_HOST = "Allow another host";
    NO_TABLES = "None yet.";
    NO_HOSTS = "Only the target.";
    USED_FIRST = "in use";
    NOT_USED = "not used";
    PROBLEM = "Something here needs a look.";
    NEW_TABLE = "table";
    NEW_VALUE = "value";
    NEW_SECRET = "secret";
    NEW_TARGET = "Target";
    NAME = "Name";
    TABLE = "Data table";
    ONE_VALUE = "Value";
    SECRET = "Secret";
    TARGET = "Target";
    WRITTEN = "Written as";
    TABLE_NAME_HINT = "In any field, type { and pick one of its columns.";
    VALUE_NAME_HINT = "In any field, type { and pick it.";
    DELETE = "Delete";
    USED_IN = "Where it is used";
    USED_NOWHERE = "Nothing uses it yet.";
    EMPTY = "What should differ from person to person?";
    EMPTY_LEAD = "Put names, searches or sign-ins into a data table, and each person uses another row.";

    GRID_EMPTY = "Paste from a spreadsheet or drop a CSV.";
    GRID_EMPTY_SUB = "Copy cells in any spreadsheet, click here, and press Ctrl V.";
    CHOOSE_FILE = "Choose a file";
    EMPTY_TABLE = "Start with an empty table";
    KEYS_HINT = "Arrow keys move, Enter or F2 edits, Shift chooses more. Press Esc, then Tab, to leave the table.";
    ROW_NUMBER = "Row";
    NEW_ROW = "New row";
    COLUMN_MENU = "Column";
    ROW_MENU = "Rows";
    TABLE_MENU = "Table";
    RENAME = "Rename";
    NEW_COLUMN = "column";
    ADD_COLUMN_BEFORE = "Add a column before";
    ADD_COLUMN_AFTER = "Add a column after";
    MOVE_LEFT = "Move left";
    MOVE_RIGHT = "Move right";
    AS_NUMBERS = "Send as numbers";
    AS_TEXT = "Send as text";
    REMOVE_COLUMN = "Remove column";
    ADD_ROW_ABOVE = "Add a row above";
    ADD_ROW_BELOW = "Add a row below";
    MOVE_UP = "Move up";
    MOVE_DOWN = "Move down";
    CUT = "Cut";
    COPY = "Copy";
    CLEAR = "Empty the cells";
    NAMES_FROM_ROW = "Take names from the first row";
    NAMES_TO_ROW = "Make the names a row";
    COLUMN_NAME = "Name of the column";
    CELL = "Cell";
    FIRST_THERE = "It is the first already.";
    LAST_THERE = "It is the last already.";
    NO_ROW_HERE = "Choose a row first.";
    LAST_COLUMN_STAYS = "A table needs one column at least.";

    EACH_PERSON = "How rows are handed out";
    KEEPS_ONE = "Each person keeps one row";
    NEXT_ROW = "Next row every time";
    RANDOM_ROW = "Random row every time";
    RUN_OUT = "When rows run out";
    START_AGAIN = "Start again";
    PERSON_STOPS = "That person stops";
    TEST_STOPS = "The test stops";
    UNIQUE = "Never use a row twice";
    NEED_UNKNOWN = "How many rows a run needs is known once nothing stops it.";
    NEED_NONE = "No step uses this table yet.";

    FILE = "File";
    FILE_HINT = "Where it is, seen from the test's own file.";
    IN_A_FILE = "The rows stand in a file beside the test. Change them there.";
    REFRESH = "Read again";
    BRING_IN = "Bring into the test";
    READING = "Reading the file …";
    ENCODING = "Encoding";
    SEPARATOR = "Separator";
    FOUND_OUT = "found out";
    COMMA = "Comma ,";
    SEMICOLON = "Semicolon ;";
    TAB = "Tab";
    BAR = "Bar |";

    READ_TITLE = "Add a data table from a file";
    FIRST_ROW_NAMES = "The first row holds the names";
    READ_LOSES_NOTHING = "Every cell is kept as it stands in the file.";
    READ_OTHERWISE = "Choose another encoding, or mend the file and choose it again.";
    READ_SAMPLE = "The first rows";
    NEEDS_A_TEST = "Open a test first, then drop the table on it.";

    KIND = "Kind";
    FIXED = "Always the same";
    MADE_UP = "Made up";
    VALUE = "Value";
    KEPT_AS = "Kept as";
    KEPT_TEXT = "Text";
    KEPT_JSON = "Number or list";
    JSON_HINT = "Such as 3.5, true or [\"red\", \"green\"].";
    MAKER = "What is made up";
    MAKER_HINT = "Write it like integer(1, 100) or pick(\"red\", \"green\").";
    FRESH = "A new one";
    EACH_USE = "at every use";
    EACH_TASK = "each time a task starts";
    EACH_PERSON_ONCE = "once per person";

    SECRET_LEAD = "The test's file holds only the name. The value stays on this computer and is never written into results.";
    SECRET_HERE = "It has a value here.";
    SECRET_LACKS = "It has no value here yet.";
    SECRET_UNKNOWN = "Whether it has a value here is not known.";
    SECRET_VALUE = "Value";
    SECRET_NEW_VALUE = "Another value";
    SECRET_KEEP = "Keep";
    SECRET_FORGET = "Forget the value";
    SECRET_SESSION = "It is kept until Tidemark ends.";
    SECRET_KEYCHAIN = "It is kept in the keychain of this computer.";
    SECRET_VARIABLE = "Environment variable";
    SECRET_EMPTY = "Type the value first.";

    TARGET_FIRST = "Runs use this target.";
    TARGET_NOT_FIRST = "Runs use the first target.";
    MAKE_FIRST = "Use this one";
    ADDRESS = "Address";
    LIVE = "People use it: it is live";
    LIVE_HINT = "Runs start with 25 people at most until you raise that.";
    LIVE_BY_LOOK = "The address looks like one that people use.";
    SIGN_IN = "Sign-in";
    SIGN_IN_HINT = "Every request to this target carries it, unless the request has its own.";
    NO_SIGN_IN = "None";
    BASIC = "User name and password";
    BEARER = "Token";
    API_KEY = "Key";
    USER = "User name";
    PASSWORD = "Password";
    TOKEN = "Token";
    SECRET_TIP = "Better a secret, written as {{name}}.";
    KEY_IN = "The key goes into";
    KEY_HEADER = "a header";
    KEY_QUERY = "the address";
    KEY_NAME = "Called";
    KEY = "Key";
    HEADERS = "Headers";
    HEADERS_HINT = "Every request to this target carries these.";
    HEADER_NAME = "Header";
    HEADER_VALUE = "Value";
    ADD_HEADER = "Add a header";
    WATCH = "Watch while a run goes on";
    WATCH_HINT = "Read its metrics and draw them under the response times. Nothing is read unless it stands here.";
    WATCH_AT = "Page of metrics, or number of a process";
    WATCH_SERIES = "Series";
    WATCH_SERIES_HINT = "Such as /metrics, http://127.0.0.1:9100/metrics, or 4711 for a process of this computer (Linux). Without series, those are taken that tell most of load; with several, put blanks between them.";
    ADD_WATCH = "Watch something";
    WATCH_SIGN_IN = "Sign-in";
    REMOVE = "Remove";
    ADVANCED = "Advanced";
    HTTP = "HTTP version";
    HTTP_AUTO = "Automatic";
    HTTP_1 = "HTTP/1.1";
    HTTP_2 = "HTTP/2";
    CA_FILE = "Certificate to trust";
    CA_FILE_HINT = "A PEM file beside the test, trusted for this target only.";
    CLIENT_CERTIFICATE = "Own certificate";
    CLIENT_KEY = "Its key";
    SKIP_VERIFY = "Take any certificate";
    SKIP_VERIFY_HINT = "Nobody checks then who answers.";
    PROXY = "Proxy";
    PROXY_HINT = "Such as http://127.0.0.1:8888. None if empty.";
    RESOLVE = "Names at fixed addresses";
    RESOLVE_HINT = "Such as shop.test at 127.0.0.1.";
    RESOLVE_NAME = "Host name";
    RESOLVE_ADDRESS = "Address";
    ADD_RESOLVE = "Add a name";
    CONNECT_LIMIT = "Time to connect";
    CONNECT_LIMIT_HINT = "10 s if empty.";

    HOST = "Host";
    HOST_HINT = "Only the name, without http:// and without a path.";
    HOST_LEAD = "Requests and redirects of this test may reach it beside the target.";
    CONFIRMED = "Confirmed on this computer";
    CONFIRMED_LEAD = "You said that you may load these. Each holds for 30 days.";
    CONFIRMED_NONE = "No host elsewhere was confirmed yet.";
    CONFIRMED_FORGET = "Ask again";

    TAKE_OUT_LEAD = "Something uses it. Choose what takes its place.";
    CHOOSE_FIRST = "Choose another value first.";
    REPLACE_WITH = "Replace with";
    LEAVE_IT = "leave as it is";
    REPLACE_AND_DELETE = "Replace and delete";
    DELETE_ANYWAY = "Delete all the same";
    DELETE_ANYWAY_SUB = "what uses it becomes a problem to mend";
}

/// "20 rows, 3 columns".
pub fn size(rows: u64, columns: usize) -> String {
    format!("{}, {}", rows_count(rows), many(columns as u64, "column", "columns"))
}

/// "1 row", "1,200 rows".
pub fn rows_count(rows: u64) -> String {
    many(rows, "row", "rows")
}

fn many(count: u64, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {more}", grouped(count)) }
}

/// "people.csv, 1,200 rows"; without rows where they are not known.
pub fn in_file(file: &str, rows: Option<u64>) -> String {
    rows.map_or_else(|| file.to_owned(), |rows| format!("{file}, {}", rows_count(rows)))
}

/// "used 3 times".
pub fn used(count: usize) -> String {
    match count {
        0 => NOT_USED.to_owned(),
        1 => "used once".to_owned(),
        count => format!("used {} times", grouped(count as u64)),
    }
}

/// "in 2 places".
pub fn in_places(count: usize) -> String {
    match count {
        0 => "nowhere yet".to_owned(),
        1 => "in 1 place".to_owned(),
        count => format!("in {} places", grouped(count as u64)),
    }
}

/// "60 people, 40 rows: 20 people will share rows."
pub fn share_rows(people: u64, rows: u64) -> String {
    let lack = people.saturating_sub(rows);
    let who = if lack == 1 { "1 person".to_owned() } else { format!("{} people", grouped(lack)) };
    format!("{}, {}: {who} will share rows.", persons(people), rows_count(rows))
}

/// Why there are too few rows, where they don't start again.
pub fn too_few(people: u64, rows: u64, stops_all: bool) -> String {
    let lack = persons(people.saturating_sub(rows));
    let end = if stops_all {
        "the test ends when they are used up.".to_owned()
    } else {
        format!("{lack} will find none and leave.")
    };
    format!("{}, {}: {end}", persons(people), rows_count(rows))
}

/// "60 people, 60 rows: everybody has their own."
pub fn enough(people: u64, rows: u64) -> String {
    format!("{}, {}: everybody has their own.", persons(people), rows_count(rows))
}

/// How often rows come round, where each use takes the next.
pub fn takes(needed: u64, rows: u64, again: bool, stops_all: bool) -> String {
    let start = format!("About {} taken, {} there", grouped(needed), grouped(rows));
    match (needed > rows, again) {
        (false, _) => format!("{start}: none is used twice."),
        (true, true) => format!("{start}: rows start again."),
        (true, false) if stops_all => format!("{start}: the test ends when they are used up."),
        (true, false) => format!("{start}: people leave when they are used up."),
    }
}

/// Rows by chance.
pub fn by_chance(rows: u64) -> String {
    format!("{}, one by chance each time.", rows_count(rows))
}

fn persons(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(count)) }
}

/// "Remove 3 rows".
pub fn remove_rows(count: usize) -> String {
    if count == 1 { "Remove row".to_owned() } else { format!("Remove {} rows", grouped(count as u64)) }
}

/// "Row 3, email: ada@shop.test".
pub fn cell_name(row: usize, column: &str) -> String {
    format!("{CELL} {}, {column}", grouped(row as u64 + 1))
}

/// "Copied 3 rows."
pub fn copied(rows: usize) -> String {
    format!("Copied {}.", rows_count(rows as u64))
}

/// "The first 1,000 of 48,000 rows are shown."
pub fn part_shown(shown: usize, all: u64) -> String {
    format!("The first {} of {} are shown.", grouped(shown as u64), rows_count(all))
}

/// "people.csv, 1.4 kB".
pub fn file_words(file: &str, bytes: usize) -> String {
    format!("{file}, {}", plain_bytes(bytes as u64))
}

/// "UTF-8, found out".
pub fn found_out(what: &str) -> String {
    format!("{what}, {FOUND_OUT}")
}

/// "Add table with 40 rows".
pub fn add_rows_button(rows: usize) -> String {
    format!("Add table with {}", rows_count(rows as u64))
}

/// "made up: 7, 13, 2 …".
pub fn such_as(made: &[String]) -> String {
    format!("made up: {} …", made.join(", "))
}

/// "For example 7, 13, 2".
pub fn for_example(made: &[String]) -> String {
    format!("For example {}.", made.join(", "))
}

/// "Delete people".
pub fn delete(name: &str) -> String {
    format!("Delete {name}")
}

/// "people.email is used 3 times."
pub fn is_used(name: &str, count: usize) -> String {
    format!("{name} is {}.", used(count))
}

/// "Replace people with users".
pub fn replaced(name: &str) -> String {
    format!("Delete {name} and use others")
}

/// A mistake and how to mend it, as it stands below a field.
pub fn sentence_and_hint(message: &str, hint: &str) -> String {
    format!("{}. {}.", crate::text::capital(message), crate::text::capital(hint))
}

/// "Remove 2".
pub fn remove_number(what: &str, at: usize) -> String {
    format!("{REMOVE}: {what} {}", at + 1)
}

/// A separator in words, by how a scenario writes it or by the character.
pub fn separator(word: &str) -> String {
    match word {
        "comma" | "," => COMMA.to_owned(),
        "semicolon" | ";" => SEMICOLON.to_owned(),
        "tab" | "\t" | "\\t" => TAB.to_owned(),
        "|" => BAR.to_owned(),
        other => other.to_owned(),
    }
}

/// Why a table with too many rows stays outside.
pub fn too_many_rows(most: usize) -> String {
    format!(
        "A table in the test holds {} at most. Put the file beside the test and name it there.",
        rows_count(most as u64)
    )
}
