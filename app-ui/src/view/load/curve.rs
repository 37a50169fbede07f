//! The curve of people over time: its points can be dragged, moved by keys, added and removed. Where a point goes while it
//! is dragged is known here alone; one drag is one edit. Must not know what a point means.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::svg::Svg;
use tidemark_app_model::Msg;
use tidemark_app_model::chart::Frame;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::LoadEdit;
use tidemark_app_model::doc::edit::load::counts_arrivals;
use tidemark_app_model::select::load::{self, Curve as Drawn, CurvePoint, is_search, moved};
use tidemark_app_model::text::load as say;
use tidemark_core::scenario::Load as Plan;

use super::change;
use crate::store::{Store, store};
use crate::view::parts::{Button, Kind, width_of};

const HEIGHT: f64 = 260.0;

/// A point that is being dragged: which, where it is, whether it snaps, and the axes of when it began.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    at: usize,
    us: u64,
    level: f64,
    snap: bool,
    axis_top: f64,
    end: f64,
    moved: bool,
}

/// The curve.
#[component]
pub(super) fn Curve(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let node: NodeRef<Div> = NodeRef::new();
    let width = width_of(node);
    let drag = RwSignal::new(None::<Drag>);
    let drawn = Memo::new(move |_| {
        let mut frame = Frame { right: 16.0, bottom: 26.0, ..Frame::new(width.get().max(320.0), HEIGHT, 0.0, 1.0) };
        plan.with(|plan| match drag.get() {
            Some(held) => {
                frame.axis_top = Some(held.axis_top);
                load::curve(&moved(plan, held.at, held.us, held.level, held.snap), &frame)
            }
            None => load::curve(plan, &frame),
        })
    });
    let chosen = store.memo(|model| match model.test.as_ref().and_then(|test| test.doc.selection.main()) {
        Some(Item::Point(at)) => Some(*at),
        _ => None,
    });
    let arrivals = Memo::new(move |_| plan.with(counts_arrivals));
    // What a search does next is its own to decide: there is nothing to drag.
    let search = Memo::new(move |_| plan.with(is_search));
    let count = Memo::new(move |_| if search.get() { 0 } else { drawn.with(|drawn| drawn.points.len()) });
    let handles =
        move || (0..count.get()).map(|at| view! { <Handle at=at drawn=drawn drag=drag chosen=chosen/> }).collect_view();
    view! {
        <div class="curve" node_ref=node data-testid="curve" role="group" aria-label=say::CURVE>
            <Axes drawn=drawn arrivals=arrivals/>
            <div class="curve-points">{handles}</div>
            <Show when=move || !search.get()>
                <div class="curve-foot">
                    <p class="muted">{say::CURVE_HINT}</p>
                    <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_POINT testid="curve-add"
                        on_click=move || add(store, drawn, chosen.get_untracked())/>
                </div>
            </Show>
        </div>
    }
}

/// A point in the middle of the piece after the chosen point, or of the last piece.
fn add(store: Store, drawn: Memo<Drawn>, chosen: Option<usize>) {
    let edit = drawn.with_untracked(|drawn| {
        let last = drawn.points.len().checked_sub(2)?;
        let from = chosen.unwrap_or(last).min(last);
        let (a, b) = (drawn.points.get(from)?, drawn.points.get(from + 1)?);
        Some(LoadEdit::AddPoint((a.at_us + b.at_us) / 2, (a.level + b.level) / 2.0, true))
    });
    if let Some(edit) = edit {
        change(store, edit);
    }
}

/// Lines, ticks and the area.
#[component]
fn Axes(drawn: Memo<Drawn>, arrivals: Memo<bool>) -> impl IntoView {
    let svg: NodeRef<Svg> = NodeRef::new();
    let ends = move || drawn.with(|drawn| (drawn.x.start_px, drawn.x.end_px, drawn.y.start_px, drawn.y.end_px));
    let grid = move || {
        let (left, right, base, _) = ends();
        let line = |tick: tidemark_app_model::chart::Tick| {
            view! {
                <line class="grid" x1=left x2=right y1=tick.px y2=tick.px/>
                <text class="tick" x=left - 14.0 y=tick.px dy="0.32em" text-anchor="end">{tick.label}</text>
            }
        };
        let time = |tick: tidemark_app_model::chart::Tick| {
            view! { <text class="tick" x=tick.px y=base + 20.0 text-anchor="middle">{tick.label}</text> }
        };
        drawn.with(|drawn| {
            (
                drawn.y_ticks.iter().cloned().map(line).collect_view(),
                drawn.x_ticks.iter().cloned().map(time).collect_view(),
            )
        })
    };
    view! {
        <svg node_ref=svg class="curve-svg" aria-hidden="true" width="100%" height=HEIGHT>
            {grid}
            <path class="curve-area" d=move || drawn.with(|drawn| drawn.area.clone())/>
            <path class="curve-line" d=move || drawn.with(|drawn| drawn.line.clone())/>
            <line class="axis" x1=move || ends().0 x2=move || ends().1 y1=move || ends().2 y2=move || ends().2/>
        </svg>
        <p class="curve-unit">{move || if arrivals.get() { say::COUNT_ARRIVALS } else { say::COUNT_PEOPLE }}</p>
    }
}

/// A point that can be moved.
#[component]
fn Handle(at: usize, drawn: Memo<Drawn>, drag: RwSignal<Option<Drag>>, chosen: Memo<Option<usize>>) -> impl IntoView {
    let store = store();
    let point = Memo::new(move |_| drawn.with(|drawn| drawn.points.get(at).cloned()));
    let place =
        move || point.get().map(|point| format!("left:{:.1}px;top:{:.1}px", point.x, point.y)).unwrap_or_default();
    view! {
        <div class="curve-point" data-testid=format!("curve-point-{}", at + 1) role="slider" tabindex="0"
            class:chosen=move || chosen.get() == Some(at)
            aria-label=move || point.get().map(|point| point.text)
            aria-valuetext=move || point.get().map(|point| point.text)
            aria-valuenow=move || point.get().map(|point| point.level.round().to_string())
            aria-valuemin="0"
            style=place
            on:focus=move |_| if chosen.get_untracked() != Some(at) { store.send(Msg::Select(vec![Item::Point(at)])) }
            on:keydown=move |event| if event.key() == "Escape" && drag.with_untracked(Option::is_some) {
                event.prevent_default();
                event.stop_propagation();
                drag.set(None);
            } else {
                keys(store, &event, at, point);
            }
            on:pointerdown=move |event| grab(&event, at, drawn, drag)
            on:pointermove=move |event| pull(&event, at, drawn, drag)
            on:pointercancel=move |_| drag.set(None)
            on:pointerup=move |_| drop_it(store, drag)>
            <span class="curve-words">{move || point.get().map(|point| point.text)}</span>
        </div>
    }
}

fn grab(event: &PointerEvent, at: usize, drawn: Memo<Drawn>, drag: RwSignal<Option<Drag>>) {
    if event.button() != 0 {
        return;
    }
    let target: web_sys::HtmlElement = event_target(event);
    let _ = target.focus();
    let _ = target.set_pointer_capture(event.pointer_id());
    event.prevent_default();
    let held = drawn.with_untracked(|drawn| {
        drawn.points.get(at).map(|point| Drag {
            at,
            us: point.at_us,
            level: point.level,
            snap: true,
            axis_top: drawn.y.to,
            end: drawn.x.to,
            moved: false,
        })
    });
    drag.set(held);
}

/// Follows the pointer: Alt stops snapping, Shift keeps the time.
fn pull(event: &PointerEvent, at: usize, drawn: Memo<Drawn>, drag: RwSignal<Option<Drag>>) {
    let Some(held) = drag.get_untracked().filter(|held| held.at == at) else { return };
    let target: web_sys::HtmlElement = event_target(event);
    let Some(plot) = target.offset_parent() else { return };
    let bounds = plot.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - bounds.left(), f64::from(event.client_y()) - bounds.top());
    let (us, level, start) = drawn.with_untracked(|drawn| {
        // The time axis of when it began, so that the end does not run away from the pointer.
        let x_scale = tidemark_app_model::chart::Scale { to: held.end, ..drawn.x };
        let us = (x_scale.value(x).max(0.0) * 1e6) as u64;
        (us, drawn.y.value(y).max(0.0), drawn.points.get(at).map_or(held.us, |point| point.at_us))
    });
    let us = if event.shift_key() { start } else { us };
    drag.set(Some(Drag { us, level, snap: !event.alt_key(), moved: true, ..held }));
}

fn drop_it(store: Store, drag: RwSignal<Option<Drag>>) {
    if let Some(held) = drag.get_untracked() {
        drag.set(None);
        if held.moved {
            // A drag is a change of its own, whatever keys did just before.
            store.send(Msg::LeaveField);
            change(store, LoadEdit::MovePoint(held.at, held.us, held.level, held.snap));
            store.send(Msg::LeaveField);
        }
    }
}

/// Arrows move by one snap, with Page keys by ten; Insert adds, Delete removes.
fn keys(store: Store, event: &KeyboardEvent, at: usize, point: Memo<Option<CurvePoint>>) {
    let Some(point) = point.get_untracked() else { return };
    let far = if event.shift_key() { 10 } else { 1 };
    let time = |steps: i64| {
        let us = (point.at_us as i64 + steps * 5_000_000).max(0) as u64;
        LoadEdit::MovePoint(at, us, point.level, false)
    };
    let level = |steps: f64| LoadEdit::MovePoint(at, point.at_us, (point.level + steps).max(0.0), false);
    let edit = match event.key().as_str() {
        "ArrowLeft" => time(-far),
        "ArrowRight" => time(far),
        "ArrowUp" => level(far as f64),
        "ArrowDown" => level(-(far as f64)),
        "PageUp" => level(10.0),
        "PageDown" => level(-10.0),
        "Insert" => LoadEdit::AddPoint(point.at_us + 30_000_000, point.level, true),
        "Delete" | "Backspace" => {
            event.prevent_default();
            return store.send(Msg::DeleteChosen);
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    change(store, edit);
}
