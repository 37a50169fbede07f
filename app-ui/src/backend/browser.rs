//! The back-end without any program: the model's desk answers, tests and results are kept in the browser, runs are practice
//! runs that go on while the page is open. Must not reach the network, nor know what a command means.

mod database;
mod others;
mod unsaved;

pub use database::Database;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use gloo_timers::callback::Timeout;
use serde_json::Value;
use tidemark_app_model::desk::{Acted, Asked, Beat, Desk, Held, Kept, Look, Seen, Settled, Who, Write, growing_of};
use tidemark_app_model::text::desk as say;
use tidemark_core::wire::table::{Command, WriteJournal};
use tidemark_core::wire::{Code, Failure, Told};
use wasm_bindgen_futures::spawn_local;

use super::locks::{self, How, Lock};
use super::{Backend, Ear, Heard};
use crate::page;
use others::Others;
use unsaved::Unsaved;

/// Decides what to write, from what was seen.
pub type Decide = Box<dyn FnOnce(BTreeMap<String, Kept>) -> Vec<Write>>;

/// Where files are kept.
pub trait Storage {
    /// Shows files and takes changes, in one step that no other page comes between. Where nothing can ever be kept, what to
    /// write is decided from no file at all.
    ///
    /// # Errors
    /// The files can't be seen, and nothing was decided; or what was decided is not written, none of it.
    fn turn(&self, look: Look, decide: Decide) -> LocalBoxFuture<'static, Result<(), Failure>>;
}

/// The browser alone.
pub struct Browser(Rc<Inner>);

struct Inner {
    desk: RefCell<Desk>,
    storage: Rc<dyn Storage>,
    /// What could not be written yet.
    held: RefCell<Held>,
    ear: RefCell<Option<Ear>>,
    others: Others,
    unsaved: Unsaved,
    /// Done once what a page before this one left behind is in its place; nothing is answered before.
    taken_over: RefCell<Option<Shared<LocalBoxFuture<'static, ()>>>>,
    /// When the run goes on; setting another one takes this one back.
    next: RefCell<Option<Timeout>>,
    /// Tells other pages that the result of the run grows.
    growing: RefCell<Option<Lock>>,
    /// The browser was asked to keep what is written.
    asked_to_keep: Cell<bool>,
}

impl Browser {
    /// The browser alone, with what it keeps.
    pub fn open() -> Self {
        Self::with(Rc::new(Database::new()))
    }

    /// The same over another storage.
    pub fn with(storage: Rc<dyn Storage>) -> Self {
        let inner = Rc::new(Inner {
            desk: RefCell::new(Desk::new(who())),
            storage,
            held: RefCell::default(),
            ear: RefCell::new(None),
            others: Others::open(),
            unsaved: Unsaved::default(),
            taken_over: RefCell::new(None),
            next: RefCell::new(None),
            growing: RefCell::new(None),
            asked_to_keep: Cell::new(false),
        });
        let (leaving, taking) = (inner.clone(), inner.clone());
        unsaved::listen(move |leaves| leaving.unsaved.leaves(leaves));
        let taken: LocalBoxFuture<'static, ()> = Box::pin(async move { taking.take_over().await });
        *inner.taken_over.borrow_mut() = Some(taken.shared());
        let sweeping = inner.clone();
        spawn_local(async move {
            let sweep: Decide = Box::new(|files| Desk::sweep(&Seen { files, ..Seen::default() }, page::now().ms));
            // What can't be swept now is swept the next time.
            let _ = sweeping.storage.turn(Desk::removed(), sweep).await;
        });
        Self(inner)
    }
}

fn who() -> Who {
    let chance = || (js_sys::Math::random() * 4_294_967_296.0) as u64;
    let navigator = web_sys::window().map(|window| window.navigator());
    let platform = navigator.as_ref().and_then(|navigator| navigator.platform().ok()).unwrap_or_default();
    let cores = navigator.map_or(0, |navigator| navigator.hardware_concurrency() as u32);
    Who { instance: format!("{:08x}", chance()), computer: say::computer(&platform, cores), chance: chance() }
}

impl Backend for Browser {
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        let inner = self.0.clone();
        // At once, and not when its turn comes: the page may be gone by then.
        let noted = inner.unsaved.begins(name, &body).map(|file| (file, body.clone()));
        let taken_over = inner.taken_over.borrow().clone();
        Box::pin(async move {
            if let Some(taken_over) = taken_over {
                taken_over.await;
            }
            let reply = inner.answer(name, body).await;
            if let Some((file, body)) = noted {
                inner.unsaved.ended(&file, &body, reply.is_ok());
            }
            reply
        })
    }

    fn listen(&self, ear: Ear) {
        *self.0.ear.borrow_mut() = Some(ear);
        let inner = self.0.clone();
        self.0.others.listen(move |changed| {
            let told = inner.desk.borrow_mut().changed_elsewhere(changed);
            inner.say([told]);
        });
    }
}

impl Inner {
    /// Answers a command.
    async fn answer(self: &Rc<Self>, name: &'static str, body: Value) -> Result<Value, Failure> {
        let asked = self.desk.borrow().ask(name, body)?;
        if name == "library.write" {
            self.ask_to_keep();
        }
        let (acted, kept) = self.act(asked).await;
        let Some(acted) = acted else {
            return Err(kept.err().unwrap_or_else(|| Failure::new(Code::Internal, say::UNANSWERED, "")));
        };
        let settled = self.desk.borrow_mut().settle(acted, kept);
        let reply = self.tell(settled);
        if self.desk.borrow().growing().is_some() {
            self.beat();
        }
        reply
    }

    /// Brings what a page before this one could not write any more to its place.
    async fn take_over(self: &Rc<Self>) {
        for (file, body) in Unsaved::left_behind() {
            let gone = |failure: &Failure| matches!(failure.code, Code::NotFound | Code::Invalid);
            let reply = self.answer(WriteJournal::NAME, body).await;
            // What has no place any more is of no use; anything else is tried the next time.
            if reply.as_ref().err().is_none_or(gone) {
                unsaved::forget(&file);
            }
        }
    }

    /// Answers a command, and writes what comes of it.
    async fn act(self: &Rc<Self>, asked: Asked) -> (Option<Acted>, Result<(), Failure>) {
        let look = asked.look.clone();
        let writing = if look.folders.is_empty() { Default::default() } else { locks::held().await };
        let acted = Rc::new(RefCell::new(None));
        let decide: Decide = {
            let (inner, acted, look) = (self.clone(), acted.clone(), look.clone());
            Box::new(move |mut files| {
                inner.held.borrow().show(&look, &mut files);
                let seen = Seen { files, writing };
                let mut decided = inner.desk.borrow_mut().decide(asked, &seen, page::now().ms);
                let writes = std::mem::take(&mut decided.writes);
                let copy = if decided.hold { writes.clone() } else { Vec::new() };
                *acted.borrow_mut() = Some((decided, copy));
                writes
            })
        };
        let kept = self.storage.turn(look, decide).await;
        let Some((acted, writes)) = acted.borrow_mut().take() else { return (None, kept) };
        self.settle(&kept, writes).await;
        (Some(acted), kept)
    }

    /// Holds what could not be written; where something could, tries what is held once more.
    async fn settle(self: &Rc<Self>, kept: &Result<(), Failure>, writes: Vec<Write>) {
        if kept.is_err() {
            return self.held.borrow_mut().add(writes, page::now().ms);
        }
        self.held.borrow_mut().outdated_by(&writes);
        let held = self.held.borrow().writes();
        if held.is_empty() {
            return;
        }
        let again = held.clone();
        if self.storage.turn(Look::default(), Box::new(move |_| again)).await.is_ok() {
            self.held.borrow_mut().written(&held);
        }
    }

    /// Carries the run on, and comes back when there is more.
    fn beat(self: &Rc<Self>) {
        let Beat { told, writes, end, again_ms } = self.desk.borrow_mut().beat(page::now().ms);
        self.say(told);
        *self.next.borrow_mut() = again_ms.map(|ms| {
            let inner = self.clone();
            Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), move || inner.beat())
        });
        self.hold_growing();
        if writes.is_empty() && end.is_none() {
            return;
        }
        let inner = self.clone();
        spawn_local(async move {
            let copy = writes.clone();
            let kept = inner.storage.turn(Look::default(), Box::new(move |_| writes)).await;
            inner.settle(&kept, copy).await;
            inner.desk.borrow_mut().run_kept(kept.clone());
            if let Some(end) = end {
                let settled = inner.desk.borrow_mut().ended(end, kept);
                // There is nobody who asked.
                let _ = inner.tell(settled);
            }
        });
    }

    /// Other pages know which result grows here, however this one ends.
    fn hold_growing(&self) {
        let growing = self.desk.borrow().growing().map(growing_of);
        let mut held = self.growing.borrow_mut();
        if held.as_ref().map(Lock::name) != growing.as_deref() {
            *held = growing.map(|name| Lock::ask(&name, How::WhenFree, |_| {}));
        }
    }

    fn tell(&self, settled: Settled) -> Result<Value, Failure> {
        settled.changed.into_iter().for_each(|changed| self.others.tell(changed));
        self.say(settled.told);
        settled.reply
    }

    fn say(&self, told: impl IntoIterator<Item = Told>) {
        let ear = self.ear.borrow().clone();
        if let Some(ear) = ear {
            told.into_iter().for_each(|told| ear(Heard::Told(Box::new(told))));
        }
    }

    /// Asks once that the browser doesn't clear away what is written when it runs out of room.
    fn ask_to_keep(&self) {
        if !self.asked_to_keep.replace(true)
            && let Some(storage) = storage_manager()
        {
            // Whatever the answer is, nothing changes for this page.
            let _ = storage.persist();
        }
    }
}

/// What the browser says about storage; not all do, and none on pages that came over an open line.
fn storage_manager() -> Option<web_sys::StorageManager> {
    let navigator = web_sys::window()?.navigator();
    let there = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
    (!there.is_undefined()).then(|| navigator.storage())
}
