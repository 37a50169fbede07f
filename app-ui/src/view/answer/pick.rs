//! What can be done with a picked piece: a small dialog beside it. Must not decide what a rule finds.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::model::{Exchange, Tone};
use tidemark_app_model::select::answer::{Later, Offer, Spot, Wanted, check, offer, places, save};
use tidemark_app_model::text::panel as say;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::page;
use crate::store::store;
use crate::view::parts::{Button, Checkbox, Kind, TextField, fresh_id};

/// The dialog. Esc, and a click beside it, close it; the focus goes back to the piece.
#[component]
pub fn Popover(
    /// What was picked.
    spot: Spot,
    /// Where.
    at: HtmlElement,
    /// The answer that it is a piece of.
    exchange: Arc<Exchange>,
    /// The step's id; empty where nothing can be saved.
    step: String,
    /// Hears that it is closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let store = store();
    let Some(found) = store.peek(|model| offer(model, &step, &exchange, &spot)) else {
        return ().into_any();
    };
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let anchor = StoredValue::new_local(at);
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Fails only for a dialog that is not in the page any more.
            let _ = dialog.show_modal();
            anchor.with_value(|at| beside(at, &dialog));
        }
    });
    let close = move || {
        on_close.run(());
        // Once the dialog is gone: while it is there, nothing else takes the focus.
        let at = anchor.with_value(HtmlElement::clone);
        page::after(0, move || {
            let _ = at.focus();
        });
    };
    let head = view! {
        <div class="pick-head">
            <p class="pick-value mono">{found.pick.value.clone()}</p>
            <p class="muted">{found.pick.sort}" · "{say::matches(found.pick.matches)}</p>
            <p class="pick-rule">{found.pick.words.clone()}</p>
        </div>
    };
    let copied = found.pick.value.clone();
    let copy = move || {
        store.send(Msg::Copy(copied.clone(), Clip::text()));
        close();
    };
    view! {
        <dialog node_ref=node class="pick" data-testid="pick-popover" aria-label=say::PICKED
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); close() }
            on:keydown=move |event| if event.key() == "Escape" { event.prevent_default(); event.stop_propagation(); close() }
            on:click=move |event| if event.target().as_ref() == event.current_target().as_ref() { close() }>
            <div class="pick-body">
                {head}
                {if step.is_empty() {
                    view! { <CopyButton on_click=copy/> }.into_any()
                } else {
                    view! { <Form found=found step=step on_done=close on_copy=copy/> }.into_any()
                }}
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn CopyButton(#[prop(into)] on_click: Callback<()>) -> impl IntoView {
    view! { <Button kind=Kind::Quiet icon=icondata::LuCopy label=say::COPY testid="pick-copy" on_click=on_click/> }
}

/// Save, check, and where else the value stands.
#[component]
fn Form(
    found: Offer,
    step: String,
    #[prop(into)] on_done: Callback<()>,
    #[prop(into)] on_copy: Callback<()>,
) -> impl IntoView {
    let store = store();
    let wanted = RwSignal::new(Wanted { name: found.pick.name.clone(), ..Wanted::default() });
    let wrong = RwSignal::new("");
    let (found, step) = (StoredValue::new(found), StoredValue::new(step));
    let label =
        Signal::derive(move || say::save_button(found.with_value(|found| wanted.with(|wanted| places(found, wanted)))));
    let keep = move || {
        let made =
            found.with_value(|found| step.with_value(|step| wanted.with_untracked(|wanted| save(found, step, wanted))));
        match made {
            Ok(msg) => {
                let name = wanted.with_untracked(|wanted| wanted.name.trim().to_owned());
                store.send(msg);
                store.send(Msg::Say(Tone::Good, say::saved_as(&name)));
                on_done.run(());
            }
            Err(why) => {
                wrong.set(why);
                let first = if why == say::WHICH_FIRST { "pick-which-0" } else { "pick-name" };
                page::focus(first.to_owned());
            }
        }
    };
    let hold = move || {
        store.send(found.with_value(|found| step.with_value(|step| check(found, step))));
        store.send(Msg::Say(Tone::Good, say::CHECK_ADDED.to_owned()));
        on_done.run(());
    };
    let which_wrong = move || wrong.get() == say::WHICH_FIRST;
    let name_wrong =
        Signal::derive(move || if wrong.get() == say::NAME_FIRST { say::NAME_FIRST } else { "" }.to_owned());
    view! {
        <form class="pick-form" on:submit=move |event| { event.prevent_default(); keep() }>
            {found.with_value(|found| found.pick.choices.len() > 1).then(|| view! { <Which found=found wanted=wanted wrong=which_wrong/> })}
            <TextField label=say::SAVE_AS value=Signal::derive(move || wanted.with(|wanted| wanted.name.clone())) mono=true testid="pick-name"
                error=name_wrong on_input=move |name: String| wanted.update(|wanted| wanted.name = name)/>
            {found.with_value(|found| !found.later.is_empty()).then(|| view! { <LaterPlaces found=found wanted=wanted/> })}
            <div class="pick-do">
                <Button kind=Kind::Primary label=label testid="pick-save" on_click=keep/>
                <Button icon=icondata::LuCheck label=say::CHECK_THIS testid="pick-check" on_click=hold/>
                <CopyButton on_click=on_copy/>
            </div>
            // Enter in the field saves; browsers ask for a button of the form for that.
            <input type="submit" hidden/>
        </form>
    }
}

/// Which of several matches is meant. None is chosen for the person.
#[component]
fn Which(
    found: StoredValue<Offer>,
    wanted: RwSignal<Wanted>,
    wrong: impl Fn() -> bool + Send + Sync + Clone + 'static,
) -> impl IntoView {
    let group = fresh_id();
    let named = group.clone();
    let labels =
        found.with_value(|found| found.pick.choices.iter().map(|choice| choice.label.clone()).collect::<Vec<_>>());
    let choice = move |(at, label): (usize, String)| {
        view! {
            <label class="checkbox">
                <input type="radio" name=group.clone() data-testid=format!("pick-which-{at}")
                    prop:checked=move || wanted.with(|wanted| wanted.which == Some(at))
                    on:change=move |_| wanted.update(|wanted| wanted.which = Some(at))/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="pick-which" data-testid="pick-which">
            <legend id=named>{say::WHICH_ONE}</legend>
            {labels.into_iter().enumerate().map(choice).collect_view()}
            <Show when=wrong><p class="field-error" role="alert">{say::WHICH_FIRST}</p></Show>
        </fieldset>
    }
}

/// Where the same value stands later, each to be replaced or not.
#[component]
fn LaterPlaces(found: StoredValue<Offer>, wanted: RwSignal<Wanted>) -> impl IntoView {
    let later = found.with_value(|found| found.later.clone());
    let title = say::used_later(later.len());
    let place = move |(at, later): (usize, Later)| {
        let title = later.sample.clone();
        view! {
            <li title=title>
                <Checkbox label=later.label testid=format!("pick-later-{at}")
                    checked=Signal::derive(move || wanted.with(|wanted| !wanted.spared.contains(&at)))
                    on_change=move |take: bool| wanted.update(|wanted| {
                        if take { wanted.spared.remove(&at); } else { wanted.spared.insert(at); }
                    })/>
                <span class="pick-sample mono muted">{later.sample}</span>
            </li>
        }
    };
    view! {
        <section class="pick-later" aria-label=say::LATER data-testid="pick-later">
            <h4>{title}</h4>
            <ul>{later.into_iter().enumerate().map(place).collect_view()}</ul>
        </section>
    }
}

/// Puts the dialog below its piece; where there is no room beside it, and else above. Never out of the window.
fn beside(at: &HtmlElement, dialog: &HtmlDialogElement) {
    const GAP: f64 = 4.0;
    // In a row it is the value that was picked, not the rest of the line.
    let value = at.query_selector(".tree-text").ok().flatten();
    let piece = value.map_or_else(|| at.get_bounding_client_rect(), |value| value.get_bounding_client_rect());
    let own = dialog.get_bounding_client_rect();
    let root = dialog.owner_document().and_then(|document| document.document_element());
    let (width, height) = root.map_or((0, 0), |root| (root.client_width(), root.client_height()));
    let (most_left, most_top) = (f64::from(width) - own.width() - GAP, f64::from(height) - own.height() - GAP);
    let (below, after) = (piece.bottom() + GAP, piece.right() + 2.0 * GAP);
    let (left, top) = if below <= most_top {
        (piece.left(), below)
    } else if after <= most_left {
        (after, piece.top() - own.height() / 2.0)
    } else {
        (piece.left(), piece.top() - own.height() - GAP)
    };
    let (left, top) = (left.min(most_left).max(GAP), top.min(most_top).max(GAP));
    // Fails only where the element is gone.
    let _ = dialog.set_attribute("style", &format!("left: {left}px; top: {top}px"));
}
