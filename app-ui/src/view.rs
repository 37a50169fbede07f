//! What is on screen. Each view reads derived values and sends messages; must not compute, wait or reach the outside.

pub mod parts;
pub mod shell;
pub mod home;
pub mod build;
pub mod panel;
pub mod answer;
pub mod trial;
pub mod data;
pub mod load;
pub mod preview;
pub mod run;
pub mod chart;
pub mod results;
pub mod compare;
pub mod settings;
pub mod overlay;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::route::{Route, Tab};

use crate::later::{self, Look, Work};
use crate::store::Store;
use crate::{backend, drop, keys, page};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let store = Store::provide();
    later::provide();
    store.begin(backend::choose());
    keys::listen(store);
    drop::listen(store);
    let back = window_event_listener(leptos::ev::hashchange, move |_| {
        let address = page::route();
        if store.peek(|model| model.route.text() != address) {
            keys::leave_text();
        }
        store.turn_to(address);
    });
    on_cleanup(move || back.remove());
    // A page that is hidden may never be shown again.
    let hide = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if page::is_hidden() {
            store.send(Msg::SaveAgain);
        }
    });
    on_cleanup(move || hide.remove());
    // One that is left need not have been hidden before.
    let left = window_event_listener(leptos::ev::pagehide, move |_| store.send(Msg::SaveAgain));
    on_cleanup(move || left.remove());
    // A practice run ends with its page; any other goes on without it.
    let ends_with_page = store.memo(|model| model.running() && model.run.as_ref().is_some_and(|run| run.head.practice));
    Effect::new(move |_| page::ask_before_leaving(ends_with_page.get()));
    let settings = store.memo(|model| model.settings.clone());
    Effect::new(move |_| {
        settings.with(|settings| {
            page::mark("data-theme", &settings.theme);
            page::mark("style", &format!("font-size: {}%", settings.text_size));
            page::mark("data-graphics", if settings.reduce_graphics { "less" } else { "all" });
        });
    });
    let theme = store.memo(|model| model.settings.theme.clone());
    Effect::new(move |before: Option<String>| {
        let theme = theme.get();
        // Until somebody chooses, all is as the computer wants it.
        if before.is_some_and(|before| before != theme) {
            store.dress(&theme);
        }
        theme
    });
    view! {
        <shell::Frame>
            <Screen/>
        </shell::Frame>
        <overlay::Overlays/>
        <div id="live-region" data-testid="live-region" class="unseen" aria-live="polite"></div>
    }
}

/// Which screen there is; finer places are the screens' own.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Opening,
    Home,
    Tab(Tab),
    /// The tab of a test that another window changes: nothing on it can be used but looked at.
    ReadOnly(Tab),
    Report,
    Compare,
    Settings,
}

/// The screen for the place.
#[component]
fn Screen() -> impl IntoView {
    let store = crate::store::store();
    let shown = store.memo(|model| match &model.route {
        Route::Home => Shown::Home,
        Route::Settings => Shown::Settings,
        Route::Viewer => Shown::Report,
        route if route.test() != model.test.as_ref().map(|test| test.id.as_str()) => Shown::Opening,
        Route::Result(..) => Shown::Report,
        Route::Compare(..) => Shown::Compare,
        _ => {
            let elsewhere = model.test.as_ref().is_some_and(|test| test.elsewhere);
            model.tab().map_or(Shown::Home, |tab| {
                match elsewhere && matches!(tab, Tab::Build | Tab::Data | Tab::Load) {
                    true => Shown::ReadOnly(tab),
                    false => Shown::Tab(tab),
                }
            })
        }
    });
    // Another screen starts at its top, however far down the one before was.
    Effect::new(move |_| {
        shown.track();
        page::to_top();
    });
    let tab = |tab: Tab| match tab {
        Tab::Results => later::look(Look::History),
        tab => later::work(Work::Tab(tab)),
    };
    move || match shown.get() {
        Shown::Opening => view! { <p class="opening">{tidemark_app_model::text::shell::OPENING}</p> }.into_any(),
        Shown::Home => view! { <home::Home/> }.into_any(),
        Shown::Tab(shown) => tab(shown),
        Shown::ReadOnly(shown) => view! { <fieldset class="only-shown" disabled>{tab(shown)}</fieldset> }.into_any(),
        Shown::Report => later::look(Look::Report),
        Shown::Compare => later::look(Look::Compare),
        Shown::Settings => view! { <settings::Settings/> }.into_any(),
    }
}
