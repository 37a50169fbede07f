//! Pointers and keys on a chart: both move the same cursor and the same window. Must not draw.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::{Chart, Key, Kind, nearest};
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::linked::Linked;

/// A drag shorter than this is a click, in pixels.
const CLICK: f64 = 6.0;

/// What a chart hears.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Which chart.
    pub kind: Kind,
    /// What it shares.
    pub linked: Linked,
    /// The chart as it is drawn.
    pub chart: Signal<Option<Chart>>,
    /// The part that is being dragged over, in pixels.
    pub dragged: RwSignal<Option<(f64, f64)>>,
    /// Whether the table is shown in its place.
    pub as_table: RwSignal<bool>,
}

impl Hands {
    /// Takes a key; whether it meant something here.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return false;
        }
        let by = if event.shift_key() { 10 } else { 1 };
        match event.key().as_str() {
            "ArrowLeft" => self.linked.step(self.kind, Key::Seconds(-by)),
            "ArrowRight" => self.linked.step(self.kind, Key::Seconds(by)),
            "Home" => self.linked.step(self.kind, Key::First),
            "End" => self.linked.step(self.kind, Key::Last),
            "ArrowUp" => self.linked.step(self.kind, Key::Series(-1)),
            "ArrowDown" => self.linked.step(self.kind, Key::Series(1)),
            "+" | "=" => self.linked.zoom_by(0.5),
            "-" => self.linked.zoom_by(2.0),
            "0" => self.linked.window.set(None),
            "t" | "T" => self.as_table.update(|on| *on = !*on),
            "Escape" if self.linked.cursor.get_untracked().is_some() => self.linked.cursor.set(None),
            _ => return false,
        }
        true
    }

    /// The pointer moved.
    pub fn over(self, plot: NodeRef<html::Div>, event: &PointerEvent) {
        let Some(px) = self.place(plot, event) else { return };
        if let Some((from, _)) = self.dragged.get_untracked() {
            self.dragged.set(Some((from, px)));
        }
        let x = self.chart.with_untracked(|chart| chart.as_ref().map(|chart| chart.x));
        let at = x.and_then(|x| self.linked.with(|source| nearest(source.seconds, &x, px)).flatten());
        if self.linked.cursor.get_untracked() != at {
            self.linked.cursor.set(at);
        }
    }

    /// A drag begins.
    pub fn down(self, plot: NodeRef<html::Div>, event: &PointerEvent) {
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        if let (Some(px), Some(plot)) = (self.place(plot, event), plot.get_untracked()) {
            let plot: &Element = &plot;
            // Refused only for a pointer that is gone.
            let _ = plot.set_pointer_capture(event.pointer_id());
            self.dragged.set(Some((px, px)));
        }
    }

    /// A drag ends: what was dragged over is shown.
    pub fn up(self) {
        let Some((from, to)) = self.dragged.get_untracked() else { return };
        self.dragged.set(None);
        let x = self.chart.with_untracked(|chart| chart.as_ref().map(|chart| chart.x));
        if let Some(x) = x.filter(|_| (to - from).abs() >= CLICK) {
            self.linked.zoom_to(x.value(from.min(to)), x.value(from.max(to)));
        }
    }

    /// The pointer left.
    pub fn out(self) {
        if self.dragged.get_untracked().is_none() {
            self.linked.cursor.set(None);
        }
    }

    /// Where the pointer is, from the left, within the axes.
    fn place(self, plot: NodeRef<html::Div>, event: &PointerEvent) -> Option<f64> {
        let rect = plot.get_untracked()?.get_bounding_client_rect();
        let x = self.chart.with_untracked(|chart| chart.as_ref().map(|chart| chart.x))?;
        Some((f64::from(event.client_x()) - rect.left()).clamp(x.start_px, x.end_px))
    }
}
