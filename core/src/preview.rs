//! What a run would do, worked out without sending anything: picks, requests, bytes, rows, and what is never reached.
//!
//! Pretend people act out the plan on a clock of their own, with answers made up. Pure and with the plan's seed: the
//! same plan gives the same preview everywhere. Must not know how anything is sent or measured.

mod act;

pub(crate) use act::pretend_values;
mod estimate;
mod journey;
mod reach;
mod text;

pub use journey::{Entry, What};
pub use text::text;

use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::plan::parts::TypePlan;
use crate::scenario::{RowUse, RowsOut, Scenario, TaskChoice};
use crate::units::{Span, grouped};

/// How a preview is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How long every answer is assumed to take.
    pub assumed_answer: Span,
    /// About how many tasks are picked to find out.
    pub picks: u32,
}

impl Options {
    /// Answers of 100 ms, and enough picks for shares within half a point.
    pub const USUAL: Self = Self { assumed_answer: Span::from_ms(100), picks: 20_000 };
}

/// What a run would do. Numbers are expectations: a real run differs by chance, and by what the target does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Name of the scenario.
    pub name: String,
    /// The plan's seed.
    pub seed: u64,
    /// How long every answer is assumed to take, in microseconds.
    pub assumed_answer_us: u64,
    /// How long the load lasts, in microseconds; shorter than planned where its repetitions are done before.
    pub duration_us: u64,
    /// The most people at once.
    pub peak_people: u64,
    /// People who arrive, where the load counts arrivals.
    pub arrivals: Option<u64>,
    /// Requests in all.
    pub requests: u64,
    /// Requests per second at the busiest.
    pub requests_per_second: f64,
    /// Bytes sent in all, headers included.
    pub bytes_out: u64,
    /// User types, in the plan's order.
    pub users: Vec<UserPreview>,
    /// Data tables.
    pub tables: Vec<TableUse>,
    /// Requests, tasks and steps that nobody reaches.
    pub never: Vec<Never>,
    /// One pretend person, from arrival.
    pub journey: Vec<Entry>,
    /// What should be looked at before a run, in plain words.
    pub findings: Vec<String>,
    /// What each of the findings is about, in the same order.
    pub concerns: Vec<Concern>,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "name", rename_all = "kebab-case")]
pub enum Concern {
    /// A data table, by name, has fewer rows than are wanted.
    FewRows(String),
    /// Nobody of a user type, by name, comes.
    NobodyComes(String),
    /// A request, by name, can't be sent.
    NotSent(String),
    /// People are removed.
    LeaveEarly,
    /// A step or task, by id, is reached by nobody.
    NeverReached(String),
    /// More people would be there at once than are let in.
    Crowded,
    /// Only the beginning of what a person does was tried out.
    Rough,
}

/// What the people of one type would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserPreview {
    /// Name of the type.
    pub name: String,
    /// People at the peak; where the load counts arrivals, those expected to be there.
    pub heads: u64,
    /// Tasks picked in all.
    pub picks: u64,
    /// Requests in all.
    pub requests: u64,
    /// Share of this type's requests that are sent on arrival and before leaving, from 0 to 1.
    pub share_outside_tasks: f64,
    /// Tasks that can be picked, in the plan's order.
    pub tasks: Vec<TaskPreview>,
}

/// How often a task would be picked, and what that means. Shares are of the user type's, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskPreview {
    /// Name of the task.
    pub name: String,
    /// Its weight.
    pub weight: f64,
    /// Share of picks by the weights.
    pub picked: f64,
    /// Share of picks among the pretend people.
    pub picked_here: f64,
    /// How often the pretend people picked it.
    pub picks_here: u64,
    /// Where the share of picks of a real run will lie, in 95 of 100 runs.
    pub luck: (f64, f64),
    /// Requests each time, on average.
    pub requests_per_pick: f64,
    /// Share of requests.
    pub share_of_requests: f64,
    /// Share of the time spent in tasks, pauses inside them included.
    pub share_of_time: f64,
}

/// How many rows a data table has, and how many are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableUse {
    /// Name of the table.
    pub name: String,
    /// Rows it has.
    pub rows: u64,
    /// Rows that the run would use if it had them; `None` where rows are taken by chance.
    pub needed: Option<u64>,
}

/// Something that nobody reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Never {
    /// Id of the step or task; may be empty.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why something is never reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It is switched off.
    Off,
    /// Its weight is zero.
    WeightZero,
    /// Its tags, or those asked for, leave it out.
    LeftOutByTags,
    /// It depends on a real answer, and answers are made up here.
    DependsOnAnswers,
    /// No pretend person came there.
    NotReached,
}

/// Works out what a run would do. `scenario` is the one that `plan` was compiled from.
pub fn preview(plan: &Plan, scenario: &Scenario, options: &Options) -> Preview {
    preview_told(plan, scenario, options, &mut |_| {})
}

/// The same; `told` hears now and then how much of the work is done, from 0 to 1.
pub fn preview_told(plan: &Plan, scenario: &Scenario, options: &Options, told: &mut dyn FnMut(f64)) -> Preview {
    let seen = act::watch(plan, options, told);
    let load = estimate::load(plan, &seen);
    let users: Vec<UserPreview> =
        plan.types.iter().enumerate().map(|(kind, user)| user_preview(plan, kind, user, &seen, &load)).collect();
    let tables = tables(plan, &seen, &load);
    let never = reach::never(plan, scenario, &seen);
    let (concerns, findings) = findings(plan, &seen, &load, &tables, &never).into_iter().unzip();
    let requests: f64 = load.types.iter().map(|of| of.requests).sum();
    let bytes: f64 = load.types.iter().zip(&seen.types).map(|(of, seen)| of.requests * seen.bytes_per_request()).sum();
    Preview {
        name: plan.name.clone(),
        seed: plan.seed,
        assumed_answer_us: options.assumed_answer.us(),
        duration_us: load.end_us,
        peak_people: load.types.iter().map(|of| of.heads).sum(),
        arrivals: plan.load.open.then(|| plan.load.curve.area(load.end_us).round() as u64),
        requests: requests.round() as u64,
        requests_per_second: load.busiest,
        bytes_out: bytes.round() as u64,
        users,
        tables,
        never,
        journey: seen.journey,
        findings,
        concerns,
    }
}

/// The preview for programs.
pub fn json(preview: &Preview) -> serde_json::Value {
    serde_json::to_value(preview).unwrap_or_default()
}

fn part(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn user_preview(plan: &Plan, kind: usize, user: &TypePlan, seen: &act::Seen, load: &estimate::Estimate) -> UserPreview {
    let (watched, expected) = (&seen.types[kind], &load.types[kind]);
    let picks: u64 = watched.tasks.iter().map(|task| task.picks).sum();
    let busy: f64 = watched.tasks.iter().map(|task| task.time_us as f64).sum();
    let sent = watched.requests as f64;
    let tasks = user.tasks.iter().enumerate().map(|(at, task)| {
        let watched = &watched.tasks[at];
        let picked = match user.choose {
            TaskChoice::ByWeight => user.pick.share(at),
            TaskChoice::InOrder | TaskChoice::Shuffled => 1.0 / user.tasks.len() as f64,
        };
        let luck = if user.choose == TaskChoice::ByWeight { luck(picked, expected.picks) } else { (picked, picked) };
        TaskPreview {
            name: plan.names[task.name.at()].label.clone(),
            weight: task.weight,
            picked,
            picked_here: part(watched.picks as f64, picks as f64),
            picks_here: watched.picks,
            luck,
            requests_per_pick: part(watched.requests as f64, watched.picks as f64),
            share_of_requests: part(watched.requests as f64, sent),
            share_of_time: part(watched.time_us as f64, busy),
        }
    });
    let tasks: Vec<TaskPreview> = tasks.collect();
    let inside: f64 = tasks.iter().map(|task| task.share_of_requests).sum();
    UserPreview {
        name: user.name.clone(),
        heads: expected.heads,
        picks: expected.picks.round() as u64,
        requests: expected.requests.round() as u64,
        share_outside_tasks: if sent > 0.0 { (1.0 - inside).max(0.0) } else { 0.0 },
        tasks,
    }
}

/// Where a share lies in 95 of 100 runs of so many picks (normal approximation of the binomial distribution).
fn luck(share: f64, picks: f64) -> (f64, f64) {
    let reach = if picks >= 1.0 { 1.96 * (share * (1.0 - share) / picks).sqrt() } else { 1.0 };
    ((share - reach).max(0.0), (share + reach).min(1.0))
}

fn tables(plan: &Plan, seen: &act::Seen, load: &estimate::Estimate) -> Vec<TableUse> {
    let needed = |table: usize| {
        let of = seen.types.iter().zip(&load.types).map(|(seen, of)| match plan.tables[table].each_person {
            RowUse::KeepsOneRow => part(seen.rows[table] as f64, seen.visits as f64) * of.visits,
            _ if seen.picks() > 0 => part(seen.rows[table] as f64, seen.picks() as f64) * of.picks,
            _ => part(seen.rows[table] as f64, seen.visits as f64) * of.visits,
        });
        of.sum::<f64>().round() as u64
    };
    let tables = plan.tables.iter().enumerate().map(|(at, table)| TableUse {
        name: table.name.clone(),
        rows: table.table.rows.len() as u64,
        needed: (table.each_person != RowUse::RandomRow).then(|| needed(at)),
    });
    tables.collect()
}

fn findings(
    plan: &Plan,
    seen: &act::Seen,
    load: &estimate::Estimate,
    tables: &[TableUse],
    never: &[Never],
) -> Vec<(Concern, String)> {
    let mut findings = Vec::new();
    for (used, table) in tables.iter().zip(&plan.tables) {
        let Some(needed) = used.needed.filter(|needed| *needed > used.rows) else { continue };
        let (name, needed, rows) = (&used.name, grouped(needed), rows(used.rows));
        let text = match (table.run_out, table.each_person) {
            (RowsOut::StartAgain, RowUse::KeepsOneRow) => {
                format!("{name} has {rows} for {needed} people: some will share a row")
            }
            (RowsOut::StartAgain, _) => format!("{name} has {rows}, and {needed} are used: they start again"),
            (RowsOut::PersonStops, _) => {
                format!("{name} has {rows}, and {needed} are needed: people will leave early")
            }
            (RowsOut::TestStops, _) => {
                format!("{name} has {rows}, and {needed} are needed: the run will end early")
            }
        };
        findings.push((Concern::FewRows(name.clone()), text));
    }
    for (user, of) in plan.types.iter().zip(&load.types) {
        if of.heads == 0 {
            let text = format!("nobody of \"{}\" comes: the share is too small for so few people", user.name);
            findings.push((Concern::NobodyComes(user.name.clone()), text));
        }
    }
    findings.extend(seen.lacks.iter().map(|(request, reason)| {
        (Concern::NotSent(request.clone()), format!("\"{request}\" can't be sent: {reason}"))
    }));
    let early = |reason: &String| (Concern::LeaveEarly, format!("people leave early: {reason}"));
    findings.extend(seen.removed.iter().map(early));
    let unreached = never.iter().filter(|never| never.why == Why::NotReached);
    findings.extend(
        unreached
            .map(|never| (Concern::NeverReached(never.id.clone()), format!("\"{}\" is never reached", never.name))),
    );
    if load.crowded {
        let most = grouped(u64::from(plan.load.at_most));
        let text = format!("more than {most} people would be there at once: who comes then waits");
        findings.push((Concern::Crowded, text));
    }
    if seen.cut {
        let text = "the scenario does so much that only its beginning was tried out: figures are rough";
        findings.push((Concern::Rough, text.to_owned()));
    }
    findings
}

/// `1 row`, `3 rows`.
fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(count)) }
}

#[cfg(test)]
mod tests;
