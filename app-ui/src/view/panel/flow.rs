//! Steps that hold other steps, or do small things: repeat, only if, choice, groups, set a value, note. What is inside stands
//! in the outline. Must not move any step.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit, Mix, ShareEdit, StepEdit};
use tidemark_app_model::select::panel::forms::{REPEATS, repeat_of_kind, repeat_word};
use tidemark_app_model::select::panel::{self as select, read_count, read_time, scalar, scalar_text};
use tidemark_app_model::text::load::amount;
use tidemark_app_model::text::{edits, forms, panel as say, steps};
use tidemark_core::scenario::{
    Act, Choose, Condition, InlineGroup, OnlyIf as If, Parallel as AtOnce, Repeat as Again, RepeatKind, SaveStep,
    UseGroup as Used,
};

use super::TokenField;
use super::body::{Plain, choices};
use super::conditions::Builder;
use super::here::{Id, Known, here};
use crate::page;
use crate::view::parts::{
    Button, Checkbox, Choice, IconButton, Kind, Measure, NumberField, Select, TextArea, WrittenField, fresh_id,
    while_here,
};

/// A field for the name of a value, with those that can be used here.
#[component]
pub(super) fn NameOf(
    /// What it is.
    label: &'static str,
    /// The name.
    #[prop(into)]
    value: Signal<String>,
    /// Hears each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Its name for tests.
    #[prop(into)]
    testid: String,
) -> impl IntoView {
    let known = expect_context::<Known>();
    let (id, list) = (fresh_id(), fresh_id());
    let names = move || {
        known
            .values
            .get()
            .into_iter()
            .map(|value| view! { <option value=steps::value_words(&value.name).to_owned()></option> })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input id=id class="input mono" type="text" list=list.clone() data-testid=testid autocomplete="off" spellcheck="false"
                prop:value=move || value.with(|name| steps::value_words(name).to_owned())
                on:input=move |event| {
                    known.heard.run(super::Heard::Typing);
                    on_input.run(steps::value_named(&event_target_value(&event)).to_owned());
                }
                on:blur=while_here(move |_| known.heard.run(super::Heard::Left))/>
            <datalist id=list>{names}</datalist>
        </div>
    }
}

/// Sets a value.
#[component]
pub(super) fn SetValue(id: Id) -> impl IntoView {
    let here = here();
    let save = here.of_step(id, |step| match &step.act {
        Act::Save(save) => save.clone(),
        _ => SaveStep::default(),
    });
    let set = move |field, save: SaveStep| here.act(id, field, Act::Save(save));
    view! {
        <Plain label=say::NAME value=Signal::derive(move || save.get().name) testid="panel-name"
            on_input=move |name: String| set(edits::FIELD_NAME, SaveStep { name, ..save.get_untracked() })/>
        <TokenField label=say::VALUE value=Signal::derive(move || save.with(|save| scalar_text(Some(&save.value)))) testid="set-value"
            on_input=move |text: String| set(edits::FIELD_VALUE, SaveStep { value: scalar(&text), ..save.get_untracked() })/>
    }
}

/// How often something is repeated.
#[component]
pub(super) fn Repeat(id: Id) -> impl IntoView {
    let here = here();
    let repeat = here.of_step(id, |step| match &step.act {
        Act::Repeat(repeat) => repeat.clone(),
        _ => Again::default(),
    });
    let kind = Memo::new(move |_| repeat.with(|repeat| repeat_word(&repeat.how)));
    let set = Callback::new(move |repeat: Again| here.act(id, edits::FIELD_REPEAT, Act::Repeat(repeat)));
    let inside = move || match kind.get() {
        "times" => {
            let times = Signal::derive(move || match repeat.get().how {
                RepeatKind::Times(times) => f64::from(times),
                _ => 1.0,
            });
            view! {
                <NumberField label=say::TIMES value=times measure=Measure::whole(1.0, 1_000_000.0) testid="repeat-times"
                    on_change=move |times: f64| set.run(Again { how: RepeatKind::Times(times as u32), ..repeat.get_untracked() })/>
            }
            .into_any()
        }
        "for_each" => view! { <EachItem repeat=repeat on_change=set/> }.into_any(),
        "until" => {
            let until = Memo::new(move |_| match repeat.get().how {
                RepeatKind::Until(condition) => condition,
                _ => Condition::default(),
            });
            view! {
                <Builder label=say::UNTIL condition=until
                    on_change=Callback::new(move |condition| set.run(Again { how: RepeatKind::Until(condition), ..repeat.get_untracked() }))/>
            }
            .into_any()
        }
        "during" => {
            let long = Signal::derive(move || match repeat.get().how {
                RepeatKind::During(span) => amount(span),
                _ => String::new(),
            });
            view! {
                <WrittenField label=say::LONG value=long testid="repeat-long"
                    on_leave=move |text: String| match read_time(&text) {
                        Ok(Some(span)) => { set.run(Again { how: RepeatKind::During(span), ..repeat.get_untracked() }); None }
                        _ => Some(say::NOT_A_TIME.to_owned()),
                    }/>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    let limited = move || !matches!(kind.get(), "times" | "");
    let most = Signal::derive(move || repeat.get().at_most.map(|most| most.to_string()).unwrap_or_default());
    view! {
        <Select label=say::REPEAT_KIND choices=choices(REPEATS) value=Signal::derive(move || kind.get().to_owned()) testid="repeat-kind"
            on_choose=move |word: String| set.run(repeat_of_kind(&repeat.get_untracked(), &word))/>
        {inside}
        <Show when=limited>
            <WrittenField label=say::MOST_ROUNDS value=most hint=say::MOST_ROUNDS_HINT testid="repeat-most"
                on_leave=move |text: String| read_count(&text).map(|at_most| set.run(Again { at_most, ..repeat.get_untracked() })).err()/>
        </Show>
        <Inside/>
    }
}

#[component]
fn EachItem(repeat: Memo<Again>, on_change: Callback<Again>) -> impl IntoView {
    let list = Signal::derive(move || match repeat.get().how {
        RepeatKind::ForEach(list) => list,
        _ => String::new(),
    });
    view! {
        <div class="panel-two">
            <NameOf label=say::LIST value=list testid="repeat-list"
                on_input=move |list: String| on_change.run(Again { how: RepeatKind::ForEach(list), ..repeat.get_untracked() })/>
            <Plain label=say::ITEM_NAME value=Signal::derive(move || repeat.get().item) testid="repeat-item"
                on_input=move |item: String| on_change.run(Again { item, ..repeat.get_untracked() })/>
        </div>
    }
}

/// Where the steps inside are.
#[component]
fn Inside() -> impl IntoView {
    view! { <p class="muted panel-note">{forms::IN_THE_FLOW}</p> }
}

/// When steps are done.
#[component]
pub(super) fn OnlyIf(id: Id) -> impl IntoView {
    let here = here();
    let only_if = here.of_step(id, |step| match &step.act {
        Act::OnlyIf(only_if) => only_if.clone(),
        _ => If::default(),
    });
    let condition = Memo::new(move |_| only_if.get().condition);
    let has_no = Memo::new(move |_| only_if.with(|only_if| !only_if.otherwise.is_empty()));
    let add = move || {
        let fresh = select::first_step_if_not();
        let lane = tidemark_app_model::doc::Lane::Otherwise(id.get_value());
        here.edit(Edit::Flow(FlowEdit::Insert(lane, 0, vec![fresh])));
    };
    view! {
        <Builder label=say::CONDITION condition=condition
            on_change=Callback::new(move |condition| here.act(id, edits::FIELD_CONDITION, Act::OnlyIf(If { condition, ..only_if.get_untracked() })))/>
        <Show when=move || !has_no.get()>
            <div><Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_ELSE testid="else-add" on_click=add/></div>
        </Show>
        <Inside/>
    }
}

/// One of several, by chance.
#[component]
pub(super) fn Options(id: Id) -> impl IntoView {
    let here = here();
    let choose = here.of_step(id, |step| match &step.act {
        Act::Choose(choose) => choose.clone(),
        _ => Choose::default(),
    });
    let count = Memo::new(move |_| choose.with(|choose| choose.options.len()));
    let each = move || (0..count.get()).map(|at| view! { <OneOption id=id at=at choose=choose/> }).collect_view();
    view! {
        <section class="panel-part" aria-labelledby="panel-options">
            <div class="panel-part-head">
                <h3 id="panel-options">{say::OPTIONS}</h3>
                <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_OPTION testid="option-add"
                    on_click=move || here.edit(Edit::Flow(FlowEdit::AddOption(id.get_value())))/>
            </div>
            <p class="field-hint">{say::OPTIONS_HINT}</p>
            {each}
        </section>
        <Inside/>
    }
}

#[component]
fn OneOption(id: Id, at: usize, choose: Memo<Choose>) -> impl IntoView {
    let here = here();
    let option = Memo::new(move |_| choose.with(|choose| choose.options.get(at).cloned()).unwrap_or_default());
    let several = Memo::new(move |_| choose.with(|choose| choose.options.len() > 1));
    let remove = move || {
        here.act(id, edits::FIELD_OPTIONS, Act::Choose(select::without_option(&choose.get_untracked(), at)));
        page::focus("option-add".to_owned());
    };
    view! {
        <div class="panel-box panel-line" data-testid=format!("option-{at}") role="group" aria-label=forms::option(at)>
            <Plain label=say::NAME value=Signal::derive(move || option.get().name) placeholder=forms::option(at) testid=format!("option-{at}-name")
                on_input=move |name: String| here.edit(Edit::Step(StepEdit::OptionName(id.get_value(), at, name)))/>
            <NumberField label=say::WEIGHT value=Signal::derive(move || option.get().weight) measure=Measure { least: 0.0, most: 1_000_000.0, step: 1.0 } testid=format!("option-{at}-weight")
                on_change=move |weight: f64| here.edit(Edit::Share(ShareEdit::Parts(Mix::Options(id.get_value()), at, weight)))/>
            <span class="grow"></span>
            <Show when=move || several.get()>
                <IconButton icon=icondata::LuX label=say::remove(&forms::option(at)) testid=format!("option-{at}-remove") on_click=remove/>
            </Show>
        </div>
    }
}

/// Steps in one place.
#[component]
pub(super) fn Group(id: Id) -> impl IntoView {
    let here = here();
    let group = here.of_step(id, |step| match &step.act {
        Act::Group(group) => group.clone(),
        _ => InlineGroup::default(),
    });
    view! {
        <Plain label=say::GROUP_NAME value=Signal::derive(move || group.get().name) testid="panel-name"
            on_input=move |name: String| here.act(id, edits::FIELD_NAME, Act::Group(InlineGroup { name, ..group.get_untracked() }))/>
        <Checkbox label=say::MEASURED checked=Signal::derive(move || group.get().measured) testid="group-measured"
            on_change=move |measured: bool| here.act(id, edits::FIELD_MEASURED, Act::Group(InlineGroup { measured, ..group.get_untracked() }))/>
        <p class="field-hint">{say::MEASURED_HINT}</p>
        <Inside/>
    }
}

/// Requests at the same time.
#[component]
pub(super) fn Parallel(id: Id) -> impl IntoView {
    let here = here();
    let parallel = here.of_step(id, |step| match &step.act {
        Act::Parallel(parallel) => parallel.clone(),
        _ => AtOnce::default(),
    });
    let most = Signal::derive(move || parallel.get().at_once.map(|most| most.to_string()).unwrap_or_default());
    view! {
        <WrittenField label=say::AT_ONCE value=most hint=say::AT_ONCE_HINT testid="at-once"
            on_leave=move |text: String| read_count(&text)
                .map(|at_once| here.act(id, edits::FIELD_AT_ONCE, Act::Parallel(AtOnce { at_once, ..parallel.get_untracked() }))).err()/>
        <Inside/>
    }
}

/// The steps of a reusable group.
#[component]
pub(super) fn UseGroup(id: Id) -> impl IntoView {
    let here = here();
    let used = here.of_step(id, |step| match &step.act {
        Act::Use(used) => used.clone(),
        _ => Used::default(),
    });
    let groups = here.store.memo(select::groups);
    let found = Memo::new(move |_| used.with(|used| groups.with(|groups| select::group_id(groups, &used.group))));
    let all = Signal::derive(move || {
        let first = found.get().is_empty().then(|| Choice::new("", say::CHOOSE_GROUP));
        first.into_iter().chain(groups.get().into_iter().map(|(id, name)| Choice::new(id, name))).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !groups.with(Vec::is_empty) fallback=|| view! { <p class="muted panel-note">{say::NO_GROUPS}</p> }>
            <Select label=say::REUSABLE choices=all value=found testid="use-group"
                on_choose=move |group: String| here.act(id, edits::FIELD_GROUP, Act::Use(Used { group, ..used.get_untracked() }))/>
            <Show when=move || !found.with(String::is_empty)>
                <div><Button label=say::OPEN_GROUP icon=icondata::LuBoxes testid="use-open"
                    on_click=move || here.store.send(Msg::Select(vec![Item::Group(found.get_untracked())]))/></div>
            </Show>
        </Show>
    }
}

/// Free text.
#[component]
pub(super) fn Note(id: Id) -> impl IntoView {
    let here = here();
    let known = expect_context::<Known>();
    let text = here.of_step(id, |step| match &step.act {
        Act::Note(text) => text.clone(),
        _ => String::new(),
    });
    view! {
        <TextArea label=say::NOTE hint=say::NOTE_HINT value=text rows=6 testid="panel-name"
            on_input=move |text: String| here.act(id, edits::FIELD_NOTE, Act::Note(text))
            on_leave=move |()| known.heard.run(super::Heard::Left)/>
    }
}
