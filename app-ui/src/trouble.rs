//! What is shown where the app itself breaks down: a page with the details to copy, and that nothing is lost. Must not
//! rely on anything else of the app, as that is what broke.

use tidemark_app_model::text::shell as say;
use wasm_bindgen::JsCast;

/// Shows a page instead of falling silent where something panics.
pub fn catch() {
    std::panic::set_hook(Box::new(|info| {
        let details = info.to_string();
        web_sys::console::error_1(&details.as_str().into());
        show(&details);
    }));
}

/// Adds the page; gives up silently, as there is nobody left to tell.
fn show(details: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.body()?;
    let page = document.create_element("section").ok()?;
    page.set_class_name("broken");
    page.set_attribute("role", "alert").ok()?;
    for (kind, text) in [("h1", say::BROKEN), ("p", say::BROKEN_SAFE), ("pre", details)] {
        let part = document.create_element(kind).ok()?;
        part.set_text_content(Some(text));
        page.append_child(&part).ok()?;
    }
    let again = document.create_element("a").ok()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    again.set_attribute("href", "").ok()?;
    again.set_text_content(Some(say::BROKEN_AGAIN));
    page.append_child(&again).ok()?;
    body.append_child(&page).ok()?;
    Some(())
}
