//! Who is tried, what they do, and how; and the ways to begin, go on and stop. Must not know what is possible: it is told.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::msg::Wish;
use tidemark_app_model::select::trial as select;
use tidemark_app_model::text::trial as say;

use crate::store::store;
use crate::view::parts::{Button, Checkbox, Choice, Kind, Measure, NumberField, Select};

/// The controls.
#[component]
pub fn Order() -> impl IntoView {
    let store = store();
    let choices = store.memo(select::choices);
    let wish = move |wish: Wish| store.send(Msg::Wish(wish));
    let all =
        |pairs: Vec<(String, String)>| pairs.into_iter().map(|(id, name)| Choice::new(id, name)).collect::<Vec<_>>();
    let users = Signal::derive(move || all(choices.get().users));
    let tasks = Signal::derive(move || {
        let every = Choice::new("", say::ALL_TASKS);
        std::iter::once(every).chain(all(choices.get().tasks)).collect::<Vec<_>>()
    });
    let rows = move || choices.with(|choices| choices.rows);
    view! {
        <div class="trial-order">
            <Select label=say::AS choices=users value=Signal::derive(move || choices.get().user) testid="trial-user"
                on_choose=move |id: String| wish(Wish::User(id))/>
            <Select label=say::TASK choices=tasks value=Signal::derive(move || choices.get().task) testid="trial-task"
                on_choose=move |id: String| wish(Wish::Task((!id.is_empty()).then_some(id)))/>
            <Show when=move || { rows() > 1 }>
                <span class="trial-row-choice">
                    <NumberField label=say::ROW value=Signal::derive(move || choices.with(|choices| choices.row as f64))
                        measure=Measure::whole(1.0, rows() as f64) testid="trial-row"
                        on_change=move |row: f64| wish(Wish::Row(row as u64))/>
                    <span class="muted trial-row-says">{move || choices.with(|choices| say::row_of(choices.rows, &choices.row_says))}</span>
                </span>
            </Show>
            <Checkbox label=say::SKIP_PAUSES checked=Signal::derive(move || choices.with(|choices| choices.skip_pauses))
                testid="trial-skip-pauses" on_change=move |on| wish(Wish::SkipPauses(on))/>
            <Checkbox label=say::BY_HAND checked=Signal::derive(move || choices.with(|choices| choices.by_hand))
                testid="trial-by-hand" on_change=move |on| wish(Wish::ByHand(on))/>
        </div>
        <Acts/>
    }
}

/// Run, next step, stop.
#[component]
fn Acts() -> impl IntoView {
    let store = store();
    let head = store.memo(|model| select::head(model).unwrap_or_default());
    let not_now = store.memo(|model| select::choices(model).not_now.to_owned());
    let by_hand = store
        .memo(|model| model.test.as_ref().and_then(|test| test.trial.as_ref()).is_some_and(|trial| trial.wish.by_hand));
    let running = move || head.with(|head| head.running);
    let no_stop = Signal::derive(move || if running() { "" } else { say::STOPPED_NOW }.to_owned());
    let no_next = Signal::derive(move || if head.with(|head| head.held) { "" } else { say::RUNNING }.to_owned());
    let stop =
        Signal::derive(move || if head.with(|head| head.stopping) { say::STOPPING } else { say::STOP }.to_owned());
    let no_run = Signal::derive(move || if running() { say::RUNNING.to_owned() } else { not_now.get() });
    view! {
        <div class="trial-acts">
            <Button kind=Kind::Secondary icon=icondata::LuPlay label=say::RUN not_now=no_run testid="trial-run"
                on_click=move || store.send(Msg::TryNow)/>
            <Show when=move || running() && by_hand.get()>
                <Button kind=Kind::Primary icon=icondata::LuStepForward label=say::NEXT not_now=no_next testid="trial-next"
                    on_click=move || store.send(Msg::NextStep)/>
            </Show>
            <Button icon=icondata::LuSquare label=stop not_now=no_stop testid="trial-stop" on_click=move || store.send(Msg::StopTrial)/>
        </div>
    }
}
