//! The words of a saved page. Must not know its markup, but for times.

use jiff::Timestamp;

use super::markup::Esc;
use crate::verdict::Ended;

/// A test without a name.
pub const UNTITLED: &str = "Untitled";
/// After the title, in the window's title.
pub const RESULT: &str = "Tidemark result";
/// At the end of the page.
pub const SAVED_BY: &str = "Everything on this page is in this one file. Made by";
/// Headings.
pub const GOALS: &str = "Goals";
/// What happened, in order.
pub const HAPPENED: &str = "What happened";
/// The steps of a search for the limit.
pub const WAY: &str = "The way to the limit";
/// The four charts.
pub const CHARTS: &str = "How it went";
/// What was watched of the target.
pub const WATCHED: &str = "What the target said of itself";
/// Nothing of it was to be read.
pub const NOTHING_SEEN: &str = "It said nothing that can be drawn.";
/// After the number of series that are not drawn.
pub const MORE_SERIES: &str = "more series are in the result file.";
/// Throughput and times against load.
pub const SCALING: &str = "How it scales";
/// At the knee of a curve.
pub const KNEE: &str = "knee";
/// The bar of fast, slow and failed.
pub const FELT: &str = "What people felt";
/// The table of steps.
pub const STEPS: &str = "Steps";
/// What failed.
pub const FAILURES: &str = "Failures";
/// The computer, the plan, the versions.
pub const ABOUT: &str = "About this run";
/// A number that would mean nothing.
pub const TOO_FEW: &str = "too few to say";
/// Nothing was measured.
pub const NOTHING: &str = "–";
/// What is shaded in charts.
pub const WARM_UP: &str = "warm-up";
/// Opens the table below a chart.
pub const AS_TABLE: &str = "The same as a table";
/// Opens the table of service times.
pub const SERVICE: &str = "Service times: without waiting for a turn";
/// About the table of steps.
pub const STEPS_NOTE: &str = "Times are response times, from when a request was due until its answer was complete.";
/// After it, where there was one.
pub const AFTER_WARM_UP: &str = " The warm-up is left out.";
/// About the table of tasks.
pub const TASKS_NOTE: &str = "Whole tasks, and steps that were measured together, from start to end.";
/// About the table of service times.
pub const SERVICE_NOTE: &str = "Service times count from when a request was really sent. Where they are much shorter, people had to wait before \
     their request could go out.";
/// A sample whose request could not be made.
pub const NOT_SENT: &str = "Nothing was sent.";
/// A sample without an answer.
pub const NO_ANSWER: &str = "Nothing came back.";
/// Above what was sent.
pub const SENT: &str = "Sent";
/// Above what came back.
pub const ANSWER: &str = "Answer";
/// How the numbers came about.
pub const MEASURED: &str = "Response time counts from the moment a request was due to the last byte of its answer, so \
                            waiting because the app is slow counts too. Service time counts from when it was sent. \
                            Percentiles come from merged histograms of every single request, never from averages. \
                            Where there are too few answers, none is given. The warm-up is drawn but not counted.";

/// How the run ended.
pub fn ended(ended: Option<&Ended>) -> String {
    match ended {
        None => "The file ends before the run did.".to_owned(),
        Some(Ended::Finished) => "The load plan was at its end.".to_owned(),
        Some(Ended::Stopped) => "A person stopped it. People could finish.".to_owned(),
        Some(Ended::Killed) => "A person ended it at once.".to_owned(),
        Some(Ended::StopRule(rule)) => format!("A rule ended it early: {rule}."),
        Some(Ended::Step(why)) => format!("A step ended it: {why}."),
        Some(Ended::Broken(why)) => format!("It broke off: {why}."),
    }
}

/// A moment as markup: `23 Nov 2026, 14:10 UTC`. What is no moment is shown as it stands.
pub fn time(text: &str) -> String {
    match text.parse::<Timestamp>() {
        Ok(at) => {
            let words = at.strftime("%-d %b %Y, %H:%M UTC");
            format!("<time datetime=\"{}\">{words}</time>", Esc(text))
        }
        Err(_) => Esc(text).to_string(),
    }
}
