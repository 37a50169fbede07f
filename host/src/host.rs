//! The whole app without a window: files, runs and trials behind one door, and what happens told to whoever listens.
//!
//! A window, a server and a test hold the same [`Host`]. Must not know which of them asks.

use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tidemark_core::wire::table::{ImportResult, ReadResult, Renamed};
use tidemark_core::wire::{Bytes, Capabilities, Mark};

use crate::commands;
use crate::commands::result::Glances;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::keychain::Keychain;
use crate::practice::Practice;
use crate::ring::{Ring, Subscription};
use crate::runs::Runs;
use crate::secrets::Secrets;
use crate::trials::Trials;

/// Where a host keeps things, and what it may do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The app's folder: scenarios, results and settings. Made where it doesn't exist.
    pub folder: PathBuf,
    /// The folder with the hosts that were allowed; shared with the command line.
    pub config: PathBuf,
    /// What whoever asks may do.
    pub capabilities: Capabilities,
    /// The practice shop, where the program on top has one.
    pub practice: Option<Arc<dyn Practice>>,
    /// What keeps secrets when the program has ended, where the program on top has it.
    pub keychain: Option<Arc<dyn Keychain>>,
}

impl Options {
    /// The usual folders of this user; `None` where the environment names no home.
    pub fn usual(capabilities: Capabilities) -> Option<Self> {
        let (folder, config) = (crate::allow::data_folder()?, crate::allow::config_folder()?);
        Some(Self { folder, config, capabilities, practice: None, keychain: None })
    }

    /// The same with a practice shop.
    #[must_use]
    pub fn with_practice(self, practice: Arc<dyn Practice>) -> Self {
        Self { practice: Some(practice), ..self }
    }

    /// The same with a keychain.
    #[must_use]
    pub fn with_keychain(self, keychain: Arc<dyn Keychain>) -> Self {
        Self { keychain: Some(keychain), ..self }
    }
}

/// The app without a window. Clones are the same app; when the last one goes, a run under way is ended and its result
/// kept.
#[derive(Debug, Clone)]
pub struct Host(Arc<Inner>);

/// What a host is made of.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) instance: String,
    pub(crate) ring: Arc<Ring>,
    pub(crate) scenarios: Folder,
    pub(crate) results: Arc<Folder>,
    pub(crate) glances: Glances,
    pub(crate) runs: Runs,
    pub(crate) trials: Trials,
    pub(crate) secrets: Secrets,
}

impl Host {
    /// Opens the app's folder.
    ///
    /// # Errors
    /// It can't be made.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let anywhere = options.capabilities.chosen_paths;
        let scenarios = Folder::open(options.folder.join("scenarios"), "tide", anywhere)?;
        let results = Arc::new(Folder::open(options.folder.join("results"), "tiderun", anywhere)?);
        crate::disk::sweep(&options.folder);
        let instance = format!("{:08x}", std::hash::RandomState::new().build_hasher().finish() as u32);
        let ring = Ring::new(instance.clone());
        Ok(Self(Arc::new(Inner {
            runs: Runs::new(ring.clone(), results.clone()),
            trials: Trials::new(ring.clone()),
            secrets: Secrets::new(options.keychain.clone()),
            glances: Glances::default(),
            options,
            instance,
            ring,
            scenarios,
            results,
        })))
    }

    /// Does one command of [`tidemark_core::wire::COMMANDS`]. To be called within a tokio runtime.
    ///
    /// # Errors
    /// There is no such command, its body makes no sense, or it can't be done.
    pub async fn call(&self, name: &str, body: Value) -> Result<Value, Failure> {
        commands::call(&self.0, name, body).await
    }

    /// The bytes of a result file, as [`result.read`](tidemark_core::wire::table::ReadResult) gives them, without JSON.
    ///
    /// # Errors
    /// There is no such file, or it can't be read.
    pub async fn read_result(&self, file: String) -> Result<Vec<u8>, Failure> {
        Ok(self.0.read_result(ReadResult { file }).await?.bytes.0)
    }

    /// Puts a result from elsewhere into the app's folder, as
    /// [`result.import`](tidemark_core::wire::table::ImportResult) does, without JSON.
    ///
    /// # Errors
    /// The bytes are no result, or can't be written.
    pub async fn import_result(&self, name: String, bytes: Vec<u8>) -> Result<Renamed, Failure> {
        self.0.import_result(ImportResult { name, bytes: Bytes(bytes) }).await
    }

    /// How commands name the scenario file at this whole path.
    pub fn scenario_file(&self, path: &Path) -> String {
        self.0.scenarios.name_of(path)
    }

    /// Listens to what happens, from now on or from where somebody had heard.
    pub fn subscribe(&self, since: Option<&Mark>) -> Subscription {
        self.0.ring.subscribe(since)
    }

    /// Whether a run is under way: closing now would end it.
    pub fn is_busy(&self) -> bool {
        self.0.runs.is_busy()
    }

    /// Ends a run under way at once, and waits until its result is whole. To be called off the threads of a runtime, as
    /// it may take a moment.
    pub fn close(&self) {
        self.0.runs.close();
    }
}

/// What a lock holds. A thread that panicked left a value that is still good: each is set in one step.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
