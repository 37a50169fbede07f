//! Files from outside: a test, a result, a data table, or something else. What each is, is told by its content; whatever it
//! is, nothing that was there before is lost. Must not read files itself.

use tidemark_core::scenario;

use crate::effect::Effect;
use crate::model::{Dialog, Model, Tone};
use crate::paste::look::{Seen, look};
use crate::route::Tab;
use crate::select::data::read::is_table;
use crate::text::{notices as say, paste as say_paste};

/// The largest file that is read, in bytes. Larger ones are refused by their length, before anything of them is read.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// Says why a file is not taken; it stays until it was read.
pub(super) fn refused(model: &mut Model, text: String, out: &mut Vec<Effect>) {
    out.push(Effect::Announce(text.clone()));
    model.notice(Tone::Bad, text, None);
}

/// A file that is not even read.
pub(super) fn too_large(model: &mut Model, name: &str, bytes: u64, out: &mut Vec<Effect>) {
    refused(model, say::too_large(name, bytes, LARGEST), out);
}

/// Takes a file.
pub(super) fn given(model: &mut Model, name: &str, bytes: &[u8], out: &mut Vec<Effect>) {
    let length = bytes.len() as u64;
    if length > LARGEST {
        return too_large(model, name, length, out);
    }
    if bytes.is_empty() {
        return refused(model, say::empty_file(name), out);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return super::results::file(model, name, bytes, out);
    }
    // A table has no mark of its own: it is told by its name, or by the place where it was given.
    let on_data = model.tab() == Some(Tab::Data);
    let Ok(text) = scenario::decode(bytes) else {
        return match on_data || is_table(name) {
            true => super::data::given(model, name, bytes, out),
            false => refused(model, say::no_text(name), out),
        };
    };
    match look(&text) {
        Seen::Test(_) | Seen::Newer(_) => out.push(Effect::CreateTest(text.into_owned())),
        Seen::Other(tool, count) => refused(model, say_paste::other_file(name, tool, count), out),
        Seen::Requests(pasted) if pasted.is_command => show(model, text.into_owned()),
        Seen::Steps(_) => show(model, text.into_owned()),
        _ if on_data || is_table(name) => super::data::given(model, name, bytes, out),
        Seen::Requests(_) => show(model, text.into_owned()),
        Seen::Nothing => refused(model, say::empty_file(name), out),
        Seen::Damaged(at) => refused(model, say::damaged_file(name, &at), out),
        Seen::Unknown(_) => refused(model, say::unknown_file(name), out),
    }
}

/// Requests in a file come in by the dialog, as if they had been pasted.
fn show(model: &mut Model, text: String) {
    model.pasted = text;
    model.dialog = Some(Dialog::Import);
}
