//! The border above the dock, which makes it higher or lower: by hand, with arrow keys, and back with a double click.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::text::trial as say;
use web_sys::{KeyboardEvent, PointerEvent};

/// How high it is at first, in pixels.
pub const USUAL: f64 = 340.0;
/// The least.
const LEAST: f64 = 160.0;
/// The most.
const MOST: f64 = 900.0;
/// How far an arrow key goes.
const STEP: f64 = 24.0;

/// The border.
#[component]
pub fn Grip(height: RwSignal<f64>) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    // Where the drag began: the pointer's place and the height then.
    let held: StoredValue<Option<(f64, f64)>> = StoredValue::new(None);
    let set = move |to: f64| height.set(to.clamp(LEAST, MOST));
    let begin = move |event: PointerEvent| {
        held.set_value(Some((f64::from(event.client_y()), height.get_untracked())));
        if let Some(grip) = node.get_untracked() {
            // Fails only for a pointer that is gone already.
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: PointerEvent| {
        if let Some((from, was)) = held.get_value() {
            set(was + from - f64::from(event.client_y()));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowUp" => set(height.get_untracked() + STEP),
            "ArrowDown" => set(height.get_untracked() - STEP),
            "Home" => set(LEAST),
            "End" => set(MOST),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="trial-grip" node_ref=node role="separator" tabindex="0" aria-orientation="horizontal" aria-label=say::RESIZE
            data-testid="trial-grip" aria-valuenow=move || height.get().round().to_string()
            aria-valuemin=LEAST.to_string() aria-valuemax=MOST.to_string()
            on:pointerdown=begin on:pointermove=drag on:pointerup=move |_| held.set_value(None)
            on:pointercancel=move |_| held.set_value(None) on:dblclick=move |_| set(USUAL) on:keydown=on_key></div>
    }
}
