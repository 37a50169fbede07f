//! The app's pages as a browser gets them.

use super::rig::{App, READY};

const WASM: &str = "app-0a1b2c3d4e5f.wasm";

async fn app() -> App {
    let folder = tempfile::tempdir().expect(READY);
    let ui = folder.path().join("ui");
    std::fs::create_dir(&ui).expect(READY);
    for (name, text) in [
        ("index.html", "<head></head><p>Tidemark"),
        ("index.html.br", "small"),
        (WASM, "\0asm, whole"),
        (&format!("{WASM}.br"), "small"),
    ] {
        std::fs::write(ui.join(name), text).expect(READY);
    }
    let ui = ui.display().to_string();
    App::with(folder, &["--ui", &ui]).await
}

#[tokio::test]
async fn pages_come_small_once_and_with_the_right_kind() {
    let app = app().await;
    let index = app.send("GET", "/", &[], b"").await;
    // The page is told that a program serves it.
    let marked = "<head><meta name=\"tidemark-served\" content=\"\">\n</head><p>Tidemark";
    assert_eq!((index.status, index.text().as_str()), (200, marked));
    let small = app.send("GET", "/", &[("accept-encoding", "br")], b"").await;
    assert_eq!(small.text(), marked);
    assert_eq!(index.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(index.header("cache-control"), "no-cache");
    let again = app.send("GET", "/", &[("if-none-match", index.header("etag"))], b"").await;
    assert_eq!((again.status, again.body.len()), (304, 0));

    let path = format!("/{WASM}");
    let whole = app.send("GET", &path, &[], b"").await;
    assert_eq!((whole.text().as_str(), whole.header("content-encoding")), ("\0asm, whole", ""));
    let small = app.send("GET", &path, &[("accept-encoding", "gzip, br")], b"").await;
    assert_eq!((small.text().as_str(), small.header("content-encoding")), ("small", "br"));
    for answer in [&whole, &small] {
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!((answer.header("vary"), answer.header("x-content-type-options")), ("accept-encoding", "nosniff"));
    }
    assert_ne!(whole.header("etag"), small.header("etag"));
}

#[tokio::test]
async fn what_is_not_there_or_elsewhere_is_not_found() {
    let app = app().await;
    for path in ["/nothing.js", "/../app/settings.json", "/%2e%2e/config", "/api/nothing"] {
        assert_eq!(app.send("GET", path, &[], b"").await.status, 404, "{path}");
    }
    let policy = app.send("GET", "/", &[], b"").await.header("content-security-policy").to_owned();
    for part in
        ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "form-action 'none'"]
    {
        assert!(policy.contains(part), "{policy}");
    }
}
