//! How to stop a run: one question, nothing to type.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Order;
use tidemark_app_model::text::run as say;

use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind};

/// The dialog.
#[component]
pub fn Stop() -> impl IntoView {
    let store = store();
    let running = store.memo(|model| model.running());
    view! {
        <Show when=move || running.get()>
            <Dialog title=say::STOP_TITLE testid="stop" on_close=move || store.send(Msg::Escape)>
                <p>{say::STOP_TEXT}</p>
                <div class="stop-ways">
                    <Button kind=Kind::Primary label=say::FINISH sub=say::FINISH_SUB testid="stop-finish"
                        on_click=move || store.send(Msg::Order(Order::Finish))/>
                    <Button kind=Kind::Danger label=say::STOP_NOW sub=say::STOP_NOW_SUB testid="stop-now"
                        on_click=move || store.send(Msg::Order(Order::StopNow))/>
                    <Button kind=Kind::Quiet label=say::KEEP_RUNNING testid="stop-not" on_click=move || store.send(Msg::Escape)/>
                </div>
            </Dialog>
        </Show>
    }
}
