//! How wide an element is, as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// The width of an element in pixels; 0 before it is drawn.
pub fn width_of(node: NodeRef<Div>) -> ReadSignal<f64> {
    let (width, set_width) = signal(0.0);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        set_width.set(element.get_bounding_client_rect().width());
        let seen = element.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            set_width.try_set(seen.get_bounding_client_rect().width());
        });
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, changed));
            on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        }
    });
    width
}
