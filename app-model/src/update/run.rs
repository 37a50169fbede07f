//! The run: started, watched, steered, ended.

use tidemark_core::problem::Severity;

use super::{app, save};
use crate::effect::{Effect, Order};
use crate::model::{Dialog, Model, Panel, Phase, Run, RunHead, Tone};
use crate::msg::Msg;
use crate::route::{Route, Tab};
use crate::text::notices as say;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::RunTest => ask(model, out),
        Msg::ConfirmRun => start(model, out),
        Msg::RunDemo if !model.running() => {
            model.run = Some(Run { demo: true, ..Run::default() });
            out.push(Effect::StartDemo);
        }
        Msg::RunStarted(Ok(head)) => started(model, *head, out),
        Msg::RunStarted(Err(failure)) => {
            model.run = None;
            super::home::failed(model, say::COULD_NOT_START, &failure);
        }
        Msg::RunSeconds(seconds) => {
            if let Some(run) = &mut model.run {
                run.take(seconds);
            }
        }
        Msg::RunRows(rows) => {
            if let Some(run) = &mut model.run {
                run.rows = rows;
            }
        }
        Msg::RunEvents(events) => {
            if let Some(run) = &mut model.run {
                for event in events {
                    if !run.events.contains(&event) {
                        out.push(Effect::Announce(event.text.clone()));
                        run.events.push(event);
                    }
                }
            }
        }
        Msg::RunGoals(goals) => {
            if let Some(run) = &mut model.run {
                run.goals = goals;
            }
        }
        Msg::RunEnded(outcome) => ended(model, outcome, out),
        Msg::Order(order) => give(model, order, out),
        Msg::HideTips => {
            if let Some(run) = &mut model.run {
                run.demo = false;
            }
        }
        _ => {}
    }
}

/// Starts a run at once where nothing has to be said before, else opens the check.
fn ask(model: &mut Model, out: &mut Vec<Effect>) {
    if model.running() {
        return app::go_to_tab(model, Tab::Run, out);
    }
    if !model.can.send && !model.can.practice {
        model.notice(Tone::Info, say::NO_SENDING_HERE, None);
        return;
    }
    let Some(test) = &model.test else { return };
    let worst = test.problems.iter().map(|problem| problem.severity).min();
    let confirm = crate::select::hosts::to_confirm(test.doc.scenario(), &model.can.hosts);
    let something = worst.is_some_and(|worst| worst <= Severity::Warn) || !confirm.is_empty();
    if something {
        model.dialog = Some(Dialog::BeforeRun);
    } else {
        start(model, out);
    }
}

fn start(model: &mut Model, out: &mut Vec<Effect>) {
    if model.running() {
        return;
    }
    let Some(test) = &model.test else { return };
    if test.problems.iter().any(|problem| problem.severity == Severity::Stop) {
        model.panels.insert(Panel::Problems);
        return;
    }
    let scenario = test.doc.scenario().clone();
    for host in crate::select::hosts::to_confirm(&scenario, &model.can.hosts) {
        model.can.hosts.insert(host.clone());
        out.push(Effect::AllowHost(host));
    }
    model.dialog = None;
    save::before_run(model, out);
    // The plan is drawn before the first answer comes.
    let plan = crate::doc::edit::load::points(&scenario.load);
    let head = RunHead { title: scenario.name.clone(), plan, ..RunHead::default() };
    model.run = Some(Run { head, ..Run::default() });
    out.push(Effect::StartRun(scenario));
    app::go_to_tab(model, Tab::Run, out);
}

fn started(model: &mut Model, head: RunHead, out: &mut Vec<Effect>) {
    // Who asked for it wants to see it; a run that was found on its way pulls nobody away.
    let asked = model.run.as_ref().is_some_and(|run| run.phase == Phase::Starting);
    // The same run may be told again after a reload: what is known of it stays.
    match &mut model.run {
        Some(run) if run.head.id == head.id && run.phase.goes_on() => run.head = head,
        Some(run) if run.phase == Phase::Starting => run.head = head,
        _ => model.run = Some(Run { head, ..Run::default() }),
    }
    if let Some(run) = &mut model.run
        && run.phase == Phase::Starting
    {
        run.phase = Phase::Running;
    }
    if asked {
        app::go_to_tab(model, Tab::Run, out);
    }
}

fn ended(model: &mut Model, outcome: Result<String, crate::model::Failure>, out: &mut Vec<Effect>) {
    let Some(run) = &mut model.run else { return };
    match outcome {
        Ok(result) => {
            run.phase = Phase::Ended(result.clone());
            let watching = model.tab() == Some(Tab::Run);
            out.push(Effect::Announce(say::RUN_OVER.to_owned()));
            match &model.test {
                Some(test) if watching => {
                    let route = Route::Result(test.id.clone(), result);
                    app::go(model, route, out);
                }
                // Whoever is elsewhere stays there; the tab gets its mark.
                Some(test) => out.push(Effect::ListResults(test.id.clone())),
                None => out.push(Effect::ReadResult(result)),
            }
        }
        Err(failure) => {
            run.phase = Phase::Broken(failure.text());
            super::home::failed(model, say::RUN_BROKE, &failure);
        }
    }
    if model.dialog == Some(Dialog::Stop) {
        model.dialog = None;
    }
}

fn give(model: &mut Model, order: Order, out: &mut Vec<Effect>) {
    let Some(run) = model.run.as_mut().filter(|run| run.phase.goes_on()) else { return };
    run.phase = match (order, &run.phase) {
        (Order::Finish | Order::StopNow, _) => Phase::Stopping,
        (Order::Hold, Phase::Running) => Phase::Holding,
        (Order::Resume, Phase::Holding) => Phase::Running,
        (Order::People(_), phase) => phase.clone(),
        // Asked for twice, or too late.
        _ => return,
    };
    out.push(Effect::Order(order));
    if matches!(order, Order::Finish | Order::StopNow) {
        model.dialog = None;
    }
}
