//! Words that may stand in some files only, or in none. Comments and strings don't count, except for machine paths.

use super::Finding;
use super::tree::{File, Tree, line_of};

/// Words of Rust code, and the only files that may hold them.
struct Only {
    words: &'static [&'static str],
    /// Whether a file may hold them.
    may: fn(&File) -> bool,
    why: &'static str,
}

const ONLY: [Only; 4] = [
    Only {
        words: &["hdrhistogram"],
        may: |file| file.path == "core/src/stats/hist.rs",
        why: "use core's own histogram (core/src/stats/hist.rs), so that the library can be changed in one place",
    },
    Only {
        words: &["reqwest"],
        may: |file| ["engine/src/exchange/proxied.rs", "host/src/feeds.rs"].contains(&file.path.as_str()),
        why: "send through the engine's exchange; reqwest is for proxies (engine/src/exchange/proxied.rs) and for what is no load \
              (host/src/feeds.rs)",
    },
    Only {
        words: &["println!", "print!", "eprintln!", "eprint!"],
        // Build scripts talk to cargo so, and a window that does not open has nowhere else to say why.
        may: |file| {
            const OTHERS: [&str; 2] = ["src-tauri/build.rs", "src-tauri/src/main.rs"];
            let path = file.path.as_str();
            path.starts_with("cli/") || path.starts_with("xtask/") || OTHERS.contains(&path)
        },
        why: "return the text; only cli prints",
    },
    Only {
        // clippy knows these by their types (core/clippy.toml); this net also works where clippy isn't run.
        words: &[
            "Instant::now",
            "SystemTime::now",
            "std::fs",
            "std::env",
            "std::process",
            "std::net::TcpStream",
            "std::net::TcpListener",
            "std::net::UdpSocket",
            "thread::spawn",
            "thread::sleep",
            "getrandom",
        ],
        may: |file| !file.path.starts_with("core/"),
        why: "core takes time, dice, files and settings as values from its caller",
    },
];

/// Words that only the files of a row may hold; tests may print.
pub fn only_in_these_files(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for rule in ONLY.iter().filter(|rule| !(rule.may)(file)) {
            for word in rule.words {
                for line in lines_with(&file.code, word) {
                    let printing = word.ends_with("print!") || word.ends_with("println!");
                    if !(printing && file.is_test_line(line)) {
                        findings.push(Finding::new(&file.path, line, format!("{word} has no place here"), rule.why));
                    }
                }
            }
        }
    }
    findings
}

/// Words that no Rust file may hold, each with whether tests may, and how to mend it.
const NOWHERE: [(&str, bool, &str); 6] = [
    (".unwrap()", true, "pass the error on with `?`, or use `expect` with the reason why it holds"),
    ("todo!", false, "write it or leave it out"),
    ("unimplemented!", false, "write it or leave it out"),
    ("#[ignore", false, "mend the test or delete it"),
    ("unsafe", false, "use a library that wraps it safely"),
    ("dbg!", false, "delete it"),
];

/// No unfinished, skipped, unchecked or unsafe code.
pub fn nowhere(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (word, tests_may, mend) in NOWHERE {
            let lines =
                lines_with(&file.code, word).into_iter().filter(|line| !(tests_may && file.is_test_line(*line)));
            findings.extend(lines.map(|line| Finding::new(&file.path, line, format!("{word} is not used here"), mend)));
        }
    }
    findings
}

/// Folders that exist on one machine only, when followed by something.
const MACHINE_FOLDERS: [&str; 4] = ["work", "home", "root", "Users"];

/// No file of any kind names a place on somebody's machine.
pub fn no_machine_paths(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for folder in MACHINE_FOLDERS {
            let path = format!("/{folder}/");
            for (at, _) in file.text.match_indices(&path) {
                let before = file.text[..at].chars().next_back();
                let after = file.text[at + path.len()..].chars().next();
                // `https://shop.test/home/` and `a/work/b` are not places on a machine.
                let starts = before.is_none_or(|letter| !letter.is_alphanumeric() && !"}._-*~/\\]".contains(letter));
                if starts && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.') {
                    let what = format!("{path} is a place on one machine");
                    findings.push(Finding::new(
                        &file.path,
                        line_of(&file.text, at),
                        what,
                        "write it from the workspace root",
                    ));
                }
            }
        }
    }
    findings
}

/// The lines, counted from 1, that hold `word` and not merely a longer word around it.
fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut lines: Vec<usize> = Vec::new();
    for (at, _) in code.match_indices(word) {
        let before = code[..at].chars().next_back().is_some_and(joins) && word.starts_with(joins);
        let after = code[at + word.len()..].chars().next().is_some_and(joins) && word.ends_with(joins);
        let line = line_of(code, at);
        if !before && !after && lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    lines
}
