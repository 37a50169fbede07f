//! One set of steps through every way of sending: own HTTP/1.1, HTTP/2, and a proxy. What the server is asked, what is
//! counted, what goes wrong and what is saved must be the same; only bytes and times may differ.

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::HeaderMap;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tidemark_core::plan::Inputs;
use tidemark_engine::run::Ended;
use tidemark_tests::drive::{Driven, drive, plan};
use tokio::net::{TcpListener, TcpStream};

type Body = BoxBody<Bytes, std::io::Error>;
/// Method, address, header lines and body of each request.
type Log = Arc<Mutex<Vec<String>>>;

/// So many rounds of all steps.
const ROUNDS: u64 = 4;

const STEPS: &str = r#"[
    { "request": { "name": "Plain", "url": "/plain", "query": { "q": "a b&c" }, "headers": { "X-Own": "1" },
        "check": [{ "status": 200 }, { "json": "$.tags[1]", "is": "equal", "to": "b" }, { "header": "x-kind", "is": "equal", "to": "plain" }],
        "save": [{ "name": "id", "json": "$.id" }, { "name": "all", "json": "$..tags[*]", "pick": "all" },
                 { "name": "kind", "header": "X-Kind" }, { "name": "sid", "cookie": "sid" }] } },
    { "request": { "name": "Echo", "method": "POST", "url": "/echo/{{id}}",
        "json": { "id": "{{id}}", "all": "{{all}}", "kind": "{{kind}}", "sid": "{{sid}}" },
        "check": [{ "json": "$.all", "is": "length_equal", "to": 2 }] } },
    { "request": { "name": "Form", "method": "PUT", "url": "/echo", "form": { "a": "1", "b": "é" }, "check": [{ "contains": "a=1" }] } },
    { "request": { "name": "Pieces", "url": "/pieces", "save": [{ "name": "part", "between": ["<b>", "</b>"] }],
        "check": [{ "size": { "at_least": "300kB", "at_most": "300kB" } }] } },
    { "request": { "name": "Packed", "url": "/packed", "check": [{ "json": "$.packed", "is": "equal", "to": true }] } },
    { "request": { "name": "Badly packed", "url": "/badly-packed", "check": [{ "contains": "x" }] } },
    { "request": { "name": "Moved", "method": "POST", "url": "/moved", "text": "x", "check": [{ "equals": "landed" }] } },
    { "request": { "name": "Not followed", "url": "/moved", "redirects": false, "check": [{ "status": 302 }] } },
    { "request": { "name": "Around", "url": "/around", "redirects": 3 } },
    { "request": { "name": "Nothing", "method": "DELETE", "url": "/nothing" } },
    { "request": { "name": "Same", "url": "/same", "headers": { "If-None-Match": "x" }, "check": [{ "status": 304 }] } },
    { "request": { "name": "Head", "method": "HEAD", "url": "/plain" } },
    { "request": { "name": "Crowded", "url": "/crowded" } },
    { "request": { "name": "Wrong", "url": "/plain", "check": [{ "contains": "no such thing" }] } },
    { "request": { "name": "Missing", "url": "/plain", "save": [{ "name": "never", "json": "$.never" }] } },
    { "request": { "name": "Unbuilt", "url": "/echo/{{never}}" } },
    { "request": { "name": "Cut", "url": "/cut", "check": [{ "contains": "x" }] } },
    { "request": { "name": "Silent", "url": "/silent", "time_limit": "150ms" } },
    { "parallel": { "at_once": 3, "steps": [
        { "request": { "name": "Picture", "url": "/picture/1" } }, { "request": { "name": "Picture", "url": "/picture/2" } },
        { "request": { "name": "Picture", "url": "/picture/3" } }, { "request": { "name": "Picture", "url": "/picture/4" } } ] } },
    { "request": { "name": "Part", "url": "/echo", "method": "POST", "text": "{{part}} {{last.status}} {{last.failed}}" } } ]"#;

fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

fn pieces(pieces: Vec<Result<Bytes, std::io::Error>>) -> Body {
    BodyExt::boxed(StreamBody::new(stream::iter(pieces.into_iter().map(|piece| piece.map(Frame::data)))))
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).expect("memory takes everything");
    packer.finish().expect("memory takes everything")
}

async fn answer(request: Request<Incoming>, log: Log) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let path = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let line = format!("{} {path}\n{}\n{}", head.method, lines(&head.headers), String::from_utf8_lossy(&body));
    log.lock().expect("nobody panics").push(line);
    let kind = path.split(['/', '?']).nth(1).unwrap_or_default();
    let answer = Response::builder().header("X-Kind", kind);
    let answer = match head.uri.path() {
        "/plain" => answer
            .header("Set-Cookie", "sid=abc; Path=/")
            .header("Set-Cookie", "far=1; Path=/far")
            .body(whole(if head.method == Method::HEAD { "" } else { r#"{"id":7,"tags":["a","b"]}"# })),
        "/pieces" => {
            let part = || Ok(Bytes::from(vec![b'x'; 149_994]));
            answer.body(pieces(vec![part(), Ok("<b>par".into()), Ok("t</b>y".into()), part()]))
        }
        "/packed" => answer.header("Content-Encoding", "gzip").body(whole(packed(r#"{"packed":true}"#))),
        "/badly-packed" => answer.header("Content-Encoding", "gzip").body(whole("this is not gzip")),
        "/moved" => {
            answer.status(302).header("Location", "landed?x=1").header("Set-Cookie", "hop=1").body(whole("gone"))
        }
        "/landed" => answer.body(whole("landed")),
        "/around" => answer.status(307).header("Location", "/around").body(whole("")),
        "/nothing" => answer.status(204).body(whole("")),
        "/same" => answer.status(304).body(whole("")),
        "/crowded" => answer.status(503).body(whole("come back later")),
        "/cut" => answer.body(pieces(vec![Ok("half".into()), Err(std::io::Error::other("cut"))])),
        "/silent" => std::future::pending().await,
        _ => answer.body(whole(body)),
    };
    answer.expect("these are answers")
}

/// Header lines without those that belong to the connection; sorted, as HTTP/2 has no order to keep.
fn lines(headers: &HeaderMap) -> String {
    let hidden = ["host", "connection", "proxy-connection"];
    let mut lines: Vec<String> = headers
        .iter()
        .filter(|(name, _)| !hidden.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    lines.join("\n")
}

/// A server that speaks HTTP/1.1 and HTTP/2, and takes whole addresses as proxies are asked.
async fn serve() -> (SocketAddr, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let (addr, log) = (listener.local_addr().expect("it is bound"), Log::default());
    let seen = log.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let seen = seen.clone();
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let seen = seen.clone();
                    async move { Ok::<_, Infallible>(answer(request, seen).await) }
                });
                let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (addr, log)
}

/// Leads every connection on to `to`, which understands what proxies are asked; says its own port.
async fn lead_to(to: SocketAddr) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let Ok(mut target) = TcpStream::connect(to).await else { return };
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut target).await;
            });
        }
    });
    port
}

/// What a run came to: the requests a server got, sorted, and a line for each name and each group of failures.
#[derive(Debug, PartialEq)]
struct Came {
    asked: Vec<String>,
    counted: Vec<String>,
    failures: Vec<String>,
}

fn came(run: &Driven, log: &Log) -> Came {
    assert_eq!(run.ended, Ended::Finished);
    let mut asked = log.lock().expect("nobody panics").clone();
    asked.sort();
    let rows = run.plan.names.iter().zip(&run.timeline.measured().rows);
    let counted = rows.map(|(name, row)| {
        let times = (row.response.all().len(), row.service.all().len());
        format!("{}: {} ok, {:?}, {} cut, timed {times:?}", name.label, row.ok, row.failed, row.cut)
    });
    let mut failures: Vec<String> = run
        .timeline
        .failures()
        .iter()
        .map(|group| {
            let failure = &group.failure;
            // How a connection breaks is told in the words of its protocol.
            let detail = if failure.kind == tidemark_core::traffic::Kind::Reset { "" } else { failure.detail.as_str() };
            format!("{}: {} {} × {detail}", run.plan.names[failure.name.at()].label, failure.count, failure.kind.word())
        })
        .collect();
    failures.sort();
    Came { asked, counted: counted.collect(), failures }
}

async fn run(how: &str) -> Came {
    let (addr, log) = serve().await;
    let proxy = lead_to(addr).await;
    let how = how.replace("PROXY", &format!("http://127.0.0.1:{proxy}"));
    let text = format!(
        r#"{{ "format": 1, "targets": [{{ "url": "http://127.0.0.1:{}", {how} }}],
            "users": [{{ "name": "V", "tasks": [{{ "name": "T", "steps": {STEPS} }}] }}],
            "load": {{ "start": 1, "people": [{{ "to": 1, "over": "60s" }}], "repetitions": {ROUNDS} }} }}"#,
        addr.port()
    );
    let port = addr.port().to_string();
    let mut came = came(&drive(plan(&text, &Inputs { seed: 5, ..Inputs::default() }), 1).await, &log);
    let texts = came.asked.iter_mut().chain(&mut came.failures);
    texts.for_each(|text| *text = text.replace(&port, "PORT"));
    came
}

#[tokio::test]
async fn whatever_carries_a_request_it_comes_to_the_same() {
    let (own, second, proxied) =
        tokio::join!(run(r#""http": "1.1""#), run(r#""http": "2""#), run(r#""http": "1.1", "proxy": "PROXY""#));
    let of = |name: &str| own.counted.iter().find(|line| line.starts_with(name)).cloned().unwrap_or_default();
    assert!(of("Part: ").starts_with("Part: 4 ok"), "{}", of("Part: "));
    assert!(own.asked.iter().any(|asked| asked.ends_with("\npart 200 false")), "a value was used: {:#?}", own.asked);
    assert_eq!(own.failures.len(), 8, "each kind of failure has its group: {:#?}", own.failures);
    for (name, other) in [("HTTP/2", second), ("the proxy", proxied)] {
        assert_eq!(own.counted, other.counted, "{name}: {:#?}", other.failures);
        assert_eq!(own.failures, other.failures, "{name}");
        assert_eq!(own.asked, other.asked, "{name}");
    }
}

/// Connections made and given back by one person in 6 rounds with pauses of 200 ms.
async fn connections(keep: &str) -> (u64, u64) {
    let (addr, _) = serve().await;
    let text = format!(
        r#"{{ "format": 1, "targets": [{{ "url": "http://{addr}", "http": "1.1" }}],
            "users": [{{ "name": "V", "tasks": [{{ "name": "T", "steps": [
                {{ "request": {{ "url": "/a" }} }}, {{ "pause": {{ "for": "200ms" }} }} ] }}] }}],
            "load": {{ "start": 1, "people": [{{ "to": 1, "over": "60s" }}], "repetitions": 6{keep} }} }}"#
    );
    let run = drive(plan(&text, &Inputs::default()), 1).await;
    assert_eq!((run.all().ok, run.all().failed.total()), (6, 0), "{}", run.failures());
    (run.all().phases.connect.count, run.timeline.measured().health.given_back)
}

#[tokio::test]
async fn connections_are_kept_in_pauses_as_long_as_the_scenario_says() {
    let keep = |time: &str| format!(r#", "keep_connections": "{time}""#);
    let (always, never, brief, long) = (String::new(), keep("0s"), keep("50ms"), keep("10s"));
    let all = tokio::join!(connections(&always), connections(&never), connections(&brief), connections(&long));
    assert_eq!(all, ((1, 0), (6, 6), (6, 6), (1, 0)));
}
