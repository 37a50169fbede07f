//! User types, tasks, reusable groups, and several things at once. Must not change a share: that is done where it is seen.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, StepEdit, UserEdit};
use tidemark_app_model::doc::place;
use tidemark_app_model::select::panel::forms::{TASK_CHOICES, by_word};
use tidemark_app_model::select::panel::{self as select, read_count};
use tidemark_app_model::text::{edits, forms, panel as say};
use tidemark_core::scenario::{PauseTime, TaskChoice};

use super::body::{Plain, choices_of};
use super::here::here;
use super::pause::BetweenTasks;
use super::wrong::Wrong;
use crate::view::parts::{Button, Checkbox, Kind, Select, WrittenField};

/// The name of a thing; what is wrong with the thing stands below it.
#[component]
fn Name(item: Item, #[prop(into)] value: Signal<String>) -> impl IntoView {
    let here = here();
    let wrong = Signal::derive(move || here.wrong.get());
    view! {
        <Plain label=say::NAME value=value testid="panel-name"
            on_input=move |name: String| here.edit(Edit::Rename(item.clone(), name))/>
        <Wrong troubles=wrong/>
    }
}

/// A user type.
#[component]
pub(super) fn User(id: String) -> impl IntoView {
    let here = here();
    let own = StoredValue::new(id.clone());
    let user = here.store.memo(move |model| own.with_value(|id| select::user(model, id)));
    let doors = here.store.memo(move |model| own.with_value(|id| select::doors(model, id)));
    let set = move |edit: UserEdit| here.edit(Edit::Step(StepEdit::User(own.get_value(), edit)));
    let pause = Memo::new(move |_| user.with(|user| user.pause.clone()));
    let leaves =
        Signal::derive(move || user.with(|user| user.leaves_after.map(|count| count.to_string()).unwrap_or_default()));
    view! {
        <Name item=Item::User(id) value=Signal::derive(move || user.with(|user| user.name.clone()))/>
        <Select label=say::HOW_CHOSEN choices=choices_of(&TASK_CHOICES, TaskChoice::word) value=Signal::derive(move || user.with(|user| user.choose.word().to_owned())) testid="user-choose"
            on_choose=move |word: String| set(UserEdit::Choose(by_word(&TASK_CHOICES, TaskChoice::word, &word)))/>
        <section class="panel-part" aria-labelledby="panel-between">
            <h3 id="panel-between">{say::PAUSE_BETWEEN}</h3>
            <BetweenTasks pause=pause on_change=Callback::new(move |pause: PauseTime| set(UserEdit::Pause(pause)))/>
        </section>
        <WrittenField label=say::LEAVES_AFTER hint=say::LEAVES_HINT value=leaves testid="user-leaves"
            on_leave=move |text: String| read_count(&text).map(|count| set(UserEdit::LeavesAfter(count))).err()/>
        <section class="panel-part" aria-labelledby="panel-doors">
            <h3 id="panel-doors">{say::DOORS}</h3>
            <dl class="panel-facts">
                <dt>{say::ARRIVAL}</dt><dd>{move || say::door(doors.get().0)}</dd>
                <dt>{say::LEAVING}</dt><dd>{move || say::door(doors.get().1)}</dd>
            </dl>
        </section>
    }
}

/// A task.
#[component]
pub(super) fn Task(id: String) -> impl IntoView {
    let here = here();
    let own = StoredValue::new(id.clone());
    let task = here.store.memo(move |model| {
        let found = select::scenario(model).and_then(|scenario| own.with_value(|id| place::task(scenario, id)));
        found.map(|(_, task)| (task.name.clone(), task.tags.join(", "), task.steps.len())).unwrap_or_default()
    });
    let tags = move |text: String| {
        here.edit(Edit::Step(StepEdit::Tags(own.get_value(), select::read_tags(&text))));
        None
    };
    view! {
        <Name item=Item::Task(id) value=Signal::derive(move || task.get().0)/>
        <WrittenField label=say::TAGS hint=say::TAGS_HINT value=Signal::derive(move || task.get().1) on_leave=tags testid="task-tags"/>
        <dl class="panel-facts"><dt>{say::STEPS}</dt><dd>{move || say::door(task.get().2)}</dd></dl>
    }
}

/// A reusable group.
#[component]
pub(super) fn Group(id: String) -> impl IntoView {
    let here = here();
    let own = StoredValue::new(id.clone());
    let group = here.store.memo(move |model| {
        let found = select::scenario(model).and_then(|scenario| own.with_value(|id| place::group(scenario, id)));
        found.map(|group| (group.name.clone(), group.measured, group.steps.len())).unwrap_or_default()
    });
    view! {
        <Name item=Item::Group(id) value=Signal::derive(move || group.get().0)/>
        <Checkbox label=say::MEASURED checked=Signal::derive(move || group.get().1) testid="group-measured"
            on_change=move |measured: bool| here.edit(Edit::Step(StepEdit::GroupMeasured(own.get_value(), measured)))/>
        <p class="field-hint">{say::MEASURED_HINT}</p>
        <dl class="panel-facts"><dt>{say::STEPS}</dt><dd>{move || say::door(group.get().2)}</dd></dl>
    }
}

/// Several things.
#[component]
pub(super) fn Many(count: usize) -> impl IntoView {
    let here = here();
    let all = here.store.memo(select::chosen_titles);
    let deed = move |label: &'static str, icon: icondata::Icon, testid: &'static str, msg: Msg, kind: Kind| {
        view! { <Button label=label icon=icon kind=kind testid=testid on_click=move || here.store.send(msg.clone())/> }
    };
    view! {
        <p class="panel-note">{say::many(count)}</p>
        <ul class="panel-chosen">{move || all.get().into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}</ul>
        <div class="panel-deeds">
            {deed(edits::GROUP_STEPS, icondata::LuBox, "many-group", Msg::GroupChosen, Kind::Secondary)}
            {deed(say::DUPLICATE, icondata::LuCopy, "many-copy", Msg::CopyChosen, Kind::Secondary)}
            {deed(forms::SWITCH_THEM, icondata::LuPower, "many-switch", Msg::SwitchChosen, Kind::Secondary)}
            {deed(say::DELETE, icondata::LuTrash2, "many-delete", Msg::DeleteChosen, Kind::Danger)}
        </div>
    }
}
