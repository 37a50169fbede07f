//! The words of passing a result on.

use tidemark_core::report::Form;
use tidemark_core::units::plain_bytes;

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    TITLE = "Share this result";
    WHAT = "What is in it";
    LEAVE_OUT = "Leave out";
    BODIES = "Bodies of failed requests and answers";
    HOSTS = "Names of hosts";
    BODIES_HINT = "What was sent and what came back, below the headers.";
    HOSTS_HINT = "host-1, host-2 and so on stand in their place, everywhere.";
    REVIEW = "look first";
    REVIEW_SAMPLES = "Review failing samples";
    SAVE_FILE = "Save result file";
    SAVE_FILE_SUB = "Opens in Tidemark, with all numbers";
    OTHERS = "Other forms";
    COPY = "Copy summary";
    FILE_NAME = "File name";
    SECRETS = "Values of secrets are never in a result.";
    READING = "Opening the result …";
    COULD_NOT_SHARE = "The result could not be shared.";
}

/// "Corner shop 2026-11-21 07-29.tiderun": from the title and the start, without what file systems refuse.
pub fn file_name(title: &str, started_at: &str, kind: &str) -> String {
    let calm = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { ' ' };
    let title: String = title.chars().take(60).map(calm).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_matches('.');
    let title = if title.is_empty() { "Result" } else { title };
    let when: String = started_at.chars().take(16).map(|c| if c.is_ascii_digit() { c } else { '-' }).collect();
    match when.split_at_checked(10) {
        Some((day, time)) if time.len() == 6 => format!("{title} {day} {}.{kind}", &time[1..]),
        _ => format!("{title}.{kind}"),
    }
}

/// A form as it is offered: its name, and what it is for.
pub fn form(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Page => ("Save as web page", "Opens anywhere, prints, needs no network"),
        Form::Seconds => ("Every second (CSV)", "For a spreadsheet"),
        Form::Steps => ("Every step (CSV)", "For a spreadsheet"),
        Form::Watched => ("What the target said (CSV)", "For a spreadsheet"),
        Form::Markdown => ("Summary (Markdown)", "For a pull request or a chat"),
        Form::Junit => ("Goals (JUnit XML)", "For a build server"),
    }
}

/// "Made Corner shop.tiderun, 41 kB."
pub fn made(name: &str, bytes: u64) -> String {
    format!("Made {name}, {}.", plain_bytes(bytes))
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::file_name;

    #[test]
    fn a_file_is_named_after_its_test_and_its_start() {
        for (title, at, name) in [
            ("Corner shop", "2026-11-21T07:29:26.4Z", "Corner shop 2026-11-21 07-29.x"),
            ("a/b: \"c\"", "2026-11-21T07:29:26Z", "a b c 2026-11-21 07-29.x"),
            ("..", "", "Result.x"),
            ("Café 早い", "soon", "Café 早い.x"),
        ] {
            assert_eq!(file_name(title, at, "x"), name);
        }
    }
}
