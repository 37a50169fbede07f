use serde_json::{Value, json};

use super::{acted, body, compiled, get, lines, one_task, refused, says, sent};
use crate::plan::Inputs;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Values with everything that needs care, and a target that has a say.
fn scenario(request: Value, more: Value) -> Value {
    let values = json!([
        { "name": "q", "value": "a b&c=d/é+1" },
        { "name": "n", "value": 7 },
        { "name": "on", "value": true },
        { "name": "list", "value": [1, "x"] },
        { "name": "text", "value": "say \"hi\"\n" },
        { "name": "other", "value": "https://Other.test:8443/deep?x=1" },
        { "name": "local", "value": "next?page=2" },
        { "name": "nonsense", "value": "ftp://x" },
    ]);
    let mut all = json!({ "values": values, "secrets": ["key"] });
    super::merge(&mut all, more);
    one_task(json!([{ "request": request }]), all)
}

fn inputs() -> Inputs {
    Inputs { secrets: [("key".to_owned(), "s3:cret".to_owned())].into(), ..Inputs::default() }
}

#[test]
fn values_are_encoded_as_their_place_wants_it() {
    let rows = [
        (json!({ "url": "/a/{{q}}" }), "http://t.test/a/a%20b&c=d/%C3%A9+1"),
        (json!({ "url": "/a/{{q | url}}" }), "http://t.test/a/a%20b%26c%3Dd%2F%C3%A9%2B1"),
        (json!({ "url": "/s?q={{q}}" }), "http://t.test/s?q=a%20b%26c%3Dd/%C3%A9%2B1"),
        (json!({ "url": "/s", "query": { "q": "{{q}}", "n": 3 } }), "http://t.test/s?q=a%20b%26c%3Dd/%C3%A9%2B1&n=3"),
        (json!({ "url": "/s?a=1", "query": { "b": ["x y", "{{n}}"] } }), "http://t.test/s?a=1&b=x%20y&b={{n}}"),
        (json!({ "url": "/größe x?ä=[1]#part" }), "http://t.test/gr%C3%B6%C3%9Fe%20x?%C3%A4=[1]"),
        (json!({ "url": "items" }), "http://t.test/items"),
        (json!({ "url": "http://[::1]:81/x" }), "http://[::1]:81/x"),
        (json!({ "url": "https://Else.test" }), "https://else.test/"),
        (json!({ "url": "{{other}}" }), "https://other.test:8443/deep?x=1"),
        (
            json!({ "url": "{{other}}", "query": { "y": "{{q}}" } }),
            "https://other.test:8443/deep?x=1&y=a%20b%26c%3Dd/%C3%A9%2B1",
        ),
        (json!({ "url": "{{local}}", "query": { "y": 2 } }), "http://t.test/next?page=2&y=2"),
    ];
    for (request, wanted) in rows {
        assert_eq!(
            sent(&scenario(request.clone(), json!({})), &inputs()).url(),
            wanted.replace("{{n}}", "7"),
            "{request}"
        );
    }
}

#[test]
fn a_relative_address_is_appended_to_the_targets() {
    let more = json!({ "targets": [{ "name": "t", "url": "https://t.test:8443/api/v1/" }] });
    for (url, wanted) in [
        ("/items/{{n}}", "https://t.test:8443/api/v1/items/7"),
        ("items", "https://t.test:8443/api/v1/items"),
        ("http://t.test/x", "http://t.test/x"),
        ("{{local}}", "https://t.test:8443/api/v1/next?page=2"),
    ] {
        assert_eq!(sent(&scenario(json!({ "url": url }), more.clone()), &inputs()).url(), wanted);
    }
    let elsewhere = Inputs { base_url: Some("http://127.0.0.1:9".to_owned()), ..inputs() };
    assert_eq!(sent(&scenario(json!({ "url": "/x" }), more), &elsewhere).url(), "http://127.0.0.1:9/x");
}

#[test]
fn an_address_that_makes_no_sense_is_not_sent_and_counts_as_failed() {
    let plain = |url: &str| scenario(json!({ "url": url }), json!({ "secrets": [] }));
    let words = acted(&plain("{{nonsense}}"), &mut |_| says(""));
    assert_eq!(words, ["unsent: \"ftp://x\" is no address", "Task failed: bad-request", "left"]);
    assert_eq!(
        refused(&plain("http://{{q}}/x"), &Inputs::default()),
        ["bad-address users[0].tasks[0].steps[0].request.url"]
    );
}

#[test]
fn json_bodies_keep_types() {
    let rows = [
        (json!({ "n": "{{n}}" }), r#"{"n":7}"#),
        (json!({ "n": "a {{n}}" }), r#"{"n":"a 7"}"#),
        (json!({ "n": "{{n | text}}" }), r#"{"n":"7"}"#),
        (json!({ "b": "{{on}}", "l": "{{list}}", "z": null, "f": 1.5 }), r#"{"b":true,"l":[1,"x"],"z":null,"f":1.5}"#),
        (json!(["{{q}}", ["{{n}}"]]), r#"["a b&c=d/é+1",[7]]"#),
        (json!({ "{{q}}": "{{text}}" }), r#"{"a b&c=d/é+1":"say \"hi\"\n"}"#),
        (json!({ "t": "<{{text}}> \"{{n}}\"" }), r#"{"t":"<say \"hi\"\n> \"7\""}"#),
        (json!("{{n}}"), "7"),
        (json!({ "literal": "{{\"{{\"}}n}}" }), r#"{"literal":"{{n}}"}"#),
        (json!({ "up": "{{q | upper}}" }), r#"{"up":"A B&C=D/É+1"}"#),
    ];
    for (json, wanted) in rows {
        let draft =
            sent(&scenario(json!({ "method": "post", "url": "/", "json": json.clone() }), json!({})), &inputs());
        assert_eq!((draft.method.as_str(), body(&draft)), ("POST", wanted), "{json}");
        assert_eq!(lines(&draft), ["content-type: application/json"]);
    }
}

#[test]
fn other_bodies_and_changes() {
    let rows = [
        (
            json!({ "form": { "q": "{{q}}", "a b": "1 2&3" } }),
            "q=a+b%26c%3Dd%2F%C3%A9%2B1&a+b=1+2%263",
            "application/x-www-form-urlencoded",
        ),
        (
            json!({ "text": "{{n}}: {{list}} {{q | base64}}" }),
            "7: [1,\"x\"] YSBiJmM9ZC/DqSsx",
            "text/plain; charset=utf-8",
        ),
        (json!({ "text": "{{text | trim | upper | url}}" }), "SAY%20%22HI%22", "text/plain; charset=utf-8"),
        (json!({ "text": "{{\" Ab \" | lower}}|{{\"{{\"}}" }), " ab |{{", "text/plain; charset=utf-8"),
        (json!({ "text": "x", "headers": { "Content-Type": "text/csv" } }), "x", "text/csv"),
    ];
    for (mut request, wanted, kind) in rows {
        super::merge(&mut request, json!({ "url": "/" }));
        let draft = sent(&scenario(request, json!({})), &inputs());
        assert_eq!(body(&draft), wanted);
        assert_eq!(lines(&draft)[0].split_once(": ").expect("a header").1, kind);
    }
}

#[test]
fn files_and_multipart_forms_go_out_byte_for_byte() {
    let bytes: std::sync::Arc<[u8]> = vec![0, 255, b'\r', b'\n'].into();
    let inputs = Inputs { files: [("pics/a.png".to_owned(), bytes.clone())].into(), ..inputs() };
    let draft = sent(&scenario(json!({ "url": "/", "file": "pics/a.png" }), json!({})), &inputs);
    assert_eq!(draft.body.as_deref(), Some(&bytes[..]));
    let parts = json!([
        { "name": "na\"me", "text": "{{q}}" },
        { "name": "pic", "file": "pics/a.png", "content_type": "image/png" },
        { "name": "doc", "text": "{}", "file_name": "d.json" },
    ]);
    let draft = sent(&scenario(json!({ "url": "/", "multipart": parts }), json!({})), &inputs);
    let boundary =
        lines(&draft)[0].strip_prefix("content-type: multipart/form-data; boundary=").expect("a boundary").to_owned();
    let mut wanted = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"na%22me\"\r\n\r\na b&c=d/é+1\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"pic\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n"
    )
    .into_bytes();
    wanted.extend_from_slice(&bytes);
    wanted.extend_from_slice(
        format!(
            "\r\n--{boundary}\r\ncontent-disposition: form-data; name=\"doc\"; filename=\"d.json\"\r\n\r\n{{}}\r\n--{boundary}--\r\n"
        )
        .as_bytes(),
    );
    assert_eq!(draft.body, Some(wanted));
    let missing = scenario(json!({ "url": "/", "multipart": [{ "name": "x", "file": "b.png" }] }), json!({}));
    assert_eq!(refused(&missing, &inputs), ["file-missing users[0].tasks[0].steps[0].request.multipart[0]"]);
}

#[test]
fn sign_in_and_headers_of_the_target_yield_to_the_requests() {
    let target = |more: Value| {
        let mut target = json!({ "name": "t", "url": "http://t.test" });
        super::merge(&mut target, more);
        json!({ "targets": [target] })
    };
    let basic = json!({ "basic": { "user": "anna", "password": "{{key}}" } });
    let key = |place: &str| json!({ "api_key": { place: "X-Key", "value": "{{key}}" } });
    let rows: [(Value, Value, &[&str], &str); 11] = [
        (json!({ "sign_in": basic }), json!({}), &["authorization: Basic YW5uYTpzMzpjcmV0"], "/"),
        (json!({ "sign_in": { "bearer": "{{key}}" } }), json!({}), &["authorization: Bearer s3:cret"], "/"),
        (json!({ "sign_in": key("header") }), json!({}), &["X-Key: s3:cret"], "/"),
        (json!({ "sign_in": key("query") }), json!({}), &[], "/?X-Key=s3:cret"),
        (json!({}), json!({ "sign_in": key("query") }), &[], "/?X-Key=s3:cret"),
        (json!({ "sign_in": { "off": true } }), json!({ "sign_in": key("header") }), &[], "/"),
        (
            json!({ "sign_in": { "bearer": "own" } }),
            json!({ "sign_in": key("header") }),
            &["authorization: Bearer own"],
            "/",
        ),
        (
            json!({ "headers": { "Accept": "b", "x-n": "{{n}}" } }),
            json!({ "headers": { "accept": "a", "x-t": "t" } }),
            &["Accept: b", "x-n: 7", "x-t: t"],
            "/",
        ),
        (
            json!({ "headers": { "Authorization": "own" } }),
            json!({ "sign_in": { "bearer": "t" } }),
            &["Authorization: own"],
            "/",
        ),
        (
            json!({ "headers": { "Authorization": "own" } }),
            json!({ "sign_in": key("header") }),
            &["Authorization: own", "X-Key: s3:cret"],
            "/",
        ),
        (
            json!({ "sign_in": { "bearer": "own" } }),
            json!({ "headers": { "authorization": "t" } }),
            &["authorization: Bearer own"],
            "/",
        ),
    ];
    for (mut request, of_target, wanted, path) in rows {
        super::merge(&mut request, json!({ "url": "/" }));
        let draft = sent(&scenario(request.clone(), target(of_target)), &inputs());
        assert_eq!((lines(&draft).as_slice(), draft.target.as_str()), (wanted, path), "{request}");
    }
}

#[test]
fn a_value_can_not_add_a_header() {
    let words = |value: &str| {
        let request = json!({ "url": "/", "headers": { "x-a": value, "x-b": "1" } });
        acted(&scenario(request, json!({ "secrets": [] })), &mut |_| says(""))
    };
    assert_eq!(words("{{text}}")[0], "unsent: a value with a line break can't stand in a header");
    assert_eq!(words("{{text | trim}} {{q}}")[0], "GET /");
    let request = json!({ "url": "/", "headers": { "x-a": "a\r\nx-b: c", "no good": "x" } });
    let place = "users[0].tasks[0].steps[0].request.headers";
    let codes = refused(&scenario(request, json!({ "secrets": [] })), &Inputs::default());
    assert_eq!(codes, [format!("bad-header {place}"), format!("bad-header {place}")]);
}

#[test]
fn what_a_request_says_about_its_sending_is_kept() {
    let request = json!({
        "url": "/", "redirects": false, "time_limit": "2s", "compressed": false, "http": "2",
        "save": [{ "name": "x", "header": "x" }],
    });
    let draft = sent(&scenario(request, json!({})), &inputs());
    assert_eq!((draft.redirects, draft.time_limit.us(), draft.compressed), (0, 2_000_000, false));
    assert_eq!((draft.version, draft.body_wanted, draft.body), (crate::traffic::HttpVersion::Http2, false, None));
    let plain = sent(&one_task(json!([get("/")]), json!({})), &inputs());
    assert_eq!((plain.redirects, plain.time_limit.us(), plain.compressed), (10, 30_000_000, true));
    let wanting = sent(&scenario(json!({ "url": "/", "check": [{ "contains": "x" }] }), json!({})), &inputs());
    assert!(wanting.body_wanted);
}

#[test]
fn hosts_and_secrets_are_known_before_the_run() {
    let steps = json!([get("/a"), get("https://pics.test/b"), get("http://t.test:81/c"), get("/d")]);
    let plan = compiled(&one_task(steps, json!({ "secrets": ["key"] })), &inputs());
    let hosts: Vec<String> = plan.hosts.iter().map(|(host, port)| format!("{host}:{port}")).collect();
    assert_eq!(hosts, ["t.test:80", "pics.test:443", "t.test:81"]);
    assert_eq!(plan.secrets, ["s3:cret"]);
    let without = scenario(json!({ "url": "/", "sign_in": { "bearer": "{{key}}" } }), json!({}));
    assert_eq!(refused(&without, &Inputs::default()), ["secret-missing users[0].tasks[0].steps[0].request.sign_in"]);
}

#[test]
fn a_plan_has_no_more_names_than_a_result_can_hold() {
    // One name is the task's.
    let names = |count: usize| -> Value { (0..count).map(|at| get(&format!("/page-{at}"))).collect() };
    let most = crate::stats::MOST_NAMES - 1;
    assert_eq!(compiled(&one_task(names(most), json!({})), &Inputs::default()).names.len(), most + 1);
    let place = format!("too-many-names users[0].tasks[0].steps[{most}].request");
    assert_eq!(refused(&one_task(names(most + 3), json!({})), &Inputs::default()), [place]);
}

#[test]
fn a_targets_sign_in_and_headers_go_to_its_own_origin_only() {
    let target = json!({ "targets": [{ "name": "t", "url": "http://t.test:81", "headers": { "X-Int": "1" }, "sign_in": { "bearer": "k" } }] });
    for (url, own) in [
        ("/x", true),
        ("http://t.test:81/x", true),
        ("http://t.test:82/x", false),
        ("https://t.test:81/x", false),
        ("http://other.test:81/x", false),
    ] {
        let draft = sent(&scenario(json!({ "url": url }), target.clone()), &inputs());
        let sent = lines(&draft).join("\n").to_lowercase();
        assert_eq!((sent.contains("bearer k"), sent.contains("x-int")), (own, own), "{url}: {sent}");
    }
}

#[test]
fn unique_rows_are_never_used_twice_even_by_chance() {
    let data = json!([{ "name": "p", "columns": ["n"], "rows": [["1"], ["2"], ["3"], ["4"]],
        "each_person": "random_row", "when_rows_run_out": "person_stops", "unique": true }]);
    let user = json!({ "leaves_after": 9 });
    let words = acted(&one_task(json!([get("/{{p.n}}")]), json!({ "data": data, "user": user })), &mut |_| says(""));
    let mut used: Vec<&String> = words.iter().filter(|word| word.starts_with("GET ")).collect();
    used.sort();
    assert_eq!(used, ["GET /1", "GET /2", "GET /3", "GET /4"], "{words:?}");
}
