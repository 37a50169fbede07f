//! Checks of answers and conditions about values.

use std::collections::HashMap;

use regex::Regex;
use serde_json::Value;

use super::{stop, tip, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{Spot, Walk, check_key};
use crate::plan::extract::Path;
use crate::problem::{Severity, short};
use crate::scenario::{CheckKind, Comparison};
use crate::units::{Span, parse_bytes};

pub(super) const RULES: &[Rule] = &[
    stop(
        "empty-check",
        "A check doesn't say what it looks at.",
        "Say what: status, within, contains, json and so on.",
        empty_check,
    ),
    stop(
        "check-needs-answer",
        "A check that stands alone looks at an answer, but only a request has one.",
        "Move it into the request, or check a saved value.",
        check_needs_answer,
    ),
    stop(
        "empty-condition",
        "A condition doesn't say what must be true.",
        "Add value and is, or a list all or any.",
        empty_condition,
    ),
    stop(
        "comparison-missing",
        "A check or condition doesn't say how to compare.",
        "Add \"is\", such as present, equal or above.",
        comparison_missing,
    ),
    stop(
        "comparison-without-to",
        "A comparison doesn't say what to compare with.",
        "Add \"to\".",
        comparison_without_to,
    ),
    warn("comparison-not-used", "\"is\" or \"to\" stand where they do nothing.", "Remove them.", comparison_not_used),
    stop(
        "bad-comparison",
        "What is compared with doesn't fit: above and below need a number, lengths a whole number.",
        "Write a fitting value in \"to\".",
        bad_comparison,
    ),
    stop(
        "bad-pattern",
        "A pattern (regular expression) can't be understood.",
        "Follow the hint; a \\ is written \\\\ in JSON.",
        bad_pattern,
    ),
    stop("bad-json-path", "A JSONPath can't be understood.", "Write it like $.items[0].id.", bad_json_path),
    stop(
        "bad-size",
        "A size is missing, can't be read, or its limits are upside down.",
        "Write sizes like \"100kB\".",
        bad_size,
    ),
    warn(
        "within-nothing",
        "A check wants an answer in no time at all.",
        "Write a time such as \"800ms\".",
        within_nothing,
    ),
    tip(
        "checks-accept-everything",
        "A check is true whatever the answer is.",
        "Check for \"2xx\", or for a text that only a good answer has.",
        checks_accept_everything,
    ),
];

fn empty_check(walk: &Walk, out: &mut Out) {
    for (spot, check, _) in walk.checks() {
        if check.what == CheckKind::Nothing && !unreadable(&check.extra, CheckKind::KEYS) {
            let hint = format!("add one of: {}", CheckKind::KEYS.join(", "));
            out.say(spot, "the check doesn't say what it looks at", hint);
        }
    }
}

fn check_needs_answer(walk: &Walk, out: &mut Out) {
    for (spot, check, of_request) in walk.checks() {
        if !of_request && !matches!(check.what, CheckKind::Value(_) | CheckKind::Nothing) {
            let hint = "move it into a request, or check a \"value\" such as last.status";
            out.say(spot, "there is no answer to look at here", hint);
        }
    }
}

fn empty_condition(walk: &Walk, out: &mut Out) {
    for one in &walk.conditions {
        let condition = one.condition;
        let given = [!condition.value.is_empty(), !condition.all.is_empty(), !condition.any.is_empty()];
        match given.iter().filter(|given| **given).count() {
            0 if !unreadable(&condition.extra, &["value", "all", "any"]) => {
                out.say(one.at, "nothing is said to be true", "add \"value\" and \"is\", or a list \"all\" or \"any\"");
            }
            2.. => out.say(one.at, "value, all and any can't stand together", "put them into one list \"all\""),
            _ => {}
        }
    }
}

/// A comparison where one is needed.
struct Compared<'w> {
    spot: Spot,
    is: Option<Comparison>,
    to: Option<&'w Value>,
    /// Whether one of the two stands in the file but could not be read.
    unread: bool,
}

fn comparisons<'w>(walk: &'w Walk) -> impl Iterator<Item = Compared<'w>> {
    let checks = walk
        .checks()
        .filter(|(_, check, _)| matches!(check.what, CheckKind::Json(_) | CheckKind::Header(_) | CheckKind::Value(_)));
    let checks = checks.map(|(spot, check, _)| Compared {
        spot,
        is: check.is,
        to: check.to.as_ref(),
        unread: unreadable(&check.extra, &["is", "to"]),
    });
    let conditions = walk.conditions.iter().filter(|one| !one.condition.value.is_empty());
    checks.chain(conditions.map(|one| Compared {
        spot: one.at.into(),
        is: one.condition.is,
        to: one.condition.to.as_ref(),
        unread: unreadable(&one.condition.extra, &["is", "to"]),
    }))
}

fn comparison_missing(walk: &Walk, out: &mut Out) {
    for one in comparisons(walk).filter(|one| one.is.is_none() && !one.unread) {
        out.say(one.spot, "it is not said how to compare", "add \"is\": \"present\", or \"is\": \"equal\" and \"to\"");
    }
}

fn comparison_without_to(walk: &Walk, out: &mut Out) {
    for one in comparisons(walk).filter(|one| one.to.is_none() && !one.unread) {
        if let Some(is) = one.is.filter(|is| !matches!(is, Comparison::Present | Comparison::Missing)) {
            out.say(one.spot, format!("\"{}\" needs something to compare with", is.word()), "add \"to\"");
        }
    }
}

fn comparison_not_used(walk: &Walk, out: &mut Out) {
    for (spot, check, _) in walk.checks() {
        let compared =
            matches!(check.what, CheckKind::Json(_) | CheckKind::Header(_) | CheckKind::Value(_) | CheckKind::Nothing);
        if !compared && (check.is.is_some() || check.to.is_some()) {
            let message = format!("\"{}\" is not compared, so \"is\" and \"to\" do nothing", check_key(&check.what));
            out.say(spot, message, "remove them");
        }
    }
    for one in comparisons(walk).filter(|one| one.to.is_some()) {
        if matches!(one.is, Some(Comparison::Present | Comparison::Missing)) {
            out.say(one.spot, "whether it is there needs nothing to compare with", "remove \"to\", or use \"equal\"");
        }
    }
}

fn bad_comparison(walk: &Walk, out: &mut Out) {
    use Comparison::{Above, AtLeast, AtMost, Below, LengthAbove, LengthBelow, LengthEqual};
    for one in comparisons(walk) {
        let (Some(is), Some(to)) = (one.is, one.to) else { continue };
        if to.as_str().is_some_and(|text| text.contains("{{")) {
            continue;
        }
        let number = to.as_f64().or_else(|| to.as_str().and_then(|text| text.trim().parse::<f64>().ok()));
        let number = number.filter(|number| number.is_finite());
        let wanted = match is {
            Above | Below | AtLeast | AtMost if number.is_none() => "a number",
            LengthEqual | LengthAbove | LengthBelow if number.is_none_or(|n| n < 0.0 || n.fract() != 0.0) => {
                "a whole number from 0 up"
            }
            _ => continue,
        };
        out.say(one.spot.key("to"), format!("\"{}\" needs {wanted}", is.word()), format!("write {wanted}"));
    }
}

/// Tells what is wrong with patterns, understanding each different one only once.
#[derive(Default)]
pub(super) struct Patterns<'w> {
    known: HashMap<&'w str, Option<String>>,
}

impl<'w> Patterns<'w> {
    /// What is wrong with a pattern. One with `{{values}}` is known only at run time.
    pub(super) fn wrong(&mut self, pattern: &'w str) -> Option<String> {
        if pattern.contains("{{") {
            return None;
        }
        let look = || Regex::new(pattern).err().map(|error| explain(&error));
        self.known.entry(pattern).or_insert_with(look).clone()
    }
}

/// The last line of what the parser says, which names the mistake.
fn explain(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    short(last.strip_prefix("error: ").unwrap_or(last))
}

fn bad_pattern(walk: &Walk, out: &mut Out) {
    let mut patterns = Patterns::default();
    let mut tell = |spot: Spot, pattern: &'_ str, wrong: Option<String>| {
        if let Some(wrong) = wrong {
            let message = format!("the pattern \"{}\" can't be understood: {wrong}", short(pattern));
            out.say(spot, message, "mend it; a \\ is written \\\\ in JSON");
        }
    };
    for (spot, check, _) in walk.checks() {
        if let CheckKind::Matches(pattern) = &check.what {
            tell(spot.key("matches"), pattern, patterns.wrong(pattern));
        }
    }
    for one in comparisons(walk).filter(|one| one.is == Some(Comparison::Matches)) {
        match one.to {
            Some(Value::String(pattern)) => tell(one.spot.key("to"), pattern, patterns.wrong(pattern)),
            Some(_) => tell(one.spot.key("to"), "", Some("it must be text".to_owned())),
            None => {}
        }
    }
    for (spot, save) in walk.saves() {
        if let crate::scenario::SaveFrom::Pattern(pattern) = &save.from {
            tell(spot.key("pattern"), pattern, patterns.wrong(pattern));
        }
    }
}

fn bad_json_path(walk: &Walk, out: &mut Out) {
    let mut tell = |spot: Spot, path: &str| {
        if let Err(bad) = Path::compile(path) {
            out.say(spot.key("json"), bad.message, bad.hint);
        }
    };
    for (spot, check, _) in walk.checks() {
        if let CheckKind::Json(path) = &check.what {
            tell(spot, path);
        }
    }
    for (spot, save) in walk.saves() {
        if let crate::scenario::SaveFrom::Json(path) = &save.from {
            tell(spot, path);
        }
    }
}

fn bad_size(walk: &Walk, out: &mut Out) {
    for (spot, check, _) in walk.checks() {
        let CheckKind::Size(size) = &check.what else { continue };
        let spot = spot.key("size");
        if unreadable(&size.extra, &["at_least", "at_most"]) {
            continue;
        }
        if size.at_least.is_empty() && size.at_most.is_empty() {
            out.say(spot, "no limit is given", "add \"at_least\" or \"at_most\", such as \"100kB\"");
            continue;
        }
        for (key, text) in [("at_least", &size.at_least), ("at_most", &size.at_most)] {
            if !text.is_empty() && parse_bytes(text).is_none() {
                let message = format!("\"{}\" is no size", short(text));
                out.say(spot.clone().key(key), message, "write it like \"512B\", \"100kB\" or \"2MB\"");
            }
        }
        if let (Some(least), Some(most)) = (parse_bytes(&size.at_least), parse_bytes(&size.at_most))
            && least > most
            && !size.at_least.is_empty()
            && !size.at_most.is_empty()
        {
            out.say(spot, "at_least lies above at_most", "swap the two");
        }
    }
}

fn within_nothing(walk: &Walk, out: &mut Out) {
    for (spot, check, _) in walk.checks() {
        if check.what == CheckKind::Within(Span::ZERO) {
            out.say(spot.key("within"), "no answer arrives in no time", "write a time such as \"800ms\"");
        }
    }
}

fn checks_accept_everything(walk: &Walk, out: &mut Out) {
    for (spot, check, _) in walk.checks() {
        let everything = match &check.what {
            CheckKind::Status(set) => {
                (100..=599).step_by(100).all(|class| (class..class + 100).all(|code| set.has(code)))
            }
            CheckKind::Contains(text) => text.is_empty(),
            CheckKind::Matches(pattern) => matches!(pattern.as_str(), "" | ".*" | "^.*$" | "^" | "$" | "(?s).*"),
            CheckKind::Size(size) => {
                size.at_most.is_empty() && parse_bytes(&size.at_least) == Some(0) && !size.at_least.is_empty()
            }
            _ => false,
        };
        let empty_lacks = matches!(&check.what, CheckKind::Lacks(text) if text.is_empty());
        if everything {
            let hint = "check for \"2xx\", or for a text that only a good answer has";
            out.say(spot, "this check is true whatever the answer is", hint);
        } else if empty_lacks {
            let message = "this check is never true: every answer contains nothing";
            out.say_as(Severity::Warn, spot, message, "write the text that must not be there");
        }
    }
}
