//! The Build tab: who does what, as an outline with ribbons; beside it the settings of what is chosen, below it the trial of
//! one person. Must not decide what an edit means, nor know what is in the settings or the trial.

mod desk;
mod drag;
mod glyph;
mod groups;
mod head;
mod keys;
mod menu;
mod mixbar;
mod move_to;
mod outline;
mod problems;
mod quick;
mod ribbons;
mod row;
mod share;
mod split;
mod who;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Panel;
use tidemark_app_model::text::build as say;

pub use move_to::MoveTo;
pub use problems::Drawer;

use crate::page;
use crate::store::Store;
use crate::view::panel::Panel as StepPanel;
use crate::view::trial::Trial;

/// Below this width, in pixels, the settings lie over the outline.
const NARROW: f64 = 1_100.0;

/// The Build tab.
#[component]
pub fn Build() -> impl IntoView {
    let desk = desk::Desk::provide();
    let store = desk.store;
    let side_open = store.memo(|model| model.panels.contains(&Panel::Step));
    let side = RwSignal::new(split::USUAL);
    fold_when_narrow(store);
    view! {
        <div class="build" data-testid="build" style=move || format!("--side:{}px", side.get())
            on:paste=move |event| outline::paste(desk, &event)>
            <div class="build-middle">
                <div class="build-work">
                    <who::Who/>
                    <ribbons::Ribbons/>
                    <section class="outline" aria-label=say::OUTLINE data-region="outline">
                        <mixbar::Head/>
                        <outline::Outline/>
                    </section>
                </div>
                <Show when=move || side_open.get()>
                    <split::Split size=side/>
                    <div class="build-side" data-testid="build-side"><StepPanel/></div>
                </Show>
            </div>
            <Trial/>
            <menu::RowMenu/>
        </div>
    }
}

/// Where there is little room the settings are shut until somebody goes into them.
fn fold_when_narrow(store: Store) {
    let was_narrow = StoredValue::new(false);
    let look = move || {
        let narrow = page::window_width() < NARROW;
        if was_narrow.try_get_value().is_some_and(|was| was != narrow) {
            was_narrow.set_value(narrow);
            if store.peek(|model| model.panels.contains(&Panel::Step)) == narrow {
                store.send(Msg::TogglePanel(Panel::Step));
            }
        }
    };
    look();
    let heard = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || heard.remove());
}

/// Goes into the settings of what is chosen.
fn enter_side(store: Store) {
    if !store.peek(|model| model.panels.contains(&Panel::Step)) {
        store.send(Msg::TogglePanel(Panel::Step));
    }
    page::after(0, || {
        if let Some(side) = page::by_test_id("build-side") {
            page::enter(&side);
        }
    });
}
