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
