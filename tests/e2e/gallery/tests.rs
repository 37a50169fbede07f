//! The tests that the gallery shows: variations of the example.

use serde_json::{Value, json};

use crate::rig::App;

/// Puts a variation of the example beside it.
fn vary(app: &App, file: &str, how: impl FnOnce(&mut Value)) {
    let folder = app.folder().join("scenarios");
    let text = std::fs::read_to_string(folder.join("shop.tide")).expect("the example is there");
    let mut test: Value = serde_json::from_str(&text).expect("the example is JSON");
    how(&mut test);
    std::fs::write(folder.join(file), test.to_string()).expect("the folder takes a test");
}

/// With the kinds of step that the example lacks, and names as long as people make them.
pub fn with_every_step(app: &App) {
    vary(app, "steps.tide", |test| {
        test["name"] = json!("Corner shop, with everything that a test can have in it");
        let steps = test["users"][0]["tasks"][0]["steps"].as_array_mut().expect("steps");
        steps.push(json!({ "id": "remark", "note": "The shop shows twenty products on a page. Ask for another page each time." }));
        steps.push(json!({ "id": "long", "request": {
            "name": "Everything that people who look at this product also bought",
            "url": "/products/{{product}}/also-bought/by-people-of-the-same-age-in-the-same-town",
            "check": [{ "contains": "A sentence that the page has when all is well, and that is quite long" }],
        } }));
        let tasks = test["users"][0]["tasks"].as_array_mut().expect("tasks");
        for at in 1..=10 {
            let step =
                json!({ "id": format!("more-{at}-a"), "request": { "name": format!("Request {at}"), "url": "/" } });
            tasks.push(
                json!({ "id": format!("more-{at}"), "name": format!("Task {at}"), "weight": 30, "steps": [step] }),
            );
        }
    });
}

/// With one problem of many kinds.
pub fn with_problems(app: &App) {
    vary(app, "problems.tide", |test| {
        test["name"] = json!("Half finished");
        test["secrets"] = json!([{ "name": "api key" }]);
        test["goals"] = json!([]);
        test["users"][0]["tasks"][1]["steps"] = json!([]);
        let steps = test["users"][0]["tasks"][0]["steps"].as_array_mut().expect("steps");
        steps.insert(0, json!({ "id": "early", "request": { "name": "Basket", "url": "/basket/{{basket}}", "headers": { "X-Key": "{{api key}}" } } }));
        steps.push(json!({ "id": "nowhere", "request": { "name": "No address", "url": "" } }));
        let users = test["users"].as_array_mut().expect("user types");
        users.push(json!({ "id": "idle", "name": "Idler", "share": 1, "tasks": [] }));
    });
}

/// For a host on the internet that people use, which a name server need not know.
pub fn for_elsewhere(app: &App) {
    vary(app, "elsewhere.tide", |test| {
        test["name"] = json!("Shop on the internet");
        test["secrets"] = json!([{ "name": "api key" }]);
        test["targets"] = json!([{
            "name": "Production", "url": "http://www.shop.example", "resolve": { "www.shop.example": "203.0.113.7" },
            "headers": { "X-Key": "{{api key}}" },
        }]);
    });
}

/// With a request for something that is not there.
pub fn that_fails(app: &App) {
    vary(app, "fails.tide", |test| {
        test["name"] = json!("Something is missing");
        test["users"][0]["tasks"][1]["steps"][0]["request"]["url"] = json!("/serach");
    });
}

/// With pages of metrics and a process that are watched, one page that wants a sign-in and one that is not there.
pub fn that_is_watched(app: &App) {
    vary(app, "watched.tide", |test| {
        test["name"] = json!("What the shop says of itself");
        test["values"].as_array_mut().expect("it has values").push(json!({ "name": "pin", "value": "1234" }));
        test["targets"][0]["watch"] = json!([
            { "metrics": "/metrics", "sign_in": { "basic": { "user": "ada", "password": "{{pin}}" } } },
            { "metrics": "/nowhere", "series": ["queue_length"] },
            { "process": std::process::id() },
        ]);
    });
}
