//! A preview as plain text, 110 columns at most.

use std::fmt::Write as _;

use super::{Entry, Preview, UserPreview, What, Why};
use crate::units::{grouped, plain_bytes, plain_people, plain_span, plain_time};

/// The widest line, in characters.
const WIDTH: usize = 110;
/// The longest bar, in characters.
const BAR: usize = 20;
/// So many steps of the journey are shown.
const STEPS: usize = 24;

/// The preview for people.
pub fn text(preview: &Preview) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(cut(text.trim_end(), WIDTH).as_str());
        out.push('\n');
    };
    line(format!("Preview of {}: nothing is sent. Seed {}.", preview.name, preview.seed));
    let length = plain_span(preview.duration_us);
    let answers = plain_time(preview.assumed_answer_us);
    line(match preview.arrivals {
        Some(arrivals) => format!("{} arrivals over {length}, if answers take {answers}.", grouped(arrivals)),
        None => format!("Up to {} over {length}, if answers take {answers}.", plain_people(preview.peak_people)),
    });
    line(String::new());
    line(format!(
        "About {} requests, {} per second at the busiest, {} out.",
        grouped(preview.requests),
        rate(preview.requests_per_second),
        plain_bytes(preview.bytes_out)
    ));
    for user in &preview.users {
        line(String::new());
        user_lines(user, preview.requests, &mut line);
    }
    if !preview.tables.is_empty() {
        line(String::new());
        line("Data".to_owned());
        for table in &preview.tables {
            let needed =
                table.needed.map_or("taken by chance".to_owned(), |needed| format!("{} needed", grouped(needed)));
            line(format!("  {}  {}, {needed}", pad(&table.name, 24), super::rows(table.rows)));
        }
    }
    if !preview.never.is_empty() {
        line(String::new());
        line("Not reached".to_owned());
        for never in &preview.never {
            line(format!("  {}  {}", pad(&never.name, 24), because(never.why)));
        }
    }
    if !preview.findings.is_empty() {
        line(String::new());
        line("Look at this before a run".to_owned());
        preview.findings.iter().for_each(|finding| line(format!("  ! {finding}")));
    }
    line(String::new());
    line("One pretend person".to_owned());
    preview.journey.iter().take(STEPS).for_each(|entry| line(entry_line(entry)));
    if preview.journey.len() > STEPS {
        line("            …".to_owned());
    }
    out
}

fn user_lines(user: &UserPreview, all: u64, line: &mut impl FnMut(String)) {
    let share = if all > 0 { user.requests as f64 / all as f64 } else { 0.0 };
    line(format!(
        "{}: {}, {} picks, {} requests ({} of all)",
        user.name,
        plain_people(user.heads),
        grouped(user.picks),
        grouped(user.requests),
        percent(share)
    ));
    if !user.tasks.is_empty() {
        line(format!(
            "  {:24}  {:>6}  {:>13}  {:>8}  {:>5}  {:>8}",
            "", "picked", "by luck", "requests", "time", "per pick"
        ));
    }
    for task in &user.tasks {
        let luck = format!("{} – {}", tenths(task.luck.0), percent_tenths(task.luck.1));
        line(format!(
            "  {}  {:>6}  {luck:>13}  {:>8}  {:>5}  {:>8.1}  {}",
            pad(&task.name, 24),
            percent_tenths(task.picked),
            percent(task.share_of_requests),
            percent(task.share_of_time),
            task.requests_per_pick,
            "▇".repeat((task.share_of_requests * BAR as f64).round() as usize)
        ));
    }
    if user.share_outside_tasks > 0.0 {
        line(format!(
            "  {}  {:>6}  {:>13}  {:>8}  {:>5}  {:>8}  {}",
            pad("on arrival, on leaving", 24),
            "",
            "",
            percent(user.share_outside_tasks),
            "",
            "",
            "▇".repeat((user.share_outside_tasks * BAR as f64).round() as usize)
        ));
    }
    let apart = |task: &&super::TaskPreview| (task.share_of_requests - task.picked).abs() > 0.05;
    let most = user
        .tasks
        .iter()
        .filter(apart)
        .max_by(|a, b| (a.share_of_requests - a.picked).abs().total_cmp(&(b.share_of_requests - b.picked).abs()));
    if let Some(task) = most {
        let than = if task.share_of_requests > task.picked { "more" } else { "fewer" };
        line(format!(
            "  {} is picked {} of the time but sends {} of the requests: each time {than} than the others.",
            task.name,
            percent(task.picked),
            percent(task.share_of_requests)
        ));
    }
}

fn entry_line(entry: &Entry) -> String {
    let at = format!("{:>8.1} s", entry.at_us as f64 / 1e6);
    let what = match entry.what {
        What::Arrive => format!("arrives as {}", entry.name),
        What::Task => format!("begins {}", entry.name),
        What::Send => {
            let mut text = format!("  {} {}", entry.method, entry.url);
            for (name, value) in &entry.saved {
                let _ = write!(text, "  {name}={value}");
            }
            text
        }
        What::Wait => format!("  waits {}", plain_time(entry.length_us)),
        What::Measure => format!("ends {} after {}", entry.name, plain_time(entry.length_us)),
        What::Fail => format!("  ! {}", entry.name),
        What::Leave => "leaves".to_owned(),
    };
    format!("{at}  {what}")
}

fn because(why: Why) -> &'static str {
    match why {
        Why::Off => "is switched off",
        Why::WeightZero => "has weight 0",
        Why::LeftOutByTags => "is left out by tags",
        Why::DependsOnAnswers => "depends on a real answer",
        Why::NotReached => "was reached by nobody",
    }
}

fn rate(per_second: f64) -> String {
    if per_second >= 9.95 { grouped(per_second.round() as u64) } else { format!("{per_second:.1}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn tenths(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

fn percent_tenths(share: f64) -> String {
    format!("{} %", tenths(share))
}

/// A name in so many columns.
fn pad(name: &str, columns: usize) -> String {
    format!("{:columns$}", cut(name, columns))
}

/// A text in at most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
