//! The choices of the panel's forms: which kinds there are, and what a thing becomes when it is made another kind. What
//! can be kept is kept.

use serde_json::Value;
use tidemark_core::scenario::{
    Bell, Check, CheckKind, Comparison, Condition, OnFail, OnMissing, PauseTime, Pick, Repeat, RepeatKind, SaveFrom,
    SaveRule, SizeRange, StatusRange, StatusSet, TaskChoice,
};
use tidemark_core::units::Span;

use crate::text::{forms as say, panel};

/// Words with what they say on screen.
pub type Words = &'static [(&'static str, &'static str)];

/// What a check can look at.
pub const CHECKS: Words = &[
    ("status", say::STATUS),
    ("within", say::WITHIN),
    ("contains", say::CONTAINS),
    ("lacks", say::LACKS),
    ("equals", say::EQUALS),
    ("json", say::FIELD_OF_ANSWER),
    ("header", say::HEADER_OF_ANSWER),
    ("size", say::SIZE),
    ("value", say::A_VALUE),
    ("matches", say::PATTERN_OF_ANSWER),
];

/// How two values can be compared.
pub const COMPARISONS: [(Comparison, &str); 14] = [
    (Comparison::Equal, say::EQUAL),
    (Comparison::NotEqual, say::NOT_EQUAL),
    (Comparison::Present, say::PRESENT),
    (Comparison::Missing, say::MISSING),
    (Comparison::Above, say::ABOVE),
    (Comparison::Below, say::BELOW),
    (Comparison::AtLeast, say::AT_LEAST),
    (Comparison::AtMost, say::AT_MOST),
    (Comparison::Contains, say::HAS),
    (Comparison::StartsWith, say::STARTS),
    (Comparison::LengthEqual, say::LENGTH_EQUAL),
    (Comparison::LengthAbove, say::LENGTH_ABOVE),
    (Comparison::LengthBelow, say::LENGTH_BELOW),
    (Comparison::Matches, say::FITS),
];

/// What can happen when a check is not true.
pub const ON_FAIL: [(OnFail, &str); 4] = [
    (OnFail::Count, say::COUNT_IT),
    (OnFail::SkipTask, say::SKIP_TASK),
    (OnFail::RemovePerson, say::REMOVE_PERSON),
    (OnFail::StopTest, say::STOP_TEST),
];

/// What can happen when a value is missing.
pub const ON_MISSING: [(OnMissing, &str); 5] = [
    (OnMissing::Fail, say::COUNT_AS_FAILED),
    (OnMissing::Ignore, say::GO_ON),
    (OnMissing::SkipTask, say::SKIP_TASK),
    (OnMissing::RemovePerson, say::REMOVE_PERSON),
    (OnMissing::StopTest, say::STOP_TEST),
];

/// Which match can be kept.
pub const PICKS: [(Pick, &str); 4] =
    [(Pick::First, say::FIRST), (Pick::Last, say::LAST), (Pick::Random, say::BY_CHANCE), (Pick::All, say::ALL)];

/// Where a value can stand.
pub const PLACES: Words = &[
    ("json", say::FROM_FIELD),
    ("header", say::FROM_HEADER),
    ("cookie", say::FROM_COOKIE),
    ("css", say::FROM_ELEMENT),
    ("between", say::FROM_BETWEEN),
    ("pattern", say::FROM_PATTERN),
];

/// Pauses between steps.
pub const PAUSES: Words = &[
    ("between", panel::PAUSE_RANGE),
    ("for", panel::PAUSE_FIXED),
    ("normal", panel::PAUSE_AROUND),
    ("exponential", panel::PAUSE_AVERAGE),
];

/// Pauses between tasks.
pub const TASK_PAUSES: Words = &[
    ("between", panel::PAUSE_RANGE),
    ("for", panel::PAUSE_FIXED),
    ("normal", panel::PAUSE_AROUND),
    ("exponential", panel::PAUSE_AVERAGE),
    ("pacing", panel::PAUSE_PACING),
    ("per_minute", panel::PAUSE_RATE),
    ("none", panel::PAUSE_NONE),
];

/// Ways to repeat.
pub const REPEATS: Words = &[
    ("times", panel::REPEAT_TIMES),
    ("for_each", panel::REPEAT_EACH),
    ("until", panel::REPEAT_UNTIL),
    ("during", panel::REPEAT_DURING),
];

/// Bodies.
pub const BODIES: Words = &[
    ("none", panel::BODY_NONE),
    ("json", panel::BODY_JSON),
    ("form", panel::BODY_FORM),
    ("multipart", panel::BODY_MULTIPART),
    ("text", panel::BODY_TEXT),
    ("file", panel::BODY_FILE),
];

/// Sign-ins.
pub const SIGN_INS: Words = &[
    ("", panel::SIGN_IN_TARGET),
    ("basic", panel::SIGN_IN_BASIC),
    ("bearer", panel::SIGN_IN_BEARER),
    ("api_key", panel::SIGN_IN_KEY),
    ("off", panel::SIGN_IN_OFF),
];

/// HTTP versions.
pub const HTTPS: Words =
    &[("", panel::HTTP_TARGET), ("auto", panel::HTTP_AUTO), ("1.1", panel::HTTP_1), ("2", panel::HTTP_2)];

/// How the next task is chosen.
pub const TASK_CHOICES: [(TaskChoice, &str); 3] = [
    (TaskChoice::ByWeight, panel::BY_SHARE),
    (TaskChoice::InOrder, panel::IN_ORDER),
    (TaskChoice::Shuffled, panel::SHUFFLED),
];

/// What a step can do.
pub const STEPS: Words = &[
    ("request", say::STEP_REQUEST),
    ("pause", say::STEP_PAUSE),
    ("repeat", say::STEP_REPEAT),
    ("only_if", say::STEP_ONLY_IF),
    ("choose", say::STEP_CHOOSE),
    ("group", say::STEP_GROUP),
    ("parallel", say::STEP_PARALLEL),
    ("use", say::STEP_USE),
    ("check", say::STEP_CHECK),
    ("save", say::STEP_SAVE),
    ("note", panel::NOTE),
];

/// Methods that are offered; any other may be written in a file.
pub const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The one whose word this is; the first of all where it is none's.
pub fn by_word<T: Copy>(all: &[(T, &'static str)], word_of: impl Fn(T) -> &'static str, word: &str) -> T {
    all.iter().find(|(one, _)| word_of(*one) == word).unwrap_or(&all[0]).0
}

/// The word of what a check looks at; empty where it looks at nothing.
pub fn check_word(what: &CheckKind) -> &'static str {
    match what {
        CheckKind::Status(_) => "status",
        CheckKind::Within(_) => "within",
        CheckKind::Contains(_) => "contains",
        CheckKind::Lacks(_) => "lacks",
        CheckKind::Matches(_) => "matches",
        CheckKind::Equals(_) => "equals",
        CheckKind::Json(_) => "json",
        CheckKind::Header(_) => "header",
        CheckKind::Size(_) => "size",
        CheckKind::Value(_) => "value",
        CheckKind::Nothing => "",
    }
}

/// A check that looks at something else.
pub fn check_of_kind(check: &Check, word: &str) -> Check {
    let text = match &check.what {
        CheckKind::Contains(text) | CheckKind::Lacks(text) | CheckKind::Equals(text) | CheckKind::Matches(text) => {
            text.clone()
        }
        _ => String::new(),
    };
    let what = match word {
        "status" => CheckKind::Status(StatusSet(vec![StatusRange { from: 200, to: 200 }])),
        "within" => CheckKind::Within(Span::from_ms(800)),
        "contains" => CheckKind::Contains(text),
        "lacks" => CheckKind::Lacks(text),
        "equals" => CheckKind::Equals(text),
        "matches" => CheckKind::Matches(text),
        "json" => CheckKind::Json(String::new()),
        "header" => CheckKind::Header(String::new()),
        "size" => CheckKind::Size(SizeRange { at_most: "100kB".to_owned(), ..SizeRange::default() }),
        "value" => CheckKind::Value(String::new()),
        _ => CheckKind::Nothing,
    };
    let compares = |what: &CheckKind| matches!(what, CheckKind::Json(_) | CheckKind::Header(_) | CheckKind::Value(_));
    let (is, to) = match (compares(&what), compares(&check.what)) {
        (true, true) => (check.is, check.to.clone()),
        (true, false) => (Some(Comparison::Present), None),
        (false, _) => (None, None),
    };
    Check { what, is, to, ..check.clone() }
}

/// How something is compared, where nothing may be said of it.
pub fn comparison(is: Option<Comparison>, to: Option<&Value>) -> Comparison {
    is.unwrap_or(if to.is_some() { Comparison::Equal } else { Comparison::Present })
}

/// Whether a comparison needs something to compare with.
pub fn needs_other(is: Comparison) -> bool {
    !matches!(is, Comparison::Present | Comparison::Missing)
}

/// Another comparison: what it compares with stays where that is needed.
pub fn compared_by(to: Option<&Value>, word: &str) -> (Option<Comparison>, Option<Value>) {
    let is = by_word(&COMPARISONS, Comparison::word, word);
    let to = needs_other(is).then(|| to.cloned().unwrap_or(Value::String(String::new())));
    (Some(is), to)
}

/// The word of where a value stands; empty where it stands nowhere.
pub fn place_word(from: &SaveFrom) -> &'static str {
    match from {
        SaveFrom::Json(_) => "json",
        SaveFrom::Pattern(_) => "pattern",
        SaveFrom::Header(_) => "header",
        SaveFrom::Cookie(_) => "cookie",
        SaveFrom::Css(_) => "css",
        SaveFrom::Between(_) => "between",
        SaveFrom::Nothing => "",
    }
}

/// A saved value that stands somewhere else.
pub fn save_at_place(rule: &SaveRule, word: &str) -> SaveRule {
    let from = match word {
        "json" => SaveFrom::Json(String::new()),
        "header" => SaveFrom::Header(String::new()),
        "cookie" => SaveFrom::Cookie(String::new()),
        "css" => SaveFrom::Css(String::new()),
        "between" => SaveFrom::Between((String::new(), String::new())),
        "pattern" => SaveFrom::Pattern(String::new()),
        _ => SaveFrom::Nothing,
    };
    let attribute = if word == "css" { rule.attribute.clone() } else { String::new() };
    SaveRule { from, attribute, ..rule.clone() }
}

/// A path into an answer as it is written in a field: without the `$.` in front.
pub fn path_text(path: &str) -> String {
    let plain = path.strip_prefix("$.").or_else(|| path.strip_prefix('$').filter(|rest| rest.starts_with('[')));
    match plain {
        Some(plain) if path_of(plain) == path => plain.to_owned(),
        _ => path.to_owned(),
    }
}

/// A path into an answer as it was written in a field.
pub fn path_of(text: &str) -> String {
    let text = text.trim();
    match text.chars().next() {
        None | Some('$') => text.to_owned(),
        Some('[') => format!("${text}"),
        Some(_) => format!("$.{text}"),
    }
}

/// The word of a pause.
pub fn pause_word(pause: &PauseTime) -> &'static str {
    match pause {
        PauseTime::For(_) => "for",
        PauseTime::Between(_) => "between",
        PauseTime::Normal(_) => "normal",
        PauseTime::Exponential(_) => "exponential",
        PauseTime::Pacing(_) => "pacing",
        PauseTime::PerMinute(_) => "per_minute",
        PauseTime::Nothing => "none",
    }
}

/// A pause of another kind, about as long.
pub fn pause_of_kind(pause: &PauseTime, word: &str) -> PauseTime {
    let usual = Span::from_secs(2);
    let middle = match pause {
        PauseTime::For(span) | PauseTime::Exponential(span) | PauseTime::Pacing(span) => *span,
        PauseTime::Between((from, to)) => Span::from_us((from.us() + to.us()) / 2),
        PauseTime::Normal(bell) => bell.mean,
        PauseTime::PerMinute(count) if *count > 0.0 => Span::from_secs_f64(60.0 / count),
        PauseTime::PerMinute(_) | PauseTime::Nothing => usual,
    };
    let middle = if middle == Span::ZERO { usual } else { middle };
    let half = Span::from_us(middle.us() / 2);
    match word {
        "for" => PauseTime::For(middle),
        "between" => PauseTime::Between((half, Span::from_us(middle.us() + half.us()))),
        "normal" => {
            PauseTime::Normal(Bell { mean: middle, deviation: Span::from_us(middle.us() / 4), ..Bell::default() })
        }
        "exponential" => PauseTime::Exponential(middle),
        "pacing" => PauseTime::Pacing(middle),
        "per_minute" => PauseTime::PerMinute((60.0 / middle.secs() * 10.0).round() / 10.0),
        _ => PauseTime::Nothing,
    }
}

/// The word of a way to repeat; empty where there is none.
pub fn repeat_word(how: &RepeatKind) -> &'static str {
    match how {
        RepeatKind::Times(_) => "times",
        RepeatKind::ForEach(_) => "for_each",
        RepeatKind::Until(_) => "until",
        RepeatKind::During(_) => "during",
        RepeatKind::Nothing => "",
    }
}

/// A repeat done another way; one that waits for something gets a most number of rounds.
pub fn repeat_of_kind(repeat: &Repeat, word: &str) -> Repeat {
    let how = match word {
        "for_each" => RepeatKind::ForEach(String::new()),
        "until" => RepeatKind::Until(Condition { is: Some(Comparison::Present), ..Condition::default() }),
        "during" => RepeatKind::During(Span::from_secs(30)),
        _ => RepeatKind::Times(3),
    };
    let at_most = match word {
        "until" => repeat.at_most.or(Some(20)),
        "for_each" | "during" => repeat.at_most,
        _ => None,
    };
    let item = match (word, repeat.item.as_str()) {
        ("for_each", "") => "item".to_owned(),
        ("for_each", item) => item.to_owned(),
        _ => String::new(),
    };
    Repeat { how, at_most, item, ..repeat.clone() }
}
