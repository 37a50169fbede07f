//! A result is passed on: exactly what is in it, what can be left out, and in which form. Must not decide what is in it.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::model::Sharing;
use tidemark_app_model::select::{results, share as select};
use tidemark_app_model::text::share as say;
use tidemark_core::report::Form;

use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind, Picture};

/// The dialog.
#[component]
pub fn Share() -> impl IntoView {
    let store = store();
    let there = store.memo(|model| select::share(model).is_some());
    view! {
        <Dialog title=say::TITLE testid="share" shape="share" on_close=move || store.send(Msg::Escape)>
            <Show when=move || there.get() fallback=|| view! { <p class="muted" aria-busy="true">{say::READING}</p> }>
                <Inside/>
                <LeftOut/>
                <Ways/>
            </Show>
        </Dialog>
    }
}

/// Everything that is in it.
#[component]
fn Inside() -> impl IntoView {
    let store = store();
    let share = store.memo(select::share);
    let part = |(text, review): (String, bool)| {
        let icon = if review { icondata::LuEye } else { icondata::LuCheck };
        view! {
            <li data-review=review.then_some("true")>
                <Picture icon=icon/><span>{text}{review.then(|| view! { <span class="badge" data-tone="warn">{say::REVIEW}</span> })}</span>
            </li>
        }
    };
    let parts = move || share.with(|share| share.as_ref().map(|share| share.parts.clone()).unwrap_or_default());
    let samples = move || share.with(|share| share.as_ref().is_some_and(|share| share.samples));
    let review = move || {
        store.send(Msg::Escape);
        crate::page::focus("failure-group-0".to_owned());
    };
    view! {
        <h3 id="share-inside">{say::WHAT}</h3>
        <ul class="share-parts" aria-labelledby="share-inside" data-testid="share-parts">{move || parts().into_iter().map(part).collect_view()}</ul>
        <p class="share-safe"><Picture icon=icondata::LuLock/><span>{say::SECRETS}</span></p>
        <Show when=samples>
            <Button kind=Kind::Quiet icon=icondata::LuEye label=say::REVIEW_SAMPLES testid="share-review" on_click=review/>
        </Show>
    }
}

/// What can be left out.
#[component]
fn LeftOut() -> impl IntoView {
    let store = store();
    let sharing = store.memo(select::sharing);
    let choice = move |testid: &'static str,
                       label,
                       hint,
                       is: fn(Sharing) -> bool,
                       with: fn(Sharing, bool) -> Sharing| {
        let about = format!("{testid}-about");
        view! {
            <label class="share-choice">
                <input type="checkbox" data-testid=testid aria-describedby=about.clone() prop:checked=move || is(sharing.get())
                    on:change=move |event| store.send(Msg::ShareWith(with(sharing.get_untracked(), event_target_checked(&event))))/>
                <span><span>{label}</span><span class="field-hint" id=about>{hint}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="share-leave">
            <legend>{say::LEAVE_OUT}</legend>
            {choice("share-bodies", say::BODIES, say::BODIES_HINT, |now| now.without_bodies, |now, on| Sharing { without_bodies: on, ..now })}
            {choice("share-hosts", say::HOSTS, say::HOSTS_HINT, |now| now.hide_hosts, |now, on| Sharing { hide_hosts: on, ..now })}
        </fieldset>
    }
}

/// In which form.
#[component]
fn Ways() -> impl IntoView {
    let store = store();
    let name = store.memo(|model| select::share(model).map(|share| share.name).unwrap_or_default());
    let copy = move || {
        let text = store.peek(|model| model.results.open.as_ref().map(|(_, opened)| results::summary_text(opened)));
        if let Some(text) = text {
            store.send(Msg::Copy(text, Clip::text()));
        }
    };
    // Made here, as these forms are then part of the file that comes with this dialog.
    let make = move |form: Form| {
        if let Some((name, bytes)) = store.peek(|model| select::form(model, form)) {
            store.send(Msg::ShareMade(name, Ok(bytes)));
        }
    };
    let page = say::form(Form::Page);
    let other = move |form: Form| {
        let (name, sub) = say::form(form);
        view! {
            <Button kind=Kind::Quiet icon=icondata::LuFileText label=name sub=sub testid=format!("share-as-{}", form.ending())
                on_click=move || make(form)/>
        }
    };
    view! {
        <p class="share-name muted">{say::FILE_NAME}": "<span class="mono">{name}</span></p>
        <div class="share-ways">
            <Button kind=Kind::Primary icon=icondata::LuDownload label=say::SAVE_FILE sub=say::SAVE_FILE_SUB testid="share-file"
                on_click=move || store.send(Msg::ShareFile)/>
            <Button icon=icondata::LuGlobe label=page.0 sub=page.1 testid="share-page"
                on_click=move || make(Form::Page)/>
            <Button kind=Kind::Quiet icon=icondata::LuCopy label=say::COPY testid="share-copy" on_click=copy/>
        </div>
        <details class="share-others">
            <summary data-testid="share-others">{say::OTHERS}</summary>
            <div class="share-ways">{Form::OTHERS.into_iter().map(other).collect_view()}</div>
        </details>
    }
}
