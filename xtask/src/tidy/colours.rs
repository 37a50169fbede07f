//! Colours stand in one sheet, can be read on what is behind them, and can be told apart by everybody.
//!
//! Must not know where a colour is used beyond its name.

mod sight;

use super::Finding;
use super::tree::{File, Tree, line_of};
use sight::{Rgb, Sight, contrast, distance};

/// The sheets that may name colours: the app's, and that of saved reports, which stand alone.
const SHEETS: [&str; 2] = ["app-ui/style/tokens.css", "core/src/report/html/page.css"];

const GROUNDS: [&str; 3] = ["--bg-0", "--bg-1", "--bg-2"];

/// Colours with the least contrast that they need on every ground (WCAG 2.2, 1.4.3 and 1.4.11).
const NEEDS: [(&[&str], f64); 3] = [
    (&["--text", "--muted", "--accent", "--ok", "--warn", "--bad", "--info"], 4.5),
    (&["--control-line"], 3.0),
    (SERIES, 3.0),
];
const SERIES: &[&str] = &["--s-p50", "--s-p95", "--s-p99", "--s-throughput", "--s-errors", "--s-users"];
const CATEGORIES: &[&str] = &["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];

/// Texts on grounds of their own.
const PAIRS: [(&str, &str); 6] = [
    ("--ok", "--ok-tint"),
    ("--warn", "--warn-tint"),
    ("--bad", "--bad-tint"),
    ("--info", "--info-tint"),
    ("--accent", "--accent-tint"),
    ("--on-accent", "--accent"),
];

/// The least CIEDE2000 distance between two lines of a chart, for every kind of sight.
const APART: f64 = 12.0;

/// Every theme of every sheet can be read and told apart; the same theme is the same everywhere.
pub fn readable_and_apart(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: Vec<Theme> = Vec::new();
    for file in SHEETS.iter().filter_map(|path| tree.file(path)) {
        for theme in themes(file) {
            let find = |what: String, mend: &str| Finding::new(&file.path, theme.line, what, mend);
            let mend = "choose another colour; the whole palette has to hold";
            findings.extend(theme.too_faint().into_iter().chain(theme.too_alike()).map(|what| find(what, mend)));
            for other in known.iter().filter(|other| other.is_dark() == theme.is_dark()) {
                let differs = theme.colours.iter().find(|(name, colour)| other.get(name).is_some_and(|o| o != *colour));
                findings
                    .extend(differs.map(|(name, _)| {
                        find(format!("{name} is another colour elsewhere"), "give both the same one")
                    }));
            }
            known.push(theme);
        }
    }
    findings
}

/// No other sheet of the app names a colour by its numbers.
pub fn only_in_sheets(tree: &Tree) -> Vec<Finding> {
    let sheets = tree.files.iter().filter(|file| file.path.ends_with(".css") && !SHEETS.contains(&file.path.as_str()));
    sheets.flat_map(literals).collect()
}

fn literals(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for word in ["#", "rgb(", "rgba(", "hsl("] {
        for (at, _) in file.text.match_indices(word) {
            let rest = &file.text[at + 1..];
            let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
            let ends = !rest.chars().nth(digits).is_some_and(|next| next.is_alphanumeric() || next == '-');
            if word != "#" || (matches!(digits, 3 | 4 | 6 | 8) && ends) {
                let line = line_of(&file.text, at);
                findings.push(Finding::new(&file.path, line, "a colour by its numbers", "name one of tokens.css"));
            }
        }
    }
    findings
}

/// The colours of one block, and where it begins.
struct Theme {
    line: usize,
    colours: Vec<(String, Rgb)>,
}

impl Theme {
    fn get(&self, name: &str) -> Option<Rgb> {
        self.colours.iter().find(|(own, _)| own == name).map(|(_, colour)| *colour)
    }

    fn is_dark(&self) -> bool {
        self.get(GROUNDS[0]).is_some_and(|ground| ground.luminance() < 0.5)
    }

    fn too_faint(&self) -> Vec<String> {
        let on_grounds = NEEDS.iter().chain(&[(CATEGORIES, 3.0)]).flat_map(|(names, least)| {
            names.iter().flat_map(move |name| GROUNDS.iter().map(move |ground| (*name, *ground, *least)))
        });
        let pairs = PAIRS.iter().map(|(name, ground)| (*name, *ground, 4.5));
        on_grounds.chain(pairs).filter_map(|(name, ground, least)| self.faint(name, ground, least)).collect()
    }

    fn faint(&self, name: &str, ground: &str, least: f64) -> Option<String> {
        let there = contrast(self.get(name)?, self.get(ground)?);
        (there < least).then(|| format!("{name} on {ground} has a contrast of {there:.2}, less than {least}"))
    }

    fn too_alike(&self) -> Vec<String> {
        let mut alike = Vec::new();
        for names in [SERIES, CATEGORIES] {
            for (at, one) in names.iter().enumerate() {
                alike.extend(names[at + 1..].iter().filter_map(|other| self.alike(one, other)));
            }
        }
        alike
    }

    fn alike(&self, one: &str, other: &str) -> Option<String> {
        let (first, second) = (self.get(one)?, self.get(other)?);
        let near = |sight: &Sight| distance(first, second, *sight);
        let least = Sight::ALL.iter().map(near).fold(f64::INFINITY, f64::min);
        (least < APART).then(|| format!("{one} and {other} are only {least:.1} apart for somebody, less than {APART}"))
    }
}

/// Every block that declares a ground and a text: a whole theme.
fn themes(file: &File) -> Vec<Theme> {
    let mut themes = Vec::new();
    for (start, _) in file.text.match_indices('{') {
        let rest = &file.text[start + 1..];
        let block = &rest[..rest.find(['{', '}']).unwrap_or(rest.len())];
        let colours: Vec<(String, Rgb)> = block.split(';').filter_map(declared).collect();
        let theme = Theme { line: line_of(&file.text, start), colours };
        if theme.get("--bg-0").is_some() && theme.get("--text").is_some() {
            themes.push(theme);
        }
    }
    themes
}

fn declared(declaration: &str) -> Option<(String, Rgb)> {
    let (name, value) = declaration.split_once(':')?;
    Some((name.trim().to_owned(), Rgb::parse(value.trim())?))
}
