//! One simulated person: which step is next, what it sends, and what its answer means.
//!
//! A pure machine: time, answers and shared supplies come in, requests and waits go out. The engine, the trial of one
//! person and the preview all drive this same machine, so what is previewed is what is run.

mod lines;
mod rounds;

use std::collections::VecDeque;

use lines::Open;
use rounds::Frame;

use crate::plan::dice::Dice;
use crate::plan::memory::{Lack, Memory, World};
use crate::plan::parts::{CondPlan, Op, Pause, Plan, RequestId, TaskPlan};
use crate::plan::value::Val;
use crate::scenario::{OnFail, TaskChoice};
use crate::stats::{NameId, Outcome};
use crate::traffic::{Kind, Trouble};

/// So many operations without an answer or a pause, and the person steps back for [`BREATH_US`]: steps that take no time,
/// in a repeat without end, must not keep everybody else from theirs.
const MOST_AT_ONCE: u32 = 10_000;
/// How long a person steps back.
const BREATH_US: u64 = 1_000;

/// What a person wants next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// To send a request that is due at this moment.
    Send(RequestId, u64),
    /// To send several at the same time, so many at once; all due at this moment.
    SendAll(std::sync::Arc<[RequestId]>, usize, u64),
    /// To be asked again at this moment (not before).
    Wait(Wait),
    /// A group or a task came to its end; to be counted. Ask again at once.
    Measured(Outcome),
    /// A check that stands alone was not true; counts as a failure of this line. Ask again at once.
    CheckFailed(NameId, Trouble),
    /// To leave. Nothing comes after this.
    Leave(Left),
}

/// A pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Until when, in microseconds on the run's clock.
    pub until_us: u64,
    /// Whether it is between two tasks: a person who is asked to leave then leaves at once.
    pub between_tasks: bool,
}

/// Why a person left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Asked to, or did as many tasks as planned.
    Done,
    /// A check, a missing value or an empty table removed the person.
    Removed(Trouble),
    /// The same, and the whole run is to end.
    StopTest(Trouble),
}

/// Where a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Arrival,
    Between,
    Task(u16),
    Leaving,
    Gone,
}

/// One simulated person (in the field's word: virtual user).
#[derive(Debug, Clone)]
pub struct Person {
    /// What the person knows.
    pub memory: Memory,
    stage: Stage,
    at: usize,
    frames: Vec<Frame>,
    open: Vec<Open>,
    /// When the next request is due: when the last answer was complete, or a pause or schedule came to its end.
    due_us: u64,
    /// The scheduled start of the next task, for pacing.
    paced_us: u64,
    waiting: Option<Wait>,
    tasks_done: u32,
    deck: Vec<u16>,
    /// Tasks to do instead of picking any, the next one last.
    script: Option<Vec<u16>>,
    asked_to_leave: bool,
    end: Option<Left>,
    pending: VecDeque<Next>,
    /// Operations since the last answer or pause.
    busy: u32,
    /// Operations of a whole life, for who has to bound them.
    steps: u64,
}

impl Person {
    /// A person of user type `kind` who was due to arrive at `due_us`. `stream` names the person's own chance;
    /// `number` is shown to the target and counts from 1.
    pub fn new(plan: &Plan, kind: usize, number: u64, stream: u64, due_us: u64) -> Self {
        Self {
            memory: Memory::new(plan, kind, number, Dice::new(plan.seed, stream)),
            stage: Stage::Arrival,
            at: 0,
            frames: Vec::new(),
            open: Vec::new(),
            due_us,
            paced_us: due_us,
            waiting: None,
            tasks_done: 0,
            deck: Vec::new(),
            script: None,
            asked_to_leave: false,
            end: None,
            pending: VecDeque::new(),
            busy: 0,
            steps: 0,
        }
    }

    /// How many operations the person has done.
    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }

    /// The same person, who does just these tasks of the user type, in order, and leaves.
    pub fn doing(mut self, tasks: &[usize]) -> Self {
        self.script = Some(tasks.iter().rev().map(|task| *task as u16).collect());
        self
    }

    /// Asks the person to leave after the task at hand. Ends a pause between tasks: ask for [`Self::next`] again.
    pub fn ask_to_leave(&mut self) {
        self.asked_to_leave = true;
        if self.waiting.is_some_and(|wait| wait.between_tasks) {
            self.waiting = None;
        }
    }

    /// The line of the task at hand.
    pub fn task_name(&self, plan: &Plan) -> Option<NameId> {
        self.task(plan).map(|task| task.name)
    }

    /// How many tasks the person has done.
    pub fn tasks_done(&self) -> u32 {
        self.tasks_done
    }

    fn task<'p>(&self, plan: &'p Plan) -> Option<&'p TaskPlan> {
        match self.stage {
            Stage::Task(task) => Some(&plan.types[usize::from(self.memory.kind)].tasks[usize::from(task)]),
            _ => None,
        }
    }

    fn ops<'p>(&self, plan: &'p Plan) -> &'p [Op] {
        let kind = &plan.types[usize::from(self.memory.kind)];
        match self.stage {
            Stage::Arrival => &kind.arrival,
            Stage::Leaving => &kind.leaving,
            Stage::Task(task) => &kind.tasks[usize::from(task)].ops,
            Stage::Between | Stage::Gone => &[],
        }
    }

    /// What the person wants next. After a request, tell what came of it (`judge` or `lacked`) before asking again.
    pub fn next(&mut self, plan: &Plan, world: &World<'_>) -> Next {
        if let Some(wait) = self.waiting {
            if world.now_us < wait.until_us {
                return Next::Wait(wait);
            }
            self.waiting = None;
        }
        loop {
            if let Some(next) = self.pending.pop_front() {
                return next;
            }
            if self.end.is_some() && self.stage != Stage::Gone {
                self.close_all(world.now_us);
                self.stage = Stage::Gone;
                continue;
            }
            if self.stage == Stage::Gone {
                return Next::Leave(self.end.clone().unwrap_or(Left::Done));
            }
            self.busy += 1;
            self.steps += 1;
            if self.busy > MOST_AT_ONCE {
                self.busy = 0;
                let wait = Wait { until_us: world.now_us.saturating_add(BREATH_US), between_tasks: false };
                self.waiting = Some(wait);
                return Next::Wait(wait);
            }
            let next = match self.stage {
                Stage::Between => self.between(plan, world),
                _ => self.step(plan, world),
            };
            if let Some(next) = next {
                return next;
            }
        }
    }

    /// One operation. `None`: nothing that anybody must do.
    fn step(&mut self, plan: &Plan, world: &World<'_>) -> Option<Next> {
        let Some(op) = self.ops(plan).get(self.at) else {
            self.finish_stage(world.now_us);
            return None;
        };
        self.at += 1;
        match op {
            Op::Send(request) => return Some(Next::Send(*request, self.due_us)),
            Op::SendAll(requests, at_once) => return Some(Next::SendAll(requests.clone(), *at_once, self.due_us)),
            Op::Pause(pause) => return self.pause(*pause, false, world.now_us),
            Op::Check(check) => {
                if !self.memory.is_true(plan, world, &check.test) {
                    let reason = self.reason(plan, world, &check.test, &check.text);
                    let trouble = Trouble::new(Kind::CheckFailed, reason);
                    self.failed(Kind::CheckFailed);
                    self.act_on(check.if_not, &trouble, plan);
                    return Some(Next::CheckFailed(check.name, trouble));
                }
            }
            Op::Set(slot, value) => match self.memory.fill_value(plan, world, value) {
                Ok(value) => self.memory.slots.set(*slot, value),
                Err(lack) => {
                    self.memory.slots.set(*slot, Val::Missing);
                    self.out_of_rows(&lack);
                }
            },
            Op::Unless(condition, otherwise) => {
                if !self.memory.is_true(plan, world, condition) {
                    self.at = *otherwise;
                }
            }
            Op::Jump(to) => self.at = *to,
            Op::Choose(pick, targets) => {
                if let Some(chosen) = pick.throw(&mut self.memory.dice) {
                    self.at = targets[chosen];
                }
            }
            Op::Repeat(repeat, end) => self.begin_repeat(world, repeat, *end),
            Op::Again(start) => self.next_round(plan, world, *start),
            Op::GroupStart(name) => self.open_line(*name, world.now_us),
            Op::GroupEnd => self.close_line(world.now_us),
        }
        None
    }

    /// What happens between two tasks: leave, pause, or pick the next one.
    fn between(&mut self, plan: &Plan, world: &World<'_>) -> Option<Next> {
        let kind = &plan.types[usize::from(self.memory.kind)];
        let enough = kind.leaves_after.is_some_and(|most| self.tasks_done >= most);
        if self.asked_to_leave || enough || kind.tasks.is_empty() {
            // A pause that was cut short: what is done before leaving is due now, not at its end.
            self.due_us = self.due_us.min(world.now_us);
            self.enter(Stage::Leaving);
            return None;
        }
        // `at` marks whether the pause before the next task is behind us.
        if self.at == 0 {
            self.at = 1;
            if let Pause::Pacing(every_us) = kind.pause {
                if self.tasks_done > 0 {
                    self.paced_us = self.paced_us.saturating_add(every_us);
                } else {
                    self.paced_us = self.due_us;
                }
                self.due_us = self.paced_us;
                return self.wait_until(self.paced_us, true, world.now_us);
            }
            if self.tasks_done > 0 {
                return self.pause(kind.pause, true, world.now_us);
            }
        }
        let Some(task) = self.pick_task(plan).filter(|_| world.supply.take_repetition()) else {
            self.enter(Stage::Leaving);
            return None;
        };
        self.memory.start_task(plan);
        self.enter(Stage::Task(task));
        let name = kind.tasks[usize::from(task)].name;
        self.open_line(name, world.now_us);
        None
    }

    fn pick_task(&mut self, plan: &Plan) -> Option<u16> {
        let kind = &plan.types[usize::from(self.memory.kind)];
        if let Some(script) = &mut self.script {
            return script.pop().filter(|task| usize::from(*task) < kind.tasks.len());
        }
        match kind.choose {
            TaskChoice::ByWeight => kind.pick.throw(&mut self.memory.dice).map(|task| task as u16),
            TaskChoice::InOrder => Some((self.tasks_done as usize % kind.tasks.len()) as u16),
            TaskChoice::Shuffled => {
                if self.deck.is_empty() {
                    self.deck = (0..kind.tasks.len() as u16).collect();
                    // Fisher and Yates: every order is equally likely.
                    for at in (1..self.deck.len()).rev() {
                        self.deck.swap(at, self.memory.dice.below(at as u64 + 1) as usize);
                    }
                }
                self.deck.pop()
            }
        }
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.at = 0;
        self.frames.clear();
        self.memory.round = 0;
    }

    /// The steps of a stage are done.
    fn finish_stage(&mut self, now_us: u64) {
        match self.stage {
            Stage::Arrival => {
                // A group whose rest was left out is still open.
                self.close_all(now_us);
                self.enter(Stage::Between);
            }
            Stage::Task(_) => {
                self.close_all(now_us);
                self.tasks_done += 1;
                self.enter(Stage::Between);
            }
            Stage::Leaving | Stage::Between | Stage::Gone => {
                self.close_all(now_us);
                self.end = self.end.take().or(Some(Left::Done));
                self.stage = Stage::Gone;
            }
        }
    }

    /// Leaves out what is left of the stage.
    fn skip_rest(&mut self, plan: &Plan) {
        self.frames.clear();
        self.memory.round = 0;
        self.at = self.ops(plan).len();
    }

    fn pause(&mut self, pause: Pause, between_tasks: bool, now_us: u64) -> Option<Next> {
        let dice = &mut self.memory.dice;
        let length_us = match pause {
            Pause::None | Pause::Pacing(_) => return None,
            Pause::Between(low, high) => dice.between(low, high),
            Pause::Normal(mean, deviation) => (mean + deviation * dice.normal()).max(0.0) as u64,
            Pause::Exponential(mean) => (mean * dice.exponential()) as u64,
        };
        let until_us = self.due_us.saturating_add(length_us);
        // Who comes late to a pause makes a shorter one.
        let paused_us = until_us.saturating_sub(now_us);
        for open in &mut self.open {
            open.paused_us += paused_us;
        }
        self.due_us = until_us;
        if paused_us > 0 {
            self.busy = 0;
        }
        self.waiting = Some(Wait { until_us, between_tasks });
        self.waiting.map(Next::Wait)
    }

    fn wait_until(&mut self, until_us: u64, between_tasks: bool, now_us: u64) -> Option<Next> {
        if until_us <= now_us {
            return None;
        }
        self.busy = 0;
        self.waiting = Some(Wait { until_us, between_tasks });
        self.waiting.map(Next::Wait)
    }

    /// A request of this person is over.
    pub(crate) fn answered(&mut self, done_us: u64) {
        self.due_us = self.due_us.max(done_us);
        self.busy = 0;
    }

    /// What a check says should happen when it is not true.
    pub(crate) fn act_on(&mut self, on_fail: OnFail, trouble: &Trouble, plan: &Plan) {
        match on_fail {
            OnFail::Count => {}
            OnFail::SkipTask => self.skip_rest(plan),
            OnFail::RemovePerson => self.end = self.end.take().or(Some(Left::Removed(trouble.clone()))),
            OnFail::StopTest => self.end = Some(Left::StopTest(trouble.clone())),
        }
    }

    /// Where a table has no rows left, the person leaves or the run ends.
    pub(crate) fn out_of_rows(&mut self, lack: &Lack) {
        if let Lack::RowsRanOut { ends_run, .. } = lack {
            let trouble = lack.trouble();
            self.end = Some(if *ends_run { Left::StopTest(trouble) } else { Left::Removed(trouble) });
        }
    }

    /// Why a check that stands alone was not true.
    fn reason(&mut self, plan: &Plan, world: &World<'_>, test: &CondPlan, text: &str) -> String {
        match test {
            CondPlan::Test(left, ..) => {
                let found = self.memory.value(plan, world, left).unwrap_or_default();
                let found =
                    if found.is_missing() { "nothing".to_owned() } else { crate::problem::short(&found.as_text()) };
                format!("it was {found}")
            }
            _ => text.to_owned(),
        }
    }
}
