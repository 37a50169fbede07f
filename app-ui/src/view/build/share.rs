//! A share as a number: typed, stepped, kept as it is. Must not know how the others follow.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, Mix, ShareEdit};
use tidemark_app_model::model::ShareMode;
use tidemark_app_model::select::mix::{self, Segment};
use tidemark_app_model::text::{build as say, shell};
use tidemark_app_model::typed::read_level;

use crate::store::{Store, store};
use crate::view::parts::{Picture, while_here};

/// The part of a mix with this id; what it was, once it is gone.
pub(super) fn segment(mix: Memo<Vec<Segment>>, id: String) -> Memo<Segment> {
    Memo::new(move |last: Option<&Segment>| {
        let found = mix.with(|mix| mix.iter().find(|one| one.id == id).cloned());
        found.unwrap_or_else(|| last.cloned().unwrap_or_default())
    })
}

/// The number and the letter of a thing's colour.
pub(super) fn colour(order: &[String], id: &str) -> (usize, Option<char>) {
    mix::colour(order.iter().position(|other| other == id).unwrap_or(0))
}

/// Why a share could not be changed, where it was this thing's.
pub(super) fn refused(store: Store, item: Item) -> Memo<Option<String>> {
    store.memo(move |model| {
        let refused = model.test.as_ref()?.refused.as_ref()?;
        (refused.0 == item).then(|| refused.1.clone())
    })
}

/// How shares are shown.
pub(super) fn mode(store: Store) -> Memo<ShareMode> {
    store.memo(|model| model.test.as_ref().map(|test| test.shares).unwrap_or_default())
}

/// Changes a share to what was typed.
fn put(store: Store, mix: Mix, at: usize, mode: ShareMode, number: f64) {
    if !number.is_finite() {
        return;
    }
    let edit = match mode {
        ShareMode::Percent => ShareEdit::Percent(mix, at, (number.max(0.0) * 10.0).round() as u32),
        ShareMode::Parts => ShareEdit::Parts(mix, at, number.max(0.0)),
    };
    store.send(Msg::Edit(Edit::Share(edit)));
}

/// The share of one of a mix.
#[component]
pub(super) fn Share(mix: Signal<Mix>, segment: Memo<Segment>, tab: Signal<&'static str>) -> impl IntoView {
    let store = store();
    let mode = mode(store);
    let number = Memo::new(move |_| {
        segment.with(|one| match mode.get() {
            ShareMode::Percent => f64::from(one.percent),
            ShareMode::Parts => one.weight,
        })
    });
    let unit = Signal::derive(move || if mode.get() == ShareMode::Percent { say::PERCENT } else { "" });
    let testid = segment.with_untracked(|one| format!("share-{}", one.id));
    let label = Signal::derive(move || segment.with(|one| say::share_of(&one.name)));
    let hint = Signal::derive(move || segment.with(|one| one.exact.clone()));
    let on_put = move |number| {
        put(store, mix.get_untracked(), segment.with_untracked(|one| one.at), mode.get_untracked(), number)
    };
    view! { <Stepper label=label value=number unit=unit hint=hint testid=testid tab=tab on_put=on_put/> }
}

/// A small number field with steppers.
#[component]
pub(super) fn Stepper(
    label: Signal<String>,
    value: Memo<f64>,
    unit: Signal<&'static str>,
    hint: Signal<String>,
    testid: String,
    tab: Signal<&'static str>,
    #[prop(into)] on_put: Callback<f64>,
) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let written = move || {
        let number = value.get();
        if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() }
    };
    let by = move |steps: f64| on_put.run((value.get_untracked() + steps).max(0.0));
    let far = |shift: bool| if shift { 5.0 } else { 1.0 };
    // What was not taken, as it was refused or is no number, does not stay in the field.
    let back = move || {
        if let Some(field) = field.get_untracked() {
            field.set_value(&untrack(written));
        }
    };
    view! {
        <span class="stepper" title=hint>
            <button type="button" class="stepper-step" tabindex="-1" aria-label=move || shell::less(&label.get())
                on:click=move |event| { event.stop_propagation(); by(-far(event.shift_key())) }>
                <Picture icon=icondata::LuMinus/>
            </button>
            <input node_ref=field type="text" inputmode="decimal" autocomplete="off" data-testid=testid tabindex=tab
                aria-label=label prop:value=written
                on:click=|event| event.stop_propagation()
                on:dblclick=|event| event.stop_propagation()
                on:keydown=move |event| match event.key().as_str() {
                    "ArrowUp" => { event.prevent_default(); event.stop_propagation(); by(far(event.shift_key())) }
                    "ArrowDown" => { event.prevent_default(); event.stop_propagation(); by(-far(event.shift_key())) }
                    _ => {}
                }
                on:change=while_here(move |event| {
                    if let Some(number) = read_level(event_target_value(&event).trim().trim_end_matches('%')) {
                        on_put.run(number);
                    }
                    back();
                })/>
            {move || (!unit.get().is_empty()).then(|| view! { <span class="stepper-unit" aria-hidden="true">{unit.get()}</span> })}
            <button type="button" class="stepper-step" tabindex="-1" aria-label=move || shell::greater(&label.get())
                on:click=move |event| { event.stop_propagation(); by(far(event.shift_key())) }>
                <Picture icon=icondata::LuPlus/>
            </button>
        </span>
    }
}

/// Keeps a share as it is when others change.
#[component]
pub(super) fn Lock(segment: Memo<Segment>, tab: Signal<&'static str>) -> impl IntoView {
    let store = store();
    let locked = Memo::new(move |_| segment.with(|one| one.locked));
    let label = move || if locked.get() { say::UNLOCK } else { say::LOCK };
    let testid = segment.with_untracked(|one| format!("lock-{}", one.id));
    view! {
        <button type="button" class="row-button lock" class:locked=locked data-testid=testid tabindex=tab
            aria-pressed=move || locked.get().to_string() aria-label=move || format!("{}: {}", segment.with(|one| one.name.clone()), say::LOCK) title=label
            on:click=move |event| {
                event.stop_propagation();
                store.send(Msg::Lock(segment.with_untracked(|one| one.id.clone()), !locked.get_untracked()));
            }>
            {move || match locked.get() {
                true => view! { <Picture icon=icondata::LuLock/> },
                false => view! { <Picture icon=icondata::LuLockOpen/> },
            }}
        </button>
    }
}
