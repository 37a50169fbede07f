//! What comes over a screen: dialogs, notices. One dialog is open at most. Must not decide what they do.

mod dropping;
mod import;
mod keys;
mod notices;
mod palette;
mod share;
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
            // Those that have no view yet.
            Some(_) | None => ().into_any(),
        }}
        <super::build::Problems/>
        <shop::Shop/>
        <notices::Notices/>
        <dropping::Frame/>
    }
}
