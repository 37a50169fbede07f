//! The list on the left: each kind with what there is of it. Must not show what is chosen.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::{DataEdit, Edit, TargetEdit};
use tidemark_app_model::model::Dialog;
use tidemark_app_model::select::data::{self, Line, Sort, Uses, values};
use tidemark_app_model::text::data as say;
use tidemark_core::problem::Severity;

use super::change;
use crate::store::{Store, store};
use crate::view::parts::{IconButton, Picture};

/// All kinds.
#[component]
pub(super) fn Lists(uses: Memo<Uses>, hosts: RwSignal<bool>) -> impl IntoView {
    view! {
        <nav class="data-lists" aria-label=say::LISTS data-region="data-lists">
            {Sort::ALL.map(|sort| view! { <List sort=sort uses=uses hosts=hosts/> }).collect_view()}
        </nav>
    }
}

fn icon(sort: Sort) -> icondata::Icon {
    match sort {
        Sort::Tables => icondata::LuTable,
        Sort::Values => icondata::LuBraces,
        Sort::Secrets => icondata::LuKeyRound,
        Sort::Targets => icondata::LuCrosshair,
        Sort::Hosts => icondata::LuGlobe,
    }
}

/// Adds a thing of a kind; what it is called comes next.
fn add(store: Store, sort: Sort, hosts: RwSignal<bool>) {
    match sort {
        Sort::Tables => super::add_table(store),
        Sort::Values => change(store, DataEdit::AddValue(values::new_value())),
        Sort::Secrets => store.send(Msg::Edit(Edit::Target(TargetEdit::AddSecret(say::NEW_SECRET.to_owned())))),
        Sort::Targets => return store.send(Msg::Open(Dialog::NewTarget)),
        Sort::Hosts => {
            hosts.set(true);
            return crate::page::focus("host-name".to_owned());
        }
    }
    hosts.set(false);
    crate::page::focus("data-name".to_owned());
}

/// One kind.
#[component]
fn List(sort: Sort, uses: Memo<Uses>, hosts: RwSignal<bool>) -> impl IntoView {
    let store = store();
    let lines = store.memo(move |model| uses.with(|uses| data::lines(model, sort, uses)));
    let count = Memo::new(move |_| lines.with(Vec::len));
    let title = format!("data-list-{}", sort.word());
    let labelled = title.clone();
    let none = match sort {
        Sort::Hosts => say::NO_HOSTS,
        _ => say::NO_TABLES,
    };
    view! {
        <section class="data-list" aria-labelledby=labelled>
            <div class="data-list-head">
                <h2 id=title>{sort.title()}</h2>
                <IconButton icon=icondata::LuPlus label=sort.add() testid=format!("data-add-{}", sort.word())
                    on_click=move || add(store, sort, hosts)/>
            </div>
            <Show when=move || count.get() == 0><p class="data-none">{none}</p></Show>
            <ul>
                {move || (0..count.get()).map(|at| view! { <Entry sort=sort at=at lines=lines hosts=hosts/> }).collect_view()}
            </ul>
        </section>
    }
}

/// One line.
#[component]
fn Entry(sort: Sort, at: usize, lines: Memo<Vec<Line>>, hosts: RwSignal<bool>) -> impl IntoView {
    let store = store();
    let line = Memo::new(move |_| lines.with(|lines| lines.get(at).cloned()));
    let text = move |of: fn(Line) -> String| move || line.get().map(of).unwrap_or_default();
    let chosen = move || {
        let own = line.with(|line| line.as_ref().is_some_and(|line| line.chosen));
        own && (sort == Sort::Hosts || !hosts.get())
    };
    let level = move || line.with(|line| line.as_ref().and_then(|line| line.level));
    view! {
        <li>
            <button type="button" class="data-entry" data-testid=format!("data-{}-{at}", sort.word())
                aria-current=move || chosen().then_some("true") title=text(|line| line.name)
                on:click=move |_| if let Some(line) = line.get_untracked() {
                    hosts.set(false);
                    store.send(Msg::Select(vec![line.item]));
                }>
                <Picture icon=icon(sort)/>
                <span class="data-entry-words">
                    <span class="data-entry-name">{text(|line| line.name)}</span>
                    <span class="data-entry-sub">{text(|line| line.sub)}</span>
                </span>
                <span class="data-entry-used">{text(|line| line.used)}</span>
                <Show when=move || level().is_some()>
                    <span class="data-entry-mark" class:stops=move || level() == Some(Severity::Stop) title=say::PROBLEM>
                        <Picture icon=icondata::LuTriangleAlert/><span class="unseen">{say::PROBLEM}</span>
                    </span>
                </Show>
            </button>
        </li>
    }
}
