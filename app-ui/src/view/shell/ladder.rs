//! The second row: where the requests go, and Preview, Try, Run in order of consequence; each says how much it sends. While a
//! run goes on, how far it is and Stop stand there instead. Must not start or stop anything itself.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Dialog, Phase};
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::{run as select_run, shell as select};
use tidemark_app_model::text::run::PRACTICE;
use tidemark_app_model::text::shell as say;

use super::target::Target;
use crate::page;
use crate::store::store;
use crate::view::parts::{Button, Kind, Picture};

/// The row.
#[component]
pub fn Row() -> impl IntoView {
    let store = store();
    let running = store.memo(|model| model.running());
    let practice = store.memo(|model| {
        let in_run = model.run.as_ref().filter(|run| run.phase.goes_on()).is_some_and(|run| run.head.practice);
        in_run || (model.can.practice && !model.can.send)
    });
    let elsewhere = store.memo(|model| model.tab().is_some() && model.test.as_ref().is_some_and(|test| test.elsewhere));
    let in_test = store.memo(|model| select::name(model).is_some());
    view! {
        <div class="bar-row ladder" role="group" aria-label=say::LADDER>
            <Show when=move || in_test.get() fallback=move || view! { <RunTarget/> }><Target/></Show>
            <Show when=move || practice.get()>
                <span class="badge practice" data-tone="warn" data-testid="practice">{PRACTICE}</span>
            </Show>
            <Show when=move || elsewhere.get()>
                <span class="badge" data-tone="warn" data-testid="elsewhere"><Picture icon=icondata::LuEye/>{say::ELSEWHERE}</span>
                <Button kind=Kind::Quiet label=say::TAKE_OVER testid="take-over" on_click=move || store.send(Msg::TakeOver)/>
            </Show>
            <span class="grow"></span>
            <Show when=move || running.get() fallback=move || view! { <Verbs/> }><Running/></Show>
        </div>
    }
}

/// Where a run goes that is watched from elsewhere.
#[component]
fn RunTarget() -> impl IntoView {
    let store = store();
    let target = store.memo(|model| model.run.as_ref().map(|run| run.head.target.clone()).unwrap_or_default());
    view! {
        <Show when=move || !target.with(String::is_empty)>
            <span class="target-chip" data-testid="target-chip">
                <Picture icon=icondata::LuCrosshair/><span class="unseen">{say::SENDS_TO}</span><span class="target-name">{target}</span>
            </span>
        </Show>
    }
}

/// Preview, Try, Run.
#[component]
fn Verbs() -> impl IntoView {
    let store = store();
    let ladder = store.memo(select::ladder);
    let part = move |read: fn(select::Ladder) -> String| Signal::derive(move || read(ladder.get()));
    view! {
        <Button icon=icondata::LuDiamond label=say::PREVIEW sub=say::PREVIEW_SUB testid="btn-preview"
            on_click=move || store.send(Msg::AskPreview(false))/>
        <Button icon=icondata::LuUser label=say::TRY sub=part(|ladder| ladder.try_sub) not_now=part(|ladder| ladder.try_not_now)
            testid="btn-try" on_click=move || {
                if let Some(user) = store.peek(select::user) {
                    store.send(Msg::TryOne(user, None));
                }
            }/>
        <Button kind=Kind::Primary icon=icondata::LuPlay label=part(|ladder| ladder.run_label.to_owned())
            sub=part(|ladder| ladder.run_sub) not_now=part(|ladder| ladder.run_not_now) testid="btn-run"
            on_click=move || store.send(Msg::RunTest)/>
    }
}

/// How far the run is, and Stop.
#[component]
fn Running() -> impl IntoView {
    let store = store();
    let words = store.memo(|model| {
        model.run.as_ref().map_or_else(String::new, |run| {
            let (gone, planned, _) = select_run::progress(run);
            say::run_clock(select_run::state(run), gone, planned)
        })
    });
    let share = store.memo(|model| model.run.as_ref().and_then(|run| select_run::progress(run).2).unwrap_or(0.0));
    // There the same stands larger.
    let at_run = store.memo(|model| model.tab() == Some(Tab::Run));
    let stopping = store.memo(|model| model.run.as_ref().is_some_and(|run| run.phase == Phase::Stopping));
    view! {
        <Show when=move || !at_run.get()>
            <button type="button" class="ladder-run" data-testid="run-state" on:click=move |_| store.send(Msg::ShowTab(Tab::Run))>
                <span class="ladder-run-words"><span class="dot" aria-hidden="true"></span>{words}</span>
                <progress class="ladder-progress" max="1" prop:value=share aria-hidden="true"></progress>
            </button>
        </Show>
        <Button kind=Kind::Danger icon=icondata::LuSquare testid="btn-stop" hint=format!("{} .", page::command_key())
            label=Signal::derive(move || if stopping.get() { say::STOPPING } else { say::STOP }.to_owned())
            on_click=move || store.send(Msg::Open(Dialog::Stop))/>
    }
}
