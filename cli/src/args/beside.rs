//! What happens beside the load: who is told of it, and what of the target is watched.

use std::path::PathBuf;

use clap::Args;
use tidemark_core::scenario::{BasicSignIn, SignIn, Watch};
use tidemark_core::units::Span;
use tidemark_host::feeds::To;

use crate::settings;

/// Who is told of every second while it runs.
#[derive(Debug, Default, Args)]
#[command(
    next_help_heading = "Tell while it runs (a token for it comes from TIDEMARK_FEED_TOKEN, as the value of the Authorization header)"
)]
pub struct FeedArgs {
    /// Write every second as JSON lines
    #[arg(long, value_name = "FILE")]
    pub feed_lines: Vec<PathBuf>,
    /// Post every second to InfluxDB, such as http://127.0.0.1:8086/api/v2/write?org=me&bucket=load
    #[arg(long, value_name = "ADDRESS")]
    pub feed_influx: Vec<String>,
    /// Post every second to OpenTelemetry (OTLP), such as http://127.0.0.1:4318/v1/metrics
    #[arg(long, value_name = "ADDRESS")]
    pub feed_otlp: Vec<String>,
    /// Answer Prometheus at this address, such as 127.0.0.1:9464, under /metrics
    #[arg(long, value_name = "ADDRESS")]
    pub feed_prometheus: Vec<std::net::SocketAddr>,
    /// Post every second by Prometheus remote write, such as http://127.0.0.1:9090/api/v1/write
    #[arg(long, value_name = "ADDRESS")]
    pub feed_remote_write: Vec<String>,
}

impl FeedArgs {
    /// As the host takes them.
    pub fn to(&self) -> Vec<To> {
        let lines = self.feed_lines.iter().cloned().map(To::Lines);
        let influx = self.feed_influx.iter().cloned().map(To::Influx);
        let otlp = self.feed_otlp.iter().cloned().map(To::Otlp);
        let asked = self.feed_prometheus.iter().copied().map(To::Prometheus);
        let written = self.feed_remote_write.iter().cloned().map(To::RemoteWrite);
        lines.chain(influx).chain(otlp).chain(asked).chain(written).collect()
    }
}

/// What of the target is watched.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Watch the target while it runs")]
pub struct WatchArgs {
    /// Read a page of metrics in the format of Prometheus, such as http://127.0.0.1:9100/metrics, or /metrics of the target itself
    #[arg(long, value_name = "ADDRESS")]
    pub watch: Vec<String>,
    /// Only these series of the pages, such as queue_length, http_* or http_requests_total{code="500"}
    #[arg(long, value_name = "SERIES", requires = "watch")]
    pub watch_series: Vec<String>,
    /// Sign in at the pages with a secret of the scenario, by its name: as `Authorization: Bearer …`
    #[arg(long, value_name = "SECRET", requires = "watch", conflicts_with = "watch_user")]
    pub watch_bearer: Option<String>,
    /// Sign in at the pages with a user name and a secret of the scenario, by its name
    #[arg(long, value_name = "USER:SECRET", requires = "watch", value_parser = settings::user)]
    pub watch_user: Option<(String, String)>,
    /// Processor and memory of a process of this computer, by its number; on Linux
    #[arg(long, value_name = "NUMBER")]
    pub watch_process: Vec<u32>,
    /// How often they are read; 1s if not given
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub watch_every: Option<Span>,
}

impl WatchArgs {
    fn sign_in(&self) -> Option<SignIn> {
        let value = |secret: &str| format!("{{{{{secret}}}}}");
        let basic = |(user, secret): &(String, String)| {
            SignIn::Basic(BasicSignIn { user: user.clone(), password: value(secret), ..BasicSignIn::default() })
        };
        self.watch_user.as_ref().map(basic).or_else(|| Some(SignIn::Bearer(value(self.watch_bearer.as_ref()?))))
    }

    /// As a scenario has it.
    pub fn watch(&self) -> Vec<Watch> {
        let every = self.watch_every;
        let page = |address: &String| {
            let metrics = if address.starts_with('/') { address.clone() } else { settings::with_scheme(address) };
            Watch { metrics, series: self.watch_series.clone(), sign_in: self.sign_in(), every, ..Watch::default() }
        };
        let process = |id: &u32| Watch { process: Some(*id), every, ..Watch::default() };
        self.watch.iter().map(page).chain(self.watch_process.iter().map(process)).collect()
    }
}
