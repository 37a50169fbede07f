//! Ribbons from user types to tasks, with picks, requests and time as bars beside each other. What it shows stands in its
//! words, too; the ribbons and bars are for sight.

use leptos::prelude::*;
use tidemark_app_model::select::preview::{Kind, ROW, Row, WIDE};
use tidemark_app_model::text::preview as say;

/// The picture.
#[component]
pub fn Picture(kinds: Vec<Kind>) -> impl IntoView {
    view! {
        <section class="mix" aria-label=say::NUMBERS data-testid="preview-picture" style=format!("--row-height: {ROW}px; --wide: {WIDE}px")>
            <div class="mix-head" aria-hidden="true">
                <span></span><span></span><span></span><span>{say::PICKED}</span><span>{say::REQUESTS}</span><span>{say::TIME}</span>
            </div>
            {kinds.into_iter().map(|kind| view! { <Of kind=kind/> }).collect_view()}
        </section>
    }
}

/// One user type.
#[component]
fn Of(kind: Kind) -> impl IntoView {
    let height = kind.height;
    let ribbon = |(path, colour, never): (String, usize, bool)| {
        view! { <path d=path class="mix-ribbon" data-never=never.then_some("true") style=format!("--own: var(--c{colour})")></path> }
    };
    view! {
        <div class="mix-kind">
            <div class="mix-who">
                <h3>{kind.name}</h3>
                <p class="muted">{kind.says}</p>
            </div>
            <svg class="mix-ribbons" aria-hidden="true" width=WIDE height=height viewBox=format!("0 0 {WIDE} {height}") preserveAspectRatio="none">
                {kind.ribbons.into_iter().map(ribbon).collect_view()}
            </svg>
            <ul class="mix-rows">{kind.rows.into_iter().map(|row| view! { <Line row=row/> }).collect_view()}</ul>
        </div>
    }
}

/// One task.
#[component]
fn Line(row: Row) -> impl IntoView {
    let own = row.colour.map_or("--own: var(--s-users)".to_owned(), |(colour, _)| format!("--own: var(--c{colour})"));
    let letter = row.colour.and_then(|(_, letter)| letter);
    let cell = |word: &'static str, share: Option<(f64, u32)>| match share {
        Some((share, percent)) => view! {
            <span class="mix-share">
                <span class="mix-number"><span class="unseen">{word}" "</span>{percent}" %"</span>
                <span class="mix-bar" aria-hidden="true" style=format!("--share: {share:.4}")></span>
            </span>
        }
        .into_any(),
        None => view! { <span class="mix-share"></span> }.into_any(),
    };
    let title = row.name.clone();
    // Nothing is picked on arrival: the name takes that place.
    let outside = row.picked.is_none();
    view! {
        <li class="mix-row" class:outside=outside style=own>
            <span class="mix-name" title=title>
                <span class="mix-swatch" aria-hidden="true">{letter.map(String::from)}</span>
                <span class="mix-name-words">{row.name}</span>
            </span>
            {(!outside).then(|| cell(say::PICKED, row.picked))}
            {cell(say::REQUESTS, Some(row.requests))}
            {cell(say::TIME, row.time)}
            {(!row.why.is_empty()).then(|| view! { <span class="mix-why">{row.why}</span> })}
        </li>
    }
}
