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
use tidemark_app_model::model::{Dialog as Which, Panel};

pub use share::Share;
pub use shop::Shop;

use crate::later::{self, Look, Work};
use crate::store::store;

/// All of them.
#[component]
pub fn Overlays() -> impl IntoView {
    let store = store();
    let dialog = store.memo(|model| model.dialog.clone());
    let problems =
        store.memo(|model| model.test.is_some() && model.tab().is_some() && model.panels.contains(&Panel::Problems));
    let shop = store.memo(|model| model.panels.contains(&Panel::Shop));
    let which = |which: Which| match which {
        Which::Share(_) => later::look(Look::Share),
        which => later::work(Work::Dialog(which)),
    };
    // By a key of its own: otherwise the next dialog is drawn into the element of the one before, which keeps no focus.
    view! {
        <For each=move || dialog.get() key=std::mem::discriminant let:open>{which(open)}</For>
        <Show when=move || problems.get()>{later::work(Work::Problems)}</Show>
        <Show when=move || shop.get()>{later::work(Work::Shop)}</Show>
        <notices::Notices/>
        <dropping::Frame/>
    }
}

/// One of the dialogs that are in the part of making and running tests.
pub fn dialog(which: Which) -> AnyView {
    match which {
        Which::Preview => view! { <super::preview::Preview/> }.into_any(),
        Which::Import => view! { <import::Import/> }.into_any(),
        Which::MoveTo => view! { <super::build::MoveTo/> }.into_any(),
        Which::Stop => view! { <super::run::Stop/> }.into_any(),
        Which::Palette => view! { <palette::Palette/> }.into_any(),
        Which::Glossary => view! { <words::Glossary/> }.into_any(),
        Which::Keys => view! { <keys::Keys/> }.into_any(),
        Which::BeforeRun => view! { <before_run::BeforeRun/> }.into_any(),
        Which::History => view! { <history::History/> }.into_any(),
        Which::NewTarget => view! { <new_target::NewTarget/> }.into_any(),
        Which::ReadTable => view! { <read_table::ReadTable/> }.into_any(),
        Which::TakeOut(_) => view! { <take_out::TakeOut/> }.into_any(),
        // Drawn by the other part.
        Which::Share(_) => ().into_any(),
    }
}
