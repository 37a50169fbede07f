//! The places of the gallery, and how to get to each.

use super::walk::{Do, Place, place, then};
use crate::rig::Key;

const BUILD: &str = "#/t/shop.tide/build";
const OUTLINE: &str = "[data-testid=outline]";
const PANEL: &str = "[data-testid=step-panel]";
const STEPS: &str = "#/t/steps.tide/build";
const LOAD: &str = "#/t/shop.tide/load";
const CURVE: &str = "[data-testid=curve]";
const HALF: &str = "#/t/problems.tide/build";
const ELSEWHERE: &str = "#/t/elsewhere.tide/build";
const RESULT_LIST: &str = "#/t/shop.tide/results";
const RESULT: &str = "[data-testid='result-shop.tiderun']";
const REPORT: &str = "#/t/shop.tide/results/shop.tiderun";
const VERDICT: &str = "[data-testid=verdict]";

/// Where there is nothing yet.
pub const EMPTY: &[Place] = &[
    place("home-empty", "#/", "main"),
    then(place("new-test", "#/", "main"), &[Do::Say("Start an empty test"), Do::See(OUTLINE)]),
    place("load-new", "#/t/New test.tide/load", CURVE),
    place("run-none", "#/t/New test.tide/run", "main h1, main h2"),
    place("results-none", "#/t/New test.tide/results", "main h1, main h2"),
    place("data-none", "#/t/New test.tide/data", "main h1, main h2"),
];

/// What a test is made of, and how it is tried out.
pub const MAKING: &[Place] = &[
    place("home", "#/", "[data-testid='test-shop.tide']"),
    place("build", BUILD, OUTLINE),
    place("build-long", "#/t/steps.tide/build/look/long", PANEL),
    place("step", "#/t/shop.tide/build/buy/pay", PANEL),
    place("step-note", "#/t/steps.tide/build/look/remark", PANEL),
    place("step-pause", "#/t/shop.tide/build/look/read", PANEL),
    place("step-only-if", "#/t/shop.tide/build/search/any", PANEL),
    place("step-repeat", "#/t/shop.tide/build/browse/shelves", PANEL),
    place("step-group", "#/t/shop.tide/build/buy/checkout", PANEL),
    then(
        place("user-type", BUILD, OUTLINE),
        &[Do::ClickCss("[data-testid=usertype-member] .usertype-name"), Do::See(PANEL)],
    ),
    then(
        place("move-to", "#/t/shop.tide/build/look/home", OUTLINE),
        &[Do::Say("Move to"), Do::See("[data-testid=move-to]")],
    ),
    then(place("preview", BUILD, OUTLINE), &[Do::Alt(Key::Enter), Do::See("[data-testid=preview-picture]")]),
    then(
        place("preview-table", STEPS, OUTLINE),
        &[
            Do::Alt(Key::Enter),
            Do::ClickCss("label:has([data-testid=preview-as-table])"),
            Do::See("[data-testid=preview-table]"),
        ],
    ),
    then(place("trial", BUILD, OUTLINE), &[Do::Click("btn-try"), Do::See("[data-testid=answer-viewer]")]),
    place("data", "#/t/shop.tide/data", "main h1, main h2"),
    then(
        place("data-table", "#/t/shop.tide/data", "[data-testid=data-table-0]"),
        &[Do::Click("data-table-0"), Do::See("[data-testid=grid]")],
    ),
    then(
        place("new-target", "#/t/shop.tide/data", "main"),
        &[Do::Say("Add a target"), Do::See("[data-testid=new-target]")],
    ),
    place("load", LOAD, CURVE),
    then(place("load-quick-check", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-quick_check])")]),
    then(place("load-normal-day", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-normal_day])")]),
    then(place("load-push-harder", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-push_harder])")]),
    then(place("load-sudden-rush", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-sudden_rush])")]),
    then(place("load-all-day", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-all_day])")]),
    then(place("load-find-the-limit", LOAD, CURVE), &[Do::ClickCss("label:has([data-testid=preset-find_the_limit])")]),
    then(
        place("history", BUILD, OUTLINE),
        &[
            Do::Say("History"),
            Do::Fill("version-name", "Before the long run"),
            Do::Click("version-keep"),
            Do::Click("version-0"),
            Do::See("[data-testid=version-look]"),
        ],
    ),
];

/// What is there in every test.
pub const AROUND: &[Place] = &[
    then(
        place("import", "#/", "main"),
        &[
            Do::Click("home-paste"),
            Do::Fill(
                "import-text",
                "curl 'https://api.shop.example/login' -H 'Content-Type: application/json' -d '{}'",
            ),
            Do::See("[data-testid=import-counts]"),
        ],
    ),
    place("settings", "#/settings", "main h1"),
    then(
        place("settings-feeds", "#/settings", "[data-testid=settings-feeds]"),
        &[
            Do::Fill("feed-influx", "http://127.0.0.1:8086/write?db=load&p=tide"),
            Do::Focus("[data-testid=feed-prometheus]"),
            Do::See("[data-testid=settings-feeds] .field-error"),
        ],
    ),
    then(place("palette", BUILD, OUTLINE), &[Do::Click("btn-palette"), Do::See("[data-testid=palette]")]),
    then(place("glossary", BUILD, OUTLINE), &[Do::Press(Key::F1), Do::See("[data-testid=glossary]")]),
    then(place("keys", BUILD, OUTLINE), &[Do::Say("Keys"), Do::See("[data-testid=keys]")]),
    then(place("saved-already", BUILD, OUTLINE), &[Do::Say("Save a copy"), Do::See("[data-testid=notice]")]),
    then(
        place("shop-panel", BUILD, OUTLINE),
        &[Do::Say("How the demo shop"), Do::See("[data-testid=shop-panel] .shop-knob")],
    ),
];

/// Where something stops a run, or asks for a word.
pub const PROBLEMS: &[Place] = &[
    place("build-problems", HALF, OUTLINE),
    then(place("problems", HALF, OUTLINE), &[Do::Say("Problems"), Do::See("[data-testid=problems]")]),
    then(place("step-problem", "#/t/problems.tide/build/look/early", PANEL), &[]),
    then(place("preview-stopped", HALF, OUTLINE), &[Do::Alt(Key::Enter), Do::See("[data-testid=preview-stops]")]),
    place("data-secret", "#/t/problems.tide/data", "main h1, main h2"),
    place("load-no-goals", "#/t/problems.tide/load", CURVE),
    then(place("before-run", HALF, OUTLINE), &[Do::Click("btn-run"), Do::See("[data-testid=preflight]")]),
    then(place("host-confirm", ELSEWHERE, OUTLINE), &[Do::Click("btn-run"), Do::See("[data-testid=host-confirm]")]),
];

/// What runs have left.
pub const RESULTS: &[Place] = &[
    place("results", RESULT_LIST, RESULT),
    place("report", REPORT, VERDICT),
    then(
        place("report-chart-table", REPORT, VERDICT),
        &[Do::Focus("[data-testid=chart-time] .chart-plot"), Do::Write("t"), Do::See("[data-testid=chart-table-time]")],
    ),
    then(place("share", REPORT, VERDICT), &[Do::Click("btn-share"), Do::See("[data-testid=share]")]),
    place("compare", "#/t/shop.tide/compare/shop.tiderun/later.tiderun", "[data-testid=compare-summary]"),
    then(
        place("compare-trend", "#/t/shop.tide/compare/shop.tiderun/later.tiderun", "[data-testid=compare-summary]"),
        &[Do::Click("show-trend"), Do::See(".multiple-picture")],
    ),
    then(
        place("deleted", RESULT_LIST, "[data-testid='result-last.tiderun']"),
        &[Do::Click("result-more-last.tiderun"), Do::Click("result-delete"), Do::See("[data-testid=notice]")],
    ),
    then(place("own-way", REPORT, VERDICT), &[Do::Click("see-demo"), Do::See("[data-testid=own-way]")]),
];

/// Where somebody was tried who did not get through.
pub const TRIED: &[Place] = &[place("trial-failed", "#/t/fails.tide/build", "[data-testid=trial-title]")];

/// While a run goes on.
pub const RUNNING: &[Place] = &[
    place("run", "#/t/fails.tide/run", "[data-testid=metric-people]"),
    then(
        place("run-sample", "#/t/fails.tide/run", "[data-testid=failure-group-0]"),
        &[
            Do::ClickCss("[data-testid=failure-group-0] .button"),
            Do::ClickCss("[data-testid=failure-group-0] .sample summary"),
            Do::See("[data-testid=failure-group-0] [data-testid=answer-viewer]"),
        ],
    ),
    then(place("stop", "#/t/fails.tide/run", "main"), &[Do::Click("btn-stop"), Do::See("[data-testid=stop]")]),
];

/// What is to be watched of a target.
pub const WATCHING: &[Place] = &[then(
    place("data-watch", "#/t/watched.tide/data", "[data-testid=data-target-0]"),
    &[
        Do::Click("data-target-0"),
        Do::Focus("[data-testid=target-watch-0-password]"),
        Do::See("[data-testid=target-watch-1]"),
    ],
)];

/// What it says while a run goes on.
pub const WATCHED: &[Place] = &[then(
    place("run-watched", "#/t/watched.tide/run", "[data-testid=strip]"),
    &[
        Do::Focus("[data-testid=strip]:last-child .chart-plot"),
        Do::Press(Key::Left),
        Do::See("[data-testid=strip] .chart-end[data-look=here]"),
    ],
)];

/// The same in the report at this address.
pub fn watched(route: &str) -> [Place; 1] {
    let route: &'static str = Box::leak(route.to_owned().into_boxed_str());
    [then(
        place("report-watched", route, VERDICT),
        &[Do::Focus("[data-testid=strip] .chart-plot"), Do::See("[data-testid=strip]")],
    )]
}

/// The report at this address, of a run in which something failed.
pub fn failed(route: &str) -> [Place; 1] {
    // The address is known only once there is a result.
    let route: &'static str = Box::leak(route.to_owned().into_boxed_str());
    [then(
        place("report-failed", route, VERDICT),
        &[
            Do::ClickCss("[data-testid=failure-group-0] .sample summary"),
            Do::See("[data-testid=failure-group-0] [data-testid=answer-viewer]"),
        ],
    )]
}
