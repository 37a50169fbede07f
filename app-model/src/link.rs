//! Between the app and whatever makes its runs: effects become calls of `core::wire`'s commands, replies and events become
//! messages. Pure: who carries calls and events (a window, a server, a page) is told what to carry and knows nothing else.
//!
//! [`Link::hello`] starts it; every [`Effect`] goes through [`Link::ask`], every reply through [`Link::answered`], every
//! event through [`Link::told`]. Must not know the model, nor wait for anything.

mod ask;
mod call;
mod gate;
mod library;
mod results;
mod run;
mod settings;
mod start;
mod told;
mod trial;
mod watch;

use tidemark_core::wire::{Failure, Mark, Told};

pub use call::{Asked, Call, Tag};

use crate::effect::Effect;
use crate::msg::Msg;

/// Messages for the model, and calls to make; of both perhaps none.
pub type Turn = (Vec<Msg>, Vec<Call>);

/// The state of the connection. Survives a connection that is lost and comes back.
#[derive(Debug, Default)]
pub struct Link {
    /// Who answers and where the page is.
    start: start::Start,
    /// Scenario files: revisions, and what is being written.
    library: library::Library,
    /// What the app remembers.
    settings: settings::Remembered,
    /// The run that is watched.
    run: run::Watched,
    /// The trial that goes on.
    trial: trial::Tried,
    /// The results of the test that is shown.
    results: results::Shown,
    /// What has to arrive before anything is sent.
    gate: gate::Gate,
}

impl Link {
    /// Says with which address (with its `#`) the app was opened; before [`Link::hello`].
    pub fn opened_at(&mut self, address: &str) {
        self.start.opened_at(address);
    }

    /// Says which address is shown now. False where the app has not started yet: it then starts there, instead of where
    /// it was opened.
    pub fn is_at(&mut self, address: &str) -> bool {
        let started = self.start.is_done();
        if !started {
            self.start.opened_at(address);
        }
        started
    }

    /// The first calls. Once all of them are answered, there is a [`Msg::Started`].
    pub fn hello(&mut self) -> Vec<Call> {
        self.start.hello()
    }

    /// What an effect asks of the other side.
    pub fn ask(&mut self, effect: &Effect) -> Asked {
        ask::ask(self, effect)
    }

    /// The reply to a call, or why there is none.
    pub fn answered(&mut self, tag: Tag, answer: Result<serde_json::Value, Failure>) -> Turn {
        call::answered(self, tag, answer)
    }

    /// Something that happened on the other side.
    pub fn told(&mut self, told: Told) -> Turn {
        told::told(self, told)
    }

    /// The connection was lost: nothing is told and no call is answered until it comes back.
    pub fn lost(&mut self) -> Vec<Msg> {
        vec![Msg::LineLost]
    }

    /// The connection came back. Whatever was missed is asked for.
    pub fn again(&mut self) -> Vec<Call> {
        self.gate.forget();
        self.start.again()
    }

    /// Up to where events were heard, for whoever listens again; none before the first greeting.
    pub fn mark(&self) -> Option<Mark> {
        self.start.mark()
    }
}

#[cfg(test)]
mod tests;
