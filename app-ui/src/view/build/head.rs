//! The heads of cards: on arrival, tasks, reusable groups, before leaving; and names that are typed in place. Must not
//! compute a share.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, Mix};
use tidemark_app_model::select::outline::{self, OutlineRow};
use tidemark_app_model::text::build as say;

use super::desk::{Desk, desk};
use super::row::{Acts, Fold, Mark};
use super::share::{Lock, Share};
use super::{glyph, share};
use crate::page;
use crate::view::parts::{Picture, while_here};

/// On arrival and before leaving.
#[component]
pub(super) fn Ends(row: Memo<OutlineRow>) -> impl IntoView {
    let icon = row.with_untracked(|row| glyph::of_row(&row.kind)).unwrap_or(icondata::LuLogIn);
    view! {
        <div role="gridcell" class="row-main" aria-colspan="3">
            <span class="row-icon"><Picture icon=icon/></span>
            <span class="head-name">{move || row.with(|row| row.text.clone())}</span>
            <span class="head-once">{say::ONCE}</span>
            {move || row.with(|row| row.holds == 0).then(|| view! { <span class="head-once">"· "{say::NOTHING_YET}</span> })}
            <Mark row=row/>
        </div>
    }
}

/// A task: colour, name, share, lock, how many steps, and while it is closed their pictures.
#[component]
pub(super) fn Task(id: String, row: Memo<OutlineRow>) -> impl IntoView {
    let desk = desk();
    let own = StoredValue::new(id);
    let task = row.with_untracked(|row| match &row.item {
        Some(Item::Task(id)) => id.clone(),
        _ => String::new(),
    });
    let refused = share::refused(desk.store, Item::Task(task.clone()));
    let segment = share::segment(desk.mix, task);
    let letter = Memo::new(move |_| segment.with(|one| desk.colours.with(|colours| share::colour(colours, &one.id).1)));
    let renaming = Memo::new(move |_| own.with_value(|own| desk.renaming.with(|renaming| renaming == own)));
    let never = move || segment.with(|one| one.tenths == 0);
    let closed = move || row.with(|row| row.open == Some(false));
    let name = move || row.with(|row| row.text.clone());
    view! {
        <div role="gridcell" class="row-main">
            <Fold row=row/>
            {move || letter.get().map(|letter| view! { <span class="head-letter" aria-hidden="true">{letter.to_string()}</span> })}
            {move || if renaming.get() { view! { <Rename row=row/> }.into_any() } else {
                view! { <span class="head-name" title=name>{name}</span> }.into_any()
            }}
            {move || row.with(|row| row.off).then(|| view! { <span class="row-off">{say::OFF}</span> })}
            {move || (never() && !row.with(|row| row.off)).then(|| view! { <span class="row-off">{say::NEVER_PICKED}</span> })}
            <Mark row=row/>
            {move || match refused.get() {
                Some(why) => view! { <span class="head-refused" role="alert">{why}</span> }.into_any(),
                None if closed() => view! { <Strip row=row/> }.into_any(),
                None => ().into_any(),
            }}
        </div>
        <div role="gridcell" class="head-share">
            <Share mix=Signal::derive(move || desk.shown_mix()) segment=segment tab=tab(row)/>
            <Lock segment=segment tab=tab(row)/>
        </div>
        <div role="gridcell" class="row-acts">
            <span class="head-count">{move || row.with(|row| say::steps(row.holds))}</span>
            <Acts row=row/>
        </div>
    }
}

/// Whether Tab stops at what is in a row: only where the keyboard is.
pub(super) fn tab(row: Memo<OutlineRow>) -> Signal<&'static str> {
    let Desk { active, .. } = desk();
    Signal::derive(move || row.with(|row| if active.with(|active| *active == row.id) { "0" } else { "-1" }))
}

/// Pictures of the steps inside.
#[component]
fn Strip(row: Memo<OutlineRow>) -> impl IntoView {
    const MOST: usize = 12;
    let pictures = move || {
        row.with(|row| {
            let each = row.strip.iter().take(MOST).map(|kind| {
                view! { <Picture icon=glyph::of_step(kind)/> }
            });
            each.collect_view()
        })
    };
    view! { <span class="head-strip" aria-hidden="true">{pictures}</span> }
}

/// A reusable group.
#[component]
pub(super) fn Group(id: String, row: Memo<OutlineRow>) -> impl IntoView {
    let desk = desk();
    let group = row.with_untracked(|row| match &row.item {
        Some(Item::Group(id)) => id.clone(),
        _ => String::new(),
    });
    let used = desk.store.memo(move |model| {
        let Some(test) = &model.test else { return String::new() };
        let scenario = test.doc.scenario();
        say::used_in(outline::places::uses(scenario, &group), &outline::places::users_of(scenario, &group))
    });
    let renaming = Memo::new(move |_| desk.renaming.with(|renaming| *renaming == id));
    let name = move || row.with(|row| row.text.clone());
    view! {
        <div role="gridcell" class="row-main">
            <span class="row-icon"><Picture icon=icondata::LuBoxes/></span>
            {move || if renaming.get() { view! { <Rename row=row/> }.into_any() } else {
                view! { <span class="head-name" title=name>{name}</span> }.into_any()
            }}
            <span class="head-once head-uses" title=used>{used}</span>
            <Mark row=row/>
        </div>
        <div role="gridcell" class="row-acts">
            <span class="head-count">{move || row.with(|row| say::steps(row.holds))}</span>
            <Acts row=row/>
        </div>
    }
}

/// The name of a row while it is typed.
#[component]
pub(super) fn Rename(row: Memo<OutlineRow>) -> impl IntoView {
    let (id, item) = row.with_untracked(|row| (row.id.clone(), row.item.clone()));
    item.map(|item| view! { <NameField id=id item=item/> })
}

/// The name of a thing while it is typed. Enter and leaving keep it, Escape doesn't.
#[component]
pub(super) fn NameField(id: String, item: Item) -> impl IntoView {
    let desk = desk();
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let shown = item.clone();
    let before = desk
        .store
        .peek(|model| model.test.as_ref().and_then(|test| outline::name(test.doc.scenario(), &shown)))
        .unwrap_or_default();
    let kept = before.clone();
    let done = move |keep: bool, back: bool| {
        // Taking the field away is heard as leaving it once more.
        if !desk.renaming.with_untracked(|renaming| *renaming == id) {
            return;
        }
        let text = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        desk.renaming.set(String::new());
        if keep && text != kept {
            desk.store.send(Msg::LeaveField);
            desk.store.send(Msg::Edit(Edit::Rename(item.clone(), text)));
            desk.store.send(Msg::LeaveField);
        }
        if back {
            page::focus(id.clone());
        }
    };
    let (on_blur, on_key) = (done.clone(), done);
    view! {
        <input class="input head-field" node_ref=field data-testid="rename" aria-label=say::NAME maxlength="200" value=before
            on:blur=while_here(move |_| on_blur(true, false))
            on:click=|event| event.stop_propagation()
            on:keydown=move |event| {
                event.stop_propagation();
                if event.is_composing() {
                    return;
                }
                match event.key().as_str() {
                    "Enter" => { event.prevent_default(); on_key(true, true) }
                    "Escape" => { event.prevent_default(); on_key(false, true) }
                    _ => {}
                }
            }/>
    }
}

/// The mix of whoever is shown.
impl Desk {
    pub(super) fn shown_mix(self) -> Mix {
        Mix::Tasks(self.user.get().unwrap_or_default())
    }
}
