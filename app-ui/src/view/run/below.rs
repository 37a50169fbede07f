//! Below the charts: what failed with its samples, numbers by step, what happened.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::run as select;
use tidemark_app_model::text::run as say;

use crate::store::store;
use crate::view::parts::{Button, Choice, Kind, Segments};
use crate::view::results::sample::Sample;

/// One of three lists.
#[component]
pub fn Below() -> impl IntoView {
    let shown = RwSignal::new("failed".to_owned());
    let choices =
        vec![Choice::new("failed", say::WHAT_FAILED), Choice::new("steps", say::STEPS), Choice::new("log", say::LOG)];
    view! {
        <section class="card run-below" aria-label=say::BELOW>
            <Segments label=say::BELOW choices=choices value=shown on_choose=move |word| shown.set(word) testid="below"/>
            {move || match shown.get().as_str() {
                "steps" => view! { <Steps/> }.into_any(),
                "log" => view! { <Log/> }.into_any(),
                _ => view! { <Failed/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let store = store();
    let lines = store.memo(|model| model.run.as_ref().map(select::failure_lines).unwrap_or_default());
    let keys = Memo::new(move |_| {
        lines.with(|lines| {
            lines.iter().map(|line| (line.label.clone(), line.kind, line.detail.clone())).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty) fallback=|| view! { <p class="muted run-nothing">{say::NOTHING_FAILED}</p> }>
            <ul class="run-failed">
                <For each=move || keys.get().into_iter().enumerate() key=|(_, key)| key.clone() let:item>
                    {
                        let (at, key) = item;
                        let line = Memo::new(move |_| lines.with(|lines| {
                            lines.iter().find(|line| (&line.label, line.kind, &line.detail) == (&key.0, key.1, &key.2)).cloned()
                        }));
                        view! { <Failure at=at line=line/> }
                    }
                </For>
            </ul>
        </Show>
    }
}

/// One kind of failure of one step; its samples are read when they are asked for.
#[component]
fn Failure(at: usize, line: Memo<Option<select::FailureLine>>) -> impl IntoView {
    let store = store();
    let open = RwSignal::new(false);
    let text = move |of: fn(&select::FailureLine) -> String| {
        move || line.with(|line| line.as_ref().map(of).unwrap_or_default())
    };
    let ask = move || {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            store.send(Msg::AskSamples(line.with_untracked(|line| line.as_ref().map(|line| line.kind.to_owned()))));
        }
    };
    let samples = store.memo(move |model| {
        let line = line.get()?;
        let (kind, samples) = model.run.as_ref()?.samples.as_ref()?;
        (kind.as_deref() == Some(line.kind))
            .then(|| tidemark_app_model::select::results::samples_of(samples, &line.detail, "http"))
    });
    view! {
        <li class="run-failure" data-testid=format!("failure-group-{at}")>
            <div class="run-failure-line">
                <b class="run-count">{text(|line| line.count.clone())}</b>
                <span class="run-failure-what"><b>{text(|line| line.label.clone())}</b>" — "{text(|line| line.text.clone())}</span>
                <span class="muted">{text(|line| line.when.clone())}</span>
                <Button kind=Kind::Quiet label=Signal::derive(move || if open.get() { say::HIDE_SAMPLES } else { say::VIEW_SAMPLES }.to_owned()) on_click=ask/>
            </div>
            <Show when=move || open.get()>
                {move || match samples.get() {
                    None => view! { <p class="muted">{say::LOADING_SAMPLES}</p> }.into_any(),
                    Some(list) if list.is_empty() => view! { <p class="muted">{say::NO_SAMPLES}</p> }.into_any(),
                    Some(list) => list.into_iter().enumerate().map(|(n, sample)| view! { <Sample n=n sample=sample/> }).collect_view().into_any(),
                }}
            </Show>
        </li>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let store = store();
    let rows = store.memo(|model| model.run.as_ref().map(select::step_rows).unwrap_or_default());
    let row = |row: select::StepRow| {
        view! {
            <tr data-bad=row.bad.then_some("true")>
                <th scope="row">{row.label}</th>
                <td>{row.sent}</td>
                <td>{row.failed}</td>
                <td><span class="run-based">{row.note}</span>" "{row.time}</td>
            </tr>
        }
    };
    view! {
        <Show when=move || !rows.with(Vec::is_empty) fallback=|| view! { <p class="muted run-nothing">{say::NOTHING_MEASURED}</p> }>
            <div class="table-wrap" tabindex="0" role="region" aria-label=say::STEPS>
                <table class="table">
                    <thead><tr><th scope="col">{say::STEP}</th><th scope="col">{say::SENT}</th><th scope="col">{say::FAILED}</th><th scope="col">{say::P95_LATELY}</th></tr></thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn Log() -> impl IntoView {
    let store = store();
    let moments = store.memo(|model| model.run.as_ref().map(|run| select::moments(&run.events)).unwrap_or_default());
    view! {
        <Show when=move || !moments.with(Vec::is_empty) fallback=|| view! { <p class="muted run-nothing">{say::NOTHING_HAPPENED}</p> }>
            <ol class="moments">{move || moments.get().into_iter().rev().map(moment).collect_view()}</ol>
        </Show>
    }
}

/// What happened at one moment, with its number in the charts.
pub fn moment(moment: select::Moment) -> impl IntoView {
    view! {
        <li class="moment">
            <span class="moment-number">{moment.number.clone()}</span>
            <span class="moment-time">{moment.time}</span>
            <span class="moment-text">{moment.texts.join(" ")}</span>
        </li>
    }
}
