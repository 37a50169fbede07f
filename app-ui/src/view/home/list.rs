//! The tests: what each is called, how its last run went, and what can be done with it.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::route::{Route, Tab};
use tidemark_app_model::select::home::{self as select, Row, Sort};
use tidemark_app_model::select::results::mark_of;
use tidemark_app_model::text::home as say;

use crate::store::store;
use crate::view::parts::{Button, Choice, Menu, MenuItem, Picture, Rename, Select};
use crate::view::results::icon_of;

/// The tests, or why there are none.
#[component]
pub fn Tests() -> impl IntoView {
    let store = store();
    let sort = RwSignal::new(Sort::default());
    let rows = store.memo(move |model| select::rows(model, sort.get()));
    let many = Memo::new(move |_| rows.with(|rows| rows.as_ref().is_some_and(|rows| rows.len() > 1)));
    let renaming: RwSignal<Option<(String, String)>> = RwSignal::new(None);
    let rename = move |(id, name): (String, String)| {
        let done = move |to: String| {
            store.send(Msg::NameTest(id.clone(), to));
            renaming.set(None);
        };
        view! {
            <Rename title=say::RENAME label=say::NEW_NAME start=name testid="rename-test" first="rename-test-name"
                on_done=done on_close=move || renaming.set(None)/>
        }
    };
    let chosen = Signal::derive(move || if sort.get() == Sort::Name { "name" } else { "change" }.to_owned());
    let choices = vec![Choice::new("change", say::BY_CHANGE), Choice::new("name", say::BY_NAME)];
    view! {
        <section class="home-tests" aria-labelledby="home-tests">
            <div class="home-tests-head">
                <h2 id="home-tests">{say::TESTS}</h2>
                <Show when=move || many.get()>
                    <Select label=say::SORT choices=choices.clone() value=chosen testid="home-sort"
                        on_choose=move |word: String| sort.set(if word == "name" { Sort::Name } else { Sort::Change })/>
                </Show>
            </div>
            {move || match rows.with(|rows| rows.as_ref().map(Vec::is_empty)) {
                None => view! { <Waiting/> }.into_any(),
                Some(true) => view! { <Empty/> }.into_any(),
                Some(false) => view! {
                    <ul class="home-list">
                        <For each=move || rows.get().unwrap_or_default() key=|row| (row.id.clone(), row.name.clone(), row.state.clone(), row.about.clone(), row.spark.clone()) let:row><Line row=row renaming=renaming/></For>
                    </ul>
                }.into_any(),
            }}
            {move || renaming.get().map(rename)}
        </section>
    }
}

/// Rows to come, in the place where they will be.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <p class="unseen">{say::LOADING}</p>
        <ul class="home-list waiting" aria-hidden="true"><li class="home-row"></li><li class="home-row"></li><li class="home-row"></li></ul>
    }
}

/// Nothing yet.
#[component]
fn Empty() -> impl IntoView {
    let store = store();
    view! {
        <div class="card empty">
            <p>{say::NOTHING_YET}</p>
            <Button icon=icondata::LuPlay label=say::RUN_DEMO testid="home-run-demo-too" on_click=move || store.send(Msg::RunDemo)/>
        </div>
    }
}

/// A test.
#[component]
fn Line(row: Row, renaming: RwSignal<Option<(String, String)>>) -> impl IntoView {
    let store = store();
    let id = StoredValue::new(row.id.clone());
    let name = StoredValue::new(row.name.clone());
    let open = move || store.send(Msg::Go(Route::Tab(id.get_value(), Tab::Build)));
    let address = Route::Tab(row.id.clone(), Tab::Build).text();
    let ran = !row.state.is_empty() && row.trouble.is_empty();
    let tone = if row.trouble.is_empty() { mark_of(&row.state) } else { "bad" };
    let line = (!row.spark.is_empty()).then(|| {
        view! {
            <span class="home-spark">
                <svg viewBox="0 0 96 24" width="96" height="24" aria-hidden="true"><path d=row.spark.clone()/></svg>
                <span class="unseen">{say::SPARK}" "{row.spark_words.clone()}</span>
            </span>
        }
    });
    view! {
        <li class="home-row" data-testid=format!("test-{}", row.id)>
            <a class="home-name" href=address title=row.name.clone()>{row.name.clone()}</a>
            <span class="home-verdict" data-tone=tone title=row.trouble.clone()>
                {(!row.trouble.is_empty()).then(|| view! { <Picture icon=icondata::LuCircleSlash/> })}
                {ran.then(|| view! { <Picture icon=icon_of(&row.state)/> })}
                {row.verdict}
            </span>
            <span class="home-about">{row.about.clone()}</span>
            {line}
            <Menu label=say::more_for(&row.name) testid=select::menu_id(&row.id)>
                <MenuItem icon=icondata::LuFolderOpen label=say::OPEN on_click=open/>
                <MenuItem icon=icondata::LuPencil label=say::RENAME testid="test-rename"
                    on_click=move || renaming.set(Some((id.get_value(), name.get_value())))/>
                <MenuItem icon=icondata::LuCopy label=say::COPY testid="test-copy" on_click=move || store.send(Msg::CopyTest(id.get_value()))/>
                <MenuItem icon=icondata::LuTrash2 label=say::DELETE testid="test-delete" on_click=move || store.send(Msg::RemoveTest(id.get_value()))/>
            </Menu>
        </li>
    }
}
