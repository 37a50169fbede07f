//! Something pasted: what it is and what comes in is said before anything is made of it. Must not understand it itself.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Tone;
use tidemark_app_model::select::import::{self as select, Import as Seen, Line};
use tidemark_app_model::text::overlay as say;

use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind, Picture};

/// The dialog.
#[component]
pub fn Import() -> impl IntoView {
    let store = store();
    let typed = RwSignal::new(store.peek(|model| model.pasted.clone()));
    let seen = Memo::new(move |_| typed.with(|text| select::import(text)));
    let field: NodeRef<html::Textarea> = NodeRef::new();
    // The dialog takes the focus when it is shown; the field is what one came for.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            crate::page::after(0, move || drop(field.focus()));
        }
    });
    view! {
        <Dialog title=say::IMPORT testid="import" shape="import" on_close=move || store.send(Msg::Escape)>
            <div class="import">
                <div class="field">
                    <label for="import-text">{say::IMPORT_HERE}</label>
                    <textarea id="import-text" node_ref=field class="input mono" rows="7" spellcheck="false" autocomplete="off"
                        data-testid="import-text" placeholder=say::IMPORT_PLACEHOLDER aria-describedby="import-hint"
                        prop:value=typed on:input=move |event| typed.set(event_target_value(&event))></textarea>
                    <p class="field-hint" id="import-hint">{say::IMPORT_HINT}</p>
                </div>
                <div class="import-seen" role="status" data-testid="import-seen">
                    {move || typed.with(|text| !text.trim().is_empty()).then(|| view! { <Recognised seen=seen.get()/> })}
                </div>
                <Foot typed=typed seen=seen/>
            </div>
        </Dialog>
    }
}

/// What it is.
#[component]
fn Recognised(seen: Seen) -> impl IntoView {
    let good = seen.tone == Tone::Good;
    let (icon, tone) = if good { (icondata::LuCircleCheck, "good") } else { (icondata::LuTriangleAlert, "warn") };
    let line = |line: Line| {
        view! {
            <li>
                <span class="import-method">{line.method}</span>
                <span class="import-address mono" title=line.address.clone()>{line.address.clone()}</span>
                <span class="muted">{line.brings}</span>
            </li>
        }
    };
    let has_lines = !seen.lines.is_empty();
    view! {
        <p class="import-says" data-tone=tone><Picture icon=icon/><span>{seen.says}</span></p>
        {(!seen.more.is_empty()).then(|| view! { <p>{seen.more}</p> })}
        {has_lines.then(|| view! { <ul class="import-lines">{seen.lines.into_iter().map(line).collect_view()}</ul> })}
        {(!seen.rest.is_empty()).then(|| view! { <p class="muted">{seen.rest}</p> })}
        {(!seen.counts.is_empty()).then(|| view! { <p data-testid="import-counts">{seen.counts}</p> })}
        {seen.aside.into_iter().map(|text| view! { <p class="muted">{text}</p> }).collect_view()}
    }
}

/// What can be done with it; or a file in its place.
#[component]
fn Foot(typed: RwSignal<String>, seen: Memo<Seen>) -> impl IntoView {
    let store = store();
    let in_test = store.memo(select::in_test);
    let new_not_now = Signal::derive(move || seen.with(|seen| seen.new_not_now.clone()));
    let add_not_now = Signal::derive(move || seen.with(|seen| seen.add_not_now.clone()));
    let make = move || store.send(Msg::NewFromPaste(typed.get_untracked()));
    let add = move || store.send(Msg::PasteSteps(typed.get_untracked()));
    view! {
        <div class="dialog-foot import-foot">
            <Button kind=Kind::Quiet icon=icondata::LuFolderOpen label=say::IMPORT_FILE hint=say::IMPORT_FILE_HINT testid="import-file"
                on_click=move || store.send(Msg::PickFile)/>
            <span class="grow"></span>
            <Show when=move || in_test.get() fallback=move || view! {
                <Button kind=Kind::Primary label=say::IMPORT_NEW sub=say::IMPORT_NEW_SUB not_now=new_not_now testid="import-new" on_click=make/>
            }>
                <Button label=say::IMPORT_NEW not_now=new_not_now testid="import-new" on_click=make/>
                <Button kind=Kind::Primary label=say::IMPORT_ADD sub=say::IMPORT_ADD_SUB not_now=add_not_now testid="import-add" on_click=add/>
            </Show>
        </div>
    }
}
