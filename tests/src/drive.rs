//! A scenario's text to everything the engine told about its run.

use std::sync::Arc;

use tidemark_core::plan::{Inputs, Plan, Slice, compile};
use tidemark_core::scenario;
use tidemark_core::stats::snapshot::{Row, Snapshot};
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::verdict::{self, Case, Verdict};
use tidemark_engine::run::{Ended, Event, Setup, start};
use tidemark_engine::samples::Sample;

/// A run that is over.
pub struct Driven {
    /// What was planned.
    pub plan: Arc<Plan>,
    /// Its seconds, in order.
    pub seconds: Vec<Snapshot>,
    /// The same, added up.
    pub timeline: Timeline,
    /// Failures in full.
    pub samples: Vec<Sample>,
    /// How it ended.
    pub ended: Ended,
    /// What the engine warned of before it began.
    pub warnings: Vec<String>,
}

/// Compiles a scenario.
///
/// # Panics
/// Where it has problems; they are in the message.
pub fn plan(text: &str, inputs: &Inputs) -> Arc<Plan> {
    let (scenario, problems) = scenario::read(text).expect("the scenario can be read");
    assert!(problems.is_empty(), "{problems:#?}");
    match compile(&scenario, inputs) {
        Ok(plan) => Arc::new(plan),
        Err(problems) => panic!("{problems:#?}"),
    }
}

/// Runs a plan on `workers` threads (0: one per core) to its end.
///
/// # Panics
/// Where it can't start.
pub async fn drive(plan: Arc<Plan>, workers: usize) -> Driven {
    let setup = Setup { plan: plan.clone(), slice: Slice::WHOLE, workers, allowed: Vec::new(), started_wall_us: 0 };
    let mut running = match start(setup) {
        Ok(running) => running,
        Err(error) => panic!("{error}"),
    };
    let warnings = running.warnings().to_vec();
    let mut timeline = Timeline::new(plan.names.clone(), 0);
    let (mut seconds, mut samples, mut ended) = (Vec::new(), Vec::new(), Ended::Broken("no end was told".to_owned()));
    while let Some(event) = running.next().await {
        match event {
            Event::Second(snapshot) => {
                timeline.push(&snapshot);
                seconds.push(*snapshot);
            }
            Event::Sample(sample) => samples.push(*sample),
            Event::Ended(how) => ended = how,
        }
    }
    Driven { plan, seconds, timeline, samples, ended, warnings }
}

impl Driven {
    /// All requests together.
    pub fn all(&self) -> Row {
        self.timeline.measured().all(&self.plan.names)
    }

    /// One line of the results.
    ///
    /// # Panics
    /// Where there is no such name.
    pub fn row(&self, label: &str) -> &Row {
        let name = self.plan.names.iter().position(|name| name.label == label);
        &self.timeline.measured().rows[name.unwrap_or_else(|| panic!("no name {label} in {:?}", self.plan.names))]
    }

    /// How many seconds this computer could not keep up, by its own account.
    pub fn suspect(&self) -> usize {
        self.seconds.iter().filter(|second| second.health.suspect).count()
    }

    /// The verdict on it.
    pub fn verdict(&self) -> Verdict {
        let planned_seconds = Some(self.plan.load.curve.duration().secs().ceil() as u32);
        let ended = verdict::Ended::Finished;
        verdict::judge(&Case {
            timeline: &self.timeline,
            goals: &self.plan.goals,
            planned_seconds,
            ended: &ended,
            worst: None,
            watched: &tidemark_core::watch::Watched::default(),
        })
    }

    /// Why requests failed, for messages of tests.
    pub fn failures(&self) -> String {
        let told = self.timeline.failures().iter().map(|group| {
            let label = &self.plan.names[group.failure.name.at()].label;
            format!("{}× {label}: {:?} {}", group.failure.count, group.failure.kind, group.failure.detail)
        });
        told.collect::<Vec<_>>().join("\n")
    }
}
