//! The trial of one person: what was sent is put together with what came back. Must not know how steps are shown.

mod branches;

use std::sync::Arc;

use serde_json::Value;
use tidemark_core::scenario::{self, Scenario};
use tidemark_core::traffic::Kind;
use tidemark_core::wire::Failure;
use tidemark_core::wire::event::TryEvent;
use tidemark_core::wire::table::{NextInTrial, StartTrial, StopTrial};
use tidemark_core::wire::trial::{Answered, HowLeft, Left, TryStep, Why};

use super::call::{About, Call, plain, reply};
use super::{Link, Turn};
use crate::doc::{Item, place, selection};
use crate::model::{self, Exchange, Times, Tone, TrialNow, TrialStep, TrialWhat, TrialWish};
use crate::msg::Msg;
use crate::text::link as say;

/// The trial that goes on.
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// Its number, once it is known.
    number: Option<u64>,
    /// It was asked for, and is not over.
    goes_on: bool,
    /// It was told to stop before its number was known.
    stop: bool,
    /// What came before its number was known.
    early: Vec<TryEvent>,
    scenario: Option<Arc<Scenario>>,
    /// What was sent and is not answered yet: its step's id and all of it.
    sent: Vec<(String, String)>,
    /// The task of the last step, by id.
    task: Option<String>,
    /// The last step, by id.
    last: Option<String>,
    /// When something happened last, in microseconds.
    at_us: u64,
}

impl Tried {
    /// Stops it; its number, where it is known already.
    pub(super) fn stop(&mut self) -> Option<u64> {
        self.stop = self.goes_on && self.number.is_none();
        self.number.filter(|_| self.goes_on)
    }
}

pub(super) fn start(link: &mut Link, scenario: &Arc<Scenario>, wish: &TrialWish) -> Call {
    link.trial = Tried { goes_on: true, scenario: Some(scenario.clone()), ..Tried::default() };
    // The wire knows names, as on the command line.
    let user = wish.user.as_deref().and_then(|id| place::user(scenario, id)).map(|user| user.name.clone());
    let task = wish.task.as_deref().and_then(|id| place::task(scenario, id)).map(|(_, task)| task.name.clone());
    let command = StartTrial {
        file: link.library.open(),
        text: scenario::write(scenario),
        overrides: Default::default(),
        user,
        task,
        skip_pauses: wish.skip_pauses,
        by_hand: wish.by_hand,
        row: Some(wish.row),
    };
    Call::new(&command, About::TrialAsked)
}

/// Lets the request go that waits for a word.
pub(super) fn go_on(link: &Link) -> Vec<Call> {
    let number = link.trial.number.filter(|_| link.trial.goes_on);
    number.map(|trial| Call::new(&NextInTrial { trial }, About::TrialStopped)).into_iter().collect()
}

/// Takes the reply to one of these calls.
pub(super) fn answered(link: &mut Link, about: &About, answer: Result<Value, Failure>) -> Turn {
    if *about == About::TrialStopped {
        return Turn::default(); // it ends by an event, or has ended before
    }
    match reply::<StartTrial>(answer) {
        Ok(started) => {
            link.trial.number = Some(started.trial);
            let mut turn = Turn::default();
            if std::mem::take(&mut link.trial.stop) {
                turn.1.push(Call::new(&StopTrial { trial: started.trial }, About::TrialStopped));
            }
            for event in std::mem::take(&mut link.trial.early) {
                let (msgs, calls) = told(link, event);
                turn.0.extend(msgs);
                turn.1.extend(calls);
            }
            turn
        }
        Err(failure) => {
            link.trial.goes_on = false;
            (vec![Msg::TrialEnded(Err(plain(failure)))], Vec::new())
        }
    }
}

/// What was told of a trial.
pub(super) fn told(link: &mut Link, event: TryEvent) -> Turn {
    let trial = &mut link.trial;
    match trial.number {
        _ if !trial.goes_on => return Turn::default(),
        None => {
            trial.early.push(event);
            return Turn::default();
        }
        Some(number) if number != event.trial => return Turn::default(),
        Some(_) => {}
    }
    let msgs = match event.step {
        TryStep::Held(held) => now(held.at_us, held.step, held.label, true),
        TryStep::Sent(sent) => {
            trial.sent.push((sent.step.clone(), sent.text));
            now(sent.at_us, sent.step, sent.label, false)
        }
        TryStep::Answered(answered) => step(trial, *answered),
        TryStep::NotSent(not) => with_task(
            trial,
            TrialStep { at_us: not.at_us, step: not.step, name: not.label, ..failed(&not.trouble, 0, 0) },
        ),
        TryStep::Waited(waited) => {
            let what = TrialWhat::Pause(waited.length_us);
            with_task(trial, TrialStep { at_us: waited.at_us, what, ..nothing() })
        }
        TryStep::Measured(_) => Vec::new(),
        TryStep::CheckFailed(check) => {
            let step = TrialStep { at_us: trial.at_us, name: check.label, ..failed(&check.trouble, 0, 0) };
            with_task(trial, step)
        }
        TryStep::Left(left) => {
            trial.goes_on = false;
            ended(left)
        }
    };
    (msgs, Vec::new())
}

/// What became of a request, after its task where that is another one than before.
fn step(trial: &mut Tried, answered: Answered) -> Vec<Msg> {
    let sent = trial.sent.iter().position(|(step, _)| *step == answered.step).map(|at| trial.sent.remove(at).1);
    let (sent_head, sent_body) = split(sent.as_deref().unwrap_or_default());
    let (answer_head, answer_body) = split(&answered.text);
    let took = answered.done_us.saturating_sub(answered.sent_us);
    let status = answered.status.unwrap_or(0);
    let what = match &answered.trouble {
        None => TrialWhat::Worked(status, took),
        Some(why) => failed(why, status, took).what,
    };
    let saved = answered.values.into_iter().filter_map(|saved| Some((saved.name, saved.value?)));
    let times = Times {
        connect_us: answered.connect_us,
        tls_us: answered.tls_us,
        first_byte_us: answered.first_byte_us.map(|first| first.saturating_sub(answered.sent_us)),
        whole_us: took,
    };
    let answer_len = answered.body_bytes.max(answer_body.len() as u64);
    let exchange = Exchange { sent_head, sent_body, answer_len, answer_head, answer_body, times };
    let step = TrialStep {
        at_us: answered.sent_us,
        step: answered.step,
        name: answered.label,
        what,
        saved: saved.collect(),
        exchange: Some(Arc::new(exchange)),
    };
    with_task(trial, step)
}

/// A step, after the task it belongs to where that has just begun.
fn with_task(trial: &mut Tried, step: TrialStep) -> Vec<Msg> {
    trial.at_us = step.at_us;
    if step.step.is_empty() {
        return vec![Msg::TrialStep(Box::new(step))]; // nobody knows where it stands
    }
    let scenario = trial.scenario.as_deref();
    let task = scenario.and_then(|scenario| selection::task_behind(scenario, &Item::Step(step.step.clone())));
    let mut msgs = Vec::new();
    let mut last = trial.last.replace(step.step.clone());
    if task != trial.task {
        last = None;
        let found = scenario.zip(task.as_deref()).and_then(|(scenario, id)| place::task(scenario, id));
        if let Some((_, found)) = found {
            let name = found.name.clone();
            let begun = TrialStep { at_us: step.at_us, name, what: TrialWhat::Task, ..nothing() };
            msgs.push(Msg::TrialStep(Box::new(begun)));
        }
        trial.task = task;
    }
    if let Some(scenario) = scenario {
        msgs.extend(branches::taken(scenario, last.as_deref(), &step.step).into_iter().map(|(id, yes)| {
            let branch = TrialStep { at_us: step.at_us, step: id, what: TrialWhat::Branch(yes), ..nothing() };
            Msg::TrialStep(Box::new(branch))
        }));
    }
    msgs.push(Msg::TrialStep(Box::new(step)));
    msgs
}

fn now(at_us: u64, step: String, name: String, held: bool) -> Vec<Msg> {
    vec![Msg::TrialNow(Box::new(TrialNow { at_us, step, name, held }))]
}

fn nothing() -> TrialStep {
    TrialStep {
        at_us: 0,
        step: String::new(),
        name: String::new(),
        what: TrialWhat::Task,
        saved: Vec::new(),
        exchange: None,
    }
}

fn failed(why: &Why, status: u16, took_us: u64) -> TrialStep {
    let kind = Kind::from_word(&why.kind).unwrap_or(Kind::Status);
    TrialStep { what: TrialWhat::Failed(kind, why.text.clone(), status, took_us), ..nothing() }
}

/// Head and body of a message, parted by an empty line.
fn split(text: &str) -> (String, String) {
    let (head, body) = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")).unwrap_or((text, ""));
    (head.to_owned(), body.to_owned())
}

fn ended(left: Left) -> Vec<Msg> {
    let mut msgs = vec![Msg::TrialEnded(Ok(()))];
    let why = left.trouble.map(|why| why.text);
    let text = match left.how {
        HowLeft::Done | HowLeft::Stopped => None,
        HowLeft::Removed => Some(say::trial_removed(why.as_deref())),
        HowLeft::StopsTest => Some(say::trial_stops_test(why.as_deref())),
        HowLeft::TooManyRequests => Some(say::TRIAL_TOO_MANY.to_owned()),
        HowLeft::TooLong => Some(say::TRIAL_TOO_LONG.to_owned()),
    };
    msgs.extend(text.map(|text| Msg::Say(Tone::Warn, text)));
    msgs
}

/// Events were lost, the end of the trial perhaps among them: it is over for us.
pub(super) fn cut_off(link: &mut Link) -> Turn {
    if !link.trial.goes_on {
        return Turn::default();
    }
    let number = std::mem::take(&mut link.trial).number;
    let failure = model::Failure { message: say::TRIAL_CUT_OFF.to_owned(), ..Default::default() };
    let calls = number.map(|trial| Call::new(&StopTrial { trial }, About::TrialStopped));
    (vec![Msg::TrialEnded(Err(failure))], calls.into_iter().collect())
}
