//! A step as it is typed: "wait 2 s", an address, something pasted; with what fits so far below. Must not understand it.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Lane;
use tidemark_app_model::quick::{Offer, offers};
use tidemark_app_model::text::build as say;

use super::desk::{Desk, desk};
use super::glyph;
use crate::page;
use crate::view::parts::{Picture, while_here};

/// The field.
#[component]
pub(super) fn Quick(lane: Lane, at: usize) -> impl IntoView {
    let desk = desk();
    let field: NodeRef<html::Input> = NodeRef::new();
    let (typed, chosen) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let fits = Memo::new(move |_| {
        let scenario = desk.store.peek(|model| model.test.as_ref().map(|test| test.doc.scenario().clone()));
        scenario.map(|scenario| typed.with(|typed| offers(&scenario, typed))).unwrap_or_default()
    });
    let place = RwSignal::new(None::<(f64, f64, bool)>);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            place.set(Some(place_below(&field)));
        }
    });
    let lane = StoredValue::new(lane);
    let add = move |text: String| {
        if !text.trim().is_empty() {
            let lane = lane.get_value();
            desk.adding.set(None);
            desk.store.send(Msg::QuickAdd(lane, at, text));
        }
    };
    // What was typed says more than its kind: "wait 5 s".
    let take = move || {
        let offer = fits.with_untracked(|fits| fits.get(chosen.get_untracked()).cloned());
        let text = typed.get_untracked();
        add(match offer {
            Some(offer) if chosen.get_untracked() > 0 || text.trim().is_empty() => offer.text,
            Some(offer) if offer.text.starts_with(text.trim()) => offer.text,
            _ => text,
        });
    };
    let option_id = |at: usize| format!("quick-option-{at}");
    view! {
        <span class="quick-box">
            <input node_ref=field class="input" type="text" data-testid="quick-add" autocomplete="off" spellcheck="false"
                role="combobox" aria-expanded="true" aria-controls="quick-list" aria-autocomplete="list"
                aria-label=say::QUICK placeholder=say::QUICK_HINT
                aria-activedescendant=move || (!fits.with(Vec::is_empty)).then(|| option_id(chosen.get()))
                on:click=|event| event.stop_propagation()
                on:input=move |event| { typed.set(event_target_value(&event)); chosen.set(0) }
                on:paste=move |event| {
                    // A field of one line would join the lines of a command.
                    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
                    if text.trim().contains('\n') || text.trim_start().starts_with("curl ") {
                        event.prevent_default();
                        add(text);
                    }
                }
                on:keydown=move |event| {
                    event.stop_propagation();
                    if event.is_composing() {
                        return;
                    }
                    let count = fits.with_untracked(Vec::len);
                    match event.key().as_str() {
                        "Enter" => { event.prevent_default(); take() }
                        "Escape" => { event.prevent_default(); leave(desk) }
                        "ArrowDown" => { event.prevent_default(); if count > 0 { chosen.update(|at| *at = (*at + 1) % count) } }
                        "ArrowUp" => { event.prevent_default(); if count > 0 { chosen.update(|at| *at = (*at + count - 1) % count) } }
                        _ => {}
                    }
                }
                on:blur=while_here(move |_| if typed.with_untracked(|typed| typed.trim().is_empty()) { desk.adding.set(None) })/>
            <Offers fits=fits chosen=chosen place=place add=Callback::new(add)/>
        </span>
    }
}

/// Leaves the field without a step.
fn leave(desk: Desk) {
    desk.adding.set(None);
    page::focus(desk.active.get_untracked());
}

/// Where the list of offers goes, in pixels of the window: left, top or bottom, and whether it is above.
fn place_below(field: &web_sys::HtmlInputElement) -> (f64, f64, bool) {
    const NEEDED: f64 = 260.0;
    let bounds = field.get_bounding_client_rect();
    let high = page::window_height();
    match bounds.bottom() + NEEDED > high && bounds.top() > NEEDED {
        true => (bounds.left(), high - bounds.top() + 4.0, true),
        false => (bounds.left(), bounds.bottom() + 4.0, false),
    }
}

/// What fits.
#[component]
fn Offers(
    fits: Memo<Vec<Offer>>,
    chosen: RwSignal<usize>,
    place: RwSignal<Option<(f64, f64, bool)>>,
    add: Callback<String>,
) -> impl IntoView {
    let each = move || {
        let option = |(at, offer): (usize, Offer)| {
            let text = offer.text.clone();
            view! {
                <div class="quick-option" role="option" id=format!("quick-option-{at}") data-testid=format!("quick-{}", offer.kind)
                    aria-selected=move || (chosen.get() == at).to_string()
                    on:pointerdown=|event| event.prevent_default()
                    on:click=move |event| { event.stop_propagation(); add.run(text.clone()) }>
                    <span class="row-icon"><Picture icon=glyph::of_step(offer.kind)/></span>
                    <span class="quick-label">{offer.label}</span>
                    <span class="quick-says">{offer.says}</span>
                </div>
            }
        };
        fits.get().into_iter().enumerate().map(option).collect_view()
    };
    let style = move || {
        place.get().map(|(left, edge, above)| {
            let side = if above { "bottom" } else { "top" };
            format!("left:{left}px;{side}:{edge}px")
        })
    };
    view! {
        <div class="quick-list" id="quick-list" role="listbox" aria-label=say::QUICK style=style>
            {each}
        </div>
        <Show when=move || fits.with(Vec::is_empty)>
            <p class="quick-none" style=style role="status">{say::QUICK_NONE}</p>
        </Show>
    }
}
