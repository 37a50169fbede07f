#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario::{Body, PartContent, Request, SignIn};

use super::read;

/// A request in one line: method, address, query, headers, sign-in, body.
fn shown(request: &Request) -> String {
    let pairs =
        |pairs: &[(String, String)]| pairs.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("&");
    let mut out = format!("{} {}", request.method, request.url);
    if !request.query.0.is_empty() {
        out += &format!(" ?{}", pairs(&request.query.0));
    }
    if !request.headers.0.is_empty() {
        out += &format!(" [{}]", pairs(&request.headers.0));
    }
    match &request.sign_in {
        Some(SignIn::Basic(basic)) => out += &format!(" basic {}:{}", basic.user, basic.password),
        Some(SignIn::Bearer(token)) => out += &format!(" bearer {token}"),
        _ => {}
    }
    out + &match &request.body {
        Body::Json(value) => format!(" json {value}"),
        Body::Form(fields) => format!(" form {}", pairs(&fields.0)),
        Body::Text(text) => format!(" text {text:?}"),
        Body::File(path) => format!(" file {path}"),
        Body::Multipart(parts) => {
            let part = |part: &tidemark_core::scenario::FormPart| match &part.content {
                PartContent::Text(text) => format!("{}={text}", part.name),
                PartContent::File(path) => format!("{}=@{path} {} {}", part.name, part.content_type, part.file_name),
                PartContent::Nothing => part.name.clone(),
            };
            format!(" parts {}", parts.iter().map(part).collect::<Vec<_>>().join("&"))
        }
        Body::Nothing => String::new(),
    }
}

fn check(text: &str, target: &str, wanted: &str) {
    let pasted = read(text).unwrap_or_else(|reason| panic!("{text}: {reason}"));
    assert_eq!(pasted.target, target, "{text}");
    let steps = pasted.into_steps();
    let requests: Vec<String> = steps
        .iter()
        .map(|step| match &step.act {
            tidemark_core::scenario::Act::Request(request) => shown(request),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(requests.join(" | "), wanted, "{text}");
}

#[test]
fn addresses_become_requests() {
    for (text, target, wanted) in [
        ("https://shop.test/products?page=1&q=a+b", "https://shop.test", "GET /products ?page=1&q=a b"),
        ("http://localhost:3000", "http://localhost:3000", "GET /"),
        ("localhost:3000/cart#top", "http://localhost:3000", "GET /cart"),
        ("Shop.Test/Products", "https://shop.test", "GET /Products"),
        ("https://shop.test/p/${id}?t={{token}}", "https://shop.test", "GET /p/{{id}} ?t={{token}}"),
    ] {
        check(text, target, wanted);
    }
    for bad in ["", "hello", "hello world", "/products", "ftp://shop.test", "1.5", "curl", "curl -X POST"] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn curl_commands_become_requests() {
    let shop = "https://shop.test";
    for (text, wanted) in [
        ("curl https://shop.test/a", "GET /a"),
        ("$ curl -sSL 'https://shop.test/a?x=1'", "GET /a ?x=1"),
        ("curl -XDELETE https://shop.test/a", "DELETE /a"),
        ("curl --request=PUT --url https://shop.test/a", "PUT /a"),
        (
            "curl https://shop.test/a -H 'Accept: text/html' -H \"X-Id: \\\"7\\\"\"",
            "GET /a [Accept=text/html&X-Id=\"7\"]",
        ),
        (
            "curl 'https://shop.test/login' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{\"a\":1}' \\\n  --compressed",
            "POST /login json {\"a\":1}",
        ),
        ("curl https://shop.test/f -d a=1 -d 'b=x%20y+z'", "POST /f form a=1&b=x y z"),
        ("curl https://shop.test/f --data-urlencode 'q=a & b=c'", "POST /f form q=a & b=c"),
        ("curl -G https://shop.test/s -d q=tea -d n=5", "GET /s ?q=tea&n=5"),
        ("curl -u ada:tide https://shop.test/me", "GET /me basic ada:tide"),
        ("curl -H 'Authorization: Bearer abc' https://shop.test/me", "GET /me bearer abc"),
        (
            "curl -F 'name=Ada' -F 'pic=@a.png;type=image/png' https://shop.test/up",
            "POST /up parts name=Ada&pic=@a.png image/png ",
        ),
        ("curl --json '{\"n\": [1, 2]}' https://shop.test/j", "POST /j json {\"n\":[1,2]}"),
        ("curl -d @body.json https://shop.test/j", "POST /j file body.json"),
        ("curl -I https://shop.test/", "HEAD /"),
        ("curl https://shop.test/ -b 'a=1; b=2' -A 'Me/1'", "GET / [Cookie=a=1; b=2&User-Agent=Me/1]"),
        (
            "curl 'https://shop.test/t' --data-raw $'it\\'s \\u00e9\\n\\x21' -H 'content-type: text/plain'",
            "POST /t [content-type=text/plain] text \"it's é\\n!\"",
        ),
        (
            "curl ^\"https://shop.test/w?a=1^&b=2^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
            "POST /w ?a=1&b=2 [accept=*/*] json {\"a\":1}",
        ),
        (
            "curl \"https://shop.test/w\" ^\r\n  -H \"accept: */*\" ^\r\n  --data-raw \"{\\\"a\\\":2}\"",
            "POST /w [accept=*/*] json {\"a\":2}",
        ),
        ("curl https://shop.test/a && curl https://shop.test/b", "GET /a | GET /b"),
        ("curl https://shop.test/a | jq .", "GET /a"),
        ("curl shop.test -o out.html --retry 3", "GET /"),
        (
            "curl https://shop.test/big -d '{\"n\": 12345678901234567890123}'",
            "POST /big [Content-Type=application/x-www-form-urlencoded] text \"{\\\"n\\\": 12345678901234567890123}\"",
        ),
    ] {
        let target = if text.contains("curl shop.test") { "https://shop.test" } else { shop };
        check(text, target, wanted);
    }
}

#[test]
fn nothing_is_left_aside_silently() {
    let pasted = read("curl -k --proxy http://p:1 --frobnicate https://shop.test/ -H 'A: 1' -d '{\"a\":1}'").unwrap();
    assert_eq!(pasted.unknown, ["--frobnicate", "--proxy http://p:1", "-k"]);
    assert_eq!(
        pasted.summary(),
        "Recognised: POST to shop.test, 1 header, JSON body. Left aside: --frobnicate, --proxy http://p:1, -k."
    );
}

#[test]
fn no_text_breaks_the_reader() {
    let mut dice = crate::doc::tests::random_dice(5);
    let pieces = [
        "curl ",
        "'",
        "\"",
        "$'",
        "\\",
        "\n",
        "^",
        "-H",
        " ",
        "https://a.b/c",
        "\\x",
        "\\u12",
        "-d",
        "@",
        "=",
        "é",
        "${",
        "}",
    ];
    for _ in 0..5_000 {
        let text: String = (0..dice.below(14)).map(|_| pieces[dice.below(pieces.len() as u64) as usize]).collect();
        let _ = read(&text);
        let _ = read(&format!("curl {text}"));
    }
}
