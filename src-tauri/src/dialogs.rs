//! The system's own dialogs for opening and saving, on this side of the line: the page can name no file. Must not know what
//! is in a file.

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tidemark_app_model::text::window as say;
use tidemark_core::wire::{Bytes, Code, Failure, Said};

use crate::desk::Desk;
use crate::{MAIN, files};

/// Lets a person choose a file to open.
pub(crate) async fn pick<R: Runtime>(app: AppHandle<R>) -> Result<Option<Said>, Failure> {
    apart(move || {
        let kinds = dialog(&app, say::OPEN)
            .add_filter(say::KIND_ALL, &["tide", "tiderun", "json", "txt", "csv", "tsv"])
            .add_filter(say::KIND_TEST, &["tide"])
            .add_filter(say::KIND_RESULT, &["tiderun"])
            .add_filter(say::KIND_ANY, &["*"]);
        let Some(chosen) = kinds.blocking_pick_file() else { return Ok(None) };
        let path = chosen.into_path().map_err(|_| not_here())?;
        files::read(&app.state::<Desk>().host, &path).map(Some)
    })
    .await
}

/// Lets a person choose where a file is kept, and writes it there.
pub(crate) async fn save<R: Runtime>(app: AppHandle<R>, name: String, bytes: Bytes) -> Result<bool, Failure> {
    apart(move || {
        let Some(chosen) = dialog(&app, say::SAVE).set_file_name(&name).blocking_save_file() else { return Ok(false) };
        let path = chosen.into_path().map_err(|_| not_here())?;
        tidemark_host::write_file(&path, &bytes.0).map(|()| true)
    })
    .await
}

fn dialog<R: Runtime>(app: &AppHandle<R>, title: &str) -> FileDialogBuilder<R> {
    let dialog = app.dialog().file().set_title(title);
    match app.get_webview_window(MAIN) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// A dialog waits for a person, so it waits on a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    let broken = |_| Failure::new(Code::Internal, say::NO_DIALOG, "");
    tauri::async_runtime::spawn_blocking(work).await.map_err(broken)?
}

fn not_here() -> Failure {
    Failure::new(Code::Invalid, say::NOT_A_PLACE, "")
}
