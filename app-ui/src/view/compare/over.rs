//! Both runs over each other: A dashed, B solid, along time or along people, with a cursor for pointer and keys, and a
//! table twin. Must not compute.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::Frame;
use tidemark_app_model::select::compare::{self as select, Picture};
use tidemark_app_model::text::{chart as words, compare as say};

use crate::store::store;
use crate::view::chart::{Axes, Grid, Stop, StopReadout, Stops, observed};
use crate::view::parts::{Choice, IconButton, Segments, Select};

/// The chart with what can be chosen about it.
#[component]
pub fn Over() -> impl IntoView {
    let quantity = RwSignal::new("p95".to_owned());
    let along = RwSignal::new("time".to_owned());
    let quantities: Vec<Choice> =
        select::quantity_choices().into_iter().map(|(word, name)| Choice::new(word, name)).collect();
    let alongs = vec![Choice::new("time", say::TIME), Choice::new("people", say::PEOPLE)];
    view! {
        <section class="card" aria-labelledby="compare-over">
            <div class="report-row">
                <h2 id="compare-over">{say::OVER_EACH_OTHER}</h2>
                <span class="grow"></span>
                <Select label=say::WHAT bare=true choices=quantities value=quantity on_choose=move |word| quantity.set(word) testid="compare-what"/>
                <span class="muted">{say::ALONG}</span>
                <Segments label=say::ALONG choices=alongs value=along on_choose=move |word| along.set(word) testid="compare-along"/>
            </div>
            <Show when=move || along.with(|along| along == "people")><p class="muted report-note-over">{say::PEOPLE_HINT}</p></Show>
            <Chart quantity=quantity along=along/>
        </section>
    }
}

#[component]
fn Chart(quantity: RwSignal<String>, along: RwSignal<String>) -> impl IntoView {
    let store = store();
    let node: NodeRef<html::Div> = NodeRef::new();
    let size = observed(node);
    let scale = store.memo(|model| f64::from(model.settings.text_size) / 100.0);
    let drawing =
        store.memo(move |model| quantity.with(|quantity| along.with(|along| select::drawing(model, quantity, along))));
    let picture = Memo::new(move |_| {
        let ((width, height), scale) = (size.get(), scale.get());
        let frame = Frame::new(width, height, 0.0, 1.0);
        let frame = Frame { left: 56.0 * scale, right: 40.0 * scale, top: 12.0, bottom: 22.0 * scale, ..frame };
        drawing.with(|drawing| drawing.as_ref().filter(|_| width > 1.0).map(|drawing| drawing.picture(frame)))
    });
    let hands = Stops::new(Memo::new(move |_| picture.with(|picture| picture.as_ref().map(stops).unwrap_or_default())));
    let text = move |of: fn(&select::Drawing) -> String| {
        move || drawing.with(|drawing| drawing.as_ref().map(of).unwrap_or_default())
    };
    let empty = move || drawing.with(|drawing| drawing.as_ref().is_none_or(select::Drawing::is_empty));
    let keys_id = crate::view::parts::fresh_id();
    let described = keys_id.clone();
    view! {
        <figure class="chart compare-chart" data-testid="chart-compare">
            <figcaption class="chart-head">
                <span class="chart-title">{text(|drawing| drawing.name().to_owned())}</span>
                <span class="chart-legend">
                    <span class="compare-key" data-side="a"><i aria-hidden="true"></i>{say::BEFORE}</span>
                    <span class="compare-key" data-side="b"><i aria-hidden="true"></i>{say::NOW}</span>
                </span>
                <IconButton icon=Signal::derive(move || if hands.as_table.get() { icondata::LuChartLine } else { icondata::LuTable })
                    label=Signal::derive(move || if hands.as_table.get() { words::AS_CHART } else { words::AS_TABLE }.to_owned())
                    on_click=move || hands.as_table.update(|on| *on = !*on)/>
                <span class="unseen">{text(select::Drawing::summary)}</span>
            </figcaption>
            <div class="chart-body" on:keydown=move |event| if hands.key(&event) { event.prevent_default(); event.stop_propagation() }>
                <Show when=move || hands.as_table.get()><Twin picture=picture title=Signal::derive(text(select::Drawing::table_title))/></Show>
                <div node_ref=node class="chart-plot compare-plot" hidden=move || hands.as_table.get() tabindex="0" role="group"
                    aria-roledescription=words::CHART aria-label=text(select::Drawing::summary) aria-describedby=described
                    on:pointermove=move |event| hands.over(node, &event) on:pointerleave=move |_| hands.leave()>
                    <Plot picture=picture hands=hands size=size/>
                    <Show when=empty><p class="chart-waiting">{say::NOTHING_DRAWN}</p></Show>
                    <StopReadout stops=hands size=size/>
                </div>
                <span class="unseen" id=keys_id>{say::KEYS}</span>
            </div>
            <p class="compare-axis">{move || along.with(|along| select::axis_note(along))}</p>
        </figure>
    }
}

/// Where the cursor of a picture can stop.
fn stops(picture: &Picture) -> Vec<Stop> {
    let stop = |(stop, (label, a, b)): (&tidemark_core::chart::overlay::Stop, &(String, String, String))| Stop {
        px: stop.px,
        label: label.clone(),
        spoken: say::spoken(label, a, b),
        lines: vec![(say::A.to_owned(), a.clone()), (say::B.to_owned(), b.clone())],
    };
    picture.overlay.stops.iter().zip(&picture.said).map(stop).collect()
}

#[component]
fn Plot(picture: Memo<Option<Picture>>, hands: Stops, #[prop(into)] size: Signal<(f64, f64)>) -> impl IntoView {
    let grid = Memo::new(move |_| {
        picture.with(|picture| {
            let overlay = &picture.as_ref()?.overlay;
            Some(Grid {
                x: overlay.x,
                y: overlay.y,
                x_ticks: overlay.x_ticks.clone(),
                y_ticks: overlay.y_ticks.clone(),
            })
        })
    });
    let path = move |which: usize| {
        move || {
            picture.with(|picture| {
                picture.as_ref().map(|picture| picture.overlay.lines[which].path.clone()).unwrap_or_default()
            })
        }
    };
    let ends = move || {
        picture.with(|picture| {
            let overlay = &picture.as_ref()?.overlay;
            let named = overlay.named_ends([say::A, say::B]);
            Some(
                named
                    .into_iter()
                    .map(|(name, x, y)| view! { <text class="chart-end" x=x + 8.0 y=y dy="0.35em">{name}</text> })
                    .collect_view(),
            )
        })
    };
    let cursor = move || {
        let (at, _) = hands.here()?;
        picture.with(|picture| {
            let overlay = &picture.as_ref()?.overlay;
            let stop = overlay.stops.get(at)?;
            let dots = ["a", "b"].into_iter().zip(stop.values).filter_map(|(side, value)| Some((side, overlay.y.px(value?))));
            let dots = dots.map(|(side, y)| view! { <circle class="compare-dot" data-side=side cx=stop.px cy=y r="4"/> });
            Some(view! {
                <g class="chart-cursor"><line x1=stop.px x2=stop.px y1=overlay.y.end_px y2=overlay.y.start_px/>{dots.collect_view()}</g>
            })
        })
    };
    view! {
        <svg class="chart-svg" aria-hidden="true" focusable="false" width=move || size.get().0 height=move || size.get().1>
            <Axes grid=grid/>
            <path class="compare-line" data-side="a" d=path(0)/>
            <path class="compare-line" data-side="b" d=path(1)/>
            {ends}
            {cursor}
        </svg>
    }
}

#[component]
fn Twin(picture: Memo<Option<Picture>>, #[prop(into)] title: Signal<String>) -> impl IntoView {
    let rows = move || picture.with(|picture| picture.as_ref().map(|picture| picture.said.clone()).unwrap_or_default());
    let row =
        |(at, a, b): (String, String, String)| view! { <tr><th scope="row">{at}</th><td>{a}</td><td>{b}</td></tr> };
    view! {
        <div class="chart-table" data-testid="chart-table-compare" tabindex="0" role="region" aria-label=title>
            <table>
                <thead><tr><th scope="col">{say::ALONG}</th><th scope="col">{say::A}</th><th scope="col">{say::B}</th></tr></thead>
                <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
