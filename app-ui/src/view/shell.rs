//! The frame: name, saved or not, tabs, target, the three verbs in order of consequence, and the screen below. Must not
//! know what is on a screen.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::route::{Route, Tab};
use tidemark_app_model::text::shell as say;

use crate::store::store;
use crate::view::parts::{Button, IconButton, Kind};

/// The frame around a screen.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            crate::page::focus("main".to_owned());
        }>{say::SKIP}</a>
        <Bar/>
        <main id="main" data-testid="main" tabindex="-1">{children()}</main>
    }
}

/// The bar at the top.
#[component]
fn Bar() -> impl IntoView {
    let store = store();
    let name = store.memo(|model| {
        let open = model.route.test().is_some();
        model.test.as_ref().filter(|_| open).map(|test| test.doc.scenario().name.clone())
    });
    view! {
        <header class="bar">
            <div class="bar-row">
                <a class="bar-home" href="#/" title=say::HOME>{say::APP}</a>
                <span class="bar-name">{move || name.get()}</span>
                <Show when=move || name.get().is_some()><Tabs/></Show>
                <div class="bar-tools">
                    <Button kind=Kind::Quiet icon=icondata::LuSearch label=say::SEARCH testid="btn-palette"
                        on_click=move || store.send(Msg::Open(Dialog::Palette))/>
                    <IconButton icon=icondata::LuUndo2 label=say::UNDO testid="undo" on_click=move || store.send(Msg::Undo)/>
                    <IconButton icon=icondata::LuRedo2 label=say::REDO testid="redo" on_click=move || store.send(Msg::Redo)/>
                    <IconButton icon=icondata::LuSettings label=say::SETTINGS on_click=move || store.send(Msg::Go(Route::Settings))/>
                </div>
            </div>
            <Show when=move || name.get().is_some()><Ladder/></Show>
        </header>
    }
}

/// The tabs of a test, in the order of work.
#[component]
fn Tabs() -> impl IntoView {
    let store = store();
    let here = store.memo(|model| model.tab());
    let words = [say::BUILD, say::DATA, say::LOAD, say::RUN, say::RESULTS];
    let tabs = Tab::ALL.into_iter().zip(words).map(move |(tab, word)| {
        view! {
            <button class="tab" data-testid=format!("tab-{}", tab.word())
                aria-current=move || (here.get() == Some(tab)).then_some("page")
                on:click=move |_| store.send(Msg::ShowTab(tab))>{word}</button>
        }
    });
    view! { <nav class="tabs" aria-label=say::TABS>{tabs.collect_view()}</nav> }
}

/// Preview, Try, Run: each says how much it sends.
#[component]
fn Ladder() -> impl IntoView {
    let store = store();
    view! {
        <div class="bar-row ladder">
            <span class="grow"></span>
            <Button icon=icondata::LuDiamond label=say::PREVIEW sub=say::PREVIEW_SUB testid="btn-preview"
                on_click=move || store.send(Msg::Open(Dialog::Preview))/>
            <Button icon=icondata::LuPlay label=say::TRY testid="btn-try" on_click=move || {
                let user = store.peek(|model| model.test.as_ref().and_then(|test| test.doc.scenario().users.first().map(|user| user.id.clone())));
                if let Some(user) = user {
                    store.send(Msg::TryOne(user, None));
                }
            }/>
            <Button kind=Kind::Primary icon=icondata::LuPlay label=say::RUN_TEST testid="btn-run"
                on_click=move || store.send(Msg::RunTest)/>
        </div>
    }
}
