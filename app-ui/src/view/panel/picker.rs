//! The list of values that can be put into a text, in groups. The focus stays in the text. Must not know what is typed.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::select::chips::Offers;
use tidemark_app_model::select::values::{Available, From};
use tidemark_app_model::text::{forms, panel as say};

use crate::view::parts::Picture;

/// The picture of where a value comes from.
pub(super) fn source_icon(from: Option<From>) -> icondata::Icon {
    match from {
        Some(From::Table) => icondata::LuTable,
        Some(From::Saved) => icondata::LuCornerDownRight,
        Some(From::MadeUp) => icondata::LuWand,
        Some(From::Fixed) => icondata::LuPin,
        Some(From::Secret) => icondata::LuKeyRound,
        Some(From::BuiltIn) => icondata::LuInfo,
        None => icondata::LuCircleHelp,
    }
}

/// The id of an option in a list.
pub(super) fn option_id(list: &str, number: usize) -> String {
    format!("{list}-{number}")
}

/// The list below a field.
#[component]
pub(super) fn Picker(
    /// Its id.
    id: StoredValue<String>,
    /// What can be chosen.
    offers: Memo<Vec<Offers>>,
    /// The number of the one that Enter takes.
    active: RwSignal<usize>,
    /// The field.
    field: NodeRef<html::Div>,
    /// Hears the name that is chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let list: NodeRef<html::Div> = NodeRef::new();
    let place = RwSignal::new(String::new());
    Effect::new(move |_| {
        offers.track();
        if let (Some(list), Some(field)) = (list.get(), field.get_untracked()) {
            place.set(below(&field, &list));
        }
    });
    Effect::new(move |_| {
        let wanted = option_id(&id.get_value(), active.get());
        let option = list.get().and_then(|list| list.query_selector(&format!("#{wanted}")).ok()).flatten();
        if let (Some(option), Some(list)) = (option, list.get_untracked()) {
            into_sight(&option, &list);
        }
    });
    let option = move |(number, value): (usize, Available)| {
        let name = value.name.clone();
        let chosen = value.name.clone();
        view! {
            <div class="picker-option" role="option" id=option_id(&id.get_value(), number) data-testid=format!("value-{}", value.name)
                aria-selected=move || (active.get() == number).to_string()
                on:click=move |_| on_choose.run(chosen.clone())>
                <Picture icon=source_icon(Some(value.from))/>
                <span class="picker-name">{name}</span>
                {value.last.map(|last| view! { <span class="picker-last">{forms::short(&last)}</span> })}
            </div>
        }
    };
    let group = move |group: Offers| {
        view! {
            <div role="group" aria-label=say::source(group.from)>
                <p class="picker-head" aria-hidden="true">{say::source(group.from)}</p>
                {group.values.into_iter().map(option).collect_view()}
            </div>
        }
    };
    view! {
        // A press on the list leaves the focus in the text.
        <div node_ref=list class="picker" role="listbox" id=id.get_value() data-testid="value-picker" aria-label=say::VALUES style=place
            on:pointerdown=|event| event.prevent_default() on:mousedown=|event| event.prevent_default()>
            {move || offers.get().into_iter().map(group).collect_view()}
            <Show when=move || offers.with(Vec::is_empty)>
                <p class="picker-none" role="option" aria-disabled="true" aria-selected="false">{say::NO_VALUES}</p>
            </Show>
        </div>
    }
}

/// Where the list goes: below its field, or above it where there is no room; in the window and not in the page, so that no
/// scrolling part cuts it off.
fn below(field: &web_sys::HtmlDivElement, list: &web_sys::HtmlDivElement) -> String {
    const GAP: f64 = 4.0;
    let (field, own) = (field.get_bounding_client_rect(), list.get_bounding_client_rect());
    let side = |of: fn(&web_sys::Window) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        web_sys::window().and_then(|window| of(&window).ok()?.as_f64()).unwrap_or(f64::MAX)
    };
    let (width, height) = (side(web_sys::Window::inner_width), side(web_sys::Window::inner_height));
    let wide = field.width().max(288.0).min(width - 2.0 * GAP);
    let left = field.left().min(width - wide - GAP).max(GAP);
    let fits = field.bottom() + GAP + own.height() <= height;
    let top = if fits { field.bottom() + GAP } else { (field.top() - GAP - own.height()).max(GAP) };
    format!("left: {left}px; top: {top}px; inline-size: {wide}px")
}

/// Scrolls the list so far that an option is seen.
fn into_sight(option: &web_sys::Element, list: &web_sys::HtmlDivElement) {
    let (own, around) = (option.get_bounding_client_rect(), list.get_bounding_client_rect());
    let by =
        if own.top() < around.top() { own.top() - around.top() } else { (own.bottom() - around.bottom()).max(0.0) };
    list.set_scroll_top(list.scroll_top() + by as i32);
}
