//! Secrets: that they have values, and that they stay secret. No message may show one.

use std::collections::HashSet;

use serde_json::Value;

use super::{stop, unreadable, warn};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::plan::template::{Source, Template};
use crate::problem::short;
use crate::scenario::{Body, Pairs, SignIn, ValueKind};

pub(super) const RULES: &[Rule] = &[
    stop(
        "secret-missing",
        "A secret has no value on this computer.",
        "Set its environment variable (TIDEMARK_SECRET_ and its name in capitals, unless the file says otherwise).",
        secret_missing,
    ),
    stop(
        "sign-in-incomplete",
        "A sign-in lacks something: the user, the token, the key, or where the key goes.",
        "Give what is missing; an API key goes either in a header or in the query.",
        sign_in_incomplete,
    ),
    warn(
        "secret-in-address",
        "A secret stands in the address of a request. Addresses end up in the logs of servers and proxies.",
        "Send it in a header or in the body.",
        secret_in_address,
    ),
    warn(
        "secret-in-plain-sight",
        "Something that looks like a password, key or token stands in the file, for everyone to read.",
        "Make it a secret: put its name into \"secrets\" and use it as {{name}}.",
        secret_in_plain_sight,
    ),
];

fn secret_missing(walk: &Walk, out: &mut Out) {
    let Some(known) = &walk.context.secrets else { return };
    let used: HashSet<&str> = walk.uses.iter().filter(|used| !used.at.off).map(|used| used.name.as_str()).collect();
    for (i, secret) in walk.scenario.secrets.iter().enumerate() {
        if !known.contains(&secret.name) && used.contains(secret.name.as_str()) {
            out.say(
                At::ROOT.key("secrets").index(i),
                format!("the secret \"{}\" has no value", short(&secret.name)),
                format!("set the environment variable {}", short(&secret.variable())),
            );
        }
    }
}

/// Every sign-in with its place.
fn sign_ins<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'w SignIn)> {
    let targets = walk.scenario.targets.iter().enumerate();
    let targets = targets.flat_map(|(i, target)| {
        let at = At::ROOT.key("targets").index(i);
        let watched = target.watch.iter().enumerate().filter(|(_, watch)| !watch.off);
        let watched =
            watched.map(|(n, watch)| (at.clone().key("watch").index(n), watch.sign_in.as_ref())).collect::<Vec<_>>();
        let all = std::iter::once((at.clone(), target.sign_in.as_ref())).chain(watched);
        all.filter_map(|(at, sign_in)| Some((at.key("sign_in"), sign_in?))).collect::<Vec<_>>()
    });
    targets.chain(
        walk.requests().filter_map(|(step, request)| {
            request.sign_in.as_ref().map(|sign_in| (step.inside.key("sign_in"), sign_in))
        }),
    )
}

fn sign_in_incomplete(walk: &Walk, out: &mut Out) {
    for (spot, sign_in) in sign_ins(walk) {
        match sign_in {
            SignIn::Basic(basic) if basic.user.is_empty() && !unreadable(&basic.extra, &["user"]) => {
                out.say(spot.key("basic"), "the user name is missing", "add \"user\"");
            }
            SignIn::Bearer(token) if token.trim().is_empty() => {
                out.say(spot.key("bearer"), "the token is empty", "write it like \"{{token}}\"");
            }
            SignIn::ApiKey(key) if !unreadable(&key.extra, &["header", "query", "value"]) => {
                let spot = spot.key("api_key");
                match (key.header.is_empty(), key.query.is_empty()) {
                    (true, true) => {
                        out.say(spot.clone(), "it is not said where the key goes", "add \"header\" or \"query\"")
                    }
                    (false, false) => {
                        out.say(spot.clone(), "the key can't go both in a header and in the query", "keep one of them");
                    }
                    _ => {}
                }
                if key.value.trim().is_empty() {
                    out.say(spot, "the key is empty", "add \"value\", such as \"{{api_key}}\"");
                }
            }
            _ => {}
        }
    }
}

fn secret_in_address(walk: &Walk, out: &mut Out) {
    let secrets: HashSet<&str> = walk.scenario.secrets.iter().map(|secret| secret.name.as_str()).collect();
    if secrets.is_empty() {
        return;
    }
    let holds = |text: &str| {
        let template = Template::parse(text).ok()?;

        template.uses().find_map(|used| match &used.source {
            Source::Name(name) if secrets.contains(name.as_str()) => Some(name.clone()),
            _ => None,
        })
    };
    for (step, request) in walk.requests() {
        let address = [("url", request.url.as_str())].into_iter();
        for (key, text) in address.chain(request.query.iter().map(|(_, text)| ("query", text))) {
            if let (true, Some(name)) = (text.contains("{{"), holds(text)) {
                out.say(
                    step.inside.key(key),
                    format!(
                        "the secret \"{}\" stands in the address, which servers write into their logs",
                        short(&name)
                    ),
                    "send it in a header or in the body",
                );
            }
        }
    }
}

fn secret_in_plain_sight(walk: &Walk, out: &mut Out) {
    let mut tell = |spot: Spot, what: &str| {
        let hint = "make it a secret: put a name into \"secrets\" and write {{name}} here";
        out.say(spot, format!("{what} stands in the file, for everyone to read"), hint);
    };
    for (spot, sign_in) in sign_ins(walk) {
        match sign_in {
            SignIn::Basic(basic) if plain(&basic.password) => tell(spot.key("basic").key("password"), "a password"),
            SignIn::Bearer(token) if plain(token) => tell(spot.key("bearer"), "a token"),
            SignIn::ApiKey(key) if plain(&key.value) => tell(spot.key("api_key").key("value"), "a key"),
            _ => {}
        }
    }
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        header_secrets(At::ROOT.key("targets").index(i).key("headers"), &target.headers, &mut tell);
    }
    for (i, value) in walk.scenario.values.iter().enumerate() {
        if let (true, ValueKind::Fixed(Value::String(text))) = (sounds_secret(&value.name), &value.is)
            && plain(text)
        {
            tell(At::ROOT.key("values").index(i).key("value"), "what sounds like a secret");
        }
    }
    for (step, request) in walk.requests() {
        header_secrets(step.inside.key("headers"), &request.headers, &mut tell);
        match &request.body {
            Body::Json(body) => json_secrets(step.inside.key("json"), body, &mut tell),
            Body::Form(form) => {
                for (name, text) in form.iter().filter(|(name, text)| sounds_secret(name) && plain(text)) {
                    debug_assert!(!text.is_empty());
                    tell(step.inside.key("form").key(name), "what sounds like a secret");
                }
            }
            _ => {}
        }
    }
}

/// Headers that carry secrets.
fn header_secrets(spot: Spot, headers: &Pairs, tell: &mut impl FnMut(Spot, &str)) {
    for (name, text) in headers.iter() {
        let carries =
            ["authorization", "proxy-authorization", "cookie"].iter().any(|known| name.eq_ignore_ascii_case(known));
        if (carries || sounds_secret(name)) && plain(text) {
            tell(spot.clone().key(name), "what sounds like a secret");
        }
    }
}

/// Fields of a JSON body that sound like secrets.
fn json_secrets(spot: Spot, value: &Value, tell: &mut impl FnMut(Spot, &str)) {
    match value {
        Value::Object(map) => {
            for (name, item) in map {
                match item {
                    Value::String(text) if sounds_secret(name) && plain(text) => {
                        tell(spot.clone().key(name), "what sounds like a secret");
                    }
                    Value::Object(_) | Value::Array(_) => json_secrets(spot.clone().key(name), item, tell),
                    _ => {}
                }
            }
        }
        Value::Array(items) => {
            let nested = items.iter().enumerate().filter(|(_, item)| item.is_object() || item.is_array());
            nested.for_each(|(i, item)| json_secrets(spot.clone().index(i), item, tell));
        }
        _ => {}
    }
}

/// Whether a text is written out, with nothing to be filled in.
fn plain(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains("{{")
}

/// Whether a name sounds like that of a secret.
fn sounds_secret(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ["password", "passwd", "secret", "apikey", "accesstoken", "authtoken", "privatekey"]
        .iter()
        .any(|word| name.contains(word))
}
