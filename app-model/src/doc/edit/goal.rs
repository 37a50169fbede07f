//! Goals and rules to stop early. Must not judge them.

use tidemark_core::scenario::{GoalLimit, GoalRule, Scenario};
use tidemark_core::units::Span;

use crate::doc::edit::{Done, Refused};
use crate::doc::place::Item;
use crate::text::edits as say;

/// A change of goals. Numbers are from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalEdit {
    /// Another goal.
    Add(GoalRule),
    /// A goal, with the field that changed.
    Set(usize, &'static str, GoalRule),
    /// Another rule to stop early.
    AddStop(GoalRule),
    /// A rule to stop early, with the field that changed.
    SetStop(usize, &'static str, GoalRule),
    /// The two usual goals.
    AddUsual,
}

/// A goal that a measure stays below a limit: `p95`, `800ms`.
pub fn below(measure: &str, limit: &str) -> GoalRule {
    GoalRule {
        measure: measure.to_owned(),
        limit: GoalLimit { below: Some(limit.to_owned()), ..GoalLimit::default() },
        ..GoalRule::default()
    }
}

/// The usual goals: 95 of 100 within 800 ms, fewer than 1 in 100 fail.
pub fn usual() -> [GoalRule; 2] {
    [below("p95", "800ms"), below("failures", "1%")]
}

/// The usual rule to stop early: more than half fail for 30 seconds.
pub fn usual_stop() -> GoalRule {
    // A rule to stop says when to stop, where a goal says what is to be kept.
    let limit = GoalLimit { above: Some("50%".to_owned()), hold: Some(Span::from_secs(30)), ..GoalLimit::default() };
    GoalRule { measure: "failures".to_owned(), limit, ..GoalRule::default() }
}

pub(super) fn apply(scenario: &mut Scenario, edit: &GoalEdit) -> Result<Done, Refused> {
    match edit {
        GoalEdit::Add(rule) => {
            scenario.goals.push(rule.clone());
            Ok(Done::once(say::ADD_GOAL).and_select(Item::Goal(scenario.goals.len() - 1)))
        }
        GoalEdit::Set(at, field, rule) => {
            *scenario.goals.get_mut(*at).ok_or_else(Refused::gone)? = rule.clone();
            Ok(Done::typed(say::CHANGE_GOAL, format!("goal {at} {field}")).and_select(Item::Goal(*at)))
        }
        GoalEdit::AddStop(rule) => {
            scenario.stop_early.push(rule.clone());
            Ok(Done::once(say::ADD_STOP_RULE).and_select(Item::StopRule(scenario.stop_early.len() - 1)))
        }
        GoalEdit::SetStop(at, field, rule) => {
            *scenario.stop_early.get_mut(*at).ok_or_else(Refused::gone)? = rule.clone();
            Ok(Done::typed(say::CHANGE_STOP_RULE, format!("stop {at} {field}")).and_select(Item::StopRule(*at)))
        }
        GoalEdit::AddUsual => {
            for rule in usual() {
                if !scenario.goals.iter().any(|goal| goal.measure == rule.measure && goal.limit.of.is_empty()) {
                    scenario.goals.push(rule);
                }
            }
            Ok(Done::once(say::ADD_USUAL_GOALS).and_select(Item::Goal(scenario.goals.len().saturating_sub(1))))
        }
    }
}
