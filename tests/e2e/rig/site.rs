//! A file server like any other, below a path, with the headers that docs/static-site.md asks for. Must not know what it
//! serves.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tidemark_tests::program;

use super::app::pages;

/// The server, as long as its runtime lives.
pub struct Site {
    port: u16,
    /// The files of parts that come after the first screen are gone.
    parts_gone: Arc<AtomicBool>,
}

impl Site {
    /// Starts it at a free port.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let policy = policy();
        let parts_gone = Arc::new(AtomicBool::new(false));
        let gone = parts_gone.clone();
        let answer = move |file: String| {
            let (policy, gone) = (policy.clone(), gone.load(Ordering::SeqCst) && is_part(&file));
            async move { if gone { StatusCode::NOT_FOUND.into_response() } else { answer(pages(), &file, &policy) } }
        };
        let start = answer.clone();
        let files = Router::new()
            .route("/tools/load/", get(move || start("index.html".to_owned())))
            .route("/tools/load/{*file}", get(move |Path(file): Path<String>| answer(file)));
        tokio::spawn(async move { axum::serve(listener, files).await });
        Self { port, parts_gone }
    }

    /// Loses the files of the parts with screens that come after the first one, or has them again.
    pub fn lose_parts(&self, gone: bool) {
        self.parts_gone.store(gone, Ordering::SeqCst);
    }

    /// Whether the editor was built in parts; one for debugging is one file.
    pub fn has_parts() -> bool {
        let files = std::fs::read_dir(pages()).expect("the editor is built");
        files.flatten().any(|file| is_part(&file.file_name().to_string_lossy()))
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/tools/load/", self.port)
    }
}

fn is_part(file: &str) -> bool {
    ["split_work", "split_look"].iter().any(|part| file.starts_with(part))
}

fn answer(folder: PathBuf, file: &str, policy: &str) -> Response {
    let Ok(bytes) = std::fs::read(folder.join(file)) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match file.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, policy)], bytes).into_response()
}

/// The policy, as the page about static sites has it.
fn policy() -> String {
    let page = std::fs::read_to_string(program::top().join("docs/static-site.md")).expect("the page is there");
    let (_, after) = page.split_once("This policy is enough: `").expect("it names a policy");
    let (policy, _) = after.split_once('`').expect("the policy ends");
    policy.split_whitespace().collect::<Vec<_>>().join(" ")
}
