//! What the target said of itself: a small chart a series, on the time axis of the others. Must not compute.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::chart::Frame;
use tidemark_app_model::text::results as say;
use tidemark_core::chart::watched::{Strip, strips};

use super::once;
use crate::store::store;
use crate::view::chart::{Axes, Grid, Linked, observed};

/// All series; nothing where nothing was watched.
#[component]
pub fn Watched(
    /// What the charts above share: their window in time.
    linked: Linked,
) -> impl IntoView {
    let store = store();
    let watched = once(store, |opened| opened.watched.clone());
    let turned = once(store, |opened| opened.verdict.turning_point.as_ref().map(|point| point.second));
    let node: NodeRef<html::Div> = NodeRef::new();
    let size = observed(node);
    let text = store.memo(|model| f64::from(model.settings.text_size) / 100.0);
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
        if width < 1.0 { Vec::new() } else { watched.with(|watched| strips(watched, &frame)) }
    });
    let count = Memo::new(move |_| {
        watched.with(|watched| watched.tracks.iter().filter(|track| !track.points.is_empty()).count())
    });
    let some = Memo::new(move |_| watched.with(|watched| !watched.is_empty()));
    view! {
        <Show when=move || some.get()>
            <section class="watched" aria-labelledby="report-watched" data-testid="watched">
                <h3 id="report-watched">{say::WATCHED}</h3>
                <Show when=move || count.get() == 0><p class="muted">{say::NOTHING_SEEN}</p></Show>
                <div class="charts">
                    {move || (0..count.get()).map(|at| {
                        let strip = Memo::new(move |_| drawn.with(|drawn| drawn.get(at).cloned()));
                        // All are as large as the first.
                        let node = if at == 0 { Some(node) } else { None };
                        view! { <One strip=strip size=size turned=turned node=node/> }
                    }).collect_view()}
                </div>
            </section>
        </Show>
    }
}

/// One series.
#[component]
fn One(
    strip: Memo<Option<Strip>>,
    #[prop(into)] size: Signal<(f64, f64)>,
    turned: Memo<Option<u32>>,
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
    let moment = move || {
        let second = f64::from(turned.get()?);
        strip.with(|strip| {
            let (x, y) = strip.as_ref().map(|strip| (strip.x, strip.y))?;
            let at = (x.from..=x.to).contains(&second).then(|| x.px(second))?;
            Some(view! { <line class="chart-moment" x1=at x2=at y1=y.end_px y2=y.start_px/> })
        })
    };
    let end = move || {
        let (_, y, words) = strip.with(|strip| strip.as_ref().and_then(|strip| strip.end.clone()))?;
        let x = strip.with(|strip| strip.as_ref().map(|strip| strip.x.end_px))? + 8.0;
        Some(view! { <text x=x y=y + 4.0>{words}</text> })
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-head"><span class="chart-title watched-title">{move || of(|strip| strip.title.clone())}</span></figcaption>
            <div class="chart-body watched-body">
                <div node_ref=node class="chart-plot scaling-plot" role="img"
                    aria-label=move || of(|strip| format!("{}. {}", strip.title, strip.summary))>
                    <svg class="chart-svg" aria-hidden="true" focusable="false" width=move || size.get().0 height=move || size.get().1>
                        <Axes grid=grid/>
                        {moment}
                        <path class="chart-series" data-key="watched" data-look="line" d=move || of(|strip| strip.path.clone())/>
                        {end}
                    </svg>
                </div>
            </div>
        </figure>
    }
}
