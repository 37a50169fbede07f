//! One person tried step by step, with each request and answer. Must not send anything.

mod detail;
mod grip;
mod list;
mod order;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Panel;
use tidemark_app_model::select::trial as select;
use tidemark_app_model::text::trial as say;

use crate::store::store;
use crate::view::parts::{Button, Kind, Picture};

/// The dock below the outline: one line, or two panes.
#[component]
pub fn Trial() -> impl IntoView {
    let store = store();
    let open = store.memo(|model| model.panels.contains(&Panel::Trial));
    let height = RwSignal::new(grip::USUAL);
    let style = move || if open.get() { format!("--trial-height: {}px", height.get()) } else { String::new() };
    view! {
        <section class="trial" class:open=open data-testid="trial" data-region="trial" aria-label=say::TITLE tabindex="-1" style=style>
            <Show when=move || open.get()><grip::Grip height=height/></Show>
            <div class="trial-bar">
                <Toggle open=open/>
                <Show when=move || open.get() fallback=|| view! { <Summary/> }><order::Order/></Show>
            </div>
            <Show when=move || open.get()><Panes/></Show>
        </section>
    }
}

/// Opens and closes it.
#[component]
fn Toggle(open: Memo<bool>) -> impl IntoView {
    let store = store();
    let icon = move || if open.get() { icondata::LuChevronDown } else { icondata::LuChevronUp };
    view! {
        <button type="button" class="trial-toggle" data-testid="trial-toggle" aria-expanded=move || open.get().to_string()
            title=move || if open.get() { say::CLOSE } else { say::OPEN }
            on:click=move |_| store.send(Msg::TogglePanel(Panel::Trial))>
            <Picture icon=Signal::derive(icon)/>
            <span>{say::TITLE}</span>
        </button>
    }
}

/// What came of the last trial, in one line.
#[component]
fn Summary() -> impl IntoView {
    let store = store();
    let summary = store.memo(select::summary);
    let failed = store.memo(|model| select::head(model).is_some_and(|head| head.failed > 0));
    view! {
        <p class="trial-summary" data-testid="trial-summary">
            <Show when=move || failed.get()><span class="trial-mark" data-mark="failed" aria-hidden="true"><Picture icon=icondata::LuX/></span></Show>
            {summary}
        </p>
    }
}

/// What happened, and everything about one step of it.
#[component]
fn Panes() -> impl IntoView {
    let store = store();
    let tried = store.memo(|model| select::head(model).is_some());
    let choices = store.memo(select::choices);
    let part = move |read: fn(select::Choices) -> String| Signal::derive(move || read(choices.get()));
    view! {
        <Show when=move || tried.get() fallback=move || view! {
            <div class="empty trial-empty">
                <p>{say::EMPTY}" "{part(|choices| choices.sends)}</p>
                <Button kind=Kind::Secondary icon=icondata::LuUser label=say::TITLE testid="trial-first"
                    not_now=part(|choices| choices.not_now.to_owned()) on_click=move || store.send(Msg::TryNow)/>
            </div>
        }>
            <Counts/>
            <div class="trial-panes">
                <list::List/>
                <detail::Detail/>
            </div>
        </Show>
    }
}

/// How many worked, failed and were not reached, and how long it took.
#[component]
fn Counts() -> impl IntoView {
    let store = store();
    let head = store.memo(|model| select::head(model).unwrap_or_default());
    let count = move |mark: &'static str,
                      icon: icondata::Icon,
                      read: fn(&select::Head) -> usize,
                      words: fn(usize) -> String| {
        view! {
            <Show when=move || { head.with(read) > 0 }>
                <span class="trial-count" data-mark=mark><Picture icon=icon/>{move || words(head.with(read))}</span>
            </Show>
        }
    };
    let state = move || {
        head.with(|head| match (head.running, head.stopping, head.held) {
            (true, true, _) => say::STOPPING,
            (true, _, true) => say::HELD,
            (true, ..) => say::RUNNING,
            _ => "",
        })
    };
    view! {
        <p class="trial-counts" data-testid="trial-counts" data-began=move || head.with(|head| head.began_ms.to_string())>
            {count("worked", icondata::LuCheck, |head| head.worked, say::worked)}
            {count("failed", icondata::LuX, |head| head.failed, say::failed)}
            {count("not-reached", icondata::LuCircle, |head| head.not_reached, say::not_reached)}
            <span class="muted">{move || head.with(|head| tidemark_core::units::plain_time(head.took_us))}</span>
            <span class="trial-state" role="status">{state}</span>
        </p>
    }
}
