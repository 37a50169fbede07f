#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::result::read;
use crate::watch::{Track, Unit, Watched};

/// A run of the practice shop.
fn shop() -> Opened {
    read(include_bytes!("../../../../examples/shop.tiderun")).unwrap()
}

/// The cells of one column, by the name and kind of their lines.
fn column(text: &str, column: &str) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |wanted: &str| head.iter().position(|one| one == wanted).unwrap_or_else(|| panic!("no {wanted}"));
    let (name, of, cell) = (at("name"), at("of"), at(column));
    let lines = reader.records().map(|line| {
        let line = line.unwrap();
        (format!("{} {}", &line[name], &line[of]), line[cell].to_owned())
    });
    lines.collect()
}

#[test]
fn the_seconds_add_up_to_the_whole_run_and_what_is_not_known_is_empty() {
    let opened = shop();
    let text = seconds(&opened);
    let all = |cells: Vec<(String, String)>| -> u64 {
        let all = cells.iter().filter(|(of, _)| of == "All requests request");
        all.map(|(_, cell)| cell.parse::<u64>().unwrap()).sum()
    };
    let (measured, warm) = (opened.timeline.measured(), opened.timeline.warm());
    let names = opened.timeline.names();
    assert_eq!(all(column(&text, "finished")), measured.all(names).finished() + warm.all(names).finished());
    assert_eq!(all(column(&text, "failed")), measured.all(names).failed.total() + warm.all(names).failed.total());
    let rare = column(&text, "response_p99_ms");
    assert!(rare.iter().any(|(_, cell)| cell.is_empty()), "a second has too few answers for 99 of 100");
    assert!(rare.iter().all(|(_, cell)| cell != "0"), "missing is no zero");
    let started = column(&text, "started");
    assert!(started.iter().all(|(of, cell)| cell.is_empty() != (of == "All requests request")), "told once a second");
}

#[test]
fn steps_hold_the_numbers_of_the_report() {
    let opened = shop();
    let text = steps(&opened);
    let all = &opened.summary.all;
    assert_eq!(column(&text, "count").last().unwrap().1, all.count.to_string());
    let p95: f64 = column(&text, "response_p95_ms").last().unwrap().1.parse().unwrap();
    assert_eq!((p95 * 1e3).round() as u64, all.response.p95_us.unwrap());
    assert_eq!(column(&text, "count").len(), opened.summary.rows.len() + 1);
}

#[test]
fn a_name_is_never_a_formula_and_never_a_second_cell() {
    let mut opened = shop();
    let names = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@cmd", "a,\"b\"\nc"];
    for (row, name) in opened.summary.rows.iter_mut().zip(names) {
        row.label = name.to_owned();
    }
    let shown: Vec<_> = column(&steps(&opened), "count").into_iter().map(|(name, _)| name).collect();
    for (shown, name) in shown.iter().zip(names) {
        let plain = shown.rsplit_once(' ').unwrap().0;
        let safe = if name.starts_with('a') { name.to_owned() } else { format!("'{name}") };
        assert_eq!(plain, safe);
    }
}

#[test]
fn every_value_that_was_watched_has_a_line_and_a_gap_has_none() {
    let mut opened = shop();
    let track = Track {
        source: 0,
        name: "=queue".to_owned(),
        unit: Unit::PerSecond,
        step: 5,
        points: vec![(0, 1.0), (15, 0.000_001_25)],
    };
    opened.watched = Watched { tracks: vec![track], ..Watched::of(["/metrics, own".to_owned()]) };
    assert_eq!(
        watched(&opened),
        "second,seconds,source,series,unit,value\n0,5,\"/metrics, own\",'=queue,per-second,1\n\
         15,5,\"/metrics, own\",'=queue,per-second,0.00000125\n"
    );
}

#[test]
fn a_unit_has_the_same_word_in_every_file() {
    for unit in [Unit::Number, Unit::PerSecond, Unit::Share, Unit::Bytes, Unit::BytesPerSecond, Unit::Seconds] {
        assert_eq!(serde_json::to_value(unit).unwrap(), unit.word());
    }
}
