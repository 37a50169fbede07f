//! What is kept from answers: where it stands, and under which name.

use std::collections::HashMap;

use super::{stop, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{Spot, Walk};
use crate::plan::template::is_name;
use crate::problem::short;
use crate::scenario::{Act, OnMissing, SaveFrom};

pub(super) const RULES: &[Rule] = &[
    stop(
        "save-without-name",
        "A value is saved without a name, so nothing can use it.",
        "Add a name.",
        save_without_name,
    ),
    stop(
        "bad-save-name",
        "A value is saved under a name that can't be used as {{name}}.",
        "Use letters, digits and _ only.",
        bad_save_name,
    ),
    stop(
        "save-from-nowhere",
        "It is not said where in the answer the value stands.",
        "Add json, pattern, header, cookie, css or between.",
        save_from_nowhere,
    ),
    stop("bad-selector", "A CSS selector can't be understood.", "Write it like input[name=csrf].", bad_selector),
    stop(
        "empty-mark",
        "The text between two marks is wanted, but both are empty.",
        "Write some text that stands before, or after, or both.",
        empty_mark,
    ),
    warn(
        "save-field-not-used",
        "attribute stands beside something other than css, or if_missing beside a default: it does nothing.",
        "Remove it.",
        save_field_not_used,
    ),
];

/// Every name that a step gives to a value, with the place of what gives it and the field.
fn named<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'static str, &'w str, bool)> {
    let rules = walk.saves().map(|(spot, save)| (spot, "name", save.name.as_str(), unreadable(&save.extra, &["name"])));
    rules.chain(walk.steps.iter().filter_map(|step| match &step.step.act {
        Act::Save(save) => Some((step.inside.into(), "name", save.name.as_str(), unreadable(&save.extra, &["name"]))),
        Act::Repeat(repeat) if !repeat.item.is_empty() => Some((step.inside.into(), "as", repeat.item.as_str(), false)),
        _ => None,
    }))
}

fn save_without_name(walk: &Walk, out: &mut Out) {
    for (spot, _, name, unread) in named(walk) {
        if name.is_empty() && !unread {
            out.say(spot, "the saved value has no name", "add \"name\"");
        }
    }
}

fn bad_save_name(walk: &Walk, out: &mut Out) {
    for (spot, key, name, _) in named(walk) {
        if !name.is_empty() && (!is_name(name) || name.contains('.')) {
            let message = format!("\"{}\" can't be used as a name", short(name));
            out.say(spot.key(key), message, "use letters, digits and _ only, such as user_name");
        }
    }
}

fn save_from_nowhere(walk: &Walk, out: &mut Out) {
    for (spot, save) in walk.saves() {
        if save.from == SaveFrom::Nothing && !unreadable(&save.extra, SaveFrom::KEYS) {
            let hint = format!("add one of: {}", SaveFrom::KEYS.join(", "));
            out.say(spot, format!("it is not said where \"{}\" stands in the answer", short(&save.name)), hint);
        } else if let SaveFrom::Header(name) | SaveFrom::Cookie(name) = &save.from
            && name.trim().is_empty()
        {
            out.say(spot, "no header or cookie is named", "name it");
        }
    }
}

fn bad_selector(walk: &Walk, out: &mut Out) {
    let mut known: HashMap<&str, bool> = HashMap::new();
    for (spot, save) in walk.saves() {
        if let SaveFrom::Css(selector) = &save.from
            && !*known.entry(selector).or_insert_with(|| scraper::Selector::parse(selector).is_ok())
        {
            let message = format!("the CSS selector \"{}\" can't be understood", short(selector));
            out.say(spot.key("css"), message, "write it like \"input[name=csrf]\"");
        }
    }
}

fn empty_mark(walk: &Walk, out: &mut Out) {
    for (spot, save) in walk.saves() {
        if matches!(&save.from, SaveFrom::Between((before, after)) if before.is_empty() && after.is_empty()) {
            out.say(
                spot.key("between"),
                "both marks are empty",
                "write some text that stands before, or after, or both",
            );
        }
    }
}

fn save_field_not_used(walk: &Walk, out: &mut Out) {
    for (spot, save) in walk.saves() {
        if !save.attribute.is_empty() && !matches!(save.from, SaveFrom::Css(_) | SaveFrom::Nothing) {
            out.say(spot.clone().key("attribute"), "\"attribute\" is for \"css\" only", "remove it");
        }
        if save.default.is_some() && !matches!(save.if_missing, OnMissing::Fail | OnMissing::Ignore) {
            out.say(
                spot.key("if_missing"),
                "with a default, the value is never missing",
                "keep \"default\" or \"if_missing\"",
            );
        }
    }
}
