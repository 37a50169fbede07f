//! Every file in examples/ opens, and says what it is there to say.

use std::path::{Path, PathBuf};

use tidemark_core::check::all_problems;
use tidemark_core::problem::Severity;
use tidemark_core::report::text;
use tidemark_core::result;
use tidemark_core::verdict::State;

/// The files below examples/ with this ending.
fn examples(ending: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("readable").path();
            match path.is_dir() {
                true => collect(&path, ending, into),
                false if path.extension().is_some_and(|have| have == ending) => into.push(path),
                false => {}
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples"), ending, &mut files);
    files
}

#[test]
fn every_example_scenario_is_in_order() {
    let files = examples("tide");
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        let checked = all_problems(&text).expect("reads");
        let wrong: Vec<_> = checked.problems.iter().filter(|problem| problem.severity != Severity::Tip).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
    }
}

/// A result of format 1 as it was written when the format was new: it must open for ever.
#[test]
fn every_example_result_opens_whole_and_reads_as_on_the_day_it_was_made() {
    let files = examples("tiderun");
    assert!(!files.is_empty());
    for file in files {
        let opened = result::read(&std::fs::read(&file).expect("readable")).expect("opens");
        assert!(opened.complete && opened.header.sealed, "{}", file.display());
        assert_eq!(opened.verdict.state, State::HeldUpWithWarnings);
        let pay = opened.summary.rows.iter().find(|row| row.label == "Pay").expect("members paid");
        assert!(pay.count > 50 && pay.failed == 0, "{pay:?}");
        let report = text::report(&opened);
        for words in ["Held up with 20 people, with warnings.", "most of all \"Pay\"", "All requests"] {
            assert!(report.contains(words), "no {words:?} in\n{report}");
        }
    }
}
