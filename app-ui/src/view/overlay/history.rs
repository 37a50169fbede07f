//! The history: each change, versions that were kept, and what a version looks like before it is taken. Must not change
//! the document.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::history::{Version, preview, versions};
use tidemark_app_model::select::overlay::{Change, changes};
use tidemark_app_model::text::{history as words, overlay as say};

use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind, Picture, TextField};

/// The dialog.
#[component]
pub fn History() -> impl IntoView {
    let store = store();
    view! {
        <Dialog title=say::HISTORY testid="history" shape="wide" on_close=move || store.send(Msg::Escape)>
            <p class="muted">{say::HISTORY_LEAD}</p>
            <div class="past">
                <Changes/>
                <Versions/>
            </div>
        </Dialog>
    }
}

/// Every change, those that are undone above the present.
#[component]
fn Changes() -> impl IntoView {
    let store = store();
    let all = store.memo(changes);
    let row = move |change: Change| {
        let (undone, turns) = (change.undone, change.turns);
        view! {
            <li class="past-change" class:undone=undone>
                <span class="past-label">{change.label}</span>
                {undone.then(|| view! { <span class="badge">{say::UNDONE}</span> })}
                <Button kind=Kind::Quiet icon=if undone { icondata::LuRedo2 } else { icondata::LuUndo2 }
                    label=if undone { say::HISTORY_FORWARD } else { say::HISTORY_BACK }
                    on_click=move || store.send(Msg::Turns(undone, turns))/>
            </li>
        }
    };
    let rows = move || {
        let (undone, done): (Vec<Change>, Vec<Change>) = all.get().into_iter().partition(|change| change.undone);
        view! {
            {undone.into_iter().map(row).collect_view()}
            <li class="past-now" aria-current="step"><Picture icon=icondata::LuMapPin/>{say::HISTORY_NOW}</li>
            {done.into_iter().map(row).collect_view()}
        }
    };
    view! {
        <section class="past-part" aria-labelledby="history-changes">
            <h3 id="history-changes">{words::CHANGES}</h3>
            <Show when=move || all.with(Vec::is_empty)><p class="muted">{say::HISTORY_EMPTY}</p></Show>
            <ol class="past-list" data-testid="history-changes" tabindex="0" aria-labelledby="history-changes">{rows}</ol>
        </section>
    }
}

/// The versions that are kept, with a look at the one that is chosen.
#[component]
fn Versions() -> impl IntoView {
    let store = store();
    let all = store.memo(|model| model.test.as_ref().map(|test| versions(test, model.now)).unwrap_or_default());
    let chosen = RwSignal::new(None::<usize>);
    let name = RwSignal::new(String::new());
    let keep = move || {
        let called = name.get_untracked().trim().to_owned();
        if !called.is_empty() {
            store.send(Msg::NameVersion(called));
            name.set(String::new());
            chosen.set(None);
        }
    };
    let row = move |(at, version): (usize, Version)| {
        let icon = if version.named { icondata::LuBookmark } else { icondata::LuClock };
        view! {
            <li>
                <button type="button" class="past-version" data-testid=format!("version-{at}")
                    aria-expanded=move || (chosen.get() == Some(at)).to_string()
                    on:click=move |_| chosen.update(|chosen| *chosen = (*chosen != Some(at)).then_some(at))>
                    <Picture icon=icon/>
                    <span class="past-label">{version.label}</span>
                    <span class="muted">{version.when}</span>
                </button>
                <Show when=move || chosen.get() == Some(at)><Look at=at/></Show>
            </li>
        }
    };
    view! {
        <section class="past-part" aria-labelledby="history-versions">
            <h3 id="history-versions">{words::VERSIONS}</h3>
            <div class="secret-field" on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); keep() }>
                <TextField label=words::NAME_VERSION value=name hint=words::NAME_VERSION_HINT testid="version-name" on_input=move |text| name.set(text)/>
                <Button icon=icondata::LuBookmark label=words::KEEP_VERSION testid="version-keep" on_click=keep/>
            </div>
            <Show when=move || all.with(Vec::is_empty)><p class="muted">{words::NO_VERSIONS}</p></Show>
            <ol class="past-list" data-testid="history-versions">
                {move || all.get().into_iter().enumerate().map(row).collect_view()}
            </ol>
        </section>
    }
}

/// What a version looks like, and the way back to it.
#[component]
fn Look(at: usize) -> impl IntoView {
    let store = store();
    let lines = store.memo(move |model| model.test.as_ref().map(|test| preview(test, at)).unwrap_or_default());
    let restore = move || {
        store.send(Msg::RestoreVersion(at));
        store.send(Msg::Escape);
    };
    view! {
        <div class="past-look" data-testid="version-look">
            <pre class="past-lines" tabindex="0" aria-label=words::LOOKS_SO>{move || lines.get().join("\n")}</pre>
            <Button kind=Kind::Primary icon=icondata::LuRotateCcw label=words::RESTORE testid="version-restore" on_click=restore/>
        </div>
    }
}
