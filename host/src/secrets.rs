//! The values of secrets that somebody told, kept in memory until the program ends, each for its own scenario only.
//!
//! Must never let a value out but into a plan.

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use crate::host::held;

/// A scenario's file, empty for none, and a secret's name.
type Of = (String, String);

/// Values by scenario and name.
pub(crate) struct Secrets(pub(crate) Mutex<HashMap<Of, String>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Secrets").field(&held(&self.0).len()).finish()
    }
}

impl Secrets {
    /// Keeps a value; forgets it if `None`.
    pub(crate) fn set(&self, file: Option<&str>, name: &str, value: Option<String>) {
        let of = (file.unwrap_or_default().to_owned(), name.to_owned());
        match value.filter(|value| !value.is_empty()) {
            Some(value) => held(&self.0).insert(of, value),
            None => held(&self.0).remove(&of),
        };
    }

    /// The value of a scenario's secret.
    pub(crate) fn get(&self, file: Option<&str>, name: &str) -> Option<String> {
        held(&self.0).get(&(file.unwrap_or_default().to_owned(), name.to_owned())).cloned()
    }

    /// A scenario's file has another name now.
    pub(crate) fn follow(&self, from: &str, to: &str) {
        let mut values = held(&self.0);
        let moved: Vec<Of> = values.keys().filter(|(file, _)| file == from).cloned().collect();
        for of in moved {
            if let Some(value) = values.remove(&of) {
                values.insert((to.to_owned(), of.1), value);
            }
        }
    }
}
