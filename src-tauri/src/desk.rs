//! What the window stands on: the host, and the lines to the page in it. Must not know a command.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tauri::Theme;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tidemark_app_model::text::window as say;
use tidemark_core::wire::{Capabilities, Said, SecretsLive, Told};
use tidemark_host::keychain::SystemKeychain;
use tidemark_host::practice::PracticeShop;
use tidemark_host::{Host, Options};

/// So much is kept for a page that does not listen yet.
const MOST_WAITING: usize = 32;

/// The host and the lines to the page.
pub struct Desk {
    /// The app without a window.
    pub host: Host,
    lines: Mutex<Lines>,
    /// How far closing has come.
    pub(crate) closing: AtomicU8,
    /// How large the page is shown; 1 is as it is made.
    size: Mutex<f64>,
    /// What the computer's windows looked like before this one was told otherwise.
    pub(crate) usual: OnceLock<Theme>,
}

#[derive(Default)]
struct Lines {
    /// What carries events to the page; a page that was loaded again takes the place of the one before.
    events: Option<JoinHandle<()>>,
    page: Option<Channel<Said>>,
    waiting: VecDeque<Said>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Desk").field(&self.host).finish()
    }
}

impl Desk {
    /// Opens the app's usual folder, with the computer's keychain and a practice shop.
    ///
    /// # Errors
    /// There is no such folder, as a sentence.
    pub fn open() -> Result<Self, String> {
        let capabilities =
            Capabilities { runs: true, tries: true, chosen_paths: true, secrets: SecretsLive::ForSession, shop: true };
        let options = Options::usual(capabilities).ok_or(say::NO_HOME)?.with_practice(Arc::new(PracticeShop::new()));
        let options = match SystemKeychain::find() {
            Some(keychain) => options.with_keychain(Arc::new(keychain)),
            None => options,
        };
        let host = Host::open(options).map_err(|failure| failure.to_string())?;
        Ok(Self::of(host))
    }

    /// A desk for this host.
    pub fn of(host: Host) -> Self {
        Self { host, lines: Mutex::default(), closing: AtomicU8::new(0), size: Mutex::new(1.0), usual: OnceLock::new() }
    }

    /// Each change is whole, so a lock that somebody left by a panic is still good.
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the page something; one that is still loading hears it later.
    pub(crate) fn say(&self, said: Said) {
        let mut lines = self.lines();
        let unheard = match &lines.page {
            Some(page) => page.send(said.clone()).is_err(),
            None => true,
        };
        if unheard && lines.waiting.len() < MOST_WAITING {
            lines.waiting.push_back(said);
        }
    }

    /// The page listens now; what waited is told first.
    pub(crate) fn hear(&self, page: Channel<Said>) {
        let mut lines = self.lines();
        for said in std::mem::take(&mut lines.waiting) {
            // A page that is gone already is followed by another one.
            let _ = page.send(said);
        }
        lines.page = Some(page);
    }

    /// Changes how large the page is shown; the size afterwards.
    pub(crate) fn zoomed(&self, change: impl Fn(f64) -> f64) -> f64 {
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        *size = change(*size);
        *size
    }

    /// Carries events to the page from now on, or from where it had heard; a line from before ends.
    pub(crate) fn follow(&self, since: Option<&tidemark_core::wire::Mark>, page: Channel<Told>) {
        let mut heard = self.host.subscribe(since);
        let line =
            tauri::async_runtime::spawn(async move { while page.send(heard.next().await.as_ref().clone()).is_ok() {} });
        if let Some(before) = self.lines().events.replace(line) {
            before.abort();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(line) = self.lines().events.take() {
            line.abort();
        }
    }
}

// Elsewhere it would be the keychain of whoever runs the tests.
#[cfg(all(test, target_os = "linux"))]
mod tests;
