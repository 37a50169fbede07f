//! A place in the page for one part, taken away afterwards; and what a person does to it.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};

/// A part in the page.
pub struct Stage<M: Mountable> {
    root: HtmlElement,
    _mounted: UnmountHandle<M>,
}

/// Puts a part into the page.
pub async fn show<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Stage<impl Mountable> {
    let document = document();
    let root: HtmlElement = document.create_element("div").expect("an element").unchecked_into();
    document.body().expect("a body").append_child(&root).expect("room in the body");
    let mounted = mount_to(root.clone(), view);
    settle().await;
    Stage { root, _mounted: mounted }
}

/// Waits until everything that was set off has been drawn: what sizes and scrolling set off comes with the next picture.
pub async fn settle() {
    leptos::task::tick().await;
    gloo_timers::future::TimeoutFuture::new(0).await;
    for _ in 0..2 {
        picture().await;
        leptos::task::tick().await;
    }
}

async fn picture() {
    let next = js_sys::Promise::new(&mut |done, _| {
        let window = web_sys::window().expect("a page");
        window.request_animation_frame(&done).expect("pictures are drawn");
    });
    wasm_bindgen_futures::JsFuture::from(next).await.expect("a picture is drawn");
}

/// The page.
pub fn document() -> web_sys::Document {
    web_sys::window().and_then(|window| window.document()).expect("a page")
}

impl<M: Mountable> Stage<M> {
    /// The first element of this kind.
    pub fn find(&self, css: &str) -> HtmlElement {
        self.maybe(css).unwrap_or_else(|| panic!("no {css} in {}", self.root.inner_html()))
    }

    /// The first element of this kind, if there is one.
    pub fn maybe(&self, css: &str) -> Option<HtmlElement> {
        self.root.query_selector(css).expect("a selector").map(JsCast::unchecked_into)
    }

    /// Clicks.
    pub async fn click(&self, css: &str) {
        self.find(css).click();
        settle().await;
    }

    /// Replaces what a field holds and leaves it.
    pub async fn fill(&self, css: &str, text: &str) {
        let field: HtmlInputElement = self.find(css).unchecked_into();
        field.set_value(text);
        for kind in ["input", "change"] {
            let init = EventInit::new();
            init.set_bubbles(true);
            let event = Event::new_with_event_init_dict(kind, &init).expect("an event");
            field.dispatch_event(&event).expect("an event that can be sent");
        }
        settle().await;
    }

    /// What a field holds.
    pub fn value(&self, css: &str) -> String {
        self.find(css).unchecked_into::<HtmlInputElement>().value()
    }

    /// What a field of several lines holds.
    pub fn value_of_area(&self, css: &str) -> String {
        self.find(css).unchecked_into::<HtmlTextAreaElement>().value()
    }

    /// Presses a key, perhaps with Shift.
    pub async fn press(&self, css: &str, key: &str, shift: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_shift_key(shift);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
        self.find(css).dispatch_event(&event).expect("an event that can be sent");
        settle().await;
    }
}

impl<M: Mountable> Drop for Stage<M> {
    fn drop(&mut self) {
        self.root.remove();
    }
}
