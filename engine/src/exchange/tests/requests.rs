//! What goes out: the bytes of a request, and what is refused before a byte goes out.

use super::*;

#[test]
fn a_request_has_the_usual_headers_unless_it_brings_its_own() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("")).await;
        let person = Person::new();
        let agent = concat!("tidemark/", env!("CARGO_PKG_VERSION"));
        let plain = format!("Host: 127.0.0.1:{port}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n");
        let post = Draft { method: "POST".into(), body: Some(b"a=b".to_vec()), ..get(port, "/form") };
        let own = "host: shop.test\r\nuser-agent: me\r\nACCEPT: text/html\r\nX-Empty:\r\n";
        let codings = "Accept-Encoding: gzip, deflate, br, zstd\r\n";
        for (draft, expected) in [
            (get(port, "/a?b=c"), format!("GET /a?b=c HTTP/1.1\r\n{plain}\r\n")),
            (Draft { compressed: true, ..get(port, "/") }, format!("GET / HTTP/1.1\r\n{plain}{codings}\r\n")),
            (Draft { headers: own.into(), ..get(port, "/") }, format!("GET / HTTP/1.1\r\n{own}\r\n")),
            (post, format!("POST /form HTTP/1.1\r\n{plain}Content-Length: 3\r\n\r\na=b")),
            (
                Draft { method: "PUT".into(), body: Some(Vec::new()), ..get(port, "/") },
                format!("PUT / HTTP/1.1\r\n{plain}Content-Length: 0\r\n\r\n"),
            ),
        ] {
            let reply = person.send(&draft).await;
            assert_eq!(kind(&reply), None);
            assert_eq!(log.borrow().last().unwrap().1, expected);
            assert_eq!(reply.bytes_out, expected.len() as u64);
        }
    });
}

#[test]
fn what_would_not_be_one_request_is_refused_and_nothing_is_sent() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("")).await;
        let person = Person::new();
        let header = |line: &str| Draft { headers: line.into(), ..get(port, "/") };
        for draft in [
            header("X: a\nY: b\r\n"),
            header("X: a\rY: b\r\n"),
            header("X: a\r\n\r\nGET /admin HTTP/1.1\r\n"),
            header("X: a\0\r\n"),
            header("X: a"),
            header("X a\r\n"),
            header(": a\r\n"),
            header("X Y: a\r\n"),
            header("X: \x1b[31m\r\n"),
            header("Transfer-Encoding: chunked\r\n"),
            get(port, "/a b"),
            get(port, "/a\r\nX: y"),
            get(port, "/ä"),
            get(port, ""),
            get(port, "no-slash"),
            Draft { method: "GE T".into(), ..get(port, "/") },
            Draft { method: String::new(), ..get(port, "/") },
            Draft { host: "a b".into(), ..get(port, "/") },
            Draft { host: "127.0.0.1\r\nX: y".into(), ..get(port, "/") },
            Draft { host: String::new(), ..get(port, "/") },
            get(0, "/"),
        ] {
            let reply = person.send(&draft).await;
            assert_eq!(kind(&reply), Some(Kind::BadRequest), "{draft:?}");
            assert_eq!(reply.bytes_out, 0);
        }
        assert!(log.borrow().is_empty());
        assert_eq!(person.exchange.open_connections(), 0);
    });
}

#[test]
fn a_large_body_arrives_whole_even_where_the_answer_comes_early() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let body = vec![b'x'; 8 << 20];
        let draft = Draft { method: "POST".into(), body: Some(body), ..get(port, "/") };
        spawn_local(async move {
            // The first reads everything; the second answers at once, reads nothing and writes more than fits a buffer.
            let (mut first, _) = listener.accept().await.unwrap();
            let (mut count, mut piece) = (0, vec![0; 1 << 16]);
            while count < 8 << 20 {
                count += first.read(&mut piece).await.unwrap();
            }
            first.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            let (mut second, _) = listener.accept().await.unwrap();
            second.write_all(b"HTTP/1.1 413 Too Large\r\nContent-Length: 9000000\r\n\r\n").await.unwrap();
            second.write_all(&vec![b'y'; 9_000_000]).await.unwrap();
            std::future::pending::<()>().await;
        });
        let person = Person::new();
        let whole = person.send(&draft).await;
        assert_eq!((kind(&whole), whole.answer.status), (None, 200));
        assert!(whole.bytes_out > 8 << 20);
        let early = person.send(&draft).await;
        assert_eq!((kind(&early), early.answer.status, early.answer.body_len), (None, 413, 9_000_000));
        assert!(early.bytes_out < 8 << 20);
        assert_eq!(person.session.idle_connections(), 0);
    });
}
