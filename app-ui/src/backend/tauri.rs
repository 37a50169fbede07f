//! The back-end inside a desktop window: commands, events and files by the window's own line. Must not know what is asked
//! or told.

use std::cell::RefCell;

use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tidemark_core::wire::{Bytes, Failure, Said};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Backend, Ear, Heard, Picked, Taker};

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
#[derive(Default)]
pub struct Tauri {
    /// Who listens; files that are chosen may be for them.
    ear: RefCell<Option<Ear>>,
}

/// Whether the page is in a desktop window.
pub fn is_there() -> bool {
    web_sys::window().is_some_and(|window| js_sys::Reflect::has(&window, &"__TAURI__".into()).unwrap_or(false))
}

fn to_js(value: &Value) -> JsValue {
    js_sys::JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Failure> {
    // What is undefined has no text.
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    super::read(text.as_deref().unwrap_or("null"))
}

/// Asks the window for something; nothing comes back where it has nothing to say.
async fn ask<T: DeserializeOwned>(command: &str, arguments: JsValue) -> Result<T, Failure> {
    match invoke(command, arguments).await {
        Ok(reply) => from_js(&reply),
        Err(failure) => Err(from_js(&failure).unwrap_or_else(|strange| strange)),
    }
}

/// Has the window call this for each thing it has to tell, as long as the page lives.
fn attend(command: &'static str, heard: impl Fn(JsValue) + 'static) {
    let heard = Closure::<dyn Fn(JsValue)>::new(heard);
    let channel = Channel::new(&heard);
    heard.forget();
    let arguments = js_sys::Object::new();
    // A plain object takes any key.
    let _ = js_sys::Reflect::set(&arguments, &"channel".into(), &channel);
    spawn_local(async move {
        // A window that can't be listened to shows nothing of a run; its calls still say what is wrong.
        let _ = invoke(command, arguments.into()).await;
    });
}

impl Backend for Tauri {
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        let arguments = to_js(&json!({ "name": name, "body": body }));
        Box::pin(async move { ask("call", arguments).await })
    }

    fn listen(&self, ear: Ear) {
        self.ear.replace(Some(ear.clone()));
        let of_window = ear.clone();
        attend("subscribe", move |event| {
            if let Ok(told) = from_js(&event) {
                ear(Heard::Told(Box::new(told)));
            }
        });
        attend("attend", move |said| {
            if let Ok(said) = from_js(&said) {
                of_window(Heard::Said(Box::new(said)));
            }
        });
    }

    fn pick_file(&self, taker: Taker) {
        let ear = self.ear.borrow().clone();
        spawn_local(async move {
            let picked = ask::<Option<Said>>("pick_file", JsValue::UNDEFINED).await;
            match (picked.unwrap_or_else(|failure| Some(Said::Failed(failure))), ear) {
                (Some(Said::Given(given)), _) => taker(Picked::Read(given.name, given.bytes.0)),
                (Some(said), Some(ear)) => ear(Heard::Said(Box::new(said))),
                _ => {}
            }
        });
    }

    fn save_file(&self, name: &str, bytes: Vec<u8>) {
        let ear = self.ear.borrow().clone();
        let arguments = to_js(&json!({ "name": name, "bytes": Bytes(bytes) }));
        spawn_local(async move {
            if let (Err(failure), Some(ear)) = (ask::<bool>("save_file", arguments).await, ear) {
                ear(Heard::Said(Box::new(Said::Failed(failure))));
            }
        });
    }

    fn dress(&self, theme: &str) {
        let arguments = to_js(&json!({ "theme": theme }));
        spawn_local(async move {
            // A menu that stays as it was works as well.
            let _ = invoke("dress", arguments).await;
        });
    }

    fn leave(&self) {
        spawn_local(async {
            // A window that is closing needs no answer.
            let _ = invoke("leave", JsValue::UNDEFINED).await;
        });
    }
}
