//! Everything about one step of the trial: what failed and why, the values around it, what took how long.
//!
//! Must not decide what helps: that is for the ways.

use std::sync::Arc;

use tidemark_core::units::{plain_bytes, plain_time};

use super::{Mark, Way, is_stale, last_of, looked, message, row, step_at, told, ways};
use crate::model::{Exchange, Model};
use crate::select::panel;
use crate::text::trial as say;

/// Everything about the step that is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Its number in the trial.
    pub number: usize,
    /// The step's id; may be empty.
    pub step: String,
    /// How it went.
    pub mark: Mark,
    /// Its name, and what failed.
    pub title: String,
    /// "200 · 61 ms · 240 B".
    pub line: String,
    /// What the server says about it.
    pub server: String,
    /// Why, probably.
    pub likely: &'static str,
    /// What can be done at once.
    pub ways: Vec<Way>,
    /// Whether the step has been changed since.
    pub stale: bool,
}

/// Everything about the step that is looked at.
pub fn detail(model: &Model) -> Option<Detail> {
    let (trial, now) = (panel::trial(model)?, panel::scenario(model)?);
    let number = looked(model)?;
    let step = trial.steps.get(number)?;
    let row = row(trial, now, number, step);
    let told = told(step);
    let exchange = step.exchange.as_deref();
    let size = exchange.filter(|found| found.answer_len > 0).map(|found| plain_bytes(found.answer_len));
    Some(Detail {
        number,
        step: step.step.clone(),
        mark: row.mark,
        title: told.as_ref().map_or(row.name.clone(), |told| say::failed_title(&row.name, &told.title)),
        line: crate::text::panel::answer_line(&row.said, &row.took, &size.unwrap_or_default()),
        server: exchange.filter(|_| told.is_some()).and_then(message).unwrap_or_default(),
        likely: told.map_or("", |told| told.reason),
        ways: ways(model, step),
        stale: row.stale,
    })
}

/// What was sent and answered in the step that is looked at.
pub fn exchange(model: &Model) -> Option<Arc<Exchange>> {
    step_at(model, looked(model)?)?.exchange.clone()
}

/// What was sent and answered when a step (by id) was tried last, and whether the step has been changed since.
pub fn exchange_of(model: &Model, step: &str) -> Option<(Arc<Exchange>, bool)> {
    let (trial, now) = (panel::trial(model)?, panel::scenario(model)?);
    let exchange = step_at(model, last_of(model, step)?)?.exchange.clone()?;
    Some((exchange, is_stale(trial, now, step)))
}

/// A saved value around a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it is called.
    pub name: String,
    /// What it held before the step; none where it was not set.
    pub before: Option<String>,
    /// What it holds after it.
    pub now: String,
    /// Whether the step set it.
    pub changed: bool,
}

/// The values after a step, in the order in which they were first set.
pub fn values_after(model: &Model, number: usize) -> Vec<Held> {
    let Some(trial) = panel::trial(model) else { return Vec::new() };
    let mut all: Vec<Held> = Vec::new();
    for (at, step) in trial.steps.iter().enumerate().take(number + 1) {
        for (name, value) in &step.saved {
            let (now, changed) = (value.clone(), at == number);
            match all.iter_mut().find(|known| known.name == *name) {
                // One that a step sets twice was before what it was before the step.
                Some(known) if known.changed => known.now = now,
                Some(known) => {
                    known.before = Some(std::mem::replace(&mut known.now, now));
                    known.changed = changed;
                }
                None => all.push(Held { name: name.clone(), before: None, now, changed }),
            }
        }
    }
    for known in all.iter_mut().filter(|known| !known.changed) {
        known.before = Some(known.now.clone());
    }
    all
}

/// A part of the time of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it was.
    pub word: &'static str,
    /// How long, in words.
    pub took: String,
    /// Where it begins in the whole, from 0 to 1.
    pub from: f64,
    /// How long it is, from 0 to 1.
    pub length: f64,
}

/// What took how long; all of it together comes last.
pub fn timing(exchange: &Exchange) -> Vec<Part> {
    let (times, whole) = (exchange.times, exchange.times.whole_us);
    let mut at = 0;
    let mut all = Vec::new();
    let mut add = |word, us: u64| {
        let share = |us: u64| if whole == 0 { 0.0 } else { us as f64 / whole as f64 };
        all.push(Part { word, took: plain_time(us), from: share(at).min(1.0), length: share(us).min(1.0) });
        at += us;
    };
    if let Some(us) = times.connect_us {
        add(say::CONNECT, us);
    }
    if let Some(us) = times.tls_us {
        add(say::TLS, us);
    }
    if let Some(first) = times.first_byte_us {
        let before = times.connect_us.unwrap_or(0) + times.tls_us.unwrap_or(0);
        add(say::WAIT, first.saturating_sub(before));
        add(say::READ, whole.saturating_sub(first));
    }
    all.push(Part { word: say::WHOLE, took: plain_time(whole), from: 0.0, length: 1.0 });
    all
}
