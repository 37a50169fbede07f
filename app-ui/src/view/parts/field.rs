//! Fields: a label, a place to type or choose, a hint, and what is wrong with it.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use super::leave::while_here;

/// An id that no other element of the page has.
pub(crate) fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A label with its field, a hint, and what is wrong.
#[component]
pub fn Field(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// The id of the element inside.
    #[prop(into)]
    id: String,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<String>,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// The element.
    children: Children,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <div class="field" class:bare=bare>
            <label for=id class:unseen=bare>{label}</label>
            {children()}
            <Show when={move || !error.with(String::is_empty)} fallback={
                let about = about.clone();
                move || (!hint.with(String::is_empty)).then(|| view! { <p class="field-hint" id=about.clone()>{hint}</p> })
            }>
                <p class="field-error" id=about.clone()>{error}</p>
            </Show>
        </div>
    }
}

/// One line of text. `on_input` hears each key, `on_leave` when the field is left or Enter is pressed.
#[component]
pub fn TextField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Hears each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Hears when the field is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<String>,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// `password`, `search` or nothing.
    #[prop(optional, into)]
    kind: String,
    /// Whether it is set in the typeface of code.
    #[prop(optional)]
    mono: bool,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let id = fresh_id();
    let about = format!("{id}-about");
    let kind = if kind.is_empty() { "text".to_owned() } else { kind };
    view! {
        <Field label=label id=id.clone() hint=hint error=error bare=bare>
            <input id=id class="input" class:mono=mono type=kind data-testid=testid placeholder=placeholder
                autocomplete="off" spellcheck="false" aria-describedby=about
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:change=while_here(move |_| if let Some(leave) = on_leave { leave.run(()) })/>
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Hears each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Hears when the field is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<String>,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// How many lines are seen.
    #[prop(default = 5)]
    rows: u32,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// Whether it is set in the typeface of code.
    #[prop(optional)]
    mono: bool,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let id = fresh_id();
    let about = format!("{id}-about");
    view! {
        <Field label=label id=id.clone() hint=hint error=error bare=bare>
            <textarea id=id class="input" class:mono=mono rows=rows data-testid=testid placeholder=placeholder
                spellcheck="false" aria-describedby=about
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:change=while_here(move |_| if let Some(leave) = on_leave { leave.run(()) })></textarea>
        </Field>
    }
}

/// One of several that can be chosen: its word in messages, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent when it is chosen.
    pub value: String,
    /// What it says.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several, in the browser's own list.
#[component]
pub fn Select(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// All that can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen one's value.
    #[prop(into)]
    value: Signal<String>,
    /// Hears what is chosen.
    #[prop(into)]
    on_choose: Callback<String>,
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
    let options = move || {
        let chosen = value.get();
        let option = |choice: Choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <Field label=label id=id.clone() hint=hint bare=bare>
            <select id=id class="input" data-testid=testid aria-describedby=about prop:value=value
                on:change=move |event| on_choose.run(event_target_value(&event))>{options}</select>
        </Field>
    }
}

/// One of a few, all seen at once.
#[component]
pub fn Segments(
    /// What it is.
    #[prop(into)]
    label: String,
    /// All that can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen one's value.
    #[prop(into)]
    value: Signal<String>,
    /// Hears what is chosen.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The start of their names for tests: `x-value`.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let group = fresh_id();
    let each = move || {
        let (group, testid) = (group.clone(), testid.clone());
        let segment = move |choice: Choice| {
            let (own, sent) = (choice.value.clone(), choice.value.clone());
            view! {
                <label class="segment">
                    <input type="radio" name=group.clone() data-testid=format!("{testid}-{}", choice.value)
                        prop:checked=move || value.with(|value| *value == own)
                        on:change=move |_| on_choose.run(sent.clone())/>
                    <span>{choice.label}</span>
                </label>
            }
        };
        choices.get().into_iter().map(segment).collect_view()
    };
    view! { <div class="segments" role="radiogroup" aria-label=label>{each}</div> }
}

/// Yes or no, with a tick.
#[component]
pub fn Checkbox(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is so.
    #[prop(into)]
    checked: Signal<bool>,
    /// Hears what is chosen.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input type="checkbox" data-testid=testid prop:checked=checked
                on:change=move |event| on_change.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}

/// On or off, at once.
#[component]
pub fn Switch(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Hears what is chosen.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" data-testid=testid prop:checked=on
                on:change=move |event| on_change.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}
