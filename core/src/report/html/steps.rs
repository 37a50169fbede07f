//! The table of steps, and the one of service times where those say something else.

use std::fmt::Write;

use super::markup::{Esc, Shape, icon};
use super::{put, say};
use crate::report::text::about_the_same;
use crate::result::Opened;
use crate::stats::NameKind;
use crate::stats::summary::{Latencies, RowSummary};
use crate::units::{grouped, plain_time};

/// The columns after the name.
const COLUMNS: [&str; 6] = ["Sent", "Failed", "Typical", "95 of 100", "99 of 100", "Slowest"];

/// The section.
pub fn steps(out: &mut String, opened: &Opened) {
    let summary = &opened.summary;
    put!(out, "<section class=\"card\" aria-labelledby=\"steps\"><h2 id=\"steps\">{}</h2>\n", say::STEPS);
    let after = if summary.warm_up_seconds > 0 { say::AFTER_WARM_UP } else { "" };
    table(out, opened, &format!("{}{after}", say::STEPS_NOTE), NameKind::Request, |row| &row.response);
    let tasks = |row: &RowSummary| row.of != NameKind::Request && row.count > 0;
    if summary.rows.iter().any(tasks) {
        table(out, opened, say::TASKS_NOTE, NameKind::Task, |row| &row.response);
    }
    if summary.rows.iter().any(|row| !about_the_same(row)) {
        put!(out, "<details><summary>{}</summary>\n", say::SERVICE);
        table(out, opened, say::SERVICE_NOTE, NameKind::Request, |row| &row.service);
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

/// One table: of requests, with all of them in the last line, or of whole tasks and groups.
fn table(out: &mut String, opened: &Opened, caption: &str, of: NameKind, times: fn(&RowSummary) -> &Latencies) {
    let summary = &opened.summary;
    // Roles, as narrow screens show rows as blocks, which would take the table's meaning away.
    put!(out, "<table class=\"steps\" role=\"table\"><caption class=\"small\">{caption}</caption>\n");
    let first = if of == NameKind::Request { "Step" } else { "Task" };
    put!(out, "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">{first}</th>");
    for name in COLUMNS {
        let name = if name == "Sent" && of != NameKind::Request { "Done" } else { name };
        put!(out, "<th role=\"columnheader\" scope=\"col\">{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    let wanted = |row: &&RowSummary| row.count > 0 && (row.of == NameKind::Request) == (of == NameKind::Request);
    summary.rows.iter().filter(wanted).for_each(|row| line(out, opened, row, times(row)));
    out.push_str("</tbody>\n");
    if of == NameKind::Request {
        out.push_str("<tbody class=\"all\" role=\"rowgroup\">\n");
        line(out, opened, &summary.all, times(&summary.all));
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n");
}

fn line(out: &mut String, opened: &Opened, row: &RowSummary, times: &Latencies) {
    put!(out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{}", Esc(&row.label));
    if let Some(group) = group(opened, row) {
        put!(out, " <span class=\"group\">{}</span>", Esc(group));
    }
    out.push_str("</th>");
    let sent = if row.of == NameKind::Request { COLUMNS[0] } else { "Done" };
    count(out, sent, row.count, false);
    count(out, COLUMNS[1], row.failed, row.failed > 0);
    let cells = [times.p50_us, times.p95_us, times.p99_us, times.max_us];
    for (name, us) in COLUMNS[2..].iter().zip(cells) {
        let missing = if *name == "Slowest" { say::NOTHING } else { say::TOO_FEW };
        match us {
            Some(us) => {
                put!(out, "<td role=\"cell\" data-label=\"{name}\"><data value=\"{us}\">{}</data></td>", plain_time(us))
            }
            None => put!(out, "<td role=\"cell\" data-label=\"{name}\" class=\"few\">{missing}</td>"),
        }
    }
    out.push_str("</tr>\n");
}

fn count(out: &mut String, name: &str, count: u64, bad: bool) {
    let (class, mark) = if bad { (" class=\"bad\"", icon(Shape::Bad)) } else { ("", "") };
    let open = if bad { "<span class=\"state\">" } else { "" };
    let close = if bad { "</span>" } else { "" };
    put!(
        out,
        "<td role=\"cell\" data-label=\"{name}\"{class}>{open}{mark}<data value=\"{count}\">{}</data>{close}</td>",
        grouped(count)
    );
}

/// What a row is part of: its user type and task, or that it is a task or a group itself.
fn group(opened: &Opened, row: &RowSummary) -> Option<String> {
    let name = row.name.and_then(|name| opened.timeline.names().get(name.at()))?;
    let is = match row.of {
        NameKind::Request => None,
        NameKind::Group => Some("several steps"),
        NameKind::Task => Some("whole task"),
    };
    let task = name.task.as_deref().filter(|_| row.of != NameKind::Task);
    let parts: Vec<&str> = [is, name.user_type.as_deref(), task].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
