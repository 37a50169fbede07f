//! The history as text, kept beside the file so that undo survives a restart: each part of a document once, and every
//! document as the numbers of its parts. A text that makes no sense, or is about another document, is left aside; the
//! document is never in danger. Must not know where the text is kept.

mod items;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tidemark_core::scenario::node::{Field, Reading};
use tidemark_core::scenario::{DataTable, Group, Scenario, Task, UserType};

use crate::doc::history::{Entry, History, Moment, Point, Why};
use crate::doc::kept::Kept;

/// The version of the text.
const FORMAT: u64 = 1;

/// The longest text, in bytes; older steps are left out beyond it.
pub const MOST_BYTES: usize = 4 << 20;

/// What came of a history that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restored {
    /// It was left aside.
    Nothing,
    /// It is the document's.
    Fits,
    /// It was ahead of the file: so many changes, the first of them at this time in milliseconds since 1970, were put
    /// back into the document.
    Ahead {
        /// How many.
        changes: usize,
        /// When the first was made.
        since_ms: u64,
    },
}

/// A history that was read.
pub(super) struct Read {
    history: History,
    now: Moment,
    safe: u64,
}

/// Stands for a text: its FNV-1a hash of 64 bits (draft-eastlake-fnv).
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Writes a history. Where it is too long, what can be redone and the oldest steps are left out.
pub(super) fn write(history: &History, now: &Moment, safe: u64) -> String {
    let (mut undo, mut redo, mut points) = (&history.undo[..], &history.redo[..], &history.points[..]);
    loop {
        let text = written(undo, redo, points, now, safe);
        if text.len() <= MOST_BYTES || (undo.is_empty() && points.is_empty()) {
            return text;
        }
        redo = &[];
        undo = &undo[undo.len().div_ceil(2)..];
        points = &points[points.len().div_ceil(2)..];
    }
}

fn written(undo: &[Entry], redo: &[Entry], points: &[Point], now: &Moment, safe: u64) -> String {
    let mut parts = Parts::default();
    let entry = |parts: &mut Parts, entry: &Entry| {
        json!([entry.label, parts.state(&entry.there.kept), entry.at_ms, items::write(&entry.there.selection)])
    };
    let undo: Vec<Value> = undo.iter().map(|one| entry(&mut parts, one)).collect();
    let redo: Vec<Value> = redo.iter().map(|one| entry(&mut parts, one)).collect();
    let point = |point: &Point| {
        let (why, name) = match &point.why {
            Why::Named(name) => ("named", name.as_str()),
            Why::Run => ("run", ""),
            Why::Time => ("time", ""),
            Why::File => ("file", ""),
        };
        json!([why, name, point.at_ms, parts.state(&point.kept)])
    };
    let points: Vec<Value> = points.iter().map(point).collect();
    let now = json!([parts.state(&now.kept), items::write(&now.selection)]);
    // Hashes go as text, as some readers lose the end of large numbers.
    let mut text = json!({
        "format": FORMAT, "safe": safe.to_string(), "now": now, "undo": undo, "redo": redo, "points": points,
        "parts": parts.values,
    })
    .to_string();
    // Documents are most of the text, and written as text from the start.
    text.pop();
    text.push_str(",\"states\":[");
    text.push_str(&parts.states.join(","));
    text.push_str("]}");
    text
}

/// Parts and documents, each once.
#[derive(Default)]
struct Parts {
    values: Vec<Value>,
    /// Where a part is by its place in memory, which shared parts have in common.
    known: HashMap<usize, usize>,
    states: Vec<String>,
    known_states: HashMap<String, usize>,
}

impl Parts {
    fn part<T: Field>(&mut self, part: &Arc<T>) -> usize {
        let place = Arc::as_ptr(part) as usize;
        *self.known.entry(place).or_insert_with(|| {
            self.values.push(part.write());
            self.values.len() - 1
        })
    }

    fn state(&mut self, kept: &Kept) -> usize {
        let mut state = format!("[{},[", self.part(&kept.rest));
        for (at, (bare, tasks)) in kept.users.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            state.push_str(&format!("{comma}[{},", self.part(bare)));
            self.list(tasks, &mut state);
            state.push(']');
        }
        state.push_str("],");
        self.list(&kept.data, &mut state);
        state.push(',');
        self.list(&kept.groups, &mut state);
        state.push(']');
        if let Some(known) = self.known_states.get(&state) {
            return *known;
        }
        self.known_states.insert(state.clone(), self.states.len());
        self.states.push(state);
        self.states.len() - 1
    }

    fn list<T: Field>(&mut self, parts: &[Arc<T>], out: &mut String) {
        out.push('[');
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&self.part(part).to_string());
        }
        out.push(']');
    }
}

/// Reads a history; `None` where anything in it makes no sense.
pub(super) fn read(text: &str) -> Option<Read> {
    let whole: Value = serde_json::from_str(text).ok()?;
    if whole.get("format")?.as_u64()? != FORMAT {
        return None;
    }
    let mut documents = Documents { values: whole.get("parts")?.as_array()?, ..Documents::default() };
    let mut kept = Vec::new();
    for state in whole.get("states")?.as_array()? {
        kept.push(documents.kept(state)?);
    }
    let state = |at: &Value| kept.get(number(at)?).cloned();
    let entry = |entry: &Value| {
        let there = Moment { kept: state(entry.get(1)?)?, selection: items::read(entry.get(3)?)? };
        Some(Entry { label: entry.get(0)?.as_str()?.to_owned(), there, key: None, at_ms: entry.get(2)?.as_u64()? })
    };
    let point = |point: &Value| {
        let why = match point.get(0)?.as_str()? {
            "named" => Why::Named(point.get(1)?.as_str()?.to_owned()),
            "run" => Why::Run,
            "file" => Why::File,
            _ => Why::Time,
        };
        Some(Point { why, at_ms: point.get(2)?.as_u64()?, kept: state(point.get(3)?)? })
    };
    let list = |key: &str| whole.get(key)?.as_array();
    let history = History {
        undo: list("undo")?.iter().map(entry).collect::<Option<_>>()?,
        redo: list("redo")?.iter().map(entry).collect::<Option<_>>()?,
        points: list("points")?.iter().map(point).collect::<Option<_>>()?,
    };
    let now = whole.get("now")?;
    let now = Moment { kept: state(now.get(0)?)?, selection: items::read(now.get(1)?)? };
    Some(Read { history, now, safe: whole.get("safe")?.as_str()?.parse().ok()? })
}

/// Where in a history the document of the file stands, and what that means. `hash` is of the file's text as it would be
/// written now.
pub(super) fn fit(read: Read, file: &Kept, hash: u64) -> (History, Moment, Restored) {
    let Read { mut history, mut now, safe } = read;
    let steps_back = history.undo.iter().rev().position(|entry| entry.there.kept == *file);
    let restored = if now.kept == *file {
        Restored::Fits
    } else if let (Some(back), true) = (steps_back, safe == hash) {
        // The file is what was saved last, and the history went on: the end came before the next save.
        let first = history.undo.len() - 1 - back;
        Restored::Ahead { changes: back + 1, since_ms: history.undo[first].at_ms }
    } else if let Some(back) = steps_back {
        // Somebody put an older version there: it stays, and what came after it can be redone.
        for _ in 0..=back {
            let Some((_, there)) = history.undo(now.clone()) else { break };
            now = there;
        }
        Restored::Fits
    } else if let Some(on) = history.redo.iter().rev().position(|entry| entry.there.kept == *file) {
        for _ in 0..=on {
            let Some((_, there)) = history.redo(now.clone()) else { break };
            now = there;
        }
        Restored::Fits
    } else if let (Some(last), true) = (history.undo.last(), safe == hash) {
        // It was saved in the middle of a step, as when somebody types and stops for a moment; the step went on.
        Restored::Ahead { changes: 1, since_ms: last.at_ms }
    } else {
        Restored::Nothing
    };
    (history, now, restored)
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

/// Parts that were read, each once, so that documents share them again.
#[derive(Default)]
struct Documents<'a> {
    values: &'a [Value],
    rests: HashMap<usize, Arc<Scenario>>,
    users: HashMap<usize, Arc<UserType>>,
    tasks: HashMap<usize, Arc<Task>>,
    tables: HashMap<usize, Arc<DataTable>>,
    groups: HashMap<usize, Arc<Group>>,
}

impl Documents<'_> {
    fn kept(&mut self, state: &Value) -> Option<Kept> {
        let Self { values, rests, users, tasks, tables, groups } = self;
        let mut lanes = Vec::new();
        for user in state.get(1)?.as_array()? {
            let list = user.get(1)?.as_array()?;
            let own = list.iter().map(|at| part(values, tasks, at)).collect::<Option<Vec<_>>>()?;
            lanes.push((part(values, users, user.get(0)?)?, own));
        }
        let rest = part(values, rests, state.get(0)?)?;
        let data = state.get(2)?.as_array()?.iter().map(|at| part(values, tables, at)).collect::<Option<_>>()?;
        let groups = state.get(3)?.as_array()?.iter().map(|at| part(values, groups, at)).collect::<Option<_>>()?;
        Some(Kept { rest, users: lanes, data, groups })
    }
}

fn part<T: Field>(values: &[Value], known: &mut HashMap<usize, Arc<T>>, at: &Value) -> Option<Arc<T>> {
    let at = number(at)?;
    if let Some(part) = known.get(&at) {
        return Some(part.clone());
    }
    let part = Arc::new(T::read(values.get(at)?, &mut Reading::default())?);
    known.insert(at, part.clone());
    Some(part)
}

#[cfg(test)]
mod tests;
