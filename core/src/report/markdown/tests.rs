#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::result::compare::compare;
use crate::result::read;

fn shop() -> Opened {
    read(include_bytes!("../../../../examples/shop.tiderun")).unwrap()
}

#[test]
fn it_says_what_the_report_says() {
    let opened = shop();
    let text = report(&opened, None);
    let first = text.lines().next().unwrap();
    assert!(first.starts_with("### ") && first.contains(&Text(&opened.verdict.sentences[0]).to_string()), "{first}");
    for outcome in &opened.verdict.goals {
        assert!(text.contains(&Text(&outcome.goal.text).to_string()), "{text}");
    }
    for row in opened.summary.rows.iter().filter(|row| row.of == NameKind::Request) {
        let p95 = plain_time(row.response.p95_us.unwrap_or_default());
        let line = text.lines().find(|line| line.starts_with(&format!("| {} |", Text(&row.label)))).unwrap();
        assert!(line.contains(&grouped(row.count)) && (row.response.p95_us.is_none() || line.contains(&p95)), "{line}");
    }
    assert!(!text.contains("baseline"));
}

#[test]
fn beside_itself_nothing_is_worse_and_all_of_it_is_told() {
    let opened = shop();
    let text = report(&opened, Some(&compare(&opened, &opened)));
    assert!(text.contains("#### Compared with the baseline") && text.contains("about the same"), "{text}");
    assert!(!text.contains("worse"), "{text}");
}

#[test]
fn names_are_text_and_stay_in_their_cell() {
    let mut opened = shop();
    let nasty = "<img src=x> @all | [x](http://x) `a`\n# b ![y](z)";
    opened.summary.rows.iter_mut().for_each(|row| row.label = nasty.to_owned());
    opened.header.title = nasty.to_owned();
    opened.verdict.sentences = vec![nasty.to_owned()];
    let text = report(&opened, Some(&compare(&opened, &opened)));
    assert!(!text.contains("<img") && !text.contains("@all") && !text.contains("\n# b"), "{text}");
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let tables: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    for pair in tables.windows(2).filter(|pair| pair[0].starts_with("| ---")) {
        assert_eq!(cells(pair[0]), cells(pair[1]), "{pair:?}");
    }
}

#[test]
fn a_comment_is_never_too_long() {
    let mut opened = shop();
    let row = opened.summary.rows[0].clone();
    opened.summary.rows =
        (0..1_000).map(|at| RowSummary { label: format!("Step {at}"), of: NameKind::Request, ..row.clone() }).collect();
    let text = report(&opened, None);
    assert!(text.contains("… and 960 more steps.") && text.len() < 20_000, "{}", text.len());
}
