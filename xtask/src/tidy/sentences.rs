//! What people read in the app stands in one place, is plain, and easy to read.
//!
//! Must not know what a sentence is for.

use super::Finding;
use super::tree::{File, Tree, line_of};

const TEXTS: &str = "app-model/src/text/";
const VIEWS: &str = "app-ui/src/view/";

/// Words of the trade that no newcomer knows, by how they begin. The glossary and the palette are searched by them.
const TRADE: [&str; 10] =
    ["vu", "vus", "thread", "sampler", "regex", "jsonpath", "payload", "iteration", "executor", "correlat"];
const SEARCHED_BY_THEM: [&str; 2] = ["app-model/src/text/glossary.rs", "app-model/src/text/commands.rs"];

/// The least reading ease of all sentences together (Flesch, 1948): 60 is plain English, for readers of about 13.
const EASE: f64 = 60.0;

/// Sentences are calm, without words of the trade, and easy.
pub fn plain(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut count = Count::default();
    for file in texts(tree) {
        for (line, text) in literals(file) {
            if text.contains("! ") || text.ends_with('!') && text.contains(' ') {
                findings.push(Finding::new(&file.path, line, "an exclamation mark", "say it calmly"));
            }
            let trade = words(&text).find(|word| TRADE.iter().any(|trade| is_trade(word, trade)));
            if let Some(word) = trade.filter(|_| !SEARCHED_BY_THEM.contains(&file.path.as_str())) {
                let what = format!("\"{word}\" is a word of the trade");
                findings.push(Finding::new(&file.path, line, what, "use the word that people use, as in the glossary"));
            }
            count.add(&text);
        }
    }
    if count.ease().is_some_and(|ease| ease < EASE) {
        let what = format!("the reading ease of all sentences is {:.0}, less than {EASE}", count.ease().unwrap_or(0.0));
        findings.push(Finding::new(TEXTS, 1, what, "use shorter words and sentences"));
    }
    findings
}

/// A view says nothing of its own.
pub fn in_one_place(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with(VIEWS)) {
        for (line, text) in literals(file).filter(|(_, text)| is_said(text)) {
            let what = format!("a view says \"{text}\"");
            findings.push(Finding::new(&file.path, line, what, "put it into app-model/src/text"));
        }
    }
    findings
}

/// Whether a text is for people: some words, the first one with a capital.
fn is_said(text: &str) -> bool {
    let mut letters = text.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    capital && text.contains(' ') && text.chars().all(|letter| !"{}[]<>=;".contains(letter))
}

fn is_trade(word: &str, trade: &str) -> bool {
    if trade.len() < 4 { word == trade } else { word.starts_with(trade) }
}

fn texts(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.rust().filter(|file| file.path.starts_with(TEXTS) && !file.is_test())
}

/// The insides of plain string literals outside of tests, with their lines.
fn literals(file: &File) -> impl Iterator<Item = (usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    // Where code and text differ there is a comment or a string; a string begins with its quote.
    while let Some(start) = file.text[at..].find('"').map(|found| at + found) {
        let inside = &file.text[start + 1..];
        let commented = file.text[..start].rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("//"));
        let length = if commented { inside.find('\n').unwrap_or(inside.len()) } else { closing(inside) };
        let line = line_of(&file.text, start);
        if !commented && !file.is_test_line(line) {
            found.push((line, inside[..length].to_owned()));
        }
        at = (start + 1 + length + 1).min(file.text.len());
    }
    found.into_iter()
}

/// Where a string ends whose opening quote was before.
fn closing(inside: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return at,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    inside.len()
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// What reading ease is worked out from.
#[derive(Default)]
struct Count {
    sentences: f64,
    words: f64,
    syllables: f64,
}

impl Count {
    fn add(&mut self, text: &str) {
        let sentences = text.split_inclusive(['.', '?', ':']).filter(|part| part.ends_with(['.', '?']));
        for sentence in sentences.filter(|sentence| words(sentence).count() >= 3) {
            self.sentences += 1.0;
            self.words += words(sentence).count() as f64;
            self.syllables += words(sentence).map(|word| syllables(&word)).sum::<usize>() as f64;
        }
    }

    fn ease(&self) -> Option<f64> {
        (self.sentences > 0.0)
            .then(|| 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words)
    }
}

/// About how many: groups of vowels, without a silent end.
fn syllables(word: &str) -> usize {
    let silent = (word.ends_with('e') && !word.ends_with("le")) || word.ends_with("ed") || word.ends_with("es");
    let mut count = 0;
    let mut in_vowels = false;
    for letter in word.chars() {
        let vowel = "aeiouy".contains(letter);
        count += usize::from(vowel && !in_vowels);
        in_vowels = vowel;
    }
    count.saturating_sub(usize::from(silent && count > 1)).max(1)
}
