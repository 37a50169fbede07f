//! Disks that take nothing more: the run goes on, and the result is found.
#![cfg(unix)]

use std::process::Command;

use tidemark_shop::Knobs;

use super::rig::{Place, Shop, opened, people, program, scenario};

#[test]
fn a_file_that_may_not_grow_does_not_end_the_run() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("full.tide", scenario(&shop.url(""), "/products", "[]", &people(4)));
    // The limit is in blocks of 512 or 1,024 bytes: enough for the header and a second or two.
    let script = format!("ulimit -f 2; exec {} run full.tide --out full.tiderun", program().display());
    let output = place.prepared(Command::new("sh"), &["-c", &script]).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("The result can't be written: the file would get larger than allowed"), "{err}");
    assert!(err.contains("it opens, but breaks off") || err.contains("The result is in"), "{err}");
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("Look"), "{out}");
    assert!(!opened(&place.path("full.tiderun")).complete);
    assert!(shop.counts().requests > 100);
}

#[test]
fn a_folder_that_is_gone_at_the_end_sends_the_result_elsewhere() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("gone.tide", scenario(&shop.url(""), "/products", "[]", &people(3)));
    place.write("results/keep", "");
    let child = place.command(&["run", "gone.tide", "--out", "results/gone.tiderun"]).spawn().unwrap();
    super::rig::until("the file grows", || place.path("results/gone.tiderun").exists());
    std::fs::remove_dir_all(place.path("results")).unwrap();
    super::rig::ended(child).exits(0).says(&["The result is in", "instead"]);
    let found = place.results();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(opened(&found[0]).complete);
}

#[test]
fn a_place_that_takes_no_files_is_told_before_anything_is_sent() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    place.run(&["run", "one.tide", "--out", "absent/one.tiderun"]).exits(2).says(&["no such folder", "--out"]);
    place.run(&["run", "one.tide", "--out", "one.tide/one.tiderun"]).exits(2);
    assert_eq!(shop.counts().requests, 0);
}
