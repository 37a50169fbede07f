use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn durations_are_read_as_people_write_them() {
    let rows = [
        ("90", Some(90_000_000)),
        ("90s", Some(90_000_000)),
        ("1:30", Some(90_000_000)),
        ("1.5 min", Some(90_000_000)),
        ("1m30s", Some(90_000_000)),
        ("90 seconds", Some(90_000_000)),
        ("1:00:01", Some(3_601_000_000)),
        ("800ms", Some(800_000)),
        ("0s", Some(0)),
        ("250us", Some(250)),
        ("", None),
        ("soon", None),
        ("-1s", None),
        ("1e9s", None),
        ("1:2:3:4", None),
        ("99999999999999999999h", None),
        ("1.2.3s", None),
        ("s", None),
    ];
    for (text, wanted) in rows {
        assert_eq!(Span::parse(text).map(Span::us), wanted, "{text:?}");
    }
}

#[test]
fn a_written_duration_reads_back() {
    for us in [0, 1, 999, 1_000, 800_000, 1_000_000, 90_000_000, 120_000_000, 3_600_000_000, 3_601_000_000] {
        let span = Span::from_us(us);
        assert_eq!(Span::parse(&span.to_string()), Some(span), "{span}");
    }
}

#[test]
fn numbers_are_shown_in_plain_words() {
    assert_eq!(plain_time(400), "under 1 ms");
    assert_eq!(plain_time(240_400), "240 ms");
    assert_eq!(plain_time(999_700), "1.0 s");
    assert_eq!(plain_time(4_100_000), "4.1 s");
    assert_eq!(plain_time(72_000_000), "1 min 12 s");
    assert_eq!(grouped(18_400), "18,400");
    assert_eq!(grouped(1_234_567), "1,234,567");
    assert_eq!(plain_bytes(512), "512 B");
    assert_eq!(plain_bytes(1_400), "1.4 kB");
    assert_eq!(plain_bytes(41_200_000), "41 MB");
    assert_eq!(parse_bytes("64KiB"), Some(65_536));
    assert_eq!(parse_bytes("1.5 MB"), Some(1_500_000));
    assert_eq!(parse_bytes("lots"), None);
    assert_eq!(one_in(1, 22), "1 in 22");
    assert_eq!(one_in(24, 100), "24 in 100");
    assert_eq!(one_in(0, 22), "none");
    assert_eq!((one_in(999, 1_000), one_in(989, 1_000)), ("over 99 in 100".to_owned(), "99 in 100".to_owned()));
    assert_eq!(one_in(1_000, 1_000), "all");
}

#[test]
fn dates_follow_the_readers_clock() {
    for (text, ahead, shown) in [
        ("2026-11-23T14:10:26.4Z", 0, Some("23 Nov 2026, 14:10")),
        ("2026-11-23T23:40:00Z", 60, Some("24 Nov 2026, 00:40")),
        ("2026-11-23T03:10:00+02:00", -300, Some("22 Nov 2026, 20:10")),
        ("yesterday", 0, None),
    ] {
        assert_eq!(super::plain_date(text, ahead).as_deref(), shown, "{text}");
    }
    for (seconds, shown) in [(0, "0 s"), (45, "45 s"), (660, "11 min"), (3_900, "1 h 5 min")] {
        assert_eq!(super::plain_length(seconds), shown);
    }
}
