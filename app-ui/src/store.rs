//! The one model of the page and the one way to change it: messages are taken in order, what they ask for is done, and
//! answers come back as messages. Must not decide what a message means.

use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use tidemark_app_model::effect::Effect;
use tidemark_app_model::link::{Asked, Call, Link};
use tidemark_app_model::model::Hold;
use tidemark_app_model::{Model, Msg, update, window};
use tidemark_core::wire::Said;
use wasm_bindgen_futures::spawn_local;

use crate::backend::locks::{self, How, Lock};
use crate::backend::{Backend, Heard, Picked};
use crate::page;
use crate::work::Bench;

/// How often is looked whether all is saved before the window closes, in milliseconds, and how many times.
const LOOK_MS: u64 = 30;
const LOOKS_BEFORE_LEAVING: u32 = 50;

/// The handle that views hold.
#[derive(Clone, Copy)]
pub struct Store {
    model: RwSignal<Model>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    queue: VecDeque<Msg>,
    /// What messages asked for and is not done yet.
    asked: VecDeque<Effect>,
    /// Messages are being taken.
    taking: bool,
    link: Link,
    backend: Option<Rc<dyn Backend>>,
    bench: Bench,
    /// The open test, held among the windows of this browser.
    lock: Option<Lock>,
}

/// The page's store.
///
/// # Panics
/// Outside of [`crate::view::App`].
pub fn store() -> Store {
    expect_context::<Store>()
}

impl Store {
    /// A store with an empty model, given to all views below.
    pub fn provide() -> Self {
        let inner = Inner {
            queue: VecDeque::new(),
            asked: VecDeque::new(),
            taking: false,
            link: Link::default(),
            backend: None,
            bench: Bench::default(),
            lock: None,
        };
        let store = Self { model: RwSignal::new(Model::default()), inner: StoredValue::new_local(inner) };
        provide_context(store);
        store
    }

    /// Begins: asks the back-end who it is, listens to it, and goes where the address says.
    pub fn begin(self, backend: Rc<dyn Backend>) {
        let calls = self.inner.try_update_value(|inner| {
            inner.backend = Some(backend.clone());
            inner.link.opened_at(&page::route());
            inner.link.hello()
        });
        // Listening comes first, so that nothing happens between the greeting and the first event.
        backend.listen(Rc::new(move |heard| self.hear(heard)));
        self.make(calls.unwrap_or_default());
    }

    /// What is around the page follows its theme.
    pub fn dress(self, theme: &str) {
        self.with_backend(|backend| backend.dress(theme));
    }

    /// Follows the address of the page.
    pub fn turn_to(self, address: String) {
        let started = self.inner.try_update_value(|inner| inner.link.is_at(&address));
        if started == Some(true) {
            self.send(Msg::RouteChanged(address));
        }
    }

    /// Takes a message; what it asks for is done.
    pub fn send(self, msg: Msg) {
        self.push([Msg::Now(page::now()), msg]);
    }

    /// A derived value that views are told of only when it differs.
    pub fn memo<T>(self, read: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.model.with(|model| read(model)))
    }

    /// A derived value that is made from the one before, where that is cheaper than to make it anew.
    pub fn memo_from<T>(self, read: impl Fn(Option<&T>, &Model) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |before| self.model.with(|model| read(before, model)))
    }

    /// A value of now, without being told when it changes: for handlers of events.
    pub fn peek<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(read)
    }

    fn push(self, messages: impl IntoIterator<Item = Msg>) {
        let busy = self.inner.try_update_value(|inner| {
            inner.queue.extend(messages);
            std::mem::replace(&mut inner.taking, true)
        });
        if busy == Some(false) {
            self.drain();
        }
    }

    /// Takes all messages in one go, so that views are told once; then does what they asked for, in order. Messages are
    /// taken again before that begins: what is done may end in an exception of the browser's, and the app goes on.
    fn drain(self) {
        let focused = page::mark_focus();
        self.take_all();
        if let Some(focused) = focused {
            page::find_focus(focused);
        }
    }

    fn take_all(self) {
        loop {
            let waiting = self.inner.try_update_value(|inner| std::mem::take(&mut inner.queue)).unwrap_or_default();
            let mut effects = Vec::new();
            let clock = waiting.iter().all(|msg| matches!(msg, Msg::Now(_)));
            if clock {
                self.model.update_untracked(|model| waiting.into_iter().for_each(|msg| drop(update(model, msg))));
            } else {
                self.model.update(|model| waiting.into_iter().for_each(|msg| effects.extend(update(model, msg))));
            }
            let next = self.inner.try_update_value(|inner| {
                inner.asked.extend(effects);
                inner.taking = false;
                inner.asked.pop_front()
            });
            let Some(effect) = next.flatten() else { return };
            self.run(effect);
        }
    }

    fn run(self, effect: Effect) {
        let asked = self.inner.try_update_value(|inner| inner.link.ask(&effect));
        match asked {
            Some(Asked::Calls(calls)) => self.make(calls),
            Some(Asked::Elsewhere) => self.run_here(effect),
            None => {}
        }
    }

    /// What the page itself does.
    fn run_here(self, effect: Effect) {
        match effect {
            Effect::SetRoute(route) => page::set_route(&route),
            Effect::After(ms, msg) => page::after(ms, move || self.send(*msg)),
            Effect::Focus(id) => page::focus(id),
            Effect::Announce(text) => page::announce(&text),
            Effect::Hold(id) => self.hold(id, How::IfFree),
            Effect::TakeOver(id) => self.hold(id, How::ByForce),
            Effect::Copy(text, clip) => page::copy(text, move |there| self.send(Msg::Copied(clip, there))),
            Effect::Estimate(scenario, revision) => self.with_bench(|bench| {
                bench.estimate(scenario, move |requests| self.send(Msg::Estimated(revision, requests)));
            }),
            Effect::Preview(scenario, seed, assumed) => self.with_bench(|bench| {
                let told = move |share| self.send(Msg::PreviewDone(seed, share));
                bench.preview(scenario, seed, assumed, told, move |answer| self.send(Msg::Previewed(seed, answer)));
            }),
            Effect::StopPreview => self.with_bench(|bench| bench.stop()),
            Effect::PickFile => self.with_backend(|backend| {
                backend.pick_file(Rc::new(move |picked| self.take_file(picked)));
            }),
            Effect::SaveFile(name, bytes) => self.with_backend(|backend| backend.save_file(&name, bytes)),
            // All others are for the wire.
            _ => {}
        }
    }

    /// Takes a file that was chosen or dropped.
    pub fn take_file(self, picked: Picked) {
        self.send(match picked {
            Picked::Read(name, bytes) => Msg::FileGiven(name, bytes),
            Picked::TooLarge(name, bytes) => Msg::FileTooLarge(name, bytes),
            Picked::Unread(name) => Msg::FileUnread(name),
        });
    }

    /// Holds a test among the windows of this browser; the one that was held before is given back.
    fn hold(self, id: String, how: How) {
        let lock = Lock::ask(&format!("test {id}"), how, {
            let id = id.clone();
            move |said| {
                let hold = match said {
                    locks::Said::Held => Hold::Here,
                    locks::Said::Elsewhere => Hold::Elsewhere,
                    locks::Said::Lost => Hold::Lost,
                };
                self.send(Msg::Held(id.clone(), hold));
                if hold != Hold::Here {
                    // It is this window's turn when the other one is closed.
                    self.hold(id.clone(), How::WhenFree);
                }
            }
        });
        self.inner.try_update_value(|inner| inner.lock = Some(lock));
    }

    fn with_backend(self, act: impl FnOnce(Rc<dyn Backend>)) {
        if let Some(backend) = self.inner.with_value(|inner| inner.backend.clone()) {
            act(backend);
        }
    }

    fn with_bench(self, act: impl FnOnce(Bench)) {
        if let Some(bench) = self.inner.try_with_value(|inner| inner.bench.clone()) {
            act(bench);
        }
    }

    fn make(self, calls: Vec<Call>) {
        for call in calls {
            self.with_backend(|backend| {
                spawn_local(async move {
                    let answer = backend.call(call.name, call.body).await;
                    let came = self.inner.try_update_value(|inner| inner.link.answered(call.tag, answer));
                    self.take_in(came);
                });
            });
        }
    }

    fn hear(self, heard: Heard) {
        let heard = match heard {
            Heard::Said(said) => return self.said(*said),
            other => other,
        };
        let came = self.inner.try_update_value(|inner| match heard {
            Heard::Said(_) => Default::default(),
            Heard::Told(told) => inner.link.told(*told),
            Heard::Lost => (inner.link.lost(), Vec::new()),
            Heard::Back => (Vec::new(), inner.link.again()),
        });
        self.take_in(came);
    }

    /// Takes what the window around the page says.
    fn said(self, said: Said) {
        match &said {
            // In a field, these are about its text.
            Said::Command(id) if matches!(id.as_str(), "undo" | "redo") && page::edits_text() => page::turn_text(id),
            Said::Closing => {
                self.send(self.peek(|model| window::said(model, said)));
                self.leave_once_saved(LOOKS_BEFORE_LEAVING);
            }
            _ => self.send(self.peek(|model| window::said(model, said))),
        }
    }

    /// Lets the window close as soon as nothing would be lost.
    fn leave_once_saved(self, looks: u32) {
        if looks == 0 || self.peek(window::all_saved) {
            self.with_backend(|backend| backend.leave());
        } else {
            page::after(LOOK_MS, move || self.leave_once_saved(looks - 1));
        }
    }

    fn take_in(self, came: Option<(Vec<Msg>, Vec<Call>)>) {
        let Some((messages, calls)) = came else { return };
        if !messages.is_empty() {
            self.push(std::iter::once(Msg::Now(page::now())).chain(messages));
        }
        self.make(calls);
    }
}
