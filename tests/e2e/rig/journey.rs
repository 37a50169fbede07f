//! One journey: its window, and a picture and the page's own words in `target/e2e` where it fails.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;

use futures_util::FutureExt;
use tidemark_tests::program;

use super::{App, Window, driver};

/// The same, for what makes sense in a browser only: a window of the desktop and its app begin and end together.
pub async fn browser_journey(name: &str, examples: &[&str], way: impl AsyncFnOnce(&Window, &mut App)) {
    if driver::desktop().is_none() {
        journey(name, examples, way).await;
    }
}

/// The same, for what only a window of the desktop has.
pub async fn desktop_journey(name: &str, examples: &[&str], way: impl AsyncFnOnce(&Window, &mut App)) {
    if driver::desktop().is_some() {
        journey(name, examples, way).await;
    }
}

/// Starts the app with these example files and a window with it, goes the way, and keeps what is needed to understand a
/// failure.
pub async fn journey(name: &str, examples: &[&str], way: impl AsyncFnOnce(&Window, &mut App)) {
    let mut app = App::start(examples).await;
    let window = Window::open(&app, 1440, 900).await;
    let outcome = AssertUnwindSafe(way(&window, &mut app)).catch_unwind().await;
    if let Err(panic) = outcome {
        let folder = folder();
        let picture = window.picture().await;
        let words = window.last_words().await;
        let _ = std::fs::write(folder.join(format!("{name}.png")), picture);
        let _ = std::fs::write(folder.join(format!("{name}.txt")), words);
        eprintln!("see {}", folder.join(name).display());
        window.close().await;
        std::panic::resume_unwind(panic);
    }
    window.close().await;
}

fn folder() -> PathBuf {
    let folder = program::target_folder().join("e2e");
    std::fs::create_dir_all(&folder).expect("the target folder takes a folder");
    folder
}
