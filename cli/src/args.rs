//! What was typed. What it means is for `settings` to say.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tidemark_core::result::share::Options;

use crate::settings::{self, FailOn, SchemaOf};
pub use beside::{FeedArgs, WatchArgs};

mod beside;

/// Load testing that you draw.
#[derive(Debug, Parser)]
#[command(name = "tidemark", version, about, arg_required_else_help = true, disable_help_subcommand = false)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a small shop on this computer, send it 30 seconds of visitors, and say how it held up
    Demo(DemoArgs),
    /// Run a scenario: real load, live figures, a verdict and a result file
    Run(Box<RunArgs>),
    /// Find out how much the target can take: more and more load, until a goal is missed
    Limit(Box<LimitArgs>),
    /// Say what is wrong with a scenario, where, and how to mend it
    Check(CheckArgs),
    /// Show what would happen, without sending anything
    Preview(PreviewArgs),
    /// Send one person through a scenario and show every request and answer
    Try(TryArgs),
    /// Show the numbers of a result file
    Report(ReportArgs),
    /// Say what got better or worse between two results, or since when over several
    Compare(CompareArgs),
    /// Make a result file to pass on, and say what is in it
    Share(ShareArgs),
    /// Load one address, no file needed
    Url(Box<UrlArgs>),
    /// Open the app in a browser, from this computer
    Serve(ServeArgs),
    /// Open the practice shop
    Shop(ShopArgs),
    /// Print the JSON Schema of scenario files, for editors, or of what --json prints
    Schema(SchemaArgs),
}

/// Reads the command line. Ends the program where it makes no sense, or where help is asked for.
pub fn read() -> Command {
    Cli::parse().command
}

/// What may be different from what the scenario says.
#[derive(Debug, Args)]
#[command(next_help_heading = "Instead of what the scenario says")]
pub struct OverrideArgs {
    /// Use this target of the scenario
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// Send to this base address instead of the target's
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// The most people at once; of a ready-made shape the busy moment, beyond which a rush goes
    #[arg(long, value_name = "N", conflicts_with = "arrivals")]
    pub people: Option<u32>,
    /// The most new people per second; the shape of the load stays
    #[arg(long, value_name = "N")]
    pub arrivals: Option<f64>,
    /// How long the load lasts, such as 90s or 5min; its shape is stretched to that
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub duration: Option<tidemark_core::units::Span>,
    /// A stage of the load, such as 60:2min (to 60 people, over 2 minutes); several make a shape
    #[arg(long, value_name = "TO:OVER", value_parser = settings::stage)]
    pub stage: Vec<settings::StageArg>,
    /// Only tasks with this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// No tasks with this tag
    #[arg(long, value_name = "TAG")]
    pub skip_tag: Vec<String>,
    /// Give a value of the scenario another content
    #[arg(long, value_name = "NAME=VALUE", value_parser = settings::pair)]
    pub set: Vec<(String, String)>,
    /// Give a data table another file
    #[arg(long, value_name = "TABLE=PATH", value_parser = settings::pair)]
    pub data: Vec<(String, String)>,
    /// Where all chance comes from; the same seed makes the same choices
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

/// What every command that sends load understands.
#[derive(Debug, Args)]
pub struct LoadArgs {
    /// Where the result goes; a name of its own in this folder if not given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
    /// No progress, only the result
    #[arg(long, short = 'Q')]
    pub quiet: bool,
    /// A host other than this computer that you may load
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Threads that send; one for each processor core if not given
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub workers: usize,
    /// Don't look first whether anything answers at the target
    #[arg(long)]
    pub no_probe: bool,
    #[command(flatten)]
    pub files: FilesArgs,
    #[command(flatten)]
    pub feeds: FeedArgs,
    #[command(flatten)]
    pub watch: WatchArgs,
}

/// What else is made of a result.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Also write")]
pub struct FilesArgs {
    /// The report as a web page: one file that needs nothing else
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Goals and comparison as JUnit XML, for build servers
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// The report as Markdown, short enough for a comment on a change
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    /// Every second as CSV
    #[arg(long, value_name = "FILE")]
    pub csv_seconds: Option<PathBuf>,
    /// Every step as CSV
    #[arg(long, value_name = "FILE")]
    pub csv_steps: Option<PathBuf>,
    /// Every value that the target said of itself as CSV
    #[arg(long, value_name = "FILE")]
    pub csv_watched: Option<PathBuf>,
}

/// `tidemark run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    #[command(flatten)]
    pub load: LoadArgs,
    /// What makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Goals)]
    pub fail_on: FailOn,
    /// Compare with this earlier result; being worse counts as a goal that was missed
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// `tidemark limit`.
#[derive(Debug, Args)]
pub struct LimitArgs {
    /// The scenario; its goals say what holding up means. --people or --arrivals is the most that is tried
    pub file: PathBuf,
    /// The load of the first step; a fortieth of the most if not given
    #[arg(long, value_name = "N")]
    pub start: Option<f64>,
    /// How long a step is measured once it has settled; 10s if not given
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub step: Option<tidemark_core::units::Span>,
    /// How long the answer is held at the end, to be sure; 60s if not given
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub confirm: Option<tidemark_core::units::Span>,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

/// `tidemark check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The scenario
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Print the problems as JSON
    #[arg(long)]
    pub json: bool,
}

/// `tidemark preview`.
#[derive(Debug, Args)]
pub struct PreviewArgs {
    /// The scenario
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// `tidemark try`.
#[derive(Debug, Args)]
pub struct TryArgs {
    /// The scenario
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// A person of this user type; the first one's if not given
    #[arg(long, value_name = "TYPE")]
    pub user: Option<String>,
    /// Only this task; each task once if not given
    #[arg(long, value_name = "NAME")]
    pub task: Option<String>,
    /// Show whole bodies
    #[arg(long)]
    pub full: bool,
    /// Wait the pauses of the scenario, too
    #[arg(long)]
    pub pauses: bool,
    /// A host other than this computer that you may ask
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
}

/// `tidemark report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The result file
    pub file: PathBuf,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
    /// Say also what changed since this earlier result
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    #[command(flatten)]
    pub files: FilesArgs,
    #[command(flatten)]
    pub leave_out: LeaveOutArgs,
}

/// `tidemark compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The earlier result file
    pub before: PathBuf,
    /// The result file of now
    pub now: PathBuf,
    /// More result files: all of them in the order in which they were made, each compared with the first
    pub more: Vec<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
    /// Write it as Markdown, too
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    #[command(flatten)]
    pub leave_out: LeaveOutArgs,
}

/// `tidemark schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value_t = SchemaOf::Scenario)]
    pub of: SchemaOf,
}

/// `tidemark share`.
#[derive(Debug, Args)]
pub struct ShareArgs {
    /// The result file
    pub file: PathBuf,
    /// The file to write
    pub out: PathBuf,
    #[command(flatten)]
    pub leave_out: LeaveOutArgs,
}

/// What stays out of a file that is passed on.
#[derive(Debug, Args)]
#[command(next_help_heading = "What stays out of the file")]
pub struct LeaveOutArgs {
    /// The bodies of the failed requests and answers in it
    #[arg(long)]
    pub without_bodies: bool,
    /// The names of hosts; host-1, host-2 and so on stand in their places
    #[arg(long)]
    pub hide_hosts: bool,
}

impl LeaveOutArgs {
    /// As the core takes it.
    pub fn options(&self) -> Options {
        Options { without_bodies: self.without_bodies, hide_hosts: self.hide_hosts }
    }
}

/// `tidemark demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// How long it lasts; 30 if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: Option<u32>,
    /// Where all chance comes from
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub load: LoadArgs,
}

/// `tidemark url`.
#[derive(Debug, Args)]
pub struct UrlArgs {
    /// The address
    pub url: String,
    /// How many requests; 200 if neither this nor -z is given
    #[arg(short = 'n', long = "requests", value_name = "N")]
    pub requests: Option<u64>,
    /// How many people at once
    #[arg(short = 'c', long = "people", value_name = "N", default_value_t = 50)]
    pub people: u32,
    /// So many requests per second, whatever the answers take
    #[arg(short = 'q', long = "rate", value_name = "N")]
    pub rate: Option<f64>,
    /// How long, such as 10s; instead of -n
    #[arg(short = 'z', long = "duration", value_name = "TIME", value_parser = settings::span, conflicts_with = "requests")]
    pub duration: Option<tidemark_core::units::Span>,
    /// The method; GET, or POST where there is a body
    #[arg(short = 'm', long = "method", value_name = "METHOD")]
    pub method: Option<String>,
    /// A header line, such as "Accept: text/html"
    #[arg(short = 'H', long = "header", value_name = "LINE")]
    pub header: Vec<String>,
    /// The body; @FILE takes it from a file
    #[arg(short = 'd', long = "data", value_name = "TEXT")]
    pub data: Option<String>,
    /// How long an answer may take
    #[arg(short = 't', long = "timeout", value_name = "TIME", value_parser = settings::span)]
    pub timeout: Option<tidemark_core::units::Span>,
    /// Speak HTTP/2
    #[arg(long)]
    pub http2: bool,
    /// Take any certificate
    #[arg(long, short = 'k')]
    pub insecure: bool,
    #[command(flatten)]
    pub load: LoadArgs,
}

/// `tidemark serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port to listen on; 8089, or the next free one, if not given; 0 takes any free one
    #[arg(long)]
    pub port: Option<u16>,
    /// Listen at this address of this computer, so that others can reach the app; only this computer if not given
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Open the browser even where there seems to be no screen
    #[arg(long, conflicts_with = "no_open")]
    pub open: bool,
    /// Don't open the browser
    #[arg(long)]
    pub no_open: bool,
    /// The app's folder with scenarios, results and settings; the usual one if not given
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Take the app's pages from this folder instead of from the program
    #[arg(long, value_name = "FOLDER")]
    pub ui: Option<PathBuf>,
}

/// `tidemark shop`.
#[derive(Debug, Args)]
pub struct ShopArgs {
    /// Port to listen on, on this computer only; 0 takes any free one
    #[arg(long, default_value_t = 4780)]
    pub port: u16,
    /// Start with the knobs of the demo instead of a quiet shop
    #[arg(long)]
    pub demo: bool,
    /// Every answer takes so long
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub latency: Option<tidemark_core::units::Span>,
    /// Paying takes so much longer
    #[arg(long, value_name = "TIME", value_parser = settings::span)]
    pub slow_pay: Option<tidemark_core::units::Span>,
    /// A share of requests fails while more than N people are there, such as 50:0.2
    #[arg(long, value_name = "N:SHARE", value_parser = settings::crowd)]
    pub errors_above: Option<(u32, f64)>,
    /// This share of connections is closed without an answer, 0 to 1
    #[arg(long, value_name = "SHARE")]
    pub drop_share: Option<f64>,
    /// Work on so many requests at the same time; the others wait in line
    #[arg(long, value_name = "N")]
    pub tills: Option<u32>,
    /// Nothing is answered for a while, such as 5s:1s (after 5 s, for 1 s)
    #[arg(long, value_name = "AT:LASTS", value_parser = settings::stall)]
    pub stall: Option<(tidemark_core::units::Span, tidemark_core::units::Span)>,
    /// What decides every throw
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}
