//! A comparison in words: the outcome, what changed most, what stayed, what is new or gone.
//!
//! Must not decide anything.

use super::{Change, Comparison, Figure, Quantity, StepChange};
use crate::chart::scale::{Unit, words as plain};
use crate::units::{grouped, one_in, plain_time};

/// In place of a value that has too few answers.
pub const TOO_FEW: &str = "too few to say";
/// In place of a change that can't be told.
pub const CANT_TELL: &str = "can't tell";
/// In place of a change that is none.
pub const SAME: &str = "about the same";

/// So many changed steps are told, each with a sentence.
const TOLD: usize = 2;

/// So many steps are named that did not change.
const NAMED: usize = 3;

impl Quantity {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::PerSecond => "Requests per second",
            Self::Typical => "Typical",
            Self::P95 => "95 of 100",
            Self::P99 => "99 of 100",
            Self::Failed => "Failed",
        }
    }

    /// A value of it: `28`, `310 ms`, `1 in 450`.
    pub fn shown(self, value: Option<f64>) -> String {
        let Some(value) = value else { return TOO_FEW.to_owned() };
        match self {
            Self::PerSecond => plain(value, Unit::PerSecond),
            Self::Failed => one_in((value * 1e9).round() as u64, 1_000_000_000),
            Self::Typical | Self::P95 | Self::P99 => plain_time(value.round() as u64),
        }
    }
}

impl Change {
    /// With a sign, so that colour is not needed: `▲ better`, `▼ worse`.
    pub fn marked(self) -> &'static str {
        match self {
            Self::Better => "▲ better",
            Self::Worse => "▼ worse",
            Self::More => "↑ more",
            Self::Less => "↓ less",
            Self::Same => "≈",
            Self::CantTell => "?",
        }
    }
}

/// How large a change is: `6.1× slower`, `18 % faster`, `+46 %`, `about the same`, `can't tell: needs 12 more minutes`.
pub fn factor(figure: &Figure) -> String {
    let ratio = match (figure.change, figure.ratio()) {
        (Change::Same, _) => return SAME.to_owned(),
        (Change::CantTell, _) => {
            let more = figure.more_seconds.map(|more| format!(": needs {}", needs(more)));
            return format!("{CANT_TELL}{}", more.unwrap_or_default());
        }
        (_, ratio) => ratio,
    };
    match (figure.quantity, ratio) {
        (Quantity::Failed, None) => "new failures".to_owned(),
        (Quantity::Failed, Some(0.0)) => "no more failures".to_owned(),
        (Quantity::Failed, Some(ratio)) if ratio >= 2.0 => format!("{} as many", times(ratio)),
        (Quantity::Failed | Quantity::PerSecond, Some(ratio)) => signed(ratio),
        (_, Some(ratio)) if ratio >= 2.0 => format!("{} slower", times(ratio)),
        (_, Some(ratio)) if ratio > 1.0 => format!("{:.0} % slower", (ratio - 1.0) * 100.0),
        (_, Some(ratio)) if ratio > 0.5 => format!("{:.0} % faster", (1.0 - ratio) * 100.0),
        (_, Some(ratio)) if ratio > 0.0 => format!("{} faster", times(1.0 / ratio)),
        _ => figure.change.word().to_owned(),
    }
}

/// How much longer a run would have to be, rounded up: `1 more minute`, `12 more minutes`, `3 more hours`.
pub fn needs(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60).max(1);
    match (minutes, minutes.div_ceil(60)) {
        (1, _) => "1 more minute".to_owned(),
        (2..=90, _) => format!("{minutes} more minutes"),
        (_, hours @ ..=48) => format!("{hours} more hours"),
        (_, hours) => format!("{} more days", hours.div_ceil(24)),
    }
}

/// `6.1×`, `24×`.
fn times(ratio: f64) -> String {
    if ratio < 9.95 { format!("{ratio:.1}×") } else { format!("{}×", grouped(ratio.round() as u64)) }
}

/// `+46 %`, `−20 %`.
fn signed(ratio: f64) -> String {
    let percent = ((ratio - 1.0) * 100.0).round();
    if percent < 0.0 { format!("−{:.0} %", percent.abs()) } else { format!("+{percent:.0} %") }
}

/// `"A"`, `"A" and "B"`, `"A", "B" and "C"`.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Everything there is to say, the outcome first. `counts` are the requests of A and of B.
pub(super) fn sentences(comparison: &Comparison, counts: (u64, u64)) -> Vec<String> {
    match counts {
        (0, 0) => return vec!["Neither run got as far as a request.".to_owned()],
        (0, _) => return vec!["A got no further than its start: it has no requests to compare.".to_owned()],
        (_, 0) => return vec!["B got no further than its start: it has no requests to compare.".to_owned()],
        _ => {}
    }
    let steps = &comparison.steps;
    let mut said = match steps.is_empty() {
        true => vec!["These runs have no step in common.".to_owned()],
        false => vec![outcome(comparison)],
    };
    let changed: Vec<&StepChange> = steps.iter().filter(|step| step.change().is_one()).collect();
    said.extend(changed.iter().take(TOLD).filter_map(|step| step_words(step)));
    match changed.len().saturating_sub(TOLD) {
        0 => {}
        1 => said.push("1 more step changed.".to_owned()),
        more => said.push(format!("{} more steps changed.", grouped(more as u64))),
    }
    if changed.is_empty() {
        let open = steps.iter().filter(|step| step.telling().is_some_and(Figure::is_open));
        said.extend(open.take(1).filter_map(step_words));
    }
    let same: Vec<&str> =
        steps.iter().filter(|step| step.change() == Change::Same).map(|step| step.label.as_str()).collect();
    if !changed.is_empty() && !same.is_empty() {
        said.push(some_are(&same, "about the same"));
    }
    for (names, what) in [(&comparison.added, "new"), (&comparison.removed, "gone")] {
        if !names.is_empty() {
            said.push(some_are(&names.iter().map(String::as_str).collect::<Vec<_>>(), what));
        }
    }
    said
}

/// `"A" is new.`, `"A" and "B" are about the same.`, `8 steps are gone.`
fn some_are(names: &[&str], what: &str) -> String {
    match names.len() {
        1 => format!("{} is {what}.", list(names)),
        count if count <= NAMED => format!("{} are {what}.", list(names)),
        count => format!("{} steps are {what}.", grouped(count as u64)),
    }
}

/// What became of response times: any change, before what may have changed, before none, before what can't be told.
fn time(comparison: &Comparison) -> Option<&Figure> {
    let all = [Quantity::P95, Quantity::Typical].into_iter().filter_map(|quantity| comparison.figure(quantity));
    let of = |which: &dyn Fn(&Figure) -> bool| all.clone().find(|figure| which(figure));
    of(&|figure| figure.change.is_one())
        .or_else(|| of(&Figure::is_open))
        .or_else(|| of(&|figure| figure.change == Change::Same))
        .or_else(|| of(&|figure| figure.a.is_some() && figure.b.is_some()))
        .or_else(|| comparison.figure(Quantity::Typical))
}

fn outcome(comparison: &Comparison) -> String {
    let time = time(comparison);
    let failed = comparison.figure(Quantity::Failed);
    let change = |figure: Option<&Figure>| figure.map_or(Change::CantTell, |figure| figure.change);
    let open = comparison.steps.iter().any(|step| step.change() == Change::CantTell);
    let some = comparison.steps.iter().any(|step| step.change().is_one());
    let text = match (change(time), change(failed)) {
        (Change::Worse, Change::Worse) => "B is slower and fails more often.",
        (Change::Worse, Change::Better) => "B is slower, but fails less often.",
        (Change::Worse, _) => "B is slower.",
        (Change::Better, Change::Better) => "B is faster and fails less often.",
        (Change::Better, Change::Worse) => "B is faster, but fails more often.",
        (Change::Better, _) => "B is faster.",
        (_, Change::Worse) => "B fails more often.",
        (_, Change::Better) => "B fails less often.",
        (Change::CantTell, _) if some => "Not every step of B is as in A.",
        _ if some => "B is about the same as A in all, but not in every step.",
        (Change::CantTell, _) => return cant_tell("whether B is different", time),
        (_, Change::CantTell) => return cant_tell("whether B fails more or less often", failed),
        _ if open => "B is about the same as A in all; of some steps that can't be told.",
        _ => "B is about the same as A.",
    };
    text.to_owned()
}

/// What can't be told, and what would be needed.
fn cant_tell(what: &str, figure: Option<&Figure>) -> String {
    match figure.and_then(|figure| figure.more_seconds) {
        Some(more) => format!("Can't tell {what}: each run needs about {}.", needs(more)),
        None => format!("Can't tell {what}: the runs are too short. Give each a few minutes."),
    }
}

/// What became of a step that changed, or may have.
fn step_words(step: &StepChange) -> Option<String> {
    let figure = step.telling()?;
    let shown = |value| figure.quantity.shown(value);
    let was = step.was.as_ref().map(|was| format!(", before “{was}”,")).unwrap_or_default();
    let doubt = match (figure.is_open(), figure.more_seconds) {
        (false, _) => String::new(),
        (true, Some(more)) => format!(". That may be chance: each run needs about {}", needs(more)),
        (true, None) => ". That may be chance: the runs are too short".to_owned(),
    };
    Some(match figure.quantity {
        Quantity::Failed => {
            format!("“{}”{was} failed: {} now, {} before{doubt}.", step.label, shown(figure.b), shown(figure.a))
        }
        quantity => format!(
            "“{}”{was} went from {} to {} ({}){doubt}.",
            step.label,
            shown(figure.a),
            shown(figure.b),
            quantity.name().to_lowercase(),
        ),
    })
}
