//! What the page says where it answers by itself, without a program.

/// Where tests and results are.
pub const FOLDER: &str = "in this browser";
/// What can't be done by a page.
pub const NO_TRIAL: &str = super::notices::NO_SENDING_HERE;
/// The same for a shop that runs on this computer.
pub const NO_SHOP: &str = "There is no practice shop in a browser alone.";
/// What to do instead.
pub const IN_THE_APP: &str = "Use the desktop app, or tidemark serve.";
/// The hint about a file name.
pub const NAME_ANOTHER: &str = "Name another file.";
/// The hint about a file that is gone.
pub const MISSING_HINT: &str = "Maybe it was removed or renamed in another window.";
/// The hint about a test that is gone.
pub const GONE_HINT: &str = "Save yours under another name.";
/// The hint of a conflict.
pub const CONFLICT_HINT: &str = "Keep yours, take theirs, or save yours under another name.";
/// The hint about a name that is taken.
pub const TAKEN_HINT: &str = "Choose another name.";
/// What to do about a table in a file.
pub const NO_TABLE_HINT: &str = "Paste its rows into the table, or use the desktop app.";
/// A file is not text.
pub const NOT_TEXT: &str = "It is not text.";
/// What is in a file is not what was written.
pub const DAMAGED: &str = "What this browser kept of it is damaged.";
/// What to do then.
pub const DAMAGED_HINT: &str = "Use a copy of it, if there is one.";
/// The browser takes too long to look.
pub const TOO_SLOW: &str = "it takes too long";
/// A command was lost inside the page.
pub const UNANSWERED: &str = "The page lost what was asked. Load it again.";
/// A result's run goes on.
pub const GROWING: &str = "The run of this result is under way.";
/// What to do then.
pub const GROWING_HINT: &str = "Wait until it is over.";
/// Nor can one that looks for the limit.
pub const SEARCHING: &str = super::run::SEARCHING;
/// What to do then.
pub const SEARCHING_HINT: &str = "Stop it, or let it run to its end.";
/// A run that ends can't be changed.
pub const ENDING: &str = "The run is ending, so its load can't be changed any more.";
/// What to do then.
pub const ENDING_HINT: &str = "Start another run.";
/// A run that is not known.
pub const RUN_GONE_HINT: &str = "Look for it among the results.";
/// No room for more.
pub const FULL: &str = "This browser has no more room for this page.";
/// What to do then.
pub const FULL_HINT: &str = "Download the test, remove old results, or make room on the disk. Then try again.";
/// The browser keeps nothing.
pub const FORBIDDEN: &str = "This browser keeps nothing for this page.";
/// What to do then.
pub const FORBIDDEN_HINT: &str =
    "Download the test before you close the page, or allow the page to keep data. Then try again.";
/// The files can't be reached, for a reason that only the browser knows.
pub const NOT_KEPT_HINT: &str = "Download the test to be safe. Then try again.";

/// The computer that the page is on.
pub fn computer(platform: &str, cores: u32) -> String {
    match (platform, cores) {
        ("", _) => "a browser".to_owned(),
        (platform, 0) => format!("a browser on {platform}"),
        (platform, cores) => format!("a browser on {platform}, {cores} cores"),
    }
}

/// Keeping something failed, for a reason that only the browser knows.
pub fn not_kept(why: &str) -> String {
    format!("The browser could not keep it: {}.", why.trim_end_matches('.'))
}

/// Not the name of a file of this kind.
pub fn no_name(file: &str, end: &str) -> String {
    format!("\"{file}\" is no name of a .{end} file.")
}

/// A table that stands in a file.
pub fn no_table(table: &str) -> String {
    format!("The rows of \"{table}\" are in a file, and a browser alone keeps none.")
}

/// There is no such file.
pub fn missing(file: &str) -> String {
    format!("There is no \"{file}\" in this browser.")
}

/// A test that was there is gone.
pub fn gone(file: &str) -> String {
    format!("\"{file}\" is gone: another window removed or renamed it.")
}

/// Somebody else changed a test.
pub fn changed(file: &str) -> String {
    format!("\"{file}\" was changed in another window, so nothing was written.")
}

/// A test is there already.
pub fn there_already(file: &str) -> String {
    format!("\"{file}\" is there already, so nothing was written.")
}

/// A name is taken.
pub fn taken(file: &str) -> String {
    format!("There is a \"{file}\" already.")
}

/// A name that can't be one.
pub fn bad_name(name: &str) -> String {
    format!("A file can't be called \"{name}\".")
}

/// There is no run of this number.
pub fn run_gone(run: u64) -> String {
    format!("There is no run {run} any more.")
}

/// A result that is only in memory.
pub fn result_unkept(why: &str) -> String {
    format!("The result is kept only until you close this page. {why} Save it as a file.")
}
