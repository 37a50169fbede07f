//! What a window of the desktop tells the page in it, beside the host's events: its menu, and files that people open
//! outside of the page. Must not know how a window is made.

use serde::{Deserialize, Serialize};

use crate::wire::Failure;
use crate::wire::files::Bytes;

/// Something that a window tells its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "about", rename_all = "kebab-case")]
pub enum Said {
    /// A command was chosen in the menu; its word in the app's table.
    Command(String),
    /// A scenario file is to be opened where it is: its file name in the app's folder, or its whole path.
    Open(String),
    /// A file is given, as it is.
    Given(Given),
    /// Files are held over the window, or no longer.
    Held(bool),
    /// Something that was asked for outside of the page could not be done.
    Failed(Failure),
    /// The window is about to close: what is not saved yet has to be saved now.
    Closing,
}

/// A file that a person chose, dropped or opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its name, without folders.
    pub name: String,
    /// All of it.
    pub bytes: Bytes,
}
