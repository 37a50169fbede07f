//! What stands on a chart: goals across, moments down, names at the ends of lines, the cursor.

use leptos::prelude::*;
use tidemark_app_model::chart::labels::{gather, spread};
use tidemark_app_model::chart::{Chart, Kind, Look};

use super::linked::Linked;

/// Lines whose ends are nearer to each other than this, from left to right in pixels, have their names in one column.
const NEAR: f64 = 40.0;

/// How far names at the ends of lines stand from each other, in pixels.
const APART: f64 = 14.0;

/// The shape that stands for a series besides its colour.
pub fn shape(key: &str) -> &'static str {
    match key {
        "p50" => "M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0Z",
        "p95" => "M-3.5 -3.5H3.5V3.5H-3.5Z",
        "p99" => "M0 -4.5L4.5 0L0 4.5L-4.5 0Z",
        "sent" => "M0 -4.5L4.5 3.5H-4.5Z",
        "failed" => "M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5",
        "planned" => "M-5 0H-1M1 0H5",
        _ => "M-5 -2H5V2H-5Z",
    }
}

/// The shape of a series beside its name.
#[component]
pub fn Mark(
    /// The series.
    #[prop(into)]
    key: String,
) -> impl IntoView {
    let path = shape(&key);
    view! {
        <svg class="chart-mark" width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
            <path class="chart-shape" data-key=key d=path/>
        </svg>
    }
}

/// A name at the end of a line.
#[derive(Clone, PartialEq)]
struct End {
    key: &'static str,
    label: &'static str,
    x: f64,
    y: f64,
    text_y: f64,
}

fn ends(chart: &Chart) -> Vec<End> {
    let named = chart.series.iter().filter(|one| one.look != Look::Area);
    let known: Vec<_> = named.filter_map(|one| one.end.map(|(x, y)| (one.key, one.label, x, y))).collect();
    let wanted: Vec<f64> = known.iter().map(|one| one.3).collect();
    let places = spread(&wanted, APART, chart.y.end_px, chart.y.start_px);
    // Names that end close to each other stand under each other.
    let right = known.iter().map(|one| one.2).fold(0.0, f64::max);
    let aligned = |x: f64| if right - x < NEAR { right } else { x };
    let end = |((key, label, x, y), text_y)| End { key, label, x: aligned(x), y, text_y };
    known.into_iter().zip(places).map(end).collect()
}

/// Names at the right ends of lines, with their shapes.
#[component]
pub fn Ends(
    /// The chart.
    chart: Signal<Option<Chart>>,
) -> impl IntoView {
    let all = Memo::new(move |_| chart.with(|chart| chart.as_ref().map(ends).unwrap_or_default()));
    let keys = Memo::new(move |_| all.with(|all| all.iter().map(|end| end.key).collect::<Vec<_>>()));
    view! {
        <For each=move || keys.get() key=|key| *key let:key>
            {
                let end = Memo::new(move |_| all.with(|all| all.iter().find(|end| end.key == key).cloned()));
                let get = move |of: fn(&End) -> f64| end.with(|end| end.as_ref().map_or(0.0, of));
                let label = end.with_untracked(|end| end.as_ref().map_or("", |end| end.label));
                view! {
                    <path class="chart-shape" data-key=key d=shape(key)
                        transform=move || format!("translate({:.1},{:.1})", get(|end| end.x) + 6.0, get(|end| end.text_y))/>
                    <text class="chart-end" x=move || get(|end| end.x) + 14.0 y=move || get(|end| end.text_y) dy="0.35em">{label}</text>
                }
            }
        </For>
    }
}

/// Goals: a dashed line with its words in a box.
#[component]
pub fn Across(
    /// The chart.
    chart: Signal<Option<Chart>>,
) -> impl IntoView {
    let goals = Memo::new(move |_| chart.with(|chart| chart.as_ref().map(|chart| (chart.x, chart.goals.clone()))));
    move || {
        let (x, goals) = goals.get()?;
        let draw = goals.into_iter().map(|goal| {
            // Wide enough for digits of the smallest size.
            let width = goal.label.chars().count() as f64 * 6.0 + 12.0;
            let y = goal.px.round() + 0.5;
            let below = if y < 24.0 { 4.0 } else { -20.0 };
            view! {
                <line class="chart-goal" x1=x.start_px x2=x.end_px y1=y y2=y/>
                <rect class="chart-goal-box" x=x.start_px + 6.0 y=y + below width=width height="16" rx="3"/>
                <text class="chart-goal-words" x=x.start_px + 12.0 y=y + below + 12.0>{goal.label}</text>
            }
        });
        Some(draw.collect_view())
    }
}

/// Moments: a line down with the numbers of what happened there.
#[component]
pub fn Moments(
    /// The chart.
    chart: Signal<Option<Chart>>,
) -> impl IntoView {
    let moments = Memo::new(move |_| {
        chart.with(|chart| {
            chart.as_ref().map(|chart| (chart.x, chart.y, chart.moments.clone())).filter(|(.., all)| !all.is_empty())
        })
    });
    move || {
        let (along, y, all) = moments.get()?;
        let places: Vec<f64> = all.iter().map(|moment| moment.px).collect();
        let draw = gather(&places, 18.0).into_iter().map(|(first, last)| {
            let words = if first == last {
                all[first].label.clone()
            } else {
                format!("{}–{}", all[first].label, all[last].label)
            };
            let (x, width) = (places[first].round() + 0.5, 10.0 + 7.0 * words.chars().count() as f64);
            // Beside the numbers of the axis, not over them.
            let middle = x.max(along.start_px + width / 2.0 + 2.0);
            view! {
                <line class="chart-moment" x1=x x2=x y1=y.end_px y2=y.start_px/>
                <rect class="chart-moment-box" x=middle - width / 2.0 y=y.end_px - 8.0 width=width height="16" rx="8"/>
                <text class="chart-moment-words" x=middle y=y.end_px + 4.0>{words}</text>
            }
        });
        Some(draw.collect_view())
    }
}

/// The cursor: a line down, and a dot on each series.
#[component]
pub fn Cursor(
    /// Which chart.
    kind: Kind,
    /// The chart.
    chart: Signal<Option<Chart>>,
    /// Where the cursor is.
    linked: Linked,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        let middle = linked.at_cursor(|second| f64::from(second.at) + f64::from(second.span()) / 2.0)?;
        let x = chart.with(|chart| chart.as_ref().map(|chart| chart.x))?;
        (x.from..=x.to).contains(&middle).then(|| x.px(middle).round() + 0.5)
    });
    let edges = Memo::new(move |_| {
        chart.with(|chart| chart.as_ref().map_or((0.0, 0.0), |chart| (chart.y.end_px, chart.y.start_px)))
    });
    let dots = kind.series().iter().filter(|(key, _)| *key != "failed").map(|(key, value)| {
        let y = move || {
            place.get()?;
            let value = linked.at_cursor(value).flatten()?;
            chart.with(|chart| {
                let chart = chart.as_ref()?;
                chart.series.iter().any(|one| one.key == *key).then(|| chart.y.px(value))
            })
        };
        let at = move || y().map_or("translate(0,-99)".to_owned(), |y| format!("translate(0,{y:.1})"));
        view! { <path class="chart-shape" data-key=*key data-dot d=shape(key) transform=at/> }
    });
    view! {
        <g class="chart-cursor" transform=move || format!("translate({},0)", place.get().unwrap_or(-99.0))>
            <line y1=move || edges.get().0 y2=move || edges.get().1/>
            {dots.collect_view()}
        </g>
    }
}
