//! The parts of the program that come after the first screen is drawn: where each one is, and what stands in its place
//! until it is there. Must not know what is in a part: [`parts`] does.
//!
//! A build with the feature `split` is cut at the doors of [`parts`] into files of their own by `cargo xtask ui`; any other
//! build is one file, and then every part is there from the beginning.

mod parts;

use futures_util::FutureExt;
use leptos::prelude::*;
use tidemark_app_model::text::shell as say;
use wasm_bindgen_futures::spawn_local;

pub use parts::{Look, Missing, Reckon, Work, alone, estimate, preview};

use crate::page;
use crate::view::parts::{Button, Kind};

/// A part with screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Making a test and running it.
    Work,
    /// Looking at results.
    Look,
}

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    There,
    Missing,
}

/// Where the parts are; given to all views.
#[derive(Clone, Copy)]
struct Parts {
    work: RwSignal<State>,
    look: RwSignal<State>,
}

/// Lets all views below use parts, and fetches them once the first screen had its turn.
pub fn provide() {
    let begin = if cfg!(feature = "split") { State::Coming } else { State::There };
    let parts = Parts { work: RwSignal::new(begin), look: RwSignal::new(begin) };
    provide_context(parts);
    if begin == State::Coming {
        page::after(0, move || [Part::Work, Part::Look].into_iter().for_each(|part| parts.fetch(part)));
    }
}

impl Parts {
    fn state(self, part: Part) -> RwSignal<State> {
        match part {
            Part::Work => self.work,
            Part::Look => self.look,
        }
    }

    /// Fetches a part, or tries again to.
    fn fetch(self, part: Part) {
        let state = self.state(part);
        state.set(State::Coming);
        spawn_local(async move {
            let came = match part {
                Part::Work => parts::fetch_work().await,
                Part::Look => parts::fetch_look().await,
            };
            state.set(if came.is_ok() { State::There } else { State::Missing });
        });
    }
}

/// A screen, dialog or panel of making and running tests.
pub fn work(which: Work) -> AnyView {
    shown(Part::Work, move || parts::work(which.clone()).now_or_never()?.ok())
}

/// A screen or dialog of results.
pub fn look(which: Look) -> AnyView {
    shown(Part::Look, move || parts::look(which).now_or_never()?.ok())
}

/// What `draw` draws once the part is there; it draws at once then. Meanwhile, what is happening.
fn shown(part: Part, draw: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let parts = expect_context::<Parts>();
    let state = parts.state(part);
    let missing = move || {
        view! {
            <div class="opening" role="alert" data-testid="part-missing">
                <p>{say::PART_MISSING}</p>
                <Button kind=Kind::Primary label=say::TRY_AGAIN testid="part-again" on_click=move || parts.fetch(part)/>
            </div>
        }
        .into_any()
    };
    if state.get_untracked() == State::There {
        return draw().unwrap_or_else(missing);
    }
    let now = move || match state.get() {
        State::There => draw().unwrap_or_else(missing),
        State::Coming => view! { <p class="opening" aria-busy="true">{say::OPENING}</p> }.into_any(),
        State::Missing => missing(),
    };
    now.into_any()
}
