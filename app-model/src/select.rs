//! What views show, worked out from the model: they read these and compute nothing themselves.
//!
//! Must not change the model.

pub mod answer;
pub mod chips;
pub mod compare;
pub mod data;
pub mod fixes;
pub mod goals;
pub mod history;
pub mod home;
pub mod hosts;
pub mod import;
pub mod load;
pub mod mix;
pub mod outline;
pub mod panel;
pub mod pretend;
pub mod preview;
pub mod problems;
pub mod results;
pub mod overlay;
pub mod reach;
pub mod run;
pub mod settings;
pub mod share;
pub mod shell;
pub mod shop;
pub mod trial;
pub mod turned;
pub mod values;

#[cfg(test)]
mod tests;

use crate::model::Save;
use crate::text::notices as say;

/// What stands beside the name: "Saved 14:02", "Saving…", "Not saved: disk full". A time is when it was saved last; without
/// one it says so only where nothing waits.
pub fn save_words(save: &Save, now_ms: u64) -> String {
    let slow = save.writing_since_ms.is_some_and(|since| now_ms.saturating_sub(since) > 1_000);
    match (&save.trouble, save.saved_at) {
        (Some(trouble), _) => say::not_saved(trouble),
        (None, _) if slow => say::SAVING.to_owned(),
        (None, Some(at)) => say::saved_at(&at.clock()),
        (None, None) if save.waiting_since_ms.is_some() => say::SAVING.to_owned(),
        (None, None) => say::SAVED.to_owned(),
    }
}
