//! What a comparison is made of: two results, and up to six as a trend. Must not compare.

use std::sync::Arc;

use tidemark_core::result::Opened;
use tidemark_core::result::compare::Comparison;
use tidemark_core::result::share::Options;
use tidemark_core::verdict::State;

/// So many results make a trend.
pub const MOST_RUNS: usize = 6;

/// Two results side by side, and those of the trend.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// A, what was before.
    pub a: Side,
    /// B, what is now.
    pub b: Side,
    /// What changed; none until both are read.
    pub comparison: Option<Arc<Comparison>>,
    /// The runs of the trend, oldest first, as far as they are read; empty while nobody asked.
    pub trend: Vec<(String, Option<TrendRun>)>,
}

/// One of the two.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// The result's id; empty while there is none.
    pub id: String,
    /// The result, once it is read.
    pub opened: Option<Arc<Opened>>,
    /// Why it could not be read.
    pub trouble: Option<String>,
}

/// What is kept of a run of the trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendRun {
    /// When it began, as in the file.
    pub started_at: String,
    /// How the target held up.
    pub state: State,
    /// The most people at once.
    pub people: u32,
    /// 95 of 100, in microseconds.
    pub p95_us: Option<u64>,
    /// Requests a second.
    pub per_second: Option<f64>,
    /// Requests, and how many of them failed.
    pub counts: (u64, u64),
    /// 95 of 100 over time: the second, how many it stands for, and the time; gaps are none.
    pub over_time: Vec<(u32, u32, Option<u64>)>,
}

/// What is left out when a result is passed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sharing {
    /// What was sent and answered in bodies.
    pub without_bodies: bool,
    /// The names of hosts.
    pub hide_hosts: bool,
}

impl Sharing {
    /// As the core takes it.
    pub fn options(self) -> Options {
        Options { without_bodies: self.without_bodies, hide_hosts: self.hide_hosts }
    }
}

impl TrendRun {
    /// Of a result.
    pub fn of(opened: &Opened) -> Self {
        let (_, seconds) = tidemark_core::chart::second::pooled(opened);
        let all = &opened.summary.all;
        Self {
            started_at: opened.header.started_at.clone(),
            state: opened.verdict.state,
            people: opened.summary.peak_people,
            p95_us: all.response.p95_us,
            per_second: all.per_second,
            counts: (all.count, all.failed),
            over_time: seconds.iter().map(|second| (second.at, second.span(), second.p95_us)).collect(),
        }
    }
}

impl Compared {
    /// The side with this id that is not read yet.
    pub(crate) fn waiting(&mut self, id: &str) -> Option<&mut Side> {
        [&mut self.a, &mut self.b].into_iter().find(|side| side.id == id && side.opened.is_none())
    }
}
