//! Redirects and cookies: what one person's requests have to do with each other.

use super::*;

/// A redirect to `location`.
fn moved(status: u16, location: &str) -> Act {
    say(&format!("HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"))
}

/// The first lines and the header names of the requests a server got.
fn lines(log: &Log) -> Vec<String> {
    log.borrow().iter().map(|(_, request)| request.lines().next().unwrap().replace(" HTTP/1.1", "")).collect()
}

#[test]
fn a_redirect_changes_the_method_as_browsers_do() {
    for (status, method, after) in [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (301, "PUT", "PUT"),
        (302, "GET", "GET"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
    ] {
        run(async move {
            let (port, log) = serve(
                move |_, _, request| {
                    if request.contains(" /from ") { moved(status, "/to?x=1#part") } else { ok("") }
                },
            )
            .await;
            let draft = Draft {
                method: method.into(),
                body: (method != "GET" && method != "HEAD").then(|| b"a=b".to_vec()),
                headers: b"Content-Type: text/plain\r\nAuthorization: Bearer x\r\n".to_vec(),
                redirects: 5,
                ..get(port, "/from")
            };
            let reply = Person::new().send(&draft).await;
            assert_eq!((kind(&reply), reply.answer.status, reply.hops), (None, 200, 1));
            assert_eq!(lines(&log), [format!("{method} /from"), format!("{after} /to?x=1")], "{status}");
            let last = log.borrow().last().unwrap().1.clone();
            assert_eq!(last.contains("Content-Type"), after == method, "{status} {method}: {last}");
            assert_eq!(last.ends_with("a=b"), after == method && draft.body.is_some(), "{last}");
            assert!(last.contains("Authorization: Bearer x"), "the host is the same");
        });
    }
}

#[test]
fn a_location_is_read_relative_to_the_request() {
    for (location, target) in [
        ("to", "/a/to"),
        ("../to", "/to"),
        ("?q=1", "/a/from?q=1"),
        ("/with space", "/with%20space"),
        ("http://127.0.0.1:PORT/to", "/to"),
        ("//127.0.0.1:PORT", "/"),
        ("HTTP://LOCALHOST:PORT/to", "/to"),
    ] {
        run(async move {
            let port = Rc::new(Cell::new(0));
            let told = Rc::clone(&port);
            let (at, log) = serve(move |_, _, request| match request.starts_with("GET /a/from HTTP") {
                true => moved(302, &location.replace("PORT", &told.get().to_string())),
                false => ok(""),
            })
            .await;
            port.set(at);
            let reply = Person::new().send(&Draft { redirects: 1, ..get(at, "/a/from") }).await;
            assert_eq!(kind(&reply), None, "{location}");
            assert_eq!(lines(&log).last().unwrap(), &format!("GET {target}"));
        });
    }
}

#[test]
fn redirects_are_bounded_and_guarded_on_every_hop() {
    for (location, redirects, expected, requests) in [
        ("/again", 0, Ok(302), 1),
        ("/again", 3, Err(Kind::TooManyRedirects), 4),
        ("http://192.0.2.1/", 5, Err(Kind::HostBlocked), 1),
        ("http://10.255.255.1/", 5, Err(Kind::HostBlocked), 1),
        ("http://[fd00::1]:80/", 5, Err(Kind::HostBlocked), 1),
        ("http://shop.test/", 5, Err(Kind::HostBlocked), 1),
        ("ftp://127.0.0.1/", 5, Err(Kind::Malformed), 1),
        ("http://", 5, Err(Kind::Malformed), 1),
        ("http://127.0.0.1:99999/", 5, Err(Kind::Malformed), 1),
    ] {
        run(async move {
            let (port, log) = serve(move |_, _, _| moved(302, location)).await;
            let resolve = vec![("shop.test".to_owned(), "192.0.2.7".parse().unwrap())];
            let person = Person::with(&Network { resolve, ..Network::default() }, &[]);
            let reply = person.send(&Draft { redirects, ..get(port, "/") }).await;
            let found = kind(&reply).map_or(Ok(reply.answer.status), Err);
            assert_eq!((found, log.borrow().len()), (expected, requests), "{location}");
        });
    }
}

#[test]
fn what_is_meant_for_one_host_is_not_told_to_another() {
    run(async {
        let (there, told) = serve(|_, _, _| ok("")).await;
        let (here, _) = serve(move |_, _, _| moved(307, &format!("http://127.0.0.1:{there}/"))).await;
        let headers = "Authorization: Bearer x\r\nCookie: a=b\r\nHost: shop.test\r\nX-Own: 1\r\n";
        let draft = Draft { redirects: 1, headers: headers.into(), ..get(here, "/") };
        assert_eq!(kind(&Person::new().send(&draft).await), None);
        let request = told.borrow()[0].1.clone();
        assert!(request.contains("X-Own: 1") && request.contains(&format!("Host: 127.0.0.1:{there}")), "{request}");
        assert!(!request.contains("Bearer") && !request.contains("a=b") && !request.contains("shop.test"), "{request}");
    });
}

#[test]
fn a_redirect_adds_up_what_it_took() {
    run(async {
        let (port, _) = serve(|_, count, _| if count == 0 { moved(302, "/to") } else { ok("hello") }).await;
        let reply = Person::new().send(&Draft { redirects: 1, ..get(port, "/") }).await;
        let first = "HTTP/1.1 302 Moved\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n".len();
        let second = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".len();
        assert_eq!(reply.bytes_in, (first + second) as u64);
        assert!(reply.timing.connect_us.is_some(), "the first hop connected");
        assert_eq!(reply.answer.headers.get("location"), None);
    });
}

#[test]
fn a_person_keeps_their_cookies_and_nobody_elses() {
    run(async {
        let (port, log) = serve(|_, _, request| {
            let set = match request.split(' ').nth(1).unwrap() {
                "/in" => "Set-Cookie: id=42; Path=/; HttpOnly\r\nSet-Cookie: lang=en; Path=/shop\r\n",
                "/more" => "Set-Cookie: id=43; Path=/; Max-Age=3600\r\n",
                "/odd" => {
                    "Set-Cookie: \r\nSet-Cookie: x=y; Domain=other.test\r\nSet-Cookie: s=1; Secure; Domain=.test\r\n"
                }
                "/out" => "Set-Cookie: id=; Path=/; Max-Age=0\r\n",
                "/hop" => "Set-Cookie: hop=1; Path=/\r\nLocation: /\r\n",
                _ => "",
            };
            let status = if request.contains(" /hop ") { 302 } else { 200 };
            say(&format!("HTTP/1.1 {status} OK\r\n{set}Content-Length: 0\r\n\r\n"))
        })
        .await;
        let person = Person::new();
        let own = |line: &str| format!("{line}\r\n");
        for (target, headers, sent) in [
            ("/", String::new(), None),
            ("/in", String::new(), None),
            ("/", String::new(), Some("id=42")),
            ("/", String::new(), Some("id=42")),
            ("/shop/a", String::new(), Some("id=42; lang=en")),
            ("/", own("Cookie: mine=1"), Some("mine=1; id=42")),
            ("/", own("cookie: id=7"), Some("id=7")),
            ("/more", String::new(), Some("id=42")),
            ("/odd", String::new(), Some("id=43")),
            ("/out", String::new(), Some("id=43")),
            ("/", String::new(), None),
            ("/hop", String::new(), Some("hop=1")),
        ] {
            let draft = Draft { headers: headers.into(), redirects: 1, ..get(port, target) };
            assert_eq!(kind(&person.send(&draft).await), None);
            let request = log.borrow().last().unwrap().1.clone();
            let cookies: Vec<&str> = request.lines().filter_map(|line| line.strip_prefix("Cookie: ")).collect();
            let mut parts: Vec<&str> = cookies.iter().flat_map(|line| line.split("; ")).collect();
            let mut expected: Vec<&str> = sent.iter().flat_map(|line| line.split("; ")).collect();
            parts.sort_unstable();
            expected.sort_unstable();
            assert_eq!(parts, expected, "{target} after {request}");
            assert!(cookies.len() <= 1);
        }
        assert_eq!(person.session.cookie("hop").as_deref(), Some("1"));
        assert_eq!(person.session.cookie("id"), None);
        let other = person.exchange.session();
        assert_eq!(other.cookie("hop"), None);
        person.session.reset();
        assert_eq!(person.session.cookie("hop"), None);
    });
}
