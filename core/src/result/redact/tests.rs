#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::json;

use super::*;

const SECRET: &str = "p@ss \"w/ö+rd%41\\?>~";

fn redactor() -> Redactor {
    Redactor::new([SECRET, ""])
}

#[test]
fn every_form_of_a_secret_is_masked() {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let percent = |upper: bool, plus: bool| {
        let code = |byte: u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
        let one = |byte: u8| match byte {
            b' ' if plus => "+".to_owned(),
            byte if unreserved(byte) => char::from(byte).to_string(),
            byte => code(byte),
        };
        SECRET.bytes().map(one).collect::<String>()
    };
    let all_coded: String = SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let unicode: String = SECRET.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let json = serde_json::to_string(SECRET).unwrap();
    let forms = [
        SECRET.to_owned(),
        percent(true, false),
        percent(false, false),
        percent(true, true),
        all_coded,
        json[1..json.len() - 1].to_owned(),
        json[1..json.len() - 1].replace('/', "\\/"),
        unicode,
        SECRET.replace('&', "&amp;").replace('"', "&quot;").replace('>', "&gt;"),
        SECRET.chars().map(|letter| format!("&#{};", u32::from(letter))).collect(),
        SECRET.chars().map(|letter| format!("&#x{:X};", u32::from(letter))).collect(),
    ];
    let twice = |form: &String| serde_json::to_string(form).unwrap().trim_matches('"').to_owned();
    let within: Vec<String> = forms.iter().map(twice).collect();
    let again = percent(true, false).replace('%', "%25");
    for form in forms.iter().chain(&within).chain([&again]) {
        let text = format!("before {form}after {form} é");
        assert_eq!(redactor().text(&text), format!("before {MASK}after {MASK} é"), "{form}");
    }
}

#[test]
fn a_secret_within_base64_is_masked_wherever_it_stands() {
    for before in ["", "u", "us", "user:", "user2:", "a longer beginning"] {
        for after in ["", "!", "??", " and an end"] {
            let whole = format!("{before}{SECRET}{after}");
            for coded in [STANDARD.encode(&whole), URL_SAFE.encode(&whole), STANDARD.encode(&whole).replace('+', "%2B")]
            {
                let text = redactor().text(&format!("Authorization: Basic {coded}\r\n"));
                assert!(text.contains(MASK), "{coded} is left as it was");
                // What is left must not hold six bytes of the secret in any reading.
                for piece in 0..SECRET.len() - 6 {
                    for shift in 0..3 {
                        let part = super::piece(&SECRET.as_bytes()[piece..piece + 6], shift, &STANDARD_NO_PAD).unwrap();
                        assert!(!text.contains(&part.iter().collect::<String>()), "{coded} became {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_only_looks_alike_is_left() {
    for text in ["p@ss", "%", "%4", "\\", "\\u00", "+", "", "pass%20word", "100 %", "ünïcödé 😀 \\\\"] {
        assert_eq!(redactor().text(text), text);
        assert_eq!(Redactor::default().text(text), text);
    }
}

#[test]
fn longer_secrets_go_first_and_short_ones_go_too() {
    let redactor = Redactor::new(["abc", "abcdef", "x"]);
    assert_eq!(redactor.text("abcdef abc x"), format!("{MASK} {MASK} {MASK}"));
    assert!(!format!("{redactor:?}").contains("abc"));
}

#[test]
fn values_are_masked_in_texts_and_keys_but_numbers_stay() {
    let value = json!({ "a": ["my-secret", 12, null], "my-secret": { "b": "x my-secret" } });
    let wanted = json!({ "a": [MASK, 12, null], MASK: { "b": format!("x {MASK}") } });
    assert_eq!(Redactor::new(["my-secret", "12"]).value(&value), wanted);
}

#[test]
fn half_a_secret_at_a_cut_is_dropped() {
    let redactor = Redactor::new(["correct-horse"]);
    for (text, wanted) in [("body: correct-h", "body: ••••"), ("body: corr", "body: ••••"), ("body: cor", "body: cor")]
    {
        let mut text = text.to_owned();
        redactor.drop_partial_end(&mut text);
        assert_eq!(text, wanted);
    }
    for half in ["%", "%2", "\\", "\\u00", "&", "&am"] {
        let mut text = format!("body: corr{half}");
        Redactor::new(["corr&horse"]).drop_partial_end(&mut text);
        assert_eq!(text, "body: ••••", "{half}");
    }
}
