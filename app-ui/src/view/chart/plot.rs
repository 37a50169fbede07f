//! The drawing of one chart. Its elements are made once; from then on only paths, places and words change.
//! Must not know pointers or keys.

use leptos::prelude::*;
use tidemark_app_model::chart::{Chart, Kind, Look};

use super::axes::{Axes, Grid};
use super::linked::Linked;
use super::marks::{Across, Cursor, Ends, Moments};

/// What is drawn of a chart, those behind first.
fn slots(kind: Kind) -> &'static [(&'static str, Look)] {
    match kind {
        Kind::People => &[("planned", Look::Dashed), ("active", Look::Area), ("active", Look::Line)],
        Kind::Time => &[("p50", Look::Line), ("p95", Look::Line), ("p99", Look::Line)],
        Kind::Rate => &[("sent", Look::Line), ("failed", Look::Bars)],
        Kind::Failures => &[("failed", Look::Bars)],
    }
}

fn word(look: Look) -> &'static str {
    match look {
        Look::Line => "line",
        Look::Area => "area",
        Look::Bars => "bars",
        Look::Dashed => "dashed",
    }
}

/// The SVG of a chart.
#[component]
pub fn Plot(
    /// Which.
    kind: Kind,
    /// The chart, once there is room for it.
    #[prop(into)]
    chart: Signal<Option<Chart>>,
    /// Its size.
    #[prop(into)]
    size: Signal<(f64, f64)>,
    /// What it shares with others.
    linked: Linked,
    /// The part that is being dragged over, in pixels.
    #[prop(into)]
    dragged: Signal<Option<(f64, f64)>>,
) -> impl IntoView {
    let hatch = crate::view::parts::fresh_id();
    let fill = format!("url(#{hatch})");
    let grid = Memo::new(move |_| chart.with(|chart| chart.as_ref().map(Grid::of)));
    let paths = slots(kind).iter().map(|(key, look)| {
        let path = move || {
            chart.with(|chart| {
                let series = chart.as_ref().map(|chart| chart.series.iter());
                let found = series.and_then(|mut series| series.find(|one| one.key == *key && one.look == *look));
                found.map(|one| one.path.clone()).unwrap_or_default()
            })
        };
        let fill = (*look == Look::Bars).then(|| fill.clone());
        view! { <path class="chart-series" data-key=*key data-look=word(*look) fill=fill d=path/> }
    });
    let drag = move || {
        dragged.get().map(|(from, to)| {
            let (top, base) = grid.with(|grid| grid.as_ref().map_or((0.0, 0.0), |grid| (grid.y.end_px, grid.y.start_px)));
            view! { <rect class="chart-drag" x=from.min(to) y=top width=(to - from).abs() height=(base - top).max(0.0)/> }
        })
    };
    view! {
        <svg class="chart-svg" aria-hidden="true" focusable="false"
            width=move || size.get().0 height=move || size.get().1>
            <defs>
                <pattern id=hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="chart-hatch-ground" width="6" height="6"/>
                    <line class="chart-hatch" x1="1.5" x2="1.5" y1="0" y2="6"/>
                </pattern>
            </defs>
            <Axes grid=grid/>
            {paths.collect_view()}
            <Across chart=chart/>
            <Moments chart=chart/>
            <Ends chart=chart/>
            {drag}
            <Cursor kind=kind chart=chart linked=linked/>
        </svg>
    }
}
