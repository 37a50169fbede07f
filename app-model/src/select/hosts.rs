//! Where a test would send, and what that needs. Must not resolve names: that is for whoever sends.

use std::collections::BTreeSet;

use tidemark_core::scenario::{Act, Scenario};

use crate::doc::place::each_step;

/// What kind of place a host is, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// This computer.
    Here,
    /// A private network.
    Private,
    /// Anywhere else.
    Internet,
}

/// The class of a host, by its name or address.
pub fn class(host: &str) -> Class {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    if let Ok(address) = host.parse::<std::net::IpAddr>() {
        return match address {
            address if address.is_loopback() => Class::Here,
            std::net::IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() => Class::Private,
            std::net::IpAddr::V6(v6) if v6.is_unique_local() || v6.is_unicast_link_local() => Class::Private,
            _ => Class::Internet,
        };
    }
    if host == "localhost" || host.ends_with(".localhost") {
        Class::Here
    } else if host.ends_with(".local") || host.ends_with(".internal") || !host.contains('.') {
        Class::Private
    } else {
        Class::Internet
    }
}

/// Whether a host looks like one that people use: no word such as staging or test in it.
pub fn looks_live(host: &str) -> bool {
    class(host) == Class::Internet && tidemark_core::wire::target::looks_live(host)
}

/// The hosts a run of this test would reach by its first target and whole addresses, each once, in order.
pub fn all(scenario: &Scenario) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |address: &str| {
        if let Some(host) = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned))
            && !found.contains(&host)
        {
            found.push(host);
        }
    };
    if let Some(target) = scenario.targets.first() {
        add(&target.url);
    }
    each_step(scenario, &mut |step| {
        if let Act::Request(request) = &step.act
            && !step.off
        {
            add(&request.url);
        }
    });
    found
}

/// The hosts that have to be confirmed before a run: not this computer, and not confirmed yet.
pub fn to_confirm(scenario: &Scenario, confirmed: &BTreeSet<String>) -> Vec<String> {
    all(scenario).into_iter().filter(|host| class(host) != Class::Here && !confirmed.contains(host)).collect()
}
