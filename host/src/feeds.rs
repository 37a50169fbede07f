//! A run, second by second, to programs elsewhere: a file of JSON lines, InfluxDB, OpenTelemetry, Prometheus. A receiver that
//! is slow or gone never holds the run up: what does not arrive is counted, and said at the end.
//!
//! Must not know how a run is made, nor what stands in a second.

mod chosen;
mod scraped;

pub(crate) use chosen::chosen;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tidemark_core::feed::{self, REMOTE_HEADERS, Run, Sums};
use tidemark_core::result::Header;
use tidemark_core::stats::snapshot::Snapshot;
use tidemark_core::units::grouped;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

use crate::failure::{Code, Failure, plain};
use crate::results;

/// So many seconds may wait for a receiver; what comes after is lost.
const WAITING: usize = 60;

/// A receiver may take so long for a second.
const PATIENCE: Duration = Duration::from_secs(5);

/// After the end of the run, all receivers together may take so long for what still waits.
const LAST: Duration = Duration::from_secs(10);

/// Why a second is lost that found no room.
const SLOW: &str = "it was too slow";

/// The type of InfluxDB's lines.
const TEXT: &str = "text/plain; charset=utf-8";

/// Where seconds go, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// JSON lines, to a file that is not there yet.
    Lines(PathBuf),
    /// InfluxDB's line protocol, posted to this address: `http://127.0.0.1:8086/api/v2/write?org=o&bucket=b`, or
    /// `http://127.0.0.1:8086/write?db=load` of version 1.
    Influx(String),
    /// OpenTelemetry's metrics as JSON, posted to this address: `http://127.0.0.1:4318/v1/metrics`.
    Otlp(String),
    /// Sums for Prometheus, which asks for them at this address, under `/metrics`.
    Prometheus(SocketAddr),
    /// The same by Prometheus's remote write, posted to this address: `http://127.0.0.1:9090/api/v1/write`.
    RemoteWrite(String),
}

impl To {
    fn words(&self) -> String {
        match self {
            Self::Lines(path) => path.display().to_string(),
            Self::Prometheus(address) => address.to_string(),
            Self::Influx(url) | Self::Otlp(url) | Self::RemoteWrite(url) => shown(url),
        }
    }
}

/// An address without what may be a secret: what stands before its host, or follows a question mark.
fn shown(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

/// What a receiver got.
#[derive(Debug, Default)]
struct Got {
    seconds: AtomicU64,
    /// Those that are known not to have arrived; others may be on their way.
    lost: AtomicU64,
    /// Why it did not get the first one that is missing.
    why: Mutex<Option<String>>,
}

impl Got {
    fn take(&self, arrived: Result<(), String>) {
        match arrived {
            Ok(()) => drop(self.seconds.fetch_add(1, Ordering::Relaxed)),
            Err(why) => self.miss(why),
        }
    }

    fn miss(&self, why: String) {
        self.lost.fetch_add(1, Ordering::Relaxed);
        self.why.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    }

    /// How many are missing, in a sentence; none where all arrived.
    fn sentence(&self, to: &To, missing: u64, told: u64) -> Option<String> {
        let why = self.why.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let why = why.unwrap_or_else(|| SLOW.to_owned());
        let words = format!("{} of {} seconds did not reach {}: {why}.", grouped(missing), grouped(told), to.words());
        (missing > 0).then_some(words)
    }
}

#[derive(Debug)]
struct One {
    to: To,
    /// None before the run has begun and once it is over.
    sender: Option<Sender<Vec<u8>>>,
    /// Where it is asked, before the run has begun.
    listener: Option<std::net::TcpListener>,
    task: Option<JoinHandle<()>>,
    told: u64,
    got: Arc<Got>,
}

/// All receivers of a run.
#[derive(Debug)]
pub struct Feeds {
    run: Option<Run>,
    sums: Sums,
    all: Vec<One>,
    token: Option<String>,
}

impl Feeds {
    /// Receivers of a run that has not begun. `token` is sent to those that are reached by HTTP, as InfluxDB wants it.
    ///
    /// # Errors
    /// A file is there already or can't be made, an address is none.
    pub fn open(to: &[To], token: Option<String>) -> Result<Self, Failure> {
        for one in to {
            match one {
                To::Lines(path) => results::can_be_new(path)?,
                To::Prometheus(_) => {}
                To::Influx(url) | To::Otlp(url) | To::RemoteWrite(url) => {
                    let address = url.parse::<reqwest::Url>().ok();
                    if !address.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
                        let message = format!("\"{url}\" is no address to post to.");
                        return Err(Failure::new(
                            Code::Invalid,
                            message,
                            "Write it whole, such as http://127.0.0.1:4318/v1/metrics.",
                        ));
                    }
                }
            }
        }
        let one = |to: &To| {
            let listener = match to {
                To::Prometheus(address) => Some(scraped::bind(*address)?),
                _ => None,
            };
            Ok(One { to: to.clone(), sender: None, listener, task: None, told: 0, got: Arc::default() })
        };
        let all = to.iter().map(one).collect::<Result<_, Failure>>()?;
        Ok(Self { run: None, sums: Sums::default(), all, token })
    }

    /// The run has begun. Within a runtime.
    pub fn begin(&mut self, header: &Header) {
        self.run = Some(Run::of(header));
        for one in &mut self.all {
            let (sender, receiver) = channel(WAITING);
            let (to, token, got) = (one.to.clone(), self.token.clone(), one.got.clone());
            let listener = one.listener.take();
            one.sender = Some(sender);
            one.task = Some(tokio::spawn(async move {
                match to {
                    To::Lines(path) => write(path, receiver, &got).await,
                    To::Influx(url) => post(url, &[("content-type", TEXT)], token, receiver, &got).await,
                    To::Otlp(url) => post(url, &[("content-type", "application/json")], token, receiver, &got).await,
                    To::RemoteWrite(url) => post(url, &REMOTE_HEADERS, token, receiver, &got).await,
                    To::Prometheus(_) => scraped::answer(listener, receiver, &got).await,
                }
            }));
        }
    }

    /// Another second. Never waits.
    pub fn second(&mut self, snapshot: &Snapshot) {
        let Some(run) = &self.run else { return };
        let summed = self.all.iter().any(|one| matches!(one.to, To::Prometheus(_) | To::RemoteWrite(_)));
        // Each second counts, whether or not it arrives.
        let sums = if summed { self.sums.push(run, snapshot) } else { Vec::new() };
        for one in &mut self.all {
            let Some(sender) = &one.sender else { continue };
            one.told += 1;
            // Nobody turns a second into text that has no room.
            let Ok(room) = sender.try_reserve() else {
                one.got.miss(SLOW.to_owned());
                continue;
            };
            room.send(match one.to {
                To::Lines(_) => feed::lines(run, snapshot).into_bytes(),
                To::Influx(_) => feed::influx(run, snapshot).into_bytes(),
                To::Otlp(_) => feed::otlp(run, snapshot).into_bytes(),
                To::Prometheus(_) => feed::text(&sums).into_bytes(),
                To::RemoteWrite(_) => feed::message(run, snapshot, &sums),
            });
        }
    }

    /// What is known not to have arrived so far, a sentence for each receiver.
    pub fn missing(&self) -> Vec<String> {
        let missing = |one: &One| one.got.sentence(&one.to, one.got.lost.load(Ordering::Relaxed), one.told);
        self.all.iter().filter_map(missing).collect()
    }

    /// The run is over: waits a little for what is still on its way. A note for each receiver that did not get everything.
    pub async fn end(mut self) -> Vec<String> {
        self.all.iter_mut().for_each(|one| one.sender = None);
        let until = tokio::time::Instant::now() + LAST;
        let mut notes = Vec::new();
        for one in self.all {
            let Some(mut task) = one.task else { continue };
            if tokio::time::timeout_at(until, &mut task).await.is_err() {
                task.abort();
            }
            let missing = one.told.saturating_sub(one.got.seconds.load(Ordering::Relaxed));
            notes.extend(one.got.sentence(&one.to, missing, one.told));
        }
        notes
    }
}

async fn write(path: PathBuf, mut seconds: Receiver<Vec<u8>>, got: &Got) {
    let mut file = File::create_new(&path).await;
    while let Some(text) = seconds.recv().await {
        got.take(match &mut file {
            Ok(file) => append(file, &text).await.map_err(|error| plain(&error)),
            Err(error) => Err(plain(error)),
        });
    }
}

/// What is not in the file yet has not arrived.
async fn append(file: &mut File, text: &[u8]) -> std::io::Result<()> {
    file.write_all(text).await?;
    file.flush().await
}

async fn post(url: String, headers: &[(&str, &str)], token: Option<String>, mut seconds: Receiver<Vec<u8>>, got: &Got) {
    // One client for all, so that the connection is kept.
    let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
    while let Some(text) = seconds.recv().await {
        got.take(match &client {
            Ok(client) => {
                let request =
                    headers.iter().fold(client.post(&url).body(text), |one, (name, of)| one.header(*name, *of));
                send(request, token.as_deref()).await
            }
            Err(_) => Err("no connection could be made ready".to_owned()),
        });
    }
}

async fn send(request: reqwest::RequestBuilder, token: Option<&str>) -> Result<(), String> {
    let request = match token {
        Some(token) => request.header("authorization", token),
        None => request,
    };
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("it answered {}", answer.status())),
        Err(error) => Err(trouble(&error)),
    }
}

/// Why nothing was answered, without the address: that may hold a token.
fn trouble(error: &reqwest::Error) -> String {
    match () {
        () if error.is_timeout() => format!("it did not answer within {} s", PATIENCE.as_secs()),
        () if error.is_connect() => "nothing can be reached there".to_owned(),
        () => "the connection broke off".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_what_may_be_a_secret() {
        for (url, wanted) in [
            ("http://127.0.0.1:8086/write?db=load&p=tide", "http://127.0.0.1:8086/write"),
            ("https://ada:t@ide@host/a@b#c", "https://host/a@b"),
            ("http://ada:tide@127.0.0.1:9090", "http://127.0.0.1:9090"),
        ] {
            assert_eq!(shown(url), wanted);
        }
    }
}
