//! What the palette lists for what was typed: commands and places, best first. Must not do anything.

use super::table::{COMMANDS, show, state};
use super::{Command, State};
use crate::doc::Item;
use crate::doc::place::roots;
use crate::model::{Dialog, Model};
use crate::msg::Msg;
use crate::route::Route;
use crate::text::commands as say;
use crate::text::glossary::GLOSSARY;
use crate::text::steps::{chips, sentence};

/// So many entries are listed at most.
const MOST: usize = 40;

/// How well words fit that only have the letters in order.
const IN_ORDER: u32 = 5;

/// The two parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Things to do.
    Do,
    /// Places to go.
    Go,
}

/// An entry of the palette.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub group: Group,
    /// Its name for tests.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What kind of thing it is, or the engineer's word that was found.
    pub about: String,
    /// Its keys, as [`super::Keys`].
    pub keys: Option<super::Keys>,
    /// What it does; none if it can't be done now.
    pub msg: Option<Msg>,
    /// Why it can't be done now; empty if it can.
    pub not_now: &'static str,
}

/// The entries for what was typed: things to do before places, each best first. Without anything typed, the commands.
pub fn entries(model: &Model, typed: &str) -> Vec<Entry> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(u32, Entry)> = COMMANDS.iter().filter_map(|command| fitting(model, command, &typed)).collect();
    if !typed.is_empty() {
        found.extend(tests(model, &typed));
        found.extend(things(model, &typed));
        found.extend(results(model, &typed));
        found.extend(words(&typed));
    }
    // Letters in order are a last resort: they fit a lot.
    let best = found.iter().map(|(score, _)| *score).max().unwrap_or(0);
    found.retain(|(score, _)| best <= IN_ORDER || *score > IN_ORDER);
    // The order of the table decides between equals.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.truncate(MOST);
    found.sort_by_key(|(score, entry)| (entry.group, std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// How well words fit what was typed; none if not at all. 100 is the whole word, [`IN_ORDER`] letters in order.
fn fit(words: &str, typed: &str) -> Option<u32> {
    if typed.is_empty() {
        return Some(1);
    }
    let words = words.to_lowercase();
    if words == typed {
        return Some(100);
    }
    if words.starts_with(typed) {
        return Some(80);
    }
    if let Some(at) = words.find(typed) {
        let starts_word = words[..at].ends_with(|c: char| !c.is_alphanumeric());
        return Some(if starts_word { 60 } else { 40 });
    }
    // The letters in order, as for abbreviations; few letters would fit anything.
    let mut letters = words.chars();
    let in_order = typed.chars().all(|wanted| letters.any(|letter| letter == wanted));
    (in_order && typed.chars().count() >= 3 && words.chars().count() <= 40).then_some(IN_ORDER)
}

fn fitting(model: &Model, command: &Command, typed: &str) -> Option<(u32, Entry)> {
    let (label, also) = command.words;
    let by_name = fit(label, typed);
    let by_other = also
        .split(", ")
        .filter_map(|word| Some((fit(word, typed)?, word)))
        .filter(|(score, _)| *score > IN_ORDER)
        .max_by_key(|(score, _)| *score);
    let (score, about) = match (by_name, by_other) {
        (Some(name), Some((other, _))) if name >= other => (name, ""),
        // The screen's own word wins over the engineer's where both fit as well.
        (_, Some((other, word))) => (other.saturating_sub(1), word),
        (Some(name), None) => (name, ""),
        (None, None) => return None,
    };
    let about = if typed.is_empty() { "" } else { about };
    let (msg, not_now) = split(state(model, command.id));
    let group = if command.goes { Group::Go } else { Group::Do };
    let (id, label) = (command.id.to_owned(), label.to_owned());
    Some((
        score,
        Entry { group, id, label, about: about.to_owned(), keys: command.keys.first().copied(), msg, not_now },
    ))
}

fn split(state: State) -> (Option<Msg>, &'static str) {
    match state {
        Ok(msg) => (Some(msg), ""),
        Err(why) => (None, why),
    }
}

/// A place to go.
fn place(id: String, label: String, about: &str, msg: Msg) -> Entry {
    Entry { group: Group::Go, id, label, about: about.to_owned(), keys: None, msg: Some(msg), not_now: "" }
}

fn tests(model: &Model, typed: &str) -> Vec<(u32, Entry)> {
    let cards = model.tests.iter().flatten();
    cards
        .filter_map(|card| {
            let msg = Msg::Go(Route::Tab(card.id.clone(), Default::default()));
            Some((fit(&card.name, typed)?, place(format!("test-{}", card.id), card.name.clone(), say::TEST, msg)))
        })
        .collect()
}

/// User types, tasks, steps, tables and targets of the open test.
fn things(model: &Model, typed: &str) -> Vec<(u32, Entry)> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let mut all: Vec<(u32, Entry)> = Vec::new();
    let mut add = |label: String, about: &str, id: String, item: Item| {
        if let Some(score) = fit(&label, typed) {
            all.push((score, place(id, label, about, show(scenario, &test.id, item))));
        }
    };
    for user in &scenario.users {
        add(user.name.clone(), say::USER, format!("user-{}", user.id), Item::User(user.id.clone()));
        for task in &user.tasks {
            add(task.name.clone(), say::TASK, format!("task-{}", task.id), Item::Task(task.id.clone()));
        }
    }
    for (_, steps) in roots(scenario) {
        for step in steps {
            let label = chips(&sentence(scenario, step));
            add(label, say::STEP, format!("step-{}", step.id), Item::Step(step.id.clone()));
        }
    }
    for (at, table) in scenario.data.iter().enumerate() {
        add(table.name.clone(), say::TABLE, format!("table-{at}"), Item::Table(at));
    }
    for (at, target) in scenario.targets.iter().enumerate() {
        add(target.name.clone(), say::TARGET_WORD, format!("target-{at}"), Item::Target(at));
    }
    all
}

fn results(model: &Model, typed: &str) -> Vec<(u32, Entry)> {
    let cards = model.results.cards.iter().flatten();
    cards
        .filter_map(|card| {
            let label = format!("{} · {}", card.title, card.started_at);
            let msg = Msg::OpenResult(card.id.clone());
            Some((fit(&label, typed)?, place(format!("result-{}", card.id), label, say::RESULT, msg)))
        })
        .collect()
}

fn words(typed: &str) -> Vec<(u32, Entry)> {
    let fitting = GLOSSARY.iter().filter_map(|entry| {
        let score = fit(entry.word, typed).max(entry.also.split(", ").filter_map(|also| fit(also, typed)).max())?;
        let id = format!("word-{}", entry.word.to_lowercase().replace(' ', "-"));
        let about = if entry.also.is_empty() { say::WORD } else { entry.also };
        // Behind what can be done and where one can go.
        Some((score.saturating_sub(10), place(id, entry.word.to_owned(), about, Msg::Open(Dialog::Glossary))))
    });
    fitting.filter(|(score, _)| *score > 0).collect()
}
