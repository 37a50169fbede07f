//! Reading a request's body, whole or only measured, with a bound on memory. It must not interpret it.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

/// Longest body that is kept.
pub(crate) const MOST_KEPT: usize = 16 << 20;
/// Longest body that is only measured.
const MOST_MEASURED: u64 = 1 << 30;

/// Whether the content of a body is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    Content,
    Length,
}

/// A body as it came.
#[derive(Default)]
pub(crate) struct Received {
    /// Its length in bytes.
    pub(crate) length: u64,
    /// Its content, when it was kept.
    pub(crate) content: Bytes,
    /// It was longer than the bound and was not read to its end.
    pub(crate) too_long: bool,
}

/// Reads a body to its end.
///
/// # Errors
/// The connection broke before the body was complete.
pub(crate) async fn receive(mut body: Incoming, keep: Keep) -> Result<Received, hyper::Error> {
    let mut received = Received::default();
    if body.is_end_stream() {
        return Ok(received);
    }
    let mut content = BytesMut::new();
    let bound = if keep == Keep::Content { MOST_KEPT as u64 } else { MOST_MEASURED };
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        received.length += data.len() as u64;
        if received.length > bound {
            received.too_long = true;
            return Ok(received);
        }
        if keep == Keep::Content {
            content.extend_from_slice(&data);
        }
    }
    received.content = content.freeze();
    Ok(received)
}
