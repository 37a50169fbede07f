//! The doors to the parts: what only these reach is in a part's own file. Whatever is named outside of them is in the file
//! that comes first, so views of a part must be named here and nowhere else. Must not know when a part is fetched.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::preview::work_out;
use tidemark_app_model::select::shell::{self, Estimate};
use tidemark_core::preview::Preview;
use tidemark_core::problem::Problem;
use tidemark_core::scenario::Scenario;
use tidemark_core::units::Span;

use crate::backend::Backend;
use crate::backend::browser::Browser;
use crate::view;
use crate::view::overlay;

/// A part's file could not be fetched. It may be there the next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// What there is of making and running tests.
#[derive(Debug, Clone)]
pub enum Work {
    /// A tab of a test, but its results.
    Tab(Tab),
    /// A dialog, but that of sharing.
    Dialog(Dialog),
    /// All problems, over every tab.
    Problems,
    /// The practice shop's panel.
    Shop,
}

/// What there is of results.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// The list of a test's results.
    History,
    /// One result.
    Report,
    /// Results beside each other.
    Compare,
    /// What to pass on of a result.
    Share,
}

/// What a preview is made of.
pub struct Reckon {
    /// The test.
    pub scenario: Arc<Scenario>,
    /// The seed of what happens by chance.
    pub seed: u64,
    /// How long an answer is taken to be on its way.
    pub assumed: Span,
    /// Hears how much is done, from 0 to 1.
    pub told: Box<dyn FnMut(f64)>,
}

/// Each door in two forms: one that is cut out, and one for builds that are one file.
macro_rules! doors {
    ($($(#[$doc:meta])* in $part:ident by $fetch:ident fn $name:ident($given:ident: $of:ty) -> $out:ty $body:block)*) => { $(
        $(#[$doc])*
        ///
        /// # Errors
        /// The part's file is missing.
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, preload($fetch), fallible)]
        pub fn $name($given: $of) -> Result<$out, Missing> {
            Ok($body)
        }

        $(#[$doc])*
        ///
        /// # Errors
        /// None in a build of one file.
        #[cfg(not(feature = "split"))]
        pub async fn $name($given: $of) -> Result<$out, Missing> {
            Ok($body)
        }
    )* };
}

doors! {
    /// Draws a screen, dialog or panel of making and running tests.
    in work by preload_work fn work(which: Work) -> AnyView {
        match which {
            Work::Tab(tab) => self::tab(tab),
            Work::Dialog(dialog) => overlay::dialog(dialog),
            Work::Problems => view! { <view::build::Drawer/> }.into_any(),
            Work::Shop => view! { <overlay::Shop/> }.into_any(),
        }
    }

    /// Works out a preview.
    in work by preload_preview fn preview(what: Reckon) -> Result<Box<Preview>, Vec<Problem>> {
        let Reckon { scenario, seed, assumed, mut told } = what;
        work_out(&scenario, seed, assumed, &mut told)
    }

    /// Works out what a run takes, about.
    in work by preload_estimate fn estimate(scenario: Arc<Scenario>) -> Option<Estimate> {
        shell::estimate(&scenario)
    }

    /// Draws a screen or dialog of results.
    in look by preload_look fn look(which: Look) -> AnyView {
        match which {
            Look::History => view! { <view::results::History/> }.into_any(),
            Look::Report => view! { <view::results::Report/> }.into_any(),
            Look::Compare => view! { <view::compare::Compare/> }.into_any(),
            Look::Share => view! { <overlay::Share/> }.into_any(),
        }
    }

    /// Opens the back-end that needs no program.
    in alone by preload_alone fn alone(_nothing: ()) -> Rc<dyn Backend> {
        Rc::new(Browser::open())
    }
}

fn tab(tab: Tab) -> AnyView {
    match tab {
        Tab::Build => view! { <view::build::Build/> }.into_any(),
        Tab::Data => view! { <view::data::Data/> }.into_any(),
        Tab::Load => view! { <view::load::Load/> }.into_any(),
        Tab::Run => view! { <view::run::Run/> }.into_any(),
        // Drawn by the other part.
        Tab::Results => ().into_any(),
    }
}

/// Fetches the part of making and running tests.
///
/// # Errors
/// Its file is missing.
pub async fn fetch_work() -> Result<(), Missing> {
    #[cfg(feature = "split")]
    preload_work().await?;
    Ok(())
}

/// Fetches the part of results.
///
/// # Errors
/// Its file is missing.
pub async fn fetch_look() -> Result<(), Missing> {
    #[cfg(feature = "split")]
    preload_look().await?;
    Ok(())
}
