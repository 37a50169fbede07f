//! What moves the window: a browser's driver, or that of a window of the desktop where `TIDEMARK_WINDOW` names its program.
//! Must not know what the window shows.

use std::path::{Path, PathBuf};

use fantoccini::Client;

use super::App;
use super::chromium::Chromium;
use super::webkit::WebKit;

/// Either driver, until it is dropped.
pub enum Driver {
    Chromium(Chromium),
    WebKit(WebKit),
}

/// The program whose window is used; none where a browser is.
pub fn desktop() -> Option<PathBuf> {
    std::env::var_os("TIDEMARK_WINDOW").map(PathBuf::from)
}

impl Driver {
    /// Starts it, for this app.
    pub async fn start(app: &App) -> Self {
        match desktop() {
            Some(program) => Self::WebKit(WebKit::start(&program, app.home()).await),
            None => Self::Chromium(Chromium::start()),
        }
    }

    /// Opens the window; a browser's with an empty page, the desktop's with the app.
    pub async fn open(&self, width: u32, height: u32) -> Client {
        match self {
            Self::Chromium(driver) => driver.browser(width, height).await,
            Self::WebKit(driver) => driver.window().await,
        }
    }

    /// The folder that a browser saves files into. The desktop asks where.
    pub fn downloads(&self) -> &Path {
        match self {
            Self::Chromium(driver) => driver.downloads(),
            Self::WebKit(driver) => driver.home(),
        }
    }

    /// The screen that the window is on, where that is one of our own.
    pub fn screen(&self) -> Option<&super::screen::Screen> {
        match self {
            Self::Chromium(_) => None,
            Self::WebKit(driver) => Some(driver.screen()),
        }
    }

    /// Starts the desktop's program once more with these files; whether it ended well.
    pub async fn once_more(&self, files: &[&Path]) -> bool {
        match self {
            Self::Chromium(_) => panic!("a browser opens no files"),
            Self::WebKit(driver) => driver.once_more(files).await,
        }
    }
}
