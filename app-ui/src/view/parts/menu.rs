//! A menu behind a button: the browser's own popover, with arrow keys.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::button::Picture;
use super::field::fresh_id;
use super::leave::while_here;

/// A button that opens a list of things to do.
#[component]
pub fn Menu(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// The picture on it.
    #[prop(optional, into)]
    icon: Option<icondata::Icon>,
    /// Whether the name is seen.
    #[prop(optional)]
    worded: bool,
    /// What the button looks like, where it is not a plain one.
    #[prop(optional, into)]
    class: String,
    /// What is on the button, where it is more than a picture and its name.
    #[prop(optional)]
    face: Option<ViewFn>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
    /// The [`MenuItem`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (list, opener): (NodeRef<html::Div>, NodeRef<html::Button>) = (NodeRef::new(), NodeRef::new());
    let id = fresh_id();
    // What is seen on a button with a face is its name.
    let faced = face.is_some();
    let icon = icon.unwrap_or(icondata::LuEllipsis);
    let close = move |give_back: bool| {
        open.set(false);
        if give_back && let Some(button) = opener.get_untracked() {
            let _ = button.focus();
        }
    };
    let place = RwSignal::new((0.0, 0.0));
    Effect::new(move |_| {
        if open.get()
            && let (Some(list), Some(opener)) = (list.get(), opener.get_untracked())
        {
            place.set(place_beside(&opener, &list));
            walk_items(&list, "Home");
        }
    });
    let class = match (class.is_empty(), worded) {
        (false, _) => class,
        (true, true) => "button quiet".to_owned(),
        (true, false) => "icon-button".to_owned(),
    };
    view! {
        <span class="menu" on:focusout=while_here(move |event: web_sys::FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            if let (Some(list), Some(opener)) = (list.get_untracked(), opener.get_untracked())
                && !to.is_some_and(|to| list.contains(Some(&to)) || opener.contains(Some(&to))) {
                open.set(false);
            }
        })>
            <button type="button" node_ref=opener class=class data-testid=testid
                aria-haspopup="menu" aria-expanded=move || open.get().to_string() aria-controls=id.clone()
                aria-label=move || (!faced).then(|| label.get()) title=label
                on:click=move |event| { event.stop_propagation(); open.update(|open| *open = !*open) }>
                {match face {
                    Some(face) => face.run().into_any(),
                    None => view! {
                        <Picture icon=icon/>
                        {worded.then(|| view! { <span>{label}</span> })}
                    }.into_any(),
                }}
            </button>
            <Show when=move || open.get()>
                <div node_ref=list id=id.clone() class="menu-list" role="menu" aria-label=label
                    style:left=move || format!("{}px", place.get().0) style:top=move || format!("{}px", place.get().1)
                    on:click=move |event| { event.stop_propagation(); close(true) }
                    on:keydown=move |event: KeyboardEvent| match event.key().as_str() {
                        "Escape" => { event.stop_propagation(); event.prevent_default(); close(true) }
                        key @ ("ArrowDown" | "ArrowUp" | "Home" | "End") => {
                            event.stop_propagation();
                            event.prevent_default();
                            if let Some(list) = list.get_untracked() { walk_items(&list, key) }
                        }
                        _ => {}
                    }>{children()}</div>
            </Show>
        </span>
    }
}

/// Where the list goes, in pixels from the window's top left corner: below its button, or above it where there is no room;
/// never out of the window. In the window and not in the page, so that no scrolling part cuts it off.
fn place_beside(opener: &web_sys::HtmlButtonElement, list: &web_sys::HtmlDivElement) -> (f64, f64) {
    let (button, own) = (opener.get_bounding_client_rect(), list.get_bounding_client_rect());
    let side = |of: Option<Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>>| {
        of.and_then(Result::ok).and_then(|value| value.as_f64()).unwrap_or(f64::MAX)
    };
    let window = web_sys::window();
    let width = side(window.as_ref().map(web_sys::Window::inner_width));
    let height = side(window.as_ref().map(web_sys::Window::inner_height));
    const GAP: f64 = 4.0;
    let left = if button.left() + own.width() + GAP <= width { button.left() } else { button.right() - own.width() };
    let below = button.bottom() + GAP;
    let top = if below + own.height() <= height { below } else { (button.top() - GAP - own.height()).max(GAP) };
    (left.max(GAP), top)
}

/// Moves the focus among the items of a list of a menu.
pub fn walk_items(list: &web_sys::HtmlDivElement, key: &str) {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let here = web_sys::window()
        .and_then(|window| window.document()?.active_element())
        .and_then(|active| items.iter().position(|item| *item == active.clone().unchecked_into::<HtmlElement>()));
    let count = items.len();
    let next = match (key, here) {
        ("End", _) | ("ArrowUp", None | Some(0)) => count.saturating_sub(1),
        ("ArrowUp", Some(at)) => at - 1,
        ("ArrowDown", Some(at)) if at + 1 < count => at + 1,
        _ => 0,
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}

/// A thing to do.
#[component]
pub fn MenuItem(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_click: Callback<()>,
    /// A picture before the words.
    #[prop(optional, into)]
    icon: Option<icondata::Icon>,
    /// The keys that do the same.
    #[prop(optional, into)]
    keys: String,
    /// Why it can't be done now; empty if it can.
    #[prop(optional, into)]
    not_now: Signal<String>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let blocked = Memo::new(move |_| !not_now.with(String::is_empty));
    view! {
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" data-testid=testid
            aria-disabled=move || blocked.get().then_some("true") title=move || not_now.get()
            on:click=move |event| if blocked.get_untracked() { event.stop_propagation() } else { on_click.run(()) }>
            {icon.map(|icon| view! { <Picture icon=icon/> })}
            <span class="grow">{label}</span>
            {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
        </button>
    }
}
