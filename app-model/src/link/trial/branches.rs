//! Which ways a person went at forks, from the requests that followed: a trial tells requests, not conditions.
//!
//! Must not guess: where the requests leave it open, nothing is said.

use tidemark_core::scenario::{Act, Scenario, Step};

use crate::doc::place::{self, Lane, lanes_of, where_is};

/// The lists around a step, the outermost first, each with the number in it of the step or of what holds it.
fn way_to(scenario: &Scenario, step: &str) -> Vec<(Lane, usize)> {
    let mut way = Vec::new();
    let mut at = where_is(scenario, step);
    while let Some((lane, number)) = at {
        at = lane.holder().and_then(|holder| where_is(scenario, holder));
        way.push((lane, number));
    }
    way.reverse();
    way
}

/// The forks between the last step and this one, by id, and whether each was true. `last` is `None` where a task begins.
pub(super) fn taken(scenario: &Scenario, last: Option<&str>, step: &str) -> Vec<(String, bool)> {
    let (before, here) = (last.map(|last| way_to(scenario, last)).unwrap_or_default(), way_to(scenario, step));
    let mut all = Vec::new();
    let mut together = true;
    for (deep, (lane, number)) in here.iter().enumerate() {
        let same = before.get(deep).filter(|(other, _)| together && other == lane).map(|(_, number)| *number);
        if let (None, Lane::Then(fork) | Lane::Otherwise(fork)) = (same, lane) {
            all.push((fork.clone(), matches!(lane, Lane::Then(_))));
        }
        // Whoever stood further on before has come round again, by the start of the list.
        let from = match same {
            Some(other) if other < *number => other + 1,
            Some(other) if other == *number => *number,
            _ => 0,
        };
        together = same == Some(*number);
        let passed = place::list(scenario, lane).and_then(|steps| steps.get(from..*number)).unwrap_or_default();
        all.extend(passed.iter().filter(|step| was_false(step)).map(|step| (step.id.clone(), false)));
    }
    all
}

/// Whether a fork that was passed without a request was not true: there would have been one.
fn was_false(step: &Step) -> bool {
    match &step.act {
        Act::OnlyIf(only_if) => !step.off && sends(&only_if.then) && !sends(&only_if.otherwise),
        _ => false,
    }
}

/// Whether a list sends something whatever happens.
fn sends(steps: &[Step]) -> bool {
    steps.iter().filter(|step| !step.off).any(|step| match &step.act {
        Act::Request(_) => true,
        Act::Group(_) | Act::Parallel(_) => lanes_of(step).into_iter().any(|(_, inside)| sends(inside)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use tidemark_core::scenario::read;

    use super::taken;

    const TEXT: &str = r#"{ "format": 1, "users": [ { "tasks": [ { "id": "t", "steps": [
        { "id": "a", "request": { "url": "/a" } },
        { "id": "if", "only_if": { "value": "x", "is": "present",
            "then": [ { "id": "b", "request": { "url": "/b" } }, { "id": "b2", "request": { "url": "/b2" } } ],
            "else": [ { "id": "c", "request": { "url": "/c" } } ] } },
        { "id": "maybe", "only_if": { "value": "x", "is": "present",
            "then": [ { "id": "d", "request": { "url": "/d" } } ] } },
        { "id": "e", "request": { "url": "/e" } }
    ] } ] } ] }"#;

    type Forks = &'static [(&'static str, bool)];

    #[test]
    fn the_requests_tell_which_way_was_gone() {
        let (scenario, _) = read(TEXT).unwrap();
        let rows: [(Option<&str>, &str, Forks); 7] = [
            (None, "a", &[]),
            (Some("a"), "b", &[("if", true)]),
            (Some("b"), "b2", &[]),
            (Some("a"), "c", &[("if", false)]),
            (Some("c"), "d", &[("maybe", true)]),
            (Some("b"), "e", &[("maybe", false)]),
            // Nobody knows of the first fork, as both of its ways send something.
            (Some("a"), "e", &[("maybe", false)]),
        ];
        for (last, step, wanted) in rows {
            let found = taken(&scenario, last, step);
            let found: Vec<(&str, bool)> = found.iter().map(|(id, yes)| (id.as_str(), *yes)).collect();
            assert_eq!(found, wanted, "{last:?} → {step}");
        }
    }
}
