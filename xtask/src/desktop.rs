//! `cargo xtask desktop`, `cargo xtask bundle`, and the part of `cargo xtask test` that is about the window.
//!
//! Must not know what the window shows.

use crate::machine::{self, Need};
use crate::{run, test, ui};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The window's package and program.
pub const PACKAGE: &str = "tidemark-desktop";

/// What building the window needs.
pub const BUILD_NEEDS: &[Need] = &[Need::CCompiler, Need::WasmTarget, Need::WebKit];

/// `cargo xtask desktop [FILES]`: builds the window and becomes it.
pub fn desktop(words: &[String]) -> Result<ExitCode, String> {
    machine::provide(BUILD_NEEDS)?;
    open(words)
}

/// Builds what was provided for, and opens it with these files.
pub fn open(files: &[String]) -> Result<ExitCode, String> {
    eprintln!(
        "desktop: building the editor and the window (about 8 minutes the first time, under a minute after that)"
    );
    ui::check()?;
    run::succeed(run::cargo().args(["build", "--profile", "quick", "--package", PACKAGE, "--bins"]))?;
    let mut command = Command::new(built("quick")?);
    command.args(files);
    if !has_screen() {
        return Err("there is no screen to open a window on; `cargo xtask app` serves the app to a browser".into());
    }
    eprintln!("desktop: {}", run::shown(&command));
    run::become_it(command)
}

/// Whether a window can be seen.
pub fn has_screen() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// `cargo xtask bundle`: a package that others install.
pub fn bundle(words: &[String]) -> Result<ExitCode, String> {
    if let Some(word) = words.first() {
        return Err(format!("takes no words, got {word}"));
    }
    machine::provide(BUILD_NEEDS)?;
    machine::provide(&[Need::Bundler])?;
    eprintln!("bundle: building as for handing out, all at once on one core (about 12 minutes)");
    ui::check()?;
    let mut bundler = run::program(&machine::bundler()?.to_string_lossy());
    bundler.current_dir(run::root().join("src-tauri"));
    // What is only for debuggers is three quarters of the program.
    bundler.env("CARGO_PROFILE_RELEASE_DEBUG", "none").env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    run::succeed(bundler.args(["build", "--ci", "--bundles", if cfg!(target_os = "macos") { "app" } else { "deb" }]))?;
    println!("the package is in {}", machine::target_folder()?.join("release/bundle").display());
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask icons`: every size of the icon, from `src-tauri/icons/icon.svg`.
pub fn icons(words: &[String]) -> Result<ExitCode, String> {
    if let Some(word) = words.first() {
        return Err(format!("takes no words, got {word}"));
    }
    machine::provide(&[Need::Bundler])?;
    let icons = run::root().join("src-tauri/icons");
    let all = machine::target_folder()?.join("icons");
    let mut bundler = run::program(&machine::bundler()?.to_string_lossy());
    run::succeed(bundler.arg("icon").arg(icons.join("icon.svg")).arg("--output").arg(&all))?;
    // Those for telephones and shops are left out.
    for name in ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"] {
        let copied = std::fs::copy(all.join(name), icons.join(name));
        copied.map_err(|error| format!("could not copy {name}: {error}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The part of `cargo xtask test`: no warnings, the same conversation as everywhere, and the journeys in a real window.
pub fn check() -> Result<u64, String> {
    ui::check()?;
    let words = ["--package", PACKAGE, "--all-targets", "--", "-D", "warnings"];
    run::succeed(run::cargo().arg("clippy").args(words))?;
    // Program and tests in one go, or Tauri is compiled once for each. `cargo test` alone would leave the program as it was.
    run::succeed(run::cargo().args(["build", "--package", PACKAGE, "--bins", "--tests"]))?;
    let inside = run::count_tests(with_keychain(run::cargo().args(["test", "--package", PACKAGE, "--lib"]))?)?;
    let journeys = run::count_tests(test::journeys()?.env("TIDEMARK_WINDOW", built("debug")?))?;
    if inside == 0 || journeys == 0 { Err("no test ran at all".into()) } else { Ok(inside + journeys) }
}

/// The command in a desktop session of its own with a keychain that is empty and open. Elsewhere than on Linux, as it is.
fn with_keychain(command: &mut Command) -> Result<&mut Command, String> {
    if cfg!(not(target_os = "linux")) {
        return Ok(command);
    }
    // The keychain reads the password that opens it from its input, and would outlive the session.
    const OPEN: &str = r#"
        printf tidemark | gnome-keyring-daemon --foreground --unlock --components=secrets > /dev/null 2>&1 &
        for turn in $(seq 200); do test -S "$XDG_RUNTIME_DIR/keyring/control" && break; sleep 0.05; done
        "$@"; end=$?
        kill $!; exit $end"#;
    let folder = machine::target_folder()?.join("tools/keychain");
    let mut session = run::program("dbus-run-session");
    session.args(["--", "sh", "-c", OPEN, "sh"]).arg(command.get_program()).args(command.get_args());
    for (name, inside) in [("XDG_DATA_HOME", "data"), ("XDG_RUNTIME_DIR", "run")] {
        let folder = folder.join(inside);
        std::fs::create_dir_all(&folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
        session.env(name, folder);
    }
    *command = session;
    Ok(command)
}

/// The program, as a profile's folder has it.
fn built(folder: &str) -> Result<PathBuf, String> {
    Ok(machine::target_folder()?.join(folder).join(Path::new(PACKAGE).with_extension(std::env::consts::EXE_EXTENSION)))
}
