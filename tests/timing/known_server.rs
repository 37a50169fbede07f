//! A server whose latencies are known: it answers after times laid down beforehand, to some ten microseconds, and notes
//! for every request when it came and when its answer was written.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// One request, as the server saw it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its path.
    pub path: String,
    /// When its head was there.
    pub came: Instant,
    /// From then until its answer was written.
    pub took: Duration,
}

/// The server. It closes when dropped.
pub struct KnownServer {
    addr: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// Latencies in turn, over all connections.
    latencies: Vec<Duration>,
    turn: AtomicUsize,
    asked: Mutex<Vec<Asked>>,
    /// When connections were opened.
    opened: Mutex<Vec<Instant>>,
    closed: AtomicBool,
}

impl KnownServer {
    /// Opens it on a free port; answers take these times in turn.
    pub fn open(latencies: impl IntoIterator<Item = Duration>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let addr = listener.local_addr().expect("it is bound");
        let shared = Arc::new(Shared {
            latencies: latencies.into_iter().collect(),
            turn: AtomicUsize::new(0),
            asked: Mutex::default(),
            opened: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let inside = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if inside.closed.load(Ordering::Relaxed) {
                    return;
                }
                inside.opened.lock().expect("nobody panics").push(Instant::now());
                let inside = inside.clone();
                std::thread::spawn(move || inside.serve(stream));
            }
        });
        Self { addr, shared }
    }

    /// Its address, such as `http://127.0.0.1:4711`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("nobody panics").clone()
    }

    /// When connections were opened, in order.
    pub fn opened(&self) -> Vec<Instant> {
        self.shared.opened.lock().expect("nobody panics").clone()
    }

    /// How many requests came for each path.
    pub fn by_path(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        self.asked().into_iter().for_each(|asked| *counts.entry(asked.path).or_default() += 1);
        counts
    }

    /// How long requests took by its own clock, in order.
    pub fn took(&self) -> Vec<Duration> {
        self.asked().into_iter().map(|asked| asked.took).collect()
    }
}

impl Drop for KnownServer {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.addr);
    }
}

impl Shared {
    /// Answers the requests of one connection until it is closed. Requests have no body and come one at a time.
    fn serve(&self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut head = Vec::new();
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut chunk) {
            head.extend_from_slice(&chunk[..length]);
            if !head.ends_with(b"\r\n\r\n") {
                continue;
            }
            let came = Instant::now();
            let turn = self.turn.fetch_add(1, Ordering::Relaxed);
            wait_until(came + self.latencies[turn % self.latencies.len()]);
            if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").is_err() {
                return;
            }
            let took = came.elapsed();
            let line = String::from_utf8_lossy(&head);
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            self.asked.lock().expect("nobody panics").push(Asked { path, came, took });
            head.clear();
        }
    }
}

/// What this share of `times` did not exceed.
pub fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let rank = (times.len() as f64 * share).ceil() as usize;
    times[rank.clamp(1, times.len()) - 1]
}

/// Sleeps for most of the time and spins for the rest, as a sleep alone ends late.
fn wait_until(end: Instant) {
    const SPIN: Duration = Duration::from_micros(150);
    let left = end.saturating_duration_since(Instant::now());
    if left > SPIN {
        std::thread::sleep(left - SPIN);
    }
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}
