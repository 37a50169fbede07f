//! Files in the browser's database: one store of whole files by path, each with the mark of its bytes. A change is there as a
//! whole or not at all, and no other page comes between looking and writing. Must not know what is in a file.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use tidemark_app_model::desk::{Kept, Look, Write};
use tidemark_app_model::text::desk as say;
use tidemark_core::wire::{Code, Failure, shelf};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::{Decide, Storage};
use crate::page;

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions can be told to be safe on the disk; web-sys has that behind a flag of the compiler.
    #[wasm_bindgen(extends = IdbDatabase)]
    type Safe;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Safe, store: &str, mode: &str, options: &JsValue) -> Result<IdbTransaction, JsValue>;
}

const STORE: &str = "files";
/// A database that doesn't open by then is as good as none, in milliseconds.
const PATIENCE_MS: u32 = 5_000;

/// The browser's database.
pub struct Database(Rc<Opened>);

struct Opened {
    name: String,
    database: RefCell<Option<IdbDatabase>>,
    /// It could be opened once.
    ever: Cell<bool>,
}

impl Database {
    /// The database of this page's address. It is opened when it is first needed.
    pub fn new() -> Self {
        Self::named("tidemark")
    }

    /// Another one.
    pub fn named(name: &str) -> Self {
        Self(Rc::new(Opened { name: name.to_owned(), database: RefCell::new(None), ever: Cell::new(false) }))
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

impl Storage for Database {
    fn turn(&self, look: Look, decide: Decide) -> LocalBoxFuture<'static, Result<(), Failure>> {
        let opened = self.0.clone();
        Box::pin(async move {
            if look.is_empty() {
                let writes = decide(BTreeMap::new());
                return if writes.is_empty() { Ok(()) } else { opened.take(writes).await };
            }
            match opened.look(&look).await {
                Ok((files, change)) => {
                    let writes = decide(files);
                    finish(change, writes).await.map_err(|error| failure_of(&error))
                }
                Err(error) => {
                    opened.database.borrow_mut().take();
                    // A page that may keep nothing works with what it holds; one that could look before must not take it
                    // for nothing.
                    let writes = if opened.ever.get() { Vec::new() } else { decide(BTreeMap::new()) };
                    if writes.is_empty() && !opened.ever.get() { Ok(()) } else { Err(failure_of(&error)) }
                }
            }
        })
    }
}

/// A change under way: nobody else changes anything meanwhile.
struct Change {
    transaction: IdbTransaction,
    files: IdbObjectStore,
}

impl Opened {
    async fn take(&self, writes: Vec<Write>) -> Result<(), Failure> {
        let written = match self.begin().await {
            Ok(change) => finish(change, writes).await,
            Err(error) => Err(error),
        };
        written.map_err(|error| {
            self.database.borrow_mut().take();
            failure_of(&error)
        })
    }

    /// All files that are wanted, and the change that they were seen in.
    async fn look(&self, look: &Look) -> Result<(BTreeMap<String, Kept>, Change), JsValue> {
        let change = self.begin().await?;
        // All are asked for at once: a change ends by itself when nothing is asked any more.
        let mut asked = Vec::new();
        for path in &look.files {
            let key = JsValue::from_str(path);
            asked.push((Some(path.clone()), settled(&change.files.get(&key)?), None));
        }
        for folder in &look.folders {
            let range = within(folder)?;
            let values = settled(&change.files.get_all_with_key(&range)?);
            asked.push((None, values, Some(settled(&change.files.get_all_keys_with_key(&range)?))));
        }
        let mut files = BTreeMap::new();
        for (path, values, keys) in asked {
            let values = JsFuture::from(values).await?;
            match (path, keys) {
                (Some(path), _) => files.extend(kept(&values).map(|kept| (path, kept))),
                (None, Some(keys)) => {
                    let keys = Array::from(&JsFuture::from(keys).await?);
                    let values = Array::from(&values);
                    let both = keys.iter().zip(values.iter());
                    files.extend(both.filter_map(|(key, value)| Some((key.as_string()?, kept(&value)?))));
                }
                (None, None) => {}
            }
        }
        Ok((files, change))
    }

    async fn begin(&self) -> Result<Change, JsValue> {
        let known = self.database.borrow().clone();
        let database = match known {
            Some(database) => database,
            None => {
                let database = open(&self.name).await?;
                *self.database.borrow_mut() = Some(database.clone());
                self.ever.set(true);
                database
            }
        };
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction = database.unchecked_into::<Safe>().transaction(STORE, "readwrite", &options)?;
        let files = transaction.object_store(STORE)?;
        Ok(Change { transaction, files })
    }
}

/// Opens the database, and makes its store where it is new.
async fn open(name: &str) -> Result<IdbDatabase, JsValue> {
    let factory = web_sys::window().ok_or(JsValue::NULL)?.indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(name, 1)?;
    let made = {
        let request = request.clone();
        Closure::once_into_js(move || {
            let database = request.result().map(JsCast::unchecked_into::<IdbDatabase>);
            // Where there can be no store, nothing can be looked at, which says so.
            database.and_then(|database| database.create_object_store(STORE)).is_ok()
        })
    };
    request.set_onupgradeneeded(Some(made.unchecked_ref()));
    let opening = JsFuture::from(settled(&request));
    match select(opening, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((database, _)) => {
            let database: IdbDatabase = database?.unchecked_into();
            // A later version of the app, in another page, may need it to itself.
            let closing = database.clone();
            let close = Closure::once_into_js(move || closing.close());
            database.set_onversionchange(Some(close.unchecked_ref()));
            Ok(database)
        }
        Either::Right(_) => Err(JsValue::from_str(say::TOO_SLOW)),
    }
}

/// Writes, and waits until all of it is safe.
async fn finish(change: Change, writes: Vec<Write>) -> Result<(), JsValue> {
    let done = JsFuture::from(ended(&change.transaction));
    if let Err(error) = writes.into_iter().try_for_each(|write| put(&change.files, write)) {
        // All or nothing; one that ended by itself has nothing to take back.
        let _ = change.transaction.abort();
        return Err(error);
    }
    done.await.map(drop)
}

fn put(files: &IdbObjectStore, write: Write) -> Result<(), JsValue> {
    match write {
        Write::Put(path, bytes) => {
            let value = Object::new();
            Reflect::set(&value, &"mark".into(), &shelf::revision(&bytes).into())?;
            Reflect::set(&value, &"changed".into(), &(page::now().ms as f64).into())?;
            Reflect::set(&value, &"bytes".into(), &Uint8Array::from(&bytes[..]))?;
            files.put_with_key(&value, &path.into()).map(drop)
        }
        Write::Remove(path) => files.delete(&path.into()).map(drop),
        Write::Clear(folder) => files.delete(&within(&folder)?.into()).map(drop),
    }
}

/// All paths that begin so.
fn within(folder: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&folder.into(), &format!("{folder}\u{ffff}").into())
}

/// A file as it stands in the store; whether its bytes are those that were written is seen by their mark.
fn kept(value: &JsValue) -> Option<Kept> {
    if !value.is_object() {
        return None;
    }
    let part = |name: &str| Reflect::get(value, &name.into()).ok();
    let bytes = part("bytes")?.dyn_into::<Uint8Array>().ok()?.to_vec();
    let sound = part("mark")?.as_string()? == shelf::revision(&bytes);
    let changed_ms = part("changed").and_then(|at| at.as_f64()).unwrap_or(0.0) as u64;
    Some(Kept { bytes, changed_ms, sound })
}

/// The outcome of a request.
fn settled(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let asked = request.clone();
        // One for both ends, as each is called once at most.
        let heard = Closure::once_into_js(move |event: Event| match event.type_() == "success" {
            true => resolve.call1(&JsValue::NULL, &asked.result().unwrap_or(JsValue::UNDEFINED)).is_ok(),
            false => reject.call1(&JsValue::NULL, &asked.error().ok().flatten().into()).is_ok(),
        });
        request.set_onsuccess(Some(heard.unchecked_ref()));
        request.set_onerror(Some(heard.unchecked_ref()));
    })
}

/// The outcome of a change.
fn ended(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let over = transaction.clone();
        let heard = Closure::once_into_js(move |event: Event| match event.type_() == "complete" {
            true => resolve.call0(&JsValue::NULL).is_ok(),
            false => reject.call1(&JsValue::NULL, &over.error().into()).is_ok(),
        });
        transaction.set_oncomplete(Some(heard.unchecked_ref()));
        transaction.set_onabort(Some(heard.unchecked_ref()));
    })
}

fn failure_of(error: &JsValue) -> Failure {
    let (name, message) = match error.dyn_ref::<DomException>() {
        Some(error) => (error.name(), error.message()),
        None => (String::new(), error.as_string().unwrap_or_default()),
    };
    match name.as_str() {
        "QuotaExceededError" => Failure::new(Code::Io, say::FULL, say::FULL_HINT),
        // Thrown, or nothing there at all, where a person forbids the page to keep data.
        "SecurityError" | "InvalidStateError" => Failure::new(Code::Io, say::FORBIDDEN, say::FORBIDDEN_HINT),
        "" if message.is_empty() => Failure::new(Code::Io, say::FORBIDDEN, say::FORBIDDEN_HINT),
        _ => Failure::new(Code::Io, say::not_kept(&message), say::NOT_KEPT_HINT),
    }
}
