//! What comes over a screen: dialogs, notices. One dialog is open at most. Must not decide what they do.

mod before_run;
mod history;
mod dropping;
mod import;
mod keys;
mod new_target;
mod notices;
mod palette;
mod read_table;
mod share;
mod take_out;
mod shop;
mod words;

use leptos::prelude::*;
use tidemark_app_model::model::Dialog as Which;

use crate::store::store;

/// All of them.
#[component]
pub fn Overlays() -> impl IntoView {
    let store = store();
    let dialog = store.memo(|model| model.dialog.clone());
    view! {
        {move || match dialog.get() {
            Some(Which::Preview) => view! { <super::preview::Preview/> }.into_any(),
            Some(Which::Import) => view! { <import::Import/> }.into_any(),
            Some(Which::Share(_)) => view! { <share::Share/> }.into_any(),
            Some(Which::MoveTo) => view! { <super::build::MoveTo/> }.into_any(),
            Some(Which::Stop) => view! { <super::run::Stop/> }.into_any(),
            Some(Which::Palette) => view! { <palette::Palette/> }.into_any(),
            Some(Which::Glossary) => view! { <words::Glossary/> }.into_any(),
            Some(Which::Keys) => view! { <keys::Keys/> }.into_any(),
            Some(Which::BeforeRun) => view! { <before_run::BeforeRun/> }.into_any(),
            Some(Which::History) => view! { <history::History/> }.into_any(),
            Some(Which::NewTarget) => view! { <new_target::NewTarget/> }.into_any(),
            Some(Which::ReadTable) => view! { <read_table::ReadTable/> }.into_any(),
            Some(Which::TakeOut(_)) => view! { <take_out::TakeOut/> }.into_any(),
            None => ().into_any(),
        }}
        <super::build::Problems/>
        <shop::Shop/>
        <notices::Notices/>
        <dropping::Frame/>
    }
}
