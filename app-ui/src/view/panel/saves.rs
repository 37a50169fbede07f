//! What is kept from an answer. Must not look for anything in one.

use leptos::prelude::*;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit, StepEdit};
use tidemark_app_model::select::panel::forms::{
    ON_MISSING, PICKS, PLACES, by_word, path_of, path_text, place_word, save_at_place,
};
use tidemark_app_model::select::panel::{self as select, scalar, scalar_text};
use tidemark_app_model::text::{forms, panel as say};
use tidemark_core::scenario::{OnMissing, Pick, SaveFrom, SaveRule};

use super::TokenField;
use super::body::{Plain, choices, choices_of};
use super::checks::chosen;
use super::here::{Id, here};
use super::wrong::Wrong;
use crate::page;
use crate::view::parts::{Button, Choice, IconButton, Kind, Select};

/// The saved values of a request.
#[component]
pub(super) fn Saves(id: Id) -> impl IntoView {
    let here = here();
    let count = here.of_request(id, |request| request.save.len());
    let add = move || {
        let at = count.get_untracked();
        here.edit(Edit::Flow(FlowEdit::AddSave(id.get_value(), select::fresh_save())));
        page::focus(format!("save-{at}-name"));
    };
    let each = move || (0..count.get()).map(|at| view! { <One id=id at=at/> }).collect_view();
    view! {
        <section class="panel-part" aria-labelledby="panel-saves">
            <div class="panel-part-head">
                <h3 id="panel-saves">{say::SAVED}</h3>
                <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_SAVE testid="save-add" on_click=add/>
            </div>
            <Show when=move || count.get() == 0><p class="muted panel-note">{say::NO_SAVED}</p></Show>
            {each}
        </section>
    }
}

#[component]
fn One(id: Id, at: usize) -> impl IntoView {
    let here = here();
    let rule = here.of_request(id, move |request| request.save.get(at).cloned().unwrap_or_default());
    let set = Callback::new(move |(field, rule): (&'static str, SaveRule)| {
        here.edit(Edit::Step(StepEdit::Save(id.get_value(), at, field, rule)));
    });
    let remove = move || {
        here.edit(Edit::Flow(FlowEdit::Remove(vec![Item::Save(id.get_value(), at)])));
        page::focus("save-add".to_owned());
    };
    let name = Signal::derive(move || rule.get().name);
    let last = here.store.memo(move |model| select::last_saved(model, &rule.get().name));
    let chosen = chosen(id, at, false);
    view! {
        <div class="panel-box" class:chosen=chosen data-testid=format!("save-{at}") role="group" aria-label=say::save_number(at)>
            <div class="panel-line">
                <Plain label=say::SAVE_AS value=name testid=format!("save-{at}-name")
                    on_input=move |name: String| set.run(("name", SaveRule { name, ..rule.get_untracked() }))/>
                {move || last.get().map(|last| view! { <span class="panel-last mono" title=last.clone()>{last.clone()}</span> })}
                <span class="grow"></span>
                <IconButton icon=icondata::LuX label=say::remove(&say::save_number(at)) testid=format!("save-{at}-remove") on_click=remove/>
            </div>
            <Place rule=rule on_change=set at=at/>
            <Rest rule=rule on_change=set at=at/>
            <Wrong troubles=here.wrong_with("save", at)/>
        </div>
    }
}

/// A changed rule, and the name of the field that changed.
type Changed = Callback<(&'static str, SaveRule)>;

/// Where the value stands.
#[component]
fn Place(rule: Memo<SaveRule>, on_change: Changed, at: usize) -> impl IntoView {
    let kind = Memo::new(move |_| rule.with(|rule| place_word(&rule.from)));
    let kinds = Signal::derive(move || {
        let mut all = choices(PLACES);
        if kind.get().is_empty() {
            all.insert(0, Choice::new("", forms::CHOOSE_KIND));
        }
        all
    });
    let set = move |from: SaveFrom| on_change.run(("from", SaveRule { from, ..rule.get_untracked() }));
    let text = Signal::derive(move || match rule.get().from {
        SaveFrom::Json(path) => path_text(&path),
        SaveFrom::Pattern(text) | SaveFrom::Header(text) | SaveFrom::Cookie(text) | SaveFrom::Css(text) => text,
        SaveFrom::Between(_) | SaveFrom::Nothing => String::new(),
    });
    let marks = Signal::derive(move || match rule.get().from {
        SaveFrom::Between(marks) => marks,
        _ => Default::default(),
    });
    let plain = move |label: &'static str, hint: &'static str, make: fn(String) -> SaveFrom| {
        view! {
            <Plain mono=true label=label placeholder=hint value=text testid=format!("save-{at}-text")
                on_input=move |text: String| set(make(text))/>
        }
        .into_any()
    };
    let inside = move || {
        match kind.get() {
        "json" => plain(say::FIELD, forms::FIELD_HINT, |text| SaveFrom::Json(path_of(&text))),
        "header" => plain(say::HEADER, "", SaveFrom::Header),
        "cookie" => plain(say::NAME, "", SaveFrom::Cookie),
        "pattern" => plain(forms::FROM_PATTERN, forms::PATTERN_HINT, SaveFrom::Pattern),
        "css" => view! {
            {plain(forms::FROM_ELEMENT, forms::ELEMENT_HINT, SaveFrom::Css)}
            <Plain mono=true label=say::ATTRIBUTE hint=say::ATTRIBUTE_HINT value=Signal::derive(move || rule.get().attribute) testid=format!("save-{at}-attribute")
                on_input=move |attribute: String| on_change.run(("attribute", SaveRule { attribute, ..rule.get_untracked() }))/>
        }
        .into_any(),
        "between" => view! {
            <Plain mono=true label=say::BEFORE value=Signal::derive(move || marks.get().0) testid=format!("save-{at}-before")
                on_input=move |text: String| set(SaveFrom::Between((text, marks.get_untracked().1)))/>
            <Plain mono=true label=say::AFTER value=Signal::derive(move || marks.get().1) testid=format!("save-{at}-after")
                on_input=move |text: String| set(SaveFrom::Between((marks.get_untracked().0, text)))/>
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <div class="panel-two">
            <Select label=say::WHERE choices=kinds value=Signal::derive(move || kind.get().to_owned()) testid=format!("save-{at}-where")
                on_choose=move |word: String| on_change.run(("from", save_at_place(&rule.get_untracked(), &word)))/>
            {inside}
        </div>
    }
}

/// Which match is kept, and what happens where there is none.
#[component]
fn Rest(rule: Memo<SaveRule>, on_change: Changed, at: usize) -> impl IntoView {
    let (picks, missing) = (choices_of(&PICKS, Pick::word), choices_of(&ON_MISSING, OnMissing::word));
    let default = Signal::derive(move || rule.with(|rule| scalar_text(rule.default.as_ref())));
    let set_default = move |text: String| {
        let default = (!text.is_empty()).then(|| scalar(&text));
        on_change.run(("default", SaveRule { default, ..rule.get_untracked() }));
    };
    view! {
        <div class="panel-two">
            <Select label=say::WHICH choices=picks value=Signal::derive(move || rule.with(|rule| rule.pick.word().to_owned())) testid=format!("save-{at}-pick")
                on_choose=move |word: String| on_change.run(("pick", SaveRule { pick: by_word(&PICKS, Pick::word, &word), ..rule.get_untracked() }))/>
            <Select label=say::IF_MISSING choices=missing value=Signal::derive(move || rule.with(|rule| rule.if_missing.word().to_owned())) testid=format!("save-{at}-missing")
                on_choose=move |word: String| on_change.run(("if_missing", SaveRule { if_missing: by_word(&ON_MISSING, OnMissing::word, &word), ..rule.get_untracked() }))/>
        </div>
        <TokenField label=say::DEFAULT hint=say::DEFAULT_HINT value=default testid=format!("save-{at}-default") on_input=set_default/>
    }
}
