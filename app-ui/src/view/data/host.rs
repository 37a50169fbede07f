//! Hosts beside the target that a test may reach, and those that were confirmed on this computer. Must not judge a host.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, TargetEdit};
use tidemark_app_model::model::Taken;
use tidemark_app_model::msg::Setting;
use tidemark_app_model::text::data as say;

use crate::store::store;
use crate::view::parts::{Button, IconButton, Kind, TextField, WrittenField};

/// Both lists.
#[component]
pub(super) fn Hosts() -> impl IntoView {
    let store = store();
    let hosts = store
        .memo(|model| model.test.as_ref().map(|test| test.doc.scenario().allowed_hosts.clone()).unwrap_or_default());
    let count = Memo::new(move |_| hosts.with(Vec::len));
    let typed = RwSignal::new(String::new());
    let add = move || {
        let host = typed.get_untracked();
        if !host.trim().is_empty() {
            store.send(Msg::Edit(Edit::Target(TargetEdit::AllowHost(host))));
            typed.set(String::new());
            crate::page::focus("host-name".to_owned());
        }
    };
    let each = move || (0..count.get()).map(|at| view! { <Host at=at hosts=hosts/> }).collect_view();
    view! {
        <header class="data-head"><div class="data-head-name">
            <h1>{say::HOSTS}</h1>
            <p class="field-hint">{say::HOST_LEAD}</p>
        </div></header>
        <div class="card data-form">
            <ul class="host-list">{each}</ul>
            <div class="secret-field" on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); add() }>
                <TextField label=say::ADD_HOST value=typed hint=say::HOST_HINT testid="host-name" on_input=move |text| typed.set(text)/>
                <Button icon=icondata::LuPlus label=say::ADD_HOST testid="host-add" on_click=add/>
            </div>
        </div>
        <Confirmed/>
    }
}

/// A host of the test.
#[component]
fn Host(at: usize, hosts: Memo<Vec<String>>) -> impl IntoView {
    let store = store();
    let name = Signal::derive(move || hosts.with(|hosts| hosts.get(at).cloned()).unwrap_or_default());
    view! {
        <li>
            <WrittenField bare=true label=say::HOST value=name testid=format!("host-{at}")
                on_leave=move |text: String| { store.send(Msg::Edit(Edit::Target(TargetEdit::Host(at, text.trim().to_owned())))); None }/>
            <IconButton icon=icondata::LuTrash2 label=Signal::derive(move || say::delete(&name.get())) testid=format!("host-remove-{at}")
                on_click=move || store.send(Msg::TakeOut(Taken::Item(Item::Host(at))))/>
        </li>
    }
}

/// The hosts that somebody confirmed here.
#[component]
fn Confirmed() -> impl IntoView {
    let store = store();
    let hosts = store.memo(|model| model.can.hosts.iter().cloned().collect::<Vec<_>>());
    let row = move |host: String| {
        let forgotten = host.clone();
        view! {
            <li>
                <span class="host-name">{host}</span>
                <Button kind=Kind::Quiet label=say::CONFIRMED_FORGET
                    on_click=move || store.send(Msg::Set(Setting::ForgetHost(forgotten.clone())))/>
            </li>
        }
    };
    view! {
        <section class="card data-form" aria-labelledby="hosts-confirmed">
            <h2 id="hosts-confirmed">{say::CONFIRMED}</h2>
            <p class="muted">{say::CONFIRMED_LEAD}</p>
            <Show when=move || hosts.with(Vec::is_empty)><p class="muted">{say::CONFIRMED_NONE}</p></Show>
            <ul class="host-list">{move || hosts.get().into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
