//! Lines that come up and go away, each with what it offers.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Notice, Tone};
use tidemark_app_model::select::overlay as select;
use tidemark_app_model::text::shell as say;

use crate::store::store;
use crate::view::parts::{Button, IconButton, Kind, Picture};

/// All that are shown.
#[component]
pub fn Notices() -> impl IntoView {
    let store = store();
    let notices = store.memo(|model| model.notices.clone());
    view! {
        <div class="notices" role="status">
            <For each=move || notices.get() key=|notice| (notice.id, notice.text.clone()) let:notice><Line notice=notice/></For>
        </div>
    }
}

#[component]
fn Line(notice: Notice) -> impl IntoView {
    let store = store();
    let id = notice.id;
    let (tone, icon) = match notice.tone {
        Tone::Good => ("good", icondata::LuCircleCheck),
        Tone::Info => ("info", icondata::LuInfo),
        Tone::Warn => ("warn", icondata::LuTriangleAlert),
        Tone::Bad => ("bad", icondata::LuCircleX),
    };
    let offer = notice.offer.as_ref().map(|offer| {
        view! { <Button kind=Kind::Quiet label=select::offer_words(offer) testid="notice-do" on_click=move || store.send(Msg::TakeOffer(id))/> }
    });
    let other = notice.other.as_ref().map(|other| {
        view! { <Button kind=Kind::Quiet label=select::offer_words(other) testid="notice-other" on_click=move || store.send(Msg::TakeOther(id))/> }
    });
    view! {
        <div class="notice" data-tone=tone data-testid="notice">
            <Picture icon=icon/>
            <p><span class="unseen">{select::tone_words(notice.tone)}": "</span>{notice.text.clone()}</p>
            <span class="notice-offers">{offer}{other}</span>
            <IconButton icon=icondata::LuX label=say::DISMISS testid="notice-close" on_click=move || store.send(Msg::Dismiss(id))/>
        </div>
    }
}
