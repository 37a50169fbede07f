//! How the computer that makes the load is doing, and whether its numbers can be trusted.
//!
//! Must not know what was measured.

/// By which clock the end of answers is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArrivalClock {
    /// The kernel noted when they reached this computer.
    Kernel,
    /// When the program read them: what it was busy with before is in their times.
    Program,
    /// Some by one, some by the other.
    Both,
}

impl ArrivalClock {
    /// A sentence about it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Kernel => "Answers are timed until they reached this computer, by the clock of its kernel.",
            Self::Program => "Answers are timed until the program read them.",
            Self::Both => {
                "Some answers are timed until they reached this computer, others until the program read them."
            }
        }
    }
}

/// Why a second is suspect: what this computer could not keep up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strain {
    /// Requests left later than they were due.
    Lag,
    /// The processor was busy.
    Cpu,
    /// Hardly any file handles were left.
    Files,
    /// Requests could not be sent for want of ports or file handles.
    NoRoom,
    /// Arrivals were dropped.
    Dropped,
}

impl Strain {
    /// In words that read after "because".
    pub fn words(self) -> &'static str {
        match self {
            Self::Lag => "requests left late",
            Self::Cpu => "the processor was busy",
            Self::Files => "hardly any connections could be opened",
            Self::NoRoom => "some requests could not be sent",
            Self::Dropped => "some arrivals were dropped",
        }
    }
}

/// How this computer, which makes the load, was doing.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct HealthSample {
    /// How late 99 of 100 timers fired at most, in microseconds.
    pub lag_p99_us: Option<u64>,
    /// How much of its processor the busiest worker used, 0 to 1.
    pub cpu_share: Option<f64>,
    /// Open file handles.
    pub open_files: Option<u64>,
    /// How many file handles may be open.
    pub file_limit: Option<u64>,
    /// How long 99 of 100 answers lay here at most until they were looked at, in microseconds; only where the kernel
    /// tells when they came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread_p99_us: Option<u64>,
    /// By which share this computer's own delays lengthened the response time that 99 of 100 requests took at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_delay: Option<f64>,
    /// How late requests left, from when they were due and the answer before was there until they were handed to the kernel:
    /// half of them at most so late, in microseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_late_p50_us: Option<u64>,
    /// 99 of 100 of them at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_late_p99_us: Option<u64>,
    /// The latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_late_max_us: Option<u64>,
    /// How much of the time the most hindered worker waited for a processor that others had, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queued_share: Option<f64>,
    /// Answers whose arrival the kernel told.
    #[serde(skip_serializing_if = "is_zero")]
    pub stamped: u64,
    /// Answers of which only the moment of reading is known.
    #[serde(skip_serializing_if = "is_zero")]
    pub unstamped: u64,
    /// Connections that people gave back while they paused.
    #[serde(skip_serializing_if = "is_zero")]
    pub given_back: u64,
    /// Requests that could not be sent for want of ports or file handles.
    pub no_room: u64,
    /// Whether the numbers of this second may be slower than the target really was.
    pub suspect: bool,
    /// Why it is suspect; sorted, each once.
    pub why: Vec<Strain>,
}

impl HealthSample {
    /// A healthy second's bounds: lag in microseconds, share of a processor, share of the file handles. The first two only
    /// where it isn't known what the own delays came to.
    const HEALTHY: (u64, f64, f64) = (10_000, 0.8, 0.95);
    /// How much the own delays may lengthen the 99th percentile: docs/performance.md has how this was found.
    const OWN_DELAY: f64 = 0.035;

    /// Decides from its figures whether the second is suspect, adding to reasons already there.
    pub fn weigh(&mut self) {
        let (lag, cpu, files) = Self::HEALTHY;
        let kernel = self.clock() == Some(ArrivalClock::Kernel);
        let known = self.own_delay.filter(|_| kernel);
        let full = |(open, limit): (u64, u64)| open as f64 > limit as f64 * files;
        let reasons = [
            (Strain::Lag, known.map_or(self.lag_p99_us.is_some_and(|us| us > lag), |share| share > Self::OWN_DELAY)),
            (Strain::Cpu, known.is_none() && self.cpu_share.is_some_and(|share| share > cpu)),
            (Strain::Files, self.open_files.zip(self.file_limit).is_some_and(full)),
            (Strain::NoRoom, self.no_room > 0),
        ];
        self.why.extend(reasons.into_iter().filter(|(_, holds)| *holds).map(|(strain, _)| strain));
        self.tidy();
    }

    /// By which clock answers were timed; `None` where there were none.
    pub fn clock(&self) -> Option<ArrivalClock> {
        match (self.stamped, self.unstamped) {
            (0, 0) => None,
            (0, _) => Some(ArrivalClock::Program),
            (_, 0) => Some(ArrivalClock::Kernel),
            // The first answer or two of a run come before the kernel has begun to note arrivals.
            (stamped, unstamped) if unstamped <= stamped / 100 => Some(ArrivalClock::Kernel),
            _ => Some(ArrivalClock::Both),
        }
    }

    /// Adds what `other` says: of figures the worst, of counts the sum.
    pub fn merge(&mut self, other: &Self) {
        self.lag_p99_us = self.lag_p99_us.max(other.lag_p99_us);
        self.cpu_share = most(self.cpu_share, other.cpu_share);
        self.unread_p99_us = self.unread_p99_us.max(other.unread_p99_us);
        self.own_delay = most(self.own_delay, other.own_delay);
        self.left_late_p50_us = self.left_late_p50_us.max(other.left_late_p50_us);
        self.left_late_p99_us = self.left_late_p99_us.max(other.left_late_p99_us);
        self.left_late_max_us = self.left_late_max_us.max(other.left_late_max_us);
        self.queued_share = most(self.queued_share, other.queued_share);
        self.stamped = self.stamped.saturating_add(other.stamped);
        self.given_back = self.given_back.saturating_add(other.given_back);
        self.unstamped = self.unstamped.saturating_add(other.unstamped);
        self.open_files = self.open_files.max(other.open_files);
        self.file_limit = match (self.file_limit, other.file_limit) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.no_room = self.no_room.saturating_add(other.no_room);
        self.suspect |= other.suspect;
        self.why.extend(&other.why);
        self.tidy();
    }

    /// Sorts the reasons, each once.
    fn tidy(&mut self) {
        self.why.sort_unstable();
        self.why.dedup();
        self.suspect |= !self.why.is_empty();
    }
}

/// The larger of two, where there are any.
fn most(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// Whether there is nothing to write.
fn is_zero(count: &u64) -> bool {
    *count == 0
}
