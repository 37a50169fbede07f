//! The keys: what can be pressed, and where.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::commands::COMMANDS;
use tidemark_app_model::text::{keys, overlay as say};

use crate::page;
use crate::store::store;
use crate::view::parts::Dialog;

/// The list of keys.
#[component]
pub fn Keys() -> impl IntoView {
    let store = store();
    let command = page::command_key();
    let everywhere = COMMANDS.iter().filter(|known| !known.keys.is_empty()).map(|known| {
        let pressed = known.keys.iter().map(|keys| keys.words(command)).collect();
        (pressed, known.words.0)
    });
    let tabs =
        if crate::backend::tauri::is_there() { format!("{command} 1 – 5") } else { keys::TABS_BROWSER.to_owned() };
    let everywhere: Vec<(Vec<String>, &str)> = everywhere
        .chain([(vec![tabs], keys::TABS)])
        .chain(keys::EVERYWHERE.iter().map(|row| row_of(row, command)))
        .collect();
    let build = keys::BUILD.iter().map(|row| row_of(row, command)).collect();
    let chart = keys::CHART.iter().map(|row| row_of(row, command)).collect();
    view! {
        <Dialog title=say::KEYS testid="keys" shape="wide" on_close=move || store.send(Msg::Escape)>
            <div class="keys" tabindex="0" role="group" aria-label=say::KEYS>
                <Part title=say::KEYS_EVERYWHERE rows=everywhere/>
                <Part title=say::KEYS_BUILD rows=build/>
                <Part title=say::KEYS_CHART rows=chart/>
            </div>
        </Dialog>
    }
}

fn row_of(row: &(&str, &'static str), command: &str) -> (Vec<String>, &'static str) {
    (row.0.split(" / ").map(|keys| keys.replace("Ctrl", command)).collect(), row.1)
}

#[component]
fn Part(title: &'static str, rows: Vec<(Vec<String>, &'static str)>) -> impl IntoView {
    let row = |(keys, does): (Vec<String>, &'static str)| {
        let keys = keys.into_iter().map(|keys| view! { <kbd>{keys}</kbd> }).collect_view();
        view! { <div class="key"><dt>{keys}</dt><dd>{does}</dd></div> }
    };
    view! {
        <section class="keys-part">
            <h3>{title}</h3>
            <dl>{rows.into_iter().map(row).collect_view()}</dl>
        </section>
    }
}
