//! Small fields of a request that are more than text: rows, sign-in, redirects, the HTTP version.

use tidemark_core::scenario::{ApiKey, FormPart, HttpPreference, PartContent, Redirects, SignIn};

/// Names with their values.
type Rows = Vec<(String, String)>;

/// The rows without one.
pub fn row_gone(mut rows: Rows, at: usize) -> Rows {
    if at < rows.len() {
        rows.remove(at);
    }
    rows
}

/// The rows, one with another name.
pub fn row_named(mut rows: Rows, at: usize, name: String) -> Rows {
    if let Some(row) = rows.get_mut(at) {
        row.0 = name;
    }
    rows
}

/// The rows, one with another value.
pub fn row_valued(mut rows: Rows, at: usize, value: String) -> Rows {
    if let Some(row) = rows.get_mut(at) {
        row.1 = value;
    }
    rows
}

/// A part of a form that holds text or a file.
pub fn part_of_kind(part: &FormPart, word: &str) -> FormPart {
    let content = match word {
        "file" => PartContent::File(String::new()),
        _ => PartContent::Text(String::new()),
    };
    let keep = word == "file";
    FormPart {
        content,
        file_name: if keep { part.file_name.clone() } else { String::new() },
        content_type: if keep { part.content_type.clone() } else { String::new() },
        ..part.clone()
    }
}

/// A sign-in of a kind; none where it is left to the target.
pub fn sign_in_of_kind(word: &str) -> Option<SignIn> {
    match word {
        "basic" => Some(SignIn::Basic(Default::default())),
        "bearer" => Some(SignIn::Bearer(String::new())),
        "api_key" => Some(SignIn::ApiKey(Default::default())),
        "off" => Some(SignIn::Off(true)),
        _ => None,
    }
}

/// Where a key is sent. As long as it has no name that is nowhere in the test, and what was chosen last counts.
pub fn key_place(key: &ApiKey, chosen: &'static str) -> &'static str {
    match (key.header.is_empty(), key.query.is_empty()) {
        (false, _) => "header",
        (true, false) => "query",
        (true, true) => chosen,
    }
}

/// The word of a place for a key.
pub fn key_word(place: &str) -> &'static str {
    if place == "query" { "query" } else { "header" }
}

/// A key that is sent elsewhere, or called otherwise.
pub fn key_sent_in(key: &ApiKey, place: &str, name: &str) -> ApiKey {
    let (header, query) = match place {
        "query" => (String::new(), name.to_owned()),
        _ => (name.to_owned(), String::new()),
    };
    ApiKey { header, query, ..key.clone() }
}

/// How many redirects are followed.
pub fn redirects(said: Option<Redirects>) -> u8 {
    said.map_or(Redirects::USUAL, |most| most.0)
}

/// Reads how many redirects are followed; none where it is no number from 0 to 50.
pub fn read_redirects(text: &str) -> Option<Redirects> {
    text.trim().parse::<u8>().ok().filter(|most| *most <= 50).map(Redirects)
}

/// The word of an HTTP version; empty where it is left to the target.
pub fn http_word(http: Option<HttpPreference>) -> &'static str {
    http.map_or("", HttpPreference::word)
}

/// An HTTP version by its word; none where it is left to the target.
pub fn http_of(word: &str) -> Option<HttpPreference> {
    match word {
        "auto" => Some(HttpPreference::Auto),
        "1.1" => Some(HttpPreference::Http1),
        "2" => Some(HttpPreference::Http2),
        _ => None,
    }
}
