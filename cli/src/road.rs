//! From an opened scenario to an exit code: what `run`, `demo` and `url` have in common.
//!
//! Asks for secrets and permissions, hands over to `host::conduct`, passes Ctrl-C on, shows what comes back.

use std::io::IsTerminal;
use std::sync::Arc;

use serde_json::json;
use tidemark_core::plan::Plan;
use tidemark_core::problem::{Problem, Severity};
use tidemark_core::result::Opened as Earlier;
use tidemark_core::result::compare::compare;
use tidemark_core::result::share::Options;
use tidemark_core::scenario;
use tidemark_host::allow::{self, Confirmed, Question};
use tidemark_host::conduct::{self, Command, Done, News, Order, Out};
use tidemark_host::feeds::Feeds;
use tidemark_host::inputs::{Opened, Secrets};
use tidemark_host::{Code, Failure, probe};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::args::LoadArgs;
use crate::check;
use crate::exit::{self, Exit};
use crate::live::{Live, Talk};
use crate::report;
use crate::settings::FailOn;
use crate::show::{self, Paint};
use crate::signals::Signals;

/// What is shown at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Verdict and numbers.
    Verdict,
    /// Numbers only: there are no goals to judge.
    Numbers,
}

/// How a run is to be made.
#[derive(Debug)]
pub struct Way<'a> {
    /// The flags.
    pub load: &'a LoadArgs,
    /// Where the result goes.
    pub out: Out,
    /// What makes the exit code 1.
    pub fail_on: FailOn,
    /// What is shown at the end.
    pub shown: Shown,
    /// An earlier result to compare with.
    pub baseline: Option<Earlier>,
}

impl Way<'_> {
    /// The usual place for a result, or the one that was asked for.
    pub fn usual_out(load: &LoadArgs) -> Out {
        load.out.clone().map_or_else(|| Out::NewIn(".".into()), Out::File)
    }
}

/// A runtime for what waits: everything but the load itself, which has its own threads.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Code::Internal, format!("The program could not start: {error}."), ""))
}

/// Runs a scenario and shows what came of it.
pub fn go(mut opened: Opened, way: &Way) -> Result<Exit, Failure> {
    way.load.files.ready()?;
    let token = std::env::var("TIDEMARK_FEED_TOKEN").ok().filter(|token| !token.is_empty());
    let feeds = Feeds::open(&way.load.feeds.to(), token)?;
    let talk = Talk::fitting(way.load.quiet);
    let warn = if way.shown == Shown::Numbers { Talk::Quiet } else { talk };
    let Some(plan) = ready(&mut opened, warn)? else { return Ok(Exit::Failed) };
    let scenario = serde_json::from_str(&scenario::write(&opened.scenario)).unwrap_or_default();
    let plan = Arc::new(plan);
    let runtime = runtime()?;
    let done = runtime.block_on(async {
        let allowed = permission(&plan, &way.load.allow_host).await?;
        if !way.load.no_probe {
            probe::probe(&plan, &allowed).await?;
        }
        let (out, workers) = (way.out.clone(), way.load.workers);
        let feeds = Some(feeds);
        let order = Order { plan: plan.clone(), scenario, out, workers, allowed, remark: None, feeds };
        let mut live = Live::new(talk);
        live.line(&start_line(&plan));
        let (commands, mut listen) = unbounded_channel();
        let ears = tokio::spawn(listen_for_signals(commands, talk));
        let done = conduct::conduct(order, &mut listen, &mut |news: News| live.tell(&news)).await;
        ears.abort();
        live.wipe();
        done
    })?;
    finish(&done, way)
}

/// Asks for secrets, shows problems, compiles. `None` where problems stop it; they are shown then.
pub fn ready(opened: &mut Opened, talk: Talk) -> Result<Option<Plan>, Failure> {
    ask_secrets(opened)?;
    let problems = opened.problems(Secrets::Needed);
    let stops: Vec<Problem> = problems.iter().filter(|problem| problem.severity == Severity::Stop).cloned().collect();
    if !stops.is_empty() {
        show::raw(&check::listed(opened, &stops, Paint::err()));
        show::note(&Paint::err().red("It can't run before this is mended."));
        return Ok(None);
    }
    let warnings: Vec<Problem> = problems.into_iter().filter(|problem| problem.severity == Severity::Warn).collect();
    if talk != Talk::Quiet {
        show::raw(&check::listed(opened, &warnings, Paint::err()));
    }
    match opened.plan() {
        Ok(plan) => Ok(Some(plan)),
        Err(problems) => {
            show::raw(&check::listed(opened, &problems, Paint::err()));
            Ok(None)
        }
    }
}

/// Asks for secrets that are used and have no value, if somebody sits there.
fn ask_secrets(opened: &mut Opened) -> Result<(), Failure> {
    if opened.lacking.is_empty() || !std::io::stdin().is_terminal() {
        return Ok(());
    }
    let stopping = opened.plan().err().unwrap_or_default();
    let is_used = |name: &str| {
        let quoted = format!("\"{name}\"");
        stopping.iter().any(|problem| problem.code == "secret-missing" && problem.message.contains(&quoted))
    };
    for secret in opened.lacking.clone().iter().filter(|secret| is_used(&secret.name)) {
        let question = format!("{} (not shown; or set {}): ", secret.name, secret.variable());
        let value = rpassword::prompt_password(question).map_err(|error| {
            let why = tidemark_host::failure::plain(&error);
            Failure::new(Code::Io, format!("The secret \"{}\" could not be read: {why}.", secret.name), "")
        })?;
        opened.tell_secret(&secret.name, value);
    }
    Ok(())
}

/// All hosts that may be loaded, after asking about those that nobody allowed yet.
pub async fn permission(plan: &Plan, allow_host: &[String]) -> Result<Vec<String>, Failure> {
    let now = jiff::Timestamp::now().as_second();
    let mut confirmed = Confirmed::load();
    let mut allowed = allow_host.to_vec();
    allowed.extend(confirmed.hosts(now));
    for question in allow::questions(plan, &allowed).await? {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() || !confirms(&question) {
            return Err(allow::refusal(&question));
        }
        if let Err(failure) = confirmed.remember(&question.host, now) {
            show::note(&failure.message);
        }
        allowed.push(question.host);
    }
    Ok(allowed)
}

/// Asks whether a host may be loaded.
fn confirms(question: &Question) -> bool {
    let Question { host, place } = question;
    show::note(&format!("{host} is on {place}. Only test what you own or are allowed to test."));
    show::raw(&format!("If you may load it, type its name ({host}): "));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).is_ok() && line.trim().eq_ignore_ascii_case(host)
}

/// What is about to happen.
fn start_line(plan: &Plan) -> String {
    let load = &plan.load;
    let length = tidemark_core::units::plain_span(load.curve.duration().us());
    let peak = load.curve.peak();
    if let Some(search) = &load.search {
        let (start, most) = (search.along.load(search.start), search.along.load(search.most));
        return format!("{} → {}: from {start} up, {most} at most (seed {})", plan.name, plan.target.url, plan.seed);
    }
    let many = match (load.open, load.repetitions) {
        (true, _) => format!("up to {} new people per second for {length}", (peak * 10.0).round() / 10.0),
        (false, Some(count)) => format!("{} tasks by {peak} people", tidemark_core::units::grouped(count)),
        (false, None) => format!("up to {peak} people for {length}"),
    };
    format!("{} → {}: {many} (seed {})", plan.name, plan.target.url, plan.seed)
}

/// Ctrl-C once lets people finish, twice ends at once. A request to terminate counts as Ctrl-C.
async fn listen_for_signals(commands: UnboundedSender<Command>, talk: Talk) {
    let Some(mut signals) = Signals::new() else { return };
    let gently = "Stopping: people finish what they are doing. Ctrl-C once more ends at once.";
    for (command, text) in [(Command::Stop, gently), (Command::Kill, "Ending at once.")] {
        signals.next().await;
        if talk != Talk::Quiet {
            show::note(&format!("\n{text}"));
        }
        if commands.send(command).is_err() {
            return;
        }
    }
    // Whoever insists after that must not break the writing of the result off.
    std::future::pending::<()>().await;
}

/// Shows a run that is over, and writes what else was asked for.
fn finish(done: &Done, way: &Way) -> Result<Exit, Failure> {
    let result = &done.result;
    let comparison = way.baseline.as_ref().map(|earlier| compare(earlier, result));
    let exit = exit::of_run(result, way.fail_on, comparison.as_ref());
    if way.load.json {
        let mut value = tidemark_core::report::json::report(result);
        value["result"] = json!(done.path.as_ref().map(|path| path.display().to_string()));
        value["notes"] = json!(done.notes);
        value["baseline"] = json!(comparison.as_ref().map(tidemark_core::report::json::comparison));
        show::print(&crate::schema::json(&value))?;
    } else {
        let changed = comparison.as_ref().map(report::changed).unwrap_or_default();
        show::print(&format!("{}{changed}", report::body(result, way.shown, Paint::out())))?;
    }
    done.notes.iter().for_each(|note| show::note(&Paint::err().yellow(note)));
    if let Some(path) = done.path.as_ref().filter(|_| !way.load.quiet) {
        show::note(&format!("Result: {}", path.display()));
    }
    way.load.files.write(result, comparison.as_ref(), &Options::WHOLE)?;
    Ok(exit)
}
