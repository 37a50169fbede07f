//! The shapes of answers. It must not know why something is answered.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::json;

/// What goes back to the visitor.
pub(crate) type Answer = Response<Full<Bytes>>;

/// An answer with a body of this media type.
pub(crate) fn body(status: StatusCode, media: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    answer
}

/// JSON that is already written out, with status 200.
pub(crate) fn written(json: Bytes) -> Answer {
    body(StatusCode::OK, "application/json", json)
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Answer {
    body(status, "application/json", value.to_string())
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::new()));
    *answer.status_mut() = status;
    answer
}

/// A refusal, `{"error": …}`.
pub(crate) fn error(status: StatusCode, says: &str) -> Answer {
    json(status, &json!({ "error": says }))
}

/// The request was understood, but a value in it is wrong.
pub(crate) fn wrong(says: &str) -> Answer {
    error(StatusCode::UNPROCESSABLE_ENTITY, says)
}

/// There is no such thing.
pub(crate) fn missing(says: &str) -> Answer {
    error(StatusCode::NOT_FOUND, says)
}

/// A refusal that has yet to become an answer; small, so that it can be an `Err`.
pub(crate) struct Refusal(pub(crate) StatusCode, pub(crate) Cow<'static, str>);

impl Refusal {
    /// The answer that says it.
    pub(crate) fn answer(&self) -> Answer {
        error(self.0, &self.1)
    }
}
