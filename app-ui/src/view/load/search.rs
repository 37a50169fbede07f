//! How the limit is looked for: how far, and how long each look takes. Must not know how a search goes.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::LoadEdit;
use tidemark_app_model::doc::edit::load::{SearchEdit, counts_arrivals, search};
use tidemark_app_model::select::load::refused;
use tidemark_app_model::text::load::{self as say, amount};
use tidemark_app_model::typed::read_level;
use tidemark_core::scenario::Load as Plan;
use tidemark_core::units::Span;

use super::stages::number;
use super::{change, span};
use crate::store::{Store, store};
use crate::view::parts::WrittenField;

/// A load that was typed, or nothing where the field was emptied.
fn level(store: Store, plan: Memo<Plan>, text: &str, edit: fn(Option<f64>) -> SearchEdit) -> Option<String> {
    let wanted = match (text.trim(), read_level(text)) {
        ("", _) => None,
        (_, Some(level)) if level > 0.0 => Some(level),
        _ => return Some(say::NO_SEARCH_LEVEL.to_owned()),
    };
    let edit = LoadEdit::Search(edit(wanted));
    let refused = plan.with_untracked(|plan| refused(plan, &edit));
    if refused.is_none() {
        change(store, edit);
    }
    refused
}

/// In the place of the stages, which a search makes by itself.
#[component]
pub(super) fn Search(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let settings = Memo::new(move |_| plan.with(search));
    let unit = move || if plan.with(counts_arrivals) { say::COUNT_ARRIVALS } else { say::COUNT_PEOPLE };
    let named = move |label: &'static str| Signal::derive(move || format!("{label} ({})", unit()));
    let most = Signal::derive(move || settings.get().map(|search| number(search.most)).unwrap_or_default());
    let start = Signal::derive(move || settings.get().map(|search| number(search.start)).unwrap_or_default());
    let step = Signal::derive(move || settings.get().map(|search| amount(search.step)).unwrap_or_default());
    let confirm = Signal::derive(move || settings.get().map(|search| amount(search.confirm)).unwrap_or_default());
    let hint = move || say::search_hint(settings.get().map_or(Span::ZERO, |search| search.confirm));
    let time = move |edit: fn(Option<Span>) -> SearchEdit| {
        move |text: String| span(store, &text, move |span| LoadEdit::Search(edit(span)))
    };
    view! {
        <section class="card load-search" aria-labelledby="search-title">
            <h2 id="search-title">{say::SEARCH}</h2>
            <p class="muted" data-testid="load-search">{hint}</p>
            <div class="load-search-fields">
                <WrittenField label=named(say::SEARCH_MOST) hint=say::SEARCH_MOST_HINT value=most testid="search-most"
                    on_leave=move |text: String| level(store, plan, &text, SearchEdit::Most)/>
                <WrittenField label=named(say::SEARCH_START) hint=say::SEARCH_START_HINT value=start testid="search-start"
                    on_leave=move |text: String| level(store, plan, &text, SearchEdit::Start)/>
                <WrittenField label=say::SEARCH_STEP hint=say::SEARCH_STEP_HINT value=step testid="search-step"
                    on_leave=time(SearchEdit::Step)/>
                <WrittenField label=say::SEARCH_CONFIRM hint=say::SEARCH_CONFIRM_HINT value=confirm testid="search-confirm"
                    on_leave=time(SearchEdit::Confirm)/>
            </div>
        </section>
    }
}
