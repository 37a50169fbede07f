//! How large an element is, told whenever that changes.

use leptos::html;
use leptos::prelude::*;

use crate::view::parts::on_resize;

/// Width and height of an element in whole pixels; nothing as long as it is not drawn.
pub fn observed(node: NodeRef<html::Div>) -> Signal<(f64, f64)> {
    let size = RwSignal::new((0.0, 0.0));
    on_resize(node, move |element| {
        let now = (f64::from(element.client_width()), f64::from(element.client_height()));
        if now.0 > 0.0 && size.try_get_untracked().is_some_and(|before| before != now) {
            size.set(now);
        }
    });
    size.into()
}
