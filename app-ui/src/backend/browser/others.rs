//! Other pages of the same address: told when a list changes, and heard. Must not know what is in the lists.

use tidemark_core::wire::event::Changed;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// The line between them.
pub struct Others(Option<BroadcastChannel>);

fn word(changed: Changed) -> &'static str {
    match changed {
        Changed::Scenarios => "scenarios",
        Changed::Results => "results",
    }
}

impl Others {
    /// Opens the line; a browser without one has no other pages that could be told.
    pub fn open() -> Self {
        Self(BroadcastChannel::new("tidemark").ok())
    }

    /// Tells them that a list changed.
    pub fn tell(&self, changed: Changed) {
        if let Some(channel) = &self.0 {
            // Whoever is not told finds out by the revision when writing.
            let _ = channel.post_message(&word(changed).into());
        }
    }

    /// Listens for as long as the page lives.
    pub fn listen(&self, heard: impl Fn(Changed) + 'static) {
        let Some(channel) = &self.0 else { return };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            [Changed::Scenarios, Changed::Results]
                .into_iter()
                .filter(|changed| word(*changed) == text)
                .for_each(&heard);
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
    }
}
