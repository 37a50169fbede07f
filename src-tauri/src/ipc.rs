//! The host's one door for the page in the window: names and JSON in and out, and events by a channel. Must not know what a
//! command does.

use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{AppHandle, Builder, Manager, Runtime, State, Theme, WebviewWindow};
use tidemark_core::wire::{Bytes, Failure, Mark, Said, Told};

use crate::desk::Desk;
use crate::{closing, dialogs};

/// All that a page may ask for.
pub fn commands<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(tauri::generate_handler![call, subscribe, attend, pick_file, save_file, dress, leave])
}

/// A command of the wire's table.
#[tauri::command]
async fn call(desk: State<'_, Desk>, name: String, body: Option<Value>) -> Result<Value, Failure> {
    desk.host.call(&name, body.unwrap_or(Value::Null)).await
}

/// Listens to what happens, from now on or from the mark in `after`.
#[tauri::command]
fn subscribe(desk: State<'_, Desk>, channel: Channel<Told>, after: Option<String>) {
    // A mark that makes no sense is one of another instance: whoever has it must read everything again.
    let nobody = || Mark { instance: String::new(), number: 0 };
    let since = after.filter(|mark| !mark.is_empty()).map(|mark| mark.parse().unwrap_or_else(|_| nobody()));
    desk.follow(since.as_ref(), channel);
}

/// Listens to the window itself: its menu, and files that are opened outside of the page.
#[tauri::command]
fn attend(desk: State<'_, Desk>, channel: Channel<Said>) {
    desk.hear(channel);
}

/// Lets a person choose a file; none if they don't.
#[tauri::command]
async fn pick_file<R: Runtime>(app: AppHandle<R>) -> Result<Option<Said>, Failure> {
    dialogs::pick(app).await
}

/// Lets a person choose where a file is kept; false if they don't.
#[tauri::command]
async fn save_file<R: Runtime>(app: AppHandle<R>, name: String, bytes: Bytes) -> Result<bool, Failure> {
    dialogs::save(app, name, bytes).await
}

/// What the page can't draw, the menu above all, looks as the page does: its theme, or what is usual here for any other.
#[tauri::command]
fn dress<R: Runtime>(desk: State<'_, Desk>, window: WebviewWindow<R>, theme: &str) {
    let usual = *desk.usual.get_or_init(|| window.theme().unwrap_or(Theme::Light));
    window.app_handle().set_theme(match theme {
        "dark" => Some(Theme::Dark),
        "light" => Some(Theme::Light),
        // GTK takes none for light.
        _ if cfg!(target_os = "linux") => Some(usual),
        _ => None,
    });
}

/// All is saved: the window may close.
#[tauri::command]
fn leave<R: Runtime>(app: AppHandle<R>) {
    closing::all_saved(&app);
}

#[cfg(test)]
mod tests;
