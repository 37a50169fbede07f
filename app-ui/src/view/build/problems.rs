//! Problems with their fixes: beside a thing, the first few, and all of them in a drawer. Must not look for problems.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::model::Panel;
use tidemark_app_model::select::overlay::{ProblemRow, problems, problems_of};
use tidemark_app_model::text::build as say;

use crate::store::store;
use crate::view::parts::{Button, Fixes, IconButton, Kind, severity_mark};

/// So many are shown where there is little room.
const FEW: usize = 3;

/// What is wrong with one thing.
#[component]
pub(super) fn Of(item: Item) -> impl IntoView {
    let store = store();
    let rows = store.memo(move |model| problems_of(model, &item));
    move || {
        let each = |row: ProblemRow| {
            view! {
                <div class="trouble-line" data-code=row.code>
                    {severity_mark(row.severity)}
                    <p>{row.message.clone()}</p>
                    <Fixes code=row.code fixes=row.fixes.iter().take(2).cloned().collect()/>
                </div>
            }
        };
        rows.get().into_iter().map(each).collect_view()
    }
}

/// The first few.
#[component]
pub(super) fn Few() -> impl IntoView {
    let store = store();
    let rows = store.memo(problems);
    let count = Memo::new(move |_| rows.with(Vec::len));
    let first = move || {
        let each = |row: ProblemRow| {
            let item = row.item.clone();
            view! {
                <li class="few">
                    <button type="button" class="few-words" data-testid=format!("few-{}", row.code)
                        on:click=move |_| store.send(Msg::Select(vec![item.clone()]))>
                        {severity_mark(row.severity)}<span>{row.message.clone()}</span>
                    </button>
                    {row.fixes.first().cloned().map(|fix| view! {
                        <button type="button" class="fix" title=fix.label.clone() aria-label=say::mend(&fix.label)
                            on:click=move |_| store.send(Msg::Edit(fix.edit.clone()))>{say::FIX}</button>
                    })}
                </li>
            }
        };
        rows.get().into_iter().take(FEW).map(each).collect_view()
    };
    view! {
        <div class="who-part">
            <div class="who-head">
                <h2>{say::PROBLEMS}</h2>
                <Show when=move || { count.get() > 0 } fallback=|| view! { <span class="who-uses">{say::NO_PROBLEMS}</span> }>
                    <button type="button" class="link" data-testid="problems-open" on:click=move |_| store.send(Msg::TogglePanel(Panel::Problems))>
                        {move || say::all_problems(count.get())}
                    </button>
                </Show>
            </div>
            <ul>{first}</ul>
        </div>
    }
}

/// All of them, over every tab.
#[component]
pub fn Drawer() -> impl IntoView {
    let store = store();
    let rows = store.memo(problems);
    let main = store.memo(|model| model.test.as_ref().and_then(|test| test.doc.selection.main().cloned()));
    let each = move || {
        let line = |row: ProblemRow| {
            let (item, own) = (row.item.clone(), row.item.clone());
            view! {
                <li class="problem" data-testid=format!("problem-{}", row.code) class:here=move || main.with(|main| main.as_ref() == Some(&own))>
                    <button type="button" class="problem-words" on:click=move |_| store.send(Msg::Select(vec![item.clone()]))>
                        {severity_mark(row.severity)}
                        <span class="problem-text">{row.message.clone()}" "<span class="muted">{row.hint.clone()}</span></span>
                        <span class="problem-place">{row.whose.clone()}</span>
                    </button>
                    <Fixes code=row.code fixes=row.fixes.clone()/>
                </li>
            }
        };
        rows.get().into_iter().map(line).collect_view()
    };
    view! {
        <section class="problems" data-testid="problems" data-region="problems" aria-labelledby="problems-title">
            <div class="problems-head">
                <h2 id="problems-title">{say::PROBLEMS}</h2>
                <span class="muted">{move || say::all_problems(rows.with(Vec::len))}</span>
                <span class="grow"></span>
                <Button kind=Kind::Quiet label=say::PROBLEM_BEFORE on_click=move || store.send(Msg::WalkProblems(false))/>
                <Button kind=Kind::Quiet label=say::PROBLEM_NEXT on_click=move || store.send(Msg::WalkProblems(true))/>
                <IconButton icon=icondata::LuX label=say::CLOSE testid="problems-close" on_click=move || store.send(Msg::TogglePanel(Panel::Problems))/>
            </div>
            <Show when=move || !rows.with(Vec::is_empty) fallback=|| view! { <p class="problems-none">{say::NO_PROBLEMS}</p> }>
                <ul class="problems-list">{each}</ul>
            </Show>
        </section>
    }
}
