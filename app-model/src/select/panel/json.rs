//! A JSON body while somebody types it: what can't be read yet is kept as text, and nothing is set out anew under the
//! cursor.

use tidemark_core::scenario::Body;

use super::{json_text, read_json};

/// What stands in the field: what was typed, as long as the body is what was typed, else the body set out.
pub fn shown(draft: &str, body: &Body) -> String {
    if !draft.is_empty() && typed(draft).0 == *body {
        return draft.to_owned();
    }
    match body {
        Body::Json(value) => json_text(value),
        Body::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// The body that a text makes, and what is wrong with it.
pub fn typed(text: &str) -> (Body, Option<String>) {
    match read_json(text) {
        Ok(value) => (Body::Json(value), None),
        Err(wrong) => (Body::Text(text.to_owned()), Some(wrong)),
    }
}
