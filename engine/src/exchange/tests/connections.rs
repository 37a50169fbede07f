//! Connections: kept, closed, refused, slow, guarded, and found by name.

use super::*;

#[test]
fn a_connection_is_kept_for_the_next_request_and_timed_only_once() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("hi")).await;
        let person = Person::new();
        let first = person.get(port, "/1").await;
        let second = person.get(port, "/2").await;
        assert_eq!((kind(&first), kind(&second)), (None, None));
        let connections: Vec<usize> = log.borrow().iter().map(|(number, _)| *number).collect();
        assert_eq!(connections, [0, 0]);
        assert!(first.timing.connect_us.is_some() && first.timing.tls_us.is_none());
        assert_eq!(second.timing.connect_us, None);
        for timing in [first.timing, second.timing] {
            let first_byte = timing.first_byte_us.unwrap();
            assert!(timing.sent_us <= first_byte && first_byte <= timing.done_us, "{timing:?}");
        }
        assert_eq!((person.session.idle_connections(), person.exchange.open_connections()), (1, 1));
        person.session.reset();
        assert_eq!(person.exchange.open_connections(), 0);
    });
}

#[test]
fn a_connection_is_kept_only_where_both_sides_keep_it() {
    let length = "Content-Length: 2\r\n\r\nok";
    for (answer, headers, kept) in [
        (format!("HTTP/1.1 200 OK\r\n{length}"), "", true),
        (format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{length}"), "", false),
        (format!("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n{length}"), "", false),
        (format!("HTTP/1.0 200 OK\r\n{length}"), "", false),
        (format!("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n{length}"), "", true),
        (format!("HTTP/1.1 200 OK\r\n{length}"), "Connection: close\r\n", false),
        (format!("HTTP/1.1 200 OK\r\n{length} and more than was said"), "", false),
    ] {
        run(async move {
            let (port, _) = serve(move |_, _, _| say(&answer)).await;
            let person = Person::new();
            let reply = person.send(&Draft { headers: headers.into(), ..get(port, "/") }).await;
            assert_eq!((kind(&reply), text(&reply).as_str()), (None, "ok"));
            assert_eq!(person.session.idle_connections() == 1, kept, "{:?} {headers}", reply.answer.headers);
        });
    }
}

#[test]
fn a_head_request_has_no_body_whatever_the_length_says() {
    run(async {
        let (port, _) = serve(|_, _, _| say("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")).await;
        let person = Person::new();
        let reply = person.send(&Draft { method: "HEAD".into(), ..get(port, "/") }).await;
        assert_eq!((kind(&reply), reply.answer.body_len, person.session.idle_connections()), (None, 0, 1));
    });
}

#[test]
fn a_connection_closed_while_idle_is_replaced_without_a_failure() {
    for method in ["GET", "POST"] {
        run(async move {
            // The first connection is closed after its first answer, which promised to keep it.
            let bye = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec();
            let (port, log) = serve(move |_, _, _| Act::Close(bye.clone())).await;
            let person = Person::new();
            let draft = Draft { method: method.into(), ..get(port, "/") };
            for _ in 0..3 {
                assert_eq!(kind(&person.send(&draft).await), None);
            }
            assert_eq!(log.borrow().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 1, 2]);
        });
    }
}

#[test]
fn a_request_that_was_sent_is_never_sent_again() {
    for method in ["GET", "POST"] {
        run(async move {
            let (port, log) = serve(|_, count, _| if count == 0 { ok("") } else { Act::Reset(Vec::new()) }).await;
            let person = Person::new();
            assert_eq!(kind(&person.get(port, "/").await), None);
            let reply = person.send(&Draft { method: method.into(), ..get(port, "/") }).await;
            assert_eq!(kind(&reply), Some(Kind::Reset));
            assert_eq!(log.borrow().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 0]);
            assert_eq!(person.exchange.open_connections(), 0);
        });
    }
}

#[test]
fn trouble_has_its_kind() {
    run(async {
        let person = Person::new();
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        assert_eq!(kind(&person.get(free, "/").await), Some(Kind::Refused));
        let lost = Draft { host: "n".repeat(300), ..get(80, "/") };
        assert_eq!(kind(&person.send(&lost).await), Some(Kind::NameNotFound));
        let part = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec();
        let (port, _) = serve(move |_, _, _| Act::Reset(part.clone())).await;
        let reply = person.get(port, "/").await;
        assert_eq!(kind(&reply), Some(Kind::Reset));
        assert!(reply.timing.done_us >= reply.timing.sent_us);
        for blocked in ["10.255.255.1", "192.0.2.1"] {
            let reply = person.send(&Draft { host: blocked.into(), ..get(80, "/") }).await;
            assert_eq!(kind(&reply), Some(Kind::HostBlocked));
        }
    });
}

#[test]
fn a_slow_answer_ends_at_the_time_limit_and_its_connection_with_it() {
    for part in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"] {
        run(async move {
            let (port, _) = serve(|_, count, _| if count == 0 { ok("") } else { Act::Hang(part.into()) }).await;
            let person = Person::new();
            assert_eq!(kind(&person.get(port, "/").await), None);
            let reply = person.send(&Draft { time_limit: Span::from_ms(50), ..get(port, "/") }).await;
            assert_eq!(kind(&reply), Some(Kind::AnswerTimeout));
            assert!(reply.trouble.as_ref().unwrap().detail.contains("50ms"));
            let took = reply.timing.done_us - reply.timing.sent_us;
            assert!((50_000..5_000_000).contains(&took), "{took} us");
            assert_eq!(reply.timing.first_byte_us.is_some(), !part.is_empty());
            assert_eq!(person.exchange.open_connections(), 0);
        });
    }
}

/// Hands one connection on to a server; whence it came.
async fn one_by_way_of(server: u16) -> (u16, tokio::task::JoinHandle<std::net::SocketAddr>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let whence = spawn_local(async move {
        let (mut near, whence) = listener.accept().await.unwrap();
        let mut far = tokio::net::TcpStream::connect(("127.0.0.1", server)).await.unwrap();
        spawn_local(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
        whence
    });
    (port, whence)
}

#[test]
fn a_connection_given_back_frees_its_port_at_once_and_loses_no_answer() {
    let body = "x".repeat(1 << 20);
    for (tls, version) in [(false, HttpVersion::Http1), (true, HttpVersion::Http1), (true, HttpVersion::Http2)] {
        let body = body.clone();
        run(async move {
            let authority = super::secure::Authority::new();
            let server = match (tls, version) {
                (false, _) => serve(move |_, _, _| ok(&body)).await.0,
                (true, HttpVersion::Http2) => {
                    super::version2::serve2(Some(authority.server(&["127.0.0.1"], &["h2"])), false).await.0
                }
                (true, _) => {
                    super::secure::serve_tls(authority.server(&["127.0.0.1"], &[]), move |_, _, _| ok(&body)).await.0
                }
            };
            let (port, whence) = one_by_way_of(server).await;
            let person = Person::with(&authority.network(), &[]);
            let reply = person.send(&Draft { secure: tls, version, ..get(port, "/") }).await;
            assert_eq!((kind(&reply), reply.answer.status), (None, 200));
            assert!(version == HttpVersion::Http2 || reply.answer.body.len() == 1 << 20);
            let whence = whence.await.unwrap();
            assert_eq!((person.session.give_back(), person.exchange.open_connections()), (1, 0));
            // A connection that was closed as usual would keep its port for a minute, longer than this test may take.
            while tokio::net::TcpSocket::new_v4().unwrap().bind(whence).is_err() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
    }
}

#[test]
fn a_dropped_send_drops_its_connection() {
    run(async {
        let (port, _) = serve(|_, _, _| Act::Hang(Vec::new())).await;
        let person = Person::new();
        let cut = tokio::time::timeout(Duration::from_millis(20), person.get(port, "/")).await;
        assert!(cut.is_err());
        assert_eq!(person.exchange.open_connections(), 0);
    });
}

#[test]
fn connecting_has_its_own_limit() {
    run(async {
        // A listener whose queue is full takes no more connections: the system lets them wait.
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let addr = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        for _ in 0..4 {
            waiting.push(tokio::time::timeout(Duration::from_millis(20), tokio::net::TcpStream::connect(addr)).await);
        }
        let person = Person::with(&Network { connect_limit: Span::from_ms(60), ..Network::default() }, &[]);
        let reply = person.get(addr.port(), "/").await;
        assert_eq!(kind(&reply), Some(Kind::ConnectTimeout));
        assert!(reply.trouble.unwrap().detail.contains("60ms"));
    });
}

#[test]
fn a_name_can_be_reached_at_a_given_address_and_several_sends_run_at_once() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("hi")).await;
        let network =
            Network { resolve: vec![("shop.test".into(), "127.0.0.1".parse().unwrap())], ..Network::default() };
        let person = Person::with(&network, &[]);
        let draft = Draft { host: "shop.test".into(), ..get(port, "/") };
        let replies = tokio::join!(person.send(&draft), person.send(&draft), person.send(&draft));
        assert_eq!([kind(&replies.0), kind(&replies.1), kind(&replies.2)], [None; 3]);
        assert_eq!(person.session.idle_connections(), 3);
        assert!(log.borrow().iter().all(|(_, request)| request.contains(&format!("Host: shop.test:{port}\r\n"))));
        let local = Draft { host: "localhost".into(), ..get(port, "/") };
        assert_eq!(kind(&person.send(&local).await), None);
    });
}

#[test]
fn a_waiting_person_takes_little_memory() {
    run(async {
        let person = Person::new();
        let (draft, mut reply) = (get(80, "/"), Reply::default());
        let send = size_of_val(&person.exchange.send(&person.session, &draft, &mut reply));
        let (session, link) = (size_of::<Session>(), size_of::<Link>());
        assert!(send <= 1_024 && session <= 512 && link <= 128, "send {send}, session {session}, link {link} bytes");
    });
}

#[test]
fn every_address_of_a_name_is_tried_and_none_without_the_guard() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("")).await;
        let [nobody, server, elsewhere]: [std::net::IpAddr; 3] =
            ["::1", "127.0.0.1", "192.0.2.1"].map(|addr| addr.parse().unwrap());
        for (host, addrs, expected) in [
            ("second.test", &[nobody, server][..], None),
            ("blocked.test", &[nobody, elsewhere, server], Some(Kind::HostBlocked)),
        ] {
            let person = Person::new();
            person.exchange.names.remember(host, addrs);
            let reply = person.send(&Draft { host: host.into(), ..get(port, "/") }).await;
            assert_eq!(kind(&reply), expected, "{host}");
        }
        assert_eq!(log.borrow().len(), 1);
    });
}
