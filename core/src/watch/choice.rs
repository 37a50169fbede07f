//! Which series of a page are watched: those that somebody chose, or those that say most about a server under load. Must not know
//! values.

/// A choice of series: a name, which may end in `*`, and labels that they must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    name: String,
    prefix: bool,
    labels: Vec<(String, String)>,
}

impl Selector {
    /// Reads `name`, `name*` or `name{label="value"}`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, labels) = match text.split_once('{') {
            None => (text, Vec::new()),
            Some((name, inside)) => {
                let inside = inside.strip_suffix('}')?;
                let pair = |pair: &str| {
                    let (label, value) = pair.split_once('=')?;
                    let value = value.trim().strip_prefix('"')?.strip_suffix('"')?;
                    Some((label.trim().to_owned(), value.to_owned()))
                };
                let pairs = inside.split(',').filter(|pair| !pair.trim().is_empty());
                (name.trim(), pairs.map(pair).collect::<Option<_>>()?)
            }
        };
        let (name, prefix) = match name.strip_suffix('*') {
            Some(start) => (start, true),
            None => (name, false),
        };
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':');
        (plain && !name.is_empty()).then(|| Self { name: name.to_owned(), prefix, labels })
    }

    /// Whether a family of series of this name may be meant: its own, or that of its sum or count.
    pub(super) fn takes(&self, family: &str) -> bool {
        if self.prefix {
            return family.starts_with(&self.name);
        }
        let bare = |name: &str| {
            ["_sum", "_count", "_bucket"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
        };
        self.name == family || bare(&self.name) == family
    }

    /// The labels that series must have.
    pub(super) fn labels(&self) -> &[(String, String)] {
        &self.labels
    }
}

/// Families that are watched where nobody chose, the most telling first.
const KNOWN: [&str; 30] = [
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "node_cpu_seconds_total",
    "node_memory_MemAvailable_bytes",
    "process_cpu_usage",
    "system_cpu_usage",
    "jvm_memory_used_bytes",
    "nodejs_heap_size_used_bytes",
    "nodejs_eventloop_lag_seconds",
    "go_memstats_heap_inuse_bytes",
    "go_goroutines",
    "hikaricp_connections_pending",
    "hikaricp_connections_active",
    "jvm_threads_live_threads",
    "node_load1",
    "node_disk_io_time_seconds_total",
    "node_network_receive_bytes_total",
    "node_network_transmit_bytes_total",
    "node_vmstat_pgmajfault",
    "process_open_fds",
    "python_gc_collections_total",
    "jvm_gc_pause_seconds",
    "go_gc_duration_seconds",
    "http_request_duration_seconds",
    "http_requests_total",
    "http_server_requests_seconds",
    "nginx_connections_active",
    "pg_stat_activity_count",
    "redis_connected_clients",
    "redis_memory_used_bytes",
];

/// Words in the names of gauges that tell of waiting and of what runs short, the most telling first.
const TELLING: [&str; 16] = [
    "queue",
    "pending",
    "waiting",
    "backlog",
    "in_progress",
    "inprogress",
    "in_flight",
    "inflight",
    "pool",
    "lag",
    "connections",
    "active",
    "threads",
    "workers",
    "sessions",
    "memory",
];

/// Endings of what says nothing about load.
const SILENT: [&str; 5] = ["_info", "_created", "_build", "_start_time_seconds", "_max_fds"];

/// How telling a family is where nobody chose, the smallest first; `None` where it isn't.
pub(super) fn rank(family: &str) -> Option<usize> {
    if SILENT.iter().any(|end| family.ends_with(end)) {
        return None;
    }
    if let Some(at) = KNOWN.iter().position(|known| *known == family) {
        return Some(at);
    }
    // What watches the page itself is about the page.
    if ["promhttp_", "scrape_", "prometheus_"].iter().any(|start| family.starts_with(start)) {
        return None;
    }
    if let Some(at) = TELLING.iter().position(|word| family.contains(word)) {
        return Some(KNOWN.len() + at);
    }
    let times = ["duration_seconds", "latency_seconds", "duration_ms", "latency_ms"];
    times.iter().any(|end| family.ends_with(end)).then_some(KNOWN.len() + TELLING.len())
}
