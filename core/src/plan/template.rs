//! Text with `{{values}}` in it: how it is written, and taken apart into what stands still and what is filled in.
//!
//! Must not know which names exist: that is for `check` and `compile`.

use crate::plan::make::Maker;

/// A text, taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// Pieces in order; neighbouring plain texts are joined.
    pub pieces: Vec<Piece>,
}

/// One piece of a [`Template`].
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// Filled in at every use.
    Use(ValueUse),
}

/// One `{{…}}`.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueUse {
    /// Where the value comes from.
    pub source: Source,
    /// What is done to it, in order.
    pub changes: Vec<Change>,
}

/// Where the value of a `{{…}}` comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A name: `token`, `people.email`, `last.status`, or a maker without arguments such as `uuid`.
    Name(String),
    /// Made up, with arguments: `integer(1, 20)`.
    Made(Maker),
    /// Just this text: `{{"{{"}}` writes two braces.
    Literal(String),
}

/// A small transformation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Percent-encodes everything but letters, digits and `-._~`.
    Url,
    /// Base64 with padding.
    Base64,
    /// In capitals.
    Upper,
    /// In small letters.
    Lower,
    /// Without white space at both ends.
    Trim,
    /// As text, even where its type would survive in a JSON body.
    Text,
}

impl Change {
    /// Every change with its word.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("url", Self::Url),
        ("base64", Self::Base64),
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("trim", Self::Trim),
        ("text", Self::Text),
    ];
}

/// Why a text with `{{` can't be taken apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadTemplate {
    /// What is wrong, naming the piece.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl BadTemplate {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

impl Template {
    /// Takes `text` apart.
    ///
    /// # Errors
    /// Where a `{{` is not closed, or what stands between is no name, maker or text.
    pub fn parse(text: &str) -> Result<Self, BadTemplate> {
        let mut template = Self::default();
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            template.push_text(&rest[..start]);
            let inner = &rest[start + 2..];
            let end = closing(inner).ok_or_else(|| {
                BadTemplate::new(
                    format!("\"{{{{{}\" is not closed", crate::problem::short(inner)),
                    "close it with }}, or write {{\"{{\"}} where two braces are meant",
                )
            })?;
            match parse_use(inner[..end].trim())? {
                ValueUse { source: Source::Literal(text), changes } if changes.is_empty() => template.push_text(&text),
                used => template.pieces.push(Piece::Use(used)),
            }
            rest = &inner[end + 2..];
        }
        template.push_text(rest);
        Ok(template)
    }

    fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// The text, where nothing is to be filled in.
    pub fn fixed(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The only piece, where the whole text is one `{{…}}`.
    pub fn single(&self) -> Option<&ValueUse> {
        match self.pieces.as_slice() {
            [Piece::Use(used)] => Some(used),
            _ => None,
        }
    }

    /// What is filled in, in order.
    pub fn uses(&self) -> impl Iterator<Item = &ValueUse> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Use(used) => Some(used),
            Piece::Text(_) => None,
        })
    }
}

/// The byte offset of the `}}` that closes, leaving aside those inside quotes.
fn closing(inner: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted && inner[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}

/// Takes the inside of a `{{…}}` apart.
fn parse_use(inner: &str) -> Result<ValueUse, BadTemplate> {
    let mut parts = split_outside_quotes(inner, '|').into_iter().map(str::trim);
    let source = parse_source(parts.next().unwrap_or_default())?;
    let changes = parts
        .map(|word| {
            Change::WORDS.iter().find(|(known, _)| *known == word).map(|(_, change)| *change).ok_or_else(|| {
                let known: Vec<&str> = Change::WORDS.iter().map(|(word, _)| *word).collect();
                BadTemplate::new(
                    format!("\"{word}\" is no way to change a value"),
                    match crate::scenario::node::nearest(word, &known) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("use one of: {}", known.join(", ")),
                    },
                )
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(ValueUse { source, changes })
}

/// Takes what stands before the first `|` apart.
fn parse_source(text: &str) -> Result<Source, BadTemplate> {
    if text.starts_with('"') {
        return match serde_json::from_str::<String>(text) {
            Ok(literal) => Ok(Source::Literal(literal)),
            Err(_) => Err(BadTemplate::new(format!("{text} is no proper text in quotes"), "close the quotes")),
        };
    }
    if let Some(open) = text.find('(') {
        let Some(arguments) = text[open + 1..].strip_suffix(')') else {
            return Err(BadTemplate::new(format!("\"{text}\" has no closing bracket"), "close it with )"));
        };
        return Maker::parse(text[..open].trim(), &arguments_of(arguments)?).map(Source::Made);
    }
    if is_name(text) {
        return Ok(Source::Name(text.to_owned()));
    }
    Err(BadTemplate::new(
        format!("\"{}\" is no name of a value", crate::problem::short(text)),
        "use letters, digits, _ and - only, such as {{token}} or {{people.email}}",
    ))
}

/// Whether `text` can be the name of a value: words of letters, digits, `_`, `-` and inner spaces, joined by dots.
pub fn is_name(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part.trim() == part
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
            && !part.starts_with('-')
    };
    text.len() <= 200 && text.split('.').all(word)
}

/// Arguments separated by commas: bare words and numbers, or JSON texts in quotes.
fn arguments_of(text: &str) -> Result<Vec<String>, BadTemplate> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let parts = split_outside_quotes(text, ',').into_iter().map(str::trim);
    parts
        .map(|part| match part.starts_with('"') {
            true => serde_json::from_str(part)
                .map_err(|_| BadTemplate::new(format!("{part} is no proper text in quotes"), "close the quotes")),
            false => Ok(part.to_owned()),
        })
        .collect()
}

/// Splits at `separator`, leaving aside those inside quotes.
fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == separator && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests;
