//! What happens when the window is to be closed: the page saves what it has, and a run under way is stopped gently, or goes
//! on without a window where somebody wants that. Who insists gets the window closed at once. Must not know the page.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tauri::{AppHandle, Manager, Runtime};
use tidemark_core::wire::run::Stop;
use tidemark_core::wire::table::{ReadSettings, RunNow, StopRun};
use tidemark_core::wire::{Command, Said};
use tidemark_host::Host;

use crate::MAIN;
use crate::desk::Desk;

/// So long the page may take to save.
const TO_SAVE: Duration = Duration::from_secs(2);

/// How often is looked whether a run is over. Its end is told, too, but a line that broke must not keep a window open.
const LOOK: Duration = Duration::from_millis(100);

/// Nobody wants to close the window.
const OPEN: u8 = 0;
/// The page saves.
const SAVING: u8 = 1;
/// A run comes to its end.
const ENDING: u8 = 2;
/// The window may close.
const DONE: u8 = 3;

/// The name of the setting that lets a run go on when the window is closed.
const KEEP_RUNNING: &str = "keep-running";

/// Whether the window has to stay for now. The second time that it is to be closed, it is.
pub(crate) fn must_wait<R: Runtime>(app: &AppHandle<R>) -> bool {
    let Some(desk) = app.try_state::<Desk>() else { return false };
    match desk.closing.compare_exchange(OPEN, SAVING, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => {
            desk.say(Said::Closing);
            let app = app.clone();
            tauri::async_runtime::spawn_blocking(move || {
                std::thread::sleep(TO_SAVE);
                all_saved(&app);
            });
            true
        }
        Err(SAVING) => true,
        Err(_) => false,
    }
}

/// The page has saved, or had its time.
pub(crate) fn all_saved<R: Runtime>(app: &AppHandle<R>) {
    let desk = app.state::<Desk>();
    if desk.closing.compare_exchange(SAVING, ENDING, Ordering::AcqRel, Ordering::Acquire).is_err() {
        return;
    }
    let (app, host) = (app.clone(), desk.host.clone());
    tauri::async_runtime::spawn(async move {
        if host.is_busy() {
            if keeps_running(&host).await {
                hide(&app);
            } else {
                stop_gently(&host).await;
            }
        }
        // However long the run is: somebody who has enough of it closes the window once more.
        while host.is_busy() && app.state::<Desk>().closing.load(Ordering::Acquire) == ENDING {
            tokio::time::sleep(LOOK).await;
        }
        let desk = app.state::<Desk>();
        // A window that somebody brought back meanwhile stays.
        if desk.closing.compare_exchange(ENDING, DONE, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            app.exit(0);
        }
    });
}

/// The window is wanted again.
pub(crate) fn stay<R: Runtime>(app: &AppHandle<R>) {
    if let Some(desk) = app.try_state::<Desk>() {
        desk.closing.store(OPEN, Ordering::Release);
    }
}

fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // One that can't be hidden stays, and closes with the end of the run.
        let _ = window.hide();
    }
}

async fn keeps_running(host: &Host) -> bool {
    let settings = host.call(ReadSettings::NAME, Value::Null).await.unwrap_or_default();
    settings["settings"][KEEP_RUNNING] == json!("true")
}

/// Tells the run to come to its end; where there is none any more, that is the end.
async fn stop_gently(host: &Host) {
    let found = host.call(RunNow::NAME, Value::Null).await.unwrap_or_default();
    if let Some(run) = found["state"]["run"].as_u64() {
        let stop = serde_json::to_value(StopRun { run, how: Stop::Gently }).unwrap_or_default();
        let _ = host.call(StopRun::NAME, stop).await;
    }
}
