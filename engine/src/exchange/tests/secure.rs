//! TLS: who is trusted, who we are, and what is said when it fails.

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::aws_lc_rs;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

use super::*;

/// A certificate authority for one test.
pub(super) struct Authority {
    pub(super) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(super) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name.push(rcgen::DnType::CommonName, key.public_key_pem());
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A certificate for these names, and its key; both as PEM.
    fn certificate(&self, names: &[&str], change: impl Fn(&mut CertificateParams)) -> (rcgen::Certificate, KeyPair) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// A server's settings with a certificate for these names.
    pub(super) fn server(&self, names: &[&str], offer: &[&str]) -> ServerConfig {
        self.server_with(self.certificate(names, |_| ()), offer, false)
    }

    fn server_with(&self, own: (rcgen::Certificate, KeyPair), offer: &[&str], asks_client: bool) -> ServerConfig {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let builder = builder.unwrap();
        let builder = if asks_client {
            let mut roots = RootCertStore::empty();
            let pem = rustls_pki_types::pem::PemObject::from_pem_slice(self.pem.as_bytes()).unwrap();
            roots.add(pem).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::try_from(own.1.serialize_der()).unwrap();
        let mut config = builder.with_single_cert(vec![own.0.der().clone()], key).unwrap();
        config.alpn_protocols = offer.iter().map(|name| name.as_bytes().to_vec()).collect();
        config
    }

    /// Network settings that trust it.
    pub(super) fn network(&self) -> Network {
        Network { ca_pem: Some(self.pem.clone().into_bytes()), ..Network::default() }
    }
}

/// Serves over TLS; the log tells of each handshake and each request.
pub(super) async fn serve_tls(
    config: ServerConfig,
    act: impl Fn(usize, usize, &str) -> Act + 'static,
) -> (u16, Log, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (requests, handshakes) = (Log::default(), Log::default());
    let (seen, shaken) = (Rc::clone(&requests), Rc::clone(&handshakes));
    let (acceptor, act) = (TlsAcceptor::from(Arc::new(config)), Rc::new(act));
    spawn_local(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            shaken.borrow_mut().push((number, format!("{:?}", stream.get_ref().1.handshake_kind().unwrap())));
            let (act, seen) = (Rc::clone(&act), Rc::clone(&seen));
            spawn_local(async move { talk(&mut stream, number, &*act, &seen).await });
        }
    });
    (port, requests, handshakes)
}

pub(super) fn get_tls(port: u16, target: &str) -> Draft {
    Draft { secure: true, ..get(port, target) }
}

/// Sends over TLS and compares the trouble's words, or that there is none.
fn check(network: &Network, server: ServerConfig, expected: Option<&str>) {
    let network = network.clone();
    run(async move {
        let (port, _, _) = serve_tls(server, |_, _, _| ok("hi")).await;
        let reply = Person::with(&network, &[]).send(&get_tls(port, "/")).await;
        match (expected, &reply.trouble) {
            (None, None) => assert_eq!(text(&reply), "hi"),
            (Some(words), Some(trouble)) => {
                assert_eq!(trouble.kind, Kind::Tls, "{}", trouble.detail);
                assert!(trouble.detail.contains(words), "{}", trouble.detail);
            }
            (_, trouble) => panic!("expected {expected:?}, found {trouble:?}"),
        }
    });
}

#[test]
fn only_a_trusted_certificate_for_the_right_name_in_its_time_is_taken() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let here: &[&str] = &["127.0.0.1"];
    let old = |params: &mut CertificateParams| params.not_after = date_time_ymd(2001, 1, 1);
    let new = |params: &mut CertificateParams| params.not_before = date_time_ymd(3000, 1, 1);
    let any = Network { skip_verify: true, ..Network::default() };
    let expired = || authority.server_with(authority.certificate(here, old), &[], false);
    check(&authority.network(), authority.server(here, &[]), None);
    check(&authority.network(), authority.server(&["localhost", "shop.test"], &[]), Some("another name"));
    check(&authority.network(), stranger.server(here, &[]), Some("issuer"));
    check(&Network::default(), authority.server(here, &[]), Some("trusted"));
    check(&authority.network(), expired(), Some("expired"));
    let early = authority.server_with(authority.certificate(here, new), &[], false);
    check(&authority.network(), early, Some("not valid yet"));
    check(&any, stranger.server(&["other.test"], &[]), None);
    check(&any, expired(), None);
}

#[test]
fn a_server_that_wants_a_client_certificate_gets_the_given_one() {
    let authority = Authority::new();
    let server = || authority.server_with(authority.certificate(&["127.0.0.1"], |_| ()), &[], true);
    let client =
        |params: &mut CertificateParams| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let (certificate, key) = authority.certificate(&["tester"], client);
    let with = Network {
        client_cert_pem: Some(certificate.pem().into_bytes()),
        client_key_pem: Some(key.serialize_pem().into_bytes()),
        ..authority.network()
    };
    check(&authority.network(), server(), Some("client certificate"));
    check(&with, server(), None);
}

#[test]
fn a_port_without_tls_is_told_apart() {
    run(async {
        let (plain, _) = serve(|_, _, _| ok("")).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let words = listener.local_addr().unwrap().port();
        spawn_local(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                stream.write_all(b"220 mail.test ready for whatever you have to say\r\n").await.unwrap();
                let _ = stream.read(&mut [0; 9_000]).await;
            }
        });
        let person = Person::with(&Network { skip_verify: true, ..Network::default() }, &[]);
        let reply = person.send(&get_tls(words, "/")).await;
        assert_eq!(kind(&reply), Some(Kind::Tls));
        assert!(reply.trouble.as_ref().unwrap().detail.contains("does not speak TLS"), "{:?}", reply.trouble);
        // This one waits for the end of a request that never comes.
        let slow = Draft { time_limit: Span::from_ms(50), ..get_tls(plain, "/") };
        assert_eq!(kind(&person.send(&slow).await), Some(Kind::AnswerTimeout));
        assert_eq!(person.exchange.open_connections(), 0);
        // And the other way round: TLS where plain HTTP is asked for.
        let (tls, _, _) = serve_tls(Authority::new().server(&["127.0.0.1"], &[]), |_, _, _| ok("")).await;
        let reply = person.get(tls, "/").await;
        assert_eq!(kind(&reply), Some(Kind::Malformed));
        assert!(reply.trouble.unwrap().detail.contains("https://"));
    });
}

#[test]
fn secure_connections_are_kept_and_new_ones_resume_the_session() {
    run(async {
        let authority = Authority::new();
        let config = authority.server(&["127.0.0.1"], &["http/1.1"]);
        let (port, requests, handshakes) = serve_tls(config, |_, _, _| ok(&"x".repeat(100_000))).await;
        let person = Person::with(&authority.network(), &[]);
        let first = person.send(&get_tls(port, "/")).await;
        let second = person.send(&get_tls(port, "/")).await;
        assert_eq!((kind(&first), kind(&second)), (None, None));
        assert!(first.timing.tls_us.is_some() && second.timing.tls_us.is_none());
        assert_eq!((first.answer.body_len, second.answer.body_len), (100_000, 100_000));
        person.session.reset();
        assert_eq!(kind(&person.send(&get_tls(port, "/")).await), None);
        assert_eq!(requests.borrow().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(handshakes.borrow()[1].1, "Resumed");
    });
}

#[test]
fn a_secure_body_without_length_ends_with_the_connection() {
    run(async {
        let authority = Authority::new();
        let config = authority.server(&["127.0.0.1"], &[]);
        let say = |body: &str| Act::Reset(format!("HTTP/1.1 200 OK\r\n{body}").into_bytes());
        let (port, _, _) = serve_tls(config, move |number, _, _| match number {
            0 => say("\r\nall of it"),
            _ => say("Content-Length: 20\r\n\r\nhalf of it"),
        })
        .await;
        // The server drops the connection without TLS's closing word.
        let person = Person::with(&authority.network(), &[]);
        let whole = person.send(&get_tls(port, "/")).await;
        assert_eq!((kind(&whole), text(&whole).as_str()), (None, "all of it"));
        assert_eq!(kind(&person.send(&get_tls(port, "/")).await), Some(Kind::Reset));
    });
}

#[test]
fn settings_that_cannot_be_used_are_refused_in_words() {
    let authority = Authority::new();
    let (certificate, key) = authority.certificate(&["tester"], |_| ());
    let (_, other_key) = authority.certificate(&["tester"], |_| ());
    let pem = |text: &str| Some(text.as_bytes().to_vec());
    let (certificate, key) = (certificate.pem(), key.serialize_pem());
    let empty = Network::default();
    for (network, words) in [
        (Network { ca_pem: pem("not a certificate"), ..empty.clone() }, "CA file"),
        (Network { ca_pem: pem(&key), ..empty.clone() }, "CA file"),
        (Network { client_cert_pem: pem(&certificate), ..empty.clone() }, "not its key"),
        (Network { client_key_pem: pem(&key), ..empty.clone() }, "not its certificate"),
        (
            Network { client_cert_pem: pem(&certificate), client_key_pem: pem(&certificate), ..empty.clone() },
            "no private key",
        ),
        (
            Network {
                client_cert_pem: pem(&certificate),
                client_key_pem: pem(&other_key.serialize_pem()),
                ..authority.network()
            },
            "do not fit together",
        ),
    ] {
        let clock = Clock::start_at(Instant::now());
        let trouble = Exchange::new(clock, &network, Arc::new(Guard::default())).err().expect(words);
        assert!(trouble.detail.contains(words), "{}", trouble.detail);
    }
}
