//! Something wrong with a scenario: a stable code, the place, and what to do. Not a Rust error.

use std::fmt;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A run can't start before it is mended.
    Stop,
    /// Probably not what was meant; a run may start.
    Warn,
    /// Could be better.
    Tip,
}

impl Severity {
    /// One word for it, as printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stop => "error",
            Self::Warn => "warning",
            Self::Tip => "tip",
        }
    }
}

/// One mistake in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable, readable code such as `weights-all-zero`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where it stands in the document.
    pub place: Place,
    /// What is wrong, as a sentence fragment.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] {}: {}. {}", self.severity.word(), self.code, self.place, self.message, self.hint)
    }
}

/// One part of a [`Place`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A field of an object.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// A path into the document, shown as `users[0].tasks[1].steps[2].request.url`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(pub Vec<Part>);

impl Place {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Goes into a field.
    pub fn push_key(&mut self, key: &str) {
        self.0.push(Part::Key(key.to_owned()));
    }

    /// Goes into a list item.
    pub fn push_index(&mut self, index: usize) {
        self.0.push(Part::Index(index));
    }

    /// Goes up one level.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// The place of a field below this one.
    pub fn key(&self, key: &str) -> Self {
        let mut place = self.clone();
        place.push_key(key);
        place
    }

    /// The place of a list item below this one.
    pub fn index(&self, index: usize) -> Self {
        let mut place = self.clone();
        place.push_index(index);
        place
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("the file");
        }
        for (at, part) in self.0.iter().enumerate() {
            match part {
                Part::Key(key) if at == 0 => f.write_str(&short(key))?,
                Part::Key(key) => write!(f, ".{}", short(key))?,
                Part::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// `text` cut to 60 characters, with line breaks and other control characters written out, so that a message stays one line.
pub fn short(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        match c {
            _ if count == 60 => {
                out.push('…');
                break;
            }
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}
