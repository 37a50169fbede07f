//! How scenarios and results stand on a shelf, be it a folder or a page's own storage: what they are called, what a list
//! shows of each, and the mark of a text. Must not know where the shelf is.

use crate::plan::{load_is_open, load_stages};
use crate::result::{Glance, Unreadable};
use crate::scenario::{self, Load};
use crate::wire::failure::{Code, Failure};
use crate::wire::files::{ResultEntry, ScenarioEntry, Stage};

/// How scenario files end.
pub const SCENARIO: &str = "tide";

/// How result files end.
pub const RESULT: &str = "tiderun";

/// The longest name of a new file, in characters.
const LONGEST_NAME: usize = 80;

/// Stands for exactly these bytes: their length and their FNV-1a hash of 64 bits
/// (draft-eastlake-fnv), which tells apart what people write.
pub fn revision(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{}-{hash:016x}", bytes.len())
}

/// A title as the name of a file with this end; the end may stand in the title already.
pub fn file_name(title: &str, end: &str) -> String {
    let title = title.trim();
    let end = format!(".{end}");
    let stem = title.strip_suffix(&end).unwrap_or(title);
    let plain = |c: char| if c.is_alphanumeric() || " -_().,+".contains(c) { c } else { '-' };
    let name: String = stem.chars().map(plain).take(LONGEST_NAME).collect();
    let name = name.trim_matches([' ', '.', '-']);
    format!("{}{end}", if name.is_empty() { "untitled" } else { name })
}

/// `shop.tide` as `shop 2.tide`.
pub fn numbered(file: &str, number: u32) -> String {
    match file.rsplit_once('.') {
        Some((stem, end)) => format!("{stem} {number}.{end}"),
        None => format!("{file} {number}"),
    }
}

/// The usual name of a result: the scenario's name in small plain letters, then date and time of the start.
pub fn result_name(scenario: &str, started_at: &str) -> String {
    let mut name = String::new();
    for letter in scenario.chars().flat_map(char::to_lowercase).take(60) {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    let digits: String = started_at.chars().take(19).filter(char::is_ascii_digit).collect();
    let (date, time) = digits.split_at(digits.len().min(8));
    format!("{}-{date}-{time}.{RESULT}", if name.is_empty() { "run" } else { name })
}

/// What a scenario is called; `None` where it has no name, or can't be read.
pub fn title(text: &str) -> Option<String> {
    scenario::read(text).ok().map(|(scenario, _)| scenario.name).filter(|name| !name.trim().is_empty())
}

/// A file's name without its end.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

impl ScenarioEntry {
    /// What a list shows of a scenario with this text; of one that can't be read, why.
    pub fn of(file: &str, text: Result<&str, String>, changed_ms: u64, bytes: u64) -> Self {
        let (title, trouble) = match text.map(scenario::read) {
            Ok(Ok((scenario, _))) if scenario.name.trim().is_empty() => (stem(file).to_owned(), None),
            Ok(Ok((scenario, _))) => (scenario.name, None),
            Ok(Err(error)) => (stem(file).to_owned(), Some(error.to_string())),
            Err(trouble) => (stem(file).to_owned(), Some(trouble)),
        };
        Self { file: file.to_owned(), title, changed_ms, bytes, trouble }
    }
}

impl ResultEntry {
    /// What a list shows of a result. One without an end counts as ended unexpectedly: only whoever writes it knows better.
    pub fn of(file: &str, glance: Glance, changed_ms: u64, bytes: u64) -> Self {
        let Glance { header, verdict, ending } = glance;
        Self {
            file: file.to_owned(),
            title: header.title,
            target: header.target,
            started_at: header.started_at,
            planned_seconds: header.planned_seconds,
            people: scenario::read(&header.scenario.to_string()).map_or(0, |(scenario, _)| peak(&scenario.load)),
            practice: header.practice,
            stage: if ending.is_some() { Stage::Whole } else { Stage::EndedUnexpectedly },
            state: verdict.as_ref().map(|verdict| verdict.state),
            sentence: verdict.and_then(|verdict| verdict.sentences.into_iter().next()).unwrap_or_default(),
            ended: ending.map(|ending| ending.ended),
            changed_ms,
            bytes,
            trouble: None,
        }
    }

    /// What a list shows of a file that is no result, and why it isn't.
    pub fn unreadable(file: &str, trouble: String, changed_ms: u64, bytes: u64) -> Self {
        Self {
            file: file.to_owned(),
            title: stem(file).to_owned(),
            target: String::new(),
            started_at: String::new(),
            planned_seconds: None,
            people: 0,
            practice: false,
            stage: Stage::Unreadable,
            state: None,
            sentence: String::new(),
            ended: None,
            changed_ms,
            bytes,
            trouble: Some(trouble),
        }
    }
}

/// Why a file is no result; `shown` is what it is called.
pub fn not_a_result(shown: &str, error: &Unreadable) -> Failure {
    let hint = match error {
        Unreadable::Newer { .. } => "Open it with that version.",
        _ => "Choose a .tiderun file, as a run leaves it.",
    };
    Failure::new(Code::Unreadable, format!("{shown} could not be opened: {error}."), hint)
}

/// The most people at once that a load plans; 0 where it counts arrivals.
fn peak(load: &Load) -> u32 {
    if load_is_open(load) {
        return 0;
    }
    let (start, stages) = load_stages(load);
    stages.iter().map(|(level, _)| *level).fold(start, f64::max).round().clamp(0.0, f64::from(u32::MAX)) as u32
}
