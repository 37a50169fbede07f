//! Locks that pages of one address share: the browser gives one back when its page is gone, however it went. Where the
//! browser has none, each page holds what it asks for. Must not know what they stand for.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    /// The browser's own; its binding in web-sys is behind a flag of the compiler.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

/// What the names of our locks begin with.
const OURS: &str = "tidemark ";

/// How a lock is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Only if no page holds it.
    IfFree,
    /// As soon as no page holds it.
    WhenFree,
    /// At once, from whoever holds it.
    ByForce,
}

/// What became of a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// This page holds it.
    Held,
    /// Another page holds it.
    Elsewhere,
    /// Another page took it by force.
    Lost,
}

/// A lock that is held, or waited for, until this is dropped.
pub struct Lock {
    name: String,
    state: Rc<RefCell<State>>,
}

enum State {
    Waiting,
    /// With what ends the promise that the browser waits for.
    Held(Function),
    Dropped,
}

fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let there = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!there.is_undefined()).then(|| there.unchecked_into())
}

impl Lock {
    /// Asks for a lock. Nothing is said once this is dropped.
    pub fn ask(name: &str, how: How, said: impl Fn(Said) + 'static) -> Self {
        let state = Rc::new(RefCell::new(State::Waiting));
        let said = Rc::new(said);
        let granted = {
            let (state, said) = (state.clone(), said.clone());
            Closure::once_into_js(move |lock: JsValue| granted(&lock, &state, &*said))
        };
        let asked = locks().and_then(|locks| locks.request(&format!("{OURS}{name}"), &options(how), &granted).ok());
        match asked {
            Some(over) => {
                let state = state.clone();
                spawn_local(async move {
                    let lost = JsFuture::from(over).await.is_err();
                    if lost && !matches!(*state.borrow(), State::Dropped) {
                        said(Said::Lost);
                    }
                });
            }
            // Without locks there is nobody to share with, as far as can be known.
            None => said(Said::Held),
        }
        Self { name: name.to_owned(), state }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The browser's answer; the lock is held until the promise that it gets for it ends.
fn granted(lock: &JsValue, state: &Rc<RefCell<State>>, said: &dyn Fn(Said)) -> JsValue {
    if matches!(*state.borrow(), State::Dropped) {
        return JsValue::UNDEFINED;
    }
    if lock.is_null() {
        said(Said::Elsewhere);
        return JsValue::UNDEFINED;
    }
    let until = Promise::new(&mut |resolve, _| *state.borrow_mut() = State::Held(resolve));
    said(Said::Held);
    until.into()
}

fn options(how: How) -> Object {
    let options = Object::new();
    let word = match how {
        How::IfFree => "ifAvailable",
        How::ByForce => "steal",
        How::WhenFree => return options,
    };
    // Setting what a plain object has can't fail.
    let _ = Reflect::set(&options, &word.into(), &true.into());
    options
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let State::Held(resolve) = self.state.replace(State::Dropped) {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// The names of the locks that pages hold, this one's included.
pub async fn held() -> BTreeSet<String> {
    read_held().await.unwrap_or_default()
}

async fn read_held() -> Option<BTreeSet<String>> {
    let found = JsFuture::from(locks()?.query().ok()?).await.ok()?;
    let held: Array = Reflect::get(&found, &"held".into()).ok()?.dyn_into().ok()?;
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(held.iter().filter_map(name).filter_map(|name| Some(name.strip_prefix(OURS)?.to_owned())).collect())
}
