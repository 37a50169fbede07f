//! A condition, row by row. Must not ask whether it is true.

use leptos::prelude::*;
use tidemark_app_model::select::panel::conditions::{Join, join, joined, rows, with_one_more, with_rows};
use tidemark_app_model::text::{forms, panel as say, steps};
use tidemark_core::scenario::Condition;

use super::body::choices;
use super::compare::Compare;
use super::flow::NameOf;
use crate::page;
use crate::view::parts::{Button, IconButton, Kind, Select};

/// The rows of a condition.
#[component]
pub(super) fn Builder(
    /// As it is.
    condition: Memo<Condition>,
    /// Hears it after a change.
    on_change: Callback<Condition>,
    /// What it is for.
    label: &'static str,
) -> impl IntoView {
    let all = Memo::new(move |_| condition.with(rows));
    let count = Memo::new(move |_| all.with(Vec::len));
    let how = Memo::new(move |_| condition.with(join));
    let joins = choices(&[("all", say::ALL_TRUE), ("any", say::ANY_TRUE)]);
    let set =
        Callback::new(move |rows: Vec<Condition>| on_change.run(condition.with_untracked(|now| with_rows(now, rows))));
    let more = move || {
        let at = count.get_untracked();
        on_change.run(condition.with_untracked(with_one_more));
        page::focus(format!("condition-{at}-value"));
    };
    let each = move || (0..count.get()).map(|at| view! { <Row at=at all=all on_change=set/> }).collect_view();
    view! {
        <section class="panel-part" aria-label=label>
            <h3>{label}</h3>
            <Show when=move || how.get() != Join::One>
                <Select label=say::CONDITION_JOIN choices=joins.clone() value=Signal::derive(move || how.get().word().to_owned()) testid="condition-join"
                    on_choose=move |word: String| on_change.run(condition.with_untracked(|now| joined(now, &word)))/>
            </Show>
            {each}
            <div><Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_CONDITION testid="condition-add" on_click=more/></div>
        </section>
    }
}

#[component]
fn Row(at: usize, all: Memo<Vec<Condition>>, on_change: Callback<Vec<Condition>>) -> impl IntoView {
    let row = Memo::new(move |_| all.with(|all| all.get(at).cloned()).unwrap_or_default());
    let several = Memo::new(move |_| all.with(|all| all.len() > 1));
    let nested = Memo::new(move |_| row.with(|row| join(row) != Join::One));
    let set = move |condition: Condition| {
        let mut rows = all.get_untracked();
        if let Some(slot) = rows.get_mut(at) {
            *slot = condition;
            on_change.run(rows);
        }
    };
    let remove = move || {
        let mut rows = all.get_untracked();
        rows.remove(at);
        on_change.run(rows);
        page::focus("condition-add".to_owned());
    };
    let fields = move || {
        match nested.get() {
        true => view! { <p>{move || row.with(steps::condition)}</p><p class="muted">{forms::IS_MORE}</p> }.into_any(),
        false => view! {
            <div class="panel-two level">
                <NameOf label=say::VALUE value=Signal::derive(move || row.get().value) testid=format!("condition-{at}-value")
                    on_input=move |value: String| set(Condition { value, ..row.get_untracked() })/>
                <Compare compared=Signal::derive(move || row.with(|row| (row.is, row.to.clone()))) about=say::condition_number(at) testid=format!("condition-{at}")
                    on_change=move |(is, to)| set(Condition { is, to, ..row.get_untracked() })/>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <div class="panel-box" data-testid=format!("condition-{at}") role="group" aria-label=say::condition_number(at)>
            <div class="panel-line">
                <div class="grow">{fields}</div>
                <Show when=move || several.get()>
                    <IconButton icon=icondata::LuX label=say::remove(&say::condition_number(at)) testid=format!("condition-{at}-remove") on_click=remove/>
                </Show>
            </div>
        </div>
    }
}
