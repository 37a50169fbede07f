//! Rarer settings of the load. Must not know what they do.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::LoadEdit;
use tidemark_app_model::doc::edit::load::counts_arrivals;
use tidemark_app_model::text::load::{self as say, amount};
use tidemark_app_model::typed::read_count;
use tidemark_core::scenario::Load as Plan;
use tidemark_core::units::Span;

use super::{change, span};
use crate::store::{Store, store};
use crate::view::parts::{Checkbox, WrittenField};

/// A number that was typed, or nothing where the field was emptied.
fn count(store: Store, text: &str, edit: impl FnOnce(Option<u64>) -> LoadEdit) -> Option<String> {
    match (text.trim(), read_count(text)) {
        ("", _) => change(store, edit(None)),
        (_, Some(number)) if number > 0 => change(store, edit(Some(number))),
        _ => return Some(say::NOT_A_COUNT.to_owned()),
    }
    None
}

/// All of them, behind a line that opens.
#[component]
pub(super) fn More(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let arrivals = Memo::new(move |_| plan.with(counts_arrivals));
    let warm = Signal::derive(move || {
        plan.with(|plan| if plan.warm_up == Span::ZERO { String::new() } else { amount(plan.warm_up) })
    });
    let finish = Signal::derive(move || plan.with(|plan| plan.let_people_finish.map(amount).unwrap_or_default()));
    let keep = Signal::derive(move || plan.with(|plan| plan.keep_connections.map(amount).unwrap_or_default()));
    let most = Signal::derive(move || plan.with(|plan| plan.at_most.map(|most| most.to_string()).unwrap_or_default()));
    let tasks =
        Signal::derive(move || plan.with(|plan| plan.repetitions.map(|many| many.to_string()).unwrap_or_default()));
    let share = Signal::derive(move || plan.with(|plan| plan.share_connections));
    view! {
        <details class="card load-more">
            <summary>{say::MORE}</summary>
            <WrittenField label=say::WARM_UP hint=say::WARM_UP_HINT value=warm
                on_leave=move |text: String| span(store, &text, |span| LoadEdit::WarmUp(span.unwrap_or(Span::ZERO)))/>
            <WrittenField label=say::FINISH hint=say::FINISH_HINT value=finish
                on_leave=move |text: String| span(store, &text, LoadEdit::Finish)/>
            <WrittenField label=say::REPETITIONS hint=say::REPETITIONS_HINT value=tasks
                on_leave=move |text: String| count(store, &text, LoadEdit::Repetitions)/>
            <Show when=move || arrivals.get()>
                <WrittenField label=say::AT_MOST hint=say::AT_MOST_HINT value=most
                    on_leave=move |text: String| count(store, &text, |most| {
                        LoadEdit::AtMost(most.map(|most| u32::try_from(most).unwrap_or(u32::MAX)))
                    })/>
            </Show>
            <WrittenField label=say::KEEP_CONNECTIONS hint=say::KEEP_CONNECTIONS_HINT value=keep
                on_leave=move |text: String| span(store, &text, LoadEdit::KeepConnections)/>
            <Checkbox label=say::SHARE_CONNECTIONS checked=share
                on_change=move |on| change(store, LoadEdit::ShareConnections(on))/>
        </details>
    }
}
