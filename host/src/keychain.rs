//! The keychain of the operating system as the host sees it: a program on top hands one in where its user sits at this
//! computer. Without one, secrets are kept until the program ends. Must not know what a secret is for.

#[cfg(feature = "keychain")]
mod system;

use std::fmt;

use tidemark_core::wire::Failure;

#[cfg(feature = "keychain")]
pub use system::SystemKeychain;

/// A place that keeps secrets when the program has ended. It may be asked from any thread and may take its time: it may
/// ask the user first.
pub trait Keychain: Send + Sync + fmt::Debug {
    /// The value of a scenario's secret, by the scenario's file and the secret's name; `None` where there is none.
    ///
    /// # Errors
    /// It is locked, or out of reach.
    fn get(&self, file: &str, name: &str) -> Result<Option<String>, Failure>;

    /// Keeps a value; forgets it if `None`.
    ///
    /// # Errors
    /// It is locked, or out of reach.
    fn set(&self, file: &str, name: &str, value: Option<&str>) -> Result<(), Failure>;
}
