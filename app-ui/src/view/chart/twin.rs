//! The table twin of a chart: the same numbers, for those who read rather than look.

use leptos::prelude::*;
use tidemark_app_model::chart::{Kind, table};
use tidemark_app_model::text::chart as say;

use super::linked::Linked;

/// The table, in place of the plot.
#[component]
pub fn Twin(
    /// Which chart.
    kind: Kind,
    /// What it shares.
    linked: Linked,
    /// Its caption.
    title: &'static str,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        linked.revision.get();
        let (from, to) = linked.shown();
        linked.with(|source| {
            let first = source.seconds.partition_point(|second| f64::from(second.at + second.span()) <= from);
            let end = source.seconds.partition_point(|second| f64::from(second.at) < to);
            table(kind, &source.seconds[first.min(end)..end])
        })
    });
    let rows = move || shown.with(|table| table.as_ref().map(|table| table.rows.clone()).unwrap_or_default());
    let columns = move || shown.with(|table| table.as_ref().map(|table| table.columns.clone()).unwrap_or_default());
    let each = move || {
        shown.with(|table| table.as_ref().filter(|table| table.seconds > 1).map(|table| say::each_row(table.seconds)))
    };
    view! {
        <div class="chart-table" data-testid=format!("chart-table-{}", kind.word()) tabindex="0" role="region" aria-label=say::table_of(title)>
            {move || each().map(|text| view! { <p class="chart-table-note">{text}</p> })}
            <table>
                <thead><tr>{move || columns().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(cells: Vec<String>) -> impl IntoView {
    let mut cells = cells.into_iter();
    let first = cells.next();
    view! { <tr><th scope="row">{first}</th>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
}
