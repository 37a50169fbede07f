//! Buttons and pictures on them.

use leptos::prelude::*;
use leptos_icons::Icon;

/// How much a button matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// The one thing to do here.
    Primary,
    /// As good as others.
    #[default]
    Secondary,
    /// Only words until one is near.
    Quiet,
    /// It takes something away.
    Danger,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A picture beside words; nothing to those who don't see it.
#[component]
pub fn Picture(
    /// Which one.
    #[prop(into)]
    icon: Signal<icondata::Icon>,
) -> impl IntoView {
    view! { <span class="picture" aria-hidden="true"><Icon icon=icon width="1em" height="1em"/></span> }
}

/// A button with words, perhaps a picture and a second line. Where it can't be used it stays in its place, can be
/// focused, and says why.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_click: Callback<()>,
    /// How much it matters.
    #[prop(optional)]
    kind: Kind,
    /// A picture before the words.
    #[prop(optional, into)]
    icon: Option<icondata::Icon>,
    /// A second, smaller line.
    #[prop(optional, into)]
    sub: Signal<String>,
    /// Why it can't be used now; empty if it can.
    #[prop(optional, into)]
    not_now: Signal<String>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
    /// What it says on longer looking; `not_now` wins.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let blocked = Memo::new(move |_| !not_now.with(String::is_empty));
    view! {
        <button type="button" class=kind.class() data-testid=testid
            aria-disabled=move || blocked.get().then_some("true")
            title=move || { let why = not_now.get(); let text = if why.is_empty() { hint.get() } else { why }; (!text.is_empty()).then_some(text) }
            on:click=move |_| if !blocked.get_untracked() { on_click.run(()) }>
            {icon.map(|icon| view! { <Picture icon=icon/> })}
            <span class="button-words">
                <span>{label}</span>
                <Show when=move || !sub.with(String::is_empty)><span class="button-sub">{sub}</span></Show>
            </span>
        </button>
    }
}

/// A button with only a picture; its label is its name and its hint.
#[component]
pub fn IconButton(
    /// The picture.
    #[prop(into)]
    icon: Signal<icondata::Icon>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_click: Callback<()>,
    /// Why it can't be used now; empty if it can.
    #[prop(optional, into)]
    not_now: Signal<String>,
    /// Whether it is held down, for one that switches something; `None` for others.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let blocked = Memo::new(move |_| !not_now.with(String::is_empty));
    view! {
        <button type="button" class="icon-button" data-testid=testid aria-label=label
            aria-disabled=move || blocked.get().then_some("true")
            aria-pressed=move || pressed.get().map(|on| on.to_string())
            title=move || { let why = not_now.get(); if why.is_empty() { label.get() } else { why } }
            on:click=move |event| { event.stop_propagation(); if !blocked.get_untracked() { on_click.run(()) } }>
            <Picture icon=icon/>
        </button>
    }
}
