//! A rig that compiles a scenario and lets one person act it out against a scripted server, on a clock of its own.

use serde_json::{Value, json};

use super::*;
use crate::problem::Problem;
use crate::scenario::read;
use crate::stats::{End, NameId};
use crate::traffic::{Answer, Draft, Headers, Reply, Timing, Trouble};

mod requests;
mod sharing;
mod steps;
mod times;
mod values;

/// What the scripted server says to one request.
pub(crate) struct Says {
    pub status: u16,
    pub body: String,
    pub headers: Vec<(&'static str, String)>,
    pub took_ms: u64,
    pub trouble: Option<Trouble>,
}

/// An answer of 200 with this body after 100 ms.
pub(crate) fn says(body: impl Into<String>) -> Says {
    Says { status: 200, body: body.into(), headers: Vec::new(), took_ms: 100, trouble: None }
}

/// An answer with this status after 100 ms.
pub(crate) fn status(status: u16) -> Says {
    Says { status, ..says("") }
}

/// Reads and compiles a scenario without problems.
pub(crate) fn compiled(scenario: &Value, inputs: &Inputs) -> Plan {
    let (scenario, problems) = read(&scenario.to_string()).expect("it is an object");
    assert!(problems.is_empty(), "{problems:?}");
    compile(&scenario, inputs).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The problems that stop a scenario, as `code place`.
pub(crate) fn refused(scenario: &Value, inputs: &Inputs) -> Vec<String> {
    let (scenario, _) = read(&scenario.to_string()).expect("it is an object");
    let shown = |problem: &Problem| format!("{} {}", problem.code, problem.place);
    compile(&scenario, inputs).map_or_else(|problems| problems.iter().map(shown).collect(), |_| Vec::new())
}

/// A scenario of one user type with one task called `Task`, which is done once; `more` replaces or adds fields.
pub(crate) fn one_task(steps: Value, more: Value) -> Value {
    let mut scenario = json!({
        "format": 1,
        "targets": [{ "name": "t", "url": "http://t.test" }],
        "users": [{ "name": "Anna", "leaves_after": 1, "tasks": [{ "name": "Task", "steps": steps }] }],
        "load": { "people": [{ "to": 1, "over": "1s" }, { "to": 1, "over": "1h" }] },
    });
    merge(&mut scenario, more);
    scenario
}

/// Puts the fields of `more` into `into`; those of `user` go into the first user type.
pub(crate) fn merge(into: &mut Value, more: Value) {
    for (key, value) in more.as_object().expect("an object").clone() {
        if key == "user" {
            merge(&mut into["users"][0], value);
        } else {
            into[&key] = value;
        }
    }
}

/// A plain GET, named by its path.
pub(crate) fn get(path: &str) -> Value {
    json!({ "request": { "name": path, "url": path } })
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// In a word or two.
    pub what: String,
    /// Due, started, done; in milliseconds.
    pub times: (u64, u64, u64),
}

/// One person who acts.
pub(crate) struct Actor<'p> {
    pub plan: &'p Plan,
    pub supply: &'p Supply,
    pub person: Person,
    pub now_us: u64,
    /// How late the person is woken from each pause.
    pub late_us: u64,
    pub events: Vec<Event>,
    pub drafts: Vec<Draft>,
}

impl<'p> Actor<'p> {
    pub fn new(plan: &'p Plan, supply: &'p Supply, number: u64) -> Self {
        Self {
            plan,
            supply,
            person: Person::new(plan, 0, number, number, 0),
            now_us: 0,
            late_us: 0,
            events: Vec::new(),
            drafts: Vec::new(),
        }
    }

    pub fn world(&self) -> World<'p> {
        World { supply: self.supply, now_us: self.now_us, started_wall_us: 1_700_000_000_000_000 }
    }

    fn note(&mut self, what: impl Into<String>, due_us: u64, sent_us: u64, done_us: u64) {
        let times = (due_us / 1_000, sent_us / 1_000, done_us / 1_000);
        self.events.push(Event { what: what.into(), times });
    }

    /// Acts until the person leaves, `until_ms` is reached, or 2,000 things have happened.
    pub fn act(&mut self, until_ms: u64, server: &mut dyn FnMut(&Draft) -> Says) -> &mut Self {
        for _ in 0..2_000 {
            let next = self.person.next(self.plan, &self.world());
            match next {
                Next::Send(id, due) => self.send_all(&[id], 1, due, server),
                Next::SendAll(ids, at_once, due) => self.send_all(&ids, at_once, due, server),
                Next::Wait(wait) => {
                    if wait.until_us > until_ms * 1_000 {
                        return self;
                    }
                    let what = if wait.between_tasks { "rest" } else { "pause" };
                    let until = wait.until_us.max(self.now_us);
                    self.note(what, self.now_us, self.now_us, until);
                    self.now_us = until + self.late_us;
                }
                Next::Measured(outcome) => {
                    let end = match outcome.end {
                        End::Failed(kind) => format!("failed: {}", kind.word()),
                        End::Ok => "ok".to_owned(),
                        End::Cut => "cut".to_owned(),
                    };
                    let what = format!("{} {end}", label(self.plan, outcome.name));
                    self.note(what, outcome.due_us, outcome.sent_us, outcome.timing.done_us);
                }
                Next::CheckFailed(name, trouble) => {
                    let what = format!("{} check: {}", label(self.plan, name), trouble.detail);
                    self.note(what, self.now_us, self.now_us, self.now_us);
                }
                Next::Leave(left) => {
                    let what = match left {
                        Left::Done => "left".to_owned(),
                        Left::Removed(trouble) => format!("removed: {}", trouble.kind.word()),
                        Left::StopTest(trouble) => format!("stop: {}", trouble.kind.word()),
                    };
                    self.note(what, self.now_us, self.now_us, self.now_us);
                    return self;
                }
            }
        }
        panic!("no end: {:?}", &self.events[..10])
    }

    fn send_all(&mut self, ids: &[RequestId], at_once: usize, due_us: u64, server: &mut dyn FnMut(&Draft) -> Says) {
        let mut free_us = vec![self.now_us; at_once];
        let mut replies = Vec::new();
        for id in ids {
            let mut draft = Draft::default();
            if let Err(lack) = self.person.draft(self.plan, &self.world(), *id, &mut draft) {
                let judged = self.person.lacked(self.plan, *id, &lack);
                let detail = judged.trouble.expect("it has a reason").detail;
                self.note(format!("unsent: {detail}"), due_us, self.now_us, self.now_us);
                continue;
            }
            let said = server(&draft);
            let slot = free_us.iter_mut().min().expect("at least one at once");
            let timing = Timing { sent_us: *slot, done_us: *slot + said.took_ms * 1_000, ..Timing::default() };
            *slot = timing.done_us;
            let mut headers = Headers::default();
            said.headers.iter().for_each(|(name, value)| headers.push(name.as_bytes(), value.as_bytes()));
            let body_len = said.body.len() as u64;
            let answer = Answer { status: said.status, headers, body: said.body.into(), body_len };
            replies.push((*id, draft, Reply { answer, trouble: said.trouble, timing, ..Reply::default() }));
        }
        replies.sort_by_key(|(.., reply)| reply.timing.done_us);
        for (id, draft, reply) in replies {
            let timing = reply.timing;
            self.now_us = self.now_us.max(timing.done_us);
            let judged = self.person.judge(self.plan, &self.world(), id, &reply, &|_| None);
            let why = judged.trouble.map(|trouble| format!(" ({}: {})", trouble.kind.word(), trouble.detail));
            let what = format!("{} {}{}", draft.method, draft.target, why.unwrap_or_default());
            self.note(what, due_us, timing.sent_us, timing.done_us);
            self.drafts.push(draft);
        }
    }

    /// What happened, without pauses and times.
    pub fn words(&self) -> Vec<&str> {
        let shown = |event: &&Event| !matches!(event.what.as_str(), "rest" | "pause");
        self.events.iter().filter(shown).map(|event| event.what.as_str()).collect()
    }

    /// What happened, with times: `what due/started/done`.
    pub fn timed(&self) -> Vec<String> {
        let show = |event: &Event| format!("{} {}/{}/{}", event.what, event.times.0, event.times.1, event.times.2);
        self.events.iter().map(show).collect()
    }
}

pub(crate) fn label(plan: &Plan, name: NameId) -> &str {
    &plan.names[name.at()].label
}

/// Lets the first person act, for an hour at most, and gives what happened without pauses and times.
pub(crate) fn acted(scenario: &Value, server: &mut dyn FnMut(&Draft) -> Says) -> Vec<String> {
    let plan = compiled(scenario, &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.act(3_600_000, server);
    actor.words().into_iter().map(str::to_owned).collect()
}

/// The only request of a scenario, as it goes out.
pub(crate) fn sent(scenario: &Value, inputs: &Inputs) -> Draft {
    let plan = compiled(scenario, inputs);
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.act(3_600_000, &mut |_| says(""));
    match actor.drafts.pop() {
        Some(draft) => draft,
        None => panic!("{:?}", actor.words()),
    }
}

/// A body as text.
pub(crate) fn body(draft: &Draft) -> &str {
    std::str::from_utf8(draft.body.as_deref().unwrap_or_default()).expect("text")
}

/// Header lines as text.
pub(crate) fn lines(draft: &Draft) -> Vec<&str> {
    std::str::from_utf8(&draft.headers).expect("text").lines().collect()
}
