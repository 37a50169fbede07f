//! The head of a report and its verdict.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::route::{Route, Tab};
use tidemark_app_model::select::results::{self as select, mark_of};
use tidemark_app_model::text::results as say;

use crate::store::store;
use crate::view::parts::{Button, Kind, Menu, MenuItem, Picture, Practice};

/// The icon of a verdict: each has a shape of its own.
pub fn icon_of(word: &str) -> icondata::Icon {
    match word {
        "held-up" => icondata::LuCircleCheck,
        "held-up-with-warnings" => icondata::LuTriangleAlert,
        "did-not-hold-up" => icondata::LuOctagonX,
        "running" => icondata::LuCircleDot,
        "ended-unexpectedly" | "unreadable" => icondata::LuCircleSlash,
        _ => icondata::LuDiamond,
    }
}

/// What it is a report of, and what can be done with it.
#[component]
pub fn Head() -> impl IntoView {
    let store = store();
    let report = store.memo(select::report);
    let text = move |of: fn(&select::Report) -> String| {
        move || report.with(|report| report.as_ref().map(of).unwrap_or_default())
    };
    let from_file = move || report.with(|report| report.as_ref().is_some_and(|report| report.from_file));
    let practice = move || report.with(|report| report.as_ref().is_some_and(|report| report.practice));
    let id =
        move || report.with_untracked(|report| report.as_ref().map(|report| report.id.clone()).unwrap_or_default());
    let in_test = store.memo(|model| matches!(model.route, Route::Result(..)));
    let baseline = store.memo(|model| {
        let open = model.results.open.as_ref().map(|(id, _)| id);
        model.results.cards.iter().flatten().any(|card| card.baseline && Some(&card.id) == open)
    });
    view! {
        <header class="report-head">
            <div class="report-names">
                <h1>{text(|report| report.title.clone())}</h1>
                <p class="muted">{text(|report| [&report.target, &report.when, &report.length].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · "))}</p>
            </div>
            <Show when=practice><Practice testid="practice-report"/></Show>
            <Show when=move || in_test.get()>
                <Button kind=Kind::Quiet icon=icondata::LuStar testid="btn-baseline"
                    label=Signal::derive(move || if baseline.get() { say::NO_MORE_BASELINE } else { say::SET_BASELINE }.to_owned())
                    on_click=move || store.send(Msg::SetBaseline(id(), !baseline.get_untracked()))/>
                <CompareWith/>
            </Show>
            <Show when=from_file>
                <Button kind=Kind::Quiet icon=icondata::LuLibrary label=say::KEEP testid="btn-keep" on_click=move || store.send(Msg::KeepResult)/>
            </Show>
            <Button icon=icondata::LuShare2 label=say::SHARE testid="btn-share" on_click=move || store.send(Msg::Open(Dialog::Share(id())))/>
            <Show when=move || in_test.get()>
                <Button kind=Kind::Quiet icon=icondata::LuArrowLeft label=say::BACK_TO_ALL on_click=move || store.send(Msg::ShowTab(Tab::Results))/>
            </Show>
        </header>
        <Show when=from_file><p class="run-strip" data-tone="info"><Picture icon=icondata::LuInfo/><span>{say::VIEWED}</span></p></Show>
        {move || report.with(|report| report.as_ref().map(|report| report.notes.clone()).unwrap_or_default()).into_iter().map(|note| {
            view! { <p class="run-strip" data-tone="warn" role="note"><Picture icon=icondata::LuTriangleAlert/><span>{note}</span></p> }
        }).collect_view()}
    }
}

/// Another result to compare with.
#[component]
fn CompareWith() -> impl IntoView {
    let store = store();
    let others = store.memo(|model| {
        let open = model.results.open.as_ref().map(|(id, _)| id);
        let cards = model.results.cards.iter().flatten().filter(|card| Some(&card.id) != open);
        cards
            .map(|card| {
                (card.id.clone(), say::other(&select::history_row(card, model.now.ahead_minutes).0, card.baseline))
            })
            .collect::<Vec<_>>()
    });
    let go = move |other: String| {
        let route = store.peek(|model| {
            let (open, _) = model.results.open.as_ref()?;
            Some(Route::Compare(model.test.as_ref()?.id.clone(), other, open.clone()))
        });
        if let Some(route) = route {
            store.send(Msg::Go(route));
        }
    };
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <Menu label=say::COMPARE icon=icondata::LuArrowLeftRight worded=true testid="btn-compare">
                {move || others.get().into_iter().map(|(id, label)| {
                    view! { <MenuItem label=label on_click=move || go(id.clone())/> }
                }).collect_view()}
            </Menu>
        </Show>
    }
}

/// The verdict: shape, words, what to do next.
#[component]
pub fn Card() -> impl IntoView {
    let store = store();
    let report = store.memo(select::report);
    let samples = move || report.with(|report| report.as_ref().is_some_and(|report| report.samples));
    let copy = move || {
        let text = store.peek(|model| model.results.open.as_ref().map(|(_, opened)| select::summary_text(opened)));
        if let Some(text) = text {
            store.send(Msg::Copy(text, Clip::text()));
        }
    };
    move || {
        report.get().map(|report| view! {
        <section class="verdict" data-testid="verdict" data-state=report.state data-tone=mark_of(report.state) aria-labelledby="verdict-line">
            <h2 id="verdict-line" class="verdict-line"><Picture icon=icon_of(report.state)/><span>{report.outcome}</span></h2>
            {report.sentences.into_iter().map(|text| view! { <p class="prose">{text}</p> }).collect_view()}
            {report.caveats.into_iter().map(|text| view! { <p class="prose muted">{text}</p> }).collect_view()}
            <div class="verdict-acts">
                <crate::view::parts::DemoDoor/>
                <Button icon=icondata::LuCopy label=say::COPY_SUMMARY testid="copy-summary" on_click=copy/>
                <Show when=samples>
                    <Button icon=icondata::LuArrowDown label=say::OPEN_SAMPLES testid="open-samples" on_click=|| crate::page::focus("failure-group-0".to_owned())/>
                </Show>
            </div>
        </section>
    })
    }
}
