//! One target on the Data tab, in forms that fields can show. Must not send anything there.

use tidemark_core::scenario::{ApiKey, BasicSignIn, HttpPreference, Pairs, SignIn, Target, Watch};

use crate::select::hosts;
use crate::select::panel::fields::{key_place, key_sent_in};
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
        (Some(SignIn::ApiKey(key)), SignInField::Key) => key.value = text,
        _ => {}
    }
    target
}

/// Where a target's key is sent, by [`key_place`].
pub fn key_place_of(target: &Target, chosen: &'static str) -> &'static str {
    match &target.sign_in {
        Some(SignIn::ApiKey(key)) => key_place(key, chosen),
        _ => chosen,
    }
}

/// The target with its key sent in a place, under a name.
pub fn with_key_in(target: &Target, place: &str, name: &str) -> Target {
    let mut target = target.clone();
    if let Some(SignIn::ApiKey(key)) = &mut target.sign_in {
        *key = key_sent_in(key, place, name);
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

/// What is watched, in one line: the address of a page, or the number of a process.
pub fn watch_text(watch: &Watch) -> String {
    watch.process.map_or_else(|| watch.metrics.clone(), |process| process.to_string())
}

/// The series of a page in one line.
pub fn series_text(watch: &Watch) -> String {
    watch.series.join(" ")
}

/// A change of what is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchEdit {
    /// The page of metrics of the target itself, at the end.
    Add,
    /// Where one looks: the address of a page, or the number of a process.
    At(usize, String),
    /// The series of a page, with blanks between them.
    Series(usize, String),
    /// Another kind of sign-in at a page, by its word.
    SignIn(usize, String),
    /// A text in a field of a page's sign-in.
    SignInText(usize, SignInField, String),
    /// One taken out.
    Remove(usize),
}

/// Kinds of sign-in that a page can have: word and label.
pub const WATCH_SIGN_INS: [(&str, &str); 3] = [SIGN_INS[0], SIGN_INS[1], SIGN_INS[2]];

/// A target with the sign-in of a page, for what shows and changes sign-ins.
pub fn signed_in_as(watch: &Watch) -> Target {
    Target { sign_in: watch.sign_in.clone(), ..Target::default() }
}

/// What is watched after a change.
pub fn with_watch(watch: &[Watch], edit: WatchEdit) -> Vec<Watch> {
    let mut all = watch.to_vec();
    match edit {
        WatchEdit::Add => all.push(Watch { metrics: "/metrics".to_owned(), ..Watch::default() }),
        WatchEdit::At(at, text) => {
            if let Some(one) = all.get_mut(at) {
                let text = text.trim();
                one.process = text.parse().ok();
                one.metrics = if one.process.is_some() { String::new() } else { text.to_owned() };
                one.sign_in = one.sign_in.take().filter(|_| one.process.is_none());
            }
        }
        WatchEdit::Series(at, text) => {
            if let Some(one) = all.get_mut(at) {
                one.series = apart(&text);
            }
        }
        WatchEdit::SignIn(at, word) => {
            if let Some(one) = all.get_mut(at) {
                one.sign_in = with_sign_in(&signed_in_as(one), &word).sign_in;
            }
        }
        WatchEdit::SignInText(at, field, text) => {
            if let Some(one) = all.get_mut(at) {
                one.sign_in = with_sign_in_text(&signed_in_as(one), field, text.trim().to_owned()).sign_in;
            }
        }
        WatchEdit::Remove(at) if at < all.len() => drop(all.remove(at)),
        WatchEdit::Remove(_) => {}
    }
    all
}

/// What is wrong with one that is watched, to be said at its field; empty if nothing is.
pub fn bad_watch(watch: &Watch) -> String {
    let wrong = tidemark_core::plan::watch_wrong(watch);
    wrong.map_or_else(String::new, |(_, message, hint)| say::sentence_and_hint(&message, hint))
}

/// Words with blanks between them; those within brackets and quotes stay together.
fn apart(text: &str) -> Vec<String> {
    let (mut words, mut word, mut depth, mut quoted) = (Vec::new(), String::new(), 0_usize, false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && depth == 0 && !quoted {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        } else {
            word.push(c);
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
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

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_watched_is_written_in_two_fields_and_mistakes_are_said_at_them() {
        let rows: [(&str, &str, usize, &str); 6] = [
            ("/metrics", "", 0, ""),
            ("4711", "", 0, ""),
            ("http://127.0.0.1:9100/metrics", "a* b{c=\"two words\", d=\"e\"}  f", 3, ""),
            ("127.0.0.1:9100", "", 0, "is not a web address"),
            ("0", "", 0, "0 is no process"),
            ("/metrics", "rate(a[1m])", 1, "chooses no series"),
        ];
        for (at, series, count, wrong) in rows {
            let all = with_watch(&[], WatchEdit::Add);
            let all = with_watch(&all, WatchEdit::At(0, format!(" {at} ")));
            let all = with_watch(&all, WatchEdit::Series(0, series.to_owned()));
            assert_eq!((watch_text(&all[0]).as_str(), all[0].series.len()), (at, count));
            let said = bad_watch(&all[0]);
            assert!(said.contains(wrong) && said.is_empty() == wrong.is_empty(), "{at} {series}: {said}");
            assert!(with_watch(&with_watch(&all, WatchEdit::Remove(9)), WatchEdit::Remove(0)).is_empty());
        }
    }

    #[test]
    fn a_page_has_a_sign_in_of_its_own_and_a_process_has_none() {
        let all = with_watch(&[], WatchEdit::Add);
        let all = with_watch(&all, WatchEdit::SignIn(0, "basic".to_owned()));
        let all = with_watch(&all, WatchEdit::SignInText(0, SignInField::User, "ada".to_owned()));
        let all = with_watch(&all, WatchEdit::SignInText(0, SignInField::Password, " {{password}} ".to_owned()));
        let basic = signed_in_as(&all[0]);
        assert_eq!(sign_in_word(&basic), "basic");
        assert_eq!(sign_in_text(&basic, SignInField::User), "ada");
        assert_eq!(sign_in_text(&basic, SignInField::Password), "{{password}}");
        assert_eq!(with_watch(&all, WatchEdit::SignIn(0, "none".to_owned()))[0].sign_in, None);
        assert_eq!(with_watch(&all, WatchEdit::At(0, "4711".to_owned()))[0].sign_in, None);
    }
}
