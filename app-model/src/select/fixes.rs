//! What mends a problem with one click: for each code an edit or more, with the words on the button.
//!
//! Must not make any of them: a fix is an edit like any other, and can be undone.

mod flow;
mod settings;

use tidemark_core::problem::{Part, Problem};
use tidemark_core::scenario::{PauseTime, Scenario};
use tidemark_core::units::Span;

use crate::doc::Item;
use crate::doc::edit::Edit;
use crate::select::problems::item_at;

/// A button beside a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it says.
    pub label: String,
    /// What it does.
    pub edit: Edit,
}

/// A problem with what can be done about it.
struct At<'a> {
    scenario: &'a Scenario,
    item: Item,
    place: &'a [Part],
    /// What is said about it.
    message: &'a str,
    fixes: Vec<Fix>,
}

impl At<'_> {
    fn offer(&mut self, label: impl Into<String>, edit: Edit) {
        self.fixes.push(Fix { label: label.into(), edit });
    }

    /// The last key of the place, such as `url`.
    fn key(&self) -> &str {
        let keys = self.place.iter().rev().filter_map(|part| match part {
            Part::Key(key) => Some(key.as_str()),
            Part::Index(_) => None,
        });
        keys.into_iter().next().unwrap_or_default()
    }

    /// The number behind a key of the place.
    fn number(&self, key: &str) -> Option<usize> {
        let at = self.place.iter().position(|part| *part == Part::Key(key.to_owned()))?;
        match self.place.get(at + 1) {
            Some(Part::Index(number)) => Some(*number),
            _ => None,
        }
    }
}

/// The fixes of a problem, best first; none where only a person can know.
pub fn fixes(scenario: &Scenario, problem: &Problem) -> Vec<Fix> {
    let item = item_at(scenario, &problem.place);
    let mut at = At { scenario, item, place: &problem.place.0, message: &problem.message, fixes: Vec::new() };
    if !flow::offer(&mut at, problem.code) {
        settings::offer(&mut at, problem.code);
    }
    at.fixes
}

/// The pause that is offered: 1 to 3 seconds.
pub fn usual_pause() -> PauseTime {
    PauseTime::Between((Span::from_secs(1), Span::from_secs(3)))
}
