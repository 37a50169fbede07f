//! HTTP/2: negotiated and by prior knowledge, shared by parallel requests, and given up in good order.

use std::convert::Infallible;
use std::sync::Mutex;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use tokio_rustls::TlsAcceptor;

use super::secure::{Authority, get_tls};
use super::*;

/// Requests a server got, each with its connection's number.
pub(super) type Seen = Arc<Mutex<Vec<(usize, String)>>>;

/// Answers with what came: the body, or the path.
async fn answer(request: http::Request<Incoming>, number: usize, seen: Seen) -> http::Response<Full<Bytes>> {
    let line = format!("{} {} {:?}", request.method(), request.uri(), request.headers());
    seen.lock().unwrap().push((number, line));
    let status = if request.uri().path() == "/lost" { 404 } else { 200 };
    let path = request.uri().path().to_owned();
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let body = if body.is_empty() { path.into() } else { body };
    let answer = http::Response::builder().status(status).header("Set-Cookie", "id=1").header("X-All", all_letters());
    answer.body(Full::new(body)).unwrap()
}

/// Every byte that a header may hold.
fn all_letters() -> http::HeaderValue {
    let all: Vec<u8> = (0x21..=0xff).filter(|byte| *byte != 0x7f).collect();
    http::HeaderValue::from_bytes(&all).unwrap()
}

/// Serves HTTP/2, over TLS where there is a configuration; says goodbye after each request where `leaves`.
pub(super) async fn serve2(tls: Option<ServerConfig>, leaves: bool) -> (u16, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Seen::default();
    let (log, acceptor) = (Arc::clone(&seen), tls.map(|config| TlsAcceptor::from(Arc::new(config))));
    spawn_local(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let log = Arc::clone(&log);
            let notify = Arc::new(tokio::sync::Notify::new());
            let done = Arc::clone(&notify);
            let service = service_fn(move |request| {
                let (log, done) = (Arc::clone(&log), Arc::clone(&done));
                async move {
                    let answer = answer(request, number, log).await;
                    done.notify_one();
                    Ok::<_, Infallible>(answer)
                }
            });
            let http2 = http2::Builder::new(TokioExecutor::new());
            let stream = match &acceptor {
                None => Box::new(stream) as Box<dyn Both>,
                Some(acceptor) => match acceptor.accept(stream).await {
                    Ok(stream) => Box::new(stream),
                    Err(_) => continue,
                },
            };
            spawn_local(async move {
                let mut connection = std::pin::pin!(http2.serve_connection(TokioIo::new(stream), service));
                tokio::select! {
                    _ = connection.as_mut() => return,
                    () = notify.notified(), if leaves => {}
                }
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            });
        }
    });
    (port, seen)
}

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Both for S {}

#[test]
fn parallel_requests_share_one_negotiated_connection() {
    for version in [HttpVersion::Auto, HttpVersion::Http2] {
        run(async move {
            let authority = Authority::new();
            let config = authority.server(&["127.0.0.1"], &["h2", "http/1.1"]);
            let (port, seen) = serve2(Some(config), false).await;
            let person = Person::with(&authority.network(), &[]);
            let to = |target: &str| Draft { version, ..get_tls(port, target) };
            let drafts = [to("/a"), to("/b"), to("/c")];
            let replies = tokio::join!(person.send(&drafts[0]), person.send(&drafts[1]), person.send(&drafts[2]));
            let body = vec![b'x'; 300_000];
            let post = Draft { method: "POST".into(), body: Some(body.clone()), ..to("/post") };
            let posted = person.send(&post).await;
            assert_eq!([kind(&replies.0), kind(&replies.1), kind(&replies.2), kind(&posted)], [None; 4]);
            assert_eq!([text(&replies.0), text(&replies.1), text(&replies.2)], ["/a", "/b", "/c"]);
            assert!(posted.answer.body == body && posted.answer.body_len == 300_000);
            assert!(posted.bytes_out > 300_000 && posted.bytes_in > 300_000 && posted.bytes_in < 310_000);
            assert!(posted.timing.connect_us.is_none() && posted.timing.first_byte_us.is_some());
            assert!(seen.lock().unwrap().iter().all(|(number, _)| *number == 0));
            assert!(seen.lock().unwrap()[3].1.contains(r#""cookie": "id=1""#), "{seen:?}");
            assert_eq!(person.exchange.open_connections(), 1);
            let lost = person.send(&Draft { body_wanted: false, ..to("/lost") }).await;
            assert_eq!((lost.answer.status, text(&lost).as_str()), (404, "/lost"));
            person.session.reset();
            assert_eq!(person.exchange.open_connections(), 0);
        });
    }
}

#[test]
fn http2_needs_no_tls_by_prior_knowledge_and_sends_no_headers_of_http1() {
    run(async {
        let (port, seen) = serve2(None, false).await;
        let headers = "Host: shop.test\r\nConnection: keep-alive\r\nX-Own: 1\r\n";
        let draft = Draft { version: HttpVersion::Http2, headers: headers.into(), ..get(port, "/a?b=c") };
        let reply = Person::new().send(&draft).await;
        assert_eq!((kind(&reply), text(&reply).as_str()), (None, "/a"));
        let all = all_letters();
        assert!(reply.answer.headers.0.windows(all.len()).any(|part| part == all.as_bytes()), "{reply:?}");
        let line = seen.lock().unwrap()[0].1.clone();
        assert!(line.starts_with("GET http://shop.test/a?b=c") && line.contains("x-own"), "{line}");
        assert!(!line.contains("connection") && !line.contains("\"host\""), "{line}");
    });
}

#[test]
fn a_connection_that_says_goodbye_is_replaced_without_a_failure() {
    run(async {
        let (port, seen) = serve2(None, true).await;
        let person = Person::new();
        let draft = Draft { version: HttpVersion::Http2, ..get(port, "/") };
        for _ in 0..6 {
            assert_eq!(kind(&person.send(&draft).await), None);
        }
        let connections: Vec<usize> = seen.lock().unwrap().iter().map(|(number, _)| *number).collect();
        assert!(connections.len() == 6 && connections[5] >= 2, "{connections:?}");
        assert_eq!(person.exchange.open_connections(), 1);
    });
}

#[test]
fn a_server_without_the_version_asked_for_is_told_apart() {
    run(async {
        let authority = Authority::new();
        let person = Person::with(&authority.network(), &[]);
        let server = |offer: &[&str]| authority.server(&["127.0.0.1"], offer);
        let (only2, _) = serve2(Some(server(&["h2"])), false).await;
        let (only1, _) = serve2(Some(server(&["http/1.1"])), false).await;
        let (no_offer, _) = serve2(Some(server(&[])), false).await;
        for (port, version) in
            [(only2, HttpVersion::Http1), (only1, HttpVersion::Http2), (no_offer, HttpVersion::Http2)]
        {
            let reply = person.send(&Draft { version, ..get_tls(port, "/") }).await;
            assert_eq!(kind(&reply), Some(Kind::Tls), "{version:?}");
        }
        let (plain, _) = serve(|_, _, _| say("HTTP/1.1 400 Bad Request\r\n\r\n")).await;
        let reply = person.send(&Draft { version: HttpVersion::Http2, ..get(plain, "/") }).await;
        assert_eq!(kind(&reply), Some(Kind::Malformed), "{:?}", reply.trouble);
        assert_eq!(person.exchange.open_connections(), 0);
    });
}

#[test]
fn a_time_limit_ends_one_request_and_leaves_the_shared_connection() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        spawn_local(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let service = service_fn(|request: http::Request<Incoming>| async move {
                if request.uri().path() == "/slow" {
                    std::future::pending::<()>().await;
                }
                Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from("quick"))))
            });
            let _ = http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
        });
        let person = Person::new();
        let to = |target: &str| Draft { version: HttpVersion::Http2, ..get(port, target) };
        assert_eq!(kind(&person.send(&to("/")).await), None);
        let slow = Draft { time_limit: Span::from_ms(50), ..to("/slow") };
        assert_eq!(kind(&person.send(&slow).await), Some(Kind::AnswerTimeout));
        let after = person.send(&to("/")).await;
        assert_eq!((kind(&after), text(&after).as_str()), (None, "quick"));
        assert_eq!(after.timing.connect_us, None);
    });
}
