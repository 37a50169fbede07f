//! The host's one door as HTTP: names and JSON in and out, result files as they are, the app's pages. Must not know what a
//! command does.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::{self, Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use http_body_util::LengthLimitError;
use serde::Serialize;
use serde_json::Value;
use tidemark_core::units::plain_bytes;
use tidemark_host::{Code, Failure, Host, LARGEST_RESULT};
use tokio::sync::watch;

use super::access::{self, Access};
use super::assets::Assets;
use super::events;

/// The most that a command may have, in bytes. Scenarios may hold data tables.
const LARGEST_CALL: u64 = 96 << 20;

/// What a browser may do with the app's pages: nothing from elsewhere, nothing to elsewhere, in no frame.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
    form-action 'none'";

/// On every answer.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What the answers come from.
#[derive(Clone)]
pub struct App {
    /// The app without a window.
    pub host: Host,
    /// Its pages.
    pub assets: Arc<Assets>,
    /// Who may use it.
    pub access: Arc<Access>,
    /// Becomes true when the app is to be served no more.
    pub closing: watch::Receiver<bool>,
}

/// All addresses of the app.
pub fn router(app: App) -> Router {
    let guard = middleware::from_fn_with_state(app.access.clone(), access::guard);
    Router::new()
        .route("/api/call/{name}", post(call))
        .route("/api/events", get(events::events))
        .route("/api/result/{file}", get(read_result).put(import_result))
        .route("/api/{*rest}", any(nothing))
        .fallback(page)
        .method_not_allowed_fallback(nothing)
        .layer(guard)
        .layer(middleware::map_response(with_headers))
        .with_state(app)
}

async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// `POST /api/call/{name}`: a command.
async fn call(State(app): State<App>, Path(name): Path<String>, request: Request<Body>) -> Response {
    match asked(&name, request).await {
        Ok(body) => answered(app.host.call(&name, body).await),
        Err(failure) => failed(&failure),
    }
}

/// The body of a command; none at all is as good as an empty one.
async fn asked(name: &str, request: Request<Body>) -> Result<Value, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    // A form on a page from elsewhere can't send this kind without asking first.
    let is_json = kind.is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == "application/json");
    let large = || {
        let message = format!("\"{name}\" was asked for with more than {}.", plain_bytes(LARGEST_CALL));
        Failure::new(Code::Invalid, message, "Put large data tables into files.")
    };
    let bytes = bounded(request, LARGEST_CALL, large).await?;
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    let nonsense = |why: String| {
        let message = format!("\"{name}\" was asked for in a way that makes no sense: {why}.");
        Failure::new(Code::Invalid, message, "Maybe the page is older than the program. Load it again.")
    };
    if !is_json {
        return Err(nonsense("it is not application/json".to_owned()));
    }
    serde_json::from_slice(&bytes).map_err(|error| nonsense(error.to_string()))
}

/// A body of at most `most` bytes. One that says that it is larger is not read at all.
async fn bounded(request: Request<Body>, most: u64, large: impl Fn() -> Failure) -> Result<Bytes, Failure> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > most) {
        return Err(large());
    }
    let read = body::to_bytes(request.into_body(), usize::try_from(most).unwrap_or(usize::MAX)).await;
    read.map_err(|error| match error.source().is_some_and(|source| source.is::<LengthLimitError>()) {
        true => large(),
        false => Failure::new(Code::Io, "The request broke off.", "Try it again."),
    })
}

/// `GET /api/result/{file}`: the bytes of a result.
async fn read_result(State(app): State<App>, Path(file): Path<String>) -> Response {
    match app.host.read_result(file).await {
        Ok(bytes) => {
            let kind =
                [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, "attachment")];
            (kind, bytes).into_response()
        }
        Err(failure) => failed(&failure),
    }
}

/// `PUT /api/result/{name}`: a result from elsewhere.
async fn import_result(State(app): State<App>, Path(name): Path<String>, request: Request<Body>) -> Response {
    match bounded(request, LARGEST_RESULT, || tidemark_host::too_large(&name)).await {
        Ok(bytes) => answered(app.host.import_result(name, bytes.into()).await),
        Err(failure) => failed(&failure),
    }
}

/// What is no file of the app's pages.
async fn page(State(app): State<App>, uri: axum::http::Uri, headers: HeaderMap) -> Response {
    let (assets, path) = (app.assets.clone(), uri.path().to_owned());
    let answer = tokio::task::spawn_blocking(move || assets.answer(&path, &headers)).await;
    answer.unwrap_or_else(|_| nothing_there())
}

async fn nothing() -> Response {
    nothing_there()
}

fn nothing_there() -> Response {
    failed(&Failure::new(Code::NotFound, "There is nothing at this address.", "Load the page again."))
}

fn answered(reply: Result<impl Serialize, Failure>) -> Response {
    match reply {
        Ok(reply) => axum::Json(reply).into_response(),
        Err(failure) => failed(&failure),
    }
}

/// A failure as JSON. The status is for whoever looks at the network; the body decides.
pub fn failed(failure: &Failure) -> Response {
    let status = match failure.code {
        Code::Invalid => StatusCode::BAD_REQUEST,
        Code::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Unsupported => StatusCode::NOT_IMPLEMENTED,
        Code::Busy | Code::Conflict => StatusCode::CONFLICT,
        Code::Refused => StatusCode::FORBIDDEN,
        Code::Unreachable => StatusCode::BAD_GATEWAY,
        Code::Io | Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, axum::Json(failure)).into_response()
}

#[cfg(test)]
mod tests;
