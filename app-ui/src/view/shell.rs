//! The frame: name, saved or not, tabs, target, the three verbs in order of consequence, and the screen below. Must not
//! know what is on a screen.

mod ladder;
mod name;
mod notes;
mod tabs;
mod target;

pub(crate) use target::class_icon;

use leptos::prelude::*;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::msg::Setting;
use tidemark_app_model::route::Route;
use tidemark_app_model::select::shell as select;
use tidemark_app_model::text::shell as say;
use tidemark_app_model::{Model, Msg};

use crate::page;
use crate::store::store;
use crate::view::parts::{IconButton, Menu, MenuItem, Picture};

/// The frame around a screen.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let store = store();
    let title = store.memo(select::title);
    Effect::new(move |_| title.with(|title| page::title(title)));
    let in_test = store.memo(|model| select::name(model).is_some());
    let working = store.memo(|model| select::name(model).is_some() || model.running());
    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            page::focus("main".to_owned());
        }>{say::SKIP}</a>
        <header class="bar" data-region="bar" aria-label=say::REGION_BAR>
            <div class="bar-row">
                <Start/>
                <Show when=move || in_test.get()><tabs::Tabs/></Show>
                <Tools/>
            </div>
            <Show when=move || working.get()><ladder::Row/></Show>
        </header>
        <notes::Notes/>
        <main id="main" data-testid="main" data-region="main" tabindex="-1">{children()}</main>
    }
}

/// Menu, home, name and whether it is saved.
#[component]
fn Start() -> impl IntoView {
    let store = store();
    let in_test = store.memo(|model| select::name(model).is_some());
    view! {
        <div class="bar-start">
            <MainMenu/>
            <Show when=move || in_test.get()
                fallback=|| view! { <a class="bar-app" href="#/">{say::APP}</a> }>
                <name::Name/>
                <name::Saved/>
            </Show>
        </div>
    }
}

/// What can be done with the test and the app.
#[component]
fn MainMenu() -> impl IntoView {
    let store = store();
    let open = move |dialog: Dialog| move || store.send(Msg::Open(dialog.clone()));
    let in_test = store.memo(|model| select::name(model).is_some());
    view! {
        <Menu label=say::MENU icon=icondata::LuMenu testid="menu">
            <MenuItem icon=icondata::LuHouse label=say::HOME testid="menu-home" on_click=move || store.send(Msg::Go(Route::Home))/>
            <Show when=move || in_test.get()>
                <MenuItem icon=icondata::LuClipboardPaste label=say::PASTE_REQUEST on_click=open(Dialog::Import)/>
                <MenuItem icon=icondata::LuHistory label=say::VERSIONS on_click=open(Dialog::History)/>
                <MenuItem icon=icondata::LuDownload label=say::SAVE_COPY keys=keys("S") on_click=move || store.send(Msg::SaveCopy)/>
            </Show>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuKeyboard label=say::KEYS keys="?" on_click=open(Dialog::Keys)/>
            <MenuItem icon=icondata::LuBookOpen label=say::GLOSSARY keys="F1" on_click=open(Dialog::Glossary)/>
            <MenuItem icon=icondata::LuSettings label=say::SETTINGS on_click=move || store.send(Msg::Go(Route::Settings))/>
        </Menu>
    }
}

fn keys(key: &str) -> String {
    format!("{} {key}", page::command_key())
}

/// Search, undo, redo, theme, settings.
#[component]
fn Tools() -> impl IntoView {
    let store = store();
    let in_test = store.memo(|model| select::name(model).is_some());
    view! {
        <div class="bar-tools">
            <button type="button" class="bar-search" data-testid="btn-palette" aria-label=format!("{} {}", say::SEARCH, keys("K")) title=say::SEARCH
                on:click=move |_| store.send(Msg::Open(Dialog::Palette))>
                <Picture icon=icondata::LuSearch/>
                <span class="bar-search-words">{say::SEARCH}</span>" "
                <kbd>{keys("K")}</kbd>
            </button>
            <Show when=move || in_test.get()><Turns/></Show>
            <Theme/>
            <IconButton icon=icondata::LuSettings label=say::SETTINGS testid="btn-settings"
                on_click=move || store.send(Msg::Go(Route::Settings))/>
        </div>
    }
}

/// Undo and redo.
#[component]
fn Turns() -> impl IntoView {
    let store = store();
    let part = move |turn: fn(&Model) -> select::Turn| {
        let turn = store.memo(turn);
        (Signal::derive(move || turn.get().label), Signal::derive(move || turn.get().not_now))
    };
    let (undo, no_undo) = part(select::undo);
    let (redo, no_redo) = part(select::redo);
    view! {
        <IconButton icon=icondata::LuUndo2 label=undo not_now=no_undo testid="undo" on_click=move || store.send(Msg::Undo)/>
        <IconButton icon=icondata::LuRedo2 label=redo not_now=no_redo testid="redo" on_click=move || store.send(Msg::Redo)/>
    }
}

/// The next theme with each click.
#[component]
fn Theme() -> impl IntoView {
    let store = store();
    let theme = store.memo(|model| model.settings.theme.clone());
    let icon = move || match theme.get().as_str() {
        "light" => icondata::LuSun,
        "dark" => icondata::LuMoon,
        "contrast" => icondata::LuContrast,
        _ => icondata::LuSunMoon,
    };
    let next = move || select::next_theme(&theme.get_untracked()).to_owned();
    view! {
        <IconButton icon=Signal::derive(icon) label=Signal::derive(move || select::theme_words(&theme.get()).to_owned())
            testid="btn-theme" on_click=move || store.send(Msg::Set(Setting::Theme(next())))/>
    }
}
