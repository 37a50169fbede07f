//! Below the picture: one pretend person, what data is used, what to look at; and what stops a preview, with fixes.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::preview::{self as select, Data, Help, Line, Note, Tone};
use tidemark_app_model::text::preview as say;

use crate::store::store;
use crate::view::parts::{Button, Kind, Picture};

/// The three columns.
#[component]
pub fn Below() -> impl IntoView {
    let store = store();
    let journey = store.memo(|model| select::ready(model).map(select::journey).unwrap_or_default());
    let data = store.memo(|model| select::ready(model).map(select::data).unwrap_or_default());
    let notes = store.memo(select::heads_up);
    let table = |data: Data| {
        view! {
            <li data-short=data.short.then_some("true")>
                <Picture icon=if data.short { icondata::LuTriangleAlert } else { icondata::LuTable }/>
                <span><b>{data.name}</b><br/><span class="muted">{data.says}</span></span>
            </li>
        }
    };
    view! {
        <div class="preview-below">
            <section aria-labelledby="preview-journey">
                <h3 id="preview-journey" title=say::JOURNEY_HINT>{say::JOURNEY}</h3>
                <ol class="preview-journey" tabindex="0" aria-labelledby="preview-journey" data-testid="preview-journey">
                    {move || journey.get().into_iter().map(step).collect_view()}
                </ol>
            </section>
            <section aria-labelledby="preview-data">
                <h3 id="preview-data">{say::DATA}</h3>
                <Show when=move || !data.with(Vec::is_empty) fallback=|| view! { <p class="muted">{say::NO_DATA}</p> }>
                    <ul class="preview-data" data-testid="preview-data">{move || data.get().into_iter().map(table).collect_view()}</ul>
                </Show>
            </section>
            <section aria-labelledby="preview-notes">
                <h3 id="preview-notes">{say::HEADS_UP}</h3>
                <ul class="preview-notes" data-testid="preview-notes">{move || notes.get().into_iter().map(note).collect_view()}</ul>
            </section>
        </div>
    }
}

fn step(line: Line) -> impl IntoView {
    view! {
        <li data-what=line.what>
            <span class="preview-at">{line.at}</span>
            <span class="preview-does">{line.says}{(!line.more.is_empty()).then(|| view! { <span class="preview-more">{line.more}</span> })}</span>
        </li>
    }
}

fn note(note: Note) -> impl IntoView {
    let store = store();
    let (tone, icon) = match note.tone {
        Tone::Bad => ("bad", icondata::LuOctagonX),
        Tone::Warn => ("warn", icondata::LuTriangleAlert),
        Tone::Info => ("info", icondata::LuInfo),
        Tone::Good => ("good", icondata::LuCircleCheck),
    };
    let help = move |help: Help| {
        let act = move || {
            if help.leaves {
                store.send(Msg::Escape);
                store.send(help.msg.clone());
            } else {
                store.send(help.msg.clone());
                store.send(Msg::AskPreview(false));
            }
        };
        view! { <Button kind=Kind::Quiet label=help.label on_click=act/> }
    };
    view! {
        <li class="preview-note" data-tone=tone>
            <Picture icon=icon/>
            <span class="preview-note-words">{note.text}</span>
            {note.helps.into_iter().map(help).collect_view()}
        </li>
    }
}

/// What stops a preview.
#[component]
pub fn Stops() -> impl IntoView {
    let store = store();
    let notes = store.memo(select::stops);
    view! {
        <div class="preview-stops" data-testid="preview-stops">
            <p>{say::STOPPED}</p>
            <ul class="preview-notes">{move || notes.get().into_iter().map(note).collect_view()}</ul>
            <div class="dialog-foot preview-foot">
                <Button kind=Kind::Primary label=say::AGAIN testid="preview-again" on_click=move || store.send(Msg::AskPreview(false))/>
            </div>
        </div>
    }
}
