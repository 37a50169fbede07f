//! Effects as calls. Must not know replies.

use tidemark_core::wire::Bytes;
use tidemark_core::wire::table::{
    AllowHost, CheckTarget, ForgetHost, ImportResult, ListScenarios, ReadShop, ReadTable, RemoveResult, RemoveScenario,
    RenameResult, RenameScenario, SetSecret, StopTrial, TurnKnobs,
};

use super::call::{About, Asked, Call};
use super::{Link, results, run, trial};
use crate::effect::Effect;
use crate::route::Route;

/// What an effect asks of the other side.
pub(super) fn ask(link: &mut Link, effect: &Effect) -> Asked {
    let one = |call: Call| Asked::Calls(vec![call]);
    match effect {
        Effect::ListTests => one(Call::new(&ListScenarios {}, About::Tests)),
        Effect::ReadTest(id) => Asked::Calls(link.library.read(id)),
        Effect::FetchTest(id) => Asked::Calls(link.library.fetch(id)),
        Effect::SaveTest(id, revision, text) => Asked::Calls(link.library.write(id, *revision, text)),
        Effect::CreateTest(text) => one(link.library.make(text)),
        Effect::RemoveTest(id) => one(Call::new(&RemoveScenario { file: id.clone() }, About::Removed)),
        Effect::RenameTest(id, to) => {
            let command = RenameScenario { file: id.clone(), to: to.clone() };
            one(Call::new(&command, About::Renamed(id.clone())))
        }
        Effect::KeepHistory(id, text) => {
            link.library.keep(id, text);
            Asked::Calls(Vec::new())
        }
        Effect::AskFacts(id, text) => one(link.library.facts(id, text)),
        Effect::ReadTable(id, text, table, most) => {
            let command = ReadTable {
                file: Some(id.clone()),
                text: text.clone(),
                table: table.clone(),
                most: u32::try_from(*most).unwrap_or(u32::MAX),
            };
            one(Call::new(&command, About::Table(id.clone(), table.clone())))
        }
        Effect::TakeTheirs(id) => {
            link.library.take_theirs(id);
            Asked::Calls(Vec::new())
        }
        Effect::ListResults(test) => one(results::list(link, test)),
        Effect::ReadResult(id) => one(results::read(id)),
        Effect::ShareResult(id, name, sharing) => one(results::share(id, name, *sharing)),
        Effect::ImportResult(name, bytes) => {
            let command = ImportResult { name: name.clone(), bytes: Bytes(bytes.clone()) };
            one(Call::new(&command, About::Imported))
        }
        Effect::RemoveResult(id) => one(Call::new(&RemoveResult { file: id.clone() }, About::ResultsChanged)),
        Effect::RenameResult(id, to) => {
            let command = RenameResult { file: id.clone(), to: to.clone() };
            one(Call::new(&command, About::ResultsChanged))
        }
        Effect::SetBaseline(test, result) => Asked::Calls(results::set_baseline(link, test, result.as_deref())),
        Effect::ReadSamples(kind) => Asked::Calls(run::samples(link, kind.clone())),
        Effect::CheckTarget(scenario) => {
            let text = tidemark_core::scenario::write(scenario);
            let command = CheckTarget { file: link.library.open(), text, overrides: Default::default() };
            one(Call::new(&command, About::Target))
        }
        Effect::SetSecret(id, name, value) => {
            link.gate.holds();
            let command = SetSecret { file: Some(id.clone()), name: name.clone(), value: value.clone() };
            one(Call::new(&command, About::Secret))
        }
        Effect::Try(..) | Effect::StartRun(..) if link.gate.waits(effect) => Asked::Calls(Vec::new()),
        Effect::Try(scenario, wish) => one(trial::start(link, scenario, wish)),
        Effect::NextInTrial => Asked::Calls(trial::go_on(link)),
        Effect::StopTry => Asked::Calls(stop_trial(link)),
        Effect::StartRun(scenario, beyond) => one(run::start(link, scenario, *beyond)),
        Effect::StartDemo => one(run::start_demo(link)),
        Effect::ReadShop => one(Call::new(&ReadShop {}, About::Shop)),
        Effect::TurnShop(knobs) => one(Call::new(&TurnKnobs { knobs: *knobs }, About::Shop)),
        Effect::Order(order) => Asked::Calls(run::order(link, *order)),
        Effect::Remember(key, value) => Asked::Calls(link.settings.set(key, value.clone().into())),
        Effect::AllowHost(host) => {
            link.gate.holds();
            one(Call::new(&AllowHost { host: host.clone() }, About::Hosts))
        }
        Effect::ForgetHost(host) => {
            link.gate.holds();
            one(Call::new(&ForgetHost { host: host.clone() }, About::Hosts))
        }
        Effect::SetRoute(route) => {
            // What is shown decides which lists are worth reading again.
            link.start.route = Route::parse(route);
            if let Some(test) = link.start.route.test() {
                link.library.show(test);
            }
            Asked::Elsewhere
        }
        Effect::Estimate(..)
        | Effect::Preview(..)
        | Effect::StopPreview
        | Effect::After(..)
        | Effect::Focus(_)
        | Effect::Announce(_)
        | Effect::PickFile
        | Effect::SaveFile(..)
        | Effect::Hold(_)
        | Effect::TakeOver(_)
        | Effect::Copy(..) => Asked::Elsewhere,
    }
}

/// One of the calls has arrived that others wait for.
pub(super) fn arrived(link: &mut Link) -> Vec<Call> {
    let waiting = link.gate.arrived().into_iter();
    let calls = waiting.map(|effect| match ask(link, &effect) {
        Asked::Calls(calls) => calls,
        Asked::Elsewhere => Vec::new(),
    });
    calls.flatten().collect()
}

fn stop_trial(link: &mut Link) -> Vec<Call> {
    let number = link.trial.stop();
    number.map(|trial| Call::new(&StopTrial { trial }, About::TrialStopped)).into_iter().collect()
}
