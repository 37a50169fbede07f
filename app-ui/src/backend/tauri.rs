//! The back-end inside a desktop window: commands and events by the window's own line. Must not know what is asked or told.

use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;
use tidemark_app_model::text::shell as say;
use tidemark_core::wire::{Code, Failure};
use wasm_bindgen::prelude::*;

use super::{Backend, Ear, Heard};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI__", "core"])]
    async fn invoke(command: &str, arguments: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["window", "__TAURI__", "core"])]
    type Channel;

    #[wasm_bindgen(constructor, js_namespace = ["window", "__TAURI__", "core"])]
    fn new(heard: &Closure<dyn Fn(JsValue)>) -> Channel;
}

/// The window that holds the page.
pub struct Tauri;

/// Whether the page is in a desktop window.
pub fn is_there() -> bool {
    web_sys::window().is_some_and(|window| js_sys::Reflect::has(&window, &"__TAURI__".into()).unwrap_or(false))
}

fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

fn strange(what: &str) -> Failure {
    Failure::new(Code::Internal, say::STRANGE_ANSWER, what)
}

impl Backend for Tauri {
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        Box::pin(async move {
            let arguments = to_js(&serde_json::json!({ "name": name, "body": body }));
            match invoke("call", arguments).await {
                Ok(reply) => serde_wasm_bindgen::from_value(reply).map_err(|error| strange(&error.to_string())),
                Err(failure) => {
                    Err(serde_wasm_bindgen::from_value(failure).unwrap_or_else(|error| strange(&error.to_string())))
                }
            }
        })
    }

    fn listen(&self, ear: Ear) {
        let heard = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            if let Ok(told) = serde_wasm_bindgen::from_value(event) {
                ear(Heard::Told(Box::new(told)));
            }
        });
        let channel = Channel::new(&heard);
        // It lives as long as the page.
        heard.forget();
        let arguments = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&arguments, &"channel".into(), &channel);
        leptos::task::spawn_local(async move {
            // A window that can't be listened to shows nothing of a run; its calls still say what is wrong.
            let _ = invoke("subscribe", arguments.into()).await;
        });
    }
}
