//! What is heard as something is left.

use leptos::prelude::*;

/// A handler for what a field or a menu hears as it is left. A browser says so too where the part is taken off the page,
/// when what the handler reads is gone already; then there is nothing left to do.
pub fn while_here<E>(mut handler: impl FnMut(E) + 'static) -> impl FnMut(E) + 'static {
    let here = StoredValue::new(());
    move |event| {
        if here.try_with_value(|()| ()).is_some() {
            handler(event);
        }
    }
}
