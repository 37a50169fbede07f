//! Live figures while a run goes on: one line, redrawn in place on a terminal; elsewhere only what happens.

use std::io::IsTerminal;

use tidemark_core::units::{grouped, plain_time};
use tidemark_core::verdict::words::clock;
use tidemark_host::conduct::{News, Tick};

use crate::show::{self, Paint};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// Nothing.
    Quiet,
    /// Begin, events and end.
    Lines,
    /// These, and a line that is redrawn every second.
    Terminal,
}

impl Talk {
    /// What fits standard error.
    pub fn fitting(quiet: bool) -> Self {
        match (quiet, std::io::stderr().is_terminal()) {
            (true, _) => Self::Quiet,
            (false, true) => Self::Terminal,
            (false, false) => Self::Lines,
        }
    }
}

/// Shows a run under way.
#[derive(Debug)]
pub struct Live {
    talk: Talk,
    paint: Paint,
    drawn: bool,
    disk: Option<String>,
}

impl Live {
    /// Shows as much as `talk` says.
    pub fn new(talk: Talk) -> Self {
        Self { talk, paint: Paint::err(), drawn: false, disk: None }
    }

    /// Shows news.
    pub fn tell(&mut self, news: &News) {
        match news {
            News::Begun { path, warnings, .. } => {
                warnings.iter().for_each(|warning| self.line(&self.paint.yellow(warning)));
                if let Some(path) = path {
                    self.line(&self.paint.dim(&format!("The result grows in {}", path.display())));
                }
            }
            News::Event(event) => {
                let text = format!("{}  {}", clock(event.second), event.text);
                self.line(&self.paint.yellow(&text));
            }
            News::Tick(tick) => self.tick(tick),
            News::Second(_) | News::Sample(_) | News::Noted(_) => {}
        }
    }

    /// A line that stays.
    pub fn line(&mut self, text: &str) {
        if self.talk != Talk::Quiet {
            self.wipe();
            show::note(text);
        }
    }

    /// Takes the redrawn line away.
    pub fn wipe(&mut self) {
        if std::mem::take(&mut self.drawn) {
            show::raw("\r\x1b[2K");
        }
    }

    fn tick(&mut self, tick: &Tick) {
        if self.disk != tick.disk {
            self.disk.clone_from(&tick.disk);
            let text = match &tick.disk {
                Some(why) => {
                    format!("The result can't be written: {why}. The run goes on, and tries again every second.")
                }
                None => "The result can be written again.".to_owned(),
            };
            self.line(&self.paint.yellow(&text));
        }
        if self.talk == Talk::Terminal {
            // Without wrapping: on a narrow window the line is cut instead of leaving its rest behind.
            show::raw(&format!("\r\x1b[2K\x1b[?7l{}\x1b[?7h", figures(tick, self.paint)));
            self.drawn = true;
        }
    }
}

/// One second in one line.
fn figures(tick: &Tick, paint: Paint) -> String {
    let time = |us: Option<u64>| us.map_or("–".to_owned(), plain_time);
    let of = tick.planned_seconds.map(|planned| format!("/{}", clock(planned))).unwrap_or_default();
    let people = match tick.people.planned {
        0 => format!("{} people", grouped(u64::from(tick.people.active))),
        planned => format!("{} of {} people", grouped(u64::from(tick.people.active)), grouped(u64::from(planned))),
    };
    let mut line = format!(
        "{}{of}  {people}  {}/s  p50 {}  p95 {}  p99 {}",
        clock(tick.seconds),
        grouped(tick.per_second.round() as u64),
        time(tick.p50_us),
        time(tick.p95_us),
        time(tick.p99_us),
    );
    let failed = format!("  {} failed", grouped(tick.failed));
    line.push_str(&if tick.failed > 0 { paint.red(&failed) } else { failed });
    if tick.dropped > 0 {
        line.push_str(&paint.red(&format!("  {} not started", grouped(tick.dropped))));
    }
    if tick.suspect {
        line.push_str(&paint.yellow("  this computer is at its limit"));
    }
    line
}
