//! A result to pass on: what is in it, in words, and the same file without bodies or host names.
//!
//! Changes texts only, line by line, so every number stays as it was. Must not know who gets the file.

use std::borrow::Cow;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::result::read::{Lines, header};
use crate::result::{Opened, Unreadable};
use crate::wire;

mod contents;
mod hosts;

pub use contents::{Part, contents};
use hosts::Hosts;

/// What stands in place of a body that was left out.
pub const LEFT_OUT: &str = "(left out)";

/// Lines that are numbers from end to end, by how they begin.
const NUMBERS: [&[u8]; 2] = [br#"{"kind":"interval""#, br#"{"kind":"totals""#];

/// What is left out of a shared result or a saved page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Leave out what was sent and answered in the bodies of samples.
    pub without_bodies: bool,
    /// Put `host-1`, `host-2` … in place of host names, the same for the same host everywhere.
    pub hide_hosts: bool,
}

impl Options {
    /// Everything stays in.
    pub const WHOLE: Self = Self { without_bodies: false, hide_hosts: false };
}

/// A result file without what `options` leave out. It opens like the original, with the same numbers; a file that breaks
/// off is passed on as far as it goes.
///
/// # Errors
/// As [`crate::result::read`].
pub fn share(bytes: &[u8], options: &Options) -> Result<Vec<u8>, Unreadable> {
    let mut lines = Lines::new(bytes);
    let first = lines.next()?.ok_or(Unreadable::NotAResult)?;
    header(&first)?;
    let mut all = vec![first];
    while let Some(line) = lines.next()? {
        all.push(line);
    }
    let mut known: Vec<Option<Value>> = all.iter().map(|line| value(line)).collect();
    let mut hosts = Hosts::default();
    if options.hide_hosts {
        known.iter().flatten().for_each(|value| hosts.collect(value));
    }
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    for (line, value) in all.iter().zip(&mut known) {
        match value {
            Some(value) => {
                trim(value, options, &mut hosts);
                serde_json::to_writer(&mut zip, value).expect("it is plain data, and memory doesn't fail");
                zip.write_all(b"\n").expect("memory doesn't fail");
            }
            // A line that is not JSON can't be trimmed, and no reader would take it.
            None if is_numbers(line) => zip.write_all(line).expect("memory doesn't fail"),
            None => {}
        }
    }
    Ok(zip.finish().expect("memory doesn't fail"))
}

fn is_numbers(line: &[u8]) -> bool {
    let text = |line: &[u8]| line.windows(10).any(|part| part == br#""failures""#);
    NUMBERS.iter().any(|numbers| line.starts_with(numbers)) && !text(line)
}

/// A line that may hold texts.
fn value(line: &[u8]) -> Option<Value> {
    if is_numbers(line) { None } else { serde_json::from_slice(line).ok() }
}

/// An opened result without what `options` leave out.
pub fn opened(opened: Opened, options: &Options) -> Opened {
    if *options == Options::WHOLE {
        return opened;
    }
    let mut hosts = Hosts::default();
    if options.hide_hosts {
        let all = [plain(&opened.header), plain(&opened.events), plain(&opened.samples), plain(&opened.watched)];
        let end = [plain(&opened.summary), plain(&opened.verdict), plain(&opened.ending)];
        all.iter().chain(&end).for_each(|value| hosts.collect(value));
    }
    let mut trim = Trim { options, hosts };
    let Opened { header, mut timeline, events, samples, watched, summary, verdict, ending, complete, notes } = opened;
    let header = trim.remade(header);
    timeline.put_texts(header.names.clone(), &mut |text| *text = trim.hosts.hidden(text));
    Opened {
        header,
        timeline,
        events: trim.remade(events),
        samples: trim.remade(samples),
        watched: trim.remade(watched),
        summary: trim.remade(summary),
        verdict: trim.remade(verdict),
        ending: trim.remade(ending),
        complete,
        notes: trim.remade(notes),
    }
}

/// The same by reference: copied only where something is left out.
pub fn trimmed<'a>(result: &'a Opened, options: &Options) -> Cow<'a, Opened> {
    if *options == Options::WHOLE { Cow::Borrowed(result) } else { Cow::Owned(opened(result.clone(), options)) }
}

/// Trims one value after the other, with the same names for the same hosts.
struct Trim<'a> {
    options: &'a Options,
    hosts: Hosts,
}

impl Trim<'_> {
    fn remade<T: Serialize + DeserializeOwned>(&mut self, part: T) -> T {
        let mut value = plain(&part);
        trim(&mut value, self.options, &mut self.hosts);
        // Only texts changed, so it still reads.
        wire::read(&value).unwrap_or(part)
    }
}

fn plain<T: Serialize>(part: &T) -> Value {
    serde_json::to_value(part).expect("every part of a result is plain data")
}

/// Leaves out what is to be left out, in a value and everything in it.
fn trim(value: &mut Value, options: &Options, hosts: &mut Hosts) {
    if options.without_bodies {
        leave_bodies_out(value);
    }
    if options.hide_hosts {
        hosts.hide(value);
    }
}

/// The bodies of samples. The scenario's own bodies stay: they are the test, not what came of it.
fn leave_bodies_out(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(leave_bodies_out),
        Value::Object(map) if map.contains_key("request") && map.contains_key("failure") => {
            for message in ["request", "answer"] {
                match map.get_mut(message).and_then(|message| message.get_mut("body")) {
                    Some(Value::String(body)) if !body.is_empty() => LEFT_OUT.clone_into(body),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
