//! The steps of a search for the limit. Must not judge.

use leptos::prelude::*;
use tidemark_app_model::select::results as select;
use tidemark_app_model::text::results as say;

use super::once;
use crate::store::store;

/// The steps, in order; nothing where no limit was looked for.
#[component]
pub fn Way() -> impl IntoView {
    let way = once(store(), select::way);
    let head = move || {
        let columns = way.with(|way| way.as_ref().map(|way| way.0.clone()).unwrap_or_default());
        columns.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()
    };
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let first = cells.next();
        view! { <tr><th scope="row">{first}</th>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    let rows = move || {
        let rows = way.with(|way| way.as_ref().map(|way| way.1.clone()).unwrap_or_default());
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || way.with(Option::is_some)>
            <section class="card" aria-labelledby="report-way" data-testid="way-to-limit">
                <h2 id="report-way">{say::WAY}</h2>
                <div class="table-wrap way" tabindex="0" role="region" aria-label=say::WAY>
                    <table class="table steps-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                </div>
            </section>
        </Show>
    }
}
