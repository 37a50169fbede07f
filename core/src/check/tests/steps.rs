//! Mistakes in the steps of a task: what is found, and the steps. Places are below `users[0].tasks[0]`.

use super::with;

/// A scenario whose only task has these steps, two groups to use, a secret and a table.
pub(super) fn task(steps: &str) -> String {
    with(&format!(
        r#"{{ "users": [ {{ "name": "Visitor", "pause": {{ "for": "1s" }}, "tasks": [ {{ "name": "Look", "steps": {steps} }} ] }} ] }}"#
    ))
}

macro_rules! at {
    ($severity:literal, $code:literal, $place:literal) => {
        concat!($severity, " ", $code, " users[0].tasks[0].steps", $place)
    };
}

pub(super) const ROWS: &[(&str, &str)] = &[
    (at!("error", "empty-step", "[0]"), r#"[ {} ]"#),
    (
        "error empty-step users[0].tasks[0].steps[0], warning unknown-field users[0].tasks[0].steps[0].reqest",
        r#"[ { "reqest": { "url": "/" } } ]"#,
    ),
    (at!("error", "wrong-type", "[0].request.url"), r#"[ { "request": { "url": 5 } } ]"#),
    (at!("error", "unknown-word", "[0].request.http"), r#"[ { "request": { "url": "/", "http": "3" } } ]"#),
    (at!("error", "bad-duration", "[0].pause.for"), r#"[ { "pause": { "for": "soon" } } ]"#),
    (
        at!("error", "bad-status", "[0].request.check[0].status"),
        r#"[ { "request": { "url": "/", "check": [ { "status": 99 } ] } } ]"#,
    ),
    (
        at!("error", "number-out-of-range", "[0].repeat.times"),
        r#"[ { "repeat": { "times": 4294967296, "steps": [ { "note": "" } ] } } ]"#,
    ),
    (at!("error", "address-empty", "[0].request.url"), r#"[ { "request": {} } ]"#),
    (at!("error", "bad-address", "[0].request.url"), r#"[ { "request": { "url": "ftp://x/y" } } ]"#),
    (at!("error", "bad-address", "[0].request.url"), r#"[ { "request": { "url": "http://[::/" } } ]"#),
    (at!("error", "bad-address", "[0].request.url"), r#"[ { "request": { "url": "/a\nb" } } ]"#),
    (at!("warning", "bad-address", "[0].request.url"), r#"[ { "request": { "url": "shop.test/x" } } ]"#),
    (
        at!("error", "host-not-allowed", "[0].request.url"),
        r#"[ { "request": { "url": "https://cdn.test/x?{{uuid}}" } } ]"#,
    ),
    (at!("error", "bad-address", "[0].request.url"), r#"[ { "request": { "url": "HTTP://x" } } ]"#),
    (
        at!("error", "bad-address", "[0].request.url"),
        r#"[ { "request": { "name": "a", "url": "http://{{word}}.test:80" } } ]"#,
    ),
    (at!("error", "bad-method", "[0].request.method"), r#"[ { "request": { "url": "/", "method": "GE T" } } ]"#),
    (
        at!("error", "bad-header", "[0].request.headers.X"),
        r#"[ { "request": { "url": "/", "headers": { "X": "a\r\nY: b" } } } ]"#,
    ),
    (
        at!("error", "bad-header", "[0].request.headers.a b"),
        r#"[ { "request": { "url": "/", "headers": { "a b": "1" } } } ]"#,
    ),
    (
        at!("warning", "header-is-automatic", "[0].request.headers.content-length"),
        r#"[ { "request": { "url": "/", "headers": { "content-length": 3 } } } ]"#,
    ),
    (at!("warning", "body-with-get", "[0].request"), r#"[ { "request": { "url": "/", "form": { "a": "1" } } } ]"#),
    (
        at!("error", "bad-json-body", "[0].request.text"),
        r#"[ { "request": { "url": "/", "method": "PUT", "headers": { "Content-Type": "application/json" }, "text": "{ a: 1 }" } } ]"#,
    ),
    (
        at!("warning", "bad-json-body", "[1].request.text"),
        r#"[ { "request": { "url": "/", "method": "PUT", "headers": { "content-type": "application/hal+json" }, "text": "{ \"a\": {{uuid}}, \"b\": \"{{word}}\" }" } },
             { "request": { "url": "/", "method": "PUT", "headers": { "content-type": "application/json" }, "text": "{{uuid}} {{uuid}}" } } ]"#,
    ),
    (
        concat!(
            "error bad-form-part users[0].tasks[0].steps[0].request.multipart[0], ",
            "error bad-form-part users[0].tasks[0].steps[0].request.multipart[1]"
        ),
        r#"[ { "request": { "url": "/", "method": "POST", "multipart": [ { "text": "x" }, { "name": "a" } ] } } ]"#,
    ),
    (
        at!("warning", "many-result-lines", "[0].request.url"),
        r#"[ { "request": { "url": "/products/{{uuid}}?x=1" } } ]"#,
    ),
    (
        at!("warning", "many-result-lines", "[0].request.name"),
        r#"[ { "request": { "name": "P {{uuid}}", "url": "/" } } ]"#,
    ),
    (at!("error", "no-time-limit", "[0].request.time_limit"), r#"[ { "request": { "url": "/", "time_limit": 0 } } ]"#),
    (
        at!("warning", "within-above-time-limit", "[0].request.check[0].within"),
        r#"[ { "request": { "url": "/", "check": [ { "within": "31s" } ] } } ]"#,
    ),
    (
        at!("error", "sign-in-incomplete", "[0].request.sign_in.basic"),
        r#"[ { "request": { "url": "/", "sign_in": { "basic": {} } } } ]"#,
    ),
    (
        at!("error", "sign-in-incomplete", "[0].request.sign_in.bearer"),
        r#"[ { "request": { "url": "/", "sign_in": { "bearer": "" } } } ]"#,
    ),
    (
        at!("error", "sign-in-incomplete", "[0].request.sign_in.api_key"),
        r#"[ { "request": { "url": "/", "sign_in": { "api_key": { "header": "a", "query": "b", "value": "{{uuid}}" } } } } ]"#,
    ),
    (
        at!("warning", "secret-in-plain-sight", "[0].request.form.password"),
        r#"[ { "request": { "url": "/", "method": "POST", "form": { "password": "x", "Password2": "{{uuid}}" } } } ]"#,
    ),
    (at!("error", "empty-check", "[0].request.check[0]"), r#"[ { "request": { "url": "/", "check": [ {} ] } } ]"#),
    (at!("error", "check-needs-answer", "[0].check"), r#"[ { "check": { "status": 200 } } ]"#),
    (
        at!("error", "comparison-missing", "[0].request.check[0]"),
        r#"[ { "request": { "url": "/", "check": [ { "json": "$.a" } ] } } ]"#,
    ),
    (at!("error", "comparison-missing", "[0].check"), r#"[ { "check": { "value": "last.status" } } ]"#),
    (
        at!("error", "comparison-without-to", "[0].request.check[0]"),
        r#"[ { "request": { "url": "/", "check": [ { "header": "etag", "is": "equal" } ] } } ]"#,
    ),
    (
        concat!(
            "warning comparison-not-used users[0].tasks[0].steps[0].request.check[0], ",
            "warning comparison-not-used users[0].tasks[0].steps[0].request.check[1]"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "status": 200, "is": "equal" }, { "json": "$.a", "is": "present", "to": 1 } ] } } ]"#,
    ),
    (
        concat!(
            "error bad-comparison users[0].tasks[0].steps[0].request.check[0].to, ",
            "error bad-comparison users[0].tasks[0].steps[0].request.check[1].to"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "json": "$.a", "is": "above", "to": "x" },
             { "json": "$.a", "is": "length_equal", "to": 1.5 }, { "json": "$.a", "is": "below", "to": "{{digits(3)}}" } ] } } ]"#,
    ),
    (
        concat!(
            "error bad-pattern users[0].tasks[0].steps[0].request.check[0].matches, ",
            "error bad-pattern users[0].tasks[0].steps[0].request.check[1].to, ",
            "error bad-pattern users[0].tasks[0].steps[0].request.save[0].pattern"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "matches": "a(b" }, { "header": "x", "is": "matches", "to": 5 } ],
             "save": [ { "name": "a", "pattern": "*" } ] } } ]"#,
    ),
    (
        concat!(
            "error bad-json-path users[0].tasks[0].steps[0].request.check[0].json, ",
            "error bad-json-path users[0].tasks[0].steps[0].request.save[0].json"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "json": "a.b", "is": "present" } ], "save": [ { "name": "a", "json": "$.a[" } ] } } ]"#,
    ),
    (
        concat!(
            "error bad-size users[0].tasks[0].steps[0].request.check[0].size, ",
            "error bad-size users[0].tasks[0].steps[0].request.check[1].size.at_most, ",
            "error bad-size users[0].tasks[0].steps[0].request.check[2].size"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "size": {} }, { "size": { "at_most": "big" } },
             { "size": { "at_least": "2kB", "at_most": "1kB" } } ] } } ]"#,
    ),
    (
        at!("warning", "within-nothing", "[0].request.check[0].within"),
        r#"[ { "request": { "url": "/", "check": [ { "within": "0s" } ] } } ]"#,
    ),
    (
        concat!(
            "warning checks-accept-everything users[0].tasks[0].steps[0].request.check[2], ",
            "tip checks-accept-everything users[0].tasks[0].steps[0].request.check[0], ",
            "tip checks-accept-everything users[0].tasks[0].steps[0].request.check[1]"
        ),
        r#"[ { "request": { "url": "/", "check": [ { "status": ["1xx", "2xx", "3xx", "4xx", "5xx"] }, { "contains": "" }, { "lacks": "" } ] } } ]"#,
    ),
    (
        at!("error", "save-without-name", "[0].request.save[0]"),
        r#"[ { "request": { "url": "/", "save": [ { "json": "$.a" } ] } } ]"#,
    ),
    (at!("error", "save-without-name", "[0].save"), r#"[ { "save": { "value": 1 } } ]"#),
    (at!("error", "bad-save-name", "[0].save.name"), r#"[ { "save": { "name": "a{b", "value": 1 } } ]"#),
    (
        at!("error", "save-from-nowhere", "[0].request.save[0]"),
        r#"[ { "request": { "url": "/", "save": [ { "name": "a" } ] } } ]"#,
    ),
    (
        at!("error", "bad-selector", "[0].request.save[0].css"),
        r#"[ { "request": { "url": "/", "save": [ { "name": "a", "css": "a[" } ] } } ]"#,
    ),
    (
        at!("error", "empty-mark", "[0].request.save[0].between"),
        r#"[ { "request": { "url": "/", "save": [ { "name": "a", "between": ["", ""] } ] } } ]"#,
    ),
    (
        at!("warning", "save-field-not-used", "[0].request.save[0].attribute"),
        r#"[ { "request": { "url": "/", "save": [ { "name": "a", "json": "$.a", "attribute": "href" } ] } } ]"#,
    ),
    (at!("warning", "nothing-inside", "[0].group"), r#"[ { "group": { "name": "g" } } ]"#),
    (at!("error", "unknown-group", "[0].use.group"), r#"[ { "use": { "group": "nope" } } ]"#),
    (
        at!("error", "parallel-only-requests", "[0].parallel.steps[0]"),
        r#"[ { "parallel": { "steps": [ { "pause": { "for": "1s" } } ] } } ]"#,
    ),
    (
        at!("error", "parallel-at-once", "[0].parallel.at_once"),
        r#"[ { "parallel": { "at_once": 0, "steps": [ { "request": { "url": "/" } } ] } } ]"#,
    ),
    (at!("error", "pause-only-between-tasks", "[0].pause"), r#"[ { "pause": { "pacing": "1s" } } ]"#),
    (at!("error", "pause-upside-down", "[0].pause.between"), r#"[ { "pause": { "between": ["3s", "1s"] } } ]"#),
    (at!("warning", "pause-of-nothing", "[0].pause"), r#"[ { "pause": { "between": [0, 0] } } ]"#),
    (at!("error", "empty-repeat", "[0].repeat"), r#"[ { "repeat": { "steps": [ { "note": "" } ] } } ]"#),
    (
        at!("error", "repeat-without-end", "[0].repeat"),
        r#"[ { "repeat": { "until": { "value": "last.status", "is": "equal", "to": 200 }, "steps": [ { "request": { "url": "/" } } ] } } ]"#,
    ),
    (at!("warning", "repeat-never", "[0].repeat"), r#"[ { "repeat": { "times": 0, "steps": [ { "note": "" } ] } } ]"#),
    (
        at!("error", "repeat-without-name", "[1].repeat"),
        r#"[ { "save": { "name": "l", "value": [1] } }, { "repeat": { "for_each": "l", "steps": [ { "note": "" } ] } } ]"#,
    ),
    (
        at!("warning", "repeat-without-waiting", "[0].repeat"),
        r#"[ { "repeat": { "during": "5s", "steps": [ { "note": "" } ] } } ]"#,
    ),
    (
        at!("error", "weights-all-zero", "[0].choose.options"),
        r#"[ { "choose": { "options": [ { "weight": 0, "steps": [ { "note": "" } ] } ] } } ]"#,
    ),
    (
        at!("error", "bad-weight", "[0].choose.options[0].weight"),
        r#"[ { "choose": { "options": [ { "weight": -1, "steps": [ { "note": "" } ] }, { "steps": [] } ] } } ]"#,
    ),
    (at!("error", "empty-condition", "[0].only_if"), r#"[ { "only_if": { "then": [ { "note": "" } ] } } ]"#),
    (
        at!("error", "empty-condition", "[0].only_if.all[1]"),
        r#"[ { "only_if": { "all": [ { "value": "last.status", "is": "present" }, {} ], "then": [ { "note": "" } ] } } ]"#,
    ),
    (
        at!("error", "bad-template", "[0].request.json.a[0]"),
        r#"[ { "request": { "url": "/", "method": "POST", "json": { "a": ["{{ 1+1 }}"] } } } ]"#,
    ),
    (
        at!("error", "file-missing", "[0].request.file"),
        r#"[ { "request": { "url": "/", "method": "POST", "file": "" } } ]"#,
    ),
];
