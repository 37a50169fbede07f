//! One answer's body, as its checks and saves look at it: decoded, parsed as JSON, parsed as HTML, each at most once.
//!
//! Must not know what is looked for.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use scraper::Html;
use serde_json::Value;

use crate::charset::Charset;
use crate::traffic::Answer;

/// Lazily parsed views of an answer's body.
#[derive(Debug)]
pub struct BodyView<'a> {
    answer: &'a Answer,
    text: OnceCell<Cow<'a, str>>,
    json: OnceCell<Option<Value>>,
    html: OnceCell<Html>,
    scans: Cell<u32>,
}

impl<'a> BodyView<'a> {
    /// Looks at `answer`'s body. Nothing is parsed yet.
    pub fn new(answer: &'a Answer) -> Self {
        let (text, json, html) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { answer, text, json, html, scans: Cell::new(0) }
    }

    /// The body as text: by its mark (BOM), else by the `charset` of Content-Type, else as UTF-8. Bytes that don't fit
    /// become U+FFFD. Without the mark.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let label = self.answer.headers.get("content-type").and_then(|value| charset(&value));
            let body = &self.answer.body;
            let (charset, mark) = Charset::by_mark(body).unwrap_or((label.unwrap_or(Charset::UTF_8), 0));
            charset.lossy(&body[mark..]).0
        })
    }

    /// The body as JSON; `None` where it is none. Of several fields with the same name the last counts.
    pub fn json(&self) -> Option<&Value> {
        self.json.get_or_init(|| serde_json::from_str(self.text()).ok()).as_ref()
    }

    /// The body as HTML; whatever it is, a browser's parser makes something of it.
    pub fn html(&self) -> &Html {
        self.html.get_or_init(|| Html::parse_document(self.text()))
    }

    /// Whether a single field is better found by scanning the text than in the tree: as long as there is no tree, and
    /// the text hasn't been scanned so often that the tree would have been cheaper.
    pub(crate) fn scan_pays(&self) -> bool {
        let scans = self.scans.get();
        self.scans.set(scans + 1);
        self.json.get().is_none() && scans < SCANS
    }
}

/// So many scans cost about as much as one tree: a scan was measured to take a sixth (165 bytes) to a ninth (4.7 kB) of
/// a tree's time. So nothing ever takes more than about twice the least possible.
const SCANS: u32 = 6;

/// The encoding named in a Content-Type.
fn charset(content_type: &str) -> Option<Charset> {
    let (_, more) = content_type.split_once(';')?;
    more.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("charset");
        named.then(|| Charset::named(value.trim().trim_matches('"'))).flatten()
    })
}
