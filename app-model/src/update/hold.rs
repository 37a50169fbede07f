//! One window at a time changes a test; others show it as it is. Must not know how windows agree on whose turn it is.

use super::save;
use crate::effect::Effect;
use crate::model::{Hold, Model, Offer, Test, Tone};
use crate::msg::Msg;
use crate::text::link as say;

/// After a test was taken over, the window that had it still writes its last change, in milliseconds.
const LAST_WORD_MS: u64 = 3_000;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let now_ms = model.now.ms;
    match msg {
        Msg::TakeOver => {
            if let Some(test) = model.test.as_mut().filter(|test| test.elsewhere) {
                test.taken_over_ms = Some(now_ms);
                out.push(Effect::TakeOver(test.id.clone()));
            }
        }
        Msg::Held(id, hold) => {
            let Some(test) = model.test.as_mut().filter(|test| test.id == id) else { return };
            match hold {
                Hold::Here if !std::mem::take(&mut test.elsewhere) => {}
                Hold::Here => {
                    // As the other window left it.
                    out.push(Effect::ReadTest(id));
                    out.push(Effect::Announce(say::HELD_HERE.to_owned()));
                    model.notices.retain(|notice| notice.offer != Some(Offer::TakeOver));
                }
                Hold::Elsewhere if !test.elsewhere => given_up(model, say::HELD_ELSEWHERE, out),
                Hold::Elsewhere => {}
                Hold::Lost => {
                    save::on_leaving(model, out);
                    given_up(model, say::TAKEN_OVER, out);
                }
            }
        }
        _ => {}
    }
}

fn given_up(model: &mut Model, text: &'static str, out: &mut Vec<Effect>) {
    if let Some(test) = &mut model.test {
        test.elsewhere = true;
        model.notice(Tone::Warn, text, Some(Offer::TakeOver));
        out.push(Effect::Announce(text.to_owned()));
    }
}

/// Whether the open test is only shown here; then it says so.
pub(super) fn refuses(model: &mut Model) -> bool {
    let refuses = model.test.as_ref().is_some_and(|test| test.elsewhere);
    if refuses {
        model.notice(Tone::Warn, say::ONLY_SHOWN, Some(Offer::TakeOver));
    }
    refuses
}

/// Whether what another window made of a test is simply shown: nothing of ours is in its way.
pub(super) fn follows(test: &Test, now_ms: u64) -> bool {
    let last_word = test.taken_over_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) < LAST_WORD_MS);
    (test.elsewhere || last_word) && test.save.safe >= test.doc.revision() && test.save.writing.is_none()
}
