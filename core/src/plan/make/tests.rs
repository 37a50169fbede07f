use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// 2026-11-21 08:30:00.250 UTC.
const NOW_US: i64 = 1_795_249_800_250_000;

fn made(text: &str, stream: u64) -> Made {
    Maker::parse_text(text).unwrap_or_else(|error| panic!("{text}: {error}")).make(
        &mut Dice::new(7, stream),
        NOW_US,
        stream,
    )
}

fn text(text: &str, stream: u64) -> String {
    match made(text, stream) {
        Made::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_stay_in_their_range_and_reach_both_ends() {
    let throws: Vec<Made> = (0..200).map(|stream| made("integer(-1, 1)", stream)).collect();
    for wanted in [-1, 0, 1] {
        assert!(throws.contains(&Made::Integer(wanted)), "{wanted}");
    }
    assert!(throws.iter().all(|made| matches!(made, Made::Integer(-1..=1))));
    for stream in 0..100 {
        let Made::Decimal(text) = made("decimal(0.5, 2, 3)", stream) else { panic!() };
        let value: f64 = text.parse().expect("a number");
        assert!((0.5..=2.0).contains(&value) && text.len() == 5, "{text}");
    }
    assert!(matches!(made("integer(-9223372036854775808, 9223372036854775807)", 1), Made::Integer(_)));
}

#[test]
fn dates_have_offset_format_and_zone() {
    let rows = [
        ("date", "2026-11-21"),
        (r#"date("+2d")"#, "2026-11-23"),
        (r#"date("-1h", "%H:%M")"#, "07:30"),
        (r#"date("0s", "%d.%m.%Y %H:%M %z", "+02:00")"#, "21.11.2026 10:30 +0200"),
        ("now", "2026-11-21T08:30:00Z"),
    ];
    for (maker, wanted) in rows {
        assert_eq!(text(maker, 1), wanted, "{maker}");
    }
    assert_eq!(made("timestamp", 1), Made::Integer(NOW_US / 1_000_000));
    assert_eq!(made("timestamp_ms", 1), Made::Integer(NOW_US / 1_000));
    let days: std::collections::BTreeSet<String> = (0..50).map(|stream| text(r#"date("-1d..+1d")"#, stream)).collect();
    assert!(
        days.len() >= 2 && days.iter().all(|day| ("2026-11-20"..="2026-11-22").contains(&day.as_str())),
        "{days:?}"
    );
}

#[test]
fn texts_look_like_what_they_are_called() {
    let one = text("uuid", 1);
    assert!(one.len() == 36 && &one[14..15] == "4" && one != text("uuid", 2), "{one}");
    assert!(text("email", 3).ends_with("@example.com"));
    assert!(text("name", 1).contains(' '));
    assert_eq!(text("digits(6)", 1).len(), 6);
    assert!(text("letters(12)", 1).chars().all(char::is_alphanumeric));
    assert!(["red", "green"].contains(&text(r#"pick("red", "green")"#, 5).as_str()));
    assert!(text("sentence(5)", 1).split(' ').count() == 5);
    assert_eq!(made("counter(1000, 5)", 3), Made::Integer(1_015));
}

#[test]
fn the_same_seed_makes_the_same() {
    for (word, usage) in MAKERS {
        assert_eq!(made(usage, 9), made(usage, 9), "{word}");
    }
}

#[test]
fn nonsense_is_refused() {
    for bad in [
        "integer",
        "integer(1)",
        "integer(a, b)",
        "integer(5, 1)",
        "decimal(1, 2, 99)",
        "sentence(0)",
        "letters(99999)",
        r#"date("tomorrow")"#,
        r#"date("0s", "%Q%")"#,
        r#"date("0s", "%Y", "Mars")"#,
        "pick",
        "uuid(4)",
        "decimal(1, NaN)",
    ] {
        assert!(Maker::parse_text(bad).is_err(), "{bad}");
    }
}
