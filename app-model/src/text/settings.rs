//! The words of Settings.

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Settings";
    LOOKS = "Appearance";
    THEME = "Theme";
    LIGHT = "Light";
    DARK = "Dark";
    SYSTEM = "As the computer";
    CONTRAST = "High contrast";
    SIZE = "Text size";
    EFFECTS = "Effects";
    GRAPHICS = "Reduce graphics";
    GRAPHICS_HINT = "Fewer effects, for slow computers.";
    CLOSING = "Closing the window";
    KEEP_RUNNING = "Keep a run going";
    KEEP_RUNNING_HINT = "Without a window, until it is over. Otherwise it ends gently when you close.";
    HOSTS = "Hosts you may load";
    HOSTS_LEAD = "You said once that you are allowed to load these. Each is forgotten after 30 days.";
    NO_HOSTS = "None yet. You are asked before the first run.";
    LIMITS = "Limits for other hosts";
    LIMITS_LEAD = "A slip of a finger should not take a server down. This computer itself has no limit.";
    MOST_PEOPLE = "People at once";
    MOST_RATE = "New people per second";
    MORE_PEOPLE_HINT = "500 unless you change it.";
    MORE_RATE_HINT = "2,000 unless you change it.";
    WHY = "Why more is fine";
    WHY_HINT = "Stands in each result that uses it.";
    WHY_PLACEHOLDER = "Such as: agreed with the shop team on 3 May";
    WHY_NEEDED = "Say below why more is fine, then raise the limit.";
    WHY_KEPT = "A limit is raised, so a reason has to stand here.";
    NOT_A_LIMIT = "Type a whole number from 1 to 1,000,000.";
    ABOUT = "About";
    VERSION = "Version";
    SENDS = "Makes load";
    SENDS_HERE = "on this computer";
    SENDS_PRACTICE = "as practice only, inside this page";
    SENDS_NOT = "not here";
    COMPUTER = "Computer";
    FOLDER = "Tests and results";
    IN_BROWSER = "in this browser";
    COPY_FOLDER = "Copy the folder's path";
    AT_ONCE = "Each choice holds at once and is remembered.";
    SECRETS = "Secrets are kept";
    SECRETS_KEYCHAIN = "in the computer's keychain";
    SECRETS_SESSION = "until the program ends";
    SAVED = "Tests are saved";
    SAVED_HOW = "by themselves, within two seconds of each change";
    KEYS = "Keys";
    SEE_KEYS = "See all keys";
}

/// "Forget staging.shop.test".
pub fn forget(host: &str) -> String {
    format!("Forget {host}")
}

/// "112 %".
pub fn percent(size: u32) -> String {
    format!("{size} %")
}
