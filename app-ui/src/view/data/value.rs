//! A named value: always the same, or made up. Must not make anything up.

use leptos::prelude::*;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::DataEdit;
use tidemark_app_model::select::data::Uses;
use tidemark_app_model::select::data::values::{
    FRESH, bad_maker, examples, fixed, keep_as, kept_as, makers, of_word, word_of, written,
};
use tidemark_app_model::text::data as say;
use tidemark_core::scenario::{NamedValue, ValueKind};

use super::uses::UsedIn;
use super::{Head, change};
use crate::store::store;
use crate::view::parts::{Choice, Segments, Select, WrittenField};

/// The editor of a value, by its number.
#[component]
pub(super) fn Value(at: usize, uses: Memo<Uses>) -> impl IntoView {
    let store = store();
    let value: Memo<NamedValue> = store.memo(move |model| {
        let found = model.test.as_ref().and_then(|test| test.doc.scenario().values.get(at));
        found.cloned().unwrap_or_default()
    });
    let name = Signal::derive(move || value.with(|value| value.name.clone()));
    let made_up = Memo::new(move |_| value.with(|value| matches!(value.is, ValueKind::MadeUp(_))));
    let kind = Signal::derive(move || if made_up.get() { "made" } else { "fixed" }.to_owned());
    let kinds = vec![Choice::new("fixed", say::FIXED), Choice::new("made", say::MADE_UP)];
    let set = move |kind: ValueKind| change(store, DataEdit::Value(at, kind));
    let choose = move |word: String| match word.as_str() {
        "made" => set(ValueKind::MadeUp(makers().next().unwrap_or_default().to_owned())),
        _ => set(ValueKind::Fixed(String::new().into())),
    };
    view! {
        <Head item=Item::Value(at) name=name kind=say::ONE_VALUE hint=say::VALUE_NAME_HINT/>
        <div class="card data-form">
            <Segments label=say::KIND.to_owned() choices=kinds value=kind testid="value-kind" on_choose=choose/>
            <Show when=move || made_up.get() fallback=move || view! { <Fixed at=at value=value/> }>
                <MadeUp at=at value=value/>
            </Show>
        </div>
        <UsedIn item=Item::Value(at) uses=uses/>
    }
}

/// One that is always the same.
#[component]
fn Fixed(at: usize, value: Memo<NamedValue>) -> impl IntoView {
    let store = store();
    let as_word = Signal::derive(move || value.with(|value| kept_as(&value.is)).to_owned());
    let text = Signal::derive(move || value.with(|value| written(&value.is)));
    let ways = vec![Choice::new("text", say::KEPT_TEXT), Choice::new("json", say::KEPT_JSON)];
    let hint = Signal::derive(move || if as_word.get() == "json" { say::JSON_HINT } else { "" }.to_owned());
    view! {
        <WrittenField label=say::VALUE value=text hint=hint testid="value-text"
            on_leave=move |text: String| match fixed(&text, &as_word.get_untracked()) {
                Ok(kind) => { change(store, DataEdit::Value(at, kind)); None }
                Err(why) => Some(why),
            }/>
        <Select label=say::KEPT_AS choices=ways value=as_word testid="value-kept-as"
            on_choose=move |word: String| change(store, DataEdit::Value(at, keep_as(&value.get_untracked().is, &word)))/>
    }
}

/// One that is made up.
#[component]
fn MadeUp(at: usize, value: Memo<NamedValue>) -> impl IntoView {
    let store = store();
    let text = Signal::derive(move || value.with(|value| written(&value.is)));
    let fresh = Signal::derive(move || value.with(|value| word_of(&FRESH, value.fresh)).to_owned());
    let known: Vec<Choice> = makers().map(|usage| Choice::new(usage, usage)).collect();
    let choices = move || {
        let own = text.get();
        let mut all = known.clone();
        if !all.iter().any(|choice| choice.value == own) {
            all.insert(0, Choice::new(own.clone(), own));
        }
        all
    };
    let samples = store.memo(move |model| examples(model, &text.get()));
    let fresh_choices: Vec<Choice> = FRESH.iter().map(|(_, word, label)| Choice::new(*word, *label)).collect();
    let set = move |text: String| change(store, DataEdit::Value(at, ValueKind::MadeUp(text)));
    view! {
        <Select label=say::MAKER choices=Signal::derive(choices) value=text testid="value-maker" on_choose=set/>
        <WrittenField label=say::WRITTEN value=text hint=say::MAKER_HINT testid="value-make"
            on_leave=move |text: String| {
                let wrong = bad_maker(&text);
                set(text);
                (!wrong.is_empty()).then_some(wrong)
            }/>
        <p class="muted" data-testid="value-examples">{samples}</p>
        <Select label=say::FRESH choices=fresh_choices value=fresh testid="value-fresh"
            on_choose=move |word: String| if let Some(fresh) = of_word(&FRESH, &word) { change(store, DataEdit::Fresh(at, fresh)) }/>
    }
}
