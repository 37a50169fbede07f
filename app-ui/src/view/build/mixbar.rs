//! The head of the list: whose tasks, how they are chosen, the pause between them, and the bar of shares whose borders can
//! be dragged or moved by keys. Must not know how shares follow each other.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::{Edit, Mix, ShareEdit, StepEdit, UserEdit};
use tidemark_app_model::model::{Panel, ShareMode};
use tidemark_app_model::quick::pause;
use tidemark_app_model::select::mix::{self, Divider, Segment};
use tidemark_app_model::select::panel::forms::{TASK_CHOICES, by_word};
use tidemark_app_model::text::{build as say, panel, steps};
use tidemark_core::scenario::{TaskChoice, UserType};

use super::desk::{Desk, desk};
use super::{outline, share};
use crate::view::parts::{Button, Choice, IconButton, Menu, MenuItem, Segments, Select, WrittenField};

/// The shown user type's own words.
fn of_user<T: Default + Clone + PartialEq + Send + Sync + 'static>(desk: Desk, read: fn(&UserType) -> T) -> Memo<T> {
    desk.store.memo(move |model| {
        let (test, id) = (model.test.as_ref(), tidemark_app_model::select::outline::table::user(model));
        let found =
            test.zip(id).and_then(|(test, id)| test.doc.scenario().users.iter().find(|user| user.id == id).map(read));
        found.unwrap_or_default()
    })
}

/// The head.
#[component]
pub(super) fn Head() -> impl IntoView {
    let desk = desk();
    let has_user = Memo::new(move |_| desk.user.with(Option::is_some));
    let why = desk.store.memo(mix::picks_explained);
    let many = Memo::new(move |_| desk.mix.with(|mix| !mix.is_empty()));
    view! {
        <div class="outline-head">
            <div class="outline-title">
                <h1 title=desk.title>{desk.title}</h1>
                <Show when=move || has_user.get()><Modes/></Show>
                <Show when=move || has_user.get()>
                    <Button icon=icondata::LuPlus label=say::ADD_TASK testid="task-add"
                        on_click=move || if let Some(user) = desk.user.get_untracked() { outline::add_task(desk, user) }/>
                </Show>
                <Show when=move || has_user.get()><More/></Show>
                <SideButton/>
            </div>
            <Show when=move || has_user.get()>
                <div class="outline-how"><How/><Pause/></div>
            </Show>
            <Show when=move || has_user.get() && many.get()><Bar/></Show>
            {move || why.get().map(|why| view! { <p class="mix-why">{why}</p> })}
        </div>
    }
}

/// Opens and closes the settings at the side.
#[component]
fn SideButton() -> impl IntoView {
    let desk = desk();
    let open = desk.store.memo(|model| model.panels.contains(&Panel::Step));
    view! {
        <IconButton icon=icondata::LuPanelRight label=Signal::derive(move || if open.get() { say::CLOSE_SIDE } else { say::OPEN_SIDE }.to_owned())
            pressed=Signal::derive(move || Some(open.get())) testid="side-toggle"
            on_click=move || desk.store.send(Msg::TogglePanel(Panel::Step))/>
    }
}

/// Percent or parts.
#[component]
fn Modes() -> impl IntoView {
    let desk = desk();
    let mode = share::mode(desk.store);
    let choices = vec![Choice::new("percent", say::PERCENT), Choice::new("parts", say::PARTS)];
    view! {
        <Segments label=say::SHARES_AS choices=choices testid="shares"
            value=Signal::derive(move || if mode.get() == ShareMode::Percent { "percent" } else { "parts" }.to_owned())
            on_choose=move |word: String| desk.store.send(Msg::ShowShares(match word.as_str() {
                "parts" => ShareMode::Parts,
                _ => ShareMode::Percent,
            }))/>
    }
}

/// What else can be done with all shares.
#[component]
fn More() -> impl IntoView {
    let desk = desk();
    let send = move |edit: ShareEdit| desk.store.send(Msg::Edit(Edit::Share(edit)));
    let picks = desk.store.memo(mix::last_picks);
    let no_picks =
        Signal::derive(move || if picks.with(Option::is_some) { String::new() } else { say::NO_PICKS.to_owned() });
    view! {
        <Menu label=say::MORE_SHARES testid="mix-menu">
            <MenuItem label=say::MAKE_EQUAL icon=icondata::LuEqual testid="mix-equal"
                on_click=move || send(ShareEdit::Equal(untrack(move || desk.shown_mix())))/>
            <MenuItem label=say::MATCH_PICKS icon=icondata::LuHistory testid="mix-match" not_now=no_picks
                on_click=move || if let Some(picks) = picks.get_untracked() {
                    send(ShareEdit::Match(untrack(move || desk.shown_mix()), picks));
                }/>
        </Menu>
    }
}

/// How the next task is chosen.
#[component]
fn How() -> impl IntoView {
    let desk = desk();
    let how = of_user(desk, |user| user.choose);
    let choices: Vec<Choice> = TASK_CHOICES.iter().map(|(how, label)| Choice::new(how.word(), *label)).collect();
    view! {
        <Select bare=true label=panel::HOW_CHOSEN choices=choices value=Signal::derive(move || how.get().word().to_owned()) testid="task-choice"
            on_choose=move |word: String| change(desk, UserEdit::Choose(by_word(&TASK_CHOICES, TaskChoice::word, &word)))/>
    }
}

/// The pause between tasks.
#[component]
fn Pause() -> impl IntoView {
    let desk = desk();
    let written = of_user(desk, |user| steps::pause(&user.pause));
    view! {
        <div class="outline-pause">
            <WrittenField label=say::PAUSE value=written testid="task-pause"
                on_leave=move |text: String| match pause(&text) {
                    Some(pause) => { change(desk, UserEdit::Pause(pause)); None }
                    None => Some(say::NOT_A_PAUSE.to_owned()),
                }/>
        </div>
    }
}

fn change(desk: Desk, edit: UserEdit) {
    if let Some(user) = desk.user.get_untracked() {
        desk.store.send(Msg::Edit(Edit::Step(StepEdit::User(user, edit))));
    }
}

/// The bar of shares.
#[component]
fn Bar() -> impl IntoView {
    let desk = desk();
    let node: NodeRef<Div> = NodeRef::new();
    // What is dragged and how much it has meanwhile: one drag is one change.
    let dragged = RwSignal::new(None::<(usize, u32)>);
    let segments = Memo::new(move |_| {
        desk.mix.with(|mix| match dragged.get() {
            Some((at, left)) => mix::with_border(mix, at, left),
            None => mix.clone(),
        })
    });
    let dividers = Memo::new(move |_| segments.with(|segments| mix::dividers(segments)));
    let on = move || segments.with(|all| all.iter().filter(|one| !one.off).cloned().collect::<Vec<_>>());
    let count = Memo::new(move |_| dividers.with(Vec::len));
    let held = RwSignal::new(String::new());
    view! {
        <div class="mixbar" node_ref=node data-testid="mixbar" role="group" aria-label=say::MIX>
            <For each=on key=|one| one.id.clone() let:one><Piece id=one.id segments=segments/></For>
            {move || (0..count.get()).map(|at| view! { <Border at=at node=node dividers=dividers dragged=dragged held=held/> }).collect_view()}
        </div>
        <Show when=move || !held.with(String::is_empty)><p class="field-error" role="alert">{held}</p></Show>
    }
}

/// One share.
#[component]
fn Piece(id: String, segments: Memo<Vec<Segment>>) -> impl IntoView {
    let desk = desk();
    let own = id.clone();
    let colour = Memo::new(move |_| desk.colours.with(|order| share::colour(order, &own)));
    let segment = share::segment(segments, id);
    let mode = share::mode(desk.store);
    let style =
        move || segment.with(|one| format!("left:{:.3}%;inline-size:{:.3}%", one.from * 100.0, one.length * 100.0));
    let name = move || segment.with(|one| one.name.clone());
    let words = move || segment.with(|one| mix::piece_share(one, mode.get()));
    view! {
        <div class="mix-piece" style=style title=move || segment.with(mix::piece_exact)
            data-colour=move || colour.get().0 class:hatched=move || colour.get().1.is_some()>
            <span class="piece-name">{name}</span><span class="piece-share">{words}</span>
        </div>
    }
}

/// The border between two shares.
#[component]
fn Border(
    at: usize,
    node: NodeRef<Div>,
    dividers: Memo<Vec<Divider>>,
    dragged: RwSignal<Option<(usize, u32)>>,
    held: RwSignal<String>,
) -> impl IntoView {
    let desk = desk();
    let divider = Memo::new(move |_| dividers.with(|all| all.get(at).cloned()));
    let read =
        move |read: fn(&Divider) -> String| move || divider.with(|one| one.as_ref().map(read).unwrap_or_default());
    let grab = move |event: PointerEvent| {
        let Some(one) = divider.get_untracked().filter(|_| event.button() == 0) else { return };
        held.set(one.held.clone());
        if one.held.is_empty() {
            let target: web_sys::Element = event_target(&event);
            let _ = target.set_pointer_capture(event.pointer_id());
            dragged.set(Some((one.at, one.now)));
        }
    };
    let pull = move |event: PointerEvent| {
        let (Some(_), Some(one), Some(bar)) = (dragged.get_untracked(), divider.get_untracked(), node.get_untracked())
        else {
            return;
        };
        let bounds = bar.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
        dragged.set(Some((one.at, mix::left_at(&one, part, event.alt_key()))));
    };
    let drop_it = move |_| {
        if let Some((at, left)) = dragged.get_untracked() {
            dragged.set(None);
            // A drag is a change of its own, whatever keys did just before.
            desk.store.send(Msg::LeaveField);
            move_border(desk, at, left);
            desk.store.send(Msg::LeaveField);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some(one) = divider.get_untracked() else { return };
        if event.key() == "Escape" && dragged.get_untracked().is_some() {
            event.prevent_default();
            event.stop_propagation();
            return dragged.set(None);
        }
        let Some(left) = mix::left_by_key(&one, &event.key(), event.shift_key()) else { return };
        event.prevent_default();
        event.stop_propagation();
        held.set(one.held.clone());
        if one.held.is_empty() {
            move_border(desk, one.at, left);
        }
    };
    view! {
        <div class="mix-divider" role="slider" tabindex="0" data-testid=format!("mix-divider-{}", at + 1)
            style=move || divider.with(|one| one.as_ref().map(|one| format!("left:{:.3}%", one.from * 100.0)))
            aria-label=read(|one| one.name.clone()) aria-valuetext=read(|one| one.says.clone())
            aria-valuemin="0" aria-valuemax=read(|one| one.both.to_string()) aria-valuenow=read(|one| one.now.to_string())
            aria-disabled=move || divider.with(|one| one.as_ref().is_some_and(|one| !one.held.is_empty())).then_some("true")
            title=read(|one| if one.held.is_empty() { one.says.clone() } else { one.held.clone() })
            on:pointerdown=grab on:pointermove=pull on:pointerup=drop_it on:pointercancel=move |_| dragged.set(None)
            on:keydown=keys></div>
    }
}

fn move_border(desk: Desk, at: usize, left: u32) {
    let mix: Mix = untrack(move || desk.shown_mix());
    desk.store.send(Msg::Edit(Edit::Share(ShareEdit::Border(mix, at, left))));
}
