//! One chart with its caption, its lines to switch, its readout and its table twin.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::scale::settle_top;
use tidemark_app_model::chart::{Chart, Frame, Kind, axis_top, chart, hover, say as words};
use tidemark_app_model::text::chart as say;

use super::keys::Hands;
use super::linked::Linked;
use super::marks::Mark;
use super::plot::Plot;
use super::size::observed;
use super::twin::Twin;
use crate::store::store;
use crate::view::parts::IconButton;

/// A chart of a run.
#[component]
pub fn TimeChart(
    /// Which.
    kind: Kind,
    /// What it shares with the others.
    linked: Linked,
) -> impl IntoView {
    let store = store();
    let node: NodeRef<html::Div> = NodeRef::new();
    let size = observed(node);
    let hidden = RwSignal::new(0_u8);
    let as_table = RwSignal::new(false);
    let dragged = RwSignal::new(None);
    let scale = store.memo(|model| f64::from(model.settings.text_size) / 100.0);
    let drawn = drawn(kind, linked, size, hidden, scale.into());
    let hands = Hands { kind, linked, chart: drawn.into(), dragged, as_table };
    let title = words::title(kind);
    let summary =
        Memo::new(move |_| drawn.with(|chart| chart.as_ref().map(|chart| chart.summary.clone()).unwrap_or_default()));
    let empty = Memo::new(move |_| {
        linked.revision.get();
        linked.with(|source| source.seconds.is_empty()).unwrap_or(true)
    });
    let keys_id = crate::view::parts::fresh_id();
    let described = keys_id.clone();
    view! {
        <figure class="chart" data-testid=format!("chart-{}", kind.word())>
            <figcaption class="chart-head">
                <span class="chart-title">{title}</span>
                <Legend kind=kind hidden=hidden/>
                <IconButton icon=Signal::derive(move || if as_table.get() { icondata::LuChartLine } else { icondata::LuTable })
                    label=Signal::derive(move || if as_table.get() { say::AS_CHART } else { say::AS_TABLE }.to_owned())
                    on_click=move || as_table.update(|on| *on = !*on)/>
                <span class="unseen">{move || summary.get()}</span>
            </figcaption>
            <div class="chart-body" on:keydown=move |event| if hands.key(&event) { event.prevent_default(); event.stop_propagation() }>
                <Show when=move || as_table.get()><Twin kind=kind linked=linked title=title/></Show>
                <div node_ref=node class="chart-plot" hidden=move || as_table.get() tabindex="0" role="group"
                    aria-roledescription=say::CHART aria-label=move || format!("{title}. {}", summary.get()) aria-describedby=described
                    on:pointermove=move |event| hands.over(node, &event)
                    on:pointerdown=move |event| hands.down(node, &event)
                    on:pointerup=move |_| hands.up()
                    on:pointercancel=move |_| dragged.set(None)
                    on:pointerleave=move |_| hands.out()>
                    <Plot kind=kind chart=drawn size=size linked=linked dragged=dragged/>
                    <Show when=move || empty.get()><p class="chart-waiting">{say::WAITING}</p></Show>
                    <Readout kind=kind linked=linked chart=drawn hidden=hidden/>
                </div>
                <span class="unseen" id=keys_id>{say::KEYS}</span>
            </div>
        </figure>
    }
}

/// The chart, drawn anew only when its numbers, its size, its window or its lines change.
fn drawn(
    kind: Kind,
    linked: Linked,
    size: Signal<(f64, f64)>,
    hidden: RwSignal<u8>,
    scale: Signal<f64>,
) -> Memo<Option<Chart>> {
    type Settled = ((u8, Option<(f64, f64)>), (f64, u32));
    let settled: StoredValue<Option<Settled>> = StoredValue::new(None);
    Memo::new(move |_| {
        linked.revision.get();
        let ((width, height), (from, to), hidden) = (size.get(), linked.shown(), hidden.get());
        if width < 1.0 {
            return None;
        }
        let scale = scale.get();
        let frame = Frame { hidden, ..Frame::new(width, height, from, to) };
        let frame = Frame { left: frame.left * scale, right: 80.0 * scale, top: 12.0, bottom: 22.0 * scale, ..frame };
        linked.with(|source| {
            let wanted = axis_top(kind, source, &frame);
            let second = source.seconds.last().map_or(0, |second| second.at);
            let place = (hidden, linked.window.get());
            let before = settled.get_value().filter(|(before, _)| linked.live.get() && *before == place);
            let top = settle_top(before.map(|(_, top)| top), wanted, second);
            settled.set_value(Some((place, top)));
            chart(kind, source, &Frame { axis_top: Some(top.0), ..frame })
        })
    })
}

/// Switches for lines; a chart with one line has none.
#[component]
fn Legend(
    /// Which chart.
    kind: Kind,
    /// The lines that are not drawn.
    hidden: RwSignal<u8>,
) -> impl IntoView {
    let series = kind.series();
    (series.len() > 1).then(|| {
        let switches = series.iter().enumerate().map(|(at, (key, _))| {
            let off = move || hidden.get() >> at & 1 == 1;
            let name = words::series(key);
            view! {
                <button type="button" class="chart-key" aria-pressed=move || (!off()).to_string() title=move || say::switch(name, off())
                    on:click=move |_| hidden.update(|hidden| *hidden ^= 1 << at)>
                    <Mark key=*key/>{name}
                </button>
            }
        });
        view! { <span class="chart-legend" role="group" aria-label=say::LINES>{switches.collect_view()}</span> }
    })
}

/// What is under the cursor.
#[component]
fn Readout(
    /// Which chart.
    kind: Kind,
    /// Where the cursor is.
    linked: Linked,
    /// The chart.
    chart: Memo<Option<Chart>>,
    /// The lines that are not drawn.
    hidden: RwSignal<u8>,
) -> impl IntoView {
    let said = Memo::new(move |_| linked.at_cursor(|second| hover::readout(kind, second)));
    let place = Memo::new(move |_| {
        let middle = linked.at_cursor(|second| f64::from(second.at) + f64::from(second.span()) / 2.0)?;
        chart.with(|chart| {
            let x = chart.as_ref()?.x;
            let right = (middle - x.from) / (x.to - x.from) > 0.5;
            (x.from..=x.to).contains(&middle).then(|| (x.px(middle).round(), right))
        })
    });
    let style = move || {
        let (x, right) = place.get().unwrap_or_default();
        let shift = if right { "translateX(calc(-100% - 10px))" } else { "translateX(10px)" };
        format!("left: {x}px; transform: {shift}")
    };
    let rows = move || {
        let (_, rows) = said.get()?;
        let keys = kind.series().iter().map(|(key, _)| *key);
        let shown = keys.zip(rows).enumerate().filter(move |(at, _)| hidden.get() >> at & 1 == 0);
        let row = |(_, (key, (name, value)))| view! { <div><dt><Mark key=key/>{name}</dt><dd>{value}</dd></div> };
        Some(shown.map(row).collect_view())
    };
    view! {
        <Show when=move || place.get().is_some() && said.with(Option::is_some)>
            <div class="chart-readout" aria-hidden="true" style=style>
                <b>{move || said.with(|said| said.as_ref().map(|said| said.0.clone()))}</b>
                <dl>{rows}</dl>
            </div>
        </Show>
    }
}
