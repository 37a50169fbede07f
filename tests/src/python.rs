//! Python with the packages a test needs, in a virtual environment under the target folder, made once and kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::target_folder;

/// Python of a virtual environment with these requirements (lines of a requirements.txt); `name` keeps several apart.
///
/// # Panics
/// Where Python can't make one, or a package can't be installed; the message says what to run.
pub fn with_packages(name: &str, requirements: &str) -> PathBuf {
    let folder = target_folder().join("venv").join(name);
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("requirements-installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) && works(&python) {
        return python;
    }
    let _ = fs::remove_dir_all(&folder);
    let hint =
        "is Python 3.10 or newer there, with its venv? On Debian and Ubuntu: apt-get install python3 python3-venv";
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder), hint);
    let wanted = folder.join("requirements.txt");
    fs::write(&wanted, requirements).expect("the target folder can be written to");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&wanted);
    run(&mut install, "is the Python package index (PyPI, or a mirror set up for pip) within reach?");
    fs::write(&stamp, requirements).expect("the target folder can be written to");
    python
}

/// The environment may have been made by a Python that is gone.
fn works(python: &Path) -> bool {
    Command::new(python).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn run(command: &mut Command, hint: &str) {
    match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!(
            "this failed: {command:?}\n{}{}\nrun it yourself to see more; {hint}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => panic!("could not start {command:?}: {error}; {hint}"),
    }
}
