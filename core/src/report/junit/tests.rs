#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use roxmltree::{Document, Node};

use super::*;
use crate::result::compare::compare;
use crate::result::{Ending, read};

fn shop() -> Opened {
    read(include_bytes!("../../../../examples/shop.tiderun")).unwrap()
}

fn all<'a>(document: &'a Document, tag: &str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(tag)).collect()
}

#[test]
fn each_goal_is_a_test_and_the_counts_are_those_of_the_tests() {
    let mut opened = shop();
    let mut missed = opened.verdict.goals[0].clone();
    missed.met = Some(false);
    let mut open = missed.clone();
    (open.met, open.got) = (None, None);
    opened.verdict.goals.extend([missed, open]);
    let text = report(&opened, Some(&compare(&opened, &opened)));
    let document = Document::parse(&text).unwrap();
    let suite = all(&document, "testsuite")[0];
    let cases = all(&document, "testcase").len();
    assert_eq!(suite.attribute("tests"), Some(cases.to_string().as_str()));
    assert_eq!(suite.attribute("failures"), Some("1"));
    assert_eq!(all(&document, "failure").len(), 1);
    assert_eq!(suite.attribute("skipped"), Some(all(&document, "skipped").len().to_string().as_str()));
    let goals = all(&document, "testcase");
    let goals = goals.iter().filter(|case| case.attribute("classname").is_some_and(|name| name.ends_with(".goals")));
    assert_eq!(goals.count(), opened.verdict.goals.len());
    let said = all(&document, "system-out")[0].text().unwrap();
    assert!(said.contains(&opened.verdict.sentences[0]), "{said}");
}

#[test]
fn a_run_that_did_not_come_to_its_end_fails() {
    for (ended, why) in [
        (Some(Ended::Killed), "It was stopped."),
        (Some(Ended::StopRule("1 in 10 failed".to_owned())), "It stopped early: 1 in 10 failed."),
        (Some(Ended::Broken("No disk.".to_owned())), "No disk."),
        (None, "The file breaks off."),
    ] {
        let mut opened = shop();
        opened.ending = ended.map(|ended| Ending { ended, ended_at: String::new() });
        let text = report(&opened, None);
        let document = Document::parse(&text).unwrap();
        assert_eq!(all(&document, "failure")[0].attribute("message"), Some(why));
    }
}

#[test]
fn whatever_a_name_holds_it_is_xml() {
    let mut opened = shop();
    let nasty = "\"'><x/>&amp;]]>\u{0}\u{b}\u{ffff}";
    opened.header.title = nasty.to_owned();
    opened.verdict.goals.iter_mut().for_each(|outcome| outcome.goal.text = nasty.to_owned());
    let text = report(&opened, None);
    let document = Document::parse(&text).unwrap();
    assert_eq!(all(&document, "testcase")[1].attribute("name"), Some("\"'><x/>&amp;]]>\u{fffd}\u{fffd}\u{fffd}"));
}
