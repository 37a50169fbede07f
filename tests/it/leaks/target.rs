//! A target that fails and gives back all that it was sent, and the secrets in every form besides.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::net::TcpListener;

use super::forms::{KEY, PASSWORD, forms};

/// Opens it; it closes with the test. Gives its address.
pub async fn open() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it listens");
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    format!("http://{address}")
}

async fn answer(request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let to = match parts.uri.path() {
        "/redirect" => Some(format!("/landed?{query}")),
        "/loop" => Some(format!("/loop?{query}")),
        _ => None,
    };
    if let Some(to) = to {
        let moved = Response::builder().status(StatusCode::FOUND).header(header::LOCATION, to);
        return moved.body(Body::from(echo(&parts.headers, &query, b""))).expect("an answer");
    }
    if let Some(page) = metrics(&parts) {
        return page;
    }
    let sent = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let mut answer = Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &parts.headers {
        if name.as_str().starts_with("x-") || name == header::AUTHORIZATION {
            answer = answer.header(format!("echo-{name}"), value);
        }
    }
    let cookie = format!("session={}; Path=/", forms(KEY)[3]);
    let answer = answer.header(header::SET_COOKIE, cookie).header("X-Query", query.as_str());
    answer.body(Body::from(echo(&parts.headers, &query, &sent))).expect("an answer")
}

/// Pages of metrics for those who sign in. The secrets stand in the names of their series.
fn metrics(parts: &Parts) -> Option<Response<Body>> {
    let wanted = match parts.uri.path() {
        "/metrics" => format!("Bearer {KEY}"),
        "/basic" => format!("Basic {}", STANDARD.encode(format!("ada:{PASSWORD}"))),
        _ => return None,
    };
    let known = parts.headers.get(header::AUTHORIZATION).is_some_and(|sent| sent.as_bytes() == wanted.as_bytes());
    let label = |secret: &str| secret.replace('\\', "\\\\").replace('"', "\\\"");
    let page = format!("queue{{key=\"{}\",password=\"{}\"}} 3\n", label(KEY), label(PASSWORD));
    let status = if known { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
    Some(Response::builder().status(status).body(Body::from(page)).expect("an answer"))
}

/// What was sent, and both secrets in every form.
fn echo(headers: &HeaderMap, query: &str, sent: &[u8]) -> String {
    let all: Vec<String> = [KEY, PASSWORD].into_iter().flat_map(forms).collect();
    let escaped = serde_json::to_string(KEY).expect("text is JSON");
    let key = if headers.contains_key("x-key") { escaped.as_str() } else { "null" };
    let forms = serde_json::to_string(&all.join(" | ")).expect("text is JSON");
    let sent = serde_json::to_string(&String::from_utf8_lossy(sent)).expect("text is JSON");
    let query = serde_json::to_string(query).expect("text is JSON");
    // The forms also stand outside of JSON, as a page would hold them.
    format!("{{\"key\": {key}, \"query\": {query}, \"sent\": {sent}, \"forms\": {forms}}}\n{}", all.join("\n"))
}
