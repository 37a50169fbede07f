//! The one door: a command's name and body in, its reply out. A command is a row here, a method in one of the files below,
//! and a row in `core`'s table. Must not know who carries names and bodies.

mod app;
mod demo;
mod journal;
mod library;
mod plan;
pub(crate) mod result;
mod run;

use std::sync::Arc;

use serde_json::Value;
use tidemark_core::wire::table as wire;
use tidemark_core::wire::{Code, Command, Failure};

use crate::host::Inner;

/// One arm for each command: its body is read, its method called, its reply written.
macro_rules! doors {
    ($host:ident, $name:ident, $body:ident; $( $request:ident => $method:ident, )+) => {
        match $name {
            $( <wire::$request as Command>::NAME => {
                let request: wire::$request = understood($name, $body)?;
                let reply: <wire::$request as Command>::Reply = $host.$method(request).await?;
                written::<wire::$request>($name, &reply)
            } )+
            _ => Err(Failure::unknown($name)),
        }
    };
}

/// Does a command.
pub(crate) async fn call(host: &Arc<Inner>, name: &str, body: Value) -> Result<Value, Failure> {
    doors! { host, name, body;
        Hello => hello,
        ReadSettings => read_settings,
        SaveSettings => save_settings,
        ListScenarios => list_scenarios,
        ReadScenario => read_scenario,
        WriteScenario => write_scenario,
        RemoveScenario => remove_scenario,
        RenameScenario => rename_scenario,
        CheckScenario => check_scenario,
        ReadFacts => read_facts,
        ReadTable => read_table,
        ReadJournal => read_journal,
        WriteJournal => write_journal,
        StartRun => start_run,
        StopRun => stop_run,
        SteerRun => steer_run,
        RunNow => run_now,
        BackfillRun => backfill_run,
        RunSamples => run_samples,
        StartDemo => start_demo,
        OpenShop => open_shop,
        ReadShop => read_shop,
        TurnKnobs => turn_knobs,
        ListResults => list_results,
        ReadResult => read_result,
        ImportResult => import_result,
        RemoveResult => remove_result,
        RenameResult => rename_result,
        StartTrial => start_trial,
        NextInTrial => next_in_trial,
        StopTrial => stop_trial,
        CheckTarget => check_target,
        SetSecret => set_secret,
        SecretsNow => secrets_now,
        AllowHost => allow_host,
        ListHosts => list_hosts,
        ForgetHost => forget_host,
    }
}

/// A command's body. None at all is as good as an empty one.
fn understood<C: Command>(name: &str, body: Value) -> Result<C, Failure> {
    let body = if body.is_null() { Value::Object(serde_json::Map::new()) } else { body };
    serde_json::from_value(body).map_err(|error| Failure::not_understood(name, &error.to_string()))
}

fn written<C: Command>(name: &str, reply: &C::Reply) -> Result<Value, Failure> {
    serde_json::to_value(reply)
        .map_err(|error| Failure::new(Code::Internal, format!("The answer to \"{name}\" got lost: {error}."), ""))
}
