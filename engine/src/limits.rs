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

/// How many ports connections to one address may leave from; on Linux only.
pub(crate) fn ports() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok()?;
    let mut ends = text.split_ascii_whitespace().map_while(|word| word.parse::<u64>().ok());
    let (first, last) = (ends.next()?, ends.next()?);
    Some(last.checked_sub(first)? + 1)
}

/// How many connections people may have open before those who pause give theirs back, of one of `workers`; no end where
/// neither the limit on open files nor the number of ports is known. The fifth that is left is for those who come back.
///
/// Where `people` (0: nobody knows how many) don't fit the ports, half of the ports count: Linux looks for a free one among
/// the odd or the even ones first, one by one, so once half of them lead to an address each new connection to it costs a
/// millisecond. That is borne by those who connect once, not by those who come and go.
pub(crate) fn room(limit: Option<u64>, ports: Option<u64>, people: u64, workers: usize) -> u64 {
    let files = limit.map(|limit| limit.saturating_sub(SPARE_FILES));
    let ports = ports.map(|ports| if (1..=of_ports(ports)).contains(&people) { ports } else { ports / 2 });
    let most = [files, ports].into_iter().flatten().min();
    most.map_or(u64::MAX, |most| most * 4 / 5 / workers.max(1) as u64)
}

/// How many people keep their connections to one address, given its ports.
fn of_ports(ports: u64) -> u64 {
    ports * 4 / 5
}

/// What to tell the operator where `people` may not all have a connection, given the limit on open files and the number of
/// ports. Unless it is said how long they `keep` theirs in a pause, they make room for others.
pub(crate) fn too_few(people: u64, limit: Option<u64>, ports: Option<u64>, keep: Option<Span>) -> Vec<String> {
    let then = match keep {
        None => "people who pause for a second or longer give their connections back for others, and open new ones",
        Some(_) => "requests beyond that will fail with \"no-room\"",
    };
    let needed = people + SPARE_FILES;
    let files = limit.filter(|limit| needed > *limit).map(|limit| {
        format!(
            "this computer lets a program open {limit} files, and {people} people need about {needed}: {then}. Raise it with `ulimit -n {needed}` in the shell that starts tidemark \
             (as root, or after raising the hard limit in /etc/security/limits.conf)"
        )
    });
    let ports = ports.filter(|ports| people > of_ports(*ports)).map(|ports| {
        format!(
            "this computer has {ports} ports for connections to one address, too few for {people} people: {then}. \
             `sysctl net.ipv4.ip_local_port_range=\"1024 65535\"` makes it 64512"
        )
    });
    files.into_iter().chain(ports).collect()
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
        assert_eq!(too_few(1_000, Some(20_000), Some(28_232), Some(Span::ZERO)), [""; 0]);
        assert_eq!(too_few(1_000, None, None, Some(Span::ZERO)), [""; 0]);
        let words = too_few(30_000, Some(20_000), None, Some(Span::ZERO)).concat();
        assert!(words.contains("ulimit -n 30064") && words.contains("no-room"), "{words}");
        let words = too_few(30_000, Some(20_000), None, None).concat();
        assert!(words.contains("give their connections back"), "{words}");
        let words = too_few(30_000, Some(1_000_000), Some(28_232), None).concat();
        assert!(words.contains("28232 ports") && words.contains("give their connections back"), "{words}");
    }

    #[test]
    fn room_ends_with_the_files_or_with_half_of_the_ports() {
        let rows = [
            (Some(1_064), None, 0, 400),
            (Some(10), None, 0, 0),
            (None, None, 0, u64::MAX),
            (Some(20_000), Some(28_232), 100_000, 5_646),
            (Some(1_000_000), Some(28_232), 0, 5_646),
            (Some(1_000_000), Some(28_232), 22_000, 11_292),
            (Some(1_000_000), Some(28_232), 23_000, 5_646),
            (Some(2_064), Some(28_232), 20_000, 800),
        ];
        for (files, ports, people, wanted) in rows {
            assert_eq!(room(files, ports, people, 2), wanted, "{files:?} files, {ports:?} ports, {people} people");
        }
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
