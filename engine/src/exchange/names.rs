//! Host names to addresses: overrides first, then the system's resolver, remembered for a while. Must not know who asks.

use std::cell::{Cell, RefCell};
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use tidemark_core::traffic::{Kind, Trouble};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::fault;

/// How long an address is remembered.
const KEEP: Duration = Duration::from_secs(60);
/// How long it is remembered that a name could not be resolved, so that a thousand people don't ask at once.
const KEEP_MISSING: Duration = Duration::from_secs(1);

/// The addresses of `host`, in the resolver's order.
///
/// # Errors
/// [`Kind::NameNotFound`] with the name.
pub async fn resolve(host: &str, port: u16, overrides: &[(String, IpAddr)]) -> Result<Vec<SocketAddr>, Trouble> {
    let found = match known(host, overrides) {
        Some(addr) => vec![addr],
        None => look_up(host).await?,
    };
    Ok(found.into_iter().map(|addr| SocketAddr::new(addr, port)).collect())
}

/// The addresses of a host that need no resolver.
fn known(host: &str, overrides: &[(String, IpAddr)]) -> Option<IpAddr> {
    let given = overrides.iter().find(|(name, _)| name.eq_ignore_ascii_case(host)).map(|(_, addr)| *addr);
    given.or_else(|| host.parse().ok())
}

async fn look_up(host: &str) -> Result<Vec<IpAddr>, Trouble> {
    match tokio::net::lookup_host((host, 0)).await {
        Ok(found) => {
            let mut addrs: Vec<IpAddr> = Vec::new();
            for addr in found.map(|addr| addr.ip()) {
                if !addrs.contains(&addr) {
                    addrs.push(addr);
                }
            }
            if addrs.is_empty() { Err(not_found(host, "it has no address")) } else { Ok(addrs) }
        }
        // The resolver needs file handles too.
        Err(error) => Err(fault::no_room(&error).unwrap_or_else(|| not_found(host, &error.to_string()))),
    }
}

fn not_found(host: &str, why: &str) -> Trouble {
    Trouble::new(Kind::NameNotFound, format!("the name {host} could not be resolved ({why})"))
}

type Found = Result<Rc<[IpAddr]>, Trouble>;

struct Entry {
    host: String,
    until: Cell<Option<Instant>>,
    found: OnceCell<Found>,
}

/// The names a worker has asked for. Bounded by the number of hosts in a run's addresses, of which 1,000 are remembered.
#[derive(Default)]
pub(super) struct Names {
    overrides: Vec<(String, IpAddr)>,
    entries: RefCell<Vec<Rc<Entry>>>,
}

impl Names {
    pub(super) fn new(overrides: Vec<(String, IpAddr)>) -> Self {
        Self { overrides, entries: RefCell::default() }
    }

    /// As [`resolve`], asking the resolver once a minute at most, however many people wait for the same name.
    pub(super) async fn find(&self, host: &str) -> Result<Rc<[IpAddr]>, Trouble> {
        if let Some(addr) = known(host, &self.overrides) {
            return Ok(Rc::new([addr]));
        }
        let entry = self.entry(host);
        let found = entry.found.get_or_init(|| async {
            let found = look_up(host).await;
            entry.until.set(Some(Instant::now() + if found.is_ok() { KEEP } else { KEEP_MISSING }));
            found.map(Rc::from)
        });
        found.await.clone()
    }

    /// As if the resolver had just said so.
    #[cfg(test)]
    pub(super) fn remember(&self, host: &str, addrs: &[IpAddr]) {
        let entry = self.entry(host);
        entry.until.set(Some(Instant::now() + KEEP));
        entry.found.set(Ok(Rc::from(addrs))).expect("nobody asked for it before");
    }

    fn entry(&self, host: &str) -> Rc<Entry> {
        let mut entries = self.entries.borrow_mut();
        if let Some(at) = entries.iter().position(|entry| entry.host == host) {
            if entries[at].until.get().is_none_or(|until| until > Instant::now()) {
                return Rc::clone(&entries[at]);
            }
            entries.swap_remove(at);
        }
        if entries.len() >= 1_000 {
            entries.clear();
        }
        let entry = Rc::new(Entry { host: host.to_owned(), until: Cell::new(None), found: OnceCell::new() });
        entries.push(Rc::clone(&entry));
        entry
    }
}
