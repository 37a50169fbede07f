//! The verdict and the goals, as shape, word and colour.

use std::fmt::Write;

use super::markup::{Esc, Shape, icon};
use super::{put, say};
use crate::verdict::goal::GoalOutcome;
use crate::verdict::{State, Verdict};

/// The shape of a state.
fn shape(state: State) -> Shape {
    match state {
        State::HeldUp => Shape::Fine,
        State::HeldUpWithWarnings => Shape::Warning,
        State::DidNotHoldUp => Shape::Bad,
        State::CantTell => Shape::Unknown,
    }
}

/// The card at the top.
pub fn verdict(out: &mut String, verdict: &Verdict) {
    let shape = shape(verdict.state);
    put!(out, "<section class=\"card verdict {}\" aria-labelledby=\"verdict\">{}<div>\n", shape.class(), icon(shape));
    for (at, sentence) in verdict.sentences.iter().enumerate() {
        match at {
            0 => put!(out, "<h2 id=\"verdict\">{}</h2>\n", Esc(sentence)),
            _ if sentence.starts_with("Next: ") => put!(out, "<p class=\"next prose\">{}</p>\n", Esc(sentence)),
            _ => put!(out, "<p class=\"prose\">{}</p>\n", Esc(sentence)),
        }
    }
    for caveat in &verdict.caveats {
        put!(out, "<p class=\"caveat prose\">Note: {}</p>\n", Esc(caveat));
    }
    out.push_str("</div></section>\n");
}

/// The steps on the way to the limit; nothing where none was looked for.
pub fn way(out: &mut String, verdict: &Verdict) {
    let Some(limit) = &verdict.limit else { return };
    let (columns, rows) = limit.table();
    let title = say::WAY;
    put!(out, "<section class=\"card\" aria-labelledby=\"way\"><h2 id=\"way\">{title}</h2>\n");
    put!(out, "<div class=\"scroll way\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>\n<thead><tr>");
    columns.iter().for_each(|name| put!(out, "<th scope=\"col\">{name}</th>"));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &rows {
        put!(out, "<tr><th scope=\"row\">{}</th>", Esc(&row[0]));
        row[1..].iter().for_each(|cell| put!(out, "<td>{}</td>", Esc(cell)));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></section>\n");
}

/// The goals and what became of them; nothing where there are none.
pub fn goals(out: &mut String, goals: &[GoalOutcome]) {
    if goals.is_empty() {
        return;
    }
    put!(out, "<section class=\"card\" aria-labelledby=\"goals\"><h2 id=\"goals\">{}</h2>\n", say::GOALS);
    out.push_str("<ul class=\"goals\">\n");
    goals.iter().for_each(|outcome| goal(out, outcome));
    out.push_str("</ul></section>\n");
}

fn goal(out: &mut String, GoalOutcome { goal, got, met, .. }: &GoalOutcome) {
    let (shape, word) = match met {
        Some(true) => (Shape::Fine, "Met"),
        Some(false) => (Shape::Bad, "Missed"),
        None => (Shape::Unknown, "Can't tell"),
    };
    let worst = if goal.over_last.is_some() && met.is_some() { " at worst" } else { "" };
    let got = got.map_or_else(|| say::TOO_FEW.to_owned(), |got| format!("got {}{worst}", goal.value(got)));
    put!(
        out,
        "<li class=\"{}\"><span class=\"state\">{}</span><span><span class=\"state\">{word}</span> · {}</span><span \
         class=\"got\">{}</span></li>\n",
        shape.class(),
        icon(shape),
        Esc(&goal.text),
        Esc(got)
    );
}
