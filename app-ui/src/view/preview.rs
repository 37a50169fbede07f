//! What a run would do, as a picture and as a table; sends nothing. Must not compute it.

mod below;
mod picture;
mod table;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::preview as select;
use tidemark_app_model::text::preview as say;

use crate::store::store;
use crate::view::parts::{Button, Choice, Dialog, Kind, Segments, Select};

/// The preview, in a dialog.
#[component]
pub fn Preview() -> impl IntoView {
    let store = store();
    let shown = store.memo(|model| select::shown(model).0);
    // Whoever closes it while it is worked out doesn't want it any more.
    let close = move || {
        store.send(Msg::StopPreview);
        if store.peek(|model| model.dialog.is_some()) {
            store.send(Msg::Escape);
        }
    };
    let body = move || match shown.get() {
        select::Shown::Nothing => view! { <div class="preview-room"></div> }.into_any(),
        select::Shown::Stopped => view! { <below::Stops/> }.into_any(),
        select::Shown::Ready | select::Shown::Before => view! { <Ready/> }.into_any(),
    };
    view! {
        <Dialog title=say::TITLE shape="wide preview" testid="preview" on_close=close>
            <Show when=move || shown.get() != select::Shown::Stopped><Head/></Show>
            <Progress/>
            {body}
        </Dialog>
    }
}

/// The seed, what is assumed, and how it is shown.
#[component]
fn Head() -> impl IntoView {
    let store = store();
    let lines = store.memo(|model| select::ready(model).map(select::lines).unwrap_or_default());
    let assumptions = store.memo(select::assumptions);
    let choices = Signal::derive(move || {
        let named = |(at, (_, label)): (usize, (_, String))| Choice::new(at.to_string(), label);
        assumptions.get().0.into_iter().enumerate().map(named).collect::<Vec<_>>()
    });
    let assume = move |at: String| {
        let chosen = at
            .parse::<usize>()
            .ok()
            .and_then(|at| assumptions.with_untracked(|(all, _)| all.get(at).map(|(each, _)| *each)));
        if let Some(chosen) = chosen {
            store.send(Msg::Assume(chosen));
        }
    };
    let changed = store.memo(|model| select::shown(model).1);
    view! {
        <div class="preview-head">
            <p class="preview-about" data-testid="preview-about">{move || lines.with(|lines| lines.about.clone())}</p>
            <span class="grow"></span>
            <Select label=say::ASSUME choices=choices value=Signal::derive(move || assumptions.get().1.to_string()) testid="preview-assume" on_choose=assume/>
            <span class="muted preview-seed" data-testid="preview-seed">{say::SEED}" "{move || lines.with(|lines| lines.seed.clone())}</span>
            <Button icon=icondata::LuDices label=say::ROLL hint=say::ROLL_HINT testid="preview-roll" on_click=move || store.send(Msg::AskPreview(true))/>
        </div>
        <Show when=move || changed.get()>
            <p class="preview-changed" role="status">
                {say::CHANGED}
                <Button label=say::AGAIN testid="preview-again" on_click=move || store.send(Msg::AskPreview(false))/>
            </p>
        </Show>
    }
}

/// How far it is, where it takes long.
#[component]
fn Progress() -> impl IntoView {
    let store = store();
    let progress = store.memo(select::progress);
    let percent = move || progress.get().unwrap_or(0);
    view! {
        <Show when=move || progress.get().is_some()>
            <div class="preview-progress" data-testid="preview-progress">
                <span>{say::WORKING}</span>
                <progress max="100" prop:value=percent aria-label=say::WORKING></progress>
                <span class="muted">{move || say::done(percent())}</span>
                <Button label=say::CANCEL testid="preview-cancel" on_click=move || store.send(Msg::StopPreview)/>
            </div>
        </Show>
    }
}

/// The numbers.
#[component]
fn Ready() -> impl IntoView {
    let store = store();
    let old = store.memo(|model| select::shown(model).0 == select::Shown::Before);
    let lines = store.memo(|model| select::ready(model).map(select::lines).unwrap_or_default());
    let kinds = store.memo(|model| select::ready(model).map(select::kinds).unwrap_or_default());
    let way = RwSignal::new("picture".to_owned());
    let ways = vec![Choice::new("picture", say::PICTURE), Choice::new("table", say::TABLE)];
    let go_on = move || {
        store.send(Msg::Escape);
        store.send(Msg::ShowTab(Tab::Load));
    };
    view! {
        <div class="preview-ready" aria-busy=move || old.get().to_string()>
            {move || if way.with(|way| way == "table") {
                view! { <table::Table kinds=kinds.get()/> }.into_any()
            } else {
                view! { <picture::Picture kinds=kinds.get()/> }.into_any()
            }}
            <div class="preview-sums">
                <p class="preview-sends" data-testid="preview-sends">{move || lines.with(|lines| lines.sends.clone())}</p>
                <p class="muted" title=say::LUCK_HINT>{move || lines.with(|lines| lines.luck.clone())}</p>
            </div>
            <below::Below/>
            <div class="dialog-foot preview-foot">
                <Segments label=say::VIEW_AS choices=ways value=way testid="preview-as" on_choose=move |word| way.set(word)/>
                <span class="grow"></span>
                <Button kind=Kind::Primary icon=icondata::LuArrowRight label=say::GO_ON testid="preview-go-on" on_click=go_on/>
            </div>
        </div>
    }
}
