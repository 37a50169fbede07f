//! Which names of values there are, wherever in the document they are used.

use std::collections::{HashMap, HashSet};

use crate::check::context::Context;
use crate::plan::make::{MAKERS, Maker};
use crate::plan::parts::BuiltIn;
use crate::scenario::Scenario;
use crate::scenario::node::nearest;

/// The names that hold anywhere in the document; those that steps save are not among them.
#[derive(Debug, Default)]
pub(super) struct Names {
    fixed: HashSet<String>,
    /// Columns of each table in alphabetical order, where they are known.
    tables: HashMap<String, Option<Vec<String>>>,
    /// Whether a list of names could not be read: then any name may be meant.
    unsure: bool,
}

/// What a name stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'n> {
    /// Something that is always there.
    Always,
    /// Perhaps something that a step saves.
    Saved,
    /// A table's column, but there is none of that name.
    NoColumn { table: &'n str, column: &'n str },
}

impl Names {
    pub(super) fn new(scenario: &Scenario, context: &Context) -> Self {
        let mut fixed: HashSet<String> = HashSet::new();
        fixed.extend(scenario.values.iter().map(|value| value.name.clone()));
        fixed.extend(scenario.secrets.iter().map(|secret| secret.name.clone()));
        fixed.extend(BuiltIn::NAMES.iter().map(|(name, _)| (*name).to_owned()));
        fixed.extend(
            MAKERS.iter().filter(|(word, _)| Maker::parse(word, &[]).is_ok()).map(|(word, _)| (*word).to_owned()),
        );
        fixed.remove("");
        let tables = scenario.data.iter().map(|table| {
            let facts = context.tables.get(&table.name).map(|facts| facts.columns.clone());
            let inline = (!table.columns.is_empty()).then(|| table.columns.clone());
            let mut columns = facts.or(inline);
            columns.iter_mut().for_each(|columns| columns.sort_unstable());
            (table.name.clone(), columns)
        });
        let unsure = ["values", "secrets", "data"].iter().any(|key| scenario.extra.fields.contains_key(*key));
        Self { fixed, tables: tables.collect(), unsure }
    }

    /// What a name stands for.
    pub(super) fn meaning<'n>(&self, name: &'n str) -> Meaning<'n> {
        if self.unsure || self.fixed.contains(name) {
            return Meaning::Always;
        }
        let Some((table, column)) = name.split_once('.') else { return Meaning::Saved };
        match self.tables.get(table) {
            None => Meaning::Saved,
            Some(None) => Meaning::Always,
            Some(Some(columns)) if columns.binary_search_by(|known| known.as_str().cmp(column)).is_ok() => {
                Meaning::Always
            }
            Some(Some(_)) => Meaning::NoColumn { table, column },
        }
    }

    /// The column of a table that is probably meant.
    pub(super) fn near_column(&self, table: &str, column: &str) -> Option<String> {
        let columns = self.tables.get(table)?.as_ref()?;
        let known: Vec<&str> = columns.iter().map(String::as_str).take(NEAR_ENOUGH).collect();
        nearest(column, &known).map(|near| format!("{table}.{near}"))
    }

    /// The name nearest to one that is unknown, out of these, of `saved`, and of the tables' columns.
    pub(super) fn near<'s>(&'s self, name: &str, saved: impl Iterator<Item = &'s str>) -> Option<String> {
        let columns: Vec<String> = match name.split_once('.') {
            None => Vec::new(),
            Some(_) => self
                .tables
                .iter()
                .flat_map(|(table, columns)| columns.iter().flatten().map(move |column| format!("{table}.{column}")))
                .take(NEAR_ENOUGH)
                .collect(),
        };
        let fixed = self.fixed.iter().map(String::as_str).take(NEAR_ENOUGH);
        let mut known: Vec<&str> = columns.iter().map(String::as_str).chain(fixed).collect();
        for name in saved.take(NEAR_ENOUGH) {
            known.push(name);
        }
        known.sort_unstable(); // a hash set has no order, and the same text must get the same hint
        nearest(name, &known).map(str::to_owned)
    }

    /// Whether a table of that name is declared.
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }
}

/// So many names are looked at for a "did you mean": beyond that it would take too long.
const NEAR_ENOUGH: usize = 1_000;
