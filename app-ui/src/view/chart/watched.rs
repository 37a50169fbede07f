//! What the target said of itself: a small chart a series, on the time axis and with the cursor of the others. Must not
//! compute.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::{Frame, Key, Kind, nearest};
use tidemark_app_model::text::{chart as say_chart, results as say};
use tidemark_core::chart::watched::{Strip, said_at, spoken, strips};
use tidemark_core::watch::Watched;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::axes::{Axes, Grid};
use super::linked::Linked;
use super::size::observed;
use crate::store::store;

/// Reads what was watched, in place: it may be long.
pub type ReadWatched = Arc<dyn Fn(&mut dyn FnMut(&Watched)) + Send + Sync>;

/// The series of a run.
#[component]
pub fn WatchedStrips(
    /// What was watched.
    read: ReadWatched,
    /// What the charts above share. Strips are drawn anew when its numbers change.
    linked: Linked,
    /// The second in which the run turned.
    turned: Signal<Option<u32>>,
    /// What to say where there is no series.
    nothing: &'static str,
    /// So many series are drawn.
    most: usize,
) -> impl IntoView {
    let read = StoredValue::new(read);
    let with = move |look: &mut dyn FnMut(&Watched)| {
        if let Some(read) = read.try_get_value() {
            read(look);
        }
    };
    let node: NodeRef<html::Div> = NodeRef::new();
    let size = observed(node);
    let text = store().memo(|model| f64::from(model.settings.text_size) / 100.0);
    let drawn = Memo::new(move |_| {
        linked.revision.get();
        let ((width, height), (from, to), text) = (size.get(), linked.shown(), text.get());
        // Room at the sides as in the charts above, so that one second is above the other.
        let frame = Frame {
            left: 56.0 * text,
            right: 80.0 * text,
            top: 8.0,
            bottom: 22.0 * text,
            ..Frame::new(width, height, from, to)
        };
        let mut all = Vec::new();
        with(&mut |watched| all = strips(watched, &frame));
        all
    });
    let count = Memo::new(move |_| drawn.with(Vec::len));
    let under = move |strip: &Strip| {
        let second = linked.at_cursor(|second| second.at + second.span() / 2)?;
        let mut said = None;
        with(&mut |watched| said = said_at(watched, strip, second));
        said.map(|(y, words)| (second, y, words))
    };
    let cursor = move |at: usize| Memo::new(move |_| drawn.with(|drawn| drawn.get(at).and_then(under)));
    // Up and down have nowhere to go: a strip has one line.
    let step = move |at: usize, key: Key| {
        let Some(strip) = drawn.with_untracked(|drawn| drawn.get(at).cloned()) else { return };
        linked.step_saying(Kind::People, key, |seconds, cursor| {
            let second = seconds.get(cursor.at)?;
            let mut said = None;
            with(&mut |watched| said = Some(spoken(watched, &strip, second.at + second.span() / 2)));
            said
        });
    };
    view! {
        <Show when=move || count.get() == 0><p class="muted">{nothing}</p></Show>
        <div class="charts">
            {move || (0..count.get().min(most)).map(|at| {
                let strip = Memo::new(move |_| drawn.with(|drawn| drawn.get(at).cloned()));
                // All are as large as the first.
                let node = if at == 0 { Some(node) } else { None };
                view! { <One strip=strip size=size turned=turned linked=linked cursor=cursor(at)
                    step=Arc::new(move |key| step(at, key)) node=node/> }
            }).collect_view()}
        </div>
        <Show when=move || { count.get() > most }>
            <p class="muted">{move || say::more_series(count.get() - most)}</p>
        </Show>
    }
}

/// One series.
#[component]
fn One(
    strip: Memo<Option<Strip>>,
    size: Signal<(f64, f64)>,
    turned: Signal<Option<u32>>,
    linked: Linked,
    /// The second under the cursor, how far from the top its value is drawn, and the value.
    cursor: Memo<Option<(u32, f64, String)>>,
    /// Moves the cursor by a key, and says what is there.
    step: Arc<dyn Fn(Key) + Send + Sync>,
    node: Option<NodeRef<html::Div>>,
) -> impl IntoView {
    let node = node.unwrap_or_default();
    let of = move |look: fn(&Strip) -> String| strip.with(|strip| strip.as_ref().map(look).unwrap_or_default());
    let grid = Memo::new(move |_| {
        strip.with(|strip| {
            let strip = strip.as_ref()?;
            Some(Grid { x: strip.x, y: strip.y, x_ticks: strip.x_ticks.clone(), y_ticks: strip.y_ticks.clone() })
        })
    });
    let scales = move || strip.with(|strip| strip.as_ref().map(|strip| (strip.x, strip.y)));
    let moment = move || {
        let (second, (x, y)) = (f64::from(turned.get()?), scales()?);
        let at = (x.from..=x.to).contains(&second).then(|| x.px(second))?;
        Some(view! { <line class="chart-moment" x1=at x2=at y1=y.end_px y2=y.start_px/> })
    };
    // The line is there in gaps, too, as in the charts above.
    let line = move || {
        let middle = linked.at_cursor(|second| f64::from(second.at) + f64::from(second.span()) / 2.0)?;
        let (x, y) = scales()?;
        let at = (x.from..=x.to).contains(&middle).then(|| x.px(middle).round() + 0.5)?;
        let dot = cursor.get().map(|(_, y, _)| view! { <circle class="watched-dot" cx=at cy=y r="3.5"/> });
        Some(view! { <g class="chart-cursor"><line x1=at x2=at y1=y.end_px y2=y.start_px/>{dot}</g> })
    };
    // What is under the cursor, or else the last value.
    let end = move || {
        let (x, _) = scales()?;
        let last =
            strip.with(|strip| strip.as_ref().and_then(|strip| strip.end.clone())).map(|(_, y, words)| (y, words));
        let here = cursor.get().map(|(_, y, words)| (y, words));
        let look = if here.is_some() { "here" } else { "last" };
        let (y, words) = here.or(last)?;
        Some(view! { <text class="chart-end" data-look=look x=x.end_px + 8.0 y=y + 4.0>{words}</text> })
    };
    let over = move |event: PointerEvent| {
        let (Some(plot), Some((x, _))) = (node.get_untracked(), scales_now(strip)) else { return };
        let plot: &Element = &plot;
        let px = f64::from(event.client_x()) - plot.get_bounding_client_rect().left();
        let at = linked.with(|source| nearest(source.seconds, &x, px.clamp(x.start_px, x.end_px))).flatten();
        if linked.cursor.get_untracked() != at {
            linked.cursor.set(at);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let by = if event.shift_key() { 10 } else { 1 };
        match event.key().as_str() {
            "ArrowLeft" => step(Key::Seconds(-by)),
            "ArrowRight" => step(Key::Seconds(by)),
            "Home" => step(Key::First),
            "End" => step(Key::Last),
            "Escape" if linked.cursor.get_untracked().is_some() => linked.cursor.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <figure class="chart" data-testid="strip">
            <figcaption class="chart-head"><span class="chart-title watched-title">{move || of(|strip| strip.title.clone())}</span></figcaption>
            <div class="chart-body watched-body">
                <div node_ref=node class="chart-plot" tabindex="0" role="group" aria-roledescription=say_chart::CHART
                    aria-label=move || of(|strip| format!("{}. {}", strip.title, strip.summary)) on:keydown=key
                    on:pointermove=over on:pointerleave=move |_| linked.cursor.set(None)>
                    <svg class="chart-svg" aria-hidden="true" focusable="false" width=move || size.get().0 height=move || size.get().1>
                        <Axes grid=grid/>
                        {moment}
                        <path class="chart-series" data-key="watched" data-look="line" d=move || of(|strip| strip.path.clone())/>
                        {end}
                        {line}
                    </svg>
                </div>
            </div>
        </figure>
    }
}

fn scales_now(
    strip: Memo<Option<Strip>>,
) -> Option<(tidemark_app_model::chart::Scale, tidemark_app_model::chart::Scale)> {
    strip.with_untracked(|strip| strip.as_ref().map(|strip| (strip.x, strip.y)))
}
