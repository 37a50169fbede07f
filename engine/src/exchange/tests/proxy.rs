//! Behind a proxy: plain, tunnelled, and SOCKS; the guard, cookies and redirects stay ours.

use tokio::net::TcpStream;

use super::secure::{Authority, get_tls};
use super::*;

/// What a proxy was asked for: request lines, and headers that matter.
type Asked = Rc<RefCell<Vec<String>>>;

/// A proxy on a free port that leads every CONNECT to `to` on this computer, and answers plain requests itself.
async fn proxy(to: u16) -> (u16, Asked) {
    let asked = Asked::default();
    let log = Rc::clone(&asked);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn_local(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let log = Rc::clone(&log);
            spawn_local(async move {
                while let Some(request) = read_request(&mut stream).await {
                    log.borrow_mut().push(request.clone());
                    let line = request.lines().next().unwrap();
                    if line.contains("refuse.test") {
                        stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await.unwrap();
                    } else if line.starts_with("CONNECT ") {
                        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.unwrap();
                        let mut target = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                        let _ = tokio::io::copy_bidirectional(&mut stream, &mut target).await;
                        return;
                    } else {
                        let more = if line.contains("/hop ") {
                            "Location: http://192.0.2.1/\r\nSet-Cookie: a=b\r\n"
                        } else {
                            ""
                        };
                        let status = if more.is_empty() { 200 } else { 302 };
                        let answer = format!("HTTP/1.1 {status} OK\r\n{more}Content-Length: 5\r\n\r\nproxy");
                        stream.write_all(answer.as_bytes()).await.unwrap();
                    }
                }
            });
        }
    });
    (port, asked)
}

/// A SOCKS 5 proxy that leads everything to `to`; the log has the kind of address asked for (1: IPv4, 3: name).
async fn socks(to: u16) -> (u16, Rc<RefCell<Vec<u8>>>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&asked);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn_local(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 2];
            stream.read_exact(&mut hello).await.unwrap();
            stream.read_exact(&mut vec![0; hello[1] as usize]).await.unwrap();
            stream.write_all(&[5, 0]).await.unwrap();
            let mut head = [0; 4];
            stream.read_exact(&mut head).await.unwrap();
            log.borrow_mut().push(head[3]);
            let length = if head[3] == 1 { 4 } else { stream.read_u8().await.unwrap() as usize };
            stream.read_exact(&mut vec![0; length + 2]).await.unwrap();
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            spawn_local(async move {
                let mut target = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut target).await;
            });
        }
    });
    (port, asked)
}

fn through(proxy: String) -> Network {
    Network { proxy: Some(proxy), ..Network::default() }
}

#[test]
fn a_plain_request_goes_to_the_proxy_with_the_whole_address_and_our_headers() {
    run(async {
        let (port, asked) = proxy(0).await;
        let person = Person::with(&through(format!("http://me:secret@127.0.0.1:{port}")), &["shop.test"]);
        let draft = Draft { host: "shop.test".into(), compressed: true, ..get(81, "/a?b=c") };
        let reply = person.send(&draft).await;
        assert_eq!((kind(&reply), reply.answer.status, text(&reply).as_str()), (None, 200, "proxy"));
        let request = asked.borrow()[0].to_lowercase();
        assert!(request.starts_with("get http://shop.test:81/a?b=c http/1.1\r\n"), "{request}");
        for line in ["proxy-authorization: basic", "user-agent: tidemark/", "accept-encoding: gzip, deflate, br, zstd"]
        {
            assert!(request.contains(line), "{request}");
        }
        assert!(reply.bytes_out > 100 && reply.bytes_in > 20);
        assert!(reply.timing.first_byte_us.unwrap() <= reply.timing.done_us);
    });
}

#[test]
fn a_secure_request_goes_through_a_tunnel_and_trusts_as_without_a_proxy() {
    use tokio_rustls::TlsAcceptor;
    run(async {
        let authority = Authority::new();
        let acceptor = TlsAcceptor::from(Arc::new(authority.server(&["localhost"], &["http/1.1"])));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let target = listener.local_addr().unwrap().port();
        spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                spawn_local(async move { talk(&mut stream, 0, &|_, _, _| ok("inside"), &Log::default()).await });
            }
        });
        let (port, asked) = proxy(target).await;
        let address = through(format!("http://127.0.0.1:{port}")).proxy;
        let trusting = Person::with(&Network { proxy: address.clone(), ..authority.network() }, &[]);
        let draft = Draft { host: "localhost".into(), ..get_tls(target, "/") };
        let reply = trusting.send(&draft).await;
        assert_eq!((kind(&reply), text(&reply).as_str()), (None, "inside"));
        assert!(asked.borrow()[0].starts_with(&format!("CONNECT localhost:{target} HTTP/1.1\r\n")));
        let stranger = Person::with(&Network { proxy: address, ..Authority::new().network() }, &[]);
        assert_eq!(kind(&stranger.send(&draft).await), Some(Kind::Tls));
        let refused = Draft { host: "refuse.test".into(), ..get_tls(443, "/") };
        let person = Person::with(&through(format!("http://127.0.0.1:{port}")), &["refuse.test"]);
        let reply = person.send(&refused).await;
        assert_eq!(kind(&reply), Some(Kind::Refused), "{:?}", reply.trouble);
    });
}

#[test]
fn a_socks_proxy_is_used_too() {
    run(async {
        let (target, log) = serve(|_, _, _| ok("inside")).await;
        let (port, asked) = socks(target).await;
        for (scheme, host, kind_of_address) in [("socks5", "127.0.0.1", 1), ("socks5h", "shop.test", 3)] {
            let person = Person::with(&through(format!("{scheme}://127.0.0.1:{port}")), &["shop.test"]);
            let reply = person.send(&Draft { host: host.into(), ..get(target, "/") }).await;
            assert_eq!((kind(&reply), text(&reply).as_str()), (None, "inside"), "{:?}", reply.trouble);
            assert_eq!(asked.borrow().last(), Some(&kind_of_address));
        }
        assert_eq!(log.borrow().len(), 2);
    });
}

#[test]
fn the_guard_and_the_cookies_work_through_a_proxy() {
    run(async {
        let (port, asked) = proxy(0).await;
        let person = Person::with(&through(format!("http://127.0.0.1:{port}")), &["shop.test"]);
        let nowhere = format!("{}.test", "n".repeat(70));
        for host in ["192.0.2.1", "10.0.0.1", nowhere.as_str()] {
            let reply = person.send(&Draft { host: host.into(), ..get(80, "/") }).await;
            assert_eq!(kind(&reply), Some(Kind::HostBlocked), "{host}");
        }
        assert!(asked.borrow().is_empty());
        let hop = Draft { host: "shop.test".into(), redirects: 3, ..get(80, "/hop") };
        assert_eq!(kind(&person.send(&hop).await), Some(Kind::HostBlocked));
        assert_eq!(asked.borrow().len(), 1);
        assert_eq!(person.session.cookie("a").as_deref(), Some("b"));
        assert_eq!(kind(&person.send(&Draft { redirects: 0, ..hop }).await), None);
        assert!(asked.borrow()[1].to_lowercase().contains("cookie: a=b\r\n"));
        // A proxy elsewhere has a loopback of its own: it is not this computer.
        let far = Person::with(&through("http://192.0.2.9:3128".into()), &[]);
        assert_eq!(kind(&far.get(80, "/").await), Some(Kind::HostBlocked));
    });
}

#[test]
fn a_proxy_that_is_not_there_or_makes_no_sense_is_told_in_words() {
    run(async {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let person = Person::with(&through(format!("http://127.0.0.1:{free}")), &[]);
        let reply = person.get(80, "/").await;
        assert_eq!(kind(&reply), Some(Kind::Refused));
        assert!(reply.trouble.unwrap().detail.contains("the proxy"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = listener.local_addr().unwrap().port();
        let person = Person::with(&through(format!("http://127.0.0.1:{silent}")), &[]);
        let slow = Draft { time_limit: Span::from_ms(50), ..get(80, "/") };
        assert_eq!(kind(&person.send(&slow).await), Some(Kind::AnswerTimeout));
    });
    let overridden =
        Network { resolve: vec![("a.test".into(), [127, 0, 0, 1].into())], ..through("http://p:1".into()) };
    for network in [through("not an address".into()), through("ftp://user:secret@proxy.test".into()), overridden] {
        let clock = Clock::start_at(Instant::now());
        let trouble = Exchange::new(clock, &network, Arc::new(Guard::default())).err().unwrap();
        assert!(trouble.detail.contains("proxy") && !trouble.detail.contains("secret"), "{}", trouble.detail);
    }
}
