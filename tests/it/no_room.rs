//! A computer that has no file handles or ports left: that is its own failure, and the verdict must not blame the target.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Output};

use tidemark_core::result::{Opened, read};
use tidemark_core::stats::snapshot::Strain;
use tidemark_core::traffic::Kind;
use tidemark_core::verdict::State;
use tidemark_shop::{Knobs, start};
use tidemark_tests::program::tidemark;

/// 150 people at once, each with a connection of their own.
fn scenario(folder: &Path, address: &str) {
    crowd(folder, address, "100ms", r#""start": 150, "people": [{ "to": 150, "over": "3s" }]"#);
}

fn crowd(folder: &Path, address: &str, pause: &str, load: &str) {
    let text = format!(
        r#"{{ "format": 1, "name": "Crowd", "targets": [{{ "url": "http://{address}" }}],
            "users": [{{ "name": "V", "pause": {{ "for": "{pause}" }},
                "tasks": [{{ "name": "T", "steps": [{{ "request": {{ "url": "/products/7" }} }}] }}] }}],
            "load": {{ {load} }},
            "goals": [{{ "failures": {{ "below": "1%" }} }}, {{ "p95": {{ "below": "30s" }} }}] }}"#
    );
    std::fs::write(folder.join("crowd.tide"), text).expect("the folder can be written to");
}

/// Runs these words of shell in `folder`; `$TIDEMARK` is the program.
fn shell(folder: &Path, words: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", words]).current_dir(folder).env("TIDEMARK", tidemark());
    command.output().expect("there is a shell")
}

/// What came of it: no room for some requests, told apart from the target's failures in numbers and words.
fn check(folder: &Path, output: &Output, words: &str) -> Opened {
    let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let file = std::fs::read(folder.join("crowd.tiderun")).unwrap_or_else(|error| panic!("{error}: {told}"));
    let opened = read(&file).expect("the result can be read");
    assert!(opened.complete, "{:?}", opened.notes);
    let all = &opened.summary.all;
    assert!(all.kinds.get(Kind::NoRoom) >= 100, "{:?}", all.kinds);
    assert_eq!(all.failed, all.kinds.get(Kind::NoRoom), "nothing else fails: {:?}", opened.summary.failures);
    assert!(all.count > all.failed, "who had room was answered");
    assert!(opened.summary.suspect_seconds >= 3, "{:?}", opened.summary);
    assert!(opened.summary.strains.contains(&Strain::NoRoom), "{:?}", opened.summary.strains);
    assert!(opened.samples.iter().any(|sample| sample.detail.contains(words)), "{:?}", opened.samples);
    let verdict = &opened.verdict;
    assert_eq!(verdict.state, State::CantTell, "{verdict:#?}");
    assert!(verdict.sentences[0].contains("could not leave this computer"), "{verdict:#?}");
    assert!(verdict.caveats.iter().any(|caveat| caveat.contains("could not leave this computer")), "{verdict:#?}");
    opened
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_run_without_file_handles_goes_on_and_does_not_blame_the_target() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = start(([127, 0, 0, 1], 0).into(), Knobs::quiet()).await.expect("the shop opens");
    scenario(folder.path(), &shop.addr().to_string());
    let output = shell(folder.path(), "ulimit -n 64 && exec \"$TIDEMARK\" run crowd.tide --out crowd.tiderun");
    let opened = check(folder.path(), &output, "ulimit -n");
    let counts = shop.stop().await;
    assert_eq!(counts.answered, opened.summary.all.count - opened.summary.all.failed, "{counts:?}");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("ulimit -n 214"), "it is said beforehand: {told}");
}

/// Three times as many people as there are files: who pauses makes room.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn people_who_pause_long_make_room_for_others_where_files_are_few() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = start(([127, 0, 0, 1], 0).into(), Knobs::quiet()).await.expect("the shop opens");
    let load = r#""people": [{ "to": 400, "over": "4s" }, { "to": 400, "over": "3s" }]"#;
    crowd(folder.path(), &shop.addr().to_string(), "2s", load);
    let words = "ulimit -n 164 && exec \"$TIDEMARK\" run crowd.tide --workers 1 --out crowd.tiderun";
    let output = shell(folder.path(), words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let opened = read(&std::fs::read(folder.path().join("crowd.tiderun")).expect("there is a result"));
    let summary = opened.expect("the result can be read").summary;
    assert_eq!((summary.all.failed, summary.peak_people), (0, 400), "{told}");
    assert!(summary.all.phases.connect.count > 400, "who gave theirs back opened another: {summary:?}");
    assert!(told.contains("pause for a second or longer give their connections back"), "{told}");
    assert!(told.contains(&format!("{} connections were given back", summary.given_back)), "{told}");
    assert_eq!(shop.stop().await.answered, summary.all.count);
}

/// Words of shell for a network of its own with so many ports, where a loopback device has to be brought up first.
fn few_ports(ports: u32) -> String {
    let up = r#"python3 -c 'import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 0x49))'"#;
    let last = 39_999 + ports;
    // Ports of closed connections are held for a minute, as they are towards targets elsewhere.
    format!(
        "{up} && echo 40000 {last} > /proc/sys/net/ipv4/ip_local_port_range && echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse"
    )
}

/// Runs the scenario with the shop in a network with few ports. `None` where the kernel doesn't let a test have a network of
/// its own, which containers often forbid; the words for a lack of ports have a test in the engine, and everything else is
/// the same as without file handles.
fn run_with_few_ports(folder: &Path, ports: u32) -> Option<Output> {
    let own_network = |words: &str| format!("unshare -rn sh -c '{}'", words.replace('\'', "'\\''"));
    let few_ports = few_ports(ports);
    if !shell(folder, &own_network(&few_ports)).status.success() {
        eprintln!("not tried: this system allows no network namespace");
        return None;
    }
    let words = format!(
        r#"{few_ports} || exit 9
        "$TIDEMARK" shop --port 4780 > shop.log 2>&1 & shop=$!
        for try in $(seq 100); do grep -q 4780 shop.log && break; sleep 0.1; done
        "$TIDEMARK" run crowd.tide --workers 1 --out crowd.tiderun
        kill $shop"#
    );
    Some(shell(folder, &own_network(&words)))
}

#[test]
fn a_run_without_ports_goes_on_and_does_not_blame_the_target() {
    let folder = tempfile::tempdir().expect("a folder");
    scenario(folder.path(), "127.0.0.1:4780");
    let Some(output) = run_with_few_ports(folder.path(), 16) else { return };
    check(folder.path(), &output, "port");
}

/// Twice as many people as there are ports, who together open many times as many connections: who pauses makes room, and
/// leaves a port that can be used again at once.
#[test]
fn people_who_pause_long_make_room_for_others_where_ports_are_few() {
    let folder = tempfile::tempdir().expect("a folder");
    let load = r#""people": [{ "to": 400, "over": "4s" }, { "to": 400, "over": "4s" }]"#;
    crowd(folder.path(), "127.0.0.1:4780", "2s", load);
    let Some(output) = run_with_few_ports(folder.path(), 200) else { return };
    let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let opened = read(&std::fs::read(folder.path().join("crowd.tiderun")).expect("there is a result"));
    let summary = opened.expect("the result can be read").summary;
    assert_eq!((summary.all.failed, summary.peak_people), (0, 400), "{told}");
    assert!(summary.all.phases.connect.count > 600, "three times as many as there are ports: {summary:?}");
    assert!(told.contains("200 ports for connections to one address"), "{told}");
}
