//! What is about to be passed on.

use tidemark_core::report::Form;
use tidemark_core::result::share::{contents, trimmed};

use crate::model::{Dialog, Model, Sharing};
use crate::text::share as say;

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Everything that is in the file: a sentence, and whether to look at it first.
    pub parts: Vec<(String, bool)>,
    /// What the file would be called, without its end.
    pub name: String,
    /// Whether there are failed requests to look at.
    pub samples: bool,
}

/// What would be passed on as it is set now; none while the result is read.
pub fn share(model: &Model) -> Option<Share> {
    let Some(Dialog::Share(wanted)) = &model.dialog else { return None };
    let (_, opened) = model.results.open.as_ref().filter(|(id, _)| id == wanted)?;
    let shared = trimmed(opened, &model.results.sharing.options());
    let name = say::file_name(&opened.header.title, &opened.header.started_at, "");
    Some(Share {
        parts: contents(&shared).into_iter().map(|part| (part.text, part.review)).collect(),
        name: name.trim_end_matches('.').to_owned(),
        samples: !opened.summary.failures.is_empty(),
    })
}

/// The open result in a form, without what is left out: the name of its file, and its bytes. None where none is open.
pub fn form(model: &Model, form: Form) -> Option<(String, Vec<u8>)> {
    let (_, opened) = model.results.open.as_ref()?;
    let name = say::file_name(&opened.header.title, &opened.header.started_at, form.ending());
    Some((name, form.of(opened, None, &model.results.sharing.options()).into_bytes()))
}

/// What is left out.
pub fn sharing(model: &Model) -> Sharing {
    model.results.sharing
}
