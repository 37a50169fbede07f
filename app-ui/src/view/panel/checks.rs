//! Checks of a request's answer, and a check that stands alone. Must not know when one is true.

use leptos::prelude::*;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit, StepEdit};
use tidemark_app_model::select::panel::forms::{
    CHECKS, ON_FAIL, by_word, check_of_kind, check_word, path_of, path_text,
};
use tidemark_app_model::select::panel::{self as select, read_statuses, read_time, statuses};
use tidemark_app_model::text::load::amount;
use tidemark_app_model::text::{edits, forms, panel as say};
use tidemark_core::scenario::{Act, Check, CheckKind, OnFail, SizeRange};

use super::TokenField;
use super::body::{Plain, choices, choices_of};
use super::compare::Compare;
use super::here::{Id, here};
use super::wrong::Wrong;
use crate::page;
use crate::view::parts::{Button, Choice, IconButton, Kind, Picture, Select, WrittenField};

/// The checks of a request.
#[component]
pub(super) fn Checks(id: Id) -> impl IntoView {
    let here = here();
    let count = here.of_request(id, |request| request.check.len());
    let usual = here.of_request(id, select::expects_usual);
    let add = move || {
        let at = count.get_untracked();
        here.edit(Edit::Flow(FlowEdit::AddCheck(id.get_value(), select::fresh_check())));
        page::focus(format!("check-{at}-what"));
    };
    let each = move || (0..count.get()).map(|at| view! { <One id=id at=at/> }).collect_view();
    view! {
        <section class="panel-part" aria-labelledby="panel-checks">
            <div class="panel-part-head">
                <h3 id="panel-checks">{say::CHECKS}</h3>
                <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_CHECK testid="check-add" on_click=add/>
            </div>
            <Show when=move || usual.get()>
                <p class="panel-usual"><Picture icon=icondata::LuCheck/><span>{say::USUAL_CHECK}</span>" "<span class="muted">{say::USUAL_CHECK_NOTE}</span></p>
            </Show>
            {each}
        </section>
    }
}

/// One check of a request.
#[component]
fn One(id: Id, at: usize) -> impl IntoView {
    let here = here();
    let check = here.of_request(id, move |request| request.check.get(at).cloned().unwrap_or_default());
    let set = move |field: &'static str, check: Check| {
        here.edit(Edit::Step(StepEdit::Check(id.get_value(), at, field, check)));
    };
    let remove = move || {
        here.edit(Edit::Flow(FlowEdit::Remove(vec![Item::Check(id.get_value(), at)])));
        page::focus("check-add".to_owned());
    };
    let chosen = chosen(id, at, true);
    view! {
        <div class="panel-box" class:chosen=chosen data-testid=format!("check-{at}") role="group" aria-label=say::check_number(at)>
            <Fields check=check on_change=Callback::new(move |(field, check)| set(field, check)) about=say::check_number(at) testid=format!("check-{at}")
                end=ViewFn::from(move || view! { <IconButton icon=icondata::LuX label=say::remove(&say::check_number(at)) testid=format!("check-{at}-remove") on_click=remove/> })/>
            <Wrong troubles=here.wrong_with("check", at)/>
        </div>
    }
}

/// Whether a check (else a saved value) is what is chosen in the outline.
pub(super) fn chosen(id: Id, at: usize, check: bool) -> Memo<bool> {
    here().store.memo(move |model| match select::chosen_part(model) {
        Some(Item::Check(step, number)) => check && number == at && id.with_value(|id| *id == step),
        Some(Item::Save(step, number)) => !check && number == at && id.with_value(|id| *id == step),
        _ => false,
    })
}

/// A check as a step: only of a value.
#[component]
pub(super) fn Alone(id: Id) -> impl IntoView {
    let here = here();
    let check = here.of_step(id, |step| match &step.act {
        Act::Check(check) => check.clone(),
        _ => Check::default(),
    });
    let set = Callback::new(move |(field, check): (&'static str, Check)| {
        here.act(id, if field == "what" { edits::FIELD_WHAT } else { edits::FIELD_CHECK }, Act::Check(check));
    });
    view! {
        <div class="panel-box" data-testid="check-alone">
            <Fields check=check on_change=set about=say::CHECKS testid="check" alone=true/>
        </div>
    }
}

/// A changed check, and the name of the field that changed.
type Changed = Callback<(&'static str, Check)>;

/// What is looked at, how it is compared, and what happens if it is not so.
#[component]
fn Fields(
    check: Memo<Check>,
    on_change: Changed,
    #[prop(into)] about: String,
    #[prop(into)] testid: String,
    /// Whether there is no answer to look at.
    #[prop(optional)]
    alone: bool,
    /// What stands at the end of the first line.
    #[prop(optional)]
    end: Option<ViewFn>,
) -> impl IntoView {
    let kind = Memo::new(move |_| check.with(|check| check_word(&check.what)));
    let kinds = Signal::derive(move || {
        let here = kind.get();
        let mut all = choices(CHECKS);
        all.retain(|choice| !alone || choice.value == "value" || choice.value == here);
        if here.is_empty() {
            all.insert(0, Choice::new("", forms::CHOOSE_KIND));
        }
        all
    });
    let fails = choices_of(&ON_FAIL, OnFail::word);
    let label = format!("{about}: {}", say::WHAT);
    let names = StoredValue::new((about.clone(), testid.clone()));
    view! {
        <div class="panel-line">
            <Select bare=true label=label choices=kinds value=Signal::derive(move || kind.get().to_owned()) testid=format!("{testid}-what")
                on_choose=move |word: String| on_change.run(("what", check_of_kind(&check.get_untracked(), &word)))/>
            <span class="grow"></span>
            {end.map(|end| end.run())}
        </div>
        {move || {
            let (about, testid) = names.get_value();
            view! { <What kind=kind.get() check=check on_change=on_change about=about testid=testid/> }
        }}
        <div class="panel-line panel-if-not">
            <Select label=say::IF_NOT choices=fails value=Signal::derive(move || check.with(|check| check.if_not.word().to_owned())) testid=format!("{testid}-if-not")
                on_choose=move |word: String| on_change.run(("if_not", Check { if_not: by_word(&ON_FAIL, OnFail::word, &word), ..check.get_untracked() }))/>
        </div>
    }
}

/// The fields of one kind of check.
#[component]
fn What(kind: &'static str, check: Memo<Check>, on_change: Changed, about: String, testid: String) -> impl IntoView {
    let set = move |what: CheckKind| on_change.run(("text", Check { what, ..check.get_untracked() }));
    let text = Signal::derive(move || check.with(|check| text_of(&check.what)));
    let label = format!("{about}: {}", say::EXPECTED);
    let name = format!("{testid}-text");
    let tokens = move |make: fn(String) -> CheckKind| {
        view! { <TokenField bare=true label=label.clone() value=text testid=name.clone() on_input=move |text: String| set(make(text))/> }.into_any()
    };
    match kind {
        "contains" => tokens(CheckKind::Contains),
        "lacks" => tokens(CheckKind::Lacks),
        "equals" => tokens(CheckKind::Equals),
        "matches" => tokens(CheckKind::Matches),
        "status" => view! {
            <WrittenField bare=true label=format!("{about}: {}", say::EXPECTED) value=text hint=forms::STATUS_HINT testid=format!("{testid}-text")
                on_leave=move |text: String| match read_statuses(&text) {
                    Some(statuses) => { set(CheckKind::Status(statuses)); None }
                    None => Some(say::NOT_A_STATUS.to_owned()),
                }/>
        }
        .into_any(),
        "within" => view! {
            <WrittenField bare=true label=format!("{about}: {}", say::EXPECTED) value=text testid=format!("{testid}-text")
                on_leave=move |text: String| match read_time(&text) {
                    Ok(Some(span)) => { set(CheckKind::Within(span)); None }
                    _ => Some(say::NOT_A_TIME.to_owned()),
                }/>
        }
        .into_any(),
        "json" => compared(say::FIELD, forms::FIELD_HINT, text, check, on_change, &about, &testid, |text| CheckKind::Json(path_of(&text))),
        "header" => compared(say::HEADER, "", text, check, on_change, &about, &testid, CheckKind::Header),
        "value" => compared(say::VALUE, "", text, check, on_change, &about, &testid, CheckKind::Value),
        "size" => view! { <Size check=check on_change=on_change testid=testid/> }.into_any(),
        _ => ().into_any(),
    }
}

/// What a check is about, as text.
fn text_of(what: &CheckKind) -> String {
    match what {
        CheckKind::Contains(text)
        | CheckKind::Lacks(text)
        | CheckKind::Equals(text)
        | CheckKind::Matches(text)
        | CheckKind::Header(text)
        | CheckKind::Value(text) => text.clone(),
        CheckKind::Json(path) => path_text(path),
        CheckKind::Status(set) => statuses(set),
        CheckKind::Within(span) => amount(*span),
        CheckKind::Size(_) | CheckKind::Nothing => String::new(),
    }
}

/// A name, and how what stands there is compared.
#[expect(clippy::too_many_arguments, reason = "one row of a table each, called three times right above")]
fn compared(
    label: &'static str,
    hint: &'static str,
    text: Signal<String>,
    check: Memo<Check>,
    on_change: Changed,
    about: &str,
    testid: &str,
    make: fn(String) -> CheckKind,
) -> AnyView {
    view! {
        <Plain mono=true bare=true label=format!("{about}: {label}") value=text placeholder=hint testid=format!("{testid}-text")
            on_input=move |text: String| on_change.run(("text", Check { what: make(text), ..check.get_untracked() }))/>
        <div class="panel-two">
            <Compare compared=Signal::derive(move || check.with(|check| (check.is, check.to.clone()))) about=about testid=testid
                on_change=move |(is, to)| on_change.run(("compare", Check { is, to, ..check.get_untracked() }))/>
        </div>
    }
    .into_any()
}

/// The limits of an answer's length.
#[component]
fn Size(check: Memo<Check>, on_change: Changed, testid: String) -> impl IntoView {
    let size = Memo::new(move |_| match check.get().what {
        CheckKind::Size(size) => size,
        _ => SizeRange::default(),
    });
    let set =
        move |size: SizeRange| on_change.run(("size", Check { what: CheckKind::Size(size), ..check.get_untracked() }));
    view! {
        <div class="panel-two">
            <Plain label=say::AT_LEAST value=Signal::derive(move || size.get().at_least) testid=format!("{testid}-least")
                on_input=move |at_least: String| set(SizeRange { at_least, ..size.get_untracked() })/>
            <Plain label=say::AT_MOST value=Signal::derive(move || size.get().at_most) testid=format!("{testid}-most")
                on_input=move |at_most: String| set(SizeRange { at_most, ..size.get_untracked() })/>
        </div>
        <p class="field-hint">{say::SIZE_HINT}</p>
    }
}
