//! Where the app listens, and under which names a page may ask for it. Must not know keys or cookies.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tidemark_host::{Code, Failure};
use tokio::net::TcpListener;

/// The port where nothing else was asked for.
const USUAL_PORT: u16 = 8089;

/// So many ports are tried after that.
const MORE_PORTS: u16 = 40;

/// A socket that listens.
pub struct Listening {
    /// The socket itself.
    pub socket: TcpListener,
    /// Where it listens.
    pub address: SocketAddr,
    /// The usual port, if somebody else has it.
    pub taken: Option<u16>,
    /// The name that was asked for.
    name: Option<String>,
}

/// Listens on this computer only, unless another address is asked for.
///
/// # Errors
/// The address is not this computer's, or its port is taken.
pub async fn listen(host: Option<&str>, port: Option<u16>) -> Result<Listening, Failure> {
    let host = host.map(|host| host.trim_start_matches('[').trim_end_matches(']'));
    let at = host.unwrap_or("127.0.0.1");
    let first = port.unwrap_or(USUAL_PORT);
    let last = if port.is_some() { first } else { first + MORE_PORTS };
    let mut tried = first;
    let socket = loop {
        match TcpListener::bind((at, tried)).await {
            Ok(socket) => break socket,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tried < last => tried += 1,
            Err(error) => return Err(not_listening(at, tried, &error)),
        }
    };
    let address = socket.local_addr().map_err(|error| not_listening(at, tried, &error))?;
    let taken = (tried != first).then_some(first);
    Ok(Listening { socket, address, taken, name: host.map(str::to_owned) })
}

fn not_listening(host: &str, port: u16, error: &io::Error) -> Failure {
    let (why, hint) = match error.kind() {
        io::ErrorKind::AddrInUse => ("the port is taken", "Choose another one with --port, or leave --port out."),
        io::ErrorKind::PermissionDenied => ("you are not allowed to", "Choose a port above 1023 with --port."),
        io::ErrorKind::AddrNotAvailable => {
            ("this computer has no such address", "Leave --host out, or name an address of this computer.")
        }
        _ => return Failure::new(Code::Io, format!("Nothing can listen at {host}, port {port}: {error}."), ""),
    };
    Failure::new(Code::Io, format!("Nothing can listen at {host}, port {port}: {why}."), hint)
}

impl Listening {
    /// The names that a page may ask for.
    pub fn authorities(&self) -> Authorities {
        let ip = self.address.ip();
        let mut names = vec!["127.0.0.1".to_owned(), "localhost".to_owned(), "::1".to_owned(), ip.to_string()];
        names.extend(self.name.as_ref().map(|name| name.to_ascii_lowercase()));
        Authorities { names, any_ip: ip.is_unspecified(), port: self.address.port() }
    }

    /// The address for a browser on this computer.
    pub fn url(&self) -> String {
        let ip = match self.address.ip() {
            ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }
}

/// The hosts and the port that may stand in a request. A page from elsewhere whose name was made to lead here (DNS
/// rebinding) names another host, and gets nothing.
#[derive(Debug, Clone)]
pub struct Authorities {
    names: Vec<String>,
    /// Whether any address in figures will do: a name is needed to mislead a browser.
    any_ip: bool,
    port: u16,
}

impl Authorities {
    /// Whether `host` or `host:port` is one of them.
    pub fn allow(&self, authority: &str) -> bool {
        let (host, port) = split(authority);
        let port = match port {
            Some(port) => port.parse().ok(),
            None => Some(80),
        };
        let host = host.to_ascii_lowercase();
        port == Some(self.port) && (self.names.contains(&host) || (self.any_ip && host.parse::<IpAddr>().is_ok()))
    }
}

/// Host and port; a version 6 address loses its brackets.
fn split(authority: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return match rest.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if rest.is_empty() => (host, None),
            None => (authority, Some("")),
        };
    }
    match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests;
