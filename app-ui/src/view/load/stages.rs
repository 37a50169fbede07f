//! The same plan as a table that can be typed into. Must not know the curve.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::LoadEdit;
use tidemark_app_model::doc::edit::load::{counts_arrivals, stages};
use tidemark_app_model::select::load::{StageRow, stage_rows};
use tidemark_app_model::text::load::{self as say, amount};
use tidemark_app_model::typed::read_level;
use tidemark_core::scenario::Load as Plan;
use tidemark_core::units::Span;

use super::change;
use crate::store::{Store, store};
use crate::view::parts::{Button, Kind, Menu, MenuItem, WrittenField};

/// The table of stages.
#[component]
pub(super) fn Stages(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let rows = Memo::new(move |_| plan.with(stage_rows));
    let count = Memo::new(move |_| rows.with(Vec::len));
    let arrivals = Memo::new(move |_| plan.with(counts_arrivals));
    let each = move || {
        (0..count.get()).map(|at| view! { <Row at=at count=count rows=rows arrivals=arrivals/> }).collect_view()
    };
    view! {
        <section class="card stages" aria-labelledby="stages-title">
            <h2 id="stages-title">{say::STAGES}</h2>
            <table>
                <thead><tr>
                    <th scope="col">{say::STAGE}</th>
                    <th scope="col">{move || to_what(arrivals.get())}</th>
                    <th scope="col">{say::OVER}</th>
                    <th scope="col">{say::WHAT_HAPPENS}</th>
                    <th><span class="unseen">{say::STAGE_MENU}</span></th>
                </tr></thead>
                <tbody>
                    <Start plan=plan/>
                    {each}
                </tbody>
            </table>
            <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_STAGE testid="stage-add"
                on_click=move || change(store, LoadEdit::AddStage(count.get_untracked()))/>
        </section>
    }
}

/// What a stage goes to.
fn to_what(arrivals: bool) -> &'static str {
    if arrivals { say::TO_ARRIVALS } else { say::TO_PEOPLE }
}

/// The level at the very start; moving point 0 is what changes it.
#[component]
fn Start(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let start = Signal::derive(move || number(plan.with(|plan| stages(plan).0)));
    view! {
        <tr>
            <td>"–"</td>
            <td><WrittenField bare=true label=say::START_AT value=start testid="stage-0-people"
                on_leave=move |text: String| level(store, &text, |level| LoadEdit::MovePoint(0, 0, level, false))/></td>
            <td></td>
            <td class="muted">{say::AT_START}</td>
            <td></td>
        </tr>
    }
}

/// A level as it is typed.
pub(super) fn number(level: f64) -> String {
    if level.fract() == 0.0 { format!("{level:.0}") } else { level.to_string() }
}

/// Sends the edit for a level that was typed, or says what is wrong with it.
fn level(store: Store, text: &str, edit: impl FnOnce(f64) -> LoadEdit) -> Option<String> {
    match read_level(text) {
        Some(level) if level >= 0.0 => {
            change(store, edit(level));
            None
        }
        _ => Some(say::NOT_A_LEVEL.to_owned()),
    }
}

/// A row.
#[component]
fn Row(at: usize, count: Memo<usize>, rows: Memo<Vec<StageRow>>, arrivals: Memo<bool>) -> impl IntoView {
    let store = store();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(at).cloned()));
    let chosen = store.memo(move |model| {
        let main = model.test.as_ref().and_then(|test| test.doc.selection.main());
        matches!(main, Some(Item::Point(point)) if *point == at + 1)
    });
    let to = Signal::derive(move || row.get().map(|row| number(row.to)).unwrap_or_default());
    let over = Signal::derive(move || row.get().map(|row| amount(row.over)).unwrap_or_default());
    let text = move || row.get().map(|row| row.text);
    view! {
        <tr class:chosen=chosen on:focusin=move |_| if !chosen.get_untracked() {
            store.send(Msg::Select(vec![Item::Point(at + 1)]));
        }>
            <td>{at + 1}</td>
            <td><WrittenField bare=true label=Signal::derive(move || say::stage_field(at + 1, to_what(arrivals.get()))) value=to
                testid=format!("stage-{}-people", at + 1)
                on_leave=move |text: String| level(store, &text, |level| LoadEdit::StageTo(at, level))/></td>
            <td><WrittenField bare=true label=say::stage_field(at + 1, say::OVER) value=over
                testid=format!("stage-{}-time", at + 1)
                on_leave=move |text: String| match Span::parse(&text) {
                    Some(span) => { change(store, LoadEdit::StageOver(at, span)); None }
                    None => Some(say::NOT_A_TIME.to_owned()),
                }/></td>
            <td class="muted">{text}</td>
            <td><StageMenu at=at count=count/></td>
        </tr>
    }
}

/// What else can be done with a row.
#[component]
fn StageMenu(at: usize, count: Memo<usize>) -> impl IntoView {
    let store = store();
    view! {
        <Menu label=say::stage_menu(at + 1) testid=format!("stage-{}-menu", at + 1)>
            <MenuItem label=say::ADD_BEFORE icon=icondata::LuPlus on_click=move || change(store, LoadEdit::AddStage(at))/>
            <Show when=move || { at > 0 }>
                <MenuItem label=say::MOVE_UP icon=icondata::LuArrowUp
                    on_click=move || change(store, LoadEdit::MoveStage(at, at.saturating_sub(1)))/>
            </Show>
            <Show when=move || at + 1 < count.get()>
                <MenuItem label=say::MOVE_DOWN icon=icondata::LuArrowDown
                    on_click=move || change(store, LoadEdit::MoveStage(at, at + 2))/>
            </Show>
            <MenuItem label=say::REMOVE icon=icondata::LuTrash2 on_click=move || change(store, LoadEdit::RemoveStage(at))/>
        </Menu>
    }
}
