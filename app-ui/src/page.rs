//! What the page itself can do: its address, its clock, focus, the live region, the clipboard. Must not know the model.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use tidemark_app_model::model::Moment;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, DomRect, Event, HtmlElement, HtmlTextAreaElement, Window};

/// What can have the focus.
const TAKES_FOCUS: &str = "button, a[href], input, select, textarea, [tabindex=\"0\"]";

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The moment, with the local clock's distance from UTC.
pub fn now() -> Moment {
    let date = js_sys::Date::new_0();
    Moment { ms: date.get_time() as u64, ahead_minutes: -(date.get_timezone_offset() as i32) }
}

/// The address behind and with `#`; empty if there is none.
pub fn route() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts an address into the address bar, as a place to go back to.
pub fn set_route(text: &str) {
    if let Some(window) = window()
        && route() != text
    {
        // Refused only for a page that is being closed.
        let _ = window.location().set_hash(text);
    }
}

/// Does something after so many milliseconds.
pub fn after(ms: u64, act: impl FnOnce() + 'static) {
    Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), act).forget();
}

/// The element with this test id.
pub fn by_test_id(id: &str) -> Option<HtmlElement> {
    let escaped = id.replace('\\', "\\\\").replace('"', "\\\"");
    document()?.query_selector(&format!("[data-testid=\"{escaped}\"]")).ok()??.dyn_into().ok()
}

/// The test id of an element that an event came from.
pub fn test_id_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    target?.dyn_into::<web_sys::Element>().ok()?.get_attribute("data-testid")
}

/// Whether nothing has the focus.
pub fn focus_is_lost() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|element| element.tag_name() == "BODY")
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

thread_local! {
    /// The region of the page that had the focus last.
    static LAST_REGION: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// What has the focus before something is done, and where it is; for [`find_focus`].
pub fn mark_focus() -> Option<(HtmlElement, DomRect)> {
    let focused = focused().filter(|focused| focused.tag_name() != "BODY")?;
    let region = focused.closest("[data-region]").ok().flatten().and_then(|region| region.dyn_into().ok());
    if region.is_some() {
        LAST_REGION.set(region);
    }
    let place = focused.get_bounding_client_rect();
    Some((focused, place))
}

/// Where what had the focus was taken off the page, gives it to what is nearest in the region that had it last.
pub fn find_focus((focused, place): (HtmlElement, DomRect)) {
    let look = move || {
        if focused.is_connected() || !focus_is_lost() {
            return;
        }
        let last = LAST_REGION.with_borrow(Option::clone).filter(|region| region.is_connected());
        let main = || document()?.query_selector("main").ok()??.dyn_into().ok();
        if let Some(region) = last.or_else(main) {
            // Fails only for what is not in the page any more.
            let _ = nearest(&region, &place).unwrap_or(region).focus();
        }
    };
    // Dialogs and menus that close give it back themselves, and come first.
    after(0, move || after(0, look));
}

/// What takes the focus in a region and lies nearest to a place, above all in height.
fn nearest(region: &HtmlElement, place: &DomRect) -> Option<HtmlElement> {
    let found = region.query_selector_all(TAKES_FOCUS).ok()?;
    let far = |element: &HtmlElement| {
        let own = element.get_bounding_client_rect();
        let is_seen = own.width() > 0.0 && element.tab_index() >= 0 && !element.has_attribute("disabled");
        is_seen.then(|| 4.0 * (own.top() - place.top()).abs() + (own.left() - place.left()).abs())
    };
    let all = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
    let near = all.filter_map(|element| Some((far(&element)?, element)));
    near.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, element)| element)
}

/// What gets the focus back once something that opens now is closed: what has it, or the button of a menu that closes
/// meanwhile.
pub fn to_give_back() -> Option<HtmlElement> {
    let focused = focused()?;
    let opener = focused.closest("[role=menu]").ok().flatten().and_then(|list| {
        let id = list.get_attribute("id")?;
        document()?.query_selector(&format!("[aria-controls=\"{id}\"]")).ok()??.dyn_into().ok()
    });
    Some(opener.unwrap_or(focused))
}

/// The element at a point of the window, in pixels.
pub fn at_point(x: f64, y: f64) -> Option<web_sys::Element> {
    document()?.element_from_point(x as f32, y as f32)
}

/// How high the window is, in pixels.
pub fn window_height() -> f64 {
    let height = window().and_then(|window| window.inner_height().ok()).and_then(|height| height.as_f64());
    height.unwrap_or(f64::MAX)
}

/// How wide the window is, in pixels.
pub fn window_width() -> f64 {
    let width = window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
    width.unwrap_or(f64::MAX)
}

/// Whether an event came from inside of what fits a selector.
pub fn lies_in(target: &web_sys::EventTarget, selector: &str) -> bool {
    let element = target.dyn_ref::<web_sys::Element>();
    element.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Moves the focus to the element with this test id, once it is drawn.
pub fn focus(id: String) {
    after(0, move || {
        if let Some(element) = by_test_id(&id) {
            let _ = element.focus();
        }
    });
}

/// Shows the top of the screen.
pub fn to_top() {
    if let Some(main) = document().and_then(|document| document.query_selector("main").ok().flatten()) {
        main.set_scroll_top(0);
    }
}

/// Says something in the live region.
pub fn announce(text: &str) {
    if let Some(region) = document().and_then(|document| document.get_element_by_id("live-region")) {
        region.set_text_content(Some(text));
    }
}

/// Whether what is typed now goes into a text.
pub fn edits_text() -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|element| crate::keys::turns_itself(&element))
}

/// Undoes or redoes in the text that has the focus.
pub fn turn_text(command: &str) {
    if let Some(document) = document().and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok()) {
        // Refused where there is nothing to undo.
        let _ = document.exec_command(command);
    }
}

/// Whether nobody sees the page.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Asks a person who leaves the page whether that is meant, or no longer.
pub fn ask_before_leaving(ask: bool) {
    let Some(window) = window() else { return };
    // Nobody but the browser can say what is asked.
    let stay = ask.then(|| Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default()).into_js_value());
    window.set_onbeforeunload(stay.as_ref().map(JsCast::unchecked_ref));
}

/// Puts a text on the clipboard; whether it is there is told. To be called while a press or a click is taken.
pub fn copy(text: String, told: impl FnOnce(bool) + 'static) {
    let Some(clipboard) = clipboard() else { return told(copy_chosen(&text)) };
    let asked = clipboard.write_text(&text);
    spawn_local(async move {
        let there = wasm_bindgen_futures::JsFuture::from(asked).await.is_ok();
        told(there || copy_chosen(&text));
    });
}

/// The browser's clipboard; there is none on pages that came over an open line.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window()?.navigator();
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    (!there.is_undefined()).then(|| navigator.clipboard())
}

/// Copies as a person does, from a field where the text is chosen; whether the browser let it.
fn copy_chosen(text: &str) -> bool {
    let Some(document) = document().and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok()) else {
        return false;
    };
    let before = focused();
    // What is behind an open dialog can't be chosen.
    let dialog = before.as_ref().and_then(|element| element.closest("dialog").ok().flatten());
    let made = document.create_element("textarea").ok().and_then(|made| made.dyn_into::<HtmlTextAreaElement>().ok());
    let (Some(field), Some(place)) = (made, dialog.or_else(|| document.body().map(Into::into))) else { return false };
    field.set_value(text);
    // Out of sight, and where nothing has to be scrolled for it.
    let _ = field.set_attribute("style", "position: fixed; inset: 0 auto auto 0; opacity: 0");
    let _ = place.append_child(&field);
    let _ = field.focus();
    field.select();
    let copied = document.exec_command("copy").unwrap_or(false);
    field.remove();
    if let Some(before) = before {
        let _ = before.focus();
    }
    copied
}

/// Sets an attribute of the whole page, such as its theme.
pub fn mark(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// Sets the page's title.
pub fn title(text: &str) {
    if let Some(document) = document() {
        document.set_title(text);
    }
}

/// The address of the script that starts the app; a worker is started with it, too.
pub fn start_script() -> Option<String> {
    let script = document()?.query_selector("script[type=module][src]").ok()??;
    let address = script.get_attribute("src")?;
    // From inside a worker only whole addresses lead anywhere.
    web_sys::Url::new_with_base(&address, &document()?.base_uri().ok()??).ok().map(|url| url.href())
}

/// Moves the focus to the next region of the page, or the one before: what is marked with `data-region`, and after the last
/// the first.
pub fn walk_regions(forward: bool) {
    let Some(document) = document() else { return };
    let Ok(found) = document.query_selector_all("[data-region]") else { return };
    let regions: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|region| region.get_bounding_client_rect().width() > 0.0)
        .collect();
    let active = document.active_element();
    // Regions may lie in each other; the innermost one that holds the focus comes last.
    let here = regions.iter().rposition(|region| region.contains(active.as_deref()));
    let count = regions.len();
    let next = match (here, forward) {
        _ if count == 0 => return,
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    enter(&regions[next]);
}

/// Moves the focus to the first thing in a region that takes it, else to the region.
pub fn enter(region: &HtmlElement) {
    let inside =
        region.query_selector(TAKES_FOCUS).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let target = inside.as_ref().unwrap_or(region);
    // Fails only for what is not in the page any more.
    let _ = target.focus();
}

/// The name of the modifier that commands are given with: `⌘` on a Mac, else `Ctrl`.
pub fn command_key() -> &'static str {
    let agent = window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    if agent.contains("Mac") { "⌘" } else { "Ctrl" }
}
