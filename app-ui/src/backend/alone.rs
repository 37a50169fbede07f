//! The browser alone, as a page has it before that part of the program is there: what is asked meanwhile waits. Must not
//! know what is asked.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use serde_json::Value;
use tidemark_app_model::text::shell as say;
use tidemark_core::wire::{Code, Failure};
use wasm_bindgen_futures::spawn_local;

use super::{Backend, Ear, Heard};
use crate::{later, page};

/// How long after a part could not be fetched it is tried again, in milliseconds.
const AGAIN_MS: u64 = 2_000;

type Coming = Shared<LocalBoxFuture<'static, Option<Rc<dyn Backend>>>>;

/// The browser alone, coming.
#[derive(Clone, Default)]
pub struct Alone(Rc<RefCell<Option<Coming>>>);

impl Alone {
    /// What answers; none where its part could not be fetched, which is tried anew by the next one who asks.
    async fn there(&self) -> Option<Rc<dyn Backend>> {
        let coming = {
            let mut held = self.0.borrow_mut();
            let fetch = || async { later::alone(()).await.ok() }.boxed_local().shared();
            held.get_or_insert_with(fetch).clone()
        };
        let there = coming.clone().await;
        if there.is_none() {
            let mut held = self.0.borrow_mut();
            // Another one who asked may have begun anew already.
            if held.as_ref().is_some_and(|held| held.ptr_eq(&coming)) {
                *held = None;
            }
        }
        there
    }

    /// Tells the ear when the part is missing, and listens as soon as it is there.
    async fn listens(&self, ear: Ear, tried: bool) {
        match self.there().await {
            Some(there) => {
                there.listen(ear.clone());
                if tried {
                    ear(Heard::Back);
                }
            }
            None => {
                if !tried {
                    ear(Heard::Lost);
                }
                let alone = self.clone();
                page::after(AGAIN_MS, move || spawn_local(async move { alone.listens(ear, true).await }));
            }
        }
    }
}

impl Backend for Alone {
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        let alone = self.clone();
        // Where it is there, what is asked must reach it at once: the page may be gone a moment later.
        if let Some(Some(there)) = self.0.borrow().as_ref().and_then(|coming| coming.clone().now_or_never()) {
            return there.call(name, body);
        }
        Box::pin(async move {
            match alone.there().await {
                Some(there) => there.call(name, body).await,
                None => Err(Failure::new(Code::Internal, say::PART_MISSING, "")),
            }
        })
    }

    fn listen(&self, ear: Ear) {
        let alone = self.clone();
        spawn_local(async move { alone.listens(ear, false).await });
    }
}
