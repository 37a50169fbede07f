//! A condition as rows that can be changed one by one, joined by "all" or "any".

use tidemark_core::scenario::{Comparison, Condition};

/// How the rows of a condition are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// There is one row.
    One,
    /// All must be true.
    All,
    /// One must be true.
    Any,
}

impl Join {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

/// How the rows are joined.
pub fn join(condition: &Condition) -> Join {
    match (condition.all.is_empty(), condition.any.is_empty()) {
        (false, _) => Join::All,
        (true, false) => Join::Any,
        (true, true) => Join::One,
    }
}

/// The rows: the condition itself where it is not made of others.
pub fn rows(condition: &Condition) -> Vec<Condition> {
    match join(condition) {
        Join::One => vec![condition.clone()],
        Join::All => condition.all.clone(),
        Join::Any => condition.any.clone(),
    }
}

/// A condition with these rows, joined as it was; one row needs no joining.
pub fn with_rows(condition: &Condition, rows: Vec<Condition>) -> Condition {
    match (rows.len(), join(condition)) {
        (0, _) => fresh(),
        (1, _) => rows.into_iter().next().unwrap_or_else(fresh),
        (_, Join::Any) => Condition { any: rows, ..Condition::default() },
        _ => Condition { all: rows, ..Condition::default() },
    }
}

/// A condition joined another way.
pub fn joined(condition: &Condition, word: &str) -> Condition {
    let rows = rows(condition);
    match word {
        "any" => Condition { any: rows, ..Condition::default() },
        _ => Condition { all: rows, ..Condition::default() },
    }
}

/// A condition with one more row.
pub fn with_one_more(condition: &Condition) -> Condition {
    let mut all = rows(condition);
    all.push(fresh());
    with_rows(condition, all)
}

/// A row that says nothing yet.
pub fn fresh() -> Condition {
    Condition { is: Some(Comparison::Present), ..Condition::default() }
}
