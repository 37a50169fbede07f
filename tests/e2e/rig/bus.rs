//! A session bus, as every desktop has one, with nobody else on it. Must not know who speaks on it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The bus, until it is dropped.
pub struct Bus {
    child: Child,
    address: String,
}

/// Without folders of services nothing is started by asking for it: no keychain, no portal.
const RULES: &str = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">\
    <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";

impl Bus {
    /// Starts it, with its rules in `home`.
    pub fn start(home: &Path) -> Self {
        let rules = home.join("bus.conf");
        std::fs::write(&rules, RULES).expect("the folder takes a file");
        let mut command = Command::new("dbus-daemon");
        command.arg(format!("--config-file={}", rules.display())).args(["--nofork", "--print-address"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("dbus-daemon starts: apt-get install dbus");
        let mut address = String::new();
        let output = child.stdout.take().expect("its output is ours");
        BufReader::new(output).read_line(&mut address).expect("dbus-daemon says its address");
        Self { child, address: address.trim().to_owned() }
    }

    /// As `DBUS_SESSION_BUS_ADDRESS` names it.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
