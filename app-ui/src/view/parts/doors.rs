//! Doors that stand on several screens while the demo is open: to how its shop behaves, and to how it was built.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Panel;
use tidemark_app_model::select::shop as select;
use tidemark_app_model::text::shop as say;

use super::button::{Button, Kind};
use crate::store::store;

/// To the shop's knobs.
#[component]
pub fn ShopDoor() -> impl IntoView {
    let store = store();
    let offered = store.memo(select::offered);
    view! {
        <Show when=move || offered.get()>
            <Button kind=Kind::Quiet icon=icondata::LuSlidersHorizontal label=say::OPEN_PANEL testid="shop-open"
                on_click=move || store.send(Msg::TogglePanel(Panel::Shop))/>
        </Show>
    }
}

/// To how the demo was built; its shop's knobs beside it.
#[component]
pub fn DemoDoor() -> impl IntoView {
    let store = store();
    let is_demo = store.memo(|model| model.tab().is_some() && select::is_demo(model));
    view! {
        <Show when=move || is_demo.get()>
            <Button kind=Kind::Primary icon=icondata::LuArrowRight label=say::SEE_DEMO testid="see-demo" on_click=move || store.send(Msg::SeeDemo)/>
            <ShopDoor/>
        </Show>
    }
}
