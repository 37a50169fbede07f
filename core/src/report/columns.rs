//! Lines of a text table side by side: names at the left, figures at the right, as wide as they need, on one page.
//!
//! Must not know what the figures mean.

/// How wide a page is, in characters.
pub(super) const PAGE: usize = 120;

/// Names are never cut to less than this to make room for a column that could be left out.
const NAME: usize = 20;

/// Where names have this much room without that column, two blanks between figures are worth more than it.
const AIRY: usize = 24;

/// A line of a table.
pub(super) struct Line {
    /// What it is about; cut in its middle where there is no room for it.
    pub name: String,
    /// What stands after the name and is never cut, such as ` (task)`.
    pub suffix: &'static str,
    /// One figure for each column.
    pub figures: Vec<String>,
}

/// The head and the lines of a table. Where names get too little room, the column called `spare` is left out.
pub(super) fn lay_out(head: &[&str], mut lines: Vec<Line>, spare: &str) -> Vec<String> {
    let mut head: Vec<_> = head.iter().map(|text| (*text).to_owned()).collect();
    let longest = lines.iter().map(|line| width(&line.name) + width(line.suffix)).max().unwrap_or(0);
    let widths = |head: &[String], lines: &[Line]| -> Vec<_> {
        let widest = |at: usize| lines.iter().map(|line| width(&line.figures[at])).max().unwrap_or(0);
        head.iter().enumerate().map(|(at, text)| width(text).max(widest(at))).collect()
    };
    let room = |widths: &[usize], gap: usize| PAGE.saturating_sub(widths.iter().map(|width| width + gap).sum());
    let mut columns = widths(&head, &lines);
    let mut gap = if room(&columns, 2) >= longest { 2 } else { 1 };
    if gap == 1
        && let Some(at) = head.iter().position(|text| text == spare)
    {
        let without: Vec<_> = [&columns[..at], &columns[at + 1..]].concat();
        let airy = room(&without, 2) >= longest.min(AIRY);
        if airy || room(&columns, 1) < longest.min(NAME) {
            (columns, gap) = (without, if airy { 2 } else { 1 });
            head.remove(at);
            lines.iter_mut().for_each(|line| drop(line.figures.remove(at)));
        }
    }
    let names = longest.min(room(&columns, gap));
    let one = |name: &str, figures: &[String]| {
        let figures = figures.iter().zip(&columns).map(|(text, width)| format!("{text:>0$}", width + gap));
        figures.fold(format!("{name:<names$}"), |line, figure| line + &figure)
    };
    let body = lines.iter().map(|line| {
        let label = cut(&line.name, names.saturating_sub(width(line.suffix)));
        one(&format!("{label}{}", line.suffix), &line.figures)
    });
    std::iter::once(one("", &head)).chain(body).collect()
}

/// A text with its middle left out, so that names which only differ at their ends can be told apart.
fn cut(text: &str, room: usize) -> String {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= room {
        return text.to_owned();
    }
    let kept = room.saturating_sub(1);
    let (start, end) = (kept.div_ceil(2), kept / 2);
    all[..start].iter().chain(['…'].iter()).chain(&all[all.len() - end..]).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests;
