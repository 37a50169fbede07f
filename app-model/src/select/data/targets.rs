//! One target on the Data tab, in forms that fields can show. Must not send anything there.

use tidemark_core::scenario::{ApiKey, BasicSignIn, HttpPreference, Pairs, SignIn, Target};

use crate::select::hosts;
use crate::text::data as say;

/// Kinds of sign-in that a target can have: word and label.
pub const SIGN_INS: [(&str, &str); 4] =
    [("none", say::NO_SIGN_IN), ("basic", say::BASIC), ("bearer", say::BEARER), ("key", say::API_KEY)];

/// HTTP versions: word and label.
pub const HTTPS: [(HttpPreference, &str, &str); 3] = [
    (HttpPreference::Auto, "auto", say::HTTP_AUTO),
    (HttpPreference::Http1, "1.1", say::HTTP_1),
    (HttpPreference::Http2, "2", say::HTTP_2),
];

/// The word of a target's sign-in.
pub fn sign_in_word(target: &Target) -> &'static str {
    match &target.sign_in {
        None | Some(SignIn::Off(_) | SignIn::Nothing) => "none",
        Some(SignIn::Basic(_)) => "basic",
        Some(SignIn::Bearer(_)) => "bearer",
        Some(SignIn::ApiKey(_)) => "key",
    }
}

/// The target with another kind of sign-in, still to be filled in.
pub fn with_sign_in(target: &Target, word: &str) -> Target {
    let sign_in = match word {
        "basic" => Some(SignIn::Basic(BasicSignIn::default())),
        "bearer" => Some(SignIn::Bearer(String::new())),
        "key" => Some(SignIn::ApiKey(ApiKey { header: "X-Api-Key".to_owned(), ..ApiKey::default() })),
        _ => None,
    };
    Target { sign_in, ..target.clone() }
}

/// A field of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInField {
    /// User name.
    User,
    /// Password.
    Password,
    /// Token.
    Token,
    /// The name of the header or of the row in the address.
    KeyName,
    /// The key.
    Key,
}

/// What a field of the sign-in holds.
pub fn sign_in_text(target: &Target, field: SignInField) -> String {
    match (&target.sign_in, field) {
        (Some(SignIn::Basic(basic)), SignInField::User) => basic.user.clone(),
        (Some(SignIn::Basic(basic)), SignInField::Password) => basic.password.clone(),
        (Some(SignIn::Bearer(token)), SignInField::Token) => token.clone(),
        (Some(SignIn::ApiKey(key)), SignInField::KeyName) if key.query.is_empty() => key.header.clone(),
        (Some(SignIn::ApiKey(key)), SignInField::KeyName) => key.query.clone(),
        (Some(SignIn::ApiKey(key)), SignInField::Key) => key.value.clone(),
        _ => String::new(),
    }
}

/// The target with this text in a field of its sign-in.
pub fn with_sign_in_text(target: &Target, field: SignInField, text: String) -> Target {
    let mut target = target.clone();
    match (&mut target.sign_in, field) {
        (Some(SignIn::Basic(basic)), SignInField::User) => basic.user = text,
        (Some(SignIn::Basic(basic)), SignInField::Password) => basic.password = text,
        (Some(SignIn::Bearer(token)), SignInField::Token) => *token = text,
        (Some(SignIn::ApiKey(key)), SignInField::KeyName) if key.query.is_empty() => key.header = text,
        (Some(SignIn::ApiKey(key)), SignInField::KeyName) => key.query = text,
        (Some(SignIn::ApiKey(key)), SignInField::Key) => key.value = text,
        _ => {}
    }
    target
}

/// Where a key goes: `header` or `query`.
pub fn key_place(target: &Target) -> &'static str {
    match &target.sign_in {
        Some(SignIn::ApiKey(key)) if !key.query.is_empty() => "query",
        _ => "header",
    }
}

/// The target with its key in the other place.
pub fn with_key_in(target: &Target, place: &str) -> Target {
    let name = sign_in_text(target, SignInField::KeyName);
    let mut target = target.clone();
    if let Some(SignIn::ApiKey(key)) = &mut target.sign_in {
        let (header, query) = if place == "query" { (String::new(), name) } else { (name, String::new()) };
        (key.header, key.query) = (header, query);
    }
    target
}

/// What can be changed in rows of names and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairEdit {
    /// An empty row at the end.
    Add,
    /// The name of a row.
    Name(usize, String),
    /// The value of a row.
    Value(usize, String),
    /// A row taken out.
    Remove(usize),
}

/// The rows after a change.
pub fn with_pair(pairs: &Pairs, edit: PairEdit) -> Pairs {
    let mut pairs = pairs.clone();
    match edit {
        PairEdit::Add => pairs.0.push((String::new(), String::new())),
        PairEdit::Name(at, text) => {
            if let Some((name, _)) = pairs.0.get_mut(at) {
                *name = text;
            }
        }
        PairEdit::Value(at, text) => {
            if let Some((_, value)) = pairs.0.get_mut(at) {
                *value = text;
            }
        }
        PairEdit::Remove(at) if at < pairs.0.len() => {
            pairs.0.remove(at);
        }
        PairEdit::Remove(_) => {}
    }
    pairs
}

/// What is wrong with a target's address; empty if nothing is.
pub fn bad_address(target: &Target) -> &'static str {
    // A value in it makes sense once it is filled in.
    if target.url.contains("{{") { "" } else { crate::select::overlay::bad_target(&target.url).unwrap_or_default() }
}

/// Whether the address alone looks like one that people use.
pub fn looks_live(target: &Target) -> bool {
    let url = url::Url::parse(&target.url).ok();
    url.as_ref().and_then(url::Url::host_str).is_some_and(hosts::looks_live)
}
