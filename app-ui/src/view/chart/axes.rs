//! Lines behind a chart and the numbers beside it. As many elements as there ever were ticks stay, and only their places
//! and words change.

use leptos::prelude::*;
use tidemark_app_model::chart::{Chart, Scale, Tick};

/// The grid and both axes of something drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The time axis.
    pub x: Scale,
    /// The value axis.
    pub y: Scale,
    /// Ticks of the time axis.
    pub x_ticks: Vec<Tick>,
    /// Ticks of the value axis.
    pub y_ticks: Vec<Tick>,
}

impl Grid {
    /// The grid of a chart.
    pub fn of(chart: &Chart) -> Self {
        Self { x: chart.x, y: chart.y, x_ticks: chart.x_ticks.clone(), y_ticks: chart.y_ticks.clone() }
    }
}

/// Draws them.
#[component]
pub fn Axes(
    /// What there is to draw.
    #[prop(into)]
    grid: Signal<Option<Grid>>,
) -> impl IntoView {
    let ticks = move |of: fn(&Grid) -> &Vec<Tick>| {
        let most = Memo::new(move |before: Option<&usize>| {
            let now = grid.with(|grid| grid.as_ref().map_or(0, |grid| of(grid).len()));
            before.copied().unwrap_or(0).max(now)
        });
        (
            move || 0..most.get(),
            move |at: usize| {
                Memo::new(move |_| {
                    grid.with(|grid| {
                        grid.as_ref().and_then(|grid| of(grid).get(at).map(|tick| (tick.px, tick.label.clone())))
                    })
                })
            },
        )
    };
    let edges = Memo::new(move |_| {
        grid.with(|grid| {
            grid.as_ref().map_or((0.0, 0.0, 0.0), |grid| (grid.x.start_px, grid.x.end_px, grid.y.start_px))
        })
    });
    let (across, across_at) = ticks(|grid| &grid.y_ticks);
    let (along, along_at) = ticks(|grid| &grid.x_ticks);
    view! {
        <g class="chart-axes">
            <For each=across key=|at| *at let:at>
                {
                    let tick = across_at(at);
                    let place = move || tick.with(|tick| tick.as_ref().map_or("translate(0,-99)".to_owned(), |tick| format!("translate(0,{})", tick.0.round() + 0.5)));
                    view! {
                        <g transform=place>
                            <line class="chart-grid" x1=move || edges.get().0 x2=move || edges.get().1/>
                            <text class="chart-tick" data-side="left" x=move || edges.get().0 - 8.0 dy="0.35em">
                                {move || tick.with(|tick| tick.as_ref().map(|tick| tick.1.clone()))}
                            </text>
                        </g>
                    }
                }
            </For>
            <For each=along key=|at| *at let:at>
                {
                    let tick = along_at(at);
                    let place = move || tick.with(|tick| tick.as_ref().map_or("translate(-99,0)".to_owned(), |tick| format!("translate({},0)", tick.0.round() + 0.5)));
                    view! {
                        <g transform=place>
                            <line class="chart-notch" y1=move || edges.get().2 y2=move || edges.get().2 + 4.0/>
                            <text class="chart-tick" data-side="below" y=move || edges.get().2 + 16.0>
                                {move || tick.with(|tick| tick.as_ref().map(|tick| tick.1.clone()))}
                            </text>
                        </g>
                    }
                }
            </For>
        </g>
    }
}
