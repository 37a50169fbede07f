//! Figures as a table, and its place in a document. Must not know how they were measured.

use super::measure::Figures;
use super::programs::{Program, Work};
use std::path::Path;

/// A table: a row for each program, the lowest, middle and highest of its runs. The programs are compared by the processor
/// time that a request takes: it stays nearly the same where others use the computer, too, which requests a second don't.
pub fn markdown(work: &Work, rows: &[(&'static Program, Vec<Figures>)]) -> String {
    let each = |all: &[Figures]| middle(&mut all.iter().map(Figures::cpu_each_us).collect::<Vec<_>>());
    let base = rows.iter().find(|(program, _)| program.name == work.beside).map_or(f64::NAN, |(_, all)| each(all));
    let mut text = format!("**{}**\n\n", work.title);
    text += &format!(
        "| | µs of processor for a request | its own part | × {} | requests/s | of one core | most memory |\n",
        work.beside
    );
    text += "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (program, all) in rows {
        let of = |figure: fn(&Figures) -> f64| all.iter().map(figure).collect::<Vec<_>>();
        text += &format!(
            "| {} | {} | {:.1} | {:.2} | {} | {:.0} % | {:.0} MB |\n",
            program.name,
            spread(&mut of(Figures::cpu_each_us), |us| format!("{us:.1}")),
            middle(&mut of(Figures::own_each_us)),
            base / each(all),
            spread(&mut of(Figures::per_second), |rate| thousands(rate.round() as u64)),
            100.0 * middle(&mut of(Figures::core_share)),
            middle(&mut of(Figures::memory_mb)),
        );
    }
    text
}

/// Lowest – middle – highest.
pub fn spread(all: &mut [f64], shown: impl Fn(f64) -> String) -> String {
    let middle = middle(all);
    match all {
        [only] => shown(*only),
        [lowest, .., highest] => format!("{} – **{}** – {}", shown(*lowest), shown(middle), shown(*highest)),
        [] => String::new(),
    }
}

/// The one in the middle, the upper one of two; sorts.
pub fn middle(all: &mut [f64]) -> f64 {
    all.sort_unstable_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Puts a work's table between its marks in a document.
pub fn write(path: &Path, name: &str, table: &str) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("could not read {}: {error}", path.display()))?;
    let text = put(&text, name, table).ok_or_else(|| {
        format!("{} has no place for the table: <!-- bench {} --> and <!-- end -->", path.display(), name)
    })?;
    std::fs::write(path, text).map_err(|error| format!("could not write {}: {error}", path.display()))
}

fn put(text: &str, name: &str, table: &str) -> Option<String> {
    let mark = format!("<!-- bench {name} -->\n");
    let from = text.find(&mark)? + mark.len();
    let to = from + text[from..].find("<!-- end -->")?;
    Some(format!("{}\n{}\n{}", &text[..from], table.trim_end(), &text[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_replaces_the_one_before_and_nothing_else() {
        let text = "a\n<!-- bench x -->\n<!-- end -->\nb\n<!-- bench y -->\nold\n<!-- end -->\nc\n";
        let once = put(text, "y", "new\n").unwrap_or_default();
        assert_eq!(once, "a\n<!-- bench x -->\n<!-- end -->\nb\n<!-- bench y -->\n\nnew\n<!-- end -->\nc\n");
        assert_eq!(put(&once, "y", "new\n").as_deref(), Some(once.as_str()));
        assert_eq!(put(text, "z", "new"), None);
    }

    #[test]
    fn figures_are_shown_as_lowest_middle_and_highest() {
        let shown = |all: &mut [f64]| spread(all, |number| thousands(number as u64));
        assert_eq!(shown(&mut [1_000_000.0, 999.0, 12_345.0]), "999 – **12,345** – 1,000,000");
        assert_eq!(shown(&mut [7.0]), "7");
    }
}
