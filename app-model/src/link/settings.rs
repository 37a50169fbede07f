//! What the app remembers, as one map that is saved as a whole. Must not know what is asked for at the start.

use serde_json::{Map, Value};
use tidemark_core::wire::table::SaveSettings;

use super::call::{About, Call};
use crate::model::{Feed, Settings};

/// The key of results by the test that they are of.
const OF_TEST: &str = "result-of-test";
/// The key of baselines by test.
const BASELINE: &str = "baseline-of-test";
/// So many results are remembered with their test.
const MOST_RESULTS: usize = 2_000;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    all: Map<String, Value>,
    /// One save at a time, so that an older one can't come last.
    saving: bool,
    /// Something changed since the save under way began.
    changed: bool,
}

impl Remembered {
    /// Takes what was saved before.
    pub(super) fn take(&mut self, all: Map<String, Value>) {
        self.all = all;
    }

    /// As the model has it.
    pub(super) fn chosen(&self) -> Settings {
        let usual = Settings::default();
        let text = |key: &str| self.all.get(key).and_then(Value::as_str);
        Settings {
            theme: text("theme").map_or(usual.theme, str::to_owned),
            text_size: text("text-size").and_then(|size| size.parse().ok()).unwrap_or(usual.text_size),
            keep_running: text("keep-running").map_or(usual.keep_running, |keep| keep == "true"),
            reduce_graphics: text("reduce-graphics").map_or(usual.reduce_graphics, |reduce| reduce == "true"),
            most_people: text("most-people").and_then(|most| most.parse().ok()).unwrap_or(usual.most_people),
            most_per_second: text("most-per-second")
                .and_then(|most| most.parse().ok())
                .unwrap_or(usual.most_per_second),
            feeds: Feed::ALL.into_iter().filter_map(|feed| Some((feed, text(feed.key())?.to_owned()))).collect(),
            why_more: text("why-more").map_or(usual.why_more, str::to_owned),
        }
    }

    /// Remembers something.
    pub(super) fn set(&mut self, key: &str, value: Value) -> Vec<Call> {
        if self.all.get(key) == Some(&value) {
            return Vec::new();
        }
        self.all.insert(key.to_owned(), value);
        self.save()
    }

    fn save(&mut self) -> Vec<Call> {
        self.changed = self.saving;
        if self.saving {
            return Vec::new();
        }
        self.saving = true;
        vec![Call::new(&SaveSettings { settings: self.all.clone() }, About::SettingsSaved)]
    }

    /// A save is over, well or not.
    pub(super) fn saved(&mut self) -> Vec<Call> {
        self.saving = false;
        if self.changed { self.save() } else { Vec::new() }
    }

    /// The test that a result is of, where it was started from here.
    pub(super) fn test_of(&self, result: &str) -> Option<&str> {
        self.all.get(OF_TEST)?.get(result)?.as_str()
    }

    /// Remembers the test that a result is of.
    pub(super) fn note_result(&mut self, result: &str, test: &str) -> Vec<Call> {
        let mut map = self.map(OF_TEST);
        while map.len() >= MOST_RESULTS {
            let Some(oldest) = map.keys().next().cloned() else { break };
            map.shift_remove(&oldest);
        }
        map.insert(result.to_owned(), test.into());
        self.set(OF_TEST, map.into())
    }

    /// Follows a test to its new name.
    pub(super) fn rename_test(&mut self, old: &str, new: &str) -> Vec<Call> {
        let mut results = self.map(OF_TEST);
        for test in results.values_mut().filter(|test| test.as_str() == Some(old)) {
            *test = new.into();
        }
        let mut baselines = self.map(BASELINE);
        if let Some(result) = baselines.shift_remove(old) {
            baselines.insert(new.to_owned(), result);
        }
        self.all.insert(BASELINE.to_owned(), baselines.into());
        self.all.insert(OF_TEST.to_owned(), results.into());
        self.save()
    }

    /// The result that others of a test are compared with.
    pub(super) fn baseline(&self, test: &str) -> Option<&str> {
        self.all.get(BASELINE)?.get(test)?.as_str()
    }

    /// Sets or clears the baseline of a test.
    pub(super) fn set_baseline(&mut self, test: &str, result: Option<&str>) -> Vec<Call> {
        let mut map = self.map(BASELINE);
        match result {
            Some(result) => map.insert(test.to_owned(), result.into()),
            None => map.shift_remove(test),
        };
        self.set(BASELINE, map.into())
    }

    fn map(&self, key: &str) -> Map<String, Value> {
        self.all.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
    }
}
