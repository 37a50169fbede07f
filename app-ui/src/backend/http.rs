//! The back-end that is served: commands by POST, events by a stream that the browser takes up again where it broke.
//! Must not know what is asked or told.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use tidemark_app_model::text::shell as say;
use tidemark_core::wire::{Code, Failure};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, Headers, MessageEvent, RequestInit, Response};

use super::{Backend, Ear, Heard};
use crate::page;

/// The name of what a program says when it has nothing to say.
const BEAT: &str = "beat";
/// A line on which nothing came for so long is dead, in milliseconds: three beats.
const SILENT_MS: u64 = 15_000;
/// How often the line is looked at, in milliseconds.
const LOOK_MS: u64 = 2_000;

/// The program that served the page.
pub struct Http;

/// What a program that serves the page puts into its head.
const MARK: &str = "meta[name=tidemark-served]";

/// Whether a program served the page, and so answers behind its address.
pub fn is_there() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| matches!(document.query_selector(MARK), Ok(Some(_))))
}

async fn ask(name: &str, body: String) -> Result<(Response, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let headers = Headers::new()?;
    headers.set("content-type", "application/json")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    let sent = window.fetch_with_str_and_init(&format!("api/call/{name}"), &init);
    let response: Response = JsFuture::from(sent).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response, text))
}

impl Backend for Http {
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        Box::pin(async move {
            match ask(name, body.to_string()).await {
                Ok((response, text)) if response.ok() => super::read(&text),
                Ok((_, text)) => Err(super::read(&text).unwrap_or_else(|_| super::strange(&text))),
                Err(_) => Err(Failure::new(Code::Unreachable, say::LINE_LOST, say::LINE_LOST_HINT)),
            }
        })
    }

    fn listen(&self, ear: Ear) {
        Rc::new(Line {
            ear,
            source: RefCell::default(),
            heard_ms: Cell::new(0),
            lost: Cell::new(false),
            last: RefCell::default(),
        })
        .open();
    }
}

/// The stream of events, opened anew where it fell silent or was refused. It lives as long as the page.
struct Line {
    ear: Ear,
    source: RefCell<Option<EventSource>>,
    /// When anything was heard.
    heard_ms: Cell<u64>,
    lost: Cell<bool>,
    /// The mark of the last event.
    last: RefCell<String>,
}

impl Line {
    fn open(self: Rc<Self>) {
        self.heard_ms.set(page::now().ms);
        let after = js_sys::encode_uri_component(&self.last.borrow());
        if let Ok(source) = EventSource::new(&format!("api/events?after={after}")) {
            self.clone().listen_to(&source);
            *self.source.borrow_mut() = Some(source);
        }
        let line = self;
        page::after(LOOK_MS, move || line.look());
    }

    fn listen_to(self: Rc<Self>, source: &EventSource) {
        let message = {
            let line = self.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                line.heard_ms.set(page::now().ms);
                line.last.replace(event.last_event_id());
                if let Ok(told) = super::read(&event.data().as_string().unwrap_or_default()) {
                    (line.ear)(Heard::Told(Box::new(told)));
                }
            })
        };
        let beat = {
            let line = self.clone();
            Closure::<dyn Fn()>::new(move || line.heard_ms.set(page::now().ms))
        };
        let opened = {
            let line = self.clone();
            Closure::<dyn Fn()>::new(move || {
                line.heard_ms.set(page::now().ms);
                if line.lost.replace(false) {
                    (line.ear)(Heard::Back);
                }
            })
        };
        let broke = Closure::<dyn Fn()>::new(move || self.lose());
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(broke.as_ref().unchecked_ref()));
        // Refused only for what is no event target.
        let _ = source.add_event_listener_with_callback(BEAT, beat.as_ref().unchecked_ref());
        // There are few: one set for each time that the line was lost for good.
        message.forget();
        beat.forget();
        opened.forget();
        broke.forget();
    }

    fn lose(&self) {
        if !self.lost.replace(true) {
            (self.ear)(Heard::Lost);
        }
    }

    /// Looks whether the line is still one. The browser takes up one that broke, but neither one that is refused (by a
    /// program that was started again, until the page is let in) nor one on which nothing comes any more.
    fn look(self: Rc<Self>) {
        let source = self.source.borrow().clone();
        let refused = source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED);
        let silent = page::now().ms.saturating_sub(self.heard_ms.get()) > SILENT_MS;
        if !refused && !silent {
            page::after(LOOK_MS, move || self.look());
            return;
        }
        if let Some(source) = source {
            source.set_onerror(None);
            source.close();
        }
        self.lose();
        self.open();
    }
}
