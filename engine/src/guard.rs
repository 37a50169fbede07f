//! Where may we send: hosts are classed by the address they resolve to, and anything but this computer has to be allowed
//! by name. Must not know what is sent.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use tidemark_core::traffic::{Kind, Network, Trouble};

/// How far away an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HostClass {
    /// The loopback, or the unspecified address (`0.0.0.0`, `::`), which the system takes to its own loopback.
    ThisComputer,
    /// Private, link-local, shared (carrier) or unique-local addresses.
    PrivateNetwork,
    /// Anything else.
    Internet,
}

impl HostClass {
    /// The class of an address. IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
    pub fn of(addr: IpAddr) -> Self {
        match addr.to_canonical() {
            IpAddr::V4(v4) if v4.is_loopback() || v4.is_unspecified() => Self::ThisComputer,
            IpAddr::V4(v4) => {
                let [a, b, ..] = v4.octets();
                let shared = a == 100 && (64..128).contains(&b);
                if v4.is_private() || v4.is_link_local() || shared { Self::PrivateNetwork } else { Self::Internet }
            }
            IpAddr::V6(v6) if v6.is_loopback() || v6.is_unspecified() => Self::ThisComputer,
            IpAddr::V6(v6) if is_near(v6) => Self::PrivateNetwork,
            IpAddr::V6(_) => Self::Internet,
        }
    }

    /// The class in words, as it reads after "the host is on".
    pub fn words(self) -> &'static str {
        match self {
            Self::ThisComputer => "this computer",
            Self::PrivateNetwork => "a private network",
            Self::Internet => "the internet",
        }
    }
}

/// Unique-local (fc00::/7) or link-local (fe80::/10).
fn is_near(addr: Ipv6Addr) -> bool {
    addr.is_unique_local() || addr.is_unicast_link_local()
}

/// The hosts that the operator allowed. This computer is always allowed.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    allowed: Vec<String>,
}

impl Guard {
    /// Allows exactly these host names or addresses (case, brackets around IPv6, a final dot and a port don't matter).
    pub fn new(allowed: impl IntoIterator<Item = String>) -> Self {
        Self { allowed: allowed.into_iter().map(|name| plain(&name)).filter(|name| !name.is_empty()).collect() }
    }

    /// Whether a connection to `host` at `addr` may be made. To be asked for every connection.
    ///
    /// # Errors
    /// [`Kind::HostBlocked`], with words on how to allow it.
    pub fn check(&self, host: &str, addr: IpAddr) -> Result<(), Trouble> {
        let class = HostClass::of(addr);
        if class == HostClass::ThisComputer || self.names(host, addr) {
            return Ok(());
        }
        let at = if plain(host) == addr.to_string() { String::new() } else { format!(" ({addr})") };
        Err(blocked(host, &format!("{host}{at} is on {}", class.words())))
    }

    /// Whether `host` may be reached through a proxy, where nobody here knows its address: only if named.
    ///
    /// # Errors
    /// [`Kind::HostBlocked`], with words on how to allow it.
    pub fn check_name(&self, host: &str) -> Result<(), Trouble> {
        let host = plain(host);
        if self.allowed.contains(&host) {
            return Ok(());
        }
        Err(blocked(&host, &format!("the address of {host} is only known to the proxy")))
    }

    fn names(&self, host: &str, addr: IpAddr) -> bool {
        let host = plain(host);
        let canonical = addr.to_canonical();
        self.allowed.iter().any(|name| {
            // An allowed address allows itself, but not every name that happens to lead there.
            *name == host && host.parse::<IpAddr>().ok().is_none_or(|literal| literal.to_canonical() == canonical)
        })
    }
}

fn blocked(host: &str, why: &str) -> Trouble {
    Trouble::new(Kind::HostBlocked, format!("{why}; if you may load it, allow it with --allow-host {}", plain(host)))
}

/// A host as it is compared: lower case, without brackets, final dot and port.
pub fn plain(host: &str) -> String {
    let host = match host.trim().rsplit_once(':') {
        // A port, but not the end of a bare IPv6 address.
        Some((name, port)) if port.parse::<u16>().is_ok() && (name.ends_with(']') || !name.contains(':')) => name,
        _ => host.trim(),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// Resolves a host and says how far away it is (the farthest of its addresses), for the check before a run.
///
/// # Errors
/// [`Kind::NameNotFound`] where the name can't be resolved.
pub async fn classify(host: &str, port: u16, network: &Network) -> Result<(HostClass, Vec<SocketAddr>), Trouble> {
    let addrs = crate::exchange::resolve(host, port, &network.resolve).await?;
    let class = addrs.iter().map(|addr| HostClass::of(addr.ip())).max().unwrap_or(HostClass::Internet);
    Ok((class, addrs))
}

#[cfg(test)]
mod tests;
