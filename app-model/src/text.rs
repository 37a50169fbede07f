//! Every sentence the app shows from this crate, in one place, so that names don't drift and all can be translated.
//!
//! Must not decide anything: it is told what is the case and says it. Numbers are shown by the core's `units`.

pub mod build;
pub mod commands;
pub mod chart;
pub mod compare;
pub mod data;
pub mod desk;
pub mod edits;
pub mod fixes;
pub mod glossary;
pub mod history;
pub mod home;
pub mod keys;
pub mod link;
pub mod load;
pub mod notices;
pub mod panel;
pub mod forms;
pub mod paste;
pub mod preview;
pub mod problems;
pub mod overlay;
pub mod results;
pub mod share;
pub mod run;
pub mod settings;
pub mod shell;
pub mod shop;
pub mod steps;
pub mod trial;
pub mod window;

pub use tidemark_core::chart::say as charts;

/// `name`, or `name 2`, `name 3` … where that is taken.
pub fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    // A copy of "Search 2" is "Search 3", not "Search 2 2".
    let stem = match name.rsplit_once(' ') {
        Some((stem, number)) if number.parse::<u32>().is_ok() => stem,
        _ => name,
    };
    let mut number = 2_u32;
    loop {
        let candidate = format!("{stem} {number}");
        if !taken(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// With a capital at the start.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// A fragment as a sentence: a capital at the start, a full stop at the end.
pub fn sentence(fragment: &str) -> String {
    let fragment = fragment.trim();
    let mut letters = fragment.chars();
    let Some(first) = letters.next() else { return String::new() };
    let stop = if fragment.ends_with(['.', '?', ':']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests;
