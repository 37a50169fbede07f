//! The glossary: every word of the screen with one plain sentence, found by engineers' words too.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::text::glossary::search;
use tidemark_app_model::text::overlay as say;

use crate::store::store;
use crate::view::parts::{Dialog, TextField};

/// The glossary.
#[component]
pub fn Glossary() -> impl IntoView {
    let store = store();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| typed.with(|typed| search(typed.trim()).copied().collect::<Vec<_>>()));
    let list = move || {
        let entry = |entry: tidemark_app_model::text::glossary::Entry| {
            let also = (!entry.also.is_empty()).then(|| view! { <span class="word-also">{entry.also}</span> });
            view! { <div class="word"><dt>{entry.word}{also}</dt><dd>{entry.means}</dd></div> }
        };
        found.get().into_iter().map(entry).collect_view()
    };
    view! {
        <Dialog title=say::GLOSSARY testid="glossary" first="glossary-find" on_close=move || store.send(Msg::Escape)>
            <div class="words">
                <TextField label=say::GLOSSARY_FIND value=typed kind="search" testid="glossary-find" on_input=move |text| typed.set(text)/>
                <dl class="word-list">{list}</dl>
                <Show when=move || found.with(Vec::is_empty)><p class="muted">{say::GLOSSARY_NONE}</p></Show>
            </div>
        </Dialog>
    }
}
