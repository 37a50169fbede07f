//! The line over a run: what runs, how far it is, and what can be ordered.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Order;
use tidemark_app_model::select::run as select;
use tidemark_app_model::text::run as say;

use crate::store::store;
use crate::view::parts::{Button, Kind, Menu, MenuItem};

/// Title, state, time, orders.
#[component]
pub fn Head() -> impl IntoView {
    let store = store();
    let head = store.memo(|model| model.run.as_ref().map(select::head));
    let text =
        move |of: fn(&select::Head) -> String| move || head.with(|head| head.as_ref().map(of).unwrap_or_default());
    let share = move || head.with(|head| head.as_ref().and_then(|head| head.share));
    view! {
        <header class="run-head">
            <h1 class="run-title">{text(|head| head.title.clone())}</h1>
            <span class="run-target">{text(|head| head.target.clone())}</span>
            <span class="run-state" data-tone=text(|head| head.tone.to_owned())>{text(|head| head.state.to_owned())}</span>
            <span class="run-time">{text(|head| head.time.clone())}</span>
            <Show when=move || share().is_some()>
                <progress class="run-progress" aria-label=say::PROGRESS max="1000" value=move || (share().unwrap_or(0.0) * 1000.0).round()></progress>
            </Show>
            <span class="grow"></span>
            <Orders head=head/>
        </header>
    }
}

/// Hold and more; or the report, once it is over. Stop stands above, in the same place on every screen.
#[component]
fn Orders(
    /// The run.
    head: Memo<Option<select::Head>>,
) -> impl IntoView {
    let store = store();
    let is = move |of: fn(&select::Head) -> bool| head.with(|head| head.as_ref().is_some_and(of));
    let result = Memo::new(move |_| head.with(|head| head.as_ref().and_then(|head| head.result.clone())));
    let blocked = Signal::derive(move || {
        let why = match (is(|head| head.stopping), is(|head| head.searching)) {
            (true, _) => say::STOPPING,
            (false, true) => say::SEARCHING,
            (false, false) => "",
        };
        why.to_owned()
    });
    let goes_on = Memo::new(move |_| is(|head| head.goes_on));
    let hold = move || if is(|head| head.holding) { Order::Resume } else { Order::Hold };
    view! {
        <Show when=move || goes_on.get()>
            <Button kind=Kind::Quiet icon=icondata::LuPause testid="btn-hold" not_now=blocked
                label=Signal::derive(move || if is(|head| head.holding) { say::FOLLOW } else { say::HOLD }.to_owned())
                on_click=move || store.send(Msg::Order(hold()))/>
            <Menu label=say::MORE_ORDERS testid="run-more">
                <MenuItem label=say::MORE_PEOPLE icon=icondata::LuUserPlus testid="people-more" not_now=blocked on_click=move || store.send(Msg::Order(Order::People(10)))/>
                <MenuItem label=say::FEWER_PEOPLE icon=icondata::LuUserMinus testid="people-fewer" not_now=blocked on_click=move || store.send(Msg::Order(Order::People(-10)))/>
            </Menu>
        </Show>
        <Show when=move || result.get().is_some()>
            <Button kind=Kind::Primary icon=icondata::LuFileText label=say::OPEN_REPORT testid="btn-report"
                on_click=move || if let Some(result) = result.get_untracked() { store.send(Msg::OpenResult(result)) }/>
        </Show>
    }
}
