//! Files in a browser: chosen by its picker, kept as downloads. Must not read what is in them.

use js_sys::{Array, Uint8Array};
use tidemark_app_model::LARGEST_FILE;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::{Picked, Taker};

/// Opens the browser's picker.
pub fn pick(taker: Taker) {
    // A picker that can't be opened is not offered by any browser that runs this page.
    let _ = try_pick(taker);
}

fn try_pick(taker: Taker) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let input: HtmlInputElement = document.create_element("input")?.dyn_into()?;
    input.set_type("file");
    let chosen = {
        let input = input.clone();
        Closure::once_into_js(move || {
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                read(file, taker);
            }
        })
    };
    input.set_onchange(Some(chosen.unchecked_ref()));
    input.click();
    Ok(())
}

/// Reads a file that was chosen or dropped, unless it is longer than anything that is opened.
pub fn read(file: File, taker: Taker) {
    if file.size() > LARGEST_FILE as f64 {
        return taker(Picked::TooLarge(file.name(), file.size() as u64));
    }
    spawn_local(async move {
        let read = JsFuture::from(file.array_buffer()).await;
        taker(match read {
            Ok(buffer) => Picked::Read(file.name(), Uint8Array::new(&buffer).to_vec()),
            Err(_) => Picked::Unread(file.name()),
        });
    });
}

/// Offers a file as a download.
pub fn save(name: &str, bytes: &[u8]) {
    // A page that can't make a link is being closed.
    let _ = try_save(name, bytes);
}

fn try_save(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    crate::page::after(10_000, move || drop(Url::revoke_object_url(&address)));
    Ok(())
}
