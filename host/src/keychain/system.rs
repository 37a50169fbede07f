//! The real keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service of the desktop on Linux. Must
//! not keep a value anywhere else.

use std::sync::mpsc;
use std::time::Duration;

use keyring::{Entry, Error};
use tidemark_core::wire::{Code, Failure};

use super::Keychain;

/// So long a desktop may take to say that it has a keychain. One that is being started may need a moment.
const PATIENCE: Duration = Duration::from_secs(3);

/// The keychain of whoever is logged in.
#[derive(Debug)]
pub struct SystemKeychain(());

impl SystemKeychain {
    /// The keychain, where there is one. Nobody is asked anything for that.
    pub fn find() -> Option<Self> {
        let (tell, told) = mpsc::channel();
        // On a thread of its own, which is left behind where nothing ever answers.
        let asked = std::thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let answer = Entry::new("tidemark", "whether there is a keychain").and_then(|entry| entry.get_password());
            let _ = tell.send(matches!(answer, Ok(_) | Err(Error::NoEntry)));
        });
        let found = asked.is_ok() && told.recv_timeout(PATIENCE).unwrap_or(false);
        found.then_some(Self(()))
    }
}

impl Keychain for SystemKeychain {
    fn get(&self, file: &str, name: &str) -> Result<Option<String>, Failure> {
        match entry(file, name).and_then(|entry| entry.get_password()) {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn set(&self, file: &str, name: &str, value: Option<&str>) -> Result<(), Failure> {
        let done = entry(file, name).and_then(|entry| match value {
            Some(value) => entry.set_password(value),
            None => entry.delete_credential(),
        });
        match done {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn entry(file: &str, name: &str) -> Result<Entry, Error> {
    Entry::new(&format!("Tidemark: {file}"), name)
}

fn failed(error: &Error) -> Failure {
    // What the system says may hold bytes of the value, so it is not passed on.
    let why = match error {
        Error::NoStorageAccess(_) => "it is locked".to_owned(),
        Error::TooLong(..) => "the value is too long for it".to_owned(),
        _ => "it does not answer as it should".to_owned(),
    };
    Failure::new(Code::Io, format!("The keychain can't be used: {why}."), "Unlock it, then try again.")
}
