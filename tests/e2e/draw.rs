//! A test of two kinds of people, drawn from nothing: by mouse, and with keys alone. Both make the same document, and it
//! runs.

use serde_json::Value;

use crate::pages::{Build, Frame, Load, Panel};
use crate::rig::{ALT, App, Key, Window, journey};

#[tokio::test]
async fn a_test_drawn_by_mouse_and_one_drawn_by_keys_are_the_same_and_run() {
    journey("draw", &[], async |window, app| {
        let shop = format!("http://{}", app.shop().addr());
        by_mouse(window, &shop).await;
        let drawn = document(window, app).await;
        by_keys(window, &shop).await;
        let typed = document(window, app).await;
        assert_eq!(drawn, typed);

        window.click("btn-run").await;
        window.see("metric-people").await;
        window.until("requests arrive", async || (app.shop().counts().requests > 5).then_some(())).await;
        window.click("btn-stop").await;
        window.click("stop-finish").await;
        window.see("verdict").await;
    })
    .await;
}

/// The open test as it stands in its file, without its name, once all is saved.
async fn document(window: &Window, app: &App) -> Value {
    Frame(window).saved().await;
    let route = window.route().await;
    let file = route.split('/').nth(2).expect("a test is open").replace("%20", " ");
    let path = app.folder().join("scenarios").join(&file);
    app.holds(&format!("scenarios/{file}"), "\"to\": 4").await;
    let text = std::fs::read_to_string(path).expect("the test's file");
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    document.as_object_mut().expect("an object").remove("name");
    document
}

async fn by_mouse(window: &Window, shop: &str) {
    let (build, panel) = (Build(window), Panel(window));
    window.visit("#/").await;
    window.click("home-empty").await;
    window.see("outline").await;
    window.click("target-chip").await;
    window.click("target-add").await;
    window.fill("new-target-url", shop).await;
    window.fill("new-target-name", "Shop").await;
    window.click("new-target-add").await;
    window.gone("new-target").await;
    window.click("tab-build").await;
    window.see("outline").await;

    let first = id_of(&window.ids("task-t").await[0]);
    let look = build.add_step(&first, "GET /products").await;
    build.choose(&look).await;
    window.click("check-add").await;
    window.see("check-0-what").await;
    build.add_step(&first, "wait 1 s").await;

    build.add_user("Member").await;
    let buy = id_of(&build.add_task("Buy").await);
    let pause = build.add_step(&buy, "wait 77 ms").await;
    let basket = build.add_step(&buy, "GET /search").await;
    build.drag(&basket, &pause, crate::pages::Half::Upper).await;
    panel.is_about("/search").await;
    window.click("save-add").await;
    window.fill("save-0-name", "found").await;
    window.fill("save-0-text", "items").await;
    build.type_share(&id_of(&window.ids("usertype-u").await[1]), "30").await;

    window.click("tab-load").await;
    Load(window).type_people(1, "4").await;
    window.click("tab-build").await;
    window.see("outline").await;
}

async fn by_keys(window: &Window, shop: &str) {
    window.visit("#/").await;
    window.tab_to("home-empty").await;
    window.press(Key::Enter).await;
    window.see("outline").await;
    window.control('k').await;
    window.see("palette-input").await;
    window.write("Add a target").await;
    window.press(Key::Enter).await;
    window.tab_to("new-target-url").await;
    window.write(shop).await;
    window.tab_to("new-target-name").await;
    window.write("Shop").await;
    window.press(Key::Enter).await;
    window.gone("new-target").await;
    window.tab_to("tab-build").await;
    window.press(Key::Enter).await;
    window.see("outline").await;

    let first = window.ids("task-t").await[0].clone();
    reach(window, &first).await;
    let look = add(window, "GET /products").await;
    window.press(Key::Enter).await;
    window.tab_to("check-add").await;
    window.press(Key::Enter).await;
    window.see("check-0-what").await;
    reach(window, &look).await;
    add(window, "wait 1 s").await;

    window.tab_to("usertype-add").await;
    window.press(Key::Enter).await;
    name(window, "Member").await;
    window.tab_to("task-add").await;
    window.press(Key::Enter).await;
    name(window, "Buy").await;
    let buy = window.ids("task-t").await[0].clone();
    reach(window, &buy).await;
    add(window, "wait 77 ms").await;
    let basket = add(window, "GET /search").await;
    reach(window, &basket).await;
    window.press_with(ALT, Key::Up).await;
    Panel(window).is_about("/search").await;
    window.press(Key::Enter).await;
    window.tab_to("save-add").await;
    window.press(Key::Enter).await;
    window.tab_to("save-0-name").await;
    window.control('a').await;
    window.write("found").await;
    window.tab_to("save-0-text").await;
    window.write("items").await;
    window.press(Key::Tab).await;
    let member = id_of(&window.ids("usertype-u").await[1]);
    window.tab_to(&format!("share-{member}")).await;
    window.control('a').await;
    window.write("30").await;
    window.press(Key::Enter).await;

    window.tab_to("tab-load").await;
    window.press(Key::Enter).await;
    window.tab_to("stage-1-people").await;
    window.control('a').await;
    window.write("4").await;
    window.press(Key::Tab).await;
    window.tab_to("tab-build").await;
    window.press(Key::Enter).await;
    window.see("outline").await;
}

/// `t1` of `task-t1`.
fn id_of(row: &str) -> String {
    row.split_once('-').map_or(row, |(_, id)| id).to_owned()
}

/// Goes to a row of the outline with Tab and the arrows.
async fn reach(window: &Window, row: &str) {
    window.tab_into("row").await;
    window.press(Key::Home).await;
    // The focus follows a moment after the key.
    window
        .until("the first row is reached", async || window.focused().await.starts_with("arrival-").then_some(()))
        .await;
    for _ in 0..60 {
        let here = window.focused().await;
        if here == row {
            return;
        }
        window.press(Key::Down).await;
        window.until("the next row is reached", async || (window.focused().await != here).then_some(())).await;
    }
    panic!("the arrows never led to {row}");
}

/// Adds a step behind the row where the keyboard is; its row.
async fn add(window: &Window, words: &str) -> String {
    let before = window.ids("step-s").await;
    window.press(Key::Letter('/')).await;
    window.see("quick-add").await;
    window.write(words).await;
    window.press(Key::Enter).await;
    window
        .until("there is a new step", async || window.ids("step-s").await.into_iter().find(|id| !before.contains(id)))
        .await
}

/// Names what was just added.
async fn name(window: &Window, name: &str) {
    window.see("rename").await;
    window.control('a').await;
    window.write(name).await;
    window.press(Key::Enter).await;
    window.gone("rename").await;
}
