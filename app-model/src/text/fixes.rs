//! The words on the buttons that mend a problem.

use tidemark_core::units::grouped;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    NEW_USER = "Visitor";
    NEW_TASK = "First task";
    ADD_USER = "Add a user type";
    ADD_TASK = "Add a task";
    ADD_REQUEST = "Add a request";
    SWITCH_ON = "Switch tasks on";
    MAKE_EQUAL = "Make equal";
    SET_TO_ONE = "Set to 1";
    USE_SHARE = "Use the share";
    EXACTLY_ONE = "Use exactly 1";
    STAY = "Let people stay";
    RAISE_PEAK = "Raise peak";
    USUAL_PAUSE = "Wait 1–3 seconds";
    ADD_PAUSE = "Add 1–3 s";
    PAUSE_BETWEEN_TASKS = "Pause between tasks";
    TURN_ROUND = "Turn round";
    REMOVE_LIMIT = "Remove the limit";
    EXPECT_OK = "Expect 2xx";
    REMOVE_COMPARISON = "Remove the comparison";
    RAISE_LIMIT = "Raise the time limit";
    USUAL_LIMIT = "Set limit to 30 s";
    SEND_AS_POST = "Send as POST";
    SEND_AS_GET = "Send as GET";
    REMOVE_BODY = "Remove the body";
    START_PAGE = "Use the start page";
    PUT_TARGET_IN_FRONT = "Put target in front";
    REMOVE_HEADER = "Remove the header";
    REMOVE_SIGN_IN = "Use the target's sign-in";
    ONE_LINE = "Show as one line";
    MOVE_DOWN = "Move step down";
    THIS_COMPUTER = "This computer";
    ADD_LOCAL_TARGET = "Add this computer";
    CHECK_CERTIFICATES = "Check certificates";
    NO_CERTIFICATE = "Use no certificate";
    NO_PROXY = "Use no proxy";
    ADD_COLUMN = "Add a column";
    ADD_ROW = "Add a row";
    ROWS_FROM_TEST = "Use the rows in the test";
    FIND_OUT = "Find out by itself";
    USE_UTF8 = "Use UTF-8";
    PERSON_STOPS = "Let the person stop";
    ROWS_AGAIN = "Use rows again";
    SHARE_ROWS = "Share rows";
    USUAL_GOALS = "Add the two usual goals";
    JUDGE_ALL = "Judge all requests";
    FOR_30_SECONDS = "For 30 seconds";
    WHOLE_RUN = "Judge the whole run";
    REMOVE_FIELD = "Remove what is not used";
    ONE_MINUTE = "Take 1 minute";
    HOLD_LEVEL = "Stay at the level before";
    COUNT_PEOPLE = "Count people";
    USUAL_START = "Begin lower";
    KEEP_STAGES = "Keep my stages";
    NO_WARM_UP = "No warm-up";
}

/// "Delete step".
pub fn remove(kind: &str) -> String {
    format!("Delete {kind}")
}

/// "Set max 20".
pub fn set_most(most: u32) -> String {
    format!("Set max {most}")
}

/// "Call it item".
pub fn name_item() -> String {
    name_it("item")
}

/// "Call it shop 2".
pub fn name_it(name: &str) -> String {
    format!("Call it {name}")
}

/// "Allow api.pay.test".
pub fn allow(host: &str) -> String {
    format!("Allow {host}")
}

/// "Make group Sign in".
pub fn make_group(name: &str) -> String {
    format!("Make group {name}")
}

/// "Set a fixed token".
pub fn set_fixed(name: &str) -> String {
    format!("Set a fixed {name}")
}

/// "Use shop.test".
pub fn use_target(host: &str) -> String {
    format!("Use {host}")
}

/// "Choose Normal day".
pub fn choose(preset: &str) -> String {
    format!("Choose {preset}")
}

/// "60 people".
pub fn people(count: u32) -> String {
    format!("{} people", grouped(u64::from(count)))
}

/// "Lower to 40 people".
pub fn lower_to(count: u32) -> String {
    if count == 1 { "Lower to 1 person".to_owned() } else { format!("Lower to {}", people(count)) }
}
