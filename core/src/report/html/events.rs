//! What happened during the run, numbered as in the charts.

use std::fmt::Write;

use super::markup::Esc;
use super::{put, say};
use crate::result::Event;
use crate::units::grouped;
use crate::verdict::words::clock;

/// So many moments have a number; the rest would hide the charts.
const MOST: usize = 12;

/// So many sentences stand under one moment.
const SENTENCES: usize = 3;

/// Everything that happened in one second.
pub struct Moment<'a> {
    /// The second.
    pub second: u32,
    /// In sentences.
    events: Vec<&'a Event>,
}

/// The events by second, in order. Failures that come one after the other are one moment.
pub fn moments(events: &[Event]) -> Vec<Moment<'_>> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by_key(|event| event.second);
    for event in events {
        match moments.last_mut() {
            Some(last) if last.takes(event) => last.events.push(event),
            _ => moments.push(Moment { second: event.second, events: vec![event] }),
        }
    }
    moments
}

impl Moment<'_> {
    fn takes(&self, event: &Event) -> bool {
        let failure = |event: &Event| event.what == "first-failure";
        let near = event.second.saturating_sub(self.second) <= 2;
        self.second == event.second || (near && failure(event) && self.events.iter().all(|one| failure(one)))
    }
}

/// How the sentence of a first failure begins.
const FIRST: &str = "First failure of its kind at ";

/// A name and what follows it: `“Pay”: answered 503`. Older files have straight quotes.
fn named(text: &str) -> Option<(&str, &str)> {
    let curly = || text.strip_prefix('“')?.split_once("”: ");
    let straight = || text.strip_prefix('"')?.split_once("\": ");
    curly().or_else(straight)
}

/// The sentences of a moment; first failures that say the same are told together.
fn sentences(events: &[&Event]) -> Vec<String> {
    let mut told: Vec<(Vec<&str>, &str)> = Vec::new();
    for event in events {
        let parts = event.text.strip_prefix(FIRST).and_then(named);
        match parts.filter(|_| event.what == "first-failure") {
            Some((name, what)) => match told.iter_mut().find(|(names, same)| !names.is_empty() && *same == what) {
                Some((names, _)) => names.push(name),
                None => told.push((vec![name], what)),
            },
            None => told.push((Vec::new(), &event.text)),
        }
    }
    let sentence = |(names, what): (Vec<&str>, &str)| match names[..] {
        [] => what.to_owned(),
        [name] => format!("First failure at “{name}”: {what}"),
        _ => format!("First failures at “{}”: {what}", names.join("”, “")),
    };
    told.into_iter().map(sentence).collect()
}

/// The moments that have a number in charts.
pub fn numbered<'a, 'b>(moments: &'b [Moment<'a>]) -> &'b [Moment<'a>] {
    &moments[..moments.len().min(MOST)]
}

/// The list; nothing where nothing happened.
pub fn events(out: &mut String, moments: &[Moment]) {
    if moments.is_empty() {
        return;
    }
    put!(out, "<section class=\"card\" aria-labelledby=\"events\"><h2 id=\"events\">{}</h2>\n", say::HAPPENED);
    out.push_str("<ol class=\"events\">\n");
    for (at, moment) in numbered(moments).iter().enumerate() {
        put!(out, "<li><span class=\"number\">{}</span><span class=\"muted\">", at + 1);
        put!(out, "{}</span><p class=\"prose\">", clock(moment.second));
        let sentences = sentences(&moment.events);
        let shown: Vec<String> = sentences.iter().take(SENTENCES).map(|text| Esc(text).to_string()).collect();
        out.push_str(&shown.join(" "));
        match sentences.len().saturating_sub(SENTENCES) {
            0 => {}
            1 => out.push_str(" And one more."),
            more => put!(out, " And {} more.", grouped(more as u64)),
        }
        out.push_str("</p></li>\n");
    }
    let rest = moments.len() - numbered(moments).len();
    if rest > 0 {
        put!(out, "<li class=\"more muted\">And {} more, all in the result file.</li>\n", grouped(rest as u64));
    }
    out.push_str("</ol></section>\n");
}
