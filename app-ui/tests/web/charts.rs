//! The charts of a run: what is missing stays a gap, and an hour is drawn again fast enough to be watched.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_ui::store::Store;
use tidemark_app_ui::view::chart::{Linked, Read, TimeChart};
use tidemark_core::chart::{Kind, Second, Source};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::stage::{Stage, document, settle, show};

/// Charts have the size that a screen gives them; here there is no screen.
const ROOM: &str = ".chart-plot { inline-size: 560px; block-size: 176px }";

fn second(at: u32) -> Second {
    let wave = u64::from(at * 7_919 % 200) * 1_000;
    let answered = at % 60 != 59;
    let time = |us: u64| answered.then_some(us + wave);
    Second {
        at,
        length: 1,
        planned: 60,
        active: 60,
        finished: if answered { 400 } else { 0 },
        p50_us: time(80_000),
        p95_us: time(310_000),
        p99_us: time(900_000),
        ..Second::default()
    }
}

/// The four charts of a run of so many seconds; they are drawn again when the number changes.
async fn charts(seconds: RwSignal<u32>) -> Stage<impl leptos::tachys::view::Mountable> {
    let style = document().create_element("style").expect("an element");
    style.set_text_content(Some(ROOM));
    document().body().expect("a body").append_child(&style).expect("room in the body");
    let all: Arc<Vec<Second>> = Arc::new((0..3_700).map(second).collect());
    let read: Read = Arc::new(move |look| {
        let shown = &all[..seconds.get_untracked() as usize];
        look(Source { seconds: shown, plan: &[(0, 60.0), (3_700_000_000, 60.0)], goals: &[], markers: &[] });
    });
    let stage = show(move || {
        Store::provide();
        let whole = Signal::derive(move || (0.0, f64::from(seconds.get().max(10))));
        let linked =
            Linked::new(read, Signal::derive(move || u64::from(seconds.get())), whole, Signal::derive(|| true));
        Kind::ALL.into_iter().map(|kind| view! { <TimeChart kind=kind linked=linked/> }).collect_view()
    })
    .await;
    settle().await;
    stage
}

#[wasm_bindgen_test]
async fn a_second_without_answers_is_a_gap_in_response_times_and_never_zero() {
    let stage = charts(RwSignal::new(180)).await;
    let path = stage.find("[data-testid=chart-time] path[data-key=p95]").get_attribute("d").expect("a path");
    assert_eq!(path.matches('M').count(), 3, "two gaps in three minutes: {path}");
    stage.press("[data-testid=chart-time] .chart-plot", "t", false).await;
    let table = stage.find("[data-testid=chart-table-time]").inner_text();
    assert!(table.contains("no answers") && table.contains("0:59"), "{table}");
}

#[wasm_bindgen_test]
async fn the_four_charts_of_an_hour_follow_every_second() {
    const TIMES: u32 = 40;
    let seconds = RwSignal::new(3_600);
    let stage = charts(seconds).await;
    let drawn = || stage.find("[data-testid=chart-rate] path[data-key]").get_attribute("d").expect("a path");
    let mut before = drawn();
    let mut spent = 0.0;
    for more in 1..=TIMES {
        let start = js_sys::Date::now();
        seconds.set(3_600 + more);
        leptos::task::tick().await;
        spent += js_sys::Date::now() - start;
        let after = drawn();
        assert_ne!(after, before, "second {more} is drawn");
        before = after;
    }
    console_log!("pace: four charts of an hour are drawn again in {:.1} ms", spent / f64::from(TIMES));
}
