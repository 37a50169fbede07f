//! The border between the outline and the settings: dragged, moved by keys, put back by a double click. Must not know what
//! is on either side.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use tidemark_app_model::text::build as say;

/// How wide the settings are, in pixels: usually, at least, at most.
pub(super) const USUAL: f64 = 400.0;
const LEAST: f64 = 280.0;
const MOST: f64 = 720.0;

/// The border.
#[component]
pub(super) fn Split(size: RwSignal<f64>) -> impl IntoView {
    let from = StoredValue::new(None::<(f64, f64)>);
    let put = move |pixels: f64| size.set(pixels.clamp(LEAST, MOST).round());
    let place = |event: &PointerEvent| f64::from(event.client_x());
    let keys = move |event: KeyboardEvent| {
        let step = if event.shift_key() { 80.0 } else { 16.0 };
        let now = size.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => put(now + step),
            "ArrowRight" => put(now - step),
            "Home" => put(LEAST),
            "End" => put(MOST),
            "Enter" => put(USUAL),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div class="split" role="separator" tabindex="0" data-testid="split-side" aria-label=say::RESIZE title=say::RESIZE
            aria-orientation="vertical" aria-valuemin=LEAST aria-valuemax=MOST aria-valuenow=move || size.get()
            on:pointerdown=move |event| {
                if event.button() == 0 {
                    let target: web_sys::Element = event_target(&event);
                    let _ = target.set_pointer_capture(event.pointer_id());
                    from.set_value(Some((place(&event), size.get_untracked())));
                }
            }
            on:pointermove=move |event| if let Some((start, before)) = from.get_value() { put(before + start - place(&event)) }
            on:pointerup=move |_| from.set_value(None)
            on:pointercancel=move |_| from.set_value(None)
            on:dblclick=move |_| put(USUAL)
            on:keydown=keys></div>
    }
}
