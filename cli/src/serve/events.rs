//! What happens, told to a page as server-sent events. Each has its mark as its id, so a page that lost the line goes on
//! where it was. Must not know what the events are about.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream, StreamExt};
use serde_json::Value;
use tidemark_core::wire::Mark;
use tidemark_host::Subscription;
use tokio::sync::watch;

use super::http::App;

/// A line on which nothing was said for so long gets a beat, so that nobody takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

/// The name of a beat; the page listens for it.
const BEAT: &str = "beat";

/// A page that lost the line comes back after this.
const COME_BACK: Duration = Duration::from_millis(500);

/// `GET /api/events`: from now on, or from the mark in `Last-Event-ID` or `?after=`. The header wins: a browser sends it
/// when it comes back, and the address is still the old one then.
pub async fn events(
    State(app): State<App>,
    Query(query): Query<Value>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let after = last.or_else(|| query["after"].as_str().map(str::to_owned)).filter(|mark| !mark.is_empty());
    // A mark that makes no sense is one of another instance: whoever has it must read everything again.
    let since = after.map(|mark| mark.parse().unwrap_or(Mark { instance: String::new(), number: 0 }));
    let heard = app.host.subscribe(since.as_ref());
    // An id without data is remembered by the browser and shown to nobody: so a page that loses the line before anything
    // happened misses nothing either.
    let first = Event::default().id(since.unwrap_or_else(|| heard.mark()).to_string()).retry(COME_BACK);
    let rest = stream::unfold((heard, app.closing), next);
    // A comment would keep the line, too, but pages don't hear comments.
    let beat = Event::default().event(BEAT).data("\u{2026}");
    Sse::new(stream::iter([Ok(first)]).chain(rest)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE).event(beat))
}

/// A page and whether it is to be told nothing more.
type Line = (Subscription, watch::Receiver<bool>);

async fn next((mut heard, mut closing): Line) -> Option<(Result<Event, Infallible>, Line)> {
    // What has happened is told before the line is closed.
    let told = tokio::select! {
        biased;
        told = heard.next() => told,
        _ = closing.wait_for(|closing| *closing) => return None,
    };
    let event = Event::default().id(heard.mark().to_string());
    // Events are plain data; one that is not would be a gap in the numbers, which a page notices.
    let data = serde_json::to_string(told.as_ref()).unwrap_or_default();
    Some((Ok(event.data(data)), (heard, closing)))
}
