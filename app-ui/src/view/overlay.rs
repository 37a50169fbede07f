//! What comes over a screen: dialogs, notices. One dialog is open at most. Must not decide what they do.

mod share;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::{Dialog as Which, Tone};
use tidemark_app_model::select::overlay::offer_words;
use tidemark_app_model::text::shell as say;

use crate::store::store;
use crate::view::parts::{Button, IconButton};

/// All of them.
#[component]
pub fn Overlays() -> impl IntoView {
    let store = store();
    let dialog = store.memo(|model| model.dialog.clone());
    view! {
        {move || match dialog.get() {
            Some(Which::Preview) => view! { <super::preview::Preview/> }.into_any(),
            Some(Which::Share(_)) => view! { <share::Share/> }.into_any(),
            Some(Which::Stop) => view! { <super::run::Stop/> }.into_any(),
            // Those that have no view yet.
            Some(_) | None => ().into_any(),
        }}
        <super::build::Problems/>
        <Notices/>
    }
}

/// Lines that come up and go away.
#[component]
fn Notices() -> impl IntoView {
    let store = store();
    let notices = store.memo(|model| model.notices.clone());
    view! {
        <div class="notices" role="status">
            <For each=move || notices.get() key=|notice| notice.id let:notice>
                {
                    let id = notice.id;
                    let tone = match notice.tone {
                        Tone::Good => "good",
                        Tone::Info => "info",
                        Tone::Warn => "warn",
                        Tone::Bad => "bad",
                    };
                    view! {
                        <div class="notice" data-tone=tone>
                            <p>{notice.text.clone()}</p>
                            {notice.offer.as_ref().map(|offer| view! {
                                <Button label=offer_words(offer) testid="notice-do" on_click=move || store.send(Msg::TakeOffer(id))/>
                            })}
                            {notice.other.as_ref().map(|offer| view! {
                                <Button label=offer_words(offer) testid="notice-other" on_click=move || store.send(Msg::TakeOther(id))/>
                            })}
                            <IconButton icon=icondata::LuX label=say::DISMISS on_click=move || store.send(Msg::Dismiss(id))/>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
