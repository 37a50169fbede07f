//! Keys that are not letters, as WebDriver writes them.

/// A key, or several held together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Enter,
    Tab,
    Escape,
    Space,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    F1,
    F2,
    Letter(char),
}

impl Key {
    /// Its sign in WebDriver's own part of Unicode.
    pub fn sign(self) -> char {
        match self {
            Key::Enter => '\u{E007}',
            Key::Tab => '\u{E004}',
            Key::Escape => '\u{E00C}',
            Key::Space => ' ',
            Key::Up => '\u{E013}',
            Key::Down => '\u{E015}',
            Key::Left => '\u{E012}',
            Key::Right => '\u{E014}',
            Key::Home => '\u{E011}',
            Key::End => '\u{E010}',
            Key::F1 => '\u{E031}',
            Key::F2 => '\u{E032}',
            Key::Letter(letter) => letter,
        }
    }
}

/// Held while another key is pressed.
pub const CONTROL: char = '\u{E009}';
pub const ALT: char = '\u{E00A}';
