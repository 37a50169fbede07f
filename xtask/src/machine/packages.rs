//! The system's own package manager: apt on Debian and Ubuntu, Homebrew on macOS.
//!
//! Must not ask for a password: without root rights it stops with the exact command to run.

use crate::run;
use std::path::Path;
use std::process::Command;

/// One thing to install, by its name in each package manager. An empty `brew` means Homebrew does not provide it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Package {
    apt: &'static str,
    brew: &'static str,
}

pub const C_COMPILER: Package = Package { apt: "build-essential", brew: "" };
pub const PYTHON: Package = Package { apt: "python3 python3-venv", brew: "python3" };

/// Fonts too: without any, a page measures and looks unlike anywhere else.
pub const BROWSER: Package =
    Package { apt: "chromium chromium-driver fonts-dejavu-core fonts-liberation", brew: "chromium chromedriver" };

/// libdbus comes for the colours that the desktop prefers.
pub const WEBKIT: Package = Package { apt: "libwebkit2gtk-4.1-dev libdbus-1-dev pkg-config", brew: "" };

pub const SCREEN: Package = Package {
    apt: "xvfb openbox xdotool webkit2gtk-driver dbus gnome-keyring fonts-dejavu-core fonts-liberation",
    brew: "",
};

pub const PROMETHEUS: Package = Package { apt: "prometheus", brew: "prometheus" };
/// Version 1, which Homebrew keeps under a name of its own.
pub const INFLUXDB: Package = Package { apt: "influxdb", brew: "influxdb@1" };

/// What this machine lets us do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rights {
    Root,
    /// `sudo` works without asking for a password.
    Sudo,
    Missing,
}

/// Installs the packages, or says exactly which command does.
pub fn install(wanted: &[Package]) -> Result<(), String> {
    if wanted.is_empty() {
        return Ok(());
    }
    if cfg!(target_os = "macos") {
        return with_brew(wanted);
    }
    if run::quietly(run::program("apt-get").arg("--version")).is_none() {
        let names: Vec<_> = wanted.iter().map(|package| package.apt).collect();
        return Err(format!(
            "this system has no apt-get; install these with its own package manager, then start again: {} (Debian's names)",
            names.join(" ")
        ));
    }
    with_apt(wanted, rights())
}

/// Unpacks a package into a folder of its name in `tools`, without installing it: nothing of it is started, and no rights are
/// needed where the lists of packages are fresh.
pub fn unpack(package: Package, tools: &Path) -> Result<(), String> {
    let home = tools.join(package.apt);
    if cfg!(target_os = "macos") || run::quietly(run::program("apt-get").arg("--version")).is_none() {
        return install(&[package]);
    }
    eprintln!("unpacking: {} into {}", package.apt, home.display());
    std::fs::create_dir_all(&home).map_err(|error| format!("could not make {}: {error}", home.display()))?;
    let mut download = Command::new("apt-get");
    download.args(["download", package.apt]).current_dir(&home);
    if run::succeed(&mut download).is_err() {
        run::succeed(&mut apt(rights(), &["update"]))?;
        run::succeed(&mut download)?;
    }
    let files = std::fs::read_dir(&home).map_err(|error| format!("could not read {}: {error}", home.display()))?;
    let mut files = files.filter_map(Result::ok).map(|file| file.path());
    let archive = files.find(|path| path.extension().is_some_and(|end| end == "deb"));
    let archive = archive.ok_or("apt-get downloaded nothing")?;
    run::succeed(run::program("dpkg-deb").arg("-x").args([&archive, &home]))?;
    std::fs::remove_file(&archive).map_err(|error| format!("could not remove {}: {error}", archive.display()))
}

fn with_apt(wanted: &[Package], rights: Rights) -> Result<(), String> {
    let words = apt_words(wanted);
    if rights == Rights::Missing {
        return Err(apt_advice(&words));
    }
    let mut command = apt(rights, &words);
    eprintln!("installing: {}", run::shown(&command));
    if run::succeed(&mut command).is_ok() {
        return Ok(());
    }
    // The usual reason on a fresh machine: the lists of packages are empty or old.
    run::succeed(&mut apt(rights, &["update"]))?;
    run::succeed(&mut command)
}

fn apt_words(wanted: &[Package]) -> Vec<&'static str> {
    let names = wanted.iter().flat_map(|package| package.apt.split(' '));
    ["install", "-y", "--no-install-recommends"].into_iter().chain(names).collect()
}

fn apt_advice(words: &[&str]) -> String {
    format!(
        "installing needs root rights, and sudo asks for a password. Run this once, then start again:\n    \
         sudo apt-get update && sudo apt-get {}",
        words.join(" ")
    )
}

fn apt(rights: Rights, words: &[&str]) -> Command {
    let mut command = match rights {
        Rights::Sudo => run::program("sudo"),
        _ => run::program("env"),
    };
    if rights == Rights::Sudo {
        command.args(["-n", "env"]);
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words);
    command
}

fn rights() -> Rights {
    if run::quietly(run::program("id").arg("-u")).is_some_and(|id| id.trim() == "0") {
        Rights::Root
    } else if run::quietly(run::program("sudo").args(["-n", "true"])).is_some() {
        Rights::Sudo
    } else {
        Rights::Missing
    }
}

fn with_brew(wanted: &[Package]) -> Result<(), String> {
    if wanted.iter().any(|package| package.brew.is_empty()) {
        return Err("a C compiler is missing. Run this once, then start again:\n    xcode-select --install".into());
    }
    let names: Vec<_> = wanted.iter().flat_map(|package| package.brew.split(' ')).collect();
    if run::quietly(run::program("brew").arg("--version")).is_none() {
        return Err(format!(
            "Homebrew is missing. Install it (https://brew.sh), run this, then start again:\n    brew install {}",
            names.join(" ")
        ));
    }
    let mut command = run::program("brew");
    command.arg("install").args(&names);
    eprintln!("installing: {}", run::shown(&command));
    run::succeed(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_root_rights_the_message_holds_the_whole_command() {
        let trouble = with_apt(&[C_COMPILER, PYTHON], Rights::Missing).expect_err("no rights");
        let wanted = "sudo apt-get update && sudo apt-get install -y --no-install-recommends build-essential python3 python3-venv";
        assert!(trouble.ends_with(wanted), "{trouble}");
    }

    #[test]
    fn each_kind_of_rights_starts_the_right_program() {
        let root = run::shown(&apt(Rights::Root, &["update"]));
        assert_eq!(root, "env DEBIAN_FRONTEND=noninteractive apt-get update");
        let sudo = run::shown(&apt(Rights::Sudo, &["update"]));
        assert_eq!(sudo, "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update");
    }
}
