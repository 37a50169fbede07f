//! The pieces of a web page that are worth keeping: what forms hide, tokens in its head, its title.

use scraper::{ElementRef, Html, Selector};

/// So many pieces are listed.
const MOST: usize = 100;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// How it is found.
    pub selector: String,
    /// The attribute that holds the value; the text if empty.
    pub attribute: String,
    /// What it holds.
    pub value: String,
}

/// What is looked for: the selector, the attribute that tells elements apart, and the one that holds the value.
const KINDS: &[(&str, &str, &str)] = &[
    ("title", "", ""),
    ("h1", "", ""),
    ("meta[name][content]", "name", "content"),
    ("input[name]", "name", "value"),
    ("textarea[name]", "name", ""),
    ("form[action]", "", "action"),
];

/// The pieces of a page, in the order of their kinds.
pub fn elements(text: &str) -> Vec<Element> {
    let page = Html::parse_document(text);
    let mut all = Vec::new();
    for (query, told_by, holds) in KINDS {
        let Ok(selector) = Selector::parse(query) else { continue };
        for element in page.select(&selector) {
            let Some(value) = content(&element, holds) else { continue };
            let tag = element.value().name();
            let selector = match element.value().attr(told_by) {
                Some(name) => format!("{tag}[{told_by}=\"{}\"]", name.replace('"', "\\\"")),
                None => tag.to_owned(),
            };
            let found = Element { selector, attribute: (*holds).to_owned(), value };
            if !all.iter().any(|known: &Element| known.selector == found.selector) {
                all.push(found);
            }
        }
    }
    all.truncate(MOST);
    all
}

fn content(element: &ElementRef, attribute: &str) -> Option<String> {
    let text = match attribute {
        "" => element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "),
        attribute => element.value().attr(attribute)?.to_owned(),
    };
    (!text.is_empty()).then_some(text)
}
