//! How large an element is, as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DomRect, HtmlDivElement, ResizeObserver};

/// The width of an element in pixels; 0 before it is drawn.
pub fn width_of(node: NodeRef<Div>) -> ReadSignal<f64> {
    length_of(node, DomRect::width)
}

/// The height of an element in pixels; 0 before it is drawn.
pub fn height_of(node: NodeRef<Div>) -> ReadSignal<f64> {
    length_of(node, DomRect::height)
}

fn length_of(node: NodeRef<Div>, of: fn(&DomRect) -> f64) -> ReadSignal<f64> {
    let (length, set_length) = signal(0.0);
    on_resize(node, move |element| {
        set_length.try_set(of(&element.get_bounding_client_rect()));
    });
    length
}

/// Hears of an element once it is drawn, and whenever its size changes.
pub fn on_resize(node: NodeRef<Div>, hear: impl Fn(&HtmlDivElement) + Clone + 'static) {
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        hear(&element);
        let (seen, hear) = (element.clone(), hear.clone());
        let changed = Closure::<dyn Fn()>::new(move || hear(&seen));
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, changed));
            on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        }
    });
}
