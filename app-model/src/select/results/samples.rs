//! A failed request as it is shown, and as a cURL command. Secrets are not in it: they never come into a result.

use std::sync::Arc;

use tidemark_core::result::{Message, Sample};
use tidemark_core::verdict::words::clock;

use crate::model::{Exchange, Times};
use crate::text::results as say;

/// The most samples of one failure.
const MOST: usize = 5;

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// "Sample 2 · 06:58 · 88 people".
    pub title: String,
    /// What was sent and what came back; how long the parts took is not in a result.
    pub exchange: Arc<Exchange>,
    /// Whether anything came back.
    pub answered: bool,
    /// The request as a command.
    pub curl: String,
}

/// The samples with these particulars, as they are shown. `scheme` is the target's, `http` or `https`.
pub fn samples_of(samples: &[Sample], detail: &str, scheme: &str) -> Vec<Shown> {
    let wanted = samples.iter().filter(|sample| sample.detail == detail).take(MOST);
    wanted.enumerate().map(|(at, sample)| shown(at, sample, scheme)).collect()
}

/// A sample as it is shown.
pub fn shown(at: usize, sample: &Sample, scheme: &str) -> Shown {
    Shown {
        title: say::sample(at + 1, &clock(sample.second), sample.people, sample.response_us),
        exchange: Arc::new(exchange(sample)),
        answered: sample.answer.is_some(),
        curl: curl(&sample.request, scheme),
    }
}

fn exchange(sample: &Sample) -> Exchange {
    let answer = sample.answer.as_ref();
    Exchange {
        sent_head: sample.request.head.trim().to_owned(),
        sent_body: pretty(&sample.request.body),
        answer_head: answer.map(|answer| answer.head.trim().to_owned()).unwrap_or_default(),
        answer_body: answer.map(|answer| answer.body.clone()).unwrap_or_default(),
        answer_len: answer.map_or(0, |answer| answer.body_len),
        times: Times::default(),
    }
}

/// JSON with its structure seen; anything else as it is.
fn pretty(body: &str) -> String {
    let looks = body.trim_start().starts_with(['{', '[']);
    let value = looks.then(|| serde_json::from_str::<serde_json::Value>(body).ok()).flatten();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.trim_end().to_owned())
}

/// A request as a command for a shell.
pub fn curl(request: &Message, scheme: &str) -> String {
    let mut lines = request.head.lines();
    let mut first = lines.next().unwrap_or_default().split_whitespace();
    let (method, path) = (first.next().unwrap_or("GET"), first.next().unwrap_or("/"));
    let headers: Vec<(&str, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect();
    let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host") || *name == ":authority");
    let url = if path.contains("://") {
        path.to_owned()
    } else {
        format!("{scheme}://{}{path}", host.map_or("", |(_, host)| host))
    };
    let mut out = format!("curl -X {method} {}", quoted(&url));
    // What curl makes by itself would only contradict it.
    let own = ["host", "content-length", "connection", "accept-encoding", "transfer-encoding"];
    for (name, value) in headers.iter().filter(|(name, _)| !own.contains(&name.to_lowercase().as_str())) {
        let value = if lets_in(name) { say::HIDDEN } else { value };
        out.push_str(&format!(" \\\n  -H {}", quoted(&format!("{name}: {value}"))));
    }
    if !request.body.is_empty() {
        out.push_str(&format!(" \\\n  --data-raw {}", quoted(&request.body)));
    }
    out
}

/// Whether a header holds what lets somebody in, even where it came from an answer and was no secret of the test.
fn lets_in(name: &str) -> bool {
    let name = name.to_lowercase();
    ["authorization", "cookie", "token", "api-key", "apikey", "secret", "password"]
        .iter()
        .any(|part| name.contains(part))
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
