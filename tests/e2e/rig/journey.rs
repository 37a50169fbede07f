//! One journey: its window, and a picture and the page's own words in `target/e2e` where it fails.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt;
use tidemark_tests::program;
use tokio::time::timeout;

use super::{App, PATIENCE, Window, driver};

/// No journey takes longer than this, even where the processor is busy: a driver that never answers must not stop the rest.
const LONGEST: Duration = Duration::from_secs(240);

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
    let bounded = async {
        timeout(LONGEST, way(&window, &mut app))
            .await
            .unwrap_or_else(|_| panic!("{name} took longer than {LONGEST:?}"));
    };
    let outcome = AssertUnwindSafe(bounded).catch_unwind().await;
    // What no longer answers is not waited for.
    if let Err(panic) = outcome {
        let _ = timeout(PATIENCE, keep(&window, name)).await;
        let _ = timeout(PATIENCE, window.close()).await;
        std::panic::resume_unwind(panic);
    }
    let _ = timeout(PATIENCE, window.close()).await;
}

/// Keeps a picture and the page's own words.
async fn keep(window: &Window, name: &str) {
    let folder = folder();
    let words = window.last_words().await;
    let _ = std::fs::write(folder.join(format!("{name}.txt")), words);
    let picture = window.picture().await;
    let _ = std::fs::write(folder.join(format!("{name}.png")), picture);
    eprintln!("see {}", folder.join(name).display());
}

fn folder() -> PathBuf {
    let folder = program::target_folder().join("e2e");
    std::fs::create_dir_all(&folder).expect("the target folder takes a folder");
    folder
}
