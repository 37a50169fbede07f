//! The run that goes on: numbers, charts, goals, failures, and the ways to end it. Must not compute a number.

mod below;
mod charts;
mod head;
mod side;
mod stop;
mod watched;

pub use below::moment;
pub use stop::Stop;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::run as select;
use tidemark_app_model::select::shell::ladder;
use tidemark_app_model::text::run as say;

use crate::store::store;
use crate::view::parts::{Button, IconButton, Kind, Picture, Term};

/// The Run tab.
#[component]
pub fn Run() -> impl IntoView {
    let store = store();
    let there = store.memo(|model| model.run.is_some());
    move || {
        if there.get() { view! { <Live/> }.into_any() } else { view! { <None/> }.into_any() }
    }
}

/// Before there is a run: what one would do.
#[component]
fn None() -> impl IntoView {
    let store = store();
    let before = store.memo(select::before);
    let not_now = store.memo(|model| ladder(model).run_not_now);
    view! {
        <section class="run run-none">
            <h1 class="unseen">{say::TITLE}</h1>
            <div class="card empty">
                <p class="run-none-head">{say::NO_RUN}</p>
                <p>{move || before.get()}</p>
                <Button kind=Kind::Primary icon=icondata::LuPlay label=say::RUN_TEST not_now=not_now testid="run-now"
                    on_click=move || store.send(Msg::RunTest)/>
            </div>
        </section>
    }
}

/// The run that goes on, or the last one.
#[component]
fn Live() -> impl IntoView {
    view! {
        <section class="run">
            <head::Head/>
            <Strips/>
            <Ticker/>
            <Coach/>
            <Tiles/>
            <div class="run-main">
                <charts::Charts/>
                <side::Side/>
            </div>
            <below::Below/>
        </section>
    }
}

/// How it goes so far, to be read from far away.
#[component]
fn Ticker() -> impl IntoView {
    let store = store();
    let says = store.memo(|model| model.run.as_ref().map(select::ticker).unwrap_or_default());
    view! { <p class="run-ticker" data-testid="ticker">{move || says.get()}</p> }
}

/// Lines of things to know before numbers are trusted.
#[component]
fn Strips() -> impl IntoView {
    let store = store();
    let of = move |read: fn(&tidemark_app_model::model::Run) -> bool| {
        store.memo(move |model| model.run.as_ref().is_some_and(read))
    };
    let (practice, strained, silent) = (of(|run| run.head.practice), of(select::strained), of(select::silent));
    let cut_off = store.memo(|model| model.cut_off && model.running());
    let broken = store.memo(|model| model.run.as_ref().and_then(|run| select::head(run).broken));
    let warnings = store.memo(|model| model.run.as_ref().map(|run| run.head.warnings.clone()).unwrap_or_default());
    view! {
        <div class="run-strips" role="status">
            <Show when=move || practice.get()><Strip tone="info" text=say::PRACTICE/></Show>
            <Show when=move || cut_off.get()><Strip tone="warn" text=say::CUT_OFF more=say::CUT_OFF_HINT/></Show>
            <Show when=move || silent.get()><Strip tone="bad" text=say::SILENT more=say::SILENT_HINT/></Show>
            <Show when=move || strained.get()><Strip tone="warn" text=say::STRAINED/></Show>
            {move || broken.get().map(|why| view! { <Strip tone="bad" text=why/> })}
            {move || warnings.get().into_iter().map(|text| view! { <Strip tone="warn" text=text/> }).collect_view()}
        </div>
    }
}

/// One such line.
#[component]
fn Strip(
    /// `info`, `warn`, `bad`.
    tone: &'static str,
    /// What is the case.
    #[prop(into)]
    text: String,
    /// What to do.
    #[prop(optional)]
    more: &'static str,
) -> impl IntoView {
    let icon = if tone == "info" { icondata::LuInfo } else { icondata::LuTriangleAlert };
    view! { <p class="run-strip" data-tone=tone><Picture icon=icon/><span><b>{text}</b>" "{more}</span></p> }
}

/// What there is to see, for who sees it for the first time: a part of the layout, nothing that pops up.
#[component]
fn Coach() -> impl IntoView {
    let store = store();
    let told = store.memo(|model| model.run.as_ref().and_then(select::coach));
    view! {
        <Show when=move || told.get().is_some()>
            <div class="run-coach" data-testid="coach">
                <Picture icon=icondata::LuLightbulb/>
                <p aria-live="polite">{move || told.get().map(|(_, text)| text)}</p>
                <IconButton icon=icondata::LuX label=say::DISMISS testid="coach-hide" on_click=move || store.send(Msg::HideTips)/>
            </div>
        </Show>
    }
}

/// The five numbers.
#[component]
fn Tiles() -> impl IntoView {
    let store = store();
    let tiles = store.memo(|model| model.run.as_ref().map(select::tiles).unwrap_or_default());
    let one = move |at: usize| {
        let tile = Memo::new(move |_| tiles.with(|tiles| tiles.get(at).cloned()));
        let first = tile.get_untracked();
        let (key, label) = first.map_or(("", ""), |tile| (tile.key, tile.label));
        let value = move || tile.with(|tile| tile.as_ref().map(|tile| tile.value.clone()));
        let note = move || tile.with(|tile| tile.as_ref().map(|tile| tile.note.clone()));
        let warn = move || tile.with(|tile| tile.as_ref().is_some_and(|tile| tile.warn));
        view! {
            <div class="run-tile" data-testid=format!("metric-{key}") data-warn=move || warn().then_some("true")>
                <dt><Term word=label/><Show when=warn><Picture icon=icondata::LuTriangleAlert/></Show></dt>
                <dd><span class="run-value">{value}</span><span class="run-note">{note}</span></dd>
            </div>
        }
    };
    view! { <dl class="run-tiles" aria-label=say::METRICS>{(0..5).map(one).collect_view()}</dl> }
}
