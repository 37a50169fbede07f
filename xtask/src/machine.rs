//! What a machine must have before Tidemark can be built and tested, and how each of it is installed.
//!
//! Must not know which command needs what. Every tool is checked by running it; nothing is assumed from its name.

mod node;
mod packages;
mod runner;

use crate::run;
use std::path::{Path, PathBuf};

pub use node::folder as node_folder;
pub use runner::{optimiser, wasm_binder, wasm_runner};

/// The target triple under which core is built and tested a second time.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Something that may be missing on a fresh machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// For the C parts of aws-lc (TLS) and zstd; neither wants cmake or pkg-config.
    CCompiler,
    Rustfmt,
    Clippy,
    WasmTarget,
    /// Runs core's wasm32 tests.
    Node,
    /// With `venv` and `pip`: the tests start a FastAPI application and decode histograms with another implementation.
    Python,
    /// Chromium (or Chrome) and its driver: the editor's tests.
    Browser,
    /// What Tauri builds windows with.
    WebKit,
    /// A screen in memory with windows, WebKit's driver, and a keychain: the window's tests.
    Screen,
    /// Fetched by npm: Tauri's own tool, which packs programs and draws icons.
    Bundler,
    /// Fetched by npm: the rules of accessibility that every screen is held against.
    Axe,
    /// Reads what a run tells while it goes on.
    Prometheus,
    /// As Prometheus does.
    InfluxDb,
}

/// How a missing thing gets onto the machine.
enum Mend {
    Rustup(&'static [&'static str]),
    Package(packages::Package),
    /// Debian's package of this name, unpacked into `target/tools` instead of installed, which would start it; elsewhere the
    /// package itself, which doesn't.
    Unpacked(packages::Package),
    /// Fetched by pip into `target/tools`, which needs Python.
    Wheel,
    /// Fetched by npm into `target/tools`, which needs Node.js.
    Npm(&'static str),
}

impl Need {
    fn name(self) -> &'static str {
        match self {
            Need::CCompiler => "a C compiler",
            Need::Rustfmt => "rustfmt",
            Need::Clippy => "clippy",
            Need::WasmTarget => "Rust's standard library for wasm32",
            Need::Node => "Node.js 20 or newer",
            Need::Python => "Python 3 with venv and pip",
            Need::Browser => "Chromium and chromedriver",
            Need::Axe => "axe-core",
            Need::WebKit => "WebKit to build windows with",
            Need::Screen => "a screen in memory, and WebKit's driver",
            Need::Bundler => "Tauri's command line tool",
            Need::Prometheus => "Prometheus",
            Need::InfluxDb => "InfluxDB",
        }
    }

    fn works(self) -> bool {
        let answers = |program: &str, words: &[&str]| run::quietly(run::program(program).args(words)).is_some();
        match self {
            Need::CCompiler => answers("cc", &["--version"]),
            Need::Rustfmt => run::quietly(run::cargo().args(["fmt", "--version"])).is_some(),
            Need::Clippy => run::quietly(run::cargo().args(["clippy", "--version"])).is_some(),
            Need::WasmTarget => {
                run::quietly(run::program("rustc").args(["--print", "target-libdir", "--target", WASM]))
                    .is_some_and(|folder| Path::new(folder.trim()).is_dir())
            }
            Need::Node => node_folder().is_ok(),
            // chromedriver finds the browser by itself, under any of these names.
            Need::Browser => {
                const NAMES: [&str; 4] = ["chromium", "google-chrome", "chromium-browser", "google-chrome-stable"];
                answers("chromedriver", &["--version"]) && NAMES.iter().any(|name| answers(name, &["--version"]))
            }
            Need::Axe => axe().is_ok_and(|path| path.is_file()),
            // Windows and macOS have theirs.
            Need::WebKit if cfg!(not(target_os = "linux")) => true,
            Need::WebKit => answers("pkg-config", &["--exists", "webkit2gtk-4.1", "dbus-1"]),
            // Xvfb and openbox have no question that they answer without a screen to open.
            Need::Screen => {
                const PROGRAMS: [&str; 6] =
                    ["Xvfb", "openbox", "xdotool", "WebKitWebDriver", "dbus-run-session", "gnome-keyring-daemon"];
                PROGRAMS.iter().all(|name| answers("which", &[name]))
            }
            Need::Bundler => bundler().is_ok_and(|path| answers(&path.to_string_lossy(), &["--version"])),
            Need::Prometheus => prometheus().is_ok(),
            Need::InfluxDb => influxdb().is_ok(),
            // Debian splits venv into a package of its own: `import venv` works without it, `ensurepip` does not.
            Need::Python => answers("python3", &["-c", "import venv, ensurepip, ssl, sqlite3"]),
        }
    }

    fn mend(self) -> Mend {
        match self {
            Need::CCompiler => Mend::Package(packages::C_COMPILER),
            Need::Rustfmt => Mend::Rustup(&["component", "add", "rustfmt"]),
            Need::Clippy => Mend::Rustup(&["component", "add", "clippy"]),
            Need::WasmTarget => Mend::Rustup(&["target", "add", WASM]),
            Need::Node => Mend::Wheel,
            Need::Python => Mend::Package(packages::PYTHON),
            Need::Browser => Mend::Package(packages::BROWSER),
            Need::Axe => Mend::Npm("axe-core@4.14.1"),
            Need::WebKit => Mend::Package(packages::WEBKIT),
            Need::Screen => Mend::Package(packages::SCREEN),
            Need::Bundler => Mend::Npm("@tauri-apps/cli@2.12.5"),
            Need::Prometheus => Mend::Unpacked(packages::PROMETHEUS),
            Need::InfluxDb => Mend::Unpacked(packages::INFLUXDB),
        }
    }
}

/// Checks each need and installs what is missing. `Err` says what is still missing and the command that mends it.
pub fn provide(needs: &[Need]) -> Result<(), String> {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.works()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|need| need.name()).collect();
    eprintln!("missing on this machine: {}", names.join(", "));

    // Packages first and together: without root rights one message names the one command for all of them.
    let mut wanted = Vec::new();
    for need in &missing {
        let package = match need.mend() {
            Mend::Package(package) => package,
            Mend::Wheel | Mend::Npm(_) if !Need::Python.works() => packages::PYTHON,
            _ => continue,
        };
        if !wanted.contains(&package) {
            wanted.push(package);
        }
    }
    packages::install(&wanted)?;
    for need in &missing {
        match need.mend() {
            Mend::Rustup(words) => rustup(words)?,
            Mend::Wheel => node::install()?,
            Mend::Npm(package) => node::fetch(package)?,
            Mend::Unpacked(package) => packages::unpack(package, &target_folder()?.join("tools"))?,
            Mend::Package(_) => {}
        }
    }
    match missing.iter().find(|need| !need.works()) {
        None => Ok(()),
        Some(need) => {
            Err(format!("{} was installed and still does not work; start a new terminal and try again", need.name()))
        }
    }
}

/// Where axe-core is, once there is one.
pub fn axe() -> Result<PathBuf, String> {
    Ok(node::packages()?.join("axe-core/axe.min.js"))
}

/// Where Tauri's tool is, once there is one.
pub fn bundler() -> Result<PathBuf, String> {
    Ok(node::packages()?.join(".bin/tauri"))
}

/// The machine's own Prometheus, or else ours.
pub fn prometheus() -> Result<PathBuf, String> {
    own_or_unpacked("prometheus", "--version", "prometheus/usr/bin/prometheus")
}

/// The machine's own InfluxDB, or else ours.
pub fn influxdb() -> Result<PathBuf, String> {
    own_or_unpacked("influxd", "version", "influxdb/usr/bin/influxd")
}

/// The machine's own `program`, or else the one that was unpacked to `place` in `target/tools`; it answers to `question`.
fn own_or_unpacked(program: &str, question: &str, place: &str) -> Result<PathBuf, String> {
    let ours = target_folder()?.join("tools").join(place);
    let mut candidates = [PathBuf::from(program), ours].into_iter();
    let works = |path: &PathBuf| run::quietly(run::program(&path.to_string_lossy()).arg(question)).is_some();
    candidates.find(works).ok_or_else(|| format!("there is no {program}"))
}

/// The folder that cargo builds into.
pub fn target_folder() -> Result<PathBuf, String> {
    let metadata = run::quietly(run::cargo().args(["metadata", "--format-version", "1", "--no-deps"]));
    let metadata = metadata.and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
    let folder = metadata.as_ref().and_then(|metadata| metadata["target_directory"].as_str());
    folder.map(PathBuf::from).ok_or_else(|| "could not learn the target folder from `cargo metadata`".into())
}

fn rustup(words: &[&str]) -> Result<(), String> {
    let mut command = run::program("rustup");
    command.args(words);
    eprintln!("installing: {}", run::shown(&command));
    run::succeed(&mut command)
}
