//! Cookies as browsers keep them: rows of our own, read from RFC 6265bis (draft 20), section by section.

use std::fmt::Write;

use url::Url;

use super::*;

mod cases;

/// A Friday in 2027, in seconds since 1970: when all rows happen.
const NOW_S: i64 = 1_800_000_000;

fn draft(address: &str) -> Draft {
    let url = Url::parse(address).unwrap();
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    Draft {
        secure: url.scheme() == "https",
        host: url.host_str().unwrap().trim_matches(['[', ']']).to_owned(),
        port: url.port_or_known_default().unwrap(),
        target: target.to_owned(),
        ..Draft::default()
    }
}

fn jar() -> Jar {
    Jar { first_end_s: i64::MAX, ..Jar::default() }
}

fn set(jar: &mut Jar, from: &str, line: &str) {
    if let Some(set) = SetCookie::read(line, NOW_S) {
        jar.store(&draft(from), &set, NOW_S);
    }
    jar.drop_ended(NOW_S);
}

/// Holds rows against the jar: address and `Set-Cookie` lines in turn (one below the other, each with its own address
/// before it where it starts with `http`), the address asked for then, and the Cookie line.
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut wrong = String::new();
    for (from, lines, to, wanted) in rows {
        let (mut jar, mut from) = (jar(), *from);
        for line in lines.split('\n') {
            if line.starts_with("http") { from = line } else { set(&mut jar, from, line) }
        }
        let got = jar.line(&draft(to), NOW_S).unwrap_or_default().to_string();
        if got != *wanted {
            let _ = writeln!(wrong, "{lines:?} from {from}, then {to}: {got:?}, not {wanted:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn cookies_go_where_browsers_send_them() {
    let all =
        [cases::PAIRS, cases::DOMAINS, cases::PATHS, cases::SECURE, cases::PREFIXES, cases::ENDS, cases::REPLACED];
    let count: usize = all.iter().map(|rows| rows.len()).sum();
    assert!(count + cases::DATES.len() >= 150, "{count}");
    all.into_iter().for_each(check);
}

#[test]
fn dates_are_read_in_every_form() {
    for (text, wanted) in cases::DATES {
        assert_eq!(date::read(text), *wanted, "{text}");
    }
}

#[test]
fn long_cookies_are_ignored_and_long_attributes_read_over() {
    let at = "https://shop.test/";
    for (length, taken) in [(4_095, true), (4_096, false)] {
        let mut jar = jar();
        set(&mut jar, at, &format!("n={}", "v".repeat(length)));
        assert_eq!(jar.cookies.len() == 1, taken, "{length}");
    }
    for (length, path) in [(1_024, "/long"), (1_025, "/")] {
        let mut jar = jar();
        set(&mut jar, at, &format!("n=v; Path=/long{}", "g".repeat(length - 5)));
        assert!(jar.cookies[0].path.starts_with(path), "{length}");
    }
}

#[test]
fn a_full_jar_lets_go_of_what_was_not_used_for_longest_and_of_secure_ones_last() {
    let at = "https://shop.test/";
    let mut jar = jar();
    set(&mut jar, at, "kept=1; Secure");
    for number in 0..OF_A_DOMAIN {
        set(&mut jar, at, &format!("n{number}=v; Path=/{number}"));
        // Asked for: used.
        jar.line(&draft("https://shop.test/0"), NOW_S);
    }
    let names: Vec<&str> = jar.cookies.iter().map(Cookie::name).collect();
    assert_eq!(names.len(), OF_A_DOMAIN);
    assert!(names.contains(&"kept") && names.contains(&"n0") && !names.contains(&"n1"));
    for number in 0..LIMIT + 5 {
        set(&mut jar, &format!("https://shop{number}.test/"), "n=v");
    }
    assert_eq!(jar.cookies.len(), LIMIT);
}

#[test]
fn ended_cookies_make_room_first() {
    let mut jar = jar();
    for number in 0..OF_A_DOMAIN {
        set(&mut jar, "https://shop.test/", &format!("n{number}=v; Max-Age={}", if number == 7 { 1 } else { 100 }));
    }
    let more = SetCookie::read("more=1", NOW_S + 2).unwrap();
    jar.store(&draft("https://shop.test/"), &more, NOW_S + 2);
    assert_eq!(jar.cookies.len(), OF_A_DOMAIN);
    assert!(jar.cookies.iter().all(|cookie| cookie.name() != "n7"));
}

#[test]
fn a_line_that_is_kept_ends_with_its_first_cookie_and_with_every_change() {
    let to = draft("https://shop.test/");
    let mut jar = jar();
    set(&mut jar, "https://shop.test/", "a=1; Max-Age=10");
    set(&mut jar, "https://shop.test/", "b=2");
    assert_eq!(jar.line(&to, NOW_S + 9).as_deref(), Some("a=1; b=2"));
    assert_eq!(jar.line(&to, NOW_S + 10).as_deref(), Some("b=2"));
    set(&mut jar, "https://shop.test/", "b=3");
    assert_eq!(jar.line(&to, NOW_S + 11).as_deref(), Some("b=3"));
    assert_eq!(jar.line(&draft("https://other.test/"), NOW_S + 11), None);
}
