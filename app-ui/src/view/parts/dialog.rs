//! A dialog: the browser's own, which holds the focus and gives it back.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::text::shell as say;

use super::button::IconButton;
use crate::page;

/// A dialog over everything else, with a title and a way out. Esc closes it.
#[component]
pub fn Dialog(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// What happens when it is closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
    /// `wide`, `sheet` or nothing.
    #[prop(optional, into)]
    shape: String,
    /// The field that one came for, by its test id; it has the focus then.
    #[prop(optional)]
    first: &'static str,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Fails only for a dialog that is not in the page any more.
            let _ = dialog.show_modal();
            // The browser takes the first button; a ring around the way out says nothing.
            let _ = dialog.focus();
            if !first.is_empty() {
                page::focus(first.to_owned());
            }
        }
    });
    // A dialog that is taken off the page gives nothing back by itself.
    let before = StoredValue::new_local(page::to_give_back());
    on_cleanup(move || {
        let before = before.try_get_value().flatten();
        page::after(0, move || {
            if let Some(before) = before.filter(|_| page::focus_is_lost()) {
                let _ = before.focus();
            }
        });
    });
    let title_id = format!("title-{testid}");
    let labelled = title_id.clone();
    view! {
        <dialog node_ref=node tabindex="-1" class=format!("dialog {shape}") data-testid=testid aria-labelledby=labelled
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); on_close.run(()) }
            on:keydown=move |event| if event.key() == "Escape" { event.prevent_default(); event.stop_propagation(); on_close.run(()) }>
            <div class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <IconButton icon=icondata::LuX label=say::CLOSE on_click=on_close/>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
