//! The few plain pages that are not the app: why somebody is not let in, and that there are no pages to show. Must not
//! know how it was decided.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// No cookie, or one from another start of the program.
pub const NOT_IN: &str = "This browser has no key to Tidemark.";

/// A key that is good no more.
pub const USED: &str = "This address works once, and it was used already or is an old one.";

/// What helps in most cases.
pub const WHAT_TO_DO: &str =
    "Open the address printed in the terminal where Tidemark runs. Press Enter there for a fresh one.";

/// A name that does not lead here.
pub const WRONG_HOST: &str = "Tidemark is asked for under a name that is not its own.";

/// A page that came from elsewhere.
pub const WRONG_PAGE: &str = "A page from another place tried to use Tidemark. Only its own pages may.";

/// A page of a heading and some sentences.
pub fn plain(status: StatusCode, heading: &str, sentences: &[&str]) -> Response {
    let paragraphs: String = sentences.iter().map(|sentence| format!("<p>{sentence}</p>")).collect();
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Tidemark</title><style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;\
         max-inline-size:36rem;margin:4rem auto;padding-inline:1rem}}code{{font-size:.95em}}</style>\
         <h1>{heading}</h1>{paragraphs}</html>"
    );
    (status, Html(page)).into_response()
}

/// There is nothing to show but that the app is here.
pub fn no_ui() -> Response {
    let how = "Build them with <code>cargo xtask ui</code> in Tidemark's folder, then load this page again. Or name their \
        folder: <code>tidemark serve --ui FOLDER</code>.";
    plain(
        StatusCode::SERVICE_UNAVAILABLE,
        "The app's pages are missing",
        &["This program was built without them.", how],
    )
}
