//! Shares as pictures and numbers: the mix bar, the ribbons, and the heads at the peak. Must not change a share.

use tidemark_core::plan::shares::{Heads, apportion};
use tidemark_core::scenario::{Scenario, UserType};

use crate::doc::edit::share::{Mix, parts, percent_text, split, tenths};
use crate::model::ShareMode;

/// The thickest ribbon, in pixels: a share of all.
pub const THICKEST: f64 = 72.0;
/// The thinnest.
pub const THINNEST: f64 = 2.0;
/// So far from the card a label ends, in pixels.
const LABEL_GAP: f64 = 6.0;
/// With more tasks than this the thinnest ribbons become one.
pub const MOST_RIBBONS: usize = 12;

/// One part of a mix bar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Segment {
    /// Its number in the mix, from 0.
    pub at: usize,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Share in tenths of a percent; all add up to 1,000.
    pub tenths: u32,
    /// Share in whole percent; all add up to 100.
    pub percent: u32,
    /// Its weight, for parts mode.
    pub weight: f64,
    /// With one decimal, for the tooltip: `33.3 %`.
    pub exact: String,
    /// Where it begins and how long it is, from 0 to 1.
    pub from: f64,
    /// How long it is, from 0 to 1.
    pub length: f64,
    /// Whether its share stays as it is.
    pub locked: bool,
    /// Switched off, or with an exact number.
    pub off: bool,
}

/// The parts of a mix, in order; those that are off have no share.
pub fn segments(scenario: &Scenario, mix: &Mix, locks: &std::collections::BTreeSet<String>) -> Vec<Segment> {
    let parts = parts(scenario, mix);
    let tenths = tenths(&parts);
    let weights: Vec<f64> = parts.iter().map(|part| if part.on { part.weight } else { 0.0 }).collect();
    let percent = split(&weights, 100);
    let mut from = 0.0;
    let segment = |(at, part): (usize, &crate::doc::edit::share::Part)| {
        let length = f64::from(tenths[at]) / 1_000.0;
        from += length;
        Segment {
            at,
            id: part.id.clone(),
            name: part.name.clone(),
            tenths: tenths[at],
            percent: percent[at],
            weight: part.weight,
            exact: percent_text(tenths[at]),
            from: from - length,
            length,
            locked: locks.contains(&part.id),
            off: !part.on,
        }
    };
    parts.iter().enumerate().map(segment).collect()
}

/// The shares of a user type's tasks.
pub fn shown_mix(model: &crate::model::Model, user: &str) -> Vec<Segment> {
    let Some(test) = &model.test else { return Vec::new() };
    segments(test.doc.scenario(), &Mix::Tasks(user.to_owned()), &test.doc.locks)
}

/// The shares of the user types.
pub fn user_mix(model: &crate::model::Model) -> Vec<Segment> {
    let Some(test) = &model.test else { return Vec::new() };
    segments(test.doc.scenario(), &Mix::Users, &test.doc.locks)
}

/// A border of the mix bar that can be moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Divider {
    /// The number in the mix of what lies before it.
    pub at: usize,
    /// Its name: "Border between Browse and Search".
    pub name: String,
    /// Where it stands, from 0 to 1.
    pub from: f64,
    /// Where what lies before it begins, from 0 to 1.
    pub starts: f64,
    /// What lies before it has so much, in tenths of a percent.
    pub now: u32,
    /// Both sides together have so much.
    pub both: u32,
    /// In words: "Browse 60 %, Search 40 %".
    pub says: String,
    /// Why it can't be moved; empty if it can.
    pub held: String,
}

/// The borders between the parts of a mix that are on.
pub fn dividers(segments: &[Segment]) -> Vec<Divider> {
    let on: Vec<&Segment> = segments.iter().filter(|segment| !segment.off).collect();
    let divider = |pair: &[&Segment]| {
        let (left, right) = (pair[0], pair[1]);
        let held = [left, right].into_iter().find(|segment| segment.locked);
        Divider {
            at: left.at,
            name: crate::text::build::border(&left.name, &right.name),
            from: left.from + left.length,
            starts: left.from,
            now: left.tenths,
            both: left.tenths + right.tenths,
            says: crate::text::build::divider(&left.name, &left.exact, &right.name, &right.exact),
            held: held.map(|segment| crate::text::edits::is_locked(&segment.name)).unwrap_or_default(),
        }
    };
    on.windows(2).map(divider).collect()
}

/// The ids of a user type's tasks, those that came first before the others: a task keeps its colour when it is moved.
pub fn tasks_as_they_came(doc: &crate::doc::Doc, user: &str) -> Vec<String> {
    in_order(
        doc,
        doc.scenario().users.iter().filter(|found| found.id == user).flat_map(|user| &user.tasks).map(|task| &task.id),
    )
}

/// The ids of the user types, those that came first before the others.
pub fn users_as_they_came(doc: &crate::doc::Doc) -> Vec<String> {
    in_order(doc, doc.scenario().users.iter().map(|user| &user.id))
}

fn in_order<'a>(doc: &crate::doc::Doc, ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.cloned().collect();
    ids.sort_by_key(|id| doc.came().iter().position(|came| came == id));
    ids
}

/// The shares as they are while a border is dragged: the part before it has so much of what both have, in tenths.
pub fn with_border(segments: &[Segment], at: usize, left: u32) -> Vec<Segment> {
    let mut all = segments.to_vec();
    let Some(next) = (at + 1..all.len()).find(|next| !all[*next].off) else { return all };
    let both = all[at].tenths + all[next].tenths;
    all[at].tenths = left.min(both);
    all[next].tenths = both - all[at].tenths;
    let weights: Vec<f64> = all.iter().map(|one| f64::from(one.tenths)).collect();
    let mut from = 0.0;
    for (one, percent) in all.iter_mut().zip(split(&weights, 100)) {
        one.percent = percent;
        one.exact = percent_text(one.tenths);
        one.length = f64::from(one.tenths) / 1_000.0;
        one.from = from;
        from += one.length;
    }
    all
}

/// How much the part before a border has when the border is dragged to a place from 0 to 1, in tenths: whole percent,
/// or tenths where `fine`.
pub fn left_at(divider: &Divider, place: f64, fine: bool) -> u32 {
    let step = if fine { 1.0 } else { 10.0 };
    let tenths = ((place - divider.starts) * 1_000.0 / step).round() * step;
    (tenths.max(0.0) as u32).min(divider.both)
}

/// How much it has after a key, in tenths; none for keys that mean nothing here.
pub fn left_by_key(divider: &Divider, key: &str, far: bool) -> Option<u32> {
    let step = if far { 50 } else { 10 };
    Some(match key {
        "ArrowLeft" | "ArrowDown" => divider.now.saturating_sub(step),
        "ArrowRight" | "ArrowUp" => (divider.now + step).min(divider.both),
        "PageDown" => divider.now.saturating_sub(100),
        "PageUp" => (divider.now + 100).min(divider.both),
        "Home" => 0,
        "End" => divider.both,
        _ => return None,
    })
}

/// What a part of the bar says beside its name: "60 %", or "3" in parts.
pub fn piece_share(segment: &Segment, mode: ShareMode) -> String {
    match mode {
        ShareMode::Percent => format!("{} %", segment.percent),
        ShareMode::Parts => segment.weight.to_string(),
    }
}

/// Both, with one decimal: "Browse 33.3 %".
pub fn piece_exact(segment: &Segment) -> String {
    crate::text::build::named_share(&segment.name, &segment.exact)
}

/// How often each of the shown tasks was picked in the run that was opened last; none where there is no such run, or where
/// it knew none of them.
pub fn last_picks(model: &crate::model::Model) -> Option<Vec<u64>> {
    let user = crate::select::outline::table::user(model)?;
    let scenario = model.test.as_ref()?.doc.scenario();
    let (_, opened) = model.results.open.as_ref()?;
    let tasks = &crate::doc::place::user(scenario, &user)?.tasks;
    let names = opened.timeline.names();
    let picked = |task: &tidemark_core::scenario::Task| {
        let its = |row: &&tidemark_core::stats::summary::RowSummary| {
            row.of == tidemark_core::stats::NameKind::Task
                && row.name.and_then(|name| names.get(name.at())).is_some_and(|name| name.id == task.id)
        };
        opened.summary.rows.iter().filter(its).map(|row| row.count).sum()
    };
    let picks: Vec<u64> = tasks.iter().map(picked).collect();
    picks.iter().any(|count| *count > 0).then_some(picks)
}

/// Why the task whose share of requests is furthest from its share of picks is so; none while no preview of this very
/// document is there, or where both are within five points.
pub fn picks_explained(model: &crate::model::Model) -> Option<String> {
    const APART: f64 = 0.05;
    let test = model.test.as_ref()?;
    let user = crate::select::outline::table::user(model)?;
    let name = &crate::doc::place::user(test.doc.scenario(), &user)?.name;
    let crate::model::PreviewState::Ready(preview, revision) = &test.preview else { return None };
    let tasks = &preview.users.iter().find(|user| user.name == *name)?.tasks;
    let apart = |task: &tidemark_core::preview::TaskPreview| (task.share_of_requests - task.picked).abs();
    let furthest = tasks.iter().max_by(|a, b| apart(a).total_cmp(&apart(b)))?;
    (*revision == test.doc.revision() && apart(furthest) > APART)
        .then(|| crate::text::build::picks_and_requests(&furthest.name, furthest.picked, furthest.share_of_requests))
}

/// The colour of the thing with this number, from 0: one of six, and a letter from the seventh on.
pub fn colour(at: usize) -> (usize, Option<char>) {
    let letter = at.checked_sub(6).and_then(|more| char::from_u32(u32::from(b'A') + (more % 26) as u32));
    (at % 6 + 1, letter)
}

/// Where the bands go, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The middle of each task's card, from the top.
    pub cards: Vec<f64>,
    /// The middle of the user type's card, from the top.
    pub from: f64,
    /// How far it is from one to the others.
    pub width: f64,
}

/// A band from a user type to a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// The tasks it leads to; several where the thinnest are merged.
    pub tasks: Vec<String>,
    /// Its label: "40 %", or "5 more".
    pub label: String,
    /// How thick it is, in pixels.
    pub px: f64,
    /// Nobody goes there: drawn as a dotted outline.
    pub never: bool,
    /// The path of the band, from the left edge at x = 0.
    pub path: String,
    /// Where the label stands: its right end, and its middle from the top.
    pub label_at: (f64, f64),
}

/// How thick a share is drawn, in pixels.
pub fn thickness(share: f64) -> f64 {
    (share * THICKEST).max(THINNEST)
}

/// The ribbons to the tasks of a user type with these shares.
pub fn ribbons(segments: &[Segment], place: &Place) -> Vec<Ribbon> {
    let (card, from, width) = (&place.cards, place.from, place.width);
    let mut order: Vec<&Segment> = segments.iter().filter(|segment| !segment.off).collect();
    let mut merged: Vec<&Segment> = Vec::new();
    if order.len() > MOST_RIBBONS {
        let mut by_share = order.clone();
        by_share.sort_by_key(|segment| std::cmp::Reverse(segment.tenths));
        merged = by_share.split_off(MOST_RIBBONS - 1);
        merged.sort_by_key(|segment| segment.at);
        order.retain(|segment| !merged.iter().any(|other| other.at == segment.at));
    }
    let total: f64 = order.iter().map(|segment| thickness(segment.length)).sum::<f64>()
        + if merged.is_empty() { 0.0 } else { thickness(merged.iter().map(|segment| segment.length).sum()) };
    let mut at = from - total / 2.0;
    let mut ribbon = |tasks: Vec<String>, label: String, share: f64, to: f64| {
        let px = thickness(share);
        let path = band(at + px / 2.0, to, width, px);
        at += px;
        Ribbon { tasks, label, px, never: share <= 0.0, path, label_at: (width - LABEL_GAP, to) }
    };
    let to = |number: usize| card.get(number).copied().unwrap_or(from);
    let mut all: Vec<Ribbon> = Vec::new();
    for segment in order {
        let label = format!("{} %", segment.percent);
        all.push(ribbon(vec![segment.id.clone()], label, segment.length, to(segment.at)));
    }
    if let Some(last) = merged.last() {
        let share = merged.iter().map(|segment| segment.length).sum();
        let label = crate::text::build::more(merged.len());
        all.push(ribbon(merged.iter().map(|segment| segment.id.clone()).collect(), label, share, to(last.at)));
    }
    all
}

/// A band of this thickness from the left to the right, bent like an S.
pub(crate) fn band(from: f64, to: f64, width: f64, px: f64) -> String {
    use crate::chart::path::push;
    let mut out = String::new();
    let (half, middle) = (px / 2.0, width / 2.0);
    let mut add = |text: &str, numbers: &[f64]| {
        out.push_str(text);
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            push(&mut out, *number);
        }
    };
    add("M", &[0.0, from - half]);
    add("C", &[middle, from - half, middle, to - half, width, to - half]);
    add("V", &[to + half]);
    add("C", &[middle, to + half, middle, from + half, 0.0, from + half]);
    add("Z", &[]);
    out
}

/// A user type's card.
#[derive(Debug, Clone, PartialEq)]
pub struct UserCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Share in whole percent; none with an exact number.
    pub percent: Option<u32>,
    /// People at the peak.
    pub heads: u32,
    /// An exact number of people, instead of a share.
    pub exactly: Option<u32>,
    /// Its weight, for parts mode.
    pub weight: f64,
    /// All people at the peak.
    pub of: u32,
    /// "42 of 60 people".
    pub text: String,
    /// Switched off.
    pub off: bool,
    /// Nobody of this type comes although it is on and has a share.
    pub nobody: bool,
}

/// The user type below or above one, by id.
pub fn next_user(model: &crate::model::Model, item: &crate::doc::Item, below: bool) -> Option<String> {
    let users = &model.test.as_ref()?.doc.scenario().users;
    let at = users.iter().position(|user| *item == crate::doc::Item::User(user.id.clone()))?;
    let next = if below { at + 1 } else { at.checked_sub(1)? };
    users.get(next).map(|user| user.id.clone())
}

/// The cards of the user types, with real heads at the peak by largest remainder over all of them.
pub fn user_cards(scenario: &Scenario) -> Vec<UserCard> {
    let peak = crate::doc::edit::load::points(&scenario.load).into_iter().map(|point| point.1).fold(0.0, f64::max);
    let arrivals = crate::doc::edit::load::counts_arrivals(&scenario.load);
    let people = peak.round() as u32;
    let heads: Vec<Heads> = scenario
        .users
        .iter()
        .map(|user| match (user.off, user.exactly) {
            (true, _) => Heads::Share(0.0),
            (false, Some(count)) => Heads::Exactly(count),
            (false, None) => Heads::Share(user.share.unwrap_or(1.0)),
        })
        .collect();
    let counts = apportion(people, &heads);
    let percents = segments(scenario, &Mix::Users, &Default::default());
    let card = |(at, user): (usize, &UserType)| UserCard {
        id: user.id.clone(),
        name: user.name.clone(),
        percent: user.exactly.is_none().then_some(percents[at].percent),
        heads: counts[at],
        exactly: user.exactly,
        weight: user.share.unwrap_or(1.0),
        of: people,
        text: crate::text::build::heads(counts[at], people, arrivals),
        off: user.off,
        nobody: !user.off && counts[at] == 0 && people > 0,
    };
    scenario.users.iter().enumerate().map(card).collect()
}
