use std::time::Instant;

use serde_json::json;

use super::*;
use crate::{ErrorsAbove, Latency, SlowPay, Stall};

/// How long one request takes.
async fn took(client: &mut Client, what: &str, body: &str) -> Duration {
    let begun = Instant::now();
    client.ask(what, body).await;
    begun.elapsed()
}

/// An order that can be paid: its pay address.
async fn order(client: &mut Client) -> String {
    client.ask("POST /basket", r#"{"product_id":7,"quantity":1}"#).await;
    let order = client.ask("POST /orders", "").await.json()["order_id"].clone();
    format!("POST /orders/{order}/pay")
}

#[tokio::test]
async fn latency_is_added_and_slow_pay_slows_only_pay() {
    let slow = SlowPay { after: ms(0), by: ms(300), up_to: ms(0), above_people: 0 };
    let latency = Latency { basket: ms(30), ..Latency::none() };
    let shop = open(Knobs { latency, slow_pay: Some(slow), ..Knobs::quiet() }).await;
    let mut client = Client::signed_in(&shop).await;
    let pay = order(&mut client).await;
    assert!(took(&mut client, "GET /basket", "").await >= ms(30));
    assert!(took(&mut client, "GET /products/1", "").await < ms(300));
    assert!(took(&mut client, &pay, r#"{"card":"1"}"#).await >= ms(300));
    assert!(took(&mut client, "GET /slow?ms=40", "").await >= ms(40));
}

#[tokio::test]
async fn errors_begin_above_so_many_visitors_and_end_when_they_leave() {
    let errors_above = Some(ErrorsAbove { people: 3, share: 1.0, status: 503 });
    let shop = open(Knobs { errors_above, ..Knobs::quiet() }).await;
    let mut clients = Vec::new();
    for _ in 0..3 {
        // Signing in on a connection that was seen before doesn't make a second visitor.
        let mut client = Client::signed_in(&shop).await;
        assert_eq!(client.ask("GET /basket", "").await.status, 200);
        clients.push(client);
    }
    let mut fourth = Client::to(&shop).await;
    let refused = fourth.ask("GET /products/1", "").await;
    assert_eq!((refused.status, refused.json()), (503, json!({ "error": "try later" })));
    assert_eq!(clients[0].ask("GET /basket", "").await.status, 503);
    assert_eq!(fourth.ask("GET /stats", "").await.status, 200, "the shop can be looked at all the same");
    // After a second without requests the crowd is gone.
    tokio::time::sleep(ms(1010)).await;
    assert_eq!(fourth.ask("GET /products/1", "").await.status, 200);
}

#[tokio::test]
async fn a_stall_holds_every_route_and_then_goes_on() {
    let shop = open(Knobs::quiet()).await;
    let stall = Some(Stall { at: ms(0), lasts: ms(400), every: ms(0) });
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(Client::signed_in(&shop).await);
    }
    shop.set(Knobs { stall, ..Knobs::quiet() }).unwrap();
    let begun = Instant::now();
    for (client, what) in clients.iter_mut().zip(["GET /", "GET /basket", "GET /health", "GET /stats"]) {
        client.send(what, "").await;
    }
    for client in &mut clients {
        let mut first = [0];
        client.stream.read_exact(&mut first).await.unwrap();
        assert!(begun.elapsed() >= ms(400), "{:?}", begun.elapsed());
    }
    let mut after = Client::to(&shop).await;
    assert!(took(&mut after, "GET /", "").await < ms(400));
}

#[tokio::test]
async fn dropped_requests_get_their_connection_closed_without_an_answer() {
    let shop = open(Knobs { drop_share: 0.3, ..Knobs::quiet() }).await;
    let (mut dropped, mut answered) = (0, 0);
    let mut client = Client::to(&shop).await;
    for _ in 0..200 {
        match client.try_ask("POST /upload", "some bytes").await {
            Some(_) => answered += 1,
            None => {
                dropped += 1;
                client = Client::to(&shop).await;
            }
        }
    }
    let counts = shop.counts();
    assert_eq!((counts.dropped, counts.answered, counts.requests), (dropped, answered, 200));
    assert!((30..=90).contains(&dropped), "{dropped}");
}

#[tokio::test]
async fn knobs_can_be_read_and_changed_while_the_shop_is_open() {
    let shop = open(Knobs::demo()).await;
    let mut client = Client::to(&shop).await;
    let before = client.ask("GET /knobs", "").await.json();
    assert_eq!(before["slow_pay"]["after_ms"], 20_000);
    let change = r#"{"slow_pay":{"by_ms":2000},"latency":{"page_ms":1.5},"drop_share":0.25}"#;
    let after = client.ask("POST /knobs", change).await.json();
    assert_eq!((&after["slow_pay"]["by_ms"], &after["slow_pay"]["after_ms"]), (&json!(2000), &json!(20_000)));
    assert_eq!((&after["latency"]["page_ms"], &after["latency"]["pay_ms"]), (&json!(1.5), &json!(45)));
    assert_eq!(shop.knobs().drop_share, 0.25);
    for wrong in [r#"{"drop":1}"#, r#"{"drop_share":2}"#, r#"{"stall":{"lasts_ms":0}}"#, r#"{"seed":-1}"#, "7"] {
        let reply = client.ask("POST /knobs", wrong).await;
        assert_eq!(reply.status, 422, "{wrong}");
        assert!(reply.json()["error"].is_string());
    }
    assert_eq!(shop.knobs().drop_share, 0.25);
    client.ask("POST /knobs", r#"{"preset":"quiet","stall":null}"#).await;
    assert_eq!(shop.knobs(), Knobs::quiet());
}

#[tokio::test]
async fn impossible_knobs_and_taken_addresses_are_refused() {
    let shop = open(Knobs::quiet()).await;
    let kind = |opened: std::io::Result<Shop>| opened.err().map(|error| error.kind());
    let wrong = Knobs { drop_share: 1.5, ..Knobs::quiet() };
    assert_eq!(kind(start(shop.addr(), wrong).await), Some(std::io::ErrorKind::InvalidInput));
    assert_eq!(kind(start(shop.addr(), Knobs::quiet()).await), Some(std::io::ErrorKind::AddrInUse));
}
