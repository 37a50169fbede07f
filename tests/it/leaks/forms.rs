//! Two secrets, every way in which they may be written, and the search for them.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use flate2::read::MultiGzDecoder;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// A key that may stand in a header.
pub const KEY: &str = "h8Gq/x+Zt&<4>%'=k~9";

/// A password with everything that is written differently somewhere.
pub const PASSWORD: &str = "pä\"ss w/ö\\rd?&<%41>+~";

/// Every form of a secret.
pub fn forms(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let json = serde_json::to_string(secret).expect("text is JSON");
    let json = json.trim_matches('"').to_owned();
    let named = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut forms = vec![
        secret.to_owned(),
        percent.replace("%20", "+"),
        lower(&percent),
        percent,
        json.replace('/', "\\/"),
        json,
        named.replace('\'', "&#39;"),
        named.replace('\'', "&#x27;"),
        named,
        secret.chars().map(|letter| format!("&#{};", u32::from(letter))).collect(),
        secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
    ];
    for shift in 0..3 {
        let whole = [&b"xx"[..shift], secret.as_bytes()].concat();
        // The first and the last characters also depend on what stands beside the secret.
        let (first, last) = ((shift * 8_usize).div_ceil(6), whole.len() * 8 / 6);
        forms.push(STANDARD_NO_PAD.encode(&whole)[first..last].to_owned());
        forms.push(URL_SAFE_NO_PAD.encode(&whole)[first..last].to_owned());
    }
    forms
}

/// `%2F` as `%2f`.
fn lower(percent: &str) -> String {
    let mut parts = percent.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}%{}{}", part[..2].to_lowercase(), &part[2..]))
}

/// Looks for every form of every secret in a file: as it stands, unpacked, and in every text of its lines of JSON.
#[track_caller]
pub fn assert_clean(what: &str, bytes: &[u8]) {
    let mut unpacked = Vec::new();
    let unzipped = MultiGzDecoder::new(bytes).read_to_end(&mut unpacked).is_ok();
    let text = String::from_utf8_lossy(if unzipped { &unpacked } else { bytes }).into_owned();
    let mut texts = vec![text.clone()];
    let whole = serde_json::from_str::<Value>(&text).ok();
    let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    lines.chain(whole).for_each(|value| gather(&value, &mut texts));
    for form in [KEY, PASSWORD].into_iter().flat_map(forms) {
        for text in &texts {
            if let Some(at) = text.find(&form) {
                let from = text.floor_char_boundary(at.saturating_sub(80));
                let to = text.ceil_char_boundary((at + form.len() + 40).min(text.len()));
                panic!("{what} holds {form}: {}", &text[from..to]);
            }
        }
    }
}

fn gather(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            texts.push(key.clone());
            gather(value, texts);
        }),
        _ => {}
    }
}
