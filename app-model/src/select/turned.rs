//! What the last undo or redo changed, to be lit up. Must not undo anything.

use std::collections::BTreeSet;

use crate::doc::place::{self, Lane};
use crate::model::Model;
use crate::select::outline::row_id;

/// How many times something was undone or redone, and what that changed, by name on the page.
pub fn turned(model: &Model) -> (u64, BTreeSet<String>) {
    let Some(test) = &model.test else { return Default::default() };
    let (count, items) = test.doc.turned();
    (count, items.iter().map(row_id).collect())
}

/// Whether the open test has such a list of steps.
pub fn has_lane(model: &Model, lane: &Lane) -> bool {
    model.test.as_ref().is_some_and(|test| place::list(test.doc.scenario(), lane).is_some())
}
