//! The files that git keeps, each as written and as code alone, and what cargo says about the crates.
//!
//! Must not know any rule.

use crate::run;
use serde_json::Value;

/// All that the rules look at.
pub struct Tree {
    pub files: Vec<File>,
    /// The answer of `cargo metadata --no-deps`.
    pub metadata: Value,
}

/// One text file.
pub struct File {
    /// From the workspace root, with `/`.
    pub path: String,
    pub text: String,
    /// Rust only, else empty: the same lines with comments and the insides of strings blanked out.
    pub code: String,
    /// Rust only: per line, whether it belongs to tests.
    test_lines: Vec<bool>,
}

impl Tree {
    /// Reads what git tracks and what it would track; ignored and binary files are left out.
    pub fn read() -> Result<Tree, String> {
        let listed =
            run::quietly(run::program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))
                .ok_or("could not list the files with `git ls-files`")?;
        let mut files = Vec::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // A file that is deleted and not yet committed, or that is not text, has nothing to check.
            if let Ok(text) = std::fs::read_to_string(run::root().join(path)) {
                files.push(File::new(path, text));
            }
        }
        let metadata = run::quietly(run::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))
            .ok_or("could not read the crates with `cargo metadata`")?;
        let metadata =
            serde_json::from_str(&metadata).map_err(|error| format!("could not read cargo's answer: {error}"))?;
        Ok(Tree { files, metadata })
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// The Cargo.toml of each member.
    pub fn member_manifests(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| {
            let folder = file.path.strip_suffix("/Cargo.toml");
            folder.is_some_and(|folder| !folder.contains('/'))
        })
    }
}

impl File {
    pub fn new(path: &str, text: impl Into<String>) -> File {
        let (path, text) = (path.to_owned(), text.into());
        if !path.ends_with(".rs") {
            return File { path, text, code: String::new(), test_lines: Vec::new() };
        }
        let code = code_alone(&text);
        let test_lines = test_lines(&code, is_test_path(&path));
        File { path, text, code, test_lines }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the whole file is tests, by its place.
    pub fn is_test(&self) -> bool {
        is_test_path(&self.path)
    }

    /// Whether a line, counted from 1, belongs to tests.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.test_lines.get(line - 1).copied().unwrap_or(false)
    }
}

fn is_test_path(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs")
}

/// Marks the lines of every item under `#[cfg(test)]`.
fn test_lines(code: &str, all: bool) -> Vec<bool> {
    let mut marks = vec![all; code.lines().count()];
    for (start, _) in code.match_indices("#[cfg(").filter(|(at, _)| {
        let condition = code[*at..].split(']').next().unwrap_or_default();
        condition.starts_with("#[cfg(test") || condition.starts_with("#[cfg(all(test")
    }) {
        let first = line_of(code, start);
        let last = line_of(code, item_end(code, start));
        for mark in marks.iter_mut().take(last).skip(first - 1) {
            *mark = true;
        }
    }
    marks
}

/// Where the item that starts at `start` ends: its closing brace, or the `;` of an item without one.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at,
            _ => {}
        }
    }
    code.len()
}

/// The line, counted from 1, that holds the byte at `at`.
pub fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Rust text with comments, and what stands inside quotes, replaced by spaces; lines stay where they are.
fn code_alone(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(next) = rest.chars().next() {
        // The `r` of a raw string starts a word; inside a word it is a letter.
        let (length, keep) = if in_word(before) && in_word(next) { (next.len_utf8(), true) } else { piece(rest) };
        let (taken, left) = rest.split_at(length);
        if keep {
            code.push_str(taken);
        } else {
            code.extend(taken.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        }
        before = taken.chars().next_back().unwrap_or(' ');
        rest = left;
    }
    code
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Length in bytes of the piece that `rest` starts with, and whether it is code.
fn piece(rest: &str) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = raw_string(rest) {
        return (length, false);
    }
    if rest.starts_with('"') {
        return (quoted(rest), false);
    }
    if rest.starts_with('\'') {
        return match char_literal(rest) {
            Some(length) => (length, false),
            None => (1, true), // a lifetime
        };
    }
    (rest.chars().next().map_or(1, char::len_utf8), true)
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a raw string (`r"…"`, `br#"…"#`), if `rest` starts with one.
fn raw_string(rest: &str) -> Option<usize> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        let after = rest.strip_prefix(prefix).map(|after| after.trim_start_matches('#'));
        after.is_some_and(|after| after.starts_with('"'))
    })?;
    let hashes = rest[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    let open = prefix.len() + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(rest[open..].find(&close).map_or(rest.len(), |at| open + at + close.len()))
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character in quotes, or `None` where the quote starts a lifetime.
fn char_literal(rest: &str) -> Option<usize> {
    let mut letters = rest.char_indices().skip(1);
    let (_, first) = letters.next()?;
    if first == '\\' {
        // The escaped letter itself may be a quote.
        letters.next()?;
        return letters.find(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1);
    }
    letters.next().filter(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let rows = [
            ("a(); // b()", "a();"),
            ("a(/* b /* c */ d */ e)", "a(e)"),
            (r#"a("b \" c", d)"#, "a(,d)"),
            ("a(r#\"b \" c\"#, d)", "a(,d)"),
            ("bar\"x\" + br\"y\"", "bar+"),
            ("a('\"', b, '\\'', c, '\\u{e9}', 'é', d)", "a(,b,,c,,,d)"),
            ("a::<'b>(c: &'b str)", "a::<'b>(c:&'bstr)"),
            ("\"a\nb\" c", "\nc"),
            ("d/2//3", "d/2"),
            ("\"open", ""),
        ];
        for (text, wanted) in rows {
            let code = code_alone(text);
            assert_eq!(code.replace(' ', ""), wanted, "{text}");
            assert_eq!(code.chars().count(), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn lines_under_cfg_test_are_tests() {
        let file = File::new(
            "core/src/a.rs",
            "a();\n#[cfg(test)]\nmod t {\n  b();\n}\nc();\n#[cfg(test)]\nmod tests;\nd();\n",
        );
        let marked: Vec<usize> = (1..=9).filter(|line| file.is_test_line(*line)).collect();
        assert_eq!(marked, [2, 3, 4, 5, 7, 8]);
        assert!(File::new("tests/it/a.rs", "a();").is_test_line(1));
        assert!(File::new("core/src/a/tests.rs", "a();").is_test_line(1));
    }
}
