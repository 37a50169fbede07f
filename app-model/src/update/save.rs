//! Saving by itself: half a second after the last change, two seconds after the first at the latest. Nothing is ever asked.

use tidemark_core::scenario;

use crate::effect::Effect;
use crate::model::{Model, Offer, Test, Tone};
use crate::msg::Msg;
use crate::text::notices as say;

/// After so long without a change it is saved, in milliseconds.
const PAUSE_MS: u64 = 500;
/// A change never waits longer than this, however fast others follow.
const LONGEST_MS: u64 = 1_500;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let now = model.now;
    let Some(test) = &mut model.test else { return };
    match msg {
        Msg::SaveDue(revision) => {
            let waited = test.save.waiting_since_ms.is_some_and(|since| now.ms.saturating_sub(since) >= LONGEST_MS);
            if revision == test.doc.revision() || waited {
                write(test, now.ms, out);
            }
        }
        Msg::SaveAgain => write(test, now.ms, out),
        Msg::Saved(revision, Ok(())) => {
            test.save.writing = None;
            test.save.writing_since_ms = None;
            test.save.safe = test.save.safe.max(revision);
            test.save.saved_at = Some(now);
            let mended = test.save.trouble.take().is_some();
            if test.save.safe >= test.doc.revision() {
                test.save.waiting_since_ms = None;
            } else {
                // Changes came while it was being written.
                test.save.waiting_since_ms = Some(now.ms);
                out.push(Effect::After(PAUSE_MS, Box::new(Msg::SaveDue(test.doc.revision()))));
            }
            if mended {
                model.notices.retain(|notice| notice.offer != Some(Offer::SaveAgain));
            }
        }
        Msg::Saved(_, Err(failure)) => {
            test.save.writing = None;
            test.save.writing_since_ms = None;
            test.save.trouble = Some(failure.text());
            let text = say::not_saved(&failure.text());
            model.notice(Tone::Bad, text, Some(Offer::SaveAgain));
        }
        _ => {}
    }
}

/// Notes that there is something to save.
pub(super) fn soon(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    let Some(test) = &mut model.test else { return };
    test.save.waiting_since_ms.get_or_insert(now);
    out.push(Effect::After(PAUSE_MS, Box::new(Msg::SaveDue(test.doc.revision()))));
}

/// Saves at once, as before a run.
pub(super) fn at_once(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    if let Some(test) = &mut model.test {
        write(test, now, out);
    }
}

fn write(test: &mut Test, now_ms: u64, out: &mut Vec<Effect>) {
    let revision = test.doc.revision();
    // One at a time: what is being written says when it is done, and the rest follows.
    if test.save.writing.is_some() || test.save.safe >= revision {
        return;
    }
    test.save.writing = Some(revision);
    test.save.writing_since_ms = Some(now_ms);
    out.push(Effect::SaveTest(test.id.clone(), revision, scenario::write(test.doc.scenario())));
}
