//! Runs and trials: started, stopped and asked about. Must not wait for their end.

use std::sync::Arc;

use tidemark_core::wire::run::{Backfill, RunFound, Started};
use tidemark_core::wire::table::{
    BackfillRun, NextInTrial, ReadSettings, RunNow, RunSamples, Samples, StartRun, StartTrial, SteerRun, StopRun,
    StopTrial,
};
use tidemark_core::wire::trial::TrialStarted;
use tidemark_core::wire::{Code, Done, Failure};

use crate::ceiling::Live;
use crate::conduct::{Order, Out};
use crate::feeds::{self, Feeds};
use crate::host::Inner;
use crate::{allow, aside, ceiling, probe, trial};

impl Inner {
    pub(super) async fn start_run(self: &Arc<Self>, asked: StartRun) -> Result<Started, Failure> {
        if !self.options.capabilities.runs {
            return Err(Failure::new(Code::Unsupported, "Nothing can be run from here.", "Use the app on a computer."));
        }
        let raised = asked.raised;
        let ready = self.ready(asked.file, asked.text, asked.overrides).await?;
        let settings = self.read_settings(ReadSettings {}).await?.settings;
        let (asked, known) = (ready.plan.clone(), ready.allowed.clone());
        let hosts = aside::apart(move || async move { allow::facts(&asked, &known).await }).await?;
        if let Some(failure) = ceiling::too_much(&ready.plan, &hosts, &settings, Live { marked: ready.live, raised }) {
            return Err(failure);
        }
        let out = Out::NewIn(self.results.root().to_owned());
        let remark = ceiling::why_more(&ready.plan, &hosts, &settings);
        // Else it would be said that the place where Prometheus asks is taken: by the run that goes on.
        if self.runs.is_busy() {
            return Err(Failure::busy());
        }
        let told = feeds::chosen(&settings, self.results.root(), &ready.plan.name)?;
        let token = std::env::var("TIDEMARK_FEED_TOKEN").ok().filter(|token| !token.is_empty());
        let feeds = if told.is_empty() { None } else { Some(Feeds::open(&told, token)?) };
        let order = Order {
            plan: ready.plan,
            scenario: ready.scenario,
            out,
            workers: 0,
            allowed: ready.allowed,
            remark,
            feeds,
        };
        self.runs.start(order).await
    }

    pub(super) async fn steer_run(&self, SteerRun { run, how }: SteerRun) -> Result<Done, Failure> {
        self.runs.steer(run, how).map(|()| Done {})
    }

    pub(super) async fn stop_run(&self, StopRun { run, how }: StopRun) -> Result<Done, Failure> {
        self.runs.stop(run, how).map(|()| Done {})
    }

    pub(super) async fn run_now(&self, RunNow { run }: RunNow) -> Result<RunFound, Failure> {
        Ok(RunFound { state: self.runs.state(run)? })
    }

    pub(super) async fn backfill_run(&self, BackfillRun { run, from }: BackfillRun) -> Result<Backfill, Failure> {
        self.runs.backfill(run, from)
    }

    pub(super) async fn run_samples(&self, RunSamples { run, kind }: RunSamples) -> Result<Samples, Failure> {
        Ok(Samples { samples: self.runs.samples(run, kind.as_deref())? })
    }

    pub(super) async fn start_trial(self: &Arc<Self>, asked: StartTrial) -> Result<TrialStarted, Failure> {
        if !self.options.capabilities.tries {
            return Err(Failure::new(
                Code::Unsupported,
                "Nobody can be tried from here.",
                "Use the app on a computer.",
            ));
        }
        let ready = self.ready(asked.file, asked.text, asked.overrides).await?;
        let (plan, allowed) = (ready.plan.clone(), ready.allowed.clone());
        aside::apart(move || async move { probe::probe(&plan, &allowed).await }).await??;
        self.trials.start(&trial::Order {
            plan: ready.plan,
            user: asked.user,
            task: asked.task,
            skip_pauses: asked.skip_pauses,
            by_hand: asked.by_hand,
            row: asked.row,
            allowed: ready.allowed,
        })
    }

    pub(super) async fn next_in_trial(&self, NextInTrial { trial }: NextInTrial) -> Result<Done, Failure> {
        self.trials.go(trial).map(|()| Done {})
    }

    pub(super) async fn stop_trial(&self, StopTrial { trial }: StopTrial) -> Result<Done, Failure> {
        self.trials.stop(trial).map(|()| Done {})
    }
}
