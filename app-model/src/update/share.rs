//! A result is passed on: as a file, or as a web page. What is in it was shown before.

use tidemark_core::result::share;

use crate::effect::Effect;
use crate::model::{Model, Tone};
use crate::msg::Msg;
use crate::text::share as say;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::ShareWith(sharing) => model.results.sharing = sharing,
        Msg::ShareFile => file(model, out),
        Msg::ShareMade(name, Ok(bytes)) => keep(model, name, bytes, out),
        Msg::ShareMade(_, Err(failure)) => super::home::failed(model, say::COULD_NOT_SHARE, &failure),
        _ => {}
    }
}

/// The open result as a file. Its bytes are read anew where they are not at hand: they are not kept beside what is shown.
fn file(model: &mut Model, out: &mut Vec<Effect>) {
    let Some((id, opened)) = &model.results.open else { return };
    let sharing = model.results.sharing;
    let name = say::file_name(&opened.header.title, &opened.header.started_at, "tiderun");
    match &model.results.file {
        Some((_, bytes)) if id.is_empty() => {
            // It was opened from these bytes, so they read.
            if let Ok(shared) = share::share(bytes, &sharing.options()) {
                keep(model, name, shared, out);
            }
        }
        _ => out.push(Effect::ShareResult(id.clone(), name, sharing)),
    }
}

fn keep(model: &mut Model, name: String, bytes: Vec<u8>, out: &mut Vec<Effect>) {
    let text = say::made(&name, bytes.len() as u64);
    model.notice(Tone::Good, text.clone(), None);
    out.push(Effect::Announce(text));
    out.push(Effect::SaveFile(name, bytes));
}
