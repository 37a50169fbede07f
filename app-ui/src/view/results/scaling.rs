//! How the target scales: two pictures against load with the measured levels, in words, and as a table. Must not compute.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::Frame;
use tidemark_app_model::select::results as select;
use tidemark_app_model::text::chart as words;
use tidemark_app_model::text::results as say;
use tidemark_core::chart::draw::Look;
use tidemark_core::chart::scaling::{Curve, Line, Said, Side, axis, curve, said as levels_said, table};
use tidemark_core::scaling::Scaling;

use super::once;
use crate::store::store;
use crate::view::chart::{Axes, Grid, Mark, Stop, StopReadout, Stops, observed};
use crate::view::parts::IconButton;

/// The curve, or why there is none.
#[component]
pub fn Scales() -> impl IntoView {
    let scaling = once(store(), select::scaling);
    let is_curve = Memo::new(move |_| scaling.with(|scaling| scaling.as_ref().is_some_and(Scaling::is_curve)));
    let sentences =
        move || scaling.with(|scaling| scaling.as_ref().map(Scaling::sentences).unwrap_or_default()).into_iter();
    view! {
        <Show when=move || scaling.with(Option::is_some)>
            <section class="card" aria-labelledby="report-scaling" data-testid="scaling">
                <h2 id="report-scaling">{say::SCALING}</h2>
                {move || sentences().map(|text| view! { <p class="muted report-note-over">{text}</p> }).collect_view()}
                <Show when=move || is_curve.get()>
                    <div class="charts">
                        {Side::ALL.into_iter().map(|side| view! { <Figure side=side scaling=scaling/> }).collect_view()}
                    </div>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Figure(side: Side, scaling: Memo<Option<Scaling>>) -> impl IntoView {
    let store = store();
    let node: NodeRef<html::Div> = NodeRef::new();
    let size = observed(node);
    let text = store.memo(|model| f64::from(model.settings.text_size) / 100.0);
    let drawn = Memo::new(move |_| {
        let ((width, height), text) = (size.get(), text.get());
        let frame = Frame {
            left: 56.0 * text,
            right: 24.0,
            top: 22.0 * text,
            bottom: 22.0 * text,
            ..Frame::new(width, height, 0.0, 1.0)
        };
        scaling.with(|scaling| scaling.as_ref().filter(|_| width > 1.0).map(|scaling| curve(scaling, side, &frame)))
    });
    let stops = Stops::new(Memo::new(move |_| {
        drawn.with(|curve| {
            scaling.with(|scaling| {
                curve.as_ref().zip(scaling.as_ref()).map(|(curve, scaling)| stops(curve, scaling)).unwrap_or_default()
            })
        })
    }));
    let as_table = stops.as_table;
    let keys_id = crate::view::parts::fresh_id();
    let described = keys_id.clone();
    let title = side.title();
    let said = move || scaling.with(|scaling| scaling.as_ref().map(|scaling| scaling.sentences().join(" ")));
    let along = move || scaling.with(|scaling| scaling.as_ref().map(|scaling| axis(scaling.along)));
    let lines = move || drawn.with(|curve| curve.as_ref().map(|curve| curve.lines.clone()).unwrap_or_default());
    let key = |line: Line| view! { <span class="compare-key"><Mark key=line.key/>{line.label}</span> };
    view! {
        <figure class="chart" data-testid=format!("chart-scaling-{}", side.word())>
            <figcaption class="chart-head">
                <span class="chart-title">{title}</span>
                <span class="chart-legend">{move || lines().into_iter().map(key).collect_view()}</span>
                <IconButton icon=Signal::derive(move || if as_table.get() { icondata::LuChartLine } else { icondata::LuTable })
                    label=Signal::derive(move || if as_table.get() { words::AS_CHART } else { words::AS_TABLE }.to_owned())
                    on_click=move || as_table.update(|on| *on = !*on)/>
            </figcaption>
            <div class="chart-body" on:keydown=move |event| if stops.key(&event) { event.prevent_default(); event.stop_propagation() }>
                <Show when=move || as_table.get()><Twin side=side scaling=scaling/></Show>
                <div node_ref=node class="chart-plot scaling-plot" hidden=move || as_table.get() tabindex="0" role="group"
                    aria-roledescription=words::CHART aria-label=move || format!("{title}. {}", said().unwrap_or_default())
                    aria-describedby=described
                    on:pointermove=move |event| stops.over(node, &event) on:pointerleave=move |_| stops.leave()>
                    <Plot drawn=drawn stops=stops size=size/>
                    <StopReadout stops=stops size=size/>
                </div>
                <span class="unseen" id=keys_id>{say::SCALING_KEYS}</span>
            </div>
            <p class="compare-axis">{along}</p>
        </figure>
    }
}

/// Where the cursor can stop: at each level that was measured.
fn stops(curve: &Curve, scaling: &Scaling) -> Vec<Stop> {
    let stop = |(px, said): (&f64, Said)| {
        let lines: Vec<_> = said.values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Stop { px: *px, spoken: words::stop(&said.load, &lines), label: said.load, lines }
    };
    curve.stops.iter().zip(levels_said(scaling, curve.side)).map(stop).collect()
}

#[component]
fn Plot(drawn: Memo<Option<Curve>>, stops: Stops, #[prop(into)] size: Signal<(f64, f64)>) -> impl IntoView {
    let grid = Memo::new(move |_| {
        drawn.with(|curve| {
            let curve = curve.as_ref()?;
            Some(Grid { x: curve.x, y: curve.y, x_ticks: curve.x_ticks.clone(), y_ticks: curve.y_ticks.clone() })
        })
    });
    let knee = move || {
        drawn.with(|curve| {
            let curve = curve.as_ref()?;
            let ((from, at, to), top, base) = (curve.knee?, curve.y.end_px, curve.y.start_px);
            Some(view! {
                <rect class="scaling-knee" x=from y=top width=(to - from).max(1.0) height=base - top/>
                <line class="chart-moment" x1=at x2=at y1=top - 4.0 y2=base/>
                <text class="scaling-words" x=at y=top - 8.0>{say::KNEE}</text>
            })
        })
    };
    let line = |line: Line| {
        let look = if line.look == Look::Dashed { "dashed" } else { "line" };
        let key = line.key;
        let dot =
            move |(x, y): (f64, f64)| view! { <circle class="chart-shape" data-key=key data-dot="" cx=x cy=y r="4"/> };
        view! {
            <path class="chart-series" data-key=key data-look=look d=line.path/>
            {line.dots.into_iter().map(dot).collect_view()}
        }
    };
    let lines = move || drawn.with(|curve| curve.as_ref().map(|curve| curve.lines.clone()).unwrap_or_default());
    let cursor = move || {
        let (_, stop) = stops.here()?;
        drawn.with(|curve| {
            let curve = curve.as_ref()?;
            Some(view! { <g class="chart-cursor"><line x1=stop.px x2=stop.px y1=curve.y.end_px y2=curve.y.start_px/></g> })
        })
    };
    view! {
        <svg class="chart-svg" aria-hidden="true" focusable="false" width=move || size.get().0 height=move || size.get().1>
            {knee}
            <Axes grid=grid/>
            {move || lines().into_iter().map(line).collect_view()}
            {cursor}
        </svg>
    }
}

#[component]
fn Twin(side: Side, scaling: Memo<Option<Scaling>>) -> impl IntoView {
    let (columns, rows) = scaling.with_untracked(|scaling| scaling.as_ref().map(table).unwrap_or_default());
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let first = cells.next();
        view! { <tr><th scope="row">{first}</th>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=words::table_of(side.title())>
            <table>
                <thead><tr>{columns.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
