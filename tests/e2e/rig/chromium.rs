//! The program that moves a browser: chromedriver. Must not know what the browser shows.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// chromedriver and what belongs to one browser, until it is dropped.
pub struct Chromium {
    child: Child,
    port: u16,
    profile: TempDir,
    downloads: TempDir,
}

/// What a browser needs on a machine without a screen, and what it should not do there.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--hide-scrollbars",
    "--lang=en-US",
];

impl Chromium {
    /// Starts it at a free port of its own choice.
    pub fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut command = Command::new(program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Times on screen must not depend on where the test runs.
        command.env("TZ", "UTC").env("LANG", "en_US.UTF-8").env_remove("LC_ALL");
        let mut child = command.spawn().expect("chromedriver starts: apt-get install chromium-driver");
        let lines = BufReader::new(child.stdout.take().expect("its output is ours")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| port_in(&line)).expect("chromedriver says its port");
        let folder = || tempfile::tempdir().expect("a temporary folder");
        Self { child, port, profile: folder(), downloads: folder() }
    }

    /// Opens a browser.
    pub async fn browser(&self, width: u32, height: u32) -> Client {
        let mut args: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        args.push(format!("--user-data-dir={}", self.profile.path().display()));
        args.push(format!("--window-size={width},{height}"));
        let mut options = json!({
            "args": args,
            "prefs": {
                "download.default_directory": self.downloads.path().display().to_string(),
                "download.prompt_for_download": false,
            },
        });
        if let Some(chromium) = std::env::var_os("CHROMIUM") {
            options["binary"] = chromium.to_string_lossy().into();
        }
        let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let Value::Object(wanted) = wanted else { unreachable!("just written as an object") };
        let wanted: Capabilities = wanted;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connected = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{}", self.port)).await;
        connected.expect("chromedriver opens a browser")
    }

    /// The folder that the browser saves files into.
    pub fn downloads(&self) -> &std::path::Path {
        self.downloads.path()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Its browser ends with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `ChromeDriver was started successfully on port 40567.`
fn port_in(line: &str) -> Option<u16> {
    let (_, after) = line.split_once("started successfully on port ")?;
    after.trim_end().trim_end_matches('.').parse().ok()
}
