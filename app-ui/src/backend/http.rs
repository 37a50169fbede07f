//! The back-end that is served: commands by POST, events by a stream that the browser takes up again where it broke.
//! Must not know what is asked or told.

use std::cell::Cell;
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
        let Ok(source) = EventSource::new("api/events") else { return };
        let lost = Rc::new(Cell::new(false));
        let message = {
            let ear = ear.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                if let Ok(told) = super::read(&text) {
                    ear(Heard::Told(Box::new(told)));
                }
            })
        };
        let opened = {
            let (ear, lost) = (ear.clone(), lost.clone());
            Closure::<dyn Fn()>::new(move || {
                if lost.replace(false) {
                    ear(Heard::Back);
                }
            })
        };
        let broke = Closure::<dyn Fn()>::new(move || {
            if !lost.replace(true) {
                ear(Heard::Lost);
            }
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(broke.as_ref().unchecked_ref()));
        // They live as long as the page.
        message.forget();
        opened.forget();
        broke.forget();
    }
}
