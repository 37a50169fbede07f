//! TLS: whom to trust, who we are, and the handshake. Must not know what is said once the connection is safe.

use std::cell::OnceCell;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls_platform_verifier::Verifier;
use tidemark_core::traffic::{HttpVersion, Kind, Network, Trouble};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::fault;
use super::tcp::Tcp;

/// A worker's TLS settings. Built once, at the first secure connection: reading the platform's certificates takes
/// milliseconds. All connections of a worker share one store of session tickets.
pub(super) struct Tls {
    roots: Vec<CertificateDer<'static>>,
    identity: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
    skip_verify: bool,
    configs: OnceCell<Result<Configs, Trouble>>,
}

/// The same settings with each offer of HTTP versions.
struct Configs {
    both: Arc<ClientConfig>,
    http1: Arc<ClientConfig>,
    http2: Arc<ClientConfig>,
}

impl Tls {
    /// Reads the certificates and the key; the platform's come later.
    pub(super) fn new(network: &Network) -> Result<Self, Trouble> {
        let roots = network.ca_pem.as_deref().map_or(Ok(Vec::new()), |pem| certificates(pem, "the CA file"))?;
        let identity = match (&network.client_cert_pem, &network.client_key_pem) {
            (None, None) => None,
            (Some(chain), Some(key)) => {
                let chain = certificates(chain, "the client certificate file")?;
                let key = PrivateKeyDer::from_pem_slice(key)
                    .map_err(|_| wrong("the client key file holds no private key in PEM form"))?;
                Some((chain, key))
            }
            (Some(_), None) => return Err(wrong("a client certificate is given, but not its key")),
            (None, Some(_)) => return Err(wrong("a client key is given, but not its certificate")),
        };
        let tls = Self { roots, identity, skip_verify: network.skip_verify, configs: OnceCell::new() };
        if tls.identity.is_some() || !tls.roots.is_empty() {
            tls.configs()?;
        }
        Ok(tls)
    }

    /// The settings that offer what `version` asks for.
    pub(super) fn config(&self, version: HttpVersion) -> Result<Arc<ClientConfig>, Trouble> {
        let configs = self.configs()?;
        Ok(Arc::clone(match version {
            HttpVersion::Auto => &configs.both,
            HttpVersion::Http1 => &configs.http1,
            HttpVersion::Http2 => &configs.http2,
        }))
    }

    /// Shakes hands with `host` over a connection.
    pub(super) async fn connect(&self, host: &str, version: HttpVersion, tcp: Tcp) -> Result<TlsStream<Tcp>, Trouble> {
        let config = self.config(version)?;
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Trouble::new(Kind::Tls, format!("{host} is not a name a certificate can be for")))?;
        TlsConnector::from(config).connect(name, tcp).await.map_err(|error| fault::handshake(&error, host))
    }

    fn configs(&self) -> Result<&Configs, Trouble> {
        self.configs.get_or_init(|| self.build()).as_ref().map_err(Clone::clone)
    }

    fn build(&self) -> Result<Configs, Trouble> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(format!("no TLS version is usable ({error})")))?;
        let builder = builder.dangerous().with_custom_certificate_verifier(self.verifier(provider)?);
        let mut config = match &self.identity {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => builder
                .with_client_auth_cert(chain.clone(), key.clone_key())
                .map_err(|error| wrong(format!("the client certificate and its key do not fit together ({error})")))?,
        };
        let mut offering = |offer: &[&[u8]]| {
            config.alpn_protocols = offer.iter().map(|name| name.to_vec()).collect();
            Arc::new(config.clone())
        };
        Ok(Configs {
            both: offering(&[b"h2", b"http/1.1"]),
            http1: offering(&[b"http/1.1"]),
            http2: offering(&[b"h2"]),
        })
    }

    fn verifier(&self, provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Trouble> {
        if self.skip_verify {
            return Ok(Arc::new(TakesAnyCertificate { provider }));
        }
        let no_trust = |error| {
            let words =
                "this computer has no list of trusted certificates (install ca-certificates, or give a CA file)";
            Trouble::new(Kind::Tls, format!("{words}: {error}"))
        };
        match Verifier::new_with_extra_roots(self.roots.clone(), Arc::clone(&provider)) {
            Ok(verifier) => Ok(Arc::new(verifier)),
            Err(error) if self.roots.is_empty() => Err(no_trust(error.to_string())),
            Err(_) => {
                // Without the platform's list the given certificates are still good.
                let mut store = RootCertStore::empty();
                for root in &self.roots {
                    store.add(root.clone()).map_err(|error| {
                        wrong(format!("the CA file holds a certificate that can't be used ({error})"))
                    })?;
                }
                let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider).build();
                verifier
                    .map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
                    .map_err(|error| no_trust(error.to_string()))
            }
        }
    }
}

fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, Trouble> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(wrong(format!("{what} holds no certificate in PEM form"))),
    }
}

fn wrong(words: impl Into<String>) -> Trouble {
    Trouble::new(Kind::Tls, words)
}

/// Takes any certificate, as asked for by [`Network::skip_verify`]: anyone in between could read along.
#[derive(Debug)]
struct TakesAnyCertificate {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for TakesAnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
