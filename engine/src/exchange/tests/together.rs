//! Requests that leave together, when everybody had their turn.

use super::secure::{Authority, get_tls, serve_tls};
use super::*;

/// Asks for something in a turn that goes on for 30 ms after it was asked for.
async fn ask_in_a_long_turn(person: &Person, draft: &Draft) -> (u64, Reply) {
    let asked_us = person.exchange.clock.now_us();
    let busy = async { std::thread::sleep(Duration::from_millis(30)) };
    let (reply, ()) = tokio::join!(biased; person.send(draft), busy);
    (asked_us, reply)
}

#[test]
fn a_request_is_timed_from_when_it_left_not_from_when_it_was_written() {
    let authority = Authority::new();
    run(async move {
        let (plain, _) = serve(|_, _, _| ok("hello")).await;
        let (secure, ..) = serve_tls(authority.server(&["127.0.0.1"], &["http/1.1"]), |_, _, _| ok("hello")).await;
        for draft in [get(plain, "/"), get_tls(secure, "/")] {
            let person = Person::with(&authority.network(), &[]);
            person.send(&draft).await;
            person.session.leave_together(true);
            let (asked_us, reply) = ask_in_a_long_turn(&person, &draft).await;
            let Timing { sent_us, first_byte_us, done_us, .. } = reply.timing;
            assert_eq!((kind(&reply), text(&reply).as_str()), (None, "hello"));
            assert!(sent_us >= asked_us + 30_000, "{asked_us} {:?}", reply.timing);
            assert!(first_byte_us.is_some_and(|first| (sent_us..=done_us).contains(&first)), "{:?}", reply.timing);
            person.session.leave_together(false);
            let (asked_us, reply) = ask_in_a_long_turn(&person, &draft).await;
            assert!(reply.timing.sent_us < asked_us + 30_000, "after a pause it leaves at once");
        }
    });
}

#[test]
fn everybody_gets_their_own_answer() {
    run(async {
        let (port, log) = serve(|_, _, request| ok(request.lines().next().unwrap_or_default())).await;
        let person = Person::new();
        let sessions: Vec<Session> = (0..20).map(|_| person.exchange.session()).collect();
        for round in 0..3 {
            let all = sessions.iter().enumerate().map(|(number, session)| {
                let mut draft = get(port, &format!("/{round}/{number}"));
                draft.body = (number % 2 == 1).then(|| vec![b'x'; number * 1_000]);
                let exchange = &person.exchange;
                async move {
                    let mut reply = Reply::default();
                    exchange.send(session, &draft, &mut reply).await;
                    session.leave_together(true);
                    (number, draft, reply)
                }
            });
            for (number, draft, reply) in futures_util::future::join_all(all).await {
                assert_eq!(kind(&reply), None, "{reply:?}");
                assert_eq!(text(&reply), format!("GET /{round}/{number} HTTP/1.1"));
                let sent = log.borrow().iter().find(|(_, got)| got.contains(&draft.target)).unwrap().1.len();
                assert_eq!(reply.bytes_out, sent as u64);
            }
        }
    });
}

#[test]
fn a_request_whose_sender_is_gone_is_not_sent() {
    run(async {
        let (port, log) = serve(|_, _, _| ok("hello")).await;
        let person = Person::new();
        person.get(port, "/first").await;
        person.session.leave_together(true);
        {
            let cut = person.get(port, "/cut");
            tokio::pin!(cut);
            assert!(poll_fn(|cx| Poll::Ready(cut.as_mut().poll(cx).is_pending())).await);
        }
        assert_eq!(person.exchange.open_connections(), 0);
        person.get(port, "/last").await;
        let asked: Vec<String> =
            log.borrow().iter().map(|(_, got)| got.split(' ').nth(1).unwrap_or_default().to_owned()).collect();
        assert_eq!(asked, ["/first", "/last"]);
    });
}

#[test]
fn what_the_kernel_does_not_take_at_once_follows() {
    run(async {
        const MANY: usize = 32 << 20;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let tcp = tcp::Tcp::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut peer, _) = listener.accept().await.unwrap();
        let post = post::Post::new(Clock::start_at(Instant::now()));
        assert_eq!(post.take(&tcp, |out| out.resize(MANY, b'x')), MANY);
        assert_eq!((tcp.left_us(), tcp.unsent()), (None, MANY), "it waits for its turn");
        tokio::task::yield_now().await;
        assert!(tcp.left_us().is_some() && (1..MANY).contains(&tcp.unsent()), "{}", tcp.unsent());
        let mut room = vec![0; 1 << 20];
        let mut got = 0;
        while got < MANY {
            got += peer.read(&mut room).await.unwrap();
        }
        assert_eq!((got, tcp.unsent()), (MANY, 0));
        peer.set_zero_linger().unwrap();
        drop(peer);
        // The kernel tells readers of it, so that nobody waits for an answer.
        let mut byte = [0];
        let ended = poll_fn(|cx| {
            let mut into = tokio::io::ReadBuf::new(&mut byte);
            Pin::new(&mut tcp.clone()).poll_read(cx, &mut into)
        });
        assert!(ended.await.is_err());
        post.take(&tcp, |out| out.extend_from_slice(b"too late"));
        tokio::task::yield_now().await;
        assert_eq!(tcp.unsent(), 8);
    });
}

#[test]
fn a_server_that_hangs_up_under_a_posted_request_is_a_failure() {
    run(async {
        let (port, _) = serve(|_, count, _| if count == 0 { ok("one") } else { Act::Reset(Vec::new()) }).await;
        let person = Person::new();
        person.get(port, "/").await;
        person.session.leave_together(true);
        let reply = person.get(port, "/").await;
        assert_eq!(kind(&reply), Some(Kind::Reset), "{reply:?}");
        assert!(reply.timing.done_us >= reply.timing.sent_us);
        assert_eq!(person.session.idle_connections(), 0);
        person.session.leave_together(true);
        assert_eq!(text(&person.get(port, "/").await), "one", "the next one connects anew");
    });
}
