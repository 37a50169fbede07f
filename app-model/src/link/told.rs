//! Events as messages, and what is asked for where events were lost. Must not know who told them.

use tidemark_core::wire::event::{Changed, RunEnded, RunEvent};
use tidemark_core::wire::table::ListScenarios;
use tidemark_core::wire::{Event, Told};

use super::call::{About, Call};
use super::{Link, Turn, results, run, trial};
use crate::model::Tone;
use crate::msg::Msg;
use crate::route::Route;

/// Takes an event.
pub(super) fn told(link: &mut Link, told: Told) -> Turn {
    let lost = told.event == Event::Resync;
    if told.number <= link.start.heard && !lost {
        return Turn::default(); // heard before
    }
    link.start.heard = told.number;
    match told.event {
        Event::RunStarted(started) => run::started(link, *started),
        Event::Tick(ticked) => run::ticked(link, &ticked),
        Event::RunEvent(RunEvent { run, event }) if link.run.going_on() == Some(run) => {
            (vec![Msg::RunEvents(vec![event])], Vec::new())
        }
        Event::RunEvent(_) => Turn::default(),
        Event::RunNoted(noted) => run::noted(link, *noted),
        Event::RunEnded(ended) => {
            let RunEnded { run, over } = *ended;
            run::ended(link, run, over)
        }
        Event::TryEvent(event) => trial::told(link, *event),
        Event::LibraryChanged(Changed::Scenarios) => {
            let mut calls = link.library.changed();
            calls.extend(list(link));
            (Vec::new(), calls)
        }
        Event::LibraryChanged(Changed::Results) => {
            let mut calls = results::changed(link);
            calls.extend(list(link));
            (Vec::new(), calls)
        }
        Event::Notice(notice) => (vec![Msg::Say(Tone::Info, notice.text)], Vec::new()),
        Event::Resync => resync(link),
    }
}

/// The list of tests is read again where it is shown; elsewhere that would only be work.
fn list(link: &Link) -> Option<Call> {
    (link.start.route == Route::Home).then(|| Call::new(&ListScenarios {}, About::Tests))
}

/// Events were lost: whatever is shown is asked for again.
pub(super) fn resync(link: &mut Link) -> Turn {
    let mut calls = run::look(link);
    calls.extend(link.library.changed());
    calls.extend(results::changed(link));
    calls.extend(list(link));
    let (msgs, more) = trial::cut_off(link);
    calls.extend(more);
    (msgs, calls)
}
