//! What was watched of the target: a small chart a series, on the time axis of the other charts.

use std::fmt::Write;

use super::charts::{frames, px};
use super::markup::Esc;
use super::{Page, put, say};
use crate::chart::draw::Frame;
use crate::chart::watched::{Strip, strips};

/// So many are drawn.
const MOST: usize = 24;

/// Height of a chart.
const HEIGHT: f64 = 96.0;

/// The section; nothing where nothing was watched.
pub fn watched(out: &mut String, page: &Page) {
    let watched = &page.opened.watched;
    if watched.is_empty() {
        return;
    }
    put!(out, "<section class=\"card\" aria-labelledby=\"watched\"><h2 id=\"watched\">{}</h2>\n", say::WATCHED);
    let drawn = frames(page).map(|(class, frame)| {
        let frame = Frame { height: HEIGHT, top: 8.0, ..frame };
        (class, frame, strips(watched, &frame))
    });
    let count = drawn[0].2.len();
    if count == 0 {
        put!(out, "<p class=\"muted\">{}</p>\n", say::NOTHING_SEEN);
    }
    out.push_str("<div class=\"charts\">\n");
    for at in 0..count.min(MOST) {
        let first = &drawn[0].2[at];
        put!(out, "<figure class=\"chart\"><figcaption><h3>{}</h3>", Esc(&first.title));
        put!(out, "<p class=\"said\">{}</p></figcaption>\n", Esc(&first.summary));
        for (class, frame, strips) in &drawn {
            plot(out, page, class, frame, &strips[at]);
        }
        out.push_str("</figure>\n");
    }
    out.push_str("</div>");
    if count > MOST {
        put!(out, "<p class=\"muted\">{} {}</p>\n", count - MOST, say::MORE_SERIES);
    }
    out.push_str("</section>\n");
}

fn plot(out: &mut String, page: &Page, class: &str, frame: &Frame, strip: &Strip) {
    let (width, height) = (frame.width, frame.height);
    let (left, right, base) = (frame.left, width - frame.right, height - frame.bottom);
    put!(out, "<svg class=\"plot {class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"");
    put!(out, "{}: {}\">\n", Esc(&strip.title), Esc(&strip.summary));
    for tick in &strip.y_ticks {
        let class = if tick.at == strip.y.from { "base" } else { "rule" };
        put!(out, "<path class=\"{class}\" d=\"M{} {}H{}\"/>", px(left), px(tick.px), px(right));
        let (x, y) = (px(left - 8.0), px(tick.px + 4.0));
        put!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>", Esc(&tick.label));
    }
    for tick in &strip.x_ticks {
        let (x, y) = (px(tick.px), px(base + 17.0));
        put!(
            out,
            "<path class=\"base\" d=\"M{x} {}v4\"/><text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
            px(base),
            tick.label
        );
    }
    if let Some(point) = &page.opened.verdict.turning_point {
        put!(
            out,
            "<path class=\"moment\" d=\"M{} {}V{}\"/>",
            px(strip.x.px(f64::from(point.second))),
            px(frame.top),
            px(base)
        );
    }
    put!(out, "<path class=\"line watched\" d=\"{}\"/>", strip.path);
    if let Some((_, y, value)) = &strip.end {
        put!(out, "<text class=\"end\" x=\"{}\" y=\"{}\">{}</text>", px(right + 8.0), px(y + 4.0), Esc(value));
    }
    out.push_str("\n</svg>\n");
}
