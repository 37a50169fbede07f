//! Runs that are stopped, killed, or die: the result is there in every case.
#![cfg(unix)]

use std::path::Path;
use std::process::Child;

use tidemark_core::verdict::Ended;
use tidemark_shop::{Knobs, Latency};

use super::rig::{Place, Shop, ended, opened, people, scenario, signal, until};

/// A run of a minute that has been going on for at least so many seconds, as its growing file shows.
fn under_way(place: &Place, shop: &Shop, seconds: u32) -> Child {
    place.write("long.tide", scenario(&shop.url(""), "/products", "[]", &people(60)));
    let child = place.command(&["run", "long.tide", "--out", "long.tiderun"]).spawn().expect("the program starts");
    until("the run writes its seconds", || seconds_in(&place.path("long.tiderun")) >= seconds);
    child
}

/// How many seconds stand in a growing file.
fn seconds_in(path: &Path) -> u32 {
    let Ok(bytes) = std::fs::read(path) else { return 0 };
    tidemark_core::result::read(&bytes).map_or(0, |result| result.summary.seconds)
}

#[test]
fn interrupted_once_people_finish_and_the_result_is_whole() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    let child = under_way(&place, &shop, 2);
    signal(&child, "INT");
    ended(child).exits(130).says(&["Result: long.tiderun"]);
    let result = opened(&place.path("long.tiderun"));
    assert!(result.complete && result.header.sealed);
    assert_eq!(result.ending.unwrap().ended, Ended::Stopped);
    assert_eq!((result.summary.all.count, result.summary.all.cut), (shop.counts().requests, 0));
}

#[test]
fn interrupted_twice_it_ends_at_once_and_the_result_is_whole() {
    let place = Place::new();
    let shop = Shop::open(Knobs { latency: Latency::fixed(std::time::Duration::from_secs(20)), ..Knobs::quiet() });
    let child = under_way(&place, &shop, 2);
    signal(&child, "INT");
    // The second one must not arrive as the same: wait until the first was noticed, which a growing file shows.
    let before = seconds_in(&place.path("long.tiderun"));
    until("another second is written", || seconds_in(&place.path("long.tiderun")) > before);
    let asked = std::time::Instant::now();
    signal(&child, "INT");
    ended(child).exits(130);
    assert!(asked.elapsed().as_secs() < 10);
    let result = opened(&place.path("long.tiderun"));
    assert_eq!(result.ending.unwrap().ended, Ended::Killed);
    assert_eq!(result.summary.all.cut, 10);
}

#[test]
fn killed_by_the_system_at_most_two_seconds_are_lost() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    let begun = std::time::Instant::now();
    let child = under_way(&place, &shop, 4);
    signal(&child, "KILL");
    let lived = begun.elapsed().as_secs_f64();
    assert_eq!(ended(child).code, None);
    let result = opened(&place.path("long.tiderun"));
    assert!(!result.complete);
    assert!(f64::from(result.summary.seconds) >= lived - 3.0, "{} of {lived}", result.summary.seconds);
    assert!(result.summary.all.count > 0);
    place.run(&["report", "long.tiderun"]).exits(0).says(&["breaks off", "Look"]);
}

#[test]
fn a_file_cut_anywhere_is_shown_as_far_as_it_goes() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("short.tide", scenario(&shop.url(""), "/products", "[]", &people(2)));
    place.run(&["run", "short.tide", "--out", "short.tiderun"]).exits(0);
    let whole = std::fs::read(place.path("short.tiderun")).unwrap();
    for share in [3, 5, 8] {
        place.write("cut.tiderun", &whole[..whole.len() * share / 10]);
        place.run(&["report", "cut.tiderun"]).exits(0).says(&["breaks off"]);
    }
    for bytes in [&b""[..], b"{}", &whole[..20]] {
        place.write("no.tiderun", bytes);
        place.run(&["report", "no.tiderun"]).exits(2).says(&["not a Tidemark result file"]);
    }
}
