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
    FEEDS = "Send what a run measures elsewhere";
    FEEDS_LEAD = "Every second of a run can go to other programs as it ends. Nothing is sent unless you fill in a place. A place that is slow or gone never holds a run up: what it misses is counted.";
    FEEDS_TOKEN = "Where a place wants a token, start Tidemark with it in TIDEMARK_FEED_TOKEN. It goes into the Authorization header and is never kept.";
    FEEDS_NOT_HERE = "Not in a page alone: practice runs measure nothing real, and a page can't send it. Use Tidemark on a computer.";
    INFLUX = "InfluxDB";
    INFLUX_HINT = "Line protocol. Such as http://127.0.0.1:8086/api/v2/write?org=me&bucket=load";
    OTLP = "OpenTelemetry";
    OTLP_HINT = "OTLP over HTTP, to a collector. Such as http://127.0.0.1:4318/v1/metrics";
    REMOTE_WRITE = "Prometheus: send to it";
    REMOTE_WRITE_HINT = "Remote write. Such as http://127.0.0.1:9090/api/v1/write";
    ASKED = "Prometheus: let it ask";
    ASKED_HINT = "Scraping. It finds /metrics here while a run goes on. Such as 127.0.0.1:9464";
    LINES = "Also write a file of every second";
    LINES_HINT = "JSON lines, in the folder of the results.";
    NOT_TO_POST = "Write the whole address, such as http://127.0.0.1:8086/write.";
    NOT_TO_ASK = "Write a number and a port of this computer, such as 127.0.0.1:9464.";
    SECRET_IN_ADDRESS = "A password or token would stand in a plain file. Take it out of the address, and give it as TIDEMARK_FEED_TOKEN.";
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
