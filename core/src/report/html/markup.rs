//! Text that may stand in a page: whatever comes from a file goes through here. Must not know what a page holds.

use std::fmt::{self, Display, Write};

/// A text in which nothing is markup, in an element or in a quoted attribute.
#[derive(Debug, Clone, Copy)]
pub struct Esc<T>(pub T);

impl<T: Display> Display for Esc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

/// Escapes what is written to it.
struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut copied = 0;
        for (at, letter) in text.char_indices() {
            let instead = match letter {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' | '\t' => continue,
                // Control characters, and those that turn the direction of what follows, would hide what stands there.
                '\r' => "",
                letter if letter.is_control() => "\u{fffd}",
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "\u{fffd}",
                // No XML may hold these (XML 1.0, production 2).
                '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            self.0.write_str(&text[copied..at])?;
            self.0.write_str(instead)?;
            copied = at + letter.len_utf8();
        }
        self.0.write_str(&text[copied..])
    }
}

/// The shape that stands for a state beside its word: told apart without its colour.
pub fn icon(shape: Shape) -> &'static str {
    match shape {
        Shape::Fine => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/><path \
             d=\"M7 12.5l3.5 3.5L17 9\"/></svg>"
        }
        Shape::Warning => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path class=\"solid\" d=\"M12 1.5L23.5 \
             22h-23z\"/><path d=\"M12 9v6M12 18.2v.1\"/></svg>"
        }
        Shape::Bad => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path class=\"solid\" d=\"M7.5 \
             1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z\"/><path d=\"M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4\"/></svg>"
        }
        Shape::Unknown => {
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path class=\"solid\" d=\"M12 .5L23.5 12 12 \
             23.5.5 12z\"/><path d=\"M9.4 9.6c.2-3.4 5.3-3.3 5.2 0 0 1.8-2.6 2-2.6 3.9M12 16.6v.1\"/></svg>"
        }
    }
}

/// The shapes of [`icon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A circle with a tick.
    Fine,
    /// A triangle.
    Warning,
    /// An octagon with a cross.
    Bad,
    /// A diamond with a question mark.
    Unknown,
}

impl Shape {
    /// Its class in the page.
    pub fn class(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
        }
    }
}
