//! Pretend people: the plan's own people on a clock that costs nothing, with answers made up.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::Options;
use super::journey::{Entry, Journey};
use crate::plan::memory::Last;
use crate::plan::parts::{LoopEnd, Op, Plan, RequestId};
use crate::plan::shares::Heads;
use crate::plan::value::Val;
use crate::plan::{Left, Next, Person, Supply, World};
use crate::stats::{NameId, NameKind};
use crate::traffic::Draft;

/// The most operations of all pretend people together: a preview ends, whatever the scenario does.
const MOST_STEPS: u64 = 2_000_000;
/// A stay is watched in so many parts.
const PARTS: usize = 512;
/// At least so many stays are watched, so that one person's luck doesn't decide.
const FEWEST_STAYS: u32 = 20;
/// What the request line, `Host`, `User-Agent`, `Accept-Encoding` and the line ends take beside the draft's own bytes.
const FRAME_BYTES: u64 = 90;

/// What was seen.
pub(super) struct Seen {
    pub types: Vec<TypeSeen>,
    /// Requests that were sent at least once.
    pub reached: BTreeSet<RequestId>,
    /// Requests that could not be filled in, and why.
    pub lacks: BTreeSet<(String, String)>,
    /// Why people were removed.
    pub removed: BTreeSet<String>,
    pub journey: Vec<Entry>,
    /// Whether there were too many operations to watch all.
    pub cut: bool,
}

/// What was seen of one user type.
#[derive(Default)]
pub(super) struct TypeSeen {
    /// How many stays were watched, each so long (a visit as a whole in the open model).
    pub stays: u64,
    pub horizon_us: u64,
    /// Requests sent, tasks picked and people come, in each part of a stay.
    pub sent_in: Vec<u64>,
    pub picked_in: Vec<u64>,
    pub came_in: Vec<u64>,
    /// Requests sent after the person was asked to leave.
    pub sent_after: u64,
    pub tasks: Vec<TaskSeen>,
    pub requests: u64,
    pub bytes: u64,
    pub visits: u64,
    /// Time of all stays together, until the person had left.
    pub time_us: u64,
    /// Rows taken, by table.
    pub rows: Vec<u64>,
}

/// What was seen of one task.
#[derive(Default, Clone)]
pub(super) struct TaskSeen {
    pub picks: u64,
    pub requests: u64,
    pub time_us: u64,
}

impl TypeSeen {
    pub fn picks(&self) -> u64 {
        self.tasks.iter().map(|task| task.picks).sum()
    }

    pub fn bytes_per_request(&self) -> f64 {
        super::part(self.bytes as f64, self.requests as f64)
    }

    fn part_at(&self, at_us: u64) -> usize {
        let part = u128::from(at_us) * PARTS as u128 / u128::from(self.horizon_us.max(1));
        (part as usize).min(PARTS - 1)
    }
}

/// How long a stay is, in microseconds, and how many tasks it has at most.
#[derive(Clone, Copy)]
struct Limit {
    until_us: u64,
    picks: u64,
    /// One visit, as in the open model, or visits one after the other.
    once: bool,
}

/// Watches pretend people of every type; `told` hears how much of it is done, from 0 to 1.
pub(super) fn watch(plan: &Plan, options: &Options, told: &mut dyn FnMut(f64)) -> Seen {
    let mut watcher = Watcher::new(plan, options);
    let mut done = 0.0;
    let duration_us = plan.load.curve.duration().us().max(1);
    let main = main_type(plan);
    let types = plan.types.len().max(1) as u64;
    for kind in 0..plan.types.len() {
        // The type that matters most gets half of all picks, the others share the rest.
        let share = if types == 1 {
            1.0
        } else if kind == main {
            0.5
        } else {
            0.5 / (types - 1) as f64
        };
        let picks = (f64::from(options.picks) * share).max(1.0) as u64;
        watcher.steps_left = (MOST_STEPS as f64 * share) as u64;
        watcher.journey = (kind == main).then(|| Journey::new(plan));
        let exact = matches!(plan.types[kind].heads, Heads::Exactly(_));
        let once = plan.load.open && !exact;
        watcher.watch_type(kind, duration_us, picks, once, &mut |part| told(done + part * share));
        done += share;
    }
    watcher.seen
}

/// The type with the most people at the peak.
fn main_type(plan: &Plan) -> usize {
    let heads: Vec<Heads> = plan.types.iter().map(|kind| kind.heads).collect();
    let counts = crate::plan::shares::apportion(1_000, &heads);
    (0..counts.len()).rev().max_by_key(|kind| counts[*kind]).unwrap_or(0)
}

struct Watcher<'p> {
    plan: &'p Plan,
    answer_us: u64,
    supply: Supply,
    /// What a slot holds once an answer came, by slot.
    pretend: Vec<Val>,
    /// Task by user type and line in the results.
    tasks: HashMap<(usize, NameId), usize>,
    steps_left: u64,
    journey: Option<Journey>,
    draft: Draft,
    seen: Seen,
    /// The type being watched.
    of: TypeSeen,
    asked: bool,
}

impl<'p> Watcher<'p> {
    fn new(plan: &'p Plan, options: &Options) -> Self {
        let mut tasks = HashMap::new();
        for (kind, user) in plan.types.iter().enumerate() {
            for (at, task) in user.tasks.iter().enumerate() {
                tasks.entry((kind, task.name)).or_insert(at);
            }
        }
        let seen = Seen {
            types: Vec::new(),
            reached: BTreeSet::new(),
            lacks: BTreeSet::new(),
            removed: BTreeSet::new(),
            journey: Vec::new(),
            cut: false,
        };
        Self {
            plan,
            answer_us: options.assumed_answer.us(),
            supply: Supply::endless(plan),
            pretend: pretend_values(plan),
            tasks,
            steps_left: MOST_STEPS,
            journey: None,
            draft: Draft::default(),
            seen,
            of: TypeSeen::default(),
            asked: false,
        }
    }

    fn watch_type(&mut self, kind: usize, duration_us: u64, picks: u64, once: bool, told: &mut dyn FnMut(f64)) {
        let rows = |supply: &Supply| (0..self.plan.tables.len()).map(|at| supply.rows_taken(at)).collect::<Vec<_>>();
        let before = rows(&self.supply);
        let fresh = |horizon_us| TypeSeen {
            horizon_us,
            sent_in: vec![0; PARTS],
            picked_in: vec![0; PARTS],
            came_in: vec![0; PARTS],
            tasks: vec![TaskSeen::default(); self.plan.types[kind].tasks.len()],
            ..TypeSeen::default()
        };
        self.of = fresh(duration_us);
        let most = (picks / u64::from(FEWEST_STAYS)).max(1);
        let until_us = if once { u64::MAX } else { duration_us };
        let steps = self.steps_left;
        self.steps_left = steps / u64::from(FEWEST_STAYS);
        let first = self.stay(kind, 0, Limit { until_us, picks: most, once });
        self.steps_left += steps - steps / u64::from(FEWEST_STAYS);
        let mut number = 1;
        let mut before = before;
        if !once && first < duration_us {
            // Too much to watch a stay to its end: shorter ones, and the rest goes on like their second half.
            self.of = fresh(first.max(1));
            before = rows(&self.supply);
            number = 0;
        }
        let limit = Limit { until_us: if once { u64::MAX } else { self.of.horizon_us }, picks: most * 4, once };
        while self.of.picks().max(self.of.visits) < picks && self.steps_left > 0 {
            let done = super::part(self.of.picks().max(self.of.visits) as f64, picks as f64);
            told(done.max(1.0 - super::part(self.steps_left as f64, steps as f64)));
            self.stay(kind, number, limit);
            number += 1;
        }
        let after = rows(&self.supply);
        self.of.rows = before.iter().zip(&after).map(|(before, after)| after - before).collect();
        if let Some(journey) = self.journey.take() {
            self.seen.journey = journey.entries;
        }
        self.seen.types.push(std::mem::take(&mut self.of));
    }

    /// One stay: a person, or one after the other in the same place. Gives the time at which it was over, or at which
    /// its person was asked to leave.
    fn stay(&mut self, kind: usize, number: u64, limit: Limit) -> u64 {
        let (mut now_us, mut turn, mut picks) = (0, 0, 0);
        let mut asked_us = None;
        let mut person = self.arrive(kind, number, turn, now_us);
        let mut steps = 0;
        loop {
            self.steps_left = self.steps_left.saturating_sub(1 + person.steps() - steps);
            steps = person.steps();
            if self.steps_left == 0 {
                self.seen.cut |= number > 0;
                asked_us = Some(asked_us.unwrap_or(now_us));
                break;
            }
            if asked_us.is_some_and(|asked_us| !limit.once && now_us - asked_us > self.plan.load.finish.us()) {
                break;
            }
            if asked_us.is_none() && (now_us >= limit.until_us || picks >= limit.picks) {
                asked_us = Some(now_us);
                person.ask_to_leave();
            }
            self.asked = asked_us.is_some();
            let world = World { supply: &self.supply, now_us, started_wall_us: 0 };
            match person.next(self.plan, &world) {
                Next::Send(id, _) => now_us = self.send(kind, &mut person, &[id], 1, now_us),
                Next::SendAll(ids, at_once, _) => now_us = self.send(kind, &mut person, &ids, at_once, now_us),
                Next::Wait(wait) => {
                    let until_us = wait.until_us.max(now_us);
                    let until_us = if self.asked { until_us } else { until_us.min(limit.until_us.max(now_us)) };
                    self.tell(|journey| journey.wait(now_us, until_us));
                    now_us = until_us;
                }
                Next::Measured(outcome) => {
                    let name = &self.plan.names[outcome.name.at()];
                    self.tell(|journey| journey.measured(now_us, &name.label, now_us - outcome.sent_us.min(now_us)));
                    if name.of == NameKind::Task
                        && let Some(task) = self.tasks.get(&(kind, outcome.name))
                    {
                        picks += 1;
                        let part = self.of.part_at(outcome.sent_us);
                        self.of.picked_in[part] += 1;
                        self.of.tasks[*task].picks += 1;
                        self.of.tasks[*task].time_us += now_us - outcome.sent_us.min(now_us);
                    }
                }
                Next::CheckFailed(_, trouble) => self.tell(|journey| journey.failed(now_us, &trouble.detail)),
                Next::Leave(left) => {
                    self.tell(|journey| journey.leave(now_us));
                    if let Left::Removed(trouble) | Left::StopTest(trouble) = &left {
                        self.seen.removed.insert(trouble.detail.clone());
                    }
                    if limit.once || self.asked || left != Left::Done {
                        break;
                    }
                    // Whoever comes next takes a moment, so that visits without a request have an end, too.
                    now_us += 1_000;
                    turn += 1;
                    person = self.arrive(kind, number, turn, now_us);
                    steps = 0;
                }
            }
        }
        self.of.stays += 1;
        self.of.time_us += now_us;
        asked_us.unwrap_or(limit.until_us).min(limit.until_us)
    }

    /// The chance of a person is that of the real one in the same place.
    fn arrive(&mut self, kind: usize, number: u64, turn: u64, now_us: u64) -> Person {
        let stream = (kind as u64) << 56 | turn << 32 | number;
        self.of.visits += 1;
        let part = self.of.part_at(now_us);
        self.of.came_in[part] += 1;
        if turn > 0 || number > 0 {
            // The journey is that of the first person.
            let over = self.journey.as_mut();
            over.into_iter().for_each(|journey| journey.over = !journey.entries.is_empty());
        }
        let name = &self.plan.types[kind].name;
        self.tell(|journey| journey.arrive(now_us, name));
        Person::new(self.plan, kind, self.supply.person(), stream, now_us)
    }

    fn tell(&mut self, note: impl FnOnce(&mut Journey)) {
        if let Some(journey) = self.journey.as_mut().filter(|journey| !journey.over) {
            note(journey);
        }
    }

    /// Sends requests, so many at once. Gives the time at which all are answered.
    fn send(&mut self, kind: usize, person: &mut Person, ids: &[RequestId], at_once: usize, now_us: u64) -> u64 {
        let task = person.task_name(self.plan).and_then(|name| self.tasks.get(&(kind, name)).copied());
        if let (Some(_), Some(name)) = (task, person.task_name(self.plan)) {
            let label = &self.plan.names[name.at()].label;
            let done = person.tasks_done();
            self.tell(|journey| journey.task(now_us, label, done));
        }
        let mut sent = 0_usize;
        let mut last_us = now_us;
        for id in ids {
            let world = World { supply: &self.supply, now_us, started_wall_us: 0 };
            let request = self.plan.request(*id);
            let label = &self.plan.names[request.name.at()].label;
            let mut draft = std::mem::take(&mut self.draft);
            if let Err(lack) = person.draft(self.plan, &world, *id, &mut draft) {
                let reason = lack.trouble().detail;
                person.lacked(self.plan, *id, &lack);
                self.tell(|journey| journey.failed(now_us, &reason));
                self.seen.lacks.insert((label.clone(), reason));
                self.draft = draft;
                continue;
            }
            let started_us = now_us + (sent / at_once.max(1)) as u64 * self.answer_us;
            sent += 1;
            last_us = last_us.max(started_us + self.answer_us);
            self.count(task, *id, &draft, started_us);
            for save in &request.saves {
                person.memory.slots.set(save.slot, self.pretend[usize::from(save.slot)].clone());
            }
            person.memory.last = Last { status: 200, service_us: self.answer_us, size: 0, failed: false };
            let slots = request.saves.iter().map(|save| usize::from(save.slot));
            let saved: Vec<(&str, &Val)> =
                slots.map(|slot| (self.plan.slots[slot].as_str(), &self.pretend[slot])).collect();
            if let Some(journey) = self.journey.as_mut().filter(|journey| !journey.over) {
                journey.sent(started_us, label, &draft, &saved);
            }
            self.draft = draft;
        }
        if sent > 0 {
            person.answered(last_us);
        }
        last_us
    }

    fn count(&mut self, task: Option<usize>, id: RequestId, draft: &Draft, at_us: u64) {
        self.seen.reached.insert(id);
        let body = draft.body.as_ref().map_or(0, |body| body.len() as u64 + 24);
        let own = draft.method.len() + draft.target.len() + draft.host.len() + draft.headers.len();
        self.of.bytes += own as u64 + FRAME_BYTES + body;
        self.of.requests += 1;
        if let Some(task) = task {
            self.of.tasks[task].requests += 1;
        }
        if self.asked {
            self.of.sent_after += 1;
        } else {
            let part = self.of.part_at(at_us);
            self.of.sent_in[part] += 1;
        }
    }
}

/// What answers bring: `‹name›`, or a list of three where a list is wanted.
pub(crate) fn pretend_values(plan: &Plan) -> Vec<Val> {
    let mut lists: BTreeSet<u16> = BTreeSet::new();
    for ops in super::reach::all_ops(plan) {
        for op in ops {
            if let Op::Repeat(repeat, _) = op
                && let LoopEnd::Items(slot, _) = &repeat.until
            {
                lists.insert(*slot);
            }
        }
    }
    let saves = plan.requests.iter().flat_map(|request| &request.saves);
    lists.extend(saves.filter(|save| save.from.takes_all()).map(|save| save.slot));
    let value = |(slot, name): (usize, &String)| match lists.contains(&(slot as u16)) {
        true => Val::from_json(json!([format!("‹{name} 1›"), format!("‹{name} 2›"), format!("‹{name} 3›")])),
        false => Val::text(format!("‹{name}›")),
    };
    plan.slots.iter().enumerate().map(value).collect()
}
