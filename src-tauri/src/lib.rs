//! Tidemark in a window of its own: the host in this process, the page in a web view, and a line between them that no
//! other program can reach. No port is opened.
//!
//! In reading order: [`desk`] is what the window stands on, [`ipc`] carries commands and events, [`files`] and [`dialogs`]
//! bring files in and out, [`menu`] mirrors the app's commands, [`closing`] ends a run gently. Must not decide what a
//! command means.

mod closing;
mod desk;
mod dialogs;
mod files;
mod ipc;
mod menu;

use std::process::ExitCode;

use tauri::{
    App, AppHandle, Builder, DragDropEvent, Manager, RunEvent, Runtime, Url, WebviewWindowBuilder, WindowEvent,
};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tidemark_app_model::text::window as say;

pub use desk::Desk;
pub use ipc::commands;

/// The one window.
const MAIN: &str = "main";

/// Opens the window and stays until it is closed.
///
/// # Errors
/// There is no screen for it, as a sentence.
pub fn run() -> Result<ExitCode, String> {
    if cfg!(target_os = "linux") && ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().all(is_unset) {
        return Err(say::no_window(say::NO_SCREEN));
    }
    let single = tauri_plugin_single_instance::init(|app, words, folder| {
        // Somebody started the program once more: its files come here, and it ends itself.
        show(app);
        files::opened(app, words.iter().skip(1), folder.as_ref());
    });
    let app = commands(Builder::default())
        .plugin(single)
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .menu(menu::make)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } if closing::must_wait(window.app_handle()) => api.prevent_close(),
            WindowEvent::DragDrop(event) => held(window.app_handle(), event),
            _ => {}
        })
        .setup(|app| {
            set_up(app);
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| say::no_window(&error.to_string()))?;
    let code = app.run_return(|app, event| {
        if let RunEvent::Exit = event
            && let Some(desk) = app.try_state::<Desk>()
        {
            desk.host.close();
        }
    });
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)))
}

/// GTK would panic instead of saying that there is no screen.
fn is_unset(variable: &str) -> bool {
    std::env::var_os(variable).is_none_or(|value| value.is_empty())
}

/// Opens the app's folder and the window; where that can't be done, says why and ends.
fn set_up(app: &mut App) {
    if let Err(trouble) = Desk::open().and_then(|desk| opened(app, desk)) {
        let end = app.handle().clone();
        let dialog = app.dialog().message(trouble).title(say::NOT_OPEN).kind(MessageDialogKind::Error);
        dialog.show(move |_| end.exit(2));
    }
}

fn opened(app: &mut App, desk: Desk) -> Result<(), String> {
    app.manage(desk);
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN).ok_or("no window is described")?;
    let window = WebviewWindowBuilder::from_config(app.handle(), config).map_err(|error| error.to_string())?;
    window.on_navigation(is_ours).build().map_err(|error| error.to_string())?;
    let folder = std::env::current_dir().unwrap_or_default();
    files::opened(app.handle(), std::env::args().skip(1), &folder);
    Ok(())
}

/// Whether an address is one of the page's own: nothing else is ever shown in the window.
fn is_ours(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

/// Brings the window to the front, also where it was hidden while a run goes on.
fn show<R: Runtime>(app: &AppHandle<R>) {
    closing::stay(app);
    if let Some(window) = app.get_webview_window(MAIN) {
        // Where the system does not let a window come to the front, it is at least there.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
}

/// Files over the window, and dropped into it.
fn held<R: Runtime>(app: &AppHandle<R>, event: &DragDropEvent) {
    let desk = app.state::<Desk>();
    match event {
        DragDropEvent::Enter { .. } => desk.say(tidemark_core::wire::Said::Held(true)),
        DragDropEvent::Leave => desk.say(tidemark_core::wire::Said::Held(false)),
        DragDropEvent::Drop { paths, .. } => {
            desk.say(tidemark_core::wire::Said::Held(false));
            files::bring(app, paths.clone());
        }
        _ => {}
    }
}
