//! `tidemark try`: one person, every request and answer shown.

use std::sync::Arc;

use tidemark_core::plan::{Left, Plan};
use tidemark_core::traffic::Timing;
use tidemark_core::units::{plain_time, table_ms};
use tidemark_core::verdict::words;
use tidemark_host::trial::{self, Answered, Ending, Order, TryEvent};
use tidemark_host::{Failure, inputs, probe};

use crate::args::TryArgs;
use crate::exit::Exit;
use crate::live::Talk;
use crate::road;
use crate::settings;
use crate::show::{self, Paint};

/// So many lines of a body are shown, unless all are asked for.
const LINES: usize = 24;

/// So many characters of a line are shown, unless all are asked for.
const COLUMNS: usize = 160;

/// Tries one person.
pub fn try_one(args: &TryArgs) -> Result<Exit, Failure> {
    let mut opened = inputs::open(&args.file, &settings::overrides(&args.overrides))?;
    let Some(plan) = road::ready(&mut opened, Talk::Lines)? else { return Ok(Exit::Failed) };
    let plan = Arc::new(plan);
    road::runtime()?.block_on(async {
        let allowed = road::permission(&plan, &args.allow_host).await?;
        probe::probe(&plan, &allowed).await?;
        let order = Order {
            plan: plan.clone(),
            user: args.user.clone(),
            task: args.task.clone(),
            skip_pauses: !args.pauses,
            by_hand: false,
            row: None,
            allowed,
        };
        let mut trial = trial::start(&order)?;
        let mut pass = Pass { plan: &plan, full: args.full, paint: Paint::out(), sent: 0, failed: 0 };
        loop {
            let event = tokio::select! {
                event = trial.next() => event,
                _ = tokio::signal::ctrl_c() => return Ok(Exit::Interrupted),
            };
            match event {
                Some(event) => show::print(&pass.shown(&event))?,
                None => return Ok(if pass.failed > 0 { Exit::Missed } else { Exit::Fine }),
            }
        }
    })
}

/// A trial as it is shown.
struct Pass<'a> {
    plan: &'a Plan,
    full: bool,
    paint: Paint,
    sent: u32,
    failed: u32,
}

impl Pass<'_> {
    fn shown(&mut self, event: &TryEvent) -> String {
        match event {
            TryEvent::Sent { at_us, request, line, text } => {
                self.sent += 1;
                let name = self.name(self.plan.requests[request.0 as usize].name);
                let title = self.paint.bold(&format!("{} {name}", self.sent));
                let at = self.paint.dim(&format!("at {:.3} s", *at_us as f64 / 1e6));
                format!("\n{title}  {line}  {at}\n{}", self.indented(text))
            }
            TryEvent::Answered(answered) => self.answered(answered),
            TryEvent::NotSent { request, trouble, .. } => {
                self.failed += 1;
                let name = self.name(self.plan.requests[request.0 as usize].name);
                let why = words::failure(trouble.kind, &trouble.detail);
                format!("\n{} {name}: {why}\n", self.paint.red("not sent"))
            }
            TryEvent::Waited { length_us, skipped, .. } => {
                let what = if *skipped { "pause skipped" } else { "paused" };
                self.paint.dim(&format!("\n  {what}: {}", plain_time(*length_us))) + "\n"
            }
            TryEvent::Measured { name, length_us, failed } => {
                let mark = if *failed { self.paint.red("✗") } else { self.paint.green("✓") };
                format!("\n{mark} {}: {}\n", self.name(*name), took(*length_us))
            }
            TryEvent::CheckFailed { name, trouble } => {
                self.failed += 1;
                let why = words::failure(trouble.kind, &trouble.detail);
                format!("\n{} {}: {why}\n", self.paint.red("✗"), self.name(*name))
            }
            // A trial from here waits for nobody.
            TryEvent::Held { .. } => String::new(),
            TryEvent::Left(ending) => self.left(ending),
        }
    }

    fn name(&self, id: tidemark_core::stats::NameId) -> &str {
        self.plan.names.get(id.at()).map_or("", |name| name.label.as_str())
    }

    fn answered(&mut self, answered: &Answered) -> String {
        let timing = &answered.timing;
        let took = took(timing.done_us.saturating_sub(timing.sent_us)) + &phases(timing);
        let mut out = match &answered.trouble {
            None => format!("  {} in {took}", self.paint.green(&format!("{} ✓", answered.status))),
            Some(trouble) => {
                self.failed += 1;
                let why = words::failure(trouble.kind, &trouble.detail);
                format!("  {} after {took}", self.paint.red(&format!("✗ {why}")))
            }
        };
        if answered.hops > 0 {
            out.push_str(&format!(", {} redirects followed", answered.hops));
        }
        out.push('\n');
        out.push_str(&self.indented(&answered.text));
        for (name, value) in &answered.values {
            let value = value.as_deref().map_or("(missing)".to_owned(), |value| cut(&plain(value), 120));
            out.push_str(&format!("  {} {name} = {value}\n", self.paint.yellow("saved")));
        }
        out
    }

    fn left(&self, ending: &Ending) -> String {
        let why = match ending {
            Ending::Left(Left::Done) => String::new(),
            Ending::Left(Left::Removed(why)) => {
                format!(" The person was sent away: {}.", words::failure(why.kind, &why.detail))
            }
            Ending::Left(Left::StopTest(why)) => {
                format!(" A run would end here: {}.", words::failure(why.kind, &why.detail))
            }
            Ending::TooManyRequests => format!(" It was ended after {} requests.", trial::MOST_REQUESTS),
            Ending::TooLong => format!(" It was ended after {} seconds.", trial::LONGEST.as_secs()),
        };
        let failed = format!("{} failed", self.failed);
        let failed = if self.failed > 0 { self.paint.red(&failed) } else { failed };
        format!("\n{} requests, {failed}.{why}\n", self.sent)
    }

    /// Head and body of a message, the body readable, both indented and bounded.
    fn indented(&self, text: &str) -> String {
        let (head, body) = text.split_once("\n\n").or_else(|| text.split_once("\r\n\r\n")).unwrap_or((text, ""));
        let pretty = serde_json::from_str::<serde_json::Value>(body)
            .ok()
            .filter(|value| value.is_object() || value.is_array())
            .and_then(|value| serde_json::to_string_pretty(&value).ok());
        let body = pretty.as_deref().unwrap_or(body);
        let mut out = String::new();
        // The first line of a head says what stands above it already.
        for line in head.lines().skip(1) {
            out.push_str(&format!("    {}\n", self.paint.dim(&self.line(line))));
        }
        let count = body.lines().count();
        let most = if self.full { usize::MAX } else { LINES };
        for line in body.lines().take(most) {
            out.push_str(&format!("    {}\n", self.line(line)));
        }
        if count > most {
            out.push_str(&format!("    … {} more lines (--full shows all)\n", count - most));
        }
        out
    }

    fn line(&self, line: &str) -> String {
        let plain = plain(line);
        if self.full { plain } else { cut(&plain, COLUMNS) }
    }
}

/// Nothing that a server sends may steer the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '·' } else { c }).collect()
}

/// A time as exactly as it was measured: whoever tries one person looks closely.
fn took(us: u64) -> String {
    format!("{} ms", table_ms(us))
}

/// What a new connection cost, where there was one.
fn phases(timing: &Timing) -> String {
    let named = [("connecting", timing.connect_us), ("TLS", timing.tls_us)];
    let known = named.into_iter().filter_map(|(name, us)| us.map(|us| format!("{name} {}", took(u64::from(us)))));
    let known: Vec<String> = known.collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
