//! How long a person waits for the screen: in a test of five hundred steps, and in front of an hour of a run. Everything
//! works there, and what it takes is printed, not judged, as machines differ. `cargo xtask pace` shows it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::pages::{Build, Frame, Panel, Run};
use crate::rig::{App, Key, Site, Window, browser_journey};

/// From the event to the end of the next picture, as the page sees it.
const WATCH: &str = "window.paces = [];
    const watch = event => requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.paces.push(performance.now() - event.timeStamp);
        painted.port2.postMessage(0);
    });
    for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, watch, true);";

/// Five hundred steps of three user types: requests, pauses and repeats.
fn large(shop: &str) -> String {
    const SHARES: [u32; 3] = [50, 30, 20];
    let users: Vec<Value> = (0..3)
        .map(|user| {
            let tasks: Vec<Value> = (0..10).map(|task| json!({
                "id": format!("task-{user}-{task}"), "name": format!("Task {task}"), "weight": 10,
                "steps": (0..15).map(|step| step_of(user, task, step)).collect::<Vec<_>>(),
            })).collect();
            json!({ "id": format!("user-{user}"), "name": format!("Kind {user}"), "share": SHARES[user as usize], "tasks": tasks })
        })
        .collect();
    json!({
        "format": 1, "name": "Five hundred steps",
        "targets": [{ "name": "Shop", "url": format!("http://{shop}") }], "users": users,
    })
    .to_string()
}

fn step_of(user: u32, task: u32, step: u32) -> Value {
    let id = format!("step-{user}-{task}-{step}");
    match step % 6 {
        4 => json!({ "id": id, "pause": "2s" }),
        5 => {
            let inner = json!({ "id": format!("{id}-a"), "request": { "name": "Again", "url": "/products" } });
            json!({ "id": id, "repeat": { "times": 2, "steps": [inner] } })
        }
        _ => {
            let (name, url) = (format!("Request {step}"), format!("/products/{step}"));
            json!({ "id": id, "request": { "name": name, "url": url, "check": [{ "status": 200 }] } })
        }
    }
}

/// What was measured since the last time, in milliseconds.
async fn paces(window: &Window) -> Vec<f64> {
    let found = window.script("return window.paces.splice(0)", vec![]).await;
    found.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_f64).collect()
}

/// Waits until so many keys have been painted; a line about them.
async fn told(window: &Window, what: &str, keys: usize) -> String {
    let mut all = Vec::new();
    window
        .until(&format!("{keys} keys are painted"), async || {
            all.extend(paces(window).await);
            (all.len() >= keys).then_some(())
        })
        .await;
    format!("{what}: {}", half_and_longest(all))
}

fn half_and_longest(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let (half, longest) = (all[all.len() / 2], all[all.len() - 1]);
    format!("half within {half:.0} ms, the longest {longest:.0} ms, of {}", all.len())
}

#[tokio::test]
async fn a_test_of_five_hundred_steps_follows_the_keys() {
    browser_journey("pace-edit", &["shop.tide"], async |window, app| {
        let (build, panel) = (Build(window), Panel(window));
        std::fs::write(app.folder().join("scenarios/large.tide"), large(&app.shop().addr().to_string()))
            .expect("written");
        build.open("large.tide").await;
        build.user("user-0").await;
        window.script(WATCH, vec![]).await;
        let mut lines = String::new();

        window.click_css("[data-testid=\"task-task-0-0\"]").await;
        window.press(Key::Right).await;
        window.press_times(Key::Down, 20).await;
        let _ = writeln!(lines, "from step to step, the key held down: {}", told(window, "key to paint", 21).await);
        let mut single = Vec::new();
        for _ in 0..20 {
            window.press(Key::Up).await;
            single.push(window.until("the key is painted", async || paces(window).await.pop()).await);
        }
        let _ = writeln!(lines, "from step to step, one key at a time: {}", half_and_longest(single));

        panel.open("large.tide", "task-0-0", "step-0-0-0").await;
        window.click("panel-name").await;
        paces(window).await;
        window.control('a').await;
        window.write("Another name").await;
        window.press(Key::Tab).await;
        let _ = writeln!(lines, "typing a name: {}", told(window, "key to paint", 14).await);
        app.holds("scenarios/large.tide", "Another name").await;
        for _ in 0..3 {
            window.control('z').await;
            window.control('y').await;
        }
        let _ = writeln!(lines, "undo and redo: {}", told(window, "key to paint", 12).await);
        app.holds("scenarios/large.tide", "Another name").await;

        window.reload().await;
        window.see("outline").await;
        let paint =
            window.script("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime", vec![]).await;
        let paint = paint.as_f64().expect("something was painted");
        println!("pace: first paint after {paint:.0} ms\n{lines}");
    })
    .await;
}

/// The page's clock, which can be set forward: a practice run then makes up the time between.
const CLOCK: &str = "const Real = Date;
    window.ahead = 0;
    window.Date = class extends Real {
        constructor(...given) { if (given.length) super(...given); else super(Real.now() + window.ahead); }
        static now() { return Real.now() + window.ahead; }
    };";

/// The example, for two hours.
fn two_hours(app: &App) -> std::path::PathBuf {
    let path = app.folder().join("scenarios/shop.tide");
    let text = std::fs::read_to_string(&path).expect("the example is there");
    let mut test: Value = serde_json::from_str(&text).expect("the example is JSON");
    test["load"]["people"] = json!([{ "to": 20, "over": "1m" }, { "to": 20, "over": "2h" }]);
    std::fs::write(&path, test.to_string()).expect("the folder takes a test");
    path
}

/// What a second of a run takes of the processor, in milliseconds, over so many of them.
async fn work_of_a_second(window: &Window, seconds: u32) -> [f64; 3] {
    let before = window.worked().await;
    let pass = "setTimeout(arguments[1], arguments[0] * 1000)";
    window.script_async(pass, vec![json!(seconds)]).await;
    let after = window.worked().await;
    std::array::from_fn(|at| (after[at] - before[at]) / f64::from(seconds))
}

fn work(what: &str, [script, layout, all]: [f64; 3]) -> String {
    format!("{what}: {all:.0} ms a second, {script:.0} of them in the program, {layout:.0} for styles and layout\n")
}

#[tokio::test]
async fn an_hour_of_a_run_is_watched() {
    browser_journey("pace-run", &["shop.tide"], async |window, app| {
        let (run, frame) = (Run(window), Frame(window));
        let site = Site::start().await;
        window.go(&site.url()).await;
        window.script(CLOCK, vec![]).await;
        window.choose_file("home-open", &two_hours(app)).await;
        window.see("btn-run").await;
        let route = window.route().await;
        run.start(route.split('/').nth(2).expect("a test in the address")).await;
        let mut lines = work("at the start of a run", work_of_a_second(window, 10).await);
        for quarter in 1..=4 {
            window.script("window.ahead = arguments[0]", vec![json!(quarter * 900_000)]).await;
            let wanted = format!("{} minutes are over", quarter * 15);
            let time = async || {
                let text = window.text_css(".run-time").await;
                let parts: Option<Vec<u32>> =
                    text.split(' ').next()?.split(':').map(|part| part.parse().ok()).collect();
                let seconds = parts?.into_iter().fold(0, |sum, part| sum * 60 + part);
                (seconds >= quarter * 900).then_some(())
            };
            window.until(&wanted, time).await;
        }
        lines += &work("an hour later", work_of_a_second(window, 10).await);
        frame.tab("data").await;
        lines += &work("the same, while another tab is looked at", work_of_a_second(window, 10).await);
        println!("pace: {lines}");
    })
    .await;
}
