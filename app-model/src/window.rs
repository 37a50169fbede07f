//! What the window around the page says, as messages. Must not know how a window is made.

use tidemark_core::wire::Said;

use crate::commands;
use crate::model::{Failure, Model, Tone};
use crate::msg::Msg;
use crate::route::{Route, Tab};

/// The message for what a window said.
pub fn said(model: &Model, said: Said) -> Msg {
    match said {
        Said::Command(id) => match commands::state(model, &id) {
            Ok(msg) => msg,
            Err(why) => Msg::Say(Tone::Info, why.to_owned()),
        },
        Said::Open(file) => Msg::Go(Route::Tab(file, Tab::Build)),
        Said::Given(given) => Msg::FileGiven(given.name, given.bytes.0),
        Said::Held(held) => Msg::FilesHeld(held),
        Said::Failed(failure) => {
            let failure = Failure { message: failure.message, hint: failure.hint, ..Failure::default() };
            Msg::Say(Tone::Bad, failure.text())
        }
        Said::Closing => Msg::SaveAgain,
    }
}

/// Whether nothing would be lost if the app ended now.
pub fn all_saved(model: &Model) -> bool {
    model.test.as_ref().is_none_or(|test| {
        // What can't be saved now is in no better place a second later; the history brings it back.
        test.save.trouble.is_some() || (test.save.writing.is_none() && test.save.safe >= test.doc.revision())
    })
}

#[cfg(test)]
mod tests;
