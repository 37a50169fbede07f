//! The tabs of a test, each with a mark at most. Must not know what is behind them.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::shell::{self as select, Mark};
use tidemark_app_model::text::shell as say;

use crate::store::store;
use crate::view::parts::Picture;

/// The tabs of a test, in the order of work.
#[component]
pub fn Tabs() -> impl IntoView {
    let store = store();
    let here = store.memo(|model| model.tab());
    let tabs = Tab::ALL.into_iter().enumerate().map(move |(at, tab)| {
        let mark = store.memo(move |model| select::marks(model)[at]);
        view! {
            <button type="button" class="tab" data-testid=format!("tab-{}", tab.word())
                aria-current=move || (here.get() == Some(tab)).then_some("page")
                on:click=move |_| store.send(Msg::ShowTab(tab))>
                <span class="tab-icon"><Picture icon=icon(tab)/></span>
                <span>{select::tab_word(tab)}</span>
                <Badge mark=mark/>
            </button>
        }
    });
    view! { <nav class="tabs" aria-label=say::TABS>{tabs.collect_view()}</nav> }
}

fn icon(tab: Tab) -> icondata::Icon {
    match tab {
        Tab::Build => icondata::LuListTree,
        Tab::Data => icondata::LuTable,
        Tab::Load => icondata::LuChartLine,
        Tab::Run => icondata::LuActivity,
        Tab::Results => icondata::LuClipboardCheck,
    }
}

/// The mark on a tab: its look for the eye, its words for those who listen.
#[component]
fn Badge(mark: Memo<Mark>) -> impl IntoView {
    move || match mark.get() {
        Mark::None => ().into_any(),
        Mark::Problems(count, stops) => view! {
            <span class="tab-count" class:stops=stops title=say::problems(count)>
                <span aria-hidden="true">{count}</span>
                <span class="unseen">{say::problems(count)}</span>
            </span>
        }
        .into_any(),
        Mark::Live => {
            view! { <span class="tab-live" title=say::LIVE><span class="unseen">{say::LIVE}</span></span> }.into_any()
        }
        Mark::New => view! { <span class="tab-new">{say::NEW}</span> }.into_any(),
    }
}
