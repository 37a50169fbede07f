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
use crate::view::parts::{Button, Kind, Menu, MenuItem, Picture, Rename};

/// The Results tab. What is ticked and what is being renamed stays while the list is read anew.
#[component]
pub fn History() -> impl IntoView {
    let store = store();
    let cards = store.memo(|model| model.results.cards.clone());
    let known = Memo::new(move |_| cards.with(|cards| cards.as_ref().map(|cards| !cards.is_empty())));
    let ticked: RwSignal<Vec<String>> = RwSignal::new(Vec::new());
    let renaming: RwSignal<Option<String>> = RwSignal::new(None);
    let rename = move |id: String| {
        let start = id.trim_end_matches(".tiderun").to_owned();
        let done = move |to: String| {
            store.send(Msg::RenameResult(id.clone(), to));
            renaming.set(None);
        };
        view! {
            <Rename title=say::RENAME_TITLE label=say::NAME start=start testid="rename-result" first="rename-result-name"
                on_done=done on_close=move || renaming.set(None)/>
        }
    };
    view! {
        <section class="history">
            {move || match known.get() {
                None => view! { <h1 class="unseen">{say::HISTORY}</h1><p class="muted">{say::READING}</p> }.into_any(),
                Some(false) => view! { <Empty/> }.into_any(),
                Some(true) => view! { <List cards=cards ticked=ticked renaming=renaming/> }.into_any(),
            }}
            {move || renaming.get().map(rename)}
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
fn List(
    cards: Memo<Option<Vec<ResultCard>>>,
    ticked: RwSignal<Vec<String>>,
    renaming: RwSignal<Option<String>>,
) -> impl IntoView {
    let store = store();
    // The older one comes first: it is what the newer one is compared with. What is deleted meanwhile does not count.
    let chosen = Memo::new(move |_| {
        let is_ticked = |card: &&ResultCard| ticked.with(|ticked| ticked.contains(&card.id));
        cards.with(|cards| {
            cards.iter().flatten().rev().filter(is_ticked).map(|card| card.id.clone()).collect::<Vec<_>>()
        })
    });
    let compare = move || {
        let test = store.peek(|model| model.test.as_ref().map(|test| test.id.clone()));
        if let (Some(test), [a, b]) = (test, &chosen.get_untracked()[..]) {
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
                <tbody>
                    <For each=move || cards.get().unwrap_or_default() key=|card| card.id.clone() let:card>
                        <Line card=card cards=cards ticked=ticked renaming=renaming/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(
    card: ResultCard,
    cards: Memo<Option<Vec<ResultCard>>>,
    ticked: RwSignal<Vec<String>>,
    renaming: RwSignal<Option<String>>,
) -> impl IntoView {
    let store = store();
    let id = StoredValue::new(card.id.clone());
    let testid = format!("result-{}", card.id);
    let menu = select::menu_id(&card.id);
    // A row stays as it was until it is taken off the page.
    let card = Memo::new(move |last: Option<&ResultCard>| {
        let found = cards.with(|cards| id.with_value(|id| cards.iter().flatten().find(|card| card.id == *id).cloned()));
        found.unwrap_or_else(|| last.unwrap_or(&card).clone())
    });
    let ahead = store.peek(|model| model.now.ahead_minutes);
    let words = Memo::new(move |_| card.with(|card| select::history_row(card, ahead)));
    let when = move || words.with(|(when, _)| when.clone());
    let is_ticked = move || id.with_value(|id| ticked.with(|ticked| ticked.contains(id)));
    let toggle = move |_| {
        let id = id.get_value();
        ticked.update(|ticked| match ticked.iter().position(|known| *known == id) {
            Some(at) => drop(ticked.remove(at)),
            None => {
                ticked
                    .retain(|known| cards.with_untracked(|cards| cards.iter().flatten().any(|card| card.id == *known)));
                // A third one takes the place of the first.
                if ticked.len() == 2 {
                    ticked.remove(0);
                }
                ticked.push(id);
            }
        });
    };
    let baseline = Memo::new(move |_| card.with(|card| card.baseline));
    let practice = Memo::new(move |_| card.with(|card| card.practice));
    let state = Memo::new(move |_| card.with(|card| card.state.clone()));
    let pin = Signal::derive(move || if baseline.get() { say::NO_MORE_BASELINE } else { say::SET_BASELINE }.to_owned());
    let more = Signal::derive(move || say::more_for(&when()));
    view! {
        <tr data-testid=testid>
            <td><input type="checkbox" class="check" aria-label=move || format!("{}: {}", say::CHOOSE, when())
                prop:checked=is_ticked on:change=toggle/></td>
            <th scope="row">
                <button type="button" class="history-open" aria-label=move || format!("{}: {}", state.with(|state| say::state(state)), when())
                    on:click=move |_| store.send(Msg::OpenResult(id.get_value()))>
                    <span class="history-state" data-tone=move || state.with(|state| mark_of(state))>
                        {move || state.with(|state| view! { <Picture icon=icon_of(state)/>{say::state(state)} })}
                    </span>
                </button>
                {move || baseline.get().then(|| view! { <span class="badge"><Picture icon=icondata::LuStar/>{say::BASELINE}</span> })}
                {move || practice.get().then(|| view! { <span class="badge" data-tone="warn">{say::PRACTICE_SHORT}</span> })}
            </th>
            <td>{when}</td>
            <td>{move || card.with(|card| say::people(card.people))}</td>
            <td>{move || words.with(|(_, length)| length.clone())}</td>
            <td>
                <Menu label=more testid=menu>
                    <MenuItem label=say::OPEN icon=icondata::LuFileText on_click=move || store.send(Msg::OpenResult(id.get_value()))/>
                    <MenuItem label=pin icon=icondata::LuStar
                        on_click=move || store.send(Msg::SetBaseline(id.get_value(), !baseline.get_untracked()))/>
                    <MenuItem label=say::SHARE icon=icondata::LuShare2 on_click=move || store.send(Msg::Open(DialogOf::Share(id.get_value())))/>
                    <MenuItem label=say::RENAME icon=icondata::LuPencil testid="result-rename" on_click=move || renaming.set(Some(id.get_value()))/>
                    <MenuItem label=say::DELETE icon=icondata::LuTrash2 testid="result-delete" on_click=move || store.send(Msg::RemoveResult(id.get_value()))/>
                </Menu>
            </td>
        </tr>
    }
}
