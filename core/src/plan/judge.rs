//! Checks: whether an answer is as expected, and in plain words why not.
//!
//! Must not know what follows from a check that is not true, nor where the values come from that it compares with.

mod compare;
mod words;

pub use compare::holds;

use std::borrow::Cow;

use regex::Regex;
use serde_json::Value;

use crate::plan::extract::{BodyView, Path, compile_pattern};
use crate::plan::template::{BadTemplate, Template};
use crate::plan::value::Val;
use crate::scenario::special::{StatusRange, StatusSet};
use crate::scenario::steps::{Check, CheckKind, Comparison, SizeRange};
use crate::traffic::{Answer, Kind};
use crate::units::{Span, parse_bytes, plain_bytes};

/// A compiled [`Check`].
#[derive(Debug, Clone)]
pub struct CheckPlan {
    what: What,
    is: Comparison,
}

/// What is looked at.
#[derive(Debug, Clone)]
enum What {
    Status(StatusSet),
    Within(Span),
    Contains,
    Lacks,
    /// Compiled where the pattern has no values in it.
    Matches(Option<Regex>),
    Equals,
    Json(Path),
    Header(String),
    /// Lower and upper limit in bytes, both included.
    Size(u64, u64),
    Value(String),
}

impl CheckPlan {
    /// Compiles `check`. What happens if it is not true is for the caller, and so is [`CheckPlan::right_side`].
    ///
    /// # Errors
    /// Where a path, pattern, size or comparison makes no sense, or nothing says what is looked at.
    pub fn compile(check: &Check) -> Result<Self, BadTemplate> {
        let what = match &check.what {
            CheckKind::Status(set) if set.0.is_empty() => {
                return Err(BadTemplate::new("no status is expected", "write a code such as 200, or \"2xx\""));
            }
            CheckKind::Status(set) => What::Status(set.clone()),
            CheckKind::Within(limit) => What::Within(*limit),
            CheckKind::Contains(_) => What::Contains,
            CheckKind::Lacks(_) => What::Lacks,
            CheckKind::Matches(pattern) => What::Matches(fixed_pattern(pattern)?),
            CheckKind::Equals(_) => What::Equals,
            CheckKind::Json(path) => What::Json(Path::compile(path)?),
            CheckKind::Header(name) if name.trim().is_empty() => {
                return Err(BadTemplate::new("the name of the header is empty", "write the header's name"));
            }
            CheckKind::Header(name) => What::Header(name.trim().to_owned()),
            CheckKind::Size(range) => size_limits(range)?,
            CheckKind::Value(name) => What::Value(name.clone()),
            CheckKind::Nothing => {
                return Err(BadTemplate::new(
                    "nothing says what is checked",
                    format!("add one of: {}", CheckKind::KEYS.join(", ")),
                ));
            }
        };
        let is = check.is.unwrap_or(if check.to.is_some() { Comparison::Equal } else { Comparison::Present });
        let compares = matches!(what, What::Json(_) | What::Header(_) | What::Value(_));
        if compares {
            needs_right(is, check.to.as_ref())?;
        }
        Ok(Self { what, is })
    }

    /// What is expected of an answer where no check looks at its status: 2xx or 3xx.
    pub fn usual() -> Self {
        let classes = [2, 3].map(|class| StatusRange { from: class * 100, to: class * 100 + 99 });
        Self { what: What::Status(StatusSet(classes.to_vec())), is: Comparison::Present }
    }

    /// The side of `check` that may hold `{{values}}` and is given to [`CheckPlan::test`] once it is filled in: the
    /// text that is looked for, or `to`. `None` where there is none; then give [`Val::Missing`].
    pub fn right_side(check: &Check) -> Option<Cow<'_, Value>> {
        match &check.what {
            CheckKind::Contains(text) | CheckKind::Lacks(text) | CheckKind::Matches(text) | CheckKind::Equals(text) => {
                Some(Cow::Owned(Value::String(text.clone())))
            }
            CheckKind::Json(_) | CheckKind::Header(_) | CheckKind::Value(_) => check.to.as_ref().map(Cow::Borrowed),
            _ => None,
        }
    }

    /// Whether it says which statuses are expected.
    pub fn expects_status(&self) -> bool {
        matches!(self.what, What::Status(_))
    }

    /// Whether the answer's body is looked at. (Its length alone is counted anyway, but decompressed only if wanted.)
    pub fn needs_body(&self) -> bool {
        !matches!(self.what, What::Status(_) | What::Within(_) | What::Header(_) | What::Value(_))
    }

    /// The name of the value that is looked at, where it is none of the answer's: then use [`CheckPlan::test_value`].
    pub fn value_name(&self) -> Option<&str> {
        match &self.what {
            What::Value(name) => Some(name),
            _ => None,
        }
    }

    /// The kind of failure where it is not true.
    pub fn failure(&self) -> Kind {
        if self.expects_status() { Kind::Status } else { Kind::CheckFailed }
    }

    /// Tests `answer`, whose body is `body` and which took `service_us` microseconds from send to last byte, against
    /// `right`, the filled-in [`CheckPlan::right_side`]. A check of a value is never true here.
    ///
    /// # Errors
    /// The reason in plain words, one line of at most 200 characters.
    pub fn test(&self, answer: &Answer, body: &BodyView<'_>, service_us: u64, right: &Val) -> Result<(), String> {
        let held = match &self.what {
            What::Status(set) => set.has(answer.status),
            What::Within(limit) => service_us <= limit.us(),
            What::Contains => body.text().contains(&*right.as_text()),
            What::Lacks => !body.text().contains(&*right.as_text()),
            What::Matches(Some(pattern)) => pattern.is_match(body.text()),
            What::Matches(None) => compare::with_pattern(&right.as_text(), |pattern| pattern.is_match(body.text())),
            What::Equals => body.text() == right.as_text(),
            What::Size(low, high) => (*low..=*high).contains(&answer.body_len),
            What::Json(path) => return self.compared(&path_value(path, body, self.is, right), path.text(), right),
            What::Header(name) => return self.header(answer, name, right),
            What::Value(_) => return self.test_value(&Val::Missing, right),
        };
        if held { Ok(()) } else { Err(self.reason(answer, body, service_us, right)) }
    }

    /// Tests the value `left`, whose name is [`CheckPlan::value_name`], against `right`.
    ///
    /// # Errors
    /// As [`CheckPlan::test`].
    pub fn test_value(&self, left: &Val, right: &Val) -> Result<(), String> {
        self.compared(left, self.value_name().unwrap_or("the value"), right)
    }

    fn compared(&self, left: &Val, name: &str, right: &Val) -> Result<(), String> {
        if holds(left, self.is, right) { Ok(()) } else { Err(words::comparison(name, left, self.is, right)) }
    }

    /// Of a repeated header one value is enough; "is not" must hold for each.
    fn header(&self, answer: &Answer, name: &str, right: &Val) -> Result<(), String> {
        let same = answer.headers.iter().filter(|(have, _)| have.eq_ignore_ascii_case(name));
        let values: Vec<Val> = same.map(|(_, value)| Val::text(&*value)).collect();
        let each = self.is == Comparison::NotEqual;
        let decisive = values.iter().find(|value| holds(value, self.is, right) != each);
        let what = format!("the header {name}");
        self.compared(decisive.or(values.first()).unwrap_or(&Val::Missing), &what, right)
    }

    fn reason(&self, answer: &Answer, body: &BodyView<'_>, service_us: u64, right: &Val) -> String {
        match &self.what {
            What::Status(set) => words::status(set, answer.status),
            What::Within(limit) => words::late(service_us, *limit),
            What::Contains => words::body_line("the answer did not contain", right, body.text()),
            What::Lacks => format!("the answer contained {}", words::quoted(&right.as_text())),
            What::Matches(_) => words::body_line("the answer did not match", right, body.text()),
            What::Equals => words::body_line("the answer was not", right, body.text()),
            What::Size(low, _) => {
                let (found, relation, limit) = match (answer.body_len, &self.what) {
                    (found, What::Size(_, high)) if found >= *low => (found, "at most", *high),
                    (found, _) => (found, "at least", *low),
                };
                format!("expected {relation} {}, got {}", plain_bytes(limit), plain_bytes(found))
            }
            What::Json(_) | What::Header(_) | What::Value(_) => String::new(),
        }
    }
}

/// What `path` leads to: the value where the path can lead to one place only, else a list, which may be empty. A list
/// of one stands for its only item, except where the list itself is asked about.
fn path_value(path: &Path, body: &BodyView<'_>, is: Comparison, right: &Val) -> Val {
    let mut found = path.find(body, |count| 0..count);
    let presence = matches!(is, Comparison::Present | Comparison::Missing);
    let about_list = matches!(
        is,
        Comparison::Contains | Comparison::LengthEqual | Comparison::LengthAbove | Comparison::LengthBelow
    ) || matches!(right, Val::Json(value) if value.is_array());
    match found.len() {
        0 if path.is_single() || presence || body.json().is_none() => Val::Missing,
        1 if path.is_single() || !about_list => found.pop().map_or(Val::Missing, Val::from_json),
        _ => Val::from_json(Value::Array(found)),
    }
}

/// The pattern, compiled, where no value stands in it.
fn fixed_pattern(pattern: &str) -> Result<Option<Regex>, BadTemplate> {
    Template::parse(pattern)?.fixed().map(compile_pattern).transpose()
}

/// Both limits in bytes.
fn size_limits(range: &SizeRange) -> Result<What, BadTemplate> {
    let limit = |text: &str, missing: u64| match text.trim() {
        "" => Ok(missing),
        text => parse_bytes(text)
            .ok_or_else(|| BadTemplate::new(format!("\"{text}\" is no size"), "write a size such as \"100kB\"")),
    };
    let (low, high) = (limit(&range.at_least, 0)?, limit(&range.at_most, u64::MAX)?);
    match low.cmp(&high) {
        std::cmp::Ordering::Greater => {
            Err(BadTemplate::new("no size is at least and at most so much", "swap \"at_least\" and \"at_most\""))
        }
        _ if (low, high) == (0, u64::MAX) => {
            Err(BadTemplate::new("the size has no limit", "add \"at_least\" or \"at_most\", such as \"100kB\""))
        }
        _ => Ok(What::Size(low, high)),
    }
}

/// Whether there is something to compare with, and of the right kind.
fn needs_right(is: Comparison, to: Option<&Value>) -> Result<(), BadTemplate> {
    let Some(to) = to else {
        return match is {
            Comparison::Present | Comparison::Missing => Ok(()),
            _ => Err(BadTemplate::new(
                format!("\"{}\" has nothing to compare with", is.word()),
                "add \"to\" with the expected value",
            )),
        };
    };
    let fixed = to.as_str().and_then(|text| Template::parse(text).ok()?.fixed().map(str::to_owned));
    match (is, fixed) {
        (Comparison::Matches, Some(pattern)) => compile_pattern(&pattern).map(drop),
        (Comparison::LengthEqual | Comparison::LengthAbove | Comparison::LengthBelow, fixed) => {
            let text = fixed.as_deref().map(|text| text.trim().parse::<u64>().is_ok());
            match text.unwrap_or(to.is_u64() || to.is_string()) {
                true => Ok(()),
                false => Err(BadTemplate::new("a length is compared with a whole number", "write one under \"to\"")),
            }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
