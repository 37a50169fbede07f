//! Targets that are not there, that can't be trusted or that speak HTTP/2; and a computer that has no room left.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tidemark_core::plan::Inputs;
use tidemark_core::traffic::Kind;
use tidemark_core::verdict::State;
use tidemark_engine::run::Ended;
use tidemark_tests::drive::{Driven, drive, plan};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Five people ask this target for a second; `files` are those that the scenario names.
async fn ask(target: &str, files: &[(&str, &str)]) -> Driven {
    let text = format!(
        r#"{{ "format": 1, "targets": [{target}],
            "users": [{{ "name": "V", "pause": {{ "for": "30ms" }},
                "tasks": [{{ "name": "T", "steps": [{{ "request": {{ "name": "Front page", "url": "/" }} }}] }}] }}],
            "load": {{ "start": 5, "people": [{{ "to": 5, "over": "1500ms" }}] }},
            "goals": [{{ "failures": {{ "below": "1%" }} }}] }}"#
    );
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect();
    drive(plan(&text, &Inputs { files, ..Inputs::default() }), 0).await
}

/// All requests failed in this way, the run came to its end, and its verdict says why.
fn all_failed(run: &Driven, kind: Kind, words: &str) {
    let all = run.all();
    assert_eq!(run.ended, Ended::Finished);
    assert_eq!(all.ok, 0);
    assert_eq!((all.failed.get(kind), all.failed.total()), (all.finished(), all.finished()), "{}", run.failures());
    assert!(all.finished() >= 100, "{}", all.finished());
    assert_eq!(all.response.all().len(), 0, "what was never answered has no time");
    assert!(
        run.samples.iter().any(|sample| sample.kind == kind && sample.detail.contains(words)),
        "{}",
        run.failures()
    );
    let verdict = run.verdict();
    assert_eq!(verdict.state, State::DidNotHoldUp, "{verdict:#?}");
    let said = verdict.sentences.join(" ");
    assert!(said.contains(words) && said.contains("Front page"), "{said}");
}

#[tokio::test]
async fn where_nothing_listens_every_request_is_refused_and_the_verdict_says_so() {
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = free.local_addr().expect("it is bound");
    drop(free);
    let run = ask(&format!(r#"{{ "url": "http://{addr}" }}"#), &[]).await;
    all_failed(&run, Kind::Refused, "nothing listens");
}

/// A server with a certificate of its own for `localhost`, that speaks HTTP/2 and HTTP/1.1.
struct Secure {
    addr: SocketAddr,
    /// Its certificate, which nobody else vouches for.
    pem: String,
    connections: Arc<AtomicU64>,
    /// The HTTP versions of its requests.
    seen: Arc<Mutex<Vec<Version>>>,
}

async fn secure() -> Secure {
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name").self_signed(&key);
    let certificate = certificate.expect("a certificate");
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are safe versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).expect("a key in PKCS#8"),
        )
        .expect("certificate and key belong together");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = listener.local_addr().expect("it is bound");
    let (connections, seen) = (Arc::new(AtomicU64::new(0)), Arc::<Mutex<Vec<Version>>>::default());
    let (counted, log, acceptor) = (connections.clone(), seen.clone(), TlsAcceptor::from(Arc::new(config)));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (counted, log, acceptor) = (counted.clone(), log.clone(), acceptor.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                counted.fetch_add(1, Ordering::Relaxed);
                let answer = service_fn(|request: Request<Incoming>| {
                    log.lock().expect("nobody panics").push(request.version());
                    async { Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"hello")))) }
                });
                let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    Secure { addr, pem: certificate.pem(), connections, seen }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_taken() {
    let server = secure().await;
    let run = ask(&format!(r#"{{ "url": "https://localhost:{}" }}"#, server.addr.port()), &[]).await;
    all_failed(&run, Kind::Tls, "trusted");
    assert_eq!(server.seen.lock().expect("nobody panics").len(), 0, "nothing may be sent to a stranger");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_taken_even_from_a_known_issuer() {
    let server = secure().await;
    let target = format!(r#"{{ "url": "https://{}", "tls": {{ "ca_file": "ca.pem" }} }}"#, server.addr);
    let run = ask(&target, &[("ca.pem", &server.pem)]).await;
    all_failed(&run, Kind::Tls, "another name");
}

/// All went well, over this version, on one connection for each of the five people.
fn all_well(run: &Driven, server: &Secure, version: Version) {
    let all = run.all();
    assert_eq!(all.failed.total(), 0, "{}", run.failures());
    let seen = server.seen.lock().expect("nobody panics");
    assert_eq!(all.ok, seen.len() as u64, "both sides count the same");
    assert!(seen.iter().all(|one| *one == version), "{seen:?}");
    assert_eq!(server.connections.load(Ordering::Relaxed), 5);
    assert_eq!(all.phases.tls.count, 5);
    assert_eq!(run.verdict().state, State::HeldUp);
}

#[tokio::test]
async fn http_2_is_spoken_over_tls_where_the_server_offers_it() {
    let server = secure().await;
    let url = format!("https://localhost:{}", server.addr.port());
    let target = format!(r#"{{ "url": "{url}", "tls": {{ "ca_file": "ca.pem" }} }}"#);
    all_well(&ask(&target, &[("ca.pem", &server.pem)]).await, &server, Version::HTTP_2);
}

#[tokio::test]
async fn any_certificate_will_do_where_the_scenario_says_so() {
    let server = secure().await;
    let target = format!(r#"{{ "url": "https://{}", "http": "1.1", "tls": {{ "skip_verify": true }} }}"#, server.addr);
    all_well(&ask(&target, &[]).await, &server, Version::HTTP_11);
}
