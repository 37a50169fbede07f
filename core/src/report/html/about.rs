//! The end of the page: what was run, by what, and how it was measured.

use std::fmt::Write;

use super::markup::Esc;
use super::{Page, put, say};
use crate::report::text;
use crate::scenario::{Load, Scenario};
use crate::units::{grouped, plain_bytes, plain_length};

/// So much of the scenario is shown, in bytes.
const LONGEST: usize = 128 * 1024;

/// The section.
pub fn about(out: &mut String, page: &Page) {
    let (header, opened) = (&page.opened.header, page.opened);
    put!(out, "<section class=\"card\" aria-labelledby=\"about\"><h2 id=\"about\">{}</h2>\n", say::ABOUT);
    out.push_str("<dl class=\"about\">\n");
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            put!(out, "<dt>{name}</dt><dd>{}</dd>\n", Esc(value));
        }
    };
    row("Test", page.title);
    let target = match (header.environment.as_str(), header.target.as_str()) {
        (name, "") | ("", name) => name.to_owned(),
        (name, address) => format!("{name}, {address}"),
    };
    row("Target", &target);
    row("Load plan", &planned(page));
    row("People", &text::people(&opened.summary));
    row("How it ended", &say::ended(opened.ending.as_ref().map(|ending| &ending.ended)));
    row("Data", &data(page));
    let health = text::health(&opened.summary);
    let health = health.strip_prefix("This computer: ").unwrap_or(&health);
    let computer = [header.computer.as_str(), health].into_iter().filter(|part| !part.is_empty());
    row("This computer", &computer.collect::<Vec<_>>().join(": "));
    row("Clock", text::clock(&opened.summary));
    row("Made by", &header.made_by);
    row("Seed", &header.seed.to_string());
    row("How it was measured", say::MEASURED);
    out.push_str("</dl>\n");
    if header.scenario.is_object() {
        source(out, &header.scenario);
    }
    out.push_str("</section>\n");
}

/// How much was sent and received.
fn data(page: &Page) -> String {
    let all = &page.opened.summary.all;
    let rate = all.per_second.map_or_else(String::new, |rate| format!(", {rate:.1} per second"));
    let (bytes_out, bytes_in) = (plain_bytes(all.bytes_out), plain_bytes(all.bytes_in));
    format!("{} requests{rate}. {bytes_out} sent, {bytes_in} received.", grouped(all.count))
}

/// The scenario of the file, read as any other.
fn scenario(value: &serde_json::Value) -> Option<Scenario> {
    let text = value.as_object()?;
    crate::scenario::read(&serde_json::to_string(text).ok()?).ok().map(|(scenario, _)| scenario)
}

/// What was planned, as the run knew it: a scenario can be run with other numbers than its own. Its stages are told only
/// where they are those that were run.
fn planned(page: &Page) -> String {
    let timeline = &page.opened.timeline;
    let parts = [timeline.warm(), timeline.measured()];
    let people = parts.iter().map(|part| part.peak_planned).max().unwrap_or(0);
    let due = parts.iter().map(|part| part.peak_due).max().unwrap_or(0);
    let what = match (people, due) {
        (0, 0) => return String::new(),
        (0, due) => format!("Up to {} new people per second", grouped(due)),
        (1, _) => "1 person".to_owned(),
        (people, _) => format!("Up to {} people", grouped(people.into())),
    };
    let seconds = page.opened.header.planned_seconds;
    let over = seconds.map_or_else(String::new, |seconds| format!(", over {}", plain_length(seconds)));
    let load = scenario(&page.opened.header.scenario).map(|scenario| scenario.load);
    let stages = load.filter(|load| as_run(load, people, seconds)).map(|load| stages(&load)).unwrap_or_default();
    format!("{what}{over}.{stages}")
}

/// Whether the stages of a scenario are those that were run.
fn as_run(load: &Load, people: u32, seconds: Option<u32>) -> bool {
    let most = load.people.iter().filter_map(|stage| stage.to).fold(load.start, f64::max);
    let length: f64 = load.people.iter().map(|stage| stage.over.secs()).sum();
    !load.people.is_empty() && most.round() == f64::from(people) && Some(length.ceil() as u32) == seconds
}

/// The stages in words.
fn stages(load: &Load) -> String {
    let mut parts = Vec::new();
    let mut before = load.start;
    for stage in &load.people {
        let to = stage.to.unwrap_or(before);
        let over = plain_length(stage.over.secs().round() as u32);
        parts.push(match (to == before, stage.over.us()) {
            (true, _) => format!("stays at {to} for {over}"),
            (false, 0) => format!("jumps to {to}"),
            (false, _) => format!("goes to {to} over {over}"),
        });
        before = to;
    }
    format!(" Starts at {}, {}.", load.start, parts.join(", "))
}

/// The scenario, as its file was.
fn source(out: &mut String, scenario: &serde_json::Value) {
    let Ok(text) = serde_json::to_string_pretty(scenario) else { return };
    let shown = &text[..text.floor_char_boundary(LONGEST)];
    put!(out, "<details><summary>The test itself</summary>\n<pre tabindex=\"0\">\n{}", Esc(shown));
    if shown.len() < text.len() {
        out.push_str("\n… (more in the result file)");
    }
    out.push_str("</pre></details>\n");
}
