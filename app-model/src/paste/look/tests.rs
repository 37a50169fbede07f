#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn each_kind_of_text_is_known_by_what_stands_in_it() {
    let steps = r#"{"format":1,"groups":[{"name":"Copied steps","steps":[{"note":"a"},{"note":"b"}]}]}"#;
    let postman = r#"{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item":[{"name":"f","item":[{"request":{}},{"request":{}}]},{"request":{}}]}"#;
    for (text, wanted) in [
        ("  \n", Seen::Nothing),
        ("\u{feff}", Seen::Nothing),
        (steps, Seen::Steps(2)),
        (r#"{"log":{"version":"1.2","entries":[{},{},{}]}}"#, Seen::Other(Tool::Har, Some(3))),
        (
            r#"{"openapi":"3.1.0","paths":{"/a":{"get":{},"post":{},"summary":""},"/b":{"delete":{}}}}"#,
            Seen::Other(Tool::OpenApi, Some(3)),
        ),
        ("openapi: 3.0.3\ninfo:\n  title: Shop\n", Seen::Other(Tool::OpenApi, None)),
        (postman, Seen::Other(Tool::Postman, Some(3))),
        ("<?xml version=\"1.0\"?>\n<jmeterTestPlan version=\"1.2\">", Seen::Other(Tool::Jmeter, None)),
        ("import os\nfrom locust import HttpUser, task\n", Seen::Other(Tool::Locust, None)),
        ("import http from 'k6/http';\n", Seen::Other(Tool::K6, None)),
        (r#"{"format":99,"name":"Later"}"#, Seen::Newer(99)),
        (r#"{"a":1}"#, Seen::Unknown(crate::text::paste::OTHER_JSON.to_owned())),
        ("[1,2]", Seen::Unknown(crate::text::paste::OTHER_JSON.to_owned())),
        ("hello there", Seen::Unknown(crate::text::paste::NOT_KNOWN.to_owned())),
    ] {
        assert_eq!(look(text), wanted, "{text}");
    }
    assert!(matches!(look("{\"format\":1,\n oops}"), Seen::Damaged(at) if at.starts_with("line 2")));
    assert!(matches!(look("curl http://127.0.0.1:1/x"), Seen::Requests(pasted) if pasted.requests.len() == 1));
    assert!(matches!(look("shop.test/cart"), Seen::Requests(pasted) if !pasted.is_command));
    let shop = tidemark_core::scenario::write(&crate::doc::tests::shop());
    assert!(matches!(look(&shop), Seen::Test(whole) if whole.users > 0 && whole.tasks > 1 && whole.requests > 3));
}

#[test]
fn what_cannot_come_in_is_counted_and_the_others_come() {
    let text = "curl http://a.test/1 -H 'x: y'; curl -s; curl --proxy p:1 http://b.test/2";
    let Seen::Requests(pasted) = look(text) else { panic!("requests") };
    assert_eq!((pasted.requests.len(), pasted.odd, pasted.left_out.len()), (2, 1, 1));
    assert_eq!(crate::text::paste::counts(1, 1, 1), "1 comes in as it is, 1 needs a look, 1 is left out.");
}
