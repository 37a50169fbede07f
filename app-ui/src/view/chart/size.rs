//! How large an element is, told whenever that changes.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

struct Watch {
    observer: ResizeObserver,
    // Lives as long as the observer, which calls it.
    _told: Closure<dyn FnMut()>,
}

/// Width and height of an element in whole pixels; nothing as long as it is not drawn.
pub fn observed(node: NodeRef<html::Div>) -> Signal<(f64, f64)> {
    let size = RwSignal::new((0.0, 0.0));
    let watch: StoredValue<Option<Rc<RefCell<Watch>>>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let element: HtmlElement = element.unchecked_into();
        let look = {
            let element = element.clone();
            move || {
                let now = (f64::from(element.client_width()), f64::from(element.client_height()));
                if now.0 > 0.0 && size.try_get_untracked().is_some_and(|before| before != now) {
                    size.set(now);
                }
            }
        };
        look();
        let told = Closure::<dyn FnMut()>::new(look);
        if let Ok(observer) = ResizeObserver::new(told.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watch.set_value(Some(Rc::new(RefCell::new(Watch { observer, _told: told }))));
        }
    });
    on_cleanup(move || {
        watch.try_update_value(|watch| {
            if let Some(watch) = watch.take() {
                watch.borrow().observer.disconnect();
            }
        });
    });
    size.into()
}
