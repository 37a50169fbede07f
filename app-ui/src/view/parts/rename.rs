//! A dialog that asks for another name. Must not know of what.

use leptos::prelude::*;
use tidemark_app_model::text::shell as say;

use super::button::{Button, Kind};
use super::dialog::Dialog;
use super::field::TextField;

/// The dialog. Enter in the field is as good as its button.
#[component]
pub fn Rename(
    /// Its title.
    title: &'static str,
    /// What is typed.
    label: &'static str,
    /// The name as it is.
    start: String,
    /// Its name for tests.
    testid: &'static str,
    /// The name of its field for tests.
    first: &'static str,
    /// Hears the new name, which is not empty.
    #[prop(into)]
    on_done: Callback<String>,
    /// Hears that there is none.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(start);
    let done = move || {
        let name = typed.get_untracked().trim().to_owned();
        if !name.is_empty() {
            on_done.run(name);
        }
    };
    view! {
        <Dialog title=title testid=testid first=first on_close=on_close>
            <form class="rename" on:submit=move |event| { event.prevent_default(); done() }>
                <TextField label=label value=typed on_input=move |text| typed.set(text) testid=first/>
                <div class="dialog-foot">
                    <Button label=say::CANCEL on_click=on_close/>
                    <Button kind=Kind::Primary label=say::RENAME testid=format!("{testid}-done") on_click=done/>
                </div>
                // Enter in the field; browsers ask for a button of the form for that.
                <input type="submit" hidden/>
            </form>
        </Dialog>
    }
}
