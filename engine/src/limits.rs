//! What this computer allows and how it is doing: open files, and a worker's own use of its processor.
//! The one place of the engine that asks the operating system. Must not know what the figures mean.

use std::sync::atomic::{AtomicU64, Ordering};

use tidemark_core::units::Span;

/// Files that the program needs beside one per connection.
const SPARE_FILES: u64 = 64;

/// Raises the limit on open files as far as it may be raised. Returns the limit that holds then, where it is known.
pub fn raise_file_limit() -> Option<u64> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    if soft < hard && setrlimit(Resource::RLIMIT_NOFILE, hard, hard).is_ok() {
        return Some(hard);
    }
    Some(soft)
}

/// How many connections people may have open before those who pause give theirs back, of one of `workers`; no end where
/// the limit isn't known. The fifth that is left is for those who come back.
pub(crate) fn room(limit: Option<u64>, workers: usize) -> u64 {
    limit.map_or(u64::MAX, |limit| limit.saturating_sub(SPARE_FILES) * 4 / 5 / workers.max(1) as u64)
}

/// What to tell the operator where `people` may not all have a connection, given the limit on open files. Unless it is said
/// how long they `keep` theirs in a pause, they make room for others.
pub fn too_few_files(people: u64, limit: Option<u64>, keep: Option<Span>) -> Option<String> {
    let limit = limit?;
    let needed = people + SPARE_FILES;
    let then = match keep {
        None => "people who pause for a second or longer give their connections back for others, and open new ones",
        Some(_) => "requests beyond that will fail with \"no-room\"",
    };
    (needed > limit).then(|| {
        format!(
            "this computer lets a program open {limit} files, and {people} people need about {needed}: {then}. Raise it with `ulimit -n {needed}` in the shell that starts tidemark \
             (as root, or after raising the hard limit in /etc/security/limits.conf)"
        )
    })
}

/// Connections of all workers together, and how many there may be.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    open: AtomicU64,
    limit: Option<u64>,
}

impl Connections {
    pub(crate) fn new(limit: Option<u64>) -> Self {
        Self { open: AtomicU64::new(0), limit }
    }

    pub(crate) fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// Replaces one worker's last known number by its present one; returns that of all.
    pub(crate) fn report(&self, before: u64, now: u64) -> u64 {
        self.open.fetch_add(now, Ordering::Relaxed);
        self.open.fetch_sub(before, Ordering::Relaxed).saturating_sub(before)
    }
}

/// Processor time that the calling thread has used, in microseconds.
pub(crate) fn thread_cpu_us() -> Option<u64> {
    #[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
    {
        use nix::time::{ClockId, clock_gettime};
        let used = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).ok()?;
        Some(used.tv_sec() as u64 * 1_000_000 + used.tv_nsec() as u64 / 1_000)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
    None
}

/// How long the calling thread has waited for a processor that others had, in microseconds; on Linux only.
pub(crate) fn thread_queued_us() -> Option<u64> {
    // Of its three figures the second is the time spent waiting, in nanoseconds (Documentation/scheduler/sched-stats.rst).
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_ascii_whitespace().nth(1)?.parse::<u64>().ok().map(|ns| ns / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_limit_is_raised_to_what_is_allowed_and_a_lack_says_how() {
        let limit = raise_file_limit();
        assert!(limit.is_some_and(|limit| limit >= 64));
        assert_eq!(raise_file_limit(), limit, "raising twice changes nothing");
        assert_eq!(too_few_files(1_000, Some(20_000), Some(Span::ZERO)), None);
        assert_eq!(too_few_files(1_000, None, Some(Span::ZERO)), None);
        let words = too_few_files(30_000, Some(20_000), Some(Span::ZERO)).expect("too few");
        assert!(words.contains("ulimit -n 30064") && words.contains("no-room"), "{words}");
        let words = too_few_files(30_000, Some(20_000), None).expect("too few");
        assert!(words.contains("give their connections back"), "{words}");
        assert_eq!((room(Some(1_064), 2), room(Some(10), 2), room(None, 2)), (400, 0, u64::MAX));
    }

    #[test]
    fn a_thread_knows_its_own_processor_time() {
        let before = thread_cpu_us();
        let mut sum = 0_u64;
        while thread_cpu_us().is_some() && thread_cpu_us() < before.map(|us| us + 2_000) {
            sum = std::hint::black_box(sum + 1);
        }
        assert!(thread_cpu_us() >= before);
    }

    #[test]
    fn connections_of_all_workers_add_up() {
        let all = Connections::default();
        assert_eq!(all.report(0, 5), 5);
        assert_eq!(all.report(0, 7), 12);
        assert_eq!(all.report(5, 1), 8);
    }
}
