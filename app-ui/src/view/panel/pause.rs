//! A pause in each of its kinds, of a step and between tasks. Must not draw lots.

use leptos::prelude::*;
use tidemark_app_model::select::panel::forms::{PAUSES, TASK_PAUSES, pause_of_kind, pause_word};
use tidemark_app_model::select::panel::read_time;
use tidemark_app_model::text::load::amount;
use tidemark_app_model::text::{edits, panel as say};
use tidemark_core::scenario::{Act, Bell, PauseTime};
use tidemark_core::units::Span;

use super::body::choices;
use super::here::{Id, here};
use crate::view::parts::{Choice, Measure, NumberField, Select, WrittenField};

/// The pause of a step.
#[component]
pub(super) fn OfStep(id: Id) -> impl IntoView {
    let here = here();
    let pause = here.of_step(id, |step| match &step.act {
        Act::Pause(pause) => pause.clone(),
        _ => PauseTime::Nothing,
    });
    view! {
        <Pause pause=pause on_change=Callback::new(move |pause| here.act(id, edits::FIELD_PAUSE, Act::Pause(pause))) kinds=PAUSES/>
    }
}

/// The pause between tasks.
#[component]
pub(super) fn BetweenTasks(pause: Memo<PauseTime>, on_change: Callback<PauseTime>) -> impl IntoView {
    view! { <Pause pause=pause on_change=on_change kinds=TASK_PAUSES/> }
}

#[component]
fn Pause(
    pause: Memo<PauseTime>,
    on_change: Callback<PauseTime>,
    kinds: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let kind = Memo::new(move |_| pause.with(pause_word));
    let all = Signal::derive(move || {
        let now = kind.get();
        let mut all = choices(kinds);
        // A kind that doesn't belong here stands in the list as long as it is chosen.
        if !kinds.iter().any(|(word, _)| *word == now) {
            let label = TASK_PAUSES.iter().find(|(word, _)| *word == now).map_or(now, |(_, label)| *label);
            all.push(Choice::new(now, label));
        }
        all
    });
    let inside = move || match kind.get() {
        "for" => one(say::LONG, "", pause, on_change, PauseTime::For),
        "exponential" => one(say::LONG, say::AVERAGE_HINT, pause, on_change, PauseTime::Exponential),
        "pacing" => one(say::LONG, say::PACING_HINT, pause, on_change, PauseTime::Pacing),
        "between" => view! { <Range pause=pause on_change=on_change/> }.into_any(),
        "normal" => view! { <Around pause=pause on_change=on_change/> }.into_any(),
        "per_minute" => {
            let count = Signal::derive(move || match pause.get() {
                PauseTime::PerMinute(count) => count,
                _ => 0.0,
            });
            view! {
                <NumberField label=say::PAUSE_RATE value=count measure=Measure { least: 0.1, most: 6_000.0, step: 1.0 } testid="pause-rate"
                    on_change=move |count: f64| on_change.run(PauseTime::PerMinute(count))/>
                <p class="field-hint">{say::RATE_HINT}</p>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <Select label=say::KIND_OF_PAUSE choices=all value=Signal::derive(move || kind.get().to_owned()) testid="pause-kind"
            on_choose=move |word: String| on_change.run(pause_of_kind(&pause.get_untracked(), &word))/>
        {inside}
    }
}

/// Understands a time, or says what is wrong with it.
fn taken(text: &str, put: impl FnOnce(Span)) -> Option<String> {
    match read_time(text) {
        Ok(Some(span)) => {
            put(span);
            None
        }
        _ => Some(say::NOT_A_TIME.to_owned()),
    }
}

/// A pause that is one time.
fn one(
    label: &'static str,
    hint: &'static str,
    pause: Memo<PauseTime>,
    on_change: Callback<PauseTime>,
    make: fn(Span) -> PauseTime,
) -> AnyView {
    let value = Signal::derive(move || match pause.get() {
        PauseTime::For(span) | PauseTime::Exponential(span) | PauseTime::Pacing(span) => amount(span),
        _ => String::new(),
    });
    view! {
        <WrittenField label=label hint=hint value=value testid="pause-time"
            on_leave=move |text: String| taken(&text, |span| on_change.run(make(span)))/>
    }
    .into_any()
}

#[component]
fn Range(pause: Memo<PauseTime>, on_change: Callback<PauseTime>) -> impl IntoView {
    let ends = Memo::new(move |_| match pause.get() {
        PauseTime::Between(ends) => ends,
        _ => Default::default(),
    });
    view! {
        <div class="panel-two">
            <WrittenField label=say::FROM value=Signal::derive(move || amount(ends.get().0)) testid="pause-from"
                on_leave=move |text: String| taken(&text, |from| on_change.run(PauseTime::Between((from, ends.get_untracked().1))))/>
            <WrittenField label=say::TO value=Signal::derive(move || amount(ends.get().1)) testid="pause-to"
                on_leave=move |text: String| taken(&text, |to| on_change.run(PauseTime::Between((ends.get_untracked().0, to))))/>
        </div>
    }
}

#[component]
fn Around(pause: Memo<PauseTime>, on_change: Callback<PauseTime>) -> impl IntoView {
    let bell = Memo::new(move |_| match pause.get() {
        PauseTime::Normal(bell) => bell,
        _ => Bell::default(),
    });
    let set = move |bell: Bell| on_change.run(PauseTime::Normal(bell));
    view! {
        <div class="panel-two">
            <WrittenField label=say::PAUSE_AROUND value=Signal::derive(move || amount(bell.get().mean)) testid="pause-mean"
                on_leave=move |text: String| taken(&text, |mean| set(Bell { mean, ..bell.get_untracked() }))/>
            <WrittenField label=say::SPREAD value=Signal::derive(move || amount(bell.get().deviation)) testid="pause-spread"
                on_leave=move |text: String| taken(&text, |deviation| set(Bell { deviation, ..bell.get_untracked() }))/>
        </div>
        <p class="field-hint">{say::SPREAD_HINT}</p>
    }
}
