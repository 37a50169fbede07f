//! Who may use the served app.

use serde_json::json;
use tidemark_core::wire::Code;

use super::rig::{App, READY};

type Headers<'a> = Vec<(&'a str, &'a str)>;

/// One request that is wrong in one way, on the side of the app's pages and of its commands.
#[tokio::test]
async fn only_its_own_pages_with_a_key_may_use_it() {
    let app = App::open().await;
    let (host, cookie) = (app.authority.clone(), app.cookie.clone());
    let own = format!("http://{host}");
    let port = host.rsplit(':').next().unwrap();
    let localhost = format!("localhost:{port}");
    let (local_origin, other_port) = (format!("http://{localhost}"), "http://127.0.0.1:1".to_owned());
    let rows: [(&str, Headers, u16); 12] = [
        ("as it should be", vec![("host", &host), ("origin", &own), ("cookie", &cookie)], 200),
        ("not a browser", vec![("host", &host), ("cookie", &cookie)], 200),
        ("another name", vec![("host", &localhost), ("origin", &local_origin), ("cookie", &cookie)], 200),
        ("a foreign host", vec![("host", "evil.test"), ("cookie", &cookie)], 403),
        ("a foreign host with the port", vec![("host", "evil.test:8089"), ("cookie", &cookie)], 403),
        ("no host", vec![("cookie", &cookie)], 403),
        ("a foreign page", vec![("host", &host), ("origin", "http://evil.test"), ("cookie", &cookie)], 403),
        ("a page of a sandbox", vec![("host", &host), ("origin", "null"), ("cookie", &cookie)], 403),
        ("a page of another port", vec![("host", &host), ("origin", &other_port), ("cookie", &cookie)], 403),
        ("another site", vec![("host", &host), ("sec-fetch-site", "cross-site"), ("cookie", &cookie)], 403),
        ("no cookie", vec![("host", &host), ("origin", &own)], 403),
        ("a made-up cookie", vec![("host", &host), ("origin", &own), ("cookie", "tidemark=1; tidemark-1=1")], 403),
    ];
    for (what, mut headers, status) in rows {
        headers.push(("content-type", "application/json"));
        let answer = app.raw("POST /api/call/app.hello", &headers, b"{}").await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        if status == 403 {
            assert_eq!(answer.failure().code, Code::Refused, "{what}");
            assert!(answer.failure().hint.contains("printed in the terminal"), "{what}");
        }
    }
}

#[tokio::test]
async fn the_printed_address_lets_one_browser_in() {
    let app = App::open().await;
    let printed = format!("/?key={}", app.key);
    // The same browser, which has its cookie, may use it again; another one may not.
    assert_eq!(app.send("GET", &printed, &[], b"").await.status, 303);
    let other = app.raw(&format!("GET {printed}"), &[("host", &app.authority)], b"").await;
    assert_eq!((other.status, other.header("set-cookie")), (403, ""));
    assert!(other.text().contains("works once"), "{}", other.text());
    let nobody = app.raw("GET /", &[("host", &app.authority)], b"").await;
    assert_eq!(nobody.status, 403);
    assert!(nobody.text().contains("Open the address printed in the terminal"), "{}", nobody.text());
    assert!(nobody.header("content-security-policy").contains("frame-ancestors 'none'"));
}

#[tokio::test]
async fn a_browser_that_looks_ahead_or_guesses_does_not_use_the_key_up() {
    let app = App::closed(tempfile::tempdir().unwrap(), &[]);
    let printed = format!("GET /?key={}", app.key);
    let ahead = [("host", app.authority.as_str()), ("sec-purpose", "prefetch;prerender")];
    assert_eq!(app.raw(&printed, &ahead, b"").await.status, 403);
    let host = [("host", app.authority.as_str())];
    for wrong in ["GET /?key=", "GET /?key=00000000000000000000000000000000"] {
        assert_eq!(app.raw(wrong, &host, b"").await.status, 403, "{wrong}");
    }
    assert_eq!(app.raw(&printed, &host, b"").await.status, 303);
}

#[tokio::test]
async fn a_form_of_another_page_is_no_command() {
    let app = App::open().await;
    let answer = app.send("POST", "/api/call/app.hello", &[("content-type", "text/plain")], b"{}").await;
    assert_eq!((answer.status, answer.failure().code), (400, Code::Invalid));
    assert_eq!(app.done("app.hello", json!({})).await["capabilities"]["chosen_paths"], json!(false));
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_told() {
    let folder = tempfile::tempdir().expect(READY);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect(READY);
    let port = taken.local_addr().expect(READY).port().to_string();
    let mut command = std::process::Command::new(tidemark_tests::program::tidemark());
    command.args(["serve", "--no-open", "--port", &port, "--folder"]).arg(folder.path());
    let said = command.output().expect(READY);
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.code() == Some(2) && text.contains("the port is taken") && text.contains("--port"), "{text}");
}
