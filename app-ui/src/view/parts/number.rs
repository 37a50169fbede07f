//! Fields for numbers and for what is written as text but means an amount, such as a time. What was typed stays until it
//! is understood.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::text::shell as say;
use tidemark_app_model::typed::read_level;

use super::button::IconButton;
use super::field::{Field, fresh_id};
use super::leave::while_here;

/// What a number may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// How far a step goes; Shift goes five times as far.
    pub step: f64,
}

impl Measure {
    /// Whole numbers from `least` to `most`.
    pub const fn whole(least: f64, most: f64) -> Self {
        Self { least, most, step: 1.0 }
    }
}

/// A number with steppers. Arrow keys step too.
#[component]
pub fn NumberField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// The number.
    #[prop(into)]
    value: Signal<f64>,
    /// Hears each new number that may be.
    #[prop(into)]
    on_change: Callback<f64>,
    /// What it may be.
    measure: Measure,
    /// What stands behind it, such as `%`.
    #[prop(optional, into)]
    unit: String,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<String>,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let id = fresh_id();
    let field: NodeRef<html::Input> = NodeRef::new();
    let put = move |number: f64| {
        if number.is_finite() {
            on_change.run(number.clamp(measure.least, measure.most));
        }
    };
    let by = move |steps: f64| put(value.get_untracked() + steps * measure.step);
    let shown = move || {
        let number = value.get();
        if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() }
    };
    view! {
        <Field label=label id=id.clone() error=error bare=bare>
            <span class="number">
                <IconButton icon=icondata::LuMinus label=Signal::derive(move || say::less(&label.get())) on_click=move || by(-1.0)/>
                <input node_ref=field id=id class="input" type="text" inputmode="decimal" data-testid=testid autocomplete="off"
                    prop:value=shown
                    on:keydown=move |event| {
                        let far = if event.shift_key() { 5.0 } else { 1.0 };
                        match event.key().as_str() {
                            "ArrowUp" => { event.prevent_default(); by(far) }
                            "ArrowDown" => { event.prevent_default(); by(-far) }
                            _ => {}
                        }
                    }
                    on:change=while_here(move |event| {
                        if let Some(number) = read_level(&event_target_value(&event)) { put(number) }
                        // What was not taken as it was typed does not stay in the field.
                        if let Some(field) = field.get_untracked() { field.set_value(&untrack(shown)) }
                    })/>
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
                <IconButton icon=icondata::LuPlus label=Signal::derive(move || say::greater(&label.get())) on_click=move || by(1.0)/>
            </span>
        </Field>
    }
}

/// An amount that is written in words, such as `1m30s`. `on_leave` hears the text when the field is left; whoever listens
/// says what is wrong with it, and the text stays.
#[component]
pub fn WrittenField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// How the amount is written now.
    #[prop(into)]
    value: Signal<String>,
    /// Hears the text; what is wrong with it, or nothing.
    #[prop(into)]
    on_leave: Callback<String, Option<String>>,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let id = fresh_id();
    let about = format!("{id}-about");
    let wrong = RwSignal::new(String::new());
    view! {
        <Field label=label id=id.clone() error=wrong hint=hint bare=bare>
            <input id=id class="input" type="text" data-testid=testid autocomplete="off" aria-describedby=about
                aria-invalid=move || (!wrong.with(String::is_empty)).then_some("true")
                prop:value=value
                on:change=while_here(move |event| wrong.set(on_leave.run(event_target_value(&event)).unwrap_or_default()))/>
        </Field>
    }
}
