//! What one person knows: saved values, rows, the last answer; and how a value is found and filled in.

use std::sync::Arc;

use base64::Engine as _;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::plan::dice::Dice;
use crate::plan::make::Made;
use crate::plan::parts::{BuiltIn, CondPlan, Fill, FillPiece, FillUse, Origin, Plan, ValueFill, Write};
use crate::plan::supply::Supply;
use crate::plan::template::Change;
use crate::plan::value::{Slots, Val};
use crate::scenario::{Fresh, RowUse, RowsOut};
use crate::traffic::{Kind, Trouble};

/// What surrounds a person at one moment. Time comes in from outside.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// What people share.
    pub supply: &'a Supply,
    /// Microseconds since the start of the run.
    pub now_us: u64,
    /// The wall clock at the start of the run, in microseconds since 1970.
    pub started_wall_us: i64,
}

/// Why a value could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Nothing has that name at this moment.
    Missing(String),
    /// A data table has no rows left.
    RowsRanOut {
        /// The table.
        table: String,
        /// Whether the run ends, or only this person leaves.
        ends_run: bool,
    },
    /// The address made no sense once its values were filled in.
    BadAddress(String),
    /// A value brought a line break, or another character that can't stand in a header.
    BadHeader,
}

impl Lack {
    /// As a request's trouble.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Missing(name) => Trouble::new(Kind::ValueMissing, format!("there was no value for {name}")),
            Self::RowsRanOut { table, .. } => Trouble::new(Kind::RowsRanOut, format!("{table} has no rows left")),
            Self::BadAddress(text) => Trouble::new(Kind::BadRequest, format!("\"{text}\" is no address")),
            Self::BadHeader => Trouble::new(Kind::BadRequest, "a value with a line break can't stand in a header"),
        }
    }
}

/// The last answer of a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Last {
    /// Status; 0 where there was none.
    pub status: u16,
    /// Service time in microseconds.
    pub service_us: u64,
    /// Length of the body.
    pub size: u64,
    /// Whether it counted as failed.
    pub failed: bool,
}

/// What one person knows.
#[derive(Debug, Clone)]
pub struct Memory {
    /// The person's number, from 1.
    pub number: u64,
    /// Index of the user type.
    pub kind: u16,
    /// Saved values, by slot.
    pub slots: Slots,
    /// The person's row of each table, once there is one.
    pub rows: Box<[Option<u64>]>,
    /// The person's chance.
    pub dice: Dice,
    /// The last answer.
    pub last: Last,
    /// Round of the innermost repeat, from 1.
    pub round: u32,
}

/// May stand in a path as they are: RFC 3986's `pchar` and `/`. A `%` stays, so that what is encoded already stays so.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'|');
/// May stand in a query value.
const QUERY: &AsciiSet = &PATH.add(b'&').add(b'=').add(b'+').add(b'%').add(b'\'').add(b';').remove(b'?');
/// Letters, digits and `-._~` only (RFC 3986's unreserved characters).
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Memory {
    /// A newcomer.
    pub fn new(plan: &Plan, kind: usize, number: u64, dice: Dice) -> Self {
        Self {
            number,
            kind: kind as u16,
            slots: Slots::default(),
            rows: vec![None; plan.tables.len()].into(),
            dice,
            last: Last::default(),
            round: 0,
        }
    }

    /// Forgets what only lasts for one task.
    pub fn start_task(&mut self, plan: &Plan) {
        for (row, table) in self.rows.iter_mut().zip(&plan.tables) {
            if table.each_person != RowUse::KeepsOneRow {
                *row = None;
            }
        }
        for named in plan.named.iter().filter(|named| named.fresh == Fresh::EachTask) {
            self.slots.set(named.slot, Val::Missing);
        }
    }

    /// The value of `origin`; [`Val::Missing`] where a saved value is not there.
    ///
    /// # Errors
    /// Where a table has no rows left, or a value needs another that is missing.
    pub fn value(&mut self, plan: &Plan, world: &World<'_>, origin: &Origin) -> Result<Val, Lack> {
        Ok(match origin {
            Origin::Fixed(value) => value.clone(),
            Origin::Slot(slot) => self.slots.get(*slot).clone(),
            Origin::Made(maker, counter) => {
                let count = if *counter == u32::MAX { 0 } else { world.supply.count(*counter as usize) };
                let now_us = world.started_wall_us.saturating_add(i64::try_from(world.now_us).unwrap_or(i64::MAX));
                from_made(maker.make(&mut self.dice, now_us, count))
            }
            Origin::Cell(table, column) => {
                let row = self.row(plan, world, usize::from(*table))?;
                plan.tables[usize::from(*table)].table.row_value(row as usize, usize::from(*column))
            }
            Origin::Named(index) => {
                let named = &plan.named[usize::from(*index)];
                if named.fresh == Fresh::EachUse {
                    return self.fill_value(plan, world, &named.value);
                }
                if self.slots.get(named.slot).is_missing() {
                    let value = self.fill_value(plan, world, &named.value)?;
                    self.slots.set(named.slot, value);
                }
                self.slots.get(named.slot).clone()
            }
            Origin::BuiltIn(built_in) => self.built_in(plan, world, *built_in),
        })
    }

    /// The person's row of a table; takes one where there is none yet.
    fn row(&mut self, plan: &Plan, world: &World<'_>, table: usize) -> Result<u64, Lack> {
        if let Some(row) = self.rows[table] {
            return Ok(row);
        }
        let part = &plan.tables[table];
        let count = part.table.rows.len() as u64;
        let row = match part.each_person {
            RowUse::RandomRow if count > 0 => self.dice.below(count),
            _ => world.supply.row(table),
        };
        let row = match part.run_out {
            _ if row < count => row,
            RowsOut::StartAgain if count > 0 => row % count,
            run_out => {
                let ends_run = run_out == RowsOut::TestStops;
                return Err(Lack::RowsRanOut { table: part.name.clone(), ends_run });
            }
        };
        self.rows[table] = Some(row);
        Ok(row)
    }

    fn built_in(&self, plan: &Plan, world: &World<'_>, built_in: BuiltIn) -> Val {
        Val::from_json(match built_in {
            BuiltIn::LastStatus => json!(self.last.status),
            BuiltIn::LastTimeMs => json!(self.last.service_us as f64 / 1e3),
            BuiltIn::LastSize => json!(self.last.size),
            BuiltIn::LastFailed => json!(self.last.failed),
            BuiltIn::PersonNumber => json!(self.number),
            BuiltIn::PersonType => json!(plan.types[usize::from(self.kind)].name),
            BuiltIn::RunSeconds => json!(world.now_us / 1_000_000),
            BuiltIn::RepeatIndex => json!(self.round),
        })
    }

    /// Fills in a JSON value.
    ///
    /// # Errors
    /// Where a value is missing or rows ran out.
    pub fn fill_value(&mut self, plan: &Plan, world: &World<'_>, fill: &ValueFill) -> Result<Val, Lack> {
        Ok(match fill {
            ValueFill::Fixed(value) => value.clone(),
            ValueFill::Single(used) => self.used(plan, world, used)?,
            ValueFill::Text(fill) => Val::text(self.fill_text(plan, world, fill)?),
            ValueFill::Json(fill) => {
                let text = self.fill_text(plan, world, fill)?;
                serde_json::from_str(&text).map_or_else(|_| Val::text(text.as_str()), Val::from_json)
            }
        })
    }

    /// Fills in a text.
    ///
    /// # Errors
    /// As [`Self::fill_value`].
    pub fn fill_text(&mut self, plan: &Plan, world: &World<'_>, fill: &Fill) -> Result<String, Lack> {
        let mut out = String::new();
        self.fill(plan, world, fill, &mut out)?;
        Ok(out)
    }

    /// Appends a filled-in text to `out`.
    ///
    /// # Errors
    /// As [`Self::fill_value`]; `out` then holds a part.
    pub fn fill(&mut self, plan: &Plan, world: &World<'_>, fill: &Fill, out: &mut String) -> Result<(), Lack> {
        for piece in &fill.0 {
            match piece {
                FillPiece::Text(text) => out.push_str(text),
                FillPiece::Use(used) => {
                    let value = self.used(plan, world, used)?;
                    write_value(&value, used.write, out);
                }
                FillPiece::Changed(inner, change) => {
                    let text = self.fill_text(plan, world, inner)?;
                    out.push_str(&changed(&text, *change));
                }
            }
        }
        Ok(())
    }

    /// A value with its changes made.
    fn used(&mut self, plan: &Plan, world: &World<'_>, used: &FillUse) -> Result<Val, Lack> {
        let value = self.value(plan, world, &used.origin)?;
        if value.is_missing() {
            return Err(Lack::Missing(plan.origin_name(&used.origin)));
        }
        if used.changes.is_empty() {
            return Ok(value);
        }
        let mut text = value.as_text().into_owned();
        for change in &used.changes {
            text = changed(&text, *change);
        }
        Ok(Val::text(text))
    }

    /// Whether a condition is true. A value that can't be had counts as missing.
    pub fn is_true(&mut self, plan: &Plan, world: &World<'_>, condition: &CondPlan) -> bool {
        match condition {
            CondPlan::All(all) => all.iter().all(|one| self.is_true(plan, world, one)),
            CondPlan::Any(any) => any.iter().any(|one| self.is_true(plan, world, one)),
            CondPlan::Test(left, is, right) => {
                let left = self.value(plan, world, left).unwrap_or_default();
                let right = self.fill_value(plan, world, right).unwrap_or_default();
                crate::plan::judge::holds(&left, *is, &right)
            }
        }
    }
}

impl Plan {
    /// The name under which a tester knows a value.
    pub(crate) fn origin_name(&self, origin: &Origin) -> String {
        match origin {
            Origin::Slot(slot) => self.slots[usize::from(*slot)].clone(),
            Origin::Named(index) => self.slots[usize::from(self.named[usize::from(*index)].slot)].clone(),
            Origin::Cell(table, column) => {
                let table = &self.tables[usize::from(*table)];
                format!("{}.{}", table.name, table.table.columns[usize::from(*column)])
            }
            Origin::BuiltIn(wanted) => {
                BuiltIn::NAMES.iter().find(|(_, known)| known == wanted).map_or("", |(name, _)| name).to_owned()
            }
            Origin::Fixed(_) | Origin::Made(..) => String::new(),
        }
    }
}

fn from_made(made: Made) -> Val {
    match made {
        Made::Text(text) => Val::text(text),
        Made::Integer(number) => Val::Json(Arc::new(json!(number))),
        Made::Boolean(truth) => Val::Json(Arc::new(Value::Bool(truth))),
        // The digits asked for would be lost in a float for all but the shortest; trailing zeros are.
        Made::Decimal(digits) => Val::Json(Arc::new(serde_json::from_str(&digits).unwrap_or(Value::Null))),
    }
}

impl Fill {
    /// Whether it is the same for everybody, word by word.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, FillPiece::Text(_)))
    }

    /// Its text, where nothing in it depends on who is there.
    pub fn known(&self) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                FillPiece::Text(piece) => text.push_str(piece),
                FillPiece::Use(used) => {
                    let Origin::Fixed(value) = &used.origin else { return None };
                    let plain = value.as_text().into_owned();
                    text.push_str(&used.changes.iter().fold(plain, |text, change| changed(&text, *change)));
                }
                FillPiece::Changed(inner, change) => text.push_str(&changed(&inner.known()?, *change)),
            }
        }
        Some(text)
    }
}

fn changed(text: &str, change: Change) -> String {
    match change {
        Change::Url => utf8_percent_encode(text, STRICT).to_string(),
        Change::Base64 => base64::engine::general_purpose::STANDARD.encode(text),
        Change::Upper => text.to_uppercase(),
        Change::Lower => text.to_lowercase(),
        Change::Trim => text.trim().to_owned(),
        Change::Text => text.to_owned(),
    }
}

/// Writes a value as its place wants it.
pub(crate) fn write_value(value: &Val, write: Write, out: &mut String) {
    // Whole numbers, as most saved ids are, look the same in every place.
    if let Val::Json(json) = value
        && let Some(number) = json.as_i64()
    {
        out.push_str(itoa::Buffer::new().format(number));
        return;
    }
    match write {
        Write::Plain => out.push_str(&value.as_text()),
        Write::Path => out.extend(utf8_percent_encode(&value.as_text(), PATH)),
        Write::Query => out.extend(utf8_percent_encode(&value.as_text(), QUERY)),
        Write::Form => {
            for (at, word) in value.as_text().split(' ').enumerate() {
                if at > 0 {
                    out.push('+');
                }
                out.extend(utf8_percent_encode(word, STRICT));
            }
        }
        Write::JsonText => {
            let quoted = Value::String(value.as_text().into_owned()).to_string();
            out.push_str(&quoted[1..quoted.len() - 1]);
        }
        Write::JsonValue => match value {
            Val::Text(text) => out.push_str(&Value::String(text.to_string()).to_string()),
            other => out.push_str(&other.to_json().to_string()),
        },
    }
}
