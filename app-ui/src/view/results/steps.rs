//! The table of steps: sorted by real buttons, found by name, put together, with the columns one wants.

use std::collections::BTreeSet;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Column;
use tidemark_app_model::select::results::{self as select, COLUMNS, Grouping, Row};
use tidemark_app_model::text::{results as say, run as words};

use super::once;
use crate::store::store;
use crate::view::parts::{Checkbox, Choice, Picture, Select, TextField};

/// Width and height of a small line.
const SPARK: (f64, f64) = (72.0, 20.0);

/// The table with what narrows it.
#[component]
pub fn Steps() -> impl IntoView {
    let store = store();
    let filter = store.memo(|model| model.results.filter.clone());
    let after = once(store, select::after_warm_up);
    let by = RwSignal::new("step".to_owned());
    let only_missed = RwSignal::new(false);
    let hidden: RwSignal<BTreeSet<usize>> = RwSignal::new(BTreeSet::new());
    let choices =
        vec![Choice::new("step", say::BY_STEP), Choice::new("user", say::BY_USER), Choice::new("task", say::BY_TASK)];
    view! {
        <section class="card" aria-labelledby="report-steps">
            <div class="report-row">
                <h2 id="report-steps">{say::STEPS}<span class="muted run-aside">{after}</span></h2>
                <span class="grow"></span>
                <Checkbox label=say::ONLY_MISSED checked=only_missed on_change=move |on| only_missed.set(on) testid="only-missed"/>
                <Select label=say::GROUP_BY bare=true choices=choices value=by on_choose=move |word| by.set(word) testid="group-by"/>
                <TextField label=say::FILTER bare=true value=filter placeholder=say::FILTER on_input=move |text| store.send(Msg::FilterRows(text)) testid="filter-steps"/>
                <Columns hidden=hidden/>
            </div>
            <Table by=by only_missed=only_missed hidden=hidden/>
        </section>
    }
}

/// Which columns there are.
#[component]
fn Columns(hidden: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    let names = COLUMNS.iter().map(|(_, name)| *name).chain([say::TREND]).enumerate();
    let boxes = names.map(|(at, name)| {
        let toggle = move |on: bool| hidden.update(|hidden| {
            if on { hidden.remove(&at); } else { hidden.insert(at); }
        });
        view! { <Checkbox label=name checked=Signal::derive(move || !hidden.with(|hidden| hidden.contains(&at))) on_change=toggle/> }
    });
    view! {
        <details class="steps-columns">
            <summary class="button quiet"><Picture icon=icondata::LuColumns3/>{say::COLUMNS}</summary>
            <div class="steps-columns-list">{boxes.collect_view()}</div>
        </details>
    }
}

/// The table itself.
#[component]
fn Table(by: RwSignal<String>, only_missed: RwSignal<bool>, hidden: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    let store = store();
    let trends = once(store, select::trends);
    let no_rows = once(store, select::no_rows);
    let sort = store.memo(|model| model.results.sort);
    let rows = store.memo(|model| {
        model.results.open.as_ref().map(|(_, opened)| select::rows(opened, &model.results)).unwrap_or_default()
    });
    let groups = Memo::new(move |_| {
        let rows = rows.get().into_iter().filter(|row| row.missed || !only_missed.get()).collect();
        select::grouped_rows(rows, Grouping::from_word(&by.get()))
    });
    let shown = move |at: usize| !hidden.with(|hidden| hidden.contains(&at));
    let head = move || {
        let columns = std::iter::once((None, Column::Name, words::STEP))
            .chain(COLUMNS.iter().enumerate().map(|(at, (column, name))| (Some(at), *column, *name)));
        let heads = columns.filter(|(at, ..)| at.is_none_or(shown)).map(|(_, column, name)| {
            let order = move || match sort.get() { (now, down) if now == column => if down { "descending" } else { "ascending" }, _ => "none" };
            let icon = move || match order() { "descending" => icondata::LuArrowDown, "ascending" => icondata::LuArrowUp, _ => icondata::LuArrowUpDown };
            view! {
                <th scope="col" aria-sort=order>
                    <button type="button" class="sort" on:click=move |_| store.send(Msg::SortRows(column))>{name}<Picture icon=Signal::derive(icon)/></button>
                </th>
            }
        });
        let trend = shown(COLUMNS.len()).then(|| view! { <th scope="col">{say::TREND}</th> });
        (heads.collect_view(), trend)
    };
    let body = move || {
        groups
            .get()
            .into_iter()
            .map(|(name, rows)| {
                let title = name
                    .map(|name| view! { <tr class="steps-group"><th scope="colgroup" colspan="8">{name}</th></tr> });
                let lines = rows.into_iter().map(|row| line(row, trends, hidden)).collect_view();
                view! { <tbody>{title}{lines}</tbody> }
            })
            .collect_view()
    };
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=say::STEPS>
            <table class="table steps-table"><thead><tr>{head}</tr></thead>{body}</table>
        </div>
        <Show when=move || groups.with(Vec::is_empty)><p class="muted">{no_rows}</p></Show>
    }
}

fn line(row: Row, trends: Memo<Vec<Vec<Option<f64>>>>, hidden: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    let at = row.at;
    let shown = move |at: usize| !hidden.with(|hidden| hidden.contains(&at));
    let bad = row.missed.then(
        || view! { <span class="badge" data-tone="bad"><Picture icon=icondata::LuOctagonX/>{say::MISSED_HERE}</span> },
    );
    let failed = row.failed;
    let cells = row.cells.into_iter().enumerate().filter(|(at, _)| shown(*at)).map(|(at, cell)| {
        let quiet = cell == words::TOO_FEW;
        view! { <td data-bad=(at == 1 && failed).then_some("true") data-quiet=quiet.then_some("true")>{cell}</td> }
    });
    let spark = shown(COLUMNS.len()).then(|| {
        let path = move || trends.with(|trends| trends.get(at).map(|values| select::spark(values, SPARK.0, SPARK.1)));
        view! { <td><svg class="spark" aria-hidden="true" width=SPARK.0 height=SPARK.1><path d=path/></svg></td> }
    });
    view! { <tr><th scope="row" title=row.label.clone()><span class="steps-name">{row.label.clone()}</span>{bad}</th>{cells.collect_view()}{spark}</tr> }
}
