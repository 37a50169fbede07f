//! A command line taken apart as its shell would: bash with its quotes, or the Windows command line with its `^`.
//!
//! Must not know what the words mean.

/// The words of each command, in order.
pub(super) fn commands(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n");
    if is_windows(&text) { split(&without_carets(&text), true) } else { split(&text, false) }
}

/// Whether a command was written for the Windows command line: `^` at the end of a line or before a quote.
fn is_windows(text: &str) -> bool {
    text.contains("^\n") || text.contains("^\"") || text.contains(" ^ ")
}

/// Undoes `^`: before a line break it joins lines, before anything else it stands for that.
fn without_carets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '^' => match letters.next() {
                // An escaped line break inside quotes is written as two; outside it joins.
                Some('\n') => out.push(' '),
                Some(next) => out.push(next),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// Splits at white space outside quotes; a line break, `;`, `|` and `&&` end a command.
fn split(text: &str, windows: bool) -> Vec<Vec<String>> {
    let mut reader = Reader { letters: text.chars().peekable(), windows, word: None, all: vec![Vec::new()] };
    reader.read();
    reader.all.retain(|command| !command.is_empty());
    reader.all
}

struct Reader<'t> {
    letters: std::iter::Peekable<std::str::Chars<'t>>,
    windows: bool,
    word: Option<String>,
    all: Vec<Vec<String>>,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(letter) = self.letters.next() {
            match letter {
                '\n' => self.end_command(),
                ';' | '|' if !self.windows => self.end_command(),
                '&' if self.letters.peek() == Some(&'&') => {
                    self.letters.next();
                    self.end_command();
                }
                letter if letter.is_whitespace() => self.end_word(),
                '\\' | '`' if self.letters.peek() == Some(&'\n') => {
                    self.letters.next();
                    self.end_word();
                }
                '\'' if !self.windows => self.plain_quotes(),
                '"' => self.double_quotes(),
                '$' if !self.windows && self.letters.peek() == Some(&'\'') => {
                    self.letters.next();
                    self.bash_quotes();
                }
                '\\' => {
                    let next = self.letters.next().unwrap_or('\\');
                    self.push(next);
                }
                other => self.push(other),
            }
        }
        self.end_word();
    }

    fn push(&mut self, letter: char) {
        self.word.get_or_insert_default().push(letter);
    }

    fn end_word(&mut self) {
        if let (Some(word), Some(command)) = (self.word.take(), self.all.last_mut()) {
            command.push(word);
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.all.push(Vec::new());
    }

    /// `'…'`: everything as it stands.
    fn plain_quotes(&mut self) {
        self.word.get_or_insert_default();
        while let Some(letter) = self.letters.next().filter(|letter| *letter != '\'') {
            self.push(letter);
        }
    }

    /// `"…"`: `\` before `"`, `\`, `$`, `` ` `` and a line break; on Windows `""` is a quote too.
    fn double_quotes(&mut self) {
        self.word.get_or_insert_default();
        while let Some(letter) = self.letters.next() {
            match letter {
                '"' if self.windows && self.letters.peek() == Some(&'"') => {
                    self.letters.next();
                    self.push('"');
                }
                '"' => return,
                '\\' => match self.letters.peek() {
                    Some('\n') => {
                        self.letters.next();
                    }
                    Some('"' | '\\') => self.push_next(),
                    Some('$' | '`') if !self.windows => self.push_next(),
                    _ => self.push('\\'),
                },
                other => self.push(other),
            }
        }
    }

    fn push_next(&mut self) {
        if let Some(next) = self.letters.next() {
            self.push(next);
        }
    }

    /// `$'…'`: with `\n`, `\'`, `\x41`, `\u00e9` and `\101`.
    fn bash_quotes(&mut self) {
        self.word.get_or_insert_default();
        while let Some(letter) = self.letters.next() {
            match letter {
                '\'' => return,
                '\\' => self.escape(),
                other => self.push(other),
            }
        }
    }

    fn escape(&mut self) {
        let Some(kind) = self.letters.next() else { return };
        let plain = match kind {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'e' | 'E' => '\u{1b}',
            'x' => return self.bytes(),
            'u' => return self.code(4),
            'U' => return self.code(8),
            '0'..='7' => {
                let mut value = kind.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(digit) = self.letters.peek().and_then(|digit| digit.to_digit(8)) else { break };
                    value = value * 8 + digit;
                    self.letters.next();
                }
                char::from_u32(value).unwrap_or('\u{fffd}')
            }
            other => other,
        };
        self.push(plain);
    }

    fn digits(&mut self, most: usize) -> u32 {
        let mut value = 0;
        for _ in 0..most {
            let Some(digit) = self.letters.peek().and_then(|digit| digit.to_digit(16)) else { break };
            value = value * 16 + digit;
            self.letters.next();
        }
        value
    }

    /// `\uXXXX`; two halves of a surrogate pair make one letter.
    fn code(&mut self, most: usize) {
        let mut value = self.digits(most);
        if (0xd800..0xdc00).contains(&value) {
            let mut ahead = self.letters.clone();
            if ahead.next() == Some('\\') && ahead.next() == Some('u') {
                self.letters.next();
                self.letters.next();
                let low = self.digits(4);
                value = 0x10000 + ((value - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
            }
        }
        self.push(char::from_u32(value).unwrap_or('\u{fffd}'));
    }

    /// `\xc3\xa9`: bytes in a row are UTF-8 together.
    fn bytes(&mut self) {
        let mut bytes = vec![self.digits(2) as u8];
        loop {
            let mut ahead = self.letters.clone();
            if ahead.next() != Some('\\') || ahead.next() != Some('x') {
                break;
            }
            self.letters.next();
            self.letters.next();
            bytes.push(self.digits(2) as u8);
        }
        for letter in String::from_utf8_lossy(&bytes).chars() {
            self.push(letter);
        }
    }
}
