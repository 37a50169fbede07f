//! What is said about something pasted.

use tidemark_core::scenario::Body;

use crate::paste::Pasted;

/// The clipboard was empty.
pub const NOTHING: &str = "There is nothing to paste.";
/// Far too much.
pub const TOO_LONG: &str = "This is too long for a request.";
/// Neither cURL nor an address.
pub const NOT_KNOWN: &str = "This is neither a cURL command nor a web address.";
/// A command without an address.
pub const NO_ADDRESS: &str = "This cURL command has no address.";

/// An address that makes no sense.
pub fn bad_address(address: &str) -> String {
    format!("{} is not a web address.", tidemark_core::problem::short(address))
}

/// "Recognised: POST to api.shop.test, 3 headers, JSON body."
pub fn summary(pasted: &Pasted) -> String {
    let mut text = match &pasted.requests[..] {
        [one] => {
            let mut text = format!("Recognised: {} to {}", one.method, pasted.host);
            match one.headers.0.len() {
                0 => {}
                1 => text += ", 1 header",
                more => text += &format!(", {more} headers"),
            }
            text + match &one.body {
                Body::Json(_) => ", JSON body",
                Body::Form(_) => ", form fields",
                Body::Text(_) => ", text body",
                Body::File(_) => ", body from a file",
                Body::Multipart(_) => ", form with parts",
                Body::Nothing => "",
            }
        }
        many => format!("Recognised: {} requests, the first to {}", many.len(), pasted.host),
    };
    text.push('.');
    if !pasted.unknown.is_empty() {
        text += &format!(" Left aside: {}.", pasted.unknown.join(", "));
    }
    text
}
