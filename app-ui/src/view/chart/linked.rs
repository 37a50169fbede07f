//! What the charts of one screen share: where their numbers are, the cursor, the window in time. Must not draw.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::chart::{Cursor, Key, Kind, Second, Source, hover, move_cursor};

use crate::page;

/// Reads what charts are drawn from, in place: seconds are never copied for it.
pub type Read = Arc<dyn Fn(&mut dyn FnMut(Source)) + Send + Sync>;

/// The least that can be zoomed to, in seconds.
const LEAST: f64 = 5.0;

/// How often a cursor that moves is read aloud, in milliseconds.
const SPOKEN_MS: u64 = 500;

/// Shared by the charts of a screen.
#[derive(Clone, Copy)]
pub struct Linked {
    read: StoredValue<Read>,
    /// Goes up whenever the numbers change.
    pub revision: Signal<u64>,
    /// What is shown when nobody has zoomed: from second to second.
    pub whole: Signal<(f64, f64)>,
    /// Whether numbers still come: axes then shrink slowly.
    pub live: Signal<bool>,
    /// What was zoomed to.
    pub window: RwSignal<Option<(f64, f64)>>,
    /// The second the cursor is on, by its number in the list.
    pub cursor: RwSignal<Option<usize>>,
    series: RwSignal<usize>,
    spoken_at: StoredValue<u64>,
    waiting: StoredValue<Option<String>>,
}

impl Linked {
    /// Charts over what `read` reads.
    pub fn new(read: Read, revision: Signal<u64>, whole: Signal<(f64, f64)>, live: Signal<bool>) -> Self {
        Self {
            read: StoredValue::new(read),
            revision,
            whole,
            live,
            window: RwSignal::new(None),
            cursor: RwSignal::new(None),
            series: RwSignal::new(0),
            spoken_at: StoredValue::new(0),
            waiting: StoredValue::new(None),
        }
    }

    /// Reads the numbers.
    pub fn with<T>(self, mut look: impl FnMut(Source) -> T) -> Option<T> {
        let mut out = None;
        let read = self.read.try_get_value()?;
        read(&mut |source| out = Some(look(source)));
        out
    }

    /// The window that is shown; told when it changes.
    pub fn shown(self) -> (f64, f64) {
        self.window.get().unwrap_or_else(|| self.whole.get())
    }

    fn shown_now(self) -> (f64, f64) {
        self.window.get_untracked().unwrap_or_else(|| self.whole.get_untracked())
    }

    /// Shows this part; all of it where that is as much.
    pub fn zoom_to(self, from: f64, to: f64) {
        let (first, last) = self.whole.get_untracked();
        let length = (to - from).max(LEAST);
        let from = from.min(last - length).max(first);
        let all = length >= (last - first) * 0.999;
        self.window.set((!all).then(|| (from, (from + length).min(last))));
    }

    /// Zooms by a factor (above 1: out), around the cursor where it is in sight, else around the middle.
    pub fn zoom_by(self, factor: f64) {
        let (from, to) = self.shown_now();
        let at = self.cursor.get_untracked();
        let second = self.with(|source| at.and_then(|at| source.seconds.get(at)).map(|second| f64::from(second.at)));
        let middle = second.flatten().filter(|at| (from..=to).contains(at)).unwrap_or((from + to) / 2.0);
        self.zoom_to(middle - (middle - from) * factor, middle + (to - middle) * factor);
    }

    /// Moves the cursor by a key, over the seconds in sight, and says where it is.
    pub fn step(self, kind: Kind, key: Key) {
        self.step_saying(kind, key, |seconds, cursor| hover::spoken(kind, seconds, cursor));
    }

    /// The same, saying something else.
    pub fn step_saying(self, kind: Kind, key: Key, say: impl Fn(&[Second], Cursor) -> Option<String>) {
        let (from, to) = self.shown_now();
        let said = self.with(|source| {
            let first = source.seconds.partition_point(|second| f64::from(second.at + second.span()) <= from);
            let end = source.seconds.partition_point(|second| f64::from(second.at) < to);
            let count = end.saturating_sub(first);
            let before = self.cursor.get_untracked();
            let series = self.series.get_untracked();
            let cursor = match before {
                Some(at) => {
                    let here = Cursor { at: at.clamp(first, end.max(first + 1) - 1) - first, series };
                    move_cursor(here, key, count, kind)
                }
                // The first key only brings the cursor, to the latest second.
                None if matches!(key, Key::First) => Cursor { at: 0, series },
                None => Cursor { at: count.saturating_sub(1), series },
            };
            let cursor = Cursor { at: cursor.at + first, ..cursor };
            self.cursor.set((count > 0).then_some(cursor.at));
            self.series.set(cursor.series);
            say(source.seconds, cursor)
        });
        if let Some(text) = said.flatten() {
            self.speak(text);
        }
    }

    /// The second under the cursor.
    pub fn at_cursor<T>(self, look: impl FnOnce(&Second) -> T) -> Option<T> {
        let at = self.cursor.get()?;
        let mut look = Some(look);
        self.with(|source| source.seconds.get(at).and_then(|second| look.take().map(|look| look(second)))).flatten()
    }

    /// Says where the cursor is, at most twice a second; the last place is always said.
    fn speak(self, text: String) {
        let now = page::now().ms;
        let since = now.saturating_sub(self.spoken_at.get_value());
        if since >= SPOKEN_MS {
            self.spoken_at.set_value(now);
            return page::announce(&text);
        }
        let first = self.waiting.try_update_value(|waiting| waiting.replace(text).is_none()).unwrap_or(false);
        if first {
            page::after(SPOKEN_MS - since, move || {
                if let Some(text) = self.waiting.try_update_value(Option::take).flatten() {
                    self.spoken_at.set_value(page::now().ms);
                    page::announce(&text);
                }
            });
        }
    }
}
