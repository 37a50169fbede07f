//! A cursor that stops where something was measured, for charts that are not along time: by pointer and by keys, with what
//! is there beside it. Must not draw the chart.

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::page;

/// A place where the cursor stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// From the left, in pixels.
    pub px: f64,
    /// Where that is, such as `2:10` or `40 people`.
    pub label: String,
    /// Names and values there.
    pub lines: Vec<(String, String)>,
    /// The same for those who hear it.
    pub spoken: String,
}

/// What one chart hears, and where its cursor is.
#[derive(Debug, Clone, Copy)]
pub struct Stops {
    all: Memo<Vec<Stop>>,
    cursor: RwSignal<Option<usize>>,
    /// Whether the table is shown in place of the chart.
    pub as_table: RwSignal<bool>,
}

impl Stops {
    /// No cursor yet.
    pub fn new(all: Memo<Vec<Stop>>) -> Self {
        Self { all, cursor: RwSignal::new(None), as_table: RwSignal::new(false) }
    }

    /// The number of the stop that the cursor is on, and the stop.
    pub fn here(self) -> Option<(usize, Stop)> {
        let at = self.cursor.get()?;
        self.all.with(|all| Some((at, all.get(at)?.clone())))
    }

    /// Arrow keys, Home and End move, Esc takes the cursor away, T shows the table. Whether the key was one of them.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return false;
        }
        let by = if event.shift_key() { 10 } else { 1 };
        let last = self.all.with_untracked(Vec::len).saturating_sub(1);
        let here = self.cursor.get_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" => here.map_or(last, |at| at.saturating_sub(by)),
            "ArrowRight" => here.map_or(0, |at| (at + by).min(last)),
            "Home" => 0,
            "End" => last,
            "t" | "T" => {
                self.as_table.update(|on| *on = !*on);
                return true;
            }
            "Escape" if here.is_some() => {
                self.cursor.set(None);
                return true;
            }
            _ => return false,
        };
        if let Some(spoken) = self.all.with_untracked(|all| all.get(next).map(|stop| stop.spoken.clone())) {
            self.cursor.set(Some(next));
            page::announce(&spoken);
        }
        true
    }

    /// The pointer is over the plot: the cursor goes to the nearest stop.
    pub fn over(self, plot: NodeRef<html::Div>, event: &PointerEvent) {
        let Some(rect) = plot.get_untracked().map(|plot| plot.get_bounding_client_rect()) else { return };
        let px = f64::from(event.client_x()) - rect.left();
        let distance = |at: &usize| self.all.with_untracked(|all| ((all[*at].px - px).abs() * 1e3) as u64);
        let at = (0..self.all.with_untracked(Vec::len)).min_by_key(distance);
        if self.cursor.get_untracked() != at {
            self.cursor.set(at);
        }
    }

    /// The pointer is gone.
    pub fn leave(self) {
        self.cursor.set(None);
    }
}

/// What is where the cursor is, on the side that has more room.
#[component]
pub fn StopReadout(stops: Stops, #[prop(into)] size: Signal<(f64, f64)>) -> impl IntoView {
    move || {
        stops.here().map(|(_, stop)| {
            let right = stop.px > size.get().0 / 2.0;
            let shift = if right { "translateX(calc(-100% - 10px))" } else { "translateX(10px)" };
            let line = |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
            view! {
                <div class="chart-readout" aria-hidden="true" style=format!("left: {}px; transform: {shift}", stop.px.round())>
                    <b>{stop.label}</b>
                    <dl>{stop.lines.into_iter().map(line).collect_view()}</dl>
                </div>
            }
        })
    }
}
