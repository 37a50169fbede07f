//! The run: started, watched, steered, ended.

use tidemark_core::problem::Severity;
use tidemark_core::watch::Watched;

use super::{app, save};
use crate::effect::{Beyond, Effect, Order};
use crate::model::{Dialog, Failure, Model, Panel, Phase, Reach, Run, RunHead, Then, Tone};
use crate::msg::Msg;
use crate::route::{Route, Tab};
use crate::select::{reach, shell};
use crate::text::notices as say;
use crate::text::overlay as say_overlay;
use crate::text::shell as say_shell;

/// The code of a failure because something may not be done.
pub(super) const REFUSED: &str = "refused";

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::RunTest => ask(model, out),
        Msg::ConfirmRun => confirm(model, out),
        Msg::HostWord(host, ticked, typed) => {
            model.reach.words.insert(host, (ticked, typed));
        }
        Msg::RaiseLimit(raised) => model.reach.raised = raised,
        Msg::RunDemo if !model.running() => {
            model.run = Some(Run { demo: true, ..Run::default() });
            out.push(Effect::StartDemo);
        }
        Msg::RunStarted(Ok(head)) => started(model, *head, out),
        Msg::RunStarted(Err(failure)) if failure.code == REFUSED && model.test.is_some() => {
            model.run = None;
            // What was confirmed just now stays so.
            refused(model, Then::Run, &failure, out);
        }
        Msg::RunStarted(Err(failure)) => {
            model.run = None;
            super::home::failed(model, say::COULD_NOT_START, &failure);
        }
        Msg::RunSeconds(seconds) => {
            if let Some(run) = &mut model.run {
                run.take(seconds);
            }
        }
        Msg::RunLost(lost) => {
            if let Some(run) = &mut model.run {
                run.lost = lost;
            }
        }
        Msg::RunNoted(noted) => {
            if let Some(run) = &mut model.run {
                run.watched.follow(*noted);
            }
        }
        Msg::RunWatched(watched) => {
            if let Some(run) = &mut model.run {
                run.watched = *watched;
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
    let Some(test) = &model.test else { return };
    if test.read_only {
        model.notice(Tone::Info, say::READ_ONLY_WHY, None);
        return;
    }
    if !model.can.send && !model.can.practice {
        model.notice(Tone::Info, say::NO_SENDING_HERE, None);
        return;
    }
    if !shell::sends_anything(test.doc.scenario()) {
        model.notice(Tone::Info, say_shell::NOTHING_TO_SEND, None);
        return;
    }
    model.reach = Reach::default();
    match reach::something_to_say(model) {
        true => open_check(model, Then::Run, out),
        false => start(model, out),
    }
}

/// Opens the check; where hosts elsewhere are asked about, it is looked up where they are.
pub(super) fn open_check(model: &mut Model, then: Then, out: &mut Vec<Effect>) {
    model.reach = Reach { then, ..Reach::default() };
    model.dialog = Some(Dialog::BeforeRun);
    look_up(model, out);
}

/// Looks up where hosts are, where anybody can tell.
pub(super) fn look_up(model: &Model, out: &mut Vec<Effect>) {
    if let Some(test) = model.test.as_ref().filter(|test| model.can.send && reach::can_be_planned(test)) {
        out.push(Effect::CheckTarget(test.doc.scenario().clone()));
    }
}

/// The other side knew better where a host is: it is asked about, and nothing was sent.
pub(super) fn refused(model: &mut Model, then: Then, failure: &Failure, out: &mut Vec<Effect>) {
    model.notice(Tone::Warn, format!("{} {}", say_overlay::RUN_REFUSED, failure.text()), None);
    open_check(model, then, out);
}

/// Whether each host was confirmed; they are remembered then.
pub(super) fn allow_hosts(model: &mut Model, out: &mut Vec<Effect>) -> bool {
    let asked = reach::questions(model);
    if asked.iter().any(|host| !host.confirmed) {
        return false;
    }
    for host in asked {
        model.can.hosts.insert(host.host.clone());
        out.push(Effect::AllowHost(host.host));
    }
    true
}

/// Goes on from the check.
fn confirm(model: &mut Model, out: &mut Vec<Effect>) {
    match model.reach.then {
        Then::Run => start(model, out),
        Then::Try => {
            if allow_hosts(model, out) {
                model.dialog = None;
                super::work::try_now(model, out);
            }
        }
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
    if !shell::sends_anything(test.doc.scenario()) {
        return;
    }
    let scenario = test.doc.scenario().clone();
    let beyond = Beyond { most: reach::cap(model).map(|cap| cap.most), raised: model.reach.raised };
    if !allow_hosts(model, out) {
        return;
    }
    model.dialog = None;
    save::before_run(model, out);
    // The plan is drawn before the first answer comes.
    let plan = crate::doc::edit::load::points(&scenario.load);
    let head = RunHead { title: scenario.name.clone(), plan, ..RunHead::default() };
    model.run = Some(Run { head, ..Run::default() });
    out.push(Effect::StartRun(scenario, beyond));
    app::go_to_tab(model, Tab::Run, out);
}

fn started(model: &mut Model, head: RunHead, out: &mut Vec<Effect>) {
    // Who asked for it wants to see it; a run that was found on its way pulls nobody away.
    let asked = model.run.as_ref().is_some_and(|run| run.phase == Phase::Starting);
    // The same run may be told again after a reload: what is known of it stays.
    match &mut model.run {
        Some(run) if run.head.id == head.id && run.phase.goes_on() => run.head = head,
        Some(run) if run.phase == Phase::Starting => {
            run.watched = Watched::of(head.watched.clone());
            run.head = head;
        }
        _ => {
            let watched = Watched::of(head.watched.clone());
            model.run = Some(Run { head, watched, ..Run::default() });
        }
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
