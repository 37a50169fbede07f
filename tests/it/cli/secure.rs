//! Targets whose certificate nobody vouches for: told before the run, and trusted where the scenario says so.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::rig::{Place, people, scenario};

/// A server with a certificate that it made itself; its address and the certificate as PEM. Ends with the test.
fn self_signed() -> (SocketAddr, String) {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate can be made");
    let pem = own.cert.pem();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key can be written");
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key))
        .expect("key and certificate belong together");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            listener.set_nonblocking(true).expect("a listener that waits politely");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut asked = [0; 4096];
                    while stream.read(&mut asked).await.is_ok_and(|count| count > 0) {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
                    }
                });
            }
        });
    });
    (address, pem)
}

#[test]
fn an_unknown_certificate_is_told_before_the_run_and_can_be_trusted() {
    let place = Place::new();
    let (address, pem) = self_signed();
    let url = format!("https://localhost:{}", address.port());
    let text = scenario(&url, "/", "[]", &people(1));
    place.write("plain.tide", &text);
    place.run(&["run", "plain.tide"]).exits(2).says(&["The secure connection to localhost", "certificate"]);
    assert!(place.results().is_empty());
    place.write("own.pem", pem);
    let trusting = |tls: &str| text.replacen("\" } ]", &format!("\", \"tls\": {{ {tls} }} }} ]"), 1);
    for tls in [r#""ca_file": "own.pem""#, r#""skip_verify": true"#] {
        place.write("trusting.tide", trusting(tls));
        let json = place.run(&["run", "trusting.tide", "--json"]).exits(0).json();
        assert_eq!(json["all"]["failed"], 0, "{tls}: {json}");
        assert!(json["all"]["count"].as_u64().is_some_and(|count| count > 0));
    }
    place.run(&["url", &url, "-n", "5", "-k"]).exits(0);
}
