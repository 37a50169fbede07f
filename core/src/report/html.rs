//! A result as one web page: verdict first, then goals, charts, tables and failures. Needs nothing but itself: no script,
//! no font and no picture from elsewhere; opens offline, prints, and follows the reader's colours.
//!
//! Must not compute any number. Every text from the file passes [`markup::Esc`].

use std::fmt::Write;

use crate::chart::second::{Second, pooled, seconds};
use crate::result::share::{self, Options};
use crate::result::{Opened, PRACTICE};
use crate::units::plain_length;

mod about;
mod charts;
mod events;
mod failures;
mod felt;
pub(super) mod markup;
mod say;
mod scaling;
mod steps;
mod verdict;
mod watched;

use markup::Esc;

/// How the page looks.
const STYLE: &str = include_str!("html/page.css");

/// Nothing may be fetched and nothing may run, whatever stands in the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page, without what `options` leave out.
pub fn html(opened: &Opened, options: &Options) -> String {
    Page::of(&share::trimmed(opened, options)).written()
}

/// What the parts of the page share.
struct Page<'a> {
    opened: &'a Opened,
    seconds: Vec<Second>,
    /// So many seconds put together that percentiles mean something, and how many.
    pooled: (u32, Vec<Second>),
    events: Vec<events::Moment<'a>>,
    title: &'a str,
}

/// Adds formatted text to a page under way.
macro_rules! put {
    ($out:expr, $($text:tt)*) => { write!($out, $($text)*).expect("memory doesn't fail") };
}
use put;

impl<'a> Page<'a> {
    fn of(opened: &'a Opened) -> Self {
        let title = if opened.header.title.is_empty() { say::UNTITLED } else { &opened.header.title };
        Self {
            opened,
            seconds: seconds(opened),
            pooled: pooled(opened),
            events: events::moments(&opened.events),
            title,
        }
    }

    fn written(&self) -> String {
        let mut out = String::with_capacity(200_000);
        let outcome = self.opened.verdict.sentences.first().map_or("", String::as_str);
        put!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
             http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"{}\">\n<meta \
             name=\"description\" content=\"{}\">\n<title>{} – {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
            Esc(&self.opened.header.made_by),
            Esc(outcome),
            Esc(self.title),
            say::RESULT
        );
        out.push_str(charts::DEFINITIONS);
        out.push_str("<div class=\"page\">\n");
        self.head(&mut out);
        out.push_str("<main>\n");
        self.notes(&mut out);
        verdict::verdict(&mut out, &self.opened.verdict);
        verdict::way(&mut out, &self.opened.verdict);
        self.goals_and_events(&mut out);
        charts::charts(&mut out, self);
        watched::watched(&mut out, self);
        scaling::section(&mut out, self.opened);
        steps::steps(&mut out, self.opened);
        failures::failures(&mut out, self.opened);
        about::about(&mut out, self);
        out.push_str("</main>\n");
        put!(
            out,
            "<footer>{} {}</footer>\n</div>\n</body>\n</html>\n",
            say::SAVED_BY,
            Esc(&self.opened.header.made_by)
        );
        out
    }

    /// What was tested, where and when.
    fn head(&self, out: &mut String) {
        let header = &self.opened.header;
        put!(out, "<header class=\"head\">\n<h1>{}</h1>\n<ul>", Esc(self.title));
        let place = if header.environment.is_empty() { &header.target } else { &header.environment };
        if !place.is_empty() {
            put!(out, "<li>{}</li>", Esc(place));
        }
        put!(out, "<li>{}</li>", say::time(&header.started_at));
        put!(out, "<li>{}</li></ul>\n</header>\n", plain_length(self.opened.summary.seconds));
    }

    /// What a reader must know about the file itself.
    fn notes(&self, out: &mut String) {
        if self.opened.header.practice {
            put!(out, "<p class=\"note practice\">{PRACTICE}.</p>\n");
        }
        for note in &self.opened.notes {
            put!(out, "<p class=\"note\">{}</p>\n", Esc(note));
        }
    }

    /// The goals and how it felt at the left, what happened at the right.
    fn goals_and_events(&self, out: &mut String) {
        out.push_str("<div class=\"pair\">\n");
        let events = !self.events.is_empty();
        if events {
            out.push_str("<div class=\"stack\">\n");
        }
        verdict::goals(out, &self.opened.verdict.goals);
        felt::felt(out, self.opened);
        if events {
            out.push_str("</div>\n");
        }
        events::events(out, &self.events);
        out.push_str("</div>\n");
    }
}

#[cfg(test)]
mod tests;
