//! Everything that can be done, in one table: what it is called, what engineers call it, its keys, and why it can't be done
//! now. The palette, the list of keys and the keys themselves are read from it. Must not do anything: a command is a message.

mod find;
mod table;

pub use find::{Entry, Group, entries};
pub use table::{COMMANDS, state};

use crate::model::Model;
use crate::msg::Msg;

/// Keys that are pressed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// With Ctrl, or ⌘ on a Mac.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
    /// With Alt.
    pub alt: bool,
    /// The key, as browsers name it; letters are small.
    pub key: &'static str,
}

impl Keys {
    /// The keys in words: `Ctrl Shift Z`; `command` is what the first modifier is called here.
    pub fn words(&self, command: &str) -> String {
        let held = [(self.ctrl, command), (self.alt, "Alt"), (self.shift, "Shift")];
        let mut parts: Vec<String> = held.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned()).collect();
        parts.push(if self.key.len() == 1 { self.key.to_uppercase() } else { self.key.to_owned() });
        parts.join(" ")
    }
}

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its word for tests.
    pub id: &'static str,
    /// What it is called, and what engineers call it.
    pub words: (&'static str, &'static str),
    /// Its keys; those after the first do the same.
    pub keys: &'static [Keys],
    /// Whether the keys work while something is typed into a field.
    pub while_typing: bool,
    /// Whether it leads somewhere rather than doing something.
    pub goes: bool,
}

/// Whether a command can be done now: its message, or why not.
pub type State = Result<Msg, &'static str>;

/// The message of the keys that were pressed; none where they mean nothing now.
pub fn pressed(model: &Model, ctrl: bool, shift: bool, alt: bool, key: &str, typing: bool) -> Option<Msg> {
    let held = |keys: &&Keys| (keys.ctrl, keys.alt, keys.key) == (ctrl, alt, key) && keys.shift == shift;
    // What is typed with Shift on one keyboard is typed without it on another.
    let sign =
        |keys: &&Keys| key.len() == 1 && keys.key == key && !key.chars().all(char::is_alphanumeric) && !ctrl && !alt;
    let fits = |command: &&Command| {
        (command.while_typing || !typing) && command.keys.iter().any(|keys| held(&keys) || (!keys.ctrl && sign(&keys)))
    };
    let command = COMMANDS.iter().find(fits)?;
    state(model, command.id).ok()
}

#[cfg(test)]
mod tests;
