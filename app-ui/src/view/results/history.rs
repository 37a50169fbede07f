//! The history of a test: every result, what came of it, and what can be done with it.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Dialog as DialogOf, ResultCard};
use tidemark_app_model::route::Route;
use tidemark_app_model::select::results::{self as select, mark_of};
use tidemark_app_model::select::shell::ladder;
use tidemark_app_model::text::{results as say, run as words};

use super::verdict::icon_of;
use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind, Menu, MenuItem, Picture, TextField};

/// The Results tab.
#[component]
pub fn History() -> impl IntoView {
    let store = store();
    let cards = store.memo(|model| model.results.cards.clone());
    view! {
        <section class="history">
            {move || match cards.get() {
                None => view! { <h1 class="unseen">{say::HISTORY}</h1><p class="muted">{say::READING}</p> }.into_any(),
                Some(cards) if cards.is_empty() => view! { <Empty/> }.into_any(),
                Some(cards) => view! { <List cards=cards/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let store = store();
    let not_now = store.memo(|model| ladder(model).run_not_now);
    view! {
        <h1 class="unseen">{say::HISTORY}</h1>
        <div class="card empty">
            <p class="run-none-head">{say::NONE_YET}</p>
            <p>{say::NONE_HINT}</p>
            <Button kind=Kind::Primary icon=icondata::LuPlay label=words::RUN_TEST not_now=not_now on_click=move || store.send(Msg::RunTest)/>
        </div>
    }
}

#[component]
fn List(cards: Vec<ResultCard>) -> impl IntoView {
    let store = store();
    let chosen: RwSignal<Vec<String>> = RwSignal::new(Vec::new());
    let renaming: RwSignal<Option<String>> = RwSignal::new(None);
    let ahead = store.peek(|model| model.now.ahead_minutes);
    // The older one comes first: it is what the newer one is compared with.
    let order: Vec<String> = cards.iter().rev().map(|card| card.id.clone()).collect();
    let compare = move || {
        let mut two = chosen.get_untracked();
        two.sort_by_key(|id| order.iter().position(|known| known == id));
        let test = store.peek(|model| model.test.as_ref().map(|test| test.id.clone()));
        if let (Some(test), [a, b]) = (test, &two[..]) {
            store.send(Msg::Go(Route::Compare(test, a.clone(), b.clone())));
        }
    };
    let why_not =
        Signal::derive(move || if chosen.with(Vec::len) == 2 { String::new() } else { say::CHOOSE_TWO.to_owned() });
    view! {
        <div class="report-row">
            <div><h1>{say::HISTORY}</h1><p class="muted">{say::OF_THIS_TEST}</p></div>
            <span class="grow"></span>
            <Button icon=icondata::LuArrowLeftRight label=say::COMPARE_TWO not_now=why_not testid="btn-compare" on_click=compare/>
        </div>
        <div class="table-wrap card" tabindex="0" role="region" aria-label=say::HISTORY>
            <table class="table history-table">
                <thead><tr>
                    <th scope="col"><span class="unseen">{say::CHOOSE}</span></th>
                    <th scope="col">{say::VERDICT}</th><th scope="col">{say::WHEN}</th><th scope="col">{say::PEOPLE}</th>
                    <th scope="col">{say::LENGTH}</th><th scope="col"><span class="unseen">{say::MORE}</span></th>
                </tr></thead>
                <tbody>{cards.into_iter().map(|card| view! { <Line card=card ahead=ahead chosen=chosen renaming=renaming/> }).collect_view()}</tbody>
            </table>
        </div>
        {move || renaming.get().map(|id| view! { <Rename id=id renaming=renaming/> })}
    }
}

#[component]
fn Line(
    card: ResultCard,
    ahead: i32,
    chosen: RwSignal<Vec<String>>,
    renaming: RwSignal<Option<String>>,
) -> impl IntoView {
    let store = store();
    let (when, length) = select::history_row(&card, ahead);
    let StoredId { id } = StoredId::new(&card.id);
    let is_chosen = move || id.with_value(|id| chosen.with(|chosen| chosen.contains(id)));
    let toggle = move |_| {
        let id = id.get_value();
        chosen.update(|chosen| match chosen.iter().position(|known| *known == id) {
            Some(at) => drop(chosen.remove(at)),
            None => {
                // A third one takes the place of the first.
                if chosen.len() == 2 {
                    chosen.remove(0);
                }
                chosen.push(id);
            }
        });
    };
    let (baseline, state) = (card.baseline, card.state.clone());
    let address = format!("{}: {when}", say::state(&card.state));
    let choose = format!("{}: {when}", say::CHOOSE);
    view! {
        <tr data-testid=format!("result-{}", card.id)>
            <td><input type="checkbox" class="check" aria-label=choose prop:checked=is_chosen on:change=toggle/></td>
            <th scope="row">
                <button type="button" class="history-open" aria-label=address on:click=move |_| store.send(Msg::OpenResult(id.get_value()))>
                    <span class="history-state" data-tone=mark_of(&state)><Picture icon=icon_of(&state)/>{say::state(&state)}</span>
                </button>
                {baseline.then(|| view! { <span class="badge"><Picture icon=icondata::LuStar/>{say::BASELINE}</span> })}
                {card.practice.then(|| view! { <span class="badge" data-tone="warn">{say::PRACTICE_SHORT}</span> })}
            </th>
            <td>{when}</td>
            <td>{say::people(card.people)}</td>
            <td>{length}</td>
            <td>
                <Menu label=say::MORE testid=format!("result-more-{}", card.id)>
                    <MenuItem label=say::OPEN icon=icondata::LuFileText on_click=move || store.send(Msg::OpenResult(id.get_value()))/>
                    <MenuItem label=if baseline { say::NO_MORE_BASELINE } else { say::SET_BASELINE } icon=icondata::LuStar
                        on_click=move || store.send(Msg::SetBaseline(id.get_value(), !baseline))/>
                    <MenuItem label=say::SHARE icon=icondata::LuShare2 on_click=move || store.send(Msg::Open(DialogOf::Share(id.get_value())))/>
                    <MenuItem label=say::RENAME icon=icondata::LuPencil on_click=move || renaming.set(Some(id.get_value()))/>
                    <MenuItem label=say::DELETE icon=icondata::LuTrash2 testid="result-delete" on_click=move || store.send(Msg::RemoveResult(id.get_value()))/>
                </Menu>
            </td>
        </tr>
    }
}

/// An id that many handlers need.
#[derive(Clone, Copy)]
struct StoredId {
    id: StoredValue<String>,
}

impl StoredId {
    fn new(id: &str) -> Self {
        Self { id: StoredValue::new(id.to_owned()) }
    }
}

#[component]
fn Rename(id: String, renaming: RwSignal<Option<String>>) -> impl IntoView {
    let store = store();
    let name = RwSignal::new(id.trim_end_matches(".tiderun").to_owned());
    let rename = move || {
        let to = name.get_untracked().trim().to_owned();
        if !to.is_empty() {
            store.send(Msg::RenameResult(id.clone(), to));
            renaming.set(None);
        }
    };
    view! {
        <Dialog title=say::RENAME_TITLE testid="rename-result" first="rename-result-name" on_close=move || renaming.set(None)>
            <TextField label=say::NAME value=name testid="rename-result-name" on_input=move |text| name.set(text)/>
            <div class="dialog-foot"><Button kind=Kind::Primary label=say::RENAME on_click=rename/></div>
        </Dialog>
    }
}
