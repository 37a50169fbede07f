//! Numbers as people type them. A comma groups thousands, as in `1,500`, and is else the decimal comma of many languages,
//! as in `1,5`. Must not know what a number is for.

/// Reads a number, which need not be whole: `60`, `1,500`, `2.5`, `0,5`; none where it is none.
pub fn read_level(text: &str) -> Option<f64> {
    let text = plain(text)?;
    // No words such as `inf`, and no exponents: nobody means those.
    let digits = text.strip_prefix('-').unwrap_or(&text).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// Reads a whole number from 0: `60`, `1,500`; none where it is none, as `1,5`.
pub fn read_count(text: &str) -> Option<u64> {
    let text = plain(text)?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A number as programs write it: without spaces and without commas.
pub(crate) fn plain(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let (whole, fraction) = text.split_once('.').map_or((&*text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let number = first.strip_prefix('-').unwrap_or(first);
    let groups = (1..=3).contains(&number.len()) && !number.starts_with('0') && rest.iter().all(|part| part.len() == 3);
    match (rest.as_slice(), fraction) {
        ([], _) => Some(text),
        _ if groups => {
            let whole = format!("{first}{}", rest.concat());
            Some(fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}")))
        }
        ([decimals], None) => Some(format!("{first}.{decimals}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{read_count, read_level};

    #[test]
    fn a_comma_groups_thousands_and_is_else_a_decimal_comma() {
        for (text, level, count) in [
            ("60", Some(60.0), Some(60)),
            (" 1,500 ", Some(1_500.0), Some(1_500)),
            ("1 500", Some(1_500.0), Some(1_500)),
            ("12,345,678.5", Some(12_345_678.5), None),
            ("1,5", Some(1.5), None),
            ("0,500", Some(0.5), None),
            ("0.25", Some(0.25), None),
            ("1500,25", Some(1_500.25), None),
            ("-3", Some(-3.0), None),
            ("1,5,0", None, None),
            ("1.500,5", None, None),
            ("1,50.5", None, None),
            ("1e5", None, None),
            ("inf", None, None),
            ("many", None, None),
            ("", None, None),
        ] {
            assert_eq!((read_level(text), read_count(text)), (level, count), "{text}");
        }
    }
}
