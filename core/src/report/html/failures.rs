//! What failed, most frequent first, with the samples of each kind.

use std::fmt::Write;

use super::markup::Esc;
use super::{put, say};
use crate::result::{Message, Opened, Sample};
use crate::stats::timeline::FailureGroup;
use crate::units::{grouped, plain_bytes, plain_people, plain_time};
use crate::verdict::words;

/// So many kinds are shown.
const KINDS: usize = 40;

/// So many samples of a kind are shown.
const SAMPLES: usize = 5;

/// So much of a body is shown, in bytes.
const LONGEST: usize = 16 * 1024;

/// The section; nothing where nothing failed.
pub fn failures(out: &mut String, opened: &Opened) {
    let groups = &opened.summary.failures;
    if groups.is_empty() {
        return;
    }
    put!(out, "<section class=\"card\" aria-labelledby=\"failures\"><h2 id=\"failures\">{} ", say::FAILURES);
    put!(out, "<span class=\"muted\">({})</span></h2>\n", words::failures_in_all(&opened.summary));
    let samples = sorted(opened);
    for (group, samples) in groups.iter().zip(&samples).take(KINDS) {
        one(out, group, samples);
    }
    let rest = groups.len().saturating_sub(KINDS);
    if rest > 0 {
        put!(out, "<p class=\"muted\">And {rest} more kinds, all in the result file.</p>\n");
    }
    out.push_str("</section>\n");
}

/// The samples of each group, in the order of the groups: those that say the same, else those of the same kind.
fn sorted(opened: &Opened) -> Vec<Vec<&Sample>> {
    let groups = &opened.summary.failures;
    let mut sorted = vec![Vec::new(); groups.len()];
    for sample in &opened.samples {
        let alike = |group: &FailureGroup| group.failure.name == sample.name && group.failure.kind == sample.failure;
        let same = groups.iter().position(|group| alike(group) && group.failure.detail == sample.detail);
        if let Some(at) = same.or_else(|| groups.iter().position(alike)) {
            sorted[at].push(sample);
        }
    }
    sorted
}

fn one(out: &mut String, group: &FailureGroup, samples: &[&Sample]) {
    let failure = &group.failure;
    put!(
        out,
        "<div class=\"failure\"><h3><span class=\"count\">{}×</span> {} · {}</h3>\n<p class=\"muted\">",
        grouped(failure.count),
        Esc(&group.label),
        Esc(words::failure(failure.kind, &failure.detail))
    );
    let (first, last) = (words::clock(group.first_second), words::clock(group.last_second));
    let people = plain_people(group.people.into());
    match first == last {
        true => put!(out, "At {first}, with {people}</p>\n"),
        false => put!(out, "First at {first} with {people}, last at {last}</p>\n"),
    }
    samples.iter().take(SAMPLES).enumerate().for_each(|(at, one)| sample(out, at + 1, one));
    out.push_str("</div>\n");
}

fn sample(out: &mut String, number: usize, sample: &Sample) {
    put!(out, "<details class=\"sample\"><summary>Sample {number}: at {}", words::clock(sample.second));
    if let Some(us) = sample.response_us {
        put!(out, ", after {}", plain_time(us));
    }
    out.push_str("</summary>\n<div class=\"two\">\n<div>");
    // What could not be made has no method.
    let made = !sample.request.head.starts_with(char::is_whitespace);
    message(out, say::SENT, made.then_some(&sample.request), say::NOT_SENT);
    out.push_str("</div>\n<div>");
    message(out, say::ANSWER, sample.answer.as_ref(), say::NO_ANSWER);
    out.push_str("</div></div></details>\n");
}

fn message(out: &mut String, title: &str, message: Option<&Message>, nothing: &str) {
    put!(out, "<h4>{title}</h4>");
    let Some(message) = message else {
        put!(out, "<p>{nothing}</p>");
        return;
    };
    // A line break at the start of preformatted text is swallowed; one more keeps the first.
    put!(out, "<pre>\n{}</pre>", Esc(message.head.trim_end()));
    if !message.body.is_empty() {
        let shown = &message.body[..message.body.floor_char_boundary(LONGEST)];
        put!(out, "<pre>\n{}", Esc(shown));
        if shown.len() < message.body.len() {
            put!(out, "\n… (more in the result file; {} in all)", plain_bytes(message.body_len));
        }
        out.push_str("</pre>");
    }
}
