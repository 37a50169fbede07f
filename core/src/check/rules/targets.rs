//! Targets, addresses of hosts, and how they are reached.

use std::collections::HashSet;

use url::Url;

use super::{did_you_mean, stop, tip, unreadable};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Walk};
use crate::plan::watch_wrong;
use crate::problem::{Severity, short};
use crate::scenario::Target;

pub(super) const RULES: &[Rule] = &[
    stop(
        "no-target",
        "Requests are relative to a target, but there is none (or none with the chosen name).",
        "Add a target with a base address, or give one with --host.",
        no_target,
    ),
    stop(
        "bad-target-address",
        "The base address of a target is empty or no web address.",
        "Write it with http:// or https:// in front, such as http://127.0.0.1:8000.",
        bad_target_address,
    ),
    stop(
        "host-not-allowed",
        "A request goes to a host that is neither the target's nor in allowed_hosts.",
        "Add the host to allowed_hosts if you may load it, or remove the step.",
        host_not_allowed,
    ),
    stop(
        "bad-allowed-host",
        "An entry of allowed_hosts is no host name.",
        "Write the name alone, such as cdn.shop.test.",
        bad_allowed_host,
    ),
    stop("bad-proxy", "A proxy's address can't be used.", "Write it like http://127.0.0.1:3128.", bad_proxy),
    stop(
        "bad-resolve",
        "A host name is to be reached at something that is no IP address.",
        "Write it like \"shop.test\": \"127.0.0.1\".",
        bad_resolve,
    ),
    stop(
        "half-a-certificate",
        "A client certificate needs both its file and the file of its key.",
        "Give client_certificate and client_key, or neither.",
        half_a_certificate,
    ),
    stop(
        "bad-watch",
        "Something to be watched while a run goes on is no page and no process, or can't be read as it stands.",
        "Give an address of a page of metrics, such as /metrics, or the number of a process.",
        bad_watch,
    ),
    tip(
        "any-certificate",
        "skip_verify takes any certificate, also a wrong or expired one.",
        "Give the certificate to trust in ca_file instead.",
        any_certificate,
    ),
];

/// The chosen target with its number.
pub(super) fn chosen<'w>(walk: &'w Walk) -> Option<(usize, &'w Target)> {
    let targets = &walk.scenario.targets;
    match walk.context.target {
        Some(name) => targets.iter().enumerate().find(|(_, target)| target.name == name),
        None => targets.iter().enumerate().next(),
    }
}

/// Whether a request's address names its own scheme and host.
pub(super) fn is_absolute(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

fn no_target(walk: &Walk, out: &mut Out) {
    if walk.context.address.is_some() || unreadable(&walk.scenario.extra, &["targets"]) {
        return;
    }
    let targets = &walk.scenario.targets;
    if let (Some(name), None) = (walk.context.target, chosen(walk)) {
        let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        let hint = did_you_mean(name, &known, || format!("choose one of: {}", known.join(", ")));
        out.say(At::ROOT.key("targets"), format!("no target is called \"{}\"", short(name)), hint);
    } else if targets.is_empty() && walk.requests().any(|(step, request)| !step.at.off && !is_absolute(&request.url)) {
        out.say(
            At::ROOT.key("targets"),
            "the scenario has no target",
            "add \"targets\": [ { \"name\": \"…\", \"url\": \"http://…\" } ], or give an address with --host",
        );
    }
}

fn bad_target_address(walk: &Walk, out: &mut Out) {
    let picked = chosen(walk).map(|(number, _)| number);
    if let Some(address) = walk.context.address
        && let Some((message, hint)) = wrong_base(address)
    {
        out.say(At::ROOT, message, hint);
    }
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        let used = picked == Some(i) && walk.context.address.is_none();
        let severity = if used { Severity::Stop } else { Severity::Warn };
        if let (false, Some((message, hint))) = (unreadable(&target.extra, &["url"]), wrong_base(&target.url)) {
            out.say_as(severity, At::ROOT.key("targets").index(i).key("url"), message, hint);
        }
    }
}

/// What is wrong with a base address, and what to do.
fn wrong_base(address: &str) -> Option<(String, String)> {
    let example = "write it like http://127.0.0.1:8000 or https://shop.test";
    if address.trim().is_empty() {
        return Some(("the target has no address".to_owned(), example.to_owned()));
    }
    let message = format!("\"{}\" is not a web address", short(address));
    if address.contains("{{") {
        return Some((message, "write one target for each address; values can't stand here".to_owned()));
    }
    let scheme = address.trim().split_once("://").map_or("", |(scheme, _)| scheme);
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        let hint = match address.contains("://") {
            true => example.to_owned(),
            false => format!("put http:// or https:// in front: http://{}", short(address.trim())),
        };
        return Some((message, hint));
    }
    match Url::parse(address.trim()) {
        Ok(url) if url.has_host() && url.username().is_empty() && url.password().is_none() => None,
        Ok(_) => Some((
            "the address holds a user name or password".to_owned(),
            "use \"sign_in\": { \"basic\": … } with a secret".to_owned(),
        )),
        Err(error) => Some((format!("{message}: {error}"), example.to_owned())),
    }
}

fn host_not_allowed(walk: &Walk, out: &mut Out) {
    let base = walk.context.address.or(chosen(walk).map(|(_, target)| target.url.as_str()));
    let base = base.and_then(|base| Url::parse(base.trim()).ok());
    let own = base.as_ref().and_then(Url::host_str);
    let allowed = walk.scenario.allowed_hosts.iter().map(|entry| host_of(entry).to_ascii_lowercase());
    let allowed: HashSet<String> = allowed.collect();
    for (step, request) in walk.requests() {
        if !is_absolute(&request.url) {
            continue;
        }
        let Some(address) = super::with_values_as(&request.url, |_| "\u{1}".to_owned()) else { continue };
        let after_scheme = address.split_once("://").map_or("", |(_, rest)| rest);
        let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('\u{1}') {
            continue; // known only at run time; the engine's guard looks at it
        }
        let url = Url::parse(&address.replace('\u{1}', "0"));
        let Some(host) = url.as_ref().ok().and_then(Url::host_str) else { continue };
        if own != Some(host) && !allowed.contains(host) {
            out.say(
                step.inside.key("url"),
                format!("the host {} is not on this test's list", short(host)),
                format!("add \"{}\" to allowed_hosts if you may load it, or remove the step", short(host)),
            );
        }
    }
}

/// The name in `name` or `name:port`.
fn host_of(entry: &str) -> &str {
    match entry.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && !host.ends_with(':') => {
            host
        }
        _ => entry,
    }
}

fn bad_allowed_host(walk: &Walk, out: &mut Out) {
    for (i, entry) in walk.scenario.allowed_hosts.iter().enumerate() {
        let plain = Url::parse(&format!("http://{}/", host_of(entry))).is_ok();
        if entry.is_empty() || entry.contains(['/', '@', '?', '#', ' ']) || !plain {
            out.say(
                At::ROOT.key("allowed_hosts").index(i),
                format!("\"{}\" is no host name", short(entry)),
                "write the name alone, such as \"cdn.shop.test\"",
            );
        }
    }
}

fn bad_proxy(walk: &Walk, out: &mut Out) {
    for (i, target) in walk.scenario.targets.iter().enumerate().filter(|(_, target)| !target.proxy.is_empty()) {
        let url = Url::parse(&target.proxy).ok();
        let good = url.is_some_and(|url| url.has_host() && matches!(url.scheme(), "http" | "https" | "socks5"));
        if !good {
            out.say(
                At::ROOT.key("targets").index(i).key("proxy"),
                "the proxy is no address of a proxy",
                "write it like \"http://127.0.0.1:3128\" or \"socks5://127.0.0.1:1080\"",
            );
        }
    }
}

fn bad_resolve(walk: &Walk, out: &mut Out) {
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        for (name, address) in target.resolve.iter() {
            if address.parse::<std::net::IpAddr>().is_err() {
                out.say(
                    At::ROOT.key("targets").index(i).key("resolve").key(name),
                    format!("\"{}\" is no IP address", short(address)),
                    "write it like \"shop.test\": \"127.0.0.1\"",
                );
            }
        }
    }
}

fn half_a_certificate(walk: &Walk, out: &mut Out) {
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        if target.tls.client_certificate.is_empty() != target.tls.client_key.is_empty() {
            out.say(
                At::ROOT.key("targets").index(i).key("tls"),
                "a client certificate needs both its file and its key",
                "give \"client_certificate\" and \"client_key\", or neither",
            );
        }
    }
}

fn any_certificate(walk: &Walk, out: &mut Out) {
    for (i, _) in walk.scenario.targets.iter().enumerate().filter(|(_, target)| target.tls.skip_verify) {
        out.say(
            At::ROOT.key("targets").index(i).key("tls").key("skip_verify"),
            "any certificate is taken, also a wrong one",
            "name the certificate to trust in \"ca_file\" instead",
        );
    }
}

fn bad_watch(walk: &Walk, out: &mut Out) {
    let picked = chosen(walk).map(|(number, _)| number);
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        let severity = if picked == Some(i) { Severity::Stop } else { Severity::Warn };
        for (at, watch) in target.watch.iter().enumerate().filter(|(_, watch)| !watch.off) {
            let keys = ["metrics", "series", "process", "every"];
            let Some((key, message, hint)) = watch_wrong(watch).filter(|_| !unreadable(&watch.extra, &keys)) else {
                continue;
            };
            let place = At::ROOT.key("targets").index(i).key("watch").index(at);
            let place = if let Some(key) = key { place.key(key) } else { place };
            out.say_as(severity, place, message, hint);
        }
    }
}
