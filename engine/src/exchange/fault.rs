//! Turns the system's and the libraries' errors into kinds of trouble with plain words. Must not know where they arose.

use std::io;

use tidemark_core::traffic::{Kind, Trouble};

/// Trouble while connecting to `place` (host and address in words).
pub(super) fn connecting(error: &io::Error, place: &str) -> Trouble {
    if let Some(trouble) = no_room(error) {
        return trouble;
    }
    let (kind, words) = match error.kind() {
        io::ErrorKind::ConnectionRefused => (Kind::Refused, format!("nothing listens on {place}")),
        io::ErrorKind::TimedOut => (Kind::ConnectTimeout, format!("{place} did not answer")),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            (Kind::Refused, format!("there is no way to {place} from this computer"))
        }
        io::ErrorKind::PermissionDenied => {
            (Kind::Refused, format!("this computer's firewall or rights do not allow a connection to {place}"))
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
            (Kind::Reset, format!("{place} dropped the connection while it was being made"))
        }
        _ => (Kind::Refused, format!("no connection to {place}: {error}")),
    };
    Trouble::new(kind, words)
}

/// Trouble while writing or reading on a connection.
pub(super) fn talking(error: &io::Error) -> Trouble {
    if let Some(trouble) = no_room(error).or_else(|| tls(error)) {
        return trouble;
    }
    let words = match error.kind() {
        io::ErrorKind::ConnectionReset => "the server reset the connection before the answer was complete".to_owned(),
        io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionAborted => {
            "the server closed the connection before the answer was complete".to_owned()
        }
        io::ErrorKind::TimedOut => "the network lost the connection".to_owned(),
        _ => format!("the connection broke: {error}"),
    };
    Trouble::new(Kind::Reset, words)
}

/// The limits of this computer, not of the target.
pub(super) fn no_room(error: &io::Error) -> Option<Trouble> {
    use nix::errno::Errno;
    let words = match Errno::from_raw(error.raw_os_error()?) {
        Errno::EMFILE => {
            "this process has no file handle left; raise its limit (ulimit -n) or use fewer people at once"
        }
        Errno::ENFILE => "this computer has no file handle left; raise fs.file-max or use fewer people at once",
        Errno::EADDRNOTAVAIL => {
            "this computer has no free port left towards this address; keep connections open, widen \
             net.ipv4.ip_local_port_range, or spread the load over more computers"
        }
        Errno::ENOBUFS | Errno::ENOMEM => "this computer has no memory left for connections; use fewer people at once",
        _ => return None,
    };
    Some(Trouble::new(Kind::NoRoom, words))
}

/// The words of a TLS error that came wrapped in an I/O error.
fn tls(error: &io::Error) -> Option<Trouble> {
    let inner = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(Trouble::new(Kind::Tls, tls_words(inner)))
}

/// Trouble in a TLS handshake with `host`.
pub(super) fn handshake(error: &io::Error, host: &str) -> Trouble {
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return Trouble::new(Kind::Tls, format!("{}: {host}", tls_words(inner)));
    }
    match no_room(error) {
        Some(trouble) => trouble,
        None => Trouble::new(Kind::Tls, format!("{host} closed the connection during the TLS handshake")),
    }
}

/// A TLS error in plain words.
fn tls_words(error: &rustls::Error) -> String {
    use rustls::{AlertDescription, CertificateError as Bad, Error};
    let words = match error {
        Error::InvalidCertificate(Bad::Expired | Bad::ExpiredContext { .. }) => "the server's certificate has expired",
        Error::InvalidCertificate(Bad::NotValidYet | Bad::NotValidYetContext { .. }) => {
            "the server's certificate is not valid yet"
        }
        Error::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
            "the server's certificate is for another name"
        }
        Error::InvalidCertificate(Bad::UnknownIssuer) => {
            "the server's certificate comes from an issuer that is not trusted here (its CA can be given)"
        }
        Error::InvalidCertificate(Bad::Other(why)) if why.to_string().contains("CaUsedAsEndEntity") => {
            "the server's certificate is an authority of its own: sign one for the server with it, or use skip_verify"
        }
        Error::InvalidCertificate(Bad::Revoked) => "the server's certificate was revoked",
        Error::InvalidCertificate(Bad::BadSignature) => "the server's certificate has a wrong signature",
        Error::InvalidMessage(_) => "the server does not speak TLS on this port",
        Error::AlertReceived(AlertDescription::CertificateRequired | AlertDescription::BadCertificate) => {
            "the server wants a client certificate that it trusts"
        }
        Error::AlertReceived(AlertDescription::UnknownCA | AlertDescription::CertificateUnknown) => {
            "the server does not trust the client certificate"
        }
        Error::AlertReceived(AlertDescription::UnrecognisedName) => "the server knows no certificate for this name",
        Error::NoApplicationProtocol | Error::AlertReceived(AlertDescription::NoApplicationProtocol) => {
            "the server does not offer the HTTP version asked for"
        }
        Error::AlertReceived(AlertDescription::ProtocolVersion) => {
            "the server speaks no TLS version that is safe (1.2 or 1.3)"
        }
        other => return format!("the secure connection failed ({other})"),
    };
    words.to_owned()
}

/// An HTTP/2 connection ended without a word.
pub(super) fn left_http2() -> Trouble {
    Trouble::new(Kind::Reset, "the server closed the HTTP/2 connection before the answer was complete")
}

#[cfg(test)]
mod tests {
    use nix::errno::Errno;

    use super::*;

    #[test]
    fn a_system_error_has_its_kind_whether_it_comes_early_or_late() {
        for (errno, early, late) in [
            (Errno::ECONNREFUSED, Kind::Refused, Kind::Reset),
            (Errno::ETIMEDOUT, Kind::ConnectTimeout, Kind::Reset),
            (Errno::EHOSTUNREACH, Kind::Refused, Kind::Reset),
            (Errno::ECONNRESET, Kind::Reset, Kind::Reset),
            (Errno::EPIPE, Kind::Refused, Kind::Reset),
            (Errno::EMFILE, Kind::NoRoom, Kind::NoRoom),
            (Errno::ENFILE, Kind::NoRoom, Kind::NoRoom),
            (Errno::EADDRNOTAVAIL, Kind::NoRoom, Kind::NoRoom),
            (Errno::ENOBUFS, Kind::NoRoom, Kind::NoRoom),
        ] {
            let error = io::Error::from_raw_os_error(errno as i32);
            assert_eq!((connecting(&error, "there").kind, talking(&error).kind), (early, late), "{errno}");
        }
        let full = io::Error::from_raw_os_error(Errno::EMFILE as i32);
        assert!(connecting(&full, "there").detail.contains("ulimit -n"));
    }
}
