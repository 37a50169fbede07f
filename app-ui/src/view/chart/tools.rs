//! Buttons over the charts of a screen: how much of the run they show. The same as dragging and keys do.

use leptos::prelude::*;
use tidemark_app_model::text::chart as say;

use super::linked::Linked;
use crate::view::parts::{Choice, IconButton, Segments};

/// Zoom, and for a run that goes on the last minute.
#[component]
pub fn Tools(
    /// The charts.
    linked: Linked,
    /// Whether only the last minute is shown, where that can be chosen.
    #[prop(optional)]
    last_minute: Option<RwSignal<bool>>,
) -> impl IntoView {
    let part = move || linked.window.get().map(|(from, to)| say::part(from, to));
    let nothing = move || if linked.window.get().is_some() { String::new() } else { say::WHOLE_SHOWN.to_owned() };
    let range = last_minute.map(|last| {
        let choices = vec![Choice::new("whole", say::WHOLE_RUN), Choice::new("last", say::LAST_MINUTE)];
        view! {
            <Segments label=say::RANGE choices=choices testid="range"
                value=Signal::derive(move || if last.get() { "last".to_owned() } else { "whole".to_owned() })
                on_choose=move |value: String| { linked.window.set(None); last.set(value == "last") }/>
        }
    });
    view! {
        <div class="chart-tools" role="group" aria-label=say::TOOLS>
            <span class="chart-part" aria-live="polite">{part}</span>
            <IconButton icon=icondata::LuZoomOut label=say::ZOOM_OUT testid="zoom-out" not_now=Signal::derive(nothing)
                on_click=move || linked.zoom_by(2.0)/>
            <IconButton icon=icondata::LuZoomIn label=say::ZOOM_IN testid="zoom-in" on_click=move || linked.zoom_by(0.5)/>
            <IconButton icon=icondata::LuMaximize2 label=say::ZOOM_ALL testid="zoom-all" not_now=Signal::derive(nothing)
                on_click=move || linked.window.set(None)/>
            {range}
        </div>
    }
}
