//! How the target scales: two pictures against load, in words, and as a table; or why there is none.

use std::fmt::Write;

use super::charts::{mark, px};
use super::markup::Esc;
use super::{put, say};
use crate::chart::draw::Frame;
use crate::chart::scaling::{Curve, Side, axis, curve, table};
use crate::result::Opened;
use crate::scaling::{Scaling, scaling};

/// The section; nothing where nothing was measured.
pub fn section(out: &mut String, opened: &Opened) {
    if opened.summary.all.count == 0 {
        return;
    }
    let scaling = scaling(&opened.timeline);
    put!(out, "<section class=\"card\" aria-labelledby=\"scaling\"><h2 id=\"scaling\">{}</h2>\n", say::SCALING);
    for sentence in scaling.sentences() {
        put!(out, "<p class=\"muted\">{}</p>\n", Esc(&sentence));
    }
    if scaling.is_curve() {
        out.push_str("<div class=\"charts\">\n");
        Side::ALL.into_iter().for_each(|side| figure(out, &scaling, side));
        out.push_str("</div>\n");
        twin(out, &scaling);
    }
    out.push_str("</section>\n");
}

fn figure(out: &mut String, scaling: &Scaling, side: Side) {
    let wide = Frame { left: 52.0, right: 24.0, top: 22.0, bottom: 38.0, ..Frame::new(560.0, 232.0, 0.0, 1.0) };
    let narrow = Frame { width: 340.0, height: 216.0, ..wide };
    let title = side.title();
    put!(out, "<figure class=\"chart\" data-chart=\"scaling-{}\"><figcaption><h3>{title}</h3>", side.word());
    out.push_str("<ul class=\"legend\">");
    for line in curve(scaling, side, &wide).lines {
        put!(
            out,
            "<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\"><path class=\"line {}\" d=\"M1 6h26\"/></svg>{}</li>",
            line.key,
            line.label
        );
    }
    out.push_str("</ul></figcaption>\n");
    for (class, frame) in [("wide", wide), ("narrow", narrow)] {
        plot(out, scaling, &curve(scaling, side, &frame), class, &frame);
    }
    out.push_str("</figure>\n");
}

fn plot(out: &mut String, scaling: &Scaling, curve: &Curve, class: &str, frame: &Frame) {
    let (width, height) = (frame.width, frame.height);
    let (left, right, base) = (frame.left, width - frame.right, height - frame.bottom);
    put!(
        out,
        "<svg class=\"plot {class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n",
        curve.side.title()
    );
    if let Some((from, at, to)) = curve.knee {
        let wide = px((to - from).max(1.0));
        put!(
            out,
            "<rect class=\"warm\" x=\"{}\" y=\"{}\" width=\"{wide}\" height=\"{}\"/>",
            px(from),
            px(frame.top),
            px(base - frame.top)
        );
        put!(out, "<path class=\"moment\" d=\"M{} {}V{}\"/>", px(at), px(frame.top - 4.0), px(base));
        put!(out, "<text x=\"{}\" y=\"13\" text-anchor=\"middle\">{}</text>\n", px(at), say::KNEE);
    }
    for tick in &curve.y_ticks {
        let class = if tick.at == 0.0 { "base" } else { "rule" };
        put!(out, "<path class=\"{class}\" d=\"M{} {}H{}\"/>", px(left), px(tick.px), px(right));
        put!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            px(left - 8.0),
            px(tick.px + 4.0),
            tick.label
        );
    }
    for tick in &curve.x_ticks {
        put!(out, "<path class=\"base\" d=\"M{} {}v4\"/>", px(tick.px), px(base));
        put!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", px(tick.px), px(base + 17.0), tick.label);
    }
    put!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
        px((left + right) / 2.0),
        px(base + 33.0),
        axis(scaling.along)
    );
    for line in &curve.lines {
        put!(out, "<path class=\"line {}\" data-series=\"{}\" d=\"{}\"/>\n", line.key, line.key, line.path);
        line.dots.iter().for_each(|(x, y)| mark(out, line.key, *x, *y));
    }
    out.push_str("</svg>\n");
}

fn twin(out: &mut String, scaling: &Scaling) {
    let (columns, rows) = table(scaling);
    let title = say::SCALING;
    put!(out, "<details><summary>{}<span class=\"hidden\">: {title}</span></summary>\n", say::AS_TABLE);
    put!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>");
    put!(out, "<caption class=\"hidden\">{title}</caption>\n<thead><tr>");
    columns.iter().for_each(|name| put!(out, "<th scope=\"col\">{name}</th>"));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &rows {
        put!(out, "<tr><th scope=\"row\">{}</th>", row[0]);
        row[1..].iter().for_each(|cell| put!(out, "<td>{cell}</td>"));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></details>\n");
}
