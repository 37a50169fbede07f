//! The target's other tongues: HTTP/1.1 over TLS with a certificate of its own, and HTTP/2. Must not know what is answered.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio_rustls::TlsAcceptor;

use super::{Count, Kind, answer_on};

/// TLS for localhost, which nobody vouches for.
pub fn tls() -> io::Result<TlsAcceptor> {
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let names = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]);
    let own = names.and_then(|names| names.self_signed(&key)).map_err(io::Error::other)?;
    let private = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(vec![own.der().clone()], private));
    Ok(TlsAcceptor::from(Arc::new(config.map_err(io::Error::other)?)))
}

/// Shakes hands and answers.
pub async fn shake(tls: TlsAcceptor, stream: TcpStream, count: Rc<RefCell<Count>>) {
    if let Ok(stream) = tls.accept(stream).await {
        answer_on(stream, count).await;
    }
}

/// Starts what a connection asks for on this thread.
#[derive(Clone)]
struct Here;

impl<F: Future + 'static> hyper::rt::Executor<F> for Here {
    fn execute(&self, work: F) {
        spawn_local(async move { drop(work.await) });
    }
}

/// Answers over HTTP/2, without TLS.
pub async fn http2(stream: TcpStream, count: Rc<RefCell<Count>>) {
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let count = Rc::clone(&count);
        async move {
            let kind = match (request.method(), request.uri().path()) {
                (_, "/-/count") => Kind::Count,
                (&Method::POST, _) => Kind::Post,
                _ => Kind::Get,
            };
            let _ = request.into_body().collect().await;
            let mut whole = Vec::new();
            count.borrow_mut().answer(&kind, &mut whole);
            let head = whole.windows(4).position(|part| part == b"\r\n\r\n").map_or(0, |at| at + 4);
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(whole.split_off(head)))))
        }
    });
    let _ = hyper::server::conn::http2::Builder::new(Here)
        .max_concurrent_streams(256)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
