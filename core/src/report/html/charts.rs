//! The four charts, each with its legend, a sentence, and its table. Wide and narrow, as a picture that only shrinks
//! could not be read.

use std::fmt::Write;

use super::markup::Esc;
use super::{Page, events, put, say};
use crate::chart::draw::{Chart, Drawn, Frame, Kind, Look, Source, chart};
use crate::chart::labels::{gather, spread};
use crate::chart::path::push;
use crate::chart::second::{Second, plan};
use crate::chart::{say as words, table};
use crate::result::PRACTICE;
use crate::units::plain_time;
use crate::verdict::goal::{Latency, Measure, Side};

/// What the charts share: the hatch of failures.
pub const DEFINITIONS: &str = "<svg class=\"defs\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" width=\"5\" \
                               height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect \
                               class=\"hatch-ground\" width=\"5\" height=\"5\"/><path class=\"hatch-line\" \
                               d=\"M0 0v5\"/></pattern></defs></svg>\n";

/// Room above the plot for the numbers of what happened.
const MOMENTS: f64 = 22.0;

/// Height of a line of labels.
const LINE: f64 = 14.0;

/// The section; nothing where no second is known.
pub fn charts(out: &mut String, page: &Page) {
    if page.seconds.is_empty() {
        return;
    }
    put!(out, "<section class=\"card\" aria-labelledby=\"charts\"><h2 id=\"charts\">{}</h2>\n", say::CHARTS);
    out.push_str("<div class=\"charts\">\n");
    let goals = goals(page);
    let plan = plan(&page.seconds);
    let numbered = events::numbered(&page.events).iter().enumerate();
    let markers: Vec<(u32, String)> = numbered.map(|(at, moment)| (moment.second, (at + 1).to_string())).collect();
    for kind in Kind::ALL {
        let seconds = seconds(page, kind);
        figure(out, page, kind, Source { seconds, plan: &plan, goals: &goals, markers: &markers });
    }
    out.push_str("</div></section>\n");
}

/// What a chart is drawn from: percentiles need more answers than a second may have.
fn seconds<'a>(page: &'a Page, kind: Kind) -> &'a [Second] {
    if kind == Kind::Time { &page.pooled.1 } else { &page.seconds }
}

/// The limits that can be drawn into the chart of response times: those about all requests.
fn goals(page: &Page) -> Vec<(String, u64)> {
    let goals = page.opened.verdict.goals.iter().map(|outcome| &outcome.goal);
    let drawn = goals.filter(|goal| {
        let percentile = matches!(goal.measure, Measure::Percentile(_));
        percentile && goal.of.is_none() && goal.side == Side::Below && goal.latency == Latency::Response
    });
    drawn.map(|goal| (format!("goal {}", plain_time(goal.limit as u64)), goal.limit as u64)).collect()
}

/// A wide and a narrow frame over the whole run.
pub(super) fn frames(page: &Page) -> [(&'static str, Frame); 2] {
    let end = f64::from(page.opened.timeline.end_second().max(1));
    let wide = Frame { left: 52.0, right: 84.0, top: MOMENTS, bottom: 22.0, ..Frame::new(560.0, 216.0, 0.0, end) };
    let narrow = Frame { right: 78.0, ..Frame { width: 340.0, height: 200.0, ..wide } };
    [("wide", wide), ("narrow", narrow)]
}

fn figure(out: &mut String, page: &Page, kind: Kind, source: Source) {
    let drawn = frames(page).map(|(class, frame)| (class, frame, chart(kind, source, &frame)));
    let first = &drawn[0].2;
    put!(out, "<figure class=\"chart\" data-chart=\"{}\"><figcaption><h3>{}</h3>", kind.word(), words::title(kind));
    legend(out, first);
    put!(out, "<p class=\"said\">{}", Esc(&first.summary));
    if kind == Kind::Time && page.pooled.0 > 1 {
        put!(out, " Each point stands for {} seconds.", page.pooled.0);
    }
    if page.opened.header.practice {
        put!(out, " <strong class=\"practice\">{PRACTICE}.</strong>");
    }
    out.push_str("</p></figcaption>\n");
    for (class, frame, chart) in &drawn {
        plot(out, page, class, frame, chart);
    }
    twin(out, kind, page);
    out.push_str("</figure>\n");
}

/// Each series once, as it is drawn.
fn legend(out: &mut String, chart: &Chart) {
    let mut known: Vec<&str> = Vec::new();
    out.push_str("<ul class=\"legend\">");
    for series in &chart.series {
        if known.contains(&series.key) {
            continue;
        }
        known.push(series.key);
        put!(out, "<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\">");
        match series.look {
            Look::Bars => out.push_str("<path class=\"bars\" d=\"M2 1h24v10h-24z\"/>"),
            _ => put!(out, "<path class=\"line {}\" d=\"M1 6h26\"/>", series.key),
        }
        let few = if chart.kind == Kind::Time && series.path.is_empty() { " (too few to say)" } else { "" };
        put!(out, "</svg>{}{few}</li>", series.label);
    }
    if !chart.goals.is_empty() {
        out.push_str("<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\"><path class=\"goal-line\" d=\"M1 6h26\"/></svg>goal</li>");
    }
    out.push_str("</ul>");
}

fn plot(out: &mut String, page: &Page, class: &str, frame: &Frame, chart: &Chart) {
    let (width, height) = (frame.width, frame.height);
    put!(out, "<svg class=\"plot {class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"");
    put!(out, "{}: {}\">\n", Esc(chart.title), Esc(&chart.summary));
    axes(out, page, frame, chart);
    for series in &chart.series {
        let class = match series.look {
            Look::Line | Look::Dashed => format!("line {}", series.key),
            Look::Area => "area".to_owned(),
            Look::Bars => "bars".to_owned(),
        };
        if !series.path.is_empty() {
            put!(out, "<path class=\"{class}\" data-series=\"{}\" d=\"{}\"/>\n", series.key, series.path);
        }
    }
    goal_lines(out, frame, chart);
    moments(out, frame, chart);
    ends(out, frame, chart);
    out.push_str("</svg>\n");
}

/// A number of pixels, to a tenth.
pub(super) fn px(number: f64) -> String {
    let mut text = String::new();
    push(&mut text, number);
    text
}

fn axes(out: &mut String, page: &Page, frame: &Frame, chart: &Chart) {
    let (left, right) = (frame.left, frame.width - frame.right);
    let base = frame.height - frame.bottom;
    let warm = chart.x.px(f64::from(page.opened.summary.warm_up_seconds));
    if warm > left {
        let (top, width, height) = (px(frame.top), px(warm - left), px(base - frame.top));
        put!(out, "<rect class=\"warm\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
        if warm - left > 56.0 {
            let boxes = chart.goals.iter().map(|goal| goal_box(frame, goal.px));
            let lowest = boxes.filter(|y| *y < frame.top + LINE + 4.0).reduce(f64::max);
            let y = lowest.map_or(frame.top + LINE, |y| y + 32.0);
            put!(out, "<text x=\"{}\" y=\"{}\">{}</text>", px(left + 6.0), px(y), say::WARM_UP);
        }
    }
    for tick in &chart.y_ticks {
        let class = if tick.at == 0.0 { "base" } else { "rule" };
        put!(out, "<path class=\"{class}\" d=\"M{} {}H{}\"/>", px(left), px(tick.px), px(right));
        let (x, y) = (px(left - 8.0), px(tick.px + 4.0));
        put!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>", tick.label);
    }
    for tick in &chart.x_ticks {
        put!(out, "<path class=\"base\" d=\"M{} {}v4\"/>", px(tick.px), px(base));
        let (x, y) = (px(tick.px), px(base + 17.0));
        put!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", tick.label);
    }
    put!(out, "<text x=\"{}\" y=\"{}\">min:s</text>\n", px(right + 14.0), px(base + 17.0));
}

/// Where the label of a goal begins: above its line, or below where there is no room above.
fn goal_box(frame: &Frame, line: f64) -> f64 {
    if line - 20.0 < frame.top { line + 3.0 } else { line - 20.0 }
}

fn goal_lines(out: &mut String, frame: &Frame, chart: &Chart) {
    for goal in &chart.goals {
        let (left, right) = (frame.left, frame.width - frame.right);
        put!(out, "<path class=\"goal-line\" d=\"M{} {}H{}\"/>", px(left), px(goal.px), px(right));
        let width = goal.label.chars().count() as f64 * 6.6 + 10.0;
        let y = goal_box(frame, goal.px);
        let x = left + 6.0;
        let (y_box, wide) = (px(y), px(width));
        put!(out, "<rect class=\"goal-box\" x=\"{x}\" y=\"{y_box}\" width=\"{wide}\" height=\"17\" rx=\"3\"/>");
        put!(
            out,
            "<text class=\"goal-text\" x=\"{}\" y=\"{}\">{}</text>\n",
            px(x + 5.0),
            px(y + 12.5),
            Esc(&goal.label)
        );
    }
}

/// What happened, by number; those that are too near share a label.
fn moments(out: &mut String, frame: &Frame, chart: &Chart) {
    let places: Vec<f64> = chart.moments.iter().map(|moment| moment.px).collect();
    for place in &places {
        put!(
            out,
            "<path class=\"moment\" d=\"M{} {}V{}\"/>",
            px(*place),
            px(frame.top - 4.0),
            px(frame.height - frame.bottom)
        );
    }
    let groups = gather(&places, 30.0);
    let wanted: Vec<f64> = groups.iter().map(|(first, last)| (places[*first] + places[*last]) / 2.0).collect();
    let places = spread(&wanted, 30.0, frame.left + 8.0, frame.width - 14.0);
    for ((first, last), x) in groups.into_iter().zip(places) {
        let (from, to) = (&chart.moments[first].label, &chart.moments[last].label);
        let label = if first == last { from.clone() } else { format!("{from}–{to}") };
        let width = (label.chars().count() as f64 * 6.6 + 9.0).max(17.0);
        let (left, wide) = (px(x - width / 2.0), px(width));
        put!(out, "<rect class=\"moment-box\" x=\"{left}\" y=\"1\" width=\"{wide}\" height=\"17\" rx=\"8.5\"/>");
        put!(out, "<text class=\"moment-text\" x=\"{}\" y=\"13.5\">{}</text>\n", px(x), Esc(label));
    }
}

/// The marks and names at the right ends.
fn ends(out: &mut String, frame: &Frame, chart: &Chart) {
    let ended: Vec<(&Drawn, f64, f64)> =
        chart.series.iter().filter_map(|series| series.end.map(|(x, y)| (series, x, y))).collect();
    let wanted: Vec<f64> = ended.iter().map(|(.., y)| *y).collect();
    let places = spread(&wanted, LINE, frame.top + 4.0, frame.height - frame.bottom - 3.0);
    for ((series, x, y), place) in ended.into_iter().zip(places) {
        if series.look != Look::Bars {
            mark(out, series.key, x, y);
        }
        let right = frame.width - frame.right + 8.0;
        mark(out, series.key, right + 4.0, place);
        put!(out, "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>\n", px(right + 13.0), px(place + 4.0), series.label);
    }
}

/// The shape of a series: told apart without its colour.
pub(super) fn mark(out: &mut String, key: &str, x: f64, y: f64) {
    let shape = match key {
        "p50" | "active" => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        "p95" => "m-3.5 -3.5h7v7h-7z",
        "p99" => "m0 -5l5 5l-5 5l-5 -5z",
        "sent" => "m0 -4.5l4.5 8h-9z",
        "failed" => "m-3.5 -3.5l7 7m0 -7l-7 7",
        _ => "m-5 0h10",
    };
    put!(out, "<path class=\"mark {key}\" d=\"M{} {}{shape}\"/>", px(x), px(y));
}

/// The same numbers for those who read.
fn twin(out: &mut String, kind: Kind, page: &Page) {
    let twin = table(kind, seconds(page, kind));
    let title = words::title(kind);
    put!(out, "<details><summary>{}<span class=\"hidden\">: {title}</span></summary>\n", say::AS_TABLE);
    put!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>");
    put!(out, "<caption class=\"hidden\">{title}</caption>\n<thead><tr>");
    twin.columns.iter().for_each(|name| put!(out, "<th scope=\"col\">{name}</th>"));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &twin.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            match at {
                0 => put!(out, "<th scope=\"row\">{cell}</th>"),
                _ => put!(out, "<td>{cell}</td>"),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></details>\n");
}
