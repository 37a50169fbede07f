//! A run, written down while it goes on: seconds go in; out come the pieces of a result file that grows, what happened in
//! sentences, and a few live numbers; at the end the verdict and the sealed file. The same for load from an engine and for a
//! practice run. Must not know where seconds come from, nor where pieces go.

mod events;
mod lately;

use serde_json::Value;

use crate::limit::{Move, Search};
use crate::plan::curve::Steer;
use crate::plan::parts::Plan;
use crate::result::{Ending, Event, FORMAT, Header, Opened, Redactor, RunRecord, Sample, Writer, gathered, seal};
use crate::stats::snapshot::Snapshot;
use crate::stats::summary::Summary;
use crate::stats::timeline::Timeline;
use crate::verdict::live::Judge;
use crate::verdict::{Case, Ended, judge, live};
use crate::watch::{Noted, Reading, Watched};
use crate::wire::run::Tick;
use events::Events;
use lately::Lately;

/// The most samples in a result.
const MOST_SAMPLES: usize = 500;

/// Who makes a run, when, and on what.
#[derive(Debug, Clone)]
pub struct Maker {
    /// Program and version.
    pub made_by: String,
    /// About the computer.
    pub computer: String,
    /// Date and time of the start, as in RFC 3339.
    pub started_at: String,
    /// Whether the target is a pretend one.
    pub practice: bool,
}

impl Header {
    /// The header of a run of this plan. `scenario` is the scenario as it stands in the file.
    pub fn of(plan: &Plan, scenario: Value, by: Maker) -> Self {
        let load = &plan.load;
        Self {
            format: FORMAT,
            sealed: false,
            practice: by.practice,
            made_by: by.made_by,
            started_at: by.started_at,
            title: plan.name.clone(),
            scenario,
            target: plan.target.url.clone(),
            environment: plan.target.name.clone(),
            computer: by.computer,
            seed: plan.seed,
            slices: 1,
            names: plan.names.clone(),
            searching: load.search.is_some(),
            planned_seconds: (load.repetitions.is_none() && load.search.is_none())
                .then(|| load.curve.duration().secs().ceil() as u32),
            warm_up_seconds: load.warm_up.secs().ceil() as u32,
            goals: plan.goals.clone(),
            // A pretend target has nothing to say of itself.
            watched: plan.watch.iter().filter(|_| !by.practice).map(|watch| watch.name.clone()).collect(),
        }
    }
}

/// The logbook of a run under way.
#[derive(Debug)]
pub struct Logbook {
    header: Header,
    redactor: Redactor,
    writer: Writer,
    timeline: Timeline,
    judge: Judge,
    events: Events,
    samples: Vec<Sample>,
    watched: Watched,
    lately: Lately,
    rules: Vec<String>,
    /// The rule that stopped it.
    by_rule: Option<String>,
    /// The search for the limit, where the run is one.
    search: Option<Search>,
    search_is_over: bool,
}

/// What one second adds.
#[derive(Debug)]
pub struct Entry {
    /// To be appended to the result file.
    pub piece: Vec<u8>,
    /// What happened.
    pub events: Vec<Event>,
    /// Whether a rule of the scenario wants the run to stop, or the search for the limit is over.
    pub stop: bool,
    /// The load to go to from now on, within [`RAMP_SECONDS`](crate::limit::RAMP_SECONDS): people, or arrivals a second.
    pub level: Option<f64>,
}

/// A logbook that is closed.
#[derive(Debug)]
pub struct Closed {
    /// The last piece of the file that grew.
    pub piece: Vec<u8>,
    /// All of the run, as if the result had been opened.
    pub result: Opened,
    ending: Ending,
    redactor: Redactor,
}

impl Logbook {
    /// A logbook with its first page, and the first piece of the result file.
    pub fn new(plan: &Plan, header: Header) -> (Self, Vec<u8>) {
        let redactor = Redactor::new(&plan.secrets);
        let mut writer = Writer::new(redactor.clone());
        let piece = writer.header(&header);
        let logbook = Self {
            writer,
            timeline: Timeline::new(plan.names.clone(), header.warm_up_seconds),
            judge: Judge::new(&plan.names, &plan.goals, &plan.stop_rules, header.warm_up_seconds),
            events: Events::new(&plan.names, &plan.goals),
            samples: Vec::new(),
            watched: Watched::of(header.watched.iter().map(|name| redactor.text(name))),
            lately: Lately::new(header.planned_seconds),
            rules: plan.stop_rules.iter().map(|rule| format!("{} for {}", rule.goal.text, rule.hold)).collect(),
            by_rule: None,
            search: plan.load.search.map(|how| Search::new(how, &plan.names, &plan.goals, header.warm_up_seconds)),
            search_is_over: false,
            redactor,
            header,
        };
        (logbook, piece)
    }

    /// What is run, without secrets.
    pub fn header(&self) -> Header {
        self.header.scrubbed(&self.redactor)
    }

    /// Takes the secrets out of texts of this run.
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// All seconds so far.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// What happened so far.
    pub fn events(&self) -> &[Event] {
        &self.events.all
    }

    /// The rule of the scenario that stopped the run, if one did.
    pub fn by_rule(&self) -> Option<&str> {
        self.by_rule.as_deref()
    }

    /// How many people were active in the last second.
    pub fn people(&self) -> u32 {
        self.lately.people()
    }

    /// Takes a second, whose failures hold no secrets.
    pub fn second(&mut self, snapshot: &Snapshot) -> Entry {
        self.timeline.push(snapshot);
        let mut piece = self.writer.second(snapshot);
        let mut stop = false;
        let happened = self.judge.push(snapshot);
        for event in &happened {
            if let live::Event::Stop { rule, .. } = event {
                let text = self.rules.get(*rule).cloned().unwrap_or_default();
                self.by_rule.get_or_insert(text);
                stop = true;
            }
        }
        let (level, told) = self.looked(snapshot);
        let fresh = self.events.take(snapshot, &happened, self.by_rule.as_deref(), &self.redactor);
        if let Some(told) = told {
            self.events.limit_step(snapshot.second, self.redactor.text(&told));
        }
        let events = self.events.all[fresh..].to_vec();
        events.iter().for_each(|event| piece.extend(self.writer.event(event)));
        Entry { piece, events, stop: stop || self.search_is_over, level }
    }

    /// Lets the search for the limit look at a second: the load to go to, and the step that ended, in a sentence.
    fn looked(&mut self, snapshot: &Snapshot) -> (Option<f64>, Option<String>) {
        let Some(search) = &mut self.search else { return (None, None) };
        let begins = (snapshot.second == 0).then(|| search.level());
        match search.push(snapshot) {
            Some((Move::To(level), told)) => (Some(level), told),
            Some((Move::End, told)) => {
                self.search_is_over = true;
                (None, told)
            }
            None => (begins, None),
        }
    }

    /// Whether the load is looked for, so that nobody else may change it.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// Whether the search for the limit came to its end.
    pub fn search_is_over(&self) -> bool {
        self.search_is_over
    }

    /// The same second in a few numbers; `disk` says why the result can't be written at present.
    pub fn tick(&mut self, snapshot: &Snapshot, disk: Option<String>) -> Tick {
        self.lately.tick(snapshot, &self.header.names, disk)
    }

    /// The operator changed the load: it stands in the result. Nothing where too much happened already.
    pub fn steered(&mut self, second: u32, steer: Steer) -> Option<(Vec<u8>, Event)> {
        let event = self.events.steered(second, steer)?.clone();
        Some((self.writer.event(&event), event))
    }

    /// What an operator has to say about the run before it begins, such as why a limit is raised.
    pub fn remark(&mut self, text: &str) -> Option<(Vec<u8>, Event)> {
        let event = self.events.remark(self.redactor.text(text))?.clone();
        Some((self.writer.event(&event), event))
    }

    /// What did not reach somebody who was told of every second. Nothing where too much happened already.
    pub fn not_told(&mut self, text: &str) -> Option<(Vec<u8>, Event)> {
        let second = self.timeline.end_second().saturating_sub(1);
        let event = self.events.not_told(second, self.redactor.text(text))?.clone();
        Some((self.writer.event(&event), event))
    }

    /// A request that failed, without secrets; `None` where there are enough already.
    pub fn sample(&mut self, sample: Sample) -> Option<(Vec<u8>, &Sample)> {
        if self.samples.len() >= MOST_SAMPLES {
            return None;
        }
        let piece = self.writer.sample(&sample);
        self.samples.push(sample);
        self.samples.last().map(|sample| (piece, sample))
    }

    /// A look at something that is watched.
    pub fn looked_at(&mut self, reading: Reading) -> (Vec<u8>, Noted) {
        let noted = self.watched.read(reading, &self.redactor);
        (self.writer.noted(noted.clone()), noted)
    }

    /// Sums up and judges.
    pub fn close(mut self, ended: Ended, ended_at: String) -> Closed {
        let ending = Ending { ended, ended_at };
        let piece = self.writer.end(&ending);
        let summary = Summary::of(&self.timeline);
        let watched = std::mem::take(&mut self.watched).sealed();
        let verdict = judge(&Case {
            timeline: &self.timeline,
            goals: &self.header.goals,
            planned_seconds: self.header.planned_seconds,
            ended: &ending.ended,
            worst: Some(&self.judge.worst()),
            watched: &watched,
        });
        let verdict = match &self.search {
            Some(search) => search.limit().verdict(verdict, &watched, self.header.warm_up_seconds),
            None => verdict,
        };
        let notes = watched.missing();
        let Self { header, timeline, events, samples, redactor, .. } = self;
        let result = Opened {
            header: Header { sealed: true, ..header },
            events: gathered(events.all, &timeline),
            timeline,
            samples,
            watched,
            summary,
            verdict,
            ending: Some(ending.clone()),
            complete: true,
            notes,
        };
        Closed { piece, result, ending, redactor }
    }
}

impl Closed {
    /// The sealed file.
    pub fn sealed(&self) -> Vec<u8> {
        let Opened { header, timeline, events, samples, watched, summary, verdict, .. } = &self.result;
        let ending = &self.ending;
        seal(&RunRecord { header, timeline, events, samples, watched, summary, verdict, ending }, &self.redactor)
    }
}
