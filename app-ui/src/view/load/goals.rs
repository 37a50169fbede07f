//! What counts as good, and when a run ends by itself. Must not judge, nor understand a limit.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::goal::{below, usual_stop};
use tidemark_app_model::doc::edit::{Edit, GoalEdit};
use tidemark_app_model::select::goals::{self, GoalRow, MEASURES, Of};
use tidemark_app_model::text::load as say;
use tidemark_core::scenario::GoalRule;

use super::part;
use crate::store::{Store, store};
use crate::view::parts::{Button, Choice, IconButton, Kind, Select, Term, WrittenField};

fn set(store: Store, of: Of, at: usize, field: &'static str, rule: GoalRule) {
    let edit = match of {
        Of::Goals => GoalEdit::Set(at, field, rule),
        Of::Stops => GoalEdit::SetStop(at, field, rule),
    };
    store.send(Msg::Edit(Edit::Goal(edit)));
}

fn remove(store: Store, of: Of, at: usize) {
    let item = if of == Of::Goals { Item::Goal(at) } else { Item::StopRule(at) };
    store.send(Msg::Select(vec![item]));
    store.send(Msg::DeleteChosen);
}

/// The goals.
#[component]
pub(super) fn Goals() -> impl IntoView {
    let store = store();
    let rules = part(store, |scenario| &scenario.goals);
    let none = Memo::new(move |_| rules.with(Vec::is_empty));
    view! {
        <section class="card goals" aria-labelledby="goals-title">
            <h2 id="goals-title"><Term word="Goal" shown=say::GOALS/></h2>
            <p class="muted">{say::GOALS_HINT}</p>
            <Show when=move || none.get()>
                <p class="goals-none">{say::NO_GOALS}</p>
                <Button kind=Kind::Primary icon=icondata::LuPlus label=say::ADD_USUAL testid="goal-add-usual"
                    on_click=move || store.send(Msg::Edit(Edit::Goal(GoalEdit::AddUsual)))/>
            </Show>
            <Lines of=Of::Goals rules=rules/>
            <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_GOAL testid="goal-add"
                on_click=move || store.send(Msg::Edit(Edit::Goal(GoalEdit::Add(below("p95", "800ms")))))/>
        </section>
    }
}

/// The rules that end a run early.
#[component]
pub(super) fn StopEarly() -> impl IntoView {
    let store = store();
    let rules = part(store, |scenario| &scenario.stop_early);
    view! {
        <section class="card goals" aria-labelledby="stop-title">
            <h2 id="stop-title">{say::STOP_EARLY}</h2>
            <p class="muted">{say::STOP_EARLY_HINT}</p>
            <Lines of=Of::Stops rules=rules/>
            <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_STOP testid="stop-add"
                on_click=move || store.send(Msg::Edit(Edit::Goal(GoalEdit::AddStop(usual_stop()))))/>
        </section>
    }
}

#[component]
fn Lines(of: Of, rules: Memo<Vec<GoalRule>>) -> impl IntoView {
    let count = Memo::new(move |_| rules.with(Vec::len));
    let each = move || (0..count.get()).map(|at| view! { <Line of=of at=at rules=rules/> }).collect_view();
    view! { <ul class="goal-lines">{each}</ul> }
}

/// One goal: what, how much, of which requests.
#[component]
fn Line(of: Of, at: usize, rules: Memo<Vec<GoalRule>>) -> impl IntoView {
    let store = store();
    let rule = Memo::new(move |_| rules.with(|rules| rules.get(at).cloned()).unwrap_or_default());
    let row: Memo<GoalRow> = Memo::new(move |_| rule.with(goals::row));
    let names =
        store.memo(|model| model.test.as_ref().map(|test| goals::names(test.doc.scenario())).unwrap_or_default());
    let measures = move || {
        let known =
            MEASURES.iter().map(|(word, goal, stop)| Choice::new(*word, if of == Of::Goals { *goal } else { *stop }));
        let mut all: Vec<Choice> = known.collect();
        let here = row.get();
        if !all.iter().any(|choice| choice.value == here.measure) {
            all.push(Choice::new(here.measure.clone(), here.measure));
        }
        all
    };
    let whose = move || {
        let here = row.get().of;
        let mut all = vec![Choice::new("", say::ALL_REQUESTS)];
        all.extend(names.get().into_iter().map(|name| Choice::new(name.clone(), name)));
        if !all.iter().any(|choice| choice.value == here) {
            all.push(Choice::new(here.clone(), here));
        }
        all
    };
    let field = move |name: &str| say::goal_field(at + 1, name);
    let word = if of == Of::Goals { "goal" } else { "stop" };
    view! {
        <li class="goal" data-testid=format!("{word}-{}", at + 1)>
            <Select bare=true label=field(say::GOAL_MEASURE) choices=Signal::derive(measures) testid=format!("{word}-{}-measure", at + 1)
                value=Signal::derive(move || row.get().measure)
                on_choose=move |word: String| set(store, of, at, "measure", goals::with_measure(&rule.get_untracked(), of, &word))/>
            <WrittenField bare=true label=field(say::GOAL_LIMIT) value=Signal::derive(move || row.get().limit)
                testid=format!("{word}-{}-limit", at + 1)
                on_leave=move |text: String| goals::with_limit(&rule.get_untracked(), &text)
                    .map(|rule| set(store, of, at, "limit", rule)).err()/>
            <span class="goal-after">{move || row.get().after}</span>
            <Select bare=true label=field(say::GOAL_OF) choices=Signal::derive(whose) testid=format!("{word}-{}-of", at + 1)
                value=Signal::derive(move || row.get().of)
                on_choose=move |name: String| {
                    let mut rule = rule.get_untracked();
                    rule.limit.of = name;
                    set(store, of, at, "of", rule);
                }/>
            <Show when=move || of == Of::Stops>
                <span class="goal-lasting">{say::LASTING}
                    <WrittenField bare=true label=field(say::LASTING_LABEL) value=Signal::derive(move || row.get().lasting)
                        on_leave=move |text: String| goals::with_lasting(&rule.get_untracked(), &text)
                            .map(|rule| set(store, of, at, "lasting", rule)).err()/>
                </span>
            </Show>
            <span class="goal-end"><IconButton icon=icondata::LuX
                label=say::remove_goal(if of == Of::Goals { say::REMOVE_GOAL } else { say::REMOVE_STOP }, at + 1)
                on_click=move || remove(store, of, at)/></span>
        </li>
    }
}
