//! What is wrong with a scenario: every mistake that can be known without sending anything, with its place and a hint.
//!
//! Each rule is one function over a [`Walk`] through the document. Must not know how a scenario is compiled or run.

mod context;
mod flow;
mod names;
mod note;
mod reading;
mod rules;
mod uses;
mod walk;

pub use context::{Context, TableFacts};
pub use note::Out;
pub use reading::{Known, READING, problems_markdown};
pub use rules::RULES;
pub use walk::Walk;

use std::collections::HashMap;

use crate::locate::{duplicate_keys, find_all};
use crate::problem::{Place, Problem, Severity, short};
use crate::scenario::{Scenario, Unreadable, read};

/// One rule: what it is called, how much it matters, and the function that looks for it.
#[derive(Debug)]
pub struct Rule {
    /// Stable, readable code.
    pub code: &'static str,
    /// How much it matters; less in parts that are switched off.
    pub severity: Severity,
    /// What it means, in a sentence or two.
    pub about: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// Looks for it.
    pub run: fn(&Walk, &mut Out),
}

/// A scenario with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The document, as far as it could be understood.
    pub scenario: Scenario,
    /// What stops a run first, then what is probably wrong, then tips; each in the order of the document.
    pub problems: Vec<Problem>,
}

/// Looks for mistakes. What stops a run comes first; of one kind at most [`Out::MOST`] are told.
pub fn check(scenario: &Scenario, context: &Context) -> Vec<Problem> {
    let walk = Walk::new(scenario, context);
    let mut found = Vec::new();
    for rule in RULES.iter().flat_map(|(_, rules)| *rules) {
        let mut out = Out::new(rule.code, rule.severity, &walk);
        (rule.run)(&walk, &mut out);
        found.extend(out.finish());
    }
    found.sort_by_key(|(order, problem)| (problem.severity, *order));
    found.into_iter().map(|(_, problem)| problem).collect()
}

/// Reads and checks a text, knowing nothing but the text.
///
/// # Errors
/// Only where there is no document at all; see [`read`].
pub fn all_problems(text: &str) -> Result<Checked, Unreadable> {
    all_problems_in(text, &Context::default())
}

/// Reads and checks a text.
///
/// # Errors
/// Only where there is no document at all; see [`read`].
pub fn all_problems_in(text: &str, context: &Context) -> Result<Checked, Unreadable> {
    let (scenario, mut problems) = read(text)?;
    problems.extend(duplicate_keys(text).into_iter().take(Out::MOST).map(|(place, key)| Problem {
        code: "duplicate-key",
        severity: Severity::Stop,
        place,
        message: format!("\"{}\" stands here twice; only the last one counts", short(&key)),
        hint: "remove one of the two, or make a list of them".to_owned(),
    }));
    problems.extend(check(&scenario, context));
    let spots: Vec<Option<usize>> = {
        let places: Vec<&Place> = problems.iter().map(|problem| &problem.place).collect();
        find_all(text, &places)
    };
    let mut order: Vec<usize> = (0..problems.len()).collect();
    order.sort_by_key(|at| (problems[*at].severity, spots[*at]));
    let mut taken: HashMap<usize, Problem> = problems.into_iter().enumerate().collect();
    let problems = order.into_iter().filter_map(|at| taken.remove(&at)).collect();
    Ok(Checked { scenario, problems })
}

#[cfg(test)]
mod tests;
