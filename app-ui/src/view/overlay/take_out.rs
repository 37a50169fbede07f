//! Something that is in use is to be deleted: what takes its place is chosen first. Must not look for uses.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Dialog as Which, Taken};
use tidemark_app_model::select::data::{Lost, taken_name, takes, uses};
use tidemark_app_model::text::{data as say, shell};

use crate::store::store;
use crate::view::parts::{Button, Choice, Dialog, Kind, Select};

/// The dialog.
#[component]
pub fn TakeOut() -> impl IntoView {
    let store = store();
    let asked: Option<Taken> = store.peek(|model| match &model.dialog {
        Some(Which::TakeOut(taken)) => Some(taken.clone()),
        _ => None,
    });
    asked.map(|taken| {
        let lost: Vec<Lost> = store.peek(|model| takes(model, &uses(model), &taken));
        let name = store.peek(|model| taken_name(model, &taken));
        let chosen = RwSignal::new(vec![String::new(); lost.len()]);
        let names: Vec<String> = lost.iter().map(|lost| lost.name.clone()).collect();
        let replaced = taken.clone();
        let replace = move || {
            let to = chosen.get_untracked();
            let pairs = names.iter().cloned().zip(to).filter(|(_, to)| !to.is_empty()).collect();
            store.send(Msg::TakeOutReplaced(replaced.clone(), pairs));
        };
        let none = Signal::derive(move || if chosen.with(|chosen| chosen.iter().all(String::is_empty)) { say::CHOOSE_FIRST } else { "" }.to_owned());
        let rows = lost.into_iter().enumerate().map(|(at, lost)| view! { <Row at=at lost=lost chosen=chosen/> }).collect_view();
        view! {
            <Dialog title=say::delete(&name) testid="take-out" on_close=move || store.send(Msg::Escape)>
                <div class="data-dialog">
                    <p>{say::TAKE_OUT_LEAD}</p>
                    {rows}
                </div>
                <div class="dialog-foot">
                    <Button label=shell::CANCEL on_click=move || store.send(Msg::Escape)/>
                    <Button kind=Kind::Danger label=say::DELETE_ANYWAY hint=say::DELETE_ANYWAY_SUB testid="take-out-anyway"
                        on_click=move || store.send(Msg::TakeOutReplaced(taken.clone(), Vec::new()))/>
                    <Button kind=Kind::Primary label=say::REPLACE_AND_DELETE not_now=none testid="take-out-replace" on_click=replace/>
                </div>
            </Dialog>
        }
    })
}

/// A name that goes, and what takes its place.
#[component]
fn Row(at: usize, lost: Lost, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let value = Signal::derive(move || chosen.with(|chosen| chosen.get(at).cloned()).unwrap_or_default());
    let leave = std::iter::once(Choice::new("", say::LEAVE_IT));
    let choices: Vec<Choice> =
        leave.chain(lost.others.iter().map(|name| Choice::new(name.clone(), name.clone()))).collect();
    view! {
        <div class="take-row">
            <p>{lost.text}</p>
            <Select label=say::REPLACE_WITH choices=choices value=value testid=format!("take-out-{at}")
                on_choose=move |name: String| chosen.update(|chosen| chosen[at] = name)/>
        </div>
    }
}
