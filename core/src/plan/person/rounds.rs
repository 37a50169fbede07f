//! Repeats: which round it is, and whether there is another. Must not know what is done in a round.

use serde_json::Value;

use super::Person;
use crate::plan::memory::World;
use crate::plan::parts::{LoopEnd, LoopPlan, Op, Plan};
use crate::plan::value::Val;

/// A repeat under way.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) at: usize,
    pub(super) round: u32,
    pub(super) items: Val,
    pub(super) until_us: u64,
}

impl Person {
    pub(super) fn begin_repeat(&mut self, world: &World<'_>, repeat: &LoopPlan, end: usize) {
        let mut frame = Frame { at: self.at - 1, round: 0, items: Val::Missing, until_us: 0 };
        match &repeat.until {
            LoopEnd::Items(slot, _) => frame.items = self.memory.slots.get(*slot).clone(),
            LoopEnd::During(length) => frame.until_us = world.now_us.saturating_add(length.us()),
            LoopEnd::Times(_) | LoopEnd::Until(_) => {}
        }
        self.frames.push(frame);
        self.start_round(world, repeat, self.at, end);
    }

    pub(super) fn next_round(&mut self, plan: &Plan, world: &World<'_>, start: usize) {
        let behind = self.at;
        let Some(Op::Repeat(repeat, _)) = self.frames.last().and_then(|frame| self.ops(plan).get(frame.at)) else {
            return;
        };
        if let LoopEnd::Until(condition) = &repeat.until
            && self.memory.is_true(plan, world, condition)
        {
            self.end_repeat(behind);
            return;
        }
        self.start_round(world, repeat, start, behind);
    }

    pub(super) fn start_round(&mut self, world: &World<'_>, repeat: &LoopPlan, start: usize, behind: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let done = frame.round;
        let more = done < repeat.at_most
            && match &repeat.until {
                LoopEnd::Times(times) => done < *times,
                LoopEnd::During(_) => world.now_us < frame.until_us,
                LoopEnd::Until(_) => true,
                LoopEnd::Items(_, item) => {
                    let next = nth_item(&frame.items, done as usize);
                    let there = next.is_some();
                    if let (Some(slot), Some(value)) = (item, next) {
                        self.memory.slots.set(*slot, value);
                    }
                    there
                }
            };
        if more {
            frame.round += 1;
            self.memory.round = frame.round;
            self.at = start;
        } else {
            self.end_repeat(behind);
        }
    }

    pub(super) fn end_repeat(&mut self, behind: usize) {
        self.frames.pop();
        self.memory.round = self.frames.last().map_or(0, |frame| frame.round);
        self.at = behind;
    }
}

/// Item `at` of a list; a single value counts as a list of one.
fn nth_item(items: &Val, at: usize) -> Option<Val> {
    match items {
        Val::Missing => None,
        Val::Json(value) => match &**value {
            Value::Array(list) => list.get(at).cloned().map(Val::from_json),
            _ => (at == 0).then(|| items.clone()),
        },
        Val::Text(_) => (at == 0).then(|| items.clone()),
    }
}
