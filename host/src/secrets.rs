//! The values of secrets, each for its own scenario only: those that somebody told, kept until the program ends, and in the
//! keychain where there is one.
//!
//! Must never let a value out but into a plan.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use tidemark_core::wire::Failure;
use tidemark_core::wire::target::SecretSource;

use crate::host::held;
use crate::keychain::Keychain;

/// A scenario's file, empty for none, and a secret's name.
type Of = (String, String);

/// A value and where it is kept; none where the keychain has none.
type Known = Option<(String, SecretSource)>;

/// Values by scenario and name. Asking may take a while, as the keychain may ask its owner.
pub(crate) struct Secrets {
    known: Mutex<HashMap<Of, Known>>,
    keychain: Option<Arc<dyn Keychain>>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Secrets").field(&held(&self.known).len()).finish()
    }
}

impl Secrets {
    pub(crate) fn new(keychain: Option<Arc<dyn Keychain>>) -> Self {
        Self { known: Mutex::default(), keychain }
    }

    /// Keeps a value; forgets it if `None`.
    ///
    /// # Errors
    /// The keychain did not take it, and it is kept until the program ends; or it did not forget it.
    pub(crate) fn set(&self, file: Option<&str>, name: &str, value: Option<String>) -> Result<(), Failure> {
        let of = (file.unwrap_or_default().to_owned(), name.to_owned());
        let value = value.filter(|value| !value.is_empty());
        let outcome = match (&self.keychain, file) {
            (Some(keychain), Some(file)) => Some(keychain.set(file, name, value.as_deref())),
            _ => None,
        };
        let source = if matches!(outcome, Some(Ok(()))) { SecretSource::Keychain } else { SecretSource::Session };
        held(&self.known).insert(of, value.map(|value| (value, source)));
        outcome.unwrap_or(Ok(())).map_err(|failure| Failure {
            hint: "Until the program ends, it goes on with what you typed.".to_owned(),
            ..failure
        })
    }

    /// The value of a scenario's secret, and where it is kept.
    pub(crate) fn get(&self, file: Option<&str>, name: &str) -> Known {
        let of = (file.unwrap_or_default().to_owned(), name.to_owned());
        if let Some(known) = held(&self.known).get(&of) {
            return known.clone();
        }
        let (keychain, file) = (self.keychain.as_ref()?, file?);
        // One that is locked is asked again the next time.
        let found = keychain.get(file, name).ok()?.map(|value| (value, SecretSource::Keychain));
        held(&self.known).insert(of, found.clone());
        found
    }

    /// A scenario's file has another name now; these are its secrets.
    pub(crate) fn follow(&self, from: &str, to: &str, names: impl IntoIterator<Item = String>) {
        for name in names {
            let Some((value, source)) = self.get(Some(from), &name) else { continue };
            held(&self.known).remove(&(from.to_owned(), name.clone()));
            if let (Some(keychain), SecretSource::Keychain) = (&self.keychain, source) {
                // Where it can't be moved, it is asked for again: better than a rename that fails half-way.
                let _ = keychain.set(to, &name, Some(&value)).and_then(|()| keychain.set(from, &name, None));
            }
            held(&self.known).insert((to.to_owned(), name), Some((value, source)));
        }
    }
}

#[cfg(test)]
mod tests;
