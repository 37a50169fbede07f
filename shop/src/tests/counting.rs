use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use http_body_util::Empty;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::task::JoinSet;

use super::*;
use crate::{ErrorsAbove, Latency};

/// What one client got, by status; 0 is no answer.
async fn shopping(addr: SocketAddr, turns: usize) -> BTreeMap<u16, u64> {
    let connect = || async {
        let stream = TcpStream::connect(addr).await.unwrap();
        Client { stream, headers: String::new() }
    };
    let mut client = connect().await;
    let mut got = BTreeMap::new();
    let asks = ["GET /products/3", "GET /products/999", "GET /basket", "POST /upload", "GET /nowhere"];
    for what in asks.iter().cycle().take(turns) {
        let reply = client.try_ask(what, "abc").await;
        *got.entry(reply.as_ref().map_or(0, |reply| reply.status)).or_default() += 1;
        if reply.is_none() {
            client = connect().await;
        }
    }
    got
}

#[tokio::test]
async fn counts_are_the_clients_own_over_2000_requests_whatever_fails() {
    let latency = Latency { spread: 0.5, ..Latency::fixed(ms(1)) };
    let errors_above = Some(ErrorsAbove { people: 4, share: 0.2, status: 502 });
    let shop = open(Knobs { latency, errors_above, drop_share: 0.05, ..Knobs::quiet() }).await;
    let mut clients = JoinSet::new();
    for _ in 0..20 {
        clients.spawn(shopping(shop.addr(), 100));
    }
    let mut got = BTreeMap::new();
    while let Some(one) = clients.join_next().await {
        for (status, count) in one.unwrap() {
            *got.entry(status).or_insert(0) += count;
        }
    }
    let dropped = got.remove(&0).unwrap();
    let counts = shop.stop().await;
    assert_eq!(counts.requests, 2000);
    assert_eq!((counts.dropped, counts.abandoned, counts.in_flight), (dropped, 0, 0));
    assert_eq!(counts.statuses, got);
    assert!(got.keys().eq(&[200, 401, 404, 502]), "{got:?}");
    assert_eq!(counts.connections, 20 + dropped);
    assert_eq!(counts.open_connections, 0);
    let (each, total) = (counts.routes.values().map(|route| route.requests), counts.answered + dropped);
    assert_eq!((each.clone().sum::<u64>(), each.max(), total), (2000, Some(800), 2000));
}

#[tokio::test]
async fn requests_given_up_by_their_sender_are_counted_as_such() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    client.send("GET /slow?ms=60000", "").await;
    let mut other = Client::to(&shop).await;
    let stats = other.ask("GET /stats", "").await.json();
    assert_eq!((&stats["requests"], &stats["in_flight"]), (&2.into(), &2.into()));
    drop(client);
    let given_up = async {
        while shop.counts().abandoned == 0 {
            tokio::time::sleep(ms(1)).await;
        }
    };
    tokio::time::timeout(ms(5000), given_up).await.unwrap();
    let counts = shop.stop().await;
    assert_eq!((counts.requests, counts.answered, counts.abandoned, counts.in_flight), (2, 1, 1, 0));
}

#[tokio::test]
async fn what_is_not_http_is_counted_apart() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    client.stream.write_all(b"hello there, shop, how are you today?\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    client.stream.read_to_end(&mut rest).await.unwrap();
    let counts = shop.stop().await;
    assert_eq!((counts.malformed, counts.requests), (1, 0));
}

#[tokio::test]
async fn stopping_lets_requests_under_way_be_answered() {
    let shop = open(Knobs::quiet()).await;
    let addr = shop.addr();
    let mut client = Client::to(&shop).await;
    let asking = tokio::spawn(async move { client.ask("GET /slow?ms=150", "").await.status });
    let arrived = async {
        while shop.counts().in_flight == 0 {
            tokio::time::sleep(ms(1)).await;
        }
    };
    tokio::time::timeout(ms(5000), arrived).await.unwrap();
    let counts = shop.stop().await;
    assert_eq!((counts.answered, counts.abandoned), (1, 0));
    assert_eq!(asking.await.unwrap(), 200);
    assert!(TcpStream::connect(addr).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn http2_is_served_counted_and_dropped_too() {
    let shop = open(Knobs::quiet()).await;
    let stream = TcpStream::connect(shop.addr()).await.unwrap();
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let ask = |path: &str| {
        let request = Request::get(format!("http://shop{path}")).body(Empty::<Bytes>::new()).unwrap();
        let mut sender = sender.clone();
        async move { sender.send_request(request).await.map(|reply| reply.status().as_u16()) }
    };
    let mut asks = JoinSet::new();
    for n in 0..100 {
        asks.spawn(ask(&format!("/products/{}", 200 + n)));
    }
    let statuses: Vec<u16> = asks.join_all().await.into_iter().map(Result::unwrap).collect();
    assert_eq!(statuses.iter().filter(|&&status| status == 200).count(), 41);
    shop.set(Knobs { drop_share: 1.0, ..Knobs::quiet() }).unwrap();
    assert!(ask("/products/1").await.is_err());
    // The whole connection is closed, not only the stream.
    let _ = tokio::time::timeout(ms(5000), connection).await.unwrap();
    assert!(sender.is_closed());
    let counts = shop.counts();
    assert_eq!((counts.connections, counts.requests, counts.dropped), (1, 101, 1));
    assert_eq!(counts.statuses, BTreeMap::from([(200, 41), (404, 59)]));
}
