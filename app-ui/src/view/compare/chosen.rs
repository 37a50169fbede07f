//! Which two results are compared, and the way to others.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::compare as select;
use tidemark_app_model::text::compare as say;

use crate::store::store;
use crate::view::parts::{Choice, IconButton, Select};

/// A, B, and swap.
#[component]
pub fn Chosen() -> impl IntoView {
    let store = store();
    let all = store.memo(select::choices);
    let two = store.memo(select::chosen);
    let choices =
        Signal::derive(move || all.get().into_iter().map(|(id, label)| Choice::new(id, label)).collect::<Vec<_>>());
    let go = move |a: String, b: String| {
        if let Some(route) = store.peek(|model| select::route(model, a, b)) {
            store.send(Msg::Go(route));
        }
    };
    view! {
        <header class="compare-head">
            <h1>{say::TITLE}</h1>
            <Select label=say::BEFORE choices=choices value=Signal::derive(move || two.get().0) testid="compare-a"
                on_choose=move |id| go(id, two.get_untracked().1)/>
            <IconButton icon=icondata::LuArrowLeftRight label=say::SWAP testid="compare-swap"
                on_click=move || { let (a, b) = two.get_untracked(); go(b, a) }/>
            <Select label=say::NOW choices=choices value=Signal::derive(move || two.get().1) testid="compare-b"
                on_choose=move |id| go(two.get_untracked().0, id)/>
            <span class="grow"></span>
            <IconButton icon=icondata::LuX label=say::CLOSE testid="compare-close" on_click=move || store.send(Msg::ShowTab(Tab::Results))/>
        </header>
    }
}
