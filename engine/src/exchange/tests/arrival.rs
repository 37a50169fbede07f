//! An answer's time ends when it reached this computer, however late the program looks at it.

use std::sync::mpsc::channel;

use super::secure::{Authority, get_tls, serve_tls};
use super::*;

/// Opens a server on a thread of its own, so that it answers while this one is busy.
fn on_another_thread<F: Future<Output = u16>>(open: impl FnOnce() -> F + Send + 'static) -> u16 {
    let (told, port) = channel();
    std::thread::spawn(move || {
        run(async move {
            told.send(open().await).unwrap();
            std::future::pending().await
        });
    });
    port.recv().unwrap()
}

/// Asks over and over, being busy for 40 ms after each request went out, until the kernel tells of an answer: it only
/// begins to note arrivals once somebody asks for it.
async fn ask_while_busy(person: &Person, draft: &Draft) -> (Reply, Arrivals) {
    for _ in 0..50 {
        let busy = async { std::thread::sleep(Duration::from_millis(40)) };
        let (reply, ()) = tokio::join!(biased; person.send(draft), busy);
        assert_eq!(kind(&reply), None, "{reply:?}");
        let arrivals = person.exchange.take_arrivals();
        if arrivals.untold == 0 {
            return (reply, arrivals);
        }
    }
    panic!("the kernel never told when an answer came");
}

#[cfg(target_os = "linux")]
#[test]
fn how_long_an_answer_lay_unread_is_not_in_its_time() {
    let authority = Authority::new();
    let (network, config) = (authority.network(), authority.server(&["127.0.0.1"], &["http/1.1"]));
    let plain = on_another_thread(|| async { serve(|_, _, _| ok("hello")).await.0 });
    let secure = on_another_thread(|| async { serve_tls(config, |_, _, _| ok("hello")).await.0 });
    run(async move {
        for draft in [get(plain, "/"), get_tls(secure, "/")] {
            let person = Person::with(&network, &[]);
            person.send(&draft).await;
            person.exchange.take_arrivals();
            let (reply, arrivals) = ask_while_busy(&person, &draft).await;
            let Timing { sent_us, first_byte_us, done_us, .. } = reply.timing;
            assert!(done_us - sent_us < 20_000, "{:?}", reply.timing);
            assert!(first_byte_us.is_some_and(|first| (sent_us..=done_us).contains(&first)), "{:?}", reply.timing);
            assert!(arrivals.unread.max().is_some_and(|us| us > 20_000), "{:?}", arrivals.unread.max());
        }
    });
}

#[cfg(target_os = "linux")]
#[test]
fn what_should_go_on_at_once_is_told_from_answers_that_may_lie_unread() {
    run(async {
        let pieces = ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "o", "k"].map(|piece| piece.as_bytes().to_vec());
        let act = move |_, _, request: &str| match request.contains("/pieces") {
            true => Act::Pieces(pieces.to_vec()),
            false => ok("ok"),
        };
        let (port, person) = (serve(act).await.0, Person::new());
        let draft = get(port, "/whole");
        let asked = async {
            let now_us = person.exchange.clock.now_us();
            assert!(now_us > 0 && person.exchange.hurried_us() >= now_us, "while somebody connects");
        };
        let (_, ()) = tokio::join!(biased; person.send(&draft), asked);
        // Until the kernel tells when answers come, each of them hurries.
        ask_while_busy(&person, &draft).await;
        let calm_us = person.exchange.hurried_us();
        for _ in 0..3 {
            assert_eq!(kind(&person.send(&draft).await), None);
        }
        assert_eq!(person.exchange.hurried_us(), calm_us, "whole answers may lie");
        assert_eq!(text(&person.get(port, "/pieces").await), "ok");
        assert!(person.exchange.hurried_us() > calm_us, "the next piece may wait for this one");
    });
}
