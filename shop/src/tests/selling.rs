use serde_json::json;

use super::*;

#[tokio::test]
async fn from_the_front_page_to_paid() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    let page = client.ask("GET /", "").await;
    assert!(page.body.contains("<input type=\"hidden\" name=\"form_token\" value=\""), "{}", page.body);
    let links: Vec<&str> = page.body.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(links.len(), 6);
    for link in links {
        assert_eq!(client.ask(&format!("GET {link}"), "").await.status, 200, "{link}");
    }
    let mut client = Client::signed_in(&shop).await;
    let found = client.ask("GET /search?q=lantern", "").await.json();
    let product = found["items"][0].clone();
    let added = client.ask("POST /basket", &json!({ "product_id": product["id"], "quantity": 3 }).to_string()).await;
    assert_eq!(added.status, 201);
    let total = (product["price"].as_f64().unwrap() * 300.0).round() / 100.0;
    assert_eq!(client.ask("GET /basket", "").await.json()["total"], total);
    let order = client.ask("POST /orders", "").await;
    assert_eq!((order.status, &order.json()["total"]), (201, &json!(total)));
    let address = format!("/orders/{}", order.json()["order_id"]);
    assert_eq!(client.ask(&format!("GET {address}"), "").await.json()["status"], "open");
    let paid = client.ask(&format!("POST {address}/pay"), r#"{"card":"4242"}"#).await;
    assert_eq!((paid.status, paid.json()), (200, json!({ "status": "paid", "message": "Thank you" })));
    assert_eq!(client.ask(&format!("GET {address}"), "").await.json()["status"], "paid");
    assert_eq!(client.ask("GET /basket", "").await.json(), json!({ "items": [], "total": 0.0 }));
    assert_eq!(client.ask("POST /logout", "").await.status, 204);
    assert_eq!(client.ask("GET /basket", "").await.status, 401);
}

/// Rows: (request, body, status), one after the other by one visitor whose basket holds one product at first.
async fn check(rows: &[(&str, &str, u16)]) {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::signed_in(&shop).await;
    client.ask("POST /basket", r#"{"product_id":7,"quantity":1}"#).await;
    for &(what, body, status) in rows {
        let reply = client.ask(what, body).await;
        assert_eq!(reply.status, status, "{what} {body}: {reply:?}");
        assert!(status < 400 || reply.json()["error"].is_string(), "{what} {body}: {reply:?}");
    }
}

#[tokio::test]
async fn refusals_have_the_status_that_fits() {
    check(&[
        ("POST /login", r#"{"email":"mary@example.com","password":"tide"}"#, 401),
        ("POST /login", r#"{"email":"mary@example.test","password":"Tide"}"#, 401),
        ("POST /login", r#"{"email":"mary@example.test"}"#, 422),
        ("POST /login", "email", 400),
        ("GET /products/0", "", 404),
        ("GET /products/240", "", 200),
        ("GET /products/241", "", 404),
        ("GET /products/first", "", 404),
        ("GET /products?page=0", "", 422),
        ("GET /products?page=99", "", 200),
        ("GET /products?category=cars", "", 404),
        ("GET /search", "", 422),
        ("GET /assets/none.png", "", 404),
        ("GET /nowhere", "", 404),
        ("PUT /basket", "", 405),
        ("POST /basket", r#"{"product_id":"7","quantity":1}"#, 422),
        ("POST /basket", r#"{"product_id":7,"quantity":"1"}"#, 422),
        ("POST /basket", r#"{"product_id":7,"quantity":1.5}"#, 422),
        ("POST /basket", r#"{"product_id":7,"quantity":0}"#, 422),
        ("POST /basket", r#"{"product_id":7}"#, 422),
        ("POST /basket", r#"{"product_id":9999,"quantity":1}"#, 404),
        ("POST /basket", "{", 400),
        ("GET /orders/1", "", 404),
        ("POST /orders", "", 201),
        ("POST /orders", "", 409),
        ("POST /orders/1002/pay", "{}", 422),
        ("POST /orders/1002/pay", r#"{"card":""}"#, 422),
        ("POST /orders/1002/pay", r#"{"card":"1"}"#, 200),
        ("POST /orders/1002/pay", r#"{"card":"1"}"#, 409),
        ("DELETE /basket", "", 204),
        ("GET /redirect?to=//elsewhere.test/", "", 422),
        ("GET /redirect?to=https://elsewhere.test/", "", 422),
        ("GET /redirect?to=%2F%5Celsewhere.test", "", 422),
        ("GET /redirect?times=101", "", 422),
        ("GET /slow?ms=soon", "", 422),
        ("GET /health", "", 200),
    ])
    .await;
}

#[tokio::test]
async fn what_the_shop_does_is_told_to_prometheus_without_those_who_ask() {
    let shop = open(Knobs::quiet()).await;
    let (mut visitor, mut page) = (Client::to(&shop).await, Client::to(&shop).await);
    for what in ["GET /", "GET /products", "GET /nowhere"] {
        visitor.ask(what, "").await;
    }
    for _ in 0..3 {
        let said = page.ask("GET /metrics", "").await;
        assert_eq!(said.status, 200);
        for line in [
            "http_requests_total{code=\"200\"} 2",
            "http_requests_total{code=\"404\"} 1",
            "http_requests_in_progress 0",
            "http_open_connections 2",
        ] {
            assert!(said.body.lines().any(|said| said == line), "{line}: {}", said.body);
        }
    }
}

#[tokio::test]
async fn strangers_are_sent_to_sign_in_and_see_no_one_elses_orders() {
    let shop = open(Knobs::quiet()).await;
    let mut stranger = Client::to(&shop).await;
    for what in ["GET /basket", "POST /basket", "DELETE /basket", "POST /orders", "GET /orders/1001", "POST /logout"] {
        assert_eq!(stranger.ask(what, "{}").await.status, 401, "{what}");
    }
    let (mut mary, mut john) = (Client::signed_in(&shop).await, Client::signed_in(&shop).await);
    mary.ask("POST /basket", r#"{"product_id":7,"quantity":1}"#).await;
    let order = mary.ask("POST /orders", "").await.json()["order_id"].clone();
    assert_eq!(mary.ask(&format!("GET /orders/{order}"), "").await.status, 200);
    assert_eq!(john.ask(&format!("GET /orders/{order}"), "").await.status, 404);
}

#[tokio::test]
async fn a_form_and_a_cookie_sign_in_as_well() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    client.headers = "content-type: application/x-www-form-urlencoded\r\n".to_owned();
    let reply = client.ask("POST /login", "email=mary.smith%40example.test&password=tide").await;
    assert_eq!(reply.json()["person"]["name"], "Mary Smith");
    // What curl calls a form may be JSON.
    assert_eq!(client.ask("POST /login", r#"{"email":"a@b.test","password":"tide"}"#).await.status, 200);
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("; HttpOnly"), "{cookie}");
    client.headers = format!("cookie: theme=dark; {}\r\n", cookie.split(';').next().unwrap());
    assert_eq!(client.ask("GET /basket", "").await.status, 200);
}

/// What one visitor sees of a shop with this seed.
async fn seen(seed: u64) -> Vec<String> {
    let shop = open(Knobs { seed, ..Knobs::quiet() }).await;
    let mut client = Client::signed_in(&shop).await;
    let mut seen = vec![client.headers.clone()];
    let rows = [
        ("GET /", ""),
        ("GET /products", ""),
        ("GET /products/17", ""),
        ("GET /search?q=tea", ""),
        ("POST /basket", r#"{"product_id":5,"quantity":2}"#),
        ("POST /orders", ""),
        ("POST /login", r#"{"email":"mary@example.test","password":"tide"}"#),
    ];
    for (what, body) in rows {
        seen.push(client.ask(what, body).await.body);
    }
    seen
}

#[tokio::test]
async fn the_same_seed_is_the_same_shop() {
    let one = seen(3).await;
    assert_eq!(one, seen(3).await);
    for (same, other) in one.iter().zip(seen(4).await) {
        assert_ne!(*same, other);
    }
}

#[tokio::test]
async fn pages_hold_every_product_of_a_category_once() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    for (category, total) in [("", 240), ("tea", 40)] {
        let mut ids = Vec::new();
        let mut page = 1;
        loop {
            let shown = client.ask(&format!("GET /products?page={page}&category={category}"), "").await.json();
            assert_eq!(shown["total"], total);
            let items = shown["items"].as_array().unwrap();
            if items.is_empty() {
                assert_eq!(shown["pages"], page - 1);
                break;
            }
            ids.extend(items.iter().map(|item| item["id"].as_u64().unwrap()));
            page += 1;
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), total);
    }
    assert_eq!(client.ask("GET /search?q=submarine", "").await.json(), json!({ "items": [] }));
}

#[tokio::test]
async fn a_redirect_takes_as_many_steps_as_asked() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    let mut address = "/redirect?to=/products%3Fpage=2%26category=tea&times=3".to_owned();
    for _ in 0..3 {
        let reply = client.ask(&format!("GET {address}"), "").await;
        assert_eq!(reply.status, 302);
        address = reply.header("location").unwrap().to_owned();
    }
    assert_eq!(address, "/products?page=2&category=tea");
}

#[tokio::test]
async fn uploads_are_measured_part_by_part() {
    let shop = open(Knobs::quiet()).await;
    let mut client = Client::to(&shop).await;
    assert_eq!(client.ask("POST /upload", "12345").await.json(), json!({ "bytes": 5, "parts": [] }));
    let content = "a\r\n-\r\n--xy\r\n";
    let body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--xyz\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nContent-Type: image/png\r\n\r\n\
         {content}\r\n--xyz--\r\n"
    );
    client.headers = "content-type: multipart/form-data; boundary=xyz\r\n".to_owned();
    let parts = json!([
        { "name": "note", "filename": null, "bytes": 5 },
        { "name": "file", "filename": "a.bin", "bytes": content.len() },
    ]);
    assert_eq!(client.ask("POST /upload", &body).await.json(), json!({ "bytes": body.len(), "parts": parts }));
    assert_eq!(client.ask("POST /upload", "--xyz\r\nbroken").await.status, 400);
}
