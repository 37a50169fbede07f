//! The same numbers as the picture's, as a table.

use leptos::prelude::*;
use tidemark_app_model::select::preview::{Kind, Row};
use tidemark_app_model::text::preview as say;

/// The table.
#[component]
pub fn Table(kinds: Vec<Kind>) -> impl IntoView {
    let percent = |share: Option<(f64, u32)>| share.map(|(_, percent)| format!("{percent} %")).unwrap_or_default();
    let row = move |row: Row| {
        view! {
            <tr>
                <th scope="row">{row.name}{(!row.why.is_empty()).then(|| view! { <span class="mix-table-why">{row.why}</span> })}</th>
                <td>{percent(row.picked)}</td>
                <td>{row.by_luck}</td>
                <td>{percent(Some(row.requests))}</td>
                <td>{percent(row.time)}</td>
                <td>{row.each}</td>
            </tr>
        }
    };
    let kind = move |kind: Kind| {
        view! {
            <tbody>
                <tr class="mix-table-kind"><th scope="rowgroup" colspan="6">{kind.name}<span class="muted">{kind.says}</span></th></tr>
                {kind.rows.into_iter().map(row).collect_view()}
            </tbody>
        }
    };
    view! {
        <div class="mix-table-room" tabindex="0" role="region" aria-label=say::NUMBERS>
            <table class="mix-table" data-testid="preview-table">
                <caption class="unseen">{say::NUMBERS}</caption>
                <thead><tr>
                    <th scope="col">{say::TASK}</th><th scope="col">{say::PICKED}</th><th scope="col" title=say::LUCK_HINT>{say::BY_LUCK}</th>
                    <th scope="col">{say::REQUESTS}</th><th scope="col">{say::TIME}</th><th scope="col">{say::EACH}</th>
                </tr></thead>
                {kinds.into_iter().map(kind).collect_view()}
            </table>
        </div>
    }
}
