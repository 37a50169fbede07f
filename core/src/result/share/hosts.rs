//! Host names: found in addresses, header lines and messages, and replaced wherever they stand, whatever surrounds them.
//!
//! Must not know what the texts are about.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use serde_json::Value;

use crate::result::Redactor;

/// Texts that are no words: histograms, and the address of the format's own description.
const SKIPPED: [&str; 2] = ["hist", "$schema"];

/// Kinds of failures whose particulars may name a host that stands nowhere else.
const TELLING: [&str; 6] = ["host-blocked", "name-not-found", "refused", "reset", "connect-timeout", "tls"];

/// Names of hosts and what stands in their places.
#[derive(Debug, Default)]
pub struct Hosts {
    /// By number, from 0.
    numbers: HashMap<String, usize>,
    /// Finds what is left: within base64, or with letters written as codes.
    rest: Option<Redactor>,
}

impl Hosts {
    /// Takes note of every host in a value.
    pub fn collect(&mut self, value: &Value) {
        if let Some(target) = value.get("target").and_then(Value::as_str) {
            self.collect_text(target);
        }
        self.walk(value);
        self.rest = None;
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.collect_text(text),
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::Object(map) => {
                for (key, value) in map.iter().filter(|(key, _)| !SKIPPED.contains(&key.as_str())) {
                    match (key.as_str(), value) {
                        ("allowed_hosts", Value::Array(hosts)) => {
                            hosts.iter().filter_map(Value::as_str).for_each(|host| self.add(host));
                        }
                        ("resolve", Value::Object(hosts)) => hosts.iter().for_each(|(name, address)| {
                            self.add(name);
                            address.as_str().into_iter().for_each(|address| self.add(address));
                        }),
                        _ => self.walk(value),
                    }
                }
                // A series of something that is watched has its hosts in labels.
                if let (Some(name), true) = (map.get("name").and_then(Value::as_str), map.contains_key("points")) {
                    tokens(name).filter(|(_, token)| looks_like_a_host(token)).for_each(|(_, token)| self.add(token));
                }
                let word = |key: &str| map.get(key).and_then(Value::as_str);
                let told = [word("kind"), word("failure")].into_iter().flatten().any(|kind| TELLING.contains(&kind));
                if let Some(detail) = word("detail").filter(|_| told) {
                    tokens(detail).filter(|(_, token)| looks_like_a_host(token)).for_each(|(_, token)| self.add(token));
                }
            }
            _ => {}
        }
    }

    /// Hosts in addresses and header lines of a text.
    fn collect_text(&mut self, text: &str) {
        for mark in ["://", ":\\/\\/", "%3A%2F%2F", "%3a%2f%2f", "\"//", "'//", "=//", "(//"] {
            for (at, _) in text.match_indices(mark) {
                self.add(authority(&text[at + mark.len()..]));
            }
        }
        for line in text.lines() {
            let Some((name, rest)) = line.split_once(": ").or_else(|| line.split_once(":authority:")) else { continue };
            if name.eq_ignore_ascii_case("host") || name.eq_ignore_ascii_case("x-forwarded-host") {
                self.add(authority(rest.trim()));
            }
            if name.eq_ignore_ascii_case("set-cookie") {
                let domains = rest.split(';').filter_map(|part| part.trim().split_once('='));
                let domains = domains.filter(|(name, _)| name.eq_ignore_ascii_case("domain"));
                domains.for_each(|(_, domain)| self.add(domain));
            }
        }
    }

    /// Takes note of a host, with or without a port, a wildcard or brackets.
    fn add(&mut self, host: &str) {
        let host = host.trim().trim_start_matches("*.").trim_matches('.');
        let host = match (host.strip_prefix('[').and_then(|rest| rest.split_once(']')), host.rsplit_once(':')) {
            (Some((address, _)), _) => address,
            (None, Some((name, port))) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(':') => name,
            _ => host,
        };
        let host = host.to_lowercase();
        let address = host.parse::<IpAddr>().is_ok();
        let named = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if !host.is_empty() && (address || named) {
            let next = self.numbers.len();
            self.numbers.entry(host).or_insert(next);
        }
    }

    /// Replaces every host in a value's texts and keys.
    pub fn hide(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hidden(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide(item)),
            Value::Object(map) => {
                for (key, mut value) in std::mem::take(map) {
                    if SKIPPED.contains(&key.as_str()) {
                        map.insert(key, value);
                    } else {
                        self.hide(&mut value);
                        map.insert(self.hidden(&key), value);
                    }
                }
            }
            _ => {}
        }
    }

    /// A text with every host replaced.
    pub fn hidden(&mut self, text: &str) -> String {
        let text = self.without_colons(text);
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        let found: Vec<(usize, &str)> = tokens(&text).collect();
        for (at, token) in found {
            if let Some(number) = self.number(&text, at, token) {
                out.push_str(&text[copied..at]);
                out.push_str(&format!("host-{}", number + 1));
                copied = at + token.len();
            }
        }
        out.push_str(&text[copied..]);
        self.rest().text(&out)
    }

    /// IPv6 addresses, which are no single word.
    fn without_colons(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (host, number) in self.numbers.iter().filter(|(host, _)| host.contains(':')) {
            text = text.replace(&format!("[{host}]"), &format!("host-{}", number + 1));
        }
        text
    }

    /// The number of a word that is a known host, lies below one, or is the domain of one.
    fn number(&mut self, text: &str, at: usize, token: &str) -> Option<usize> {
        let name = token.to_lowercase();
        if !name.contains('.') {
            // A host of one word, such as `shop`, is an everyday word elsewhere.
            let number = *self.numbers.get(&name)?;
            let (before, after) = (&text[..at], &text[at + token.len()..]);
            let lower = before.get(before.len().saturating_sub(8)..).unwrap_or_default().to_lowercase();
            let led = ["//", "@", "host: ", "%2f"].iter().any(|lead| lower.ends_with(lead));
            let port = after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            return (led || port || name.len() == text.len() || name == "localhost").then_some(number);
        }
        if let Some(number) = self.numbers.get(&name) {
            return Some(*number);
        }
        if name.parse::<Ipv4Addr>().is_ok() || name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        let within = |longer: &str, shorter: &str| {
            longer.strip_suffix(shorter).is_some_and(|rest| rest.ends_with('.')) && shorter.contains('.')
        };
        let akin = self.numbers.keys().any(|known| within(&name, known) || within(known, &name));
        akin.then(|| {
            let next = self.numbers.len();
            self.rest = None;
            *self.numbers.entry(name).or_insert(next)
        })
    }

    fn rest(&mut self) -> &Redactor {
        let numbers = &self.numbers;
        self.rest.get_or_insert_with(|| {
            // Short names and plain numbers would be found where they don't stand.
            let telling =
                |host: &&String| host.len() >= 8 && looks_like_a_host(host) && host.parse::<IpAddr>().is_err();
            Redactor::new(numbers.keys().filter(telling))
        })
    }
}

/// The host in what follows `://`, with its port.
fn authority(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || ".-_:[]@{}$~!*+=%".contains(c))).unwrap_or(rest.len());
    let whole = &rest[..end];
    let whole = whole.find('%').map_or(whole, |at| &whole[..at]);
    whole.rsplit_once('@').map_or(whole, |(_, host)| host)
}

/// `shop.example` or an address in numbers: words that can hardly be anything else.
fn looks_like_a_host(token: &str) -> bool {
    let last = token.rsplit('.').next().unwrap_or_default();
    let named = token.contains('.') && last.len() >= 2 && last.chars().all(char::is_alphabetic);
    named || token.parse::<Ipv4Addr>().is_ok()
}

/// Runs of letters that a host's name may be made of, with their places. The digits of `%2F` are no part of one.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let first = rest.chars().next()?;
            if first == '%' && rest.get(1..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit())) {
                at += 3;
            } else if matches!(first, '.' | '-' | '_') || !part(first) {
                at += first.len_utf8();
            } else {
                let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
                let token = rest[..end].trim_end_matches(['.', '-', '_']);
                let from = at;
                at += end;
                return Some((from, token));
            }
        }
    })
}
