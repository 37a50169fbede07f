//! What the app says by itself: notices, and what is read aloud.

use tidemark_core::units::plain_bytes;

/// The name of a new test.
pub const NEW_TEST: &str = "New test";
/// The first user type of a new test.
pub const FIRST_USER: &str = "Visitor";
/// The first task of a new test.
pub const FIRST_TASK: &str = "First task";
/// A group made of chosen steps.
pub const NEW_GROUP: &str = "Group";
/// The name of copied steps on the clipboard.
pub const CLIP: &str = "Copied steps";
/// The list could not be read.
pub const COULD_NOT_LIST: &str = "The list could not be read.";
/// Something could not be opened.
pub const COULD_NOT_OPEN: &str = "This could not be opened.";
/// The run could not start.
pub const COULD_NOT_START: &str = "The run could not start.";
/// The trial could not be made.
pub const COULD_NOT_TRY: &str = "The trial could not be made.";
/// The run broke off.
pub const RUN_BROKE: &str = "The run broke off. What was measured until then is kept.";
/// The run is over.
pub const RUN_OVER: &str = "The run is over.";
/// A result file without its end.
pub const RESULT_CUT_OFF: &str = "This result file has no end. You see what could be read.";
/// No requests can be sent from here.
pub const NO_SENDING_HERE: &str =
    "Browsers are not allowed to call most servers directly. Open this test in the desktop app.";
/// It is being saved.
pub const SAVING: &str = "Saving…";
/// It is saved.
pub const SAVED: &str = "Saved";

/// Somebody asked to save what is saved.
pub const ALREADY_SAVED: &str = "Already saved. Tidemark saves each change by itself.";

/// The name of the file that a test is kept in.
pub fn file_name(name: &str) -> String {
    let kept = name.chars().map(|c| if c.is_alphanumeric() || " -_".contains(c) { c } else { '-' }).collect::<String>();
    let kept = kept.trim_matches([' ', '-']);
    format!("{}.tide", if kept.is_empty() { "test" } else { kept })
}

/// "Deleted Shop.": a test on Home.
pub fn removed(name: &str) -> String {
    format!("Deleted {name}.")
}

/// "Saved 14:02".
pub fn saved_at(clock: &str) -> String {
    format!("Saved {clock}")
}

/// "Not saved: disk full".
pub fn not_saved(why: &str) -> String {
    format!("Not saved: {why}")
}

/// "Undone: Move step".
pub fn undone(label: &str) -> String {
    format!("Undone: {label}")
}

/// "Redone: Move step".
pub fn redone(label: &str) -> String {
    format!("Redone: {label}")
}

/// "Deleted Search", from "Delete Search".
pub fn deleted(label: &str) -> String {
    match label.strip_prefix("Delete ") {
        Some(what) => format!("Deleted {what}"),
        None => label.to_owned(),
    }
}

/// "Wait 1–3 seconds moved. Now step 3 of 5 in Search."
pub fn moved(sentence: &str, kind: &str, at: usize, of: usize, place: &str) -> String {
    let place = if place.is_empty() { String::new() } else { format!(" in {place}") };
    format!("{sentence} moved. Now {kind} {at} of {of}{place}.")
}

/// There is no task yet.
pub const NO_PLACE_TO_PASTE: &str = "There is no task to paste into. Add a task first.";

/// "Copied 3 steps."
pub fn copied(count: usize) -> String {
    if count == 1 { "Copied 1 step.".to_owned() } else { format!("Copied {count} steps.") }
}

/// A text is on the clipboard.
pub const COPIED: &str = "Copied.";
/// The folder's path is on the clipboard.
pub const COPIED_FOLDER: &str = "Copied the folder's path.";
/// The browser let nothing be put on the clipboard.
pub const NOT_COPIED: &str = "Nothing was copied. The browser doesn't let this page reach the clipboard. \
                              Over https, or on the same computer, it does.";

/// What was typed means no step.
pub const NO_SUCH_STEP: &str = "Nothing fits. Type request, wait, repeat, only if, group, check or note.";

/// "7 requests worked, 1 failed."
pub fn tried(worked: usize, failed: usize) -> String {
    let requests = if worked == 1 { "1 request".to_owned() } else { format!("{worked} requests") };
    if failed == 0 { format!("{requests} worked.") } else { format!("{requests} worked, {failed} failed.") }
}

/// A test that was read with mistakes.
pub fn opened_with_mistakes(count: usize, first: &str) -> String {
    let first = super::sentence(first);
    match count {
        1 => format!("One thing in this file was not understood and is kept as it is. {first}"),
        _ => format!("{count} things in this file were not understood and are kept as they are. {first}"),
    }
}

/// A file too large to be read.
pub fn too_large(name: &str, bytes: u64, most: u64) -> String {
    format!("{name} has {}. Files of up to {} can be read.", plain_bytes(bytes), plain_bytes(most))
}

/// A file without anything in it.
pub fn empty_file(name: &str) -> String {
    format!("{name} is empty, so nothing was opened. Maybe a copy or a download broke off. Get it once more.")
}

/// Something that can't be read as a file.
pub fn no_file(name: &str) -> String {
    let name = if name.is_empty() { "This" } else { name };
    format!("{name} could not be read. Maybe it is a folder, or it was moved meanwhile. Choose a file.")
}

/// A picture, a program, an archive.
pub fn no_text(name: &str) -> String {
    format!(
        "{name} is neither a test nor a result nor a table. Nothing was changed. Open a .tide, .tiderun or .csv file."
    )
}

/// A text that is none of ours.
pub fn unknown_file(name: &str) -> String {
    format!("{name} is not a test, a result or a request. Nothing was changed. Open a .tide, .tiderun or .csv file.")
}

/// A test file that is broken.
pub fn damaged_file(name: &str, at: &str) -> String {
    format!(
        "{name} is damaged, so it was not opened. {} Mend that line in a text editor, or get another copy.",
        super::sentence(at)
    )
}

/// A test among the others that is broken.
pub fn damaged_test(file: &str, at: &str) -> String {
    format!(
        "{file} is damaged and was left as it is. {} Mend that line in a text editor, or put a copy in its place.",
        super::sentence(at)
    )
}

/// A test of a newer version, in the bar.
pub const READ_ONLY: &str = "Read only";
/// Why.
pub const READ_ONLY_WHY: &str = "A newer Tidemark made this test. You can look at it, but not change or run it here. Get the newer version to work on it.";

/// A result of a newer version.
pub fn newer_result(name: &str) -> String {
    format!("{name} was made by a newer Tidemark and was left as it is. Get the newer version to open it.")
}

/// A result that can't be opened.
pub fn bad_result(name: &str, why: &str) -> String {
    format!("{name} could not be opened. {} Nothing was changed.", super::sentence(why))
}

/// A file that makes no sense.
pub fn could_not_read(name: &str, why: &str) -> String {
    let name = if name.is_empty() { "This file" } else { name };
    format!("{name} could not be read. {}", super::sentence(why))
}
