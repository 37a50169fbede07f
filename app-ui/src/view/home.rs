//! Home: the demo one click away, three quiet ways to begin, and the tests there are. Must not read files itself.

mod list;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Dialog, Panel};
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::home as select;
use tidemark_app_model::text::{home as say, shop};

use crate::store::store;
use crate::view::parts::{Button, Kind, Picture};

/// The list of tests and how to begin.
#[component]
pub fn Home() -> impl IntoView {
    let store = store();
    let has_shop = store.memo(|model| model.can.shop);
    view! {
        <section class="home">
            <header class="home-head">
                <h1>{say::HEADLINE}</h1>
                <p>{say::LEAD}</p>
            </header>
            <div class="home-ways">
                <Demo/>
                <Way icon=icondata::LuClipboardPaste label=say::PASTE sub=say::PASTE_SUB testid="home-paste"
                    on_click=move || store.send(Msg::Open(Dialog::Import))/>
                <Way icon=icondata::LuFolderOpen label=say::IMPORT sub=say::IMPORT_SUB testid="home-open"
                    on_click=move || store.send(Msg::PickFile)/>
                <Way icon=icondata::LuPlus label=say::EMPTY sub=say::EMPTY_SUB testid="home-empty"
                    on_click=move || store.send(Msg::NewTest)/>
            </div>
            <list::Tests/>
            <footer class="home-foot">
                <p class="home-drop"><Picture icon=icondata::LuFileDown/>{say::DROP_HINT}</p>
                <Show when=move || has_shop.get()>
                    <Button kind=Kind::Quiet icon=icondata::LuSlidersHorizontal label=shop::TITLE testid="home-shop"
                        on_click=move || store.send(Msg::TogglePanel(Panel::Shop))/>
                </Show>
            </footer>
        </section>
    }
}

/// The one filled button: the demo, or the run that goes on.
#[component]
fn Demo() -> impl IntoView {
    let store = store();
    let demo = store.memo(select::demo);
    let click = move |_| match demo.get_untracked() {
        select::Demo { waits: true, .. } => {}
        select::Demo { running: true, .. } => store.send(Msg::ShowTab(Tab::Run)),
        _ => store.send(Msg::RunDemo),
    };
    view! {
        <button type="button" class="home-demo" data-testid="home-run-demo" aria-disabled=move || demo.get().waits.then_some("true")
            aria-busy=move || demo.get().waits.to_string() on:click=click>
            <Picture icon=icondata::LuPlay/>
            <span class="home-way-words"><strong>{move || demo.get().label}</strong><span>{move || demo.get().sub}</span></span>
        </button>
    }
}

/// One of the quiet ways to begin.
#[component]
fn Way(
    icon: icondata::Icon,
    label: &'static str,
    sub: &'static str,
    testid: &'static str,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="home-way" data-testid=testid on:click=move |_| on_click.run(())>
            <Picture icon=icon/>
            <span class="home-way-words"><strong>{label}</strong><span>{sub}</span></span>
        </button>
    }
}
