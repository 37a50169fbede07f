//! Signing in, the basket, orders and paying: all that belongs to one visitor. It must not hold a visitor's lock while
//! anything waits (nothing here does).

use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    answer::{self, Answer, Refusal},
    catalogue::{Catalogue, money},
    shop::{Ask, Inside},
    visitors::{Line, Order, Visitor},
};

/// What opens every account.
const PASSWORD: &str = "tide";

/// Most of one product that can be asked for at once.
const MOST_AT_ONCE: u64 = 100;

/// `POST /login`, with JSON or form fields.
pub(crate) fn sign_in(shop: &Inside, ask: &Ask) -> Answer {
    let (email, password) = match ask.fields(["email", "password"]) {
        Ok([Some(email), Some(password)]) => (email, password),
        Ok(_) => return answer::wrong("email and password must both be given, as text"),
        Err(refusal) => return refusal.answer(),
    };
    if !email.ends_with(".test") || !email.contains('@') || password != PASSWORD {
        return answer::error(StatusCode::UNAUTHORIZED, "wrong email or password");
    }
    let (number, token) = shop.visitors.sign_in();
    shop.recognise(ask.caller, number);
    let person = json!({ "id": shop.visitors.person(&email), "name": name_of(&email) });
    let mut answer = answer::json(StatusCode::OK, &json!({ "access_token": token, "person": person }));
    set_cookie(&mut answer, &format!("sid={token}; Path=/; HttpOnly; SameSite=Lax"));
    answer
}

/// `POST /logout`.
pub(crate) fn sign_out(shop: &Inside, ask: &Ask) -> Answer {
    if !ask.visitor.is_some_and(|number| shop.visitors.sign_out(number)) {
        return stranger();
    }
    let mut answer = answer::empty(StatusCode::NO_CONTENT);
    set_cookie(&mut answer, "sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    answer
}

/// `GET /basket`.
pub(crate) fn basket(shop: &Inside, ask: &Ask) -> Answer {
    with(shop, ask, |visitor| answer::json(StatusCode::OK, &shown(&shop.catalogue, &visitor.basket)))
}

/// `POST /basket`.
pub(crate) fn add(shop: &Inside, ask: &Ask) -> Answer {
    let choice = || -> Result<(u32, u32), Refusal> {
        let body = ask.json()?;
        let id = whole(&body, "product_id", u64::MAX)?;
        let quantity = whole(&body, "quantity", MOST_AT_ONCE)?;
        let product = shop.catalogue.product(id).ok_or_else(no_product)?;
        Ok((product.id, quantity as u32))
    };
    with(shop, ask, |visitor| match choice() {
        Err(refusal) => refusal.answer(),
        Ok((product, quantity)) if visitor.put(product, quantity) => {
            answer::json(StatusCode::CREATED, &shown(&shop.catalogue, &visitor.basket))
        }
        Ok(_) => answer::wrong("the basket is full"),
    })
}

/// `DELETE /basket`.
pub(crate) fn clear(shop: &Inside, ask: &Ask) -> Answer {
    with(shop, ask, |visitor| {
        visitor.basket.clear();
        answer::empty(StatusCode::NO_CONTENT)
    })
}

/// `POST /orders`.
pub(crate) fn place(shop: &Inside, ask: &Ask) -> Answer {
    with(shop, ask, |visitor| {
        if visitor.basket.is_empty() {
            return answer::error(StatusCode::CONFLICT, "the basket is empty");
        }
        let lines = std::mem::take(&mut visitor.basket);
        let (id, cents) = (shop.visitors.next_order(), total(&shop.catalogue, &lines));
        visitor.keep(Order { id, lines, cents, paid: false });
        answer::json(StatusCode::CREATED, &json!({ "order_id": id, "total": money(cents) }))
    })
}

/// `GET /orders/{id}`.
pub(crate) fn order(shop: &Inside, ask: &Ask) -> Answer {
    with_order(shop, ask, |order| {
        let status = if order.paid { "paid" } else { "open" };
        let items = &shown(&shop.catalogue, &order.lines)["items"];
        let value = json!({ "order_id": order.id, "status": status, "items": items, "total": money(order.cents) });
        answer::json(StatusCode::OK, &value)
    })
}

/// `POST /orders/{id}/pay`.
pub(crate) fn pay(shop: &Inside, ask: &Ask) -> Answer {
    with_order(shop, ask, |order| {
        let card = ask.json().map(|body| body["card"].as_str().is_some_and(|card| !card.is_empty()));
        match card {
            Err(refusal) => refusal.answer(),
            Ok(false) => answer::wrong("card is missing"),
            Ok(true) if order.paid => answer::error(StatusCode::CONFLICT, "this order is paid already"),
            Ok(true) => {
                order.paid = true;
                answer::json(StatusCode::OK, &json!({ "status": "paid", "message": "Thank you" }))
            }
        }
    })
}

fn with(shop: &Inside, ask: &Ask, work: impl FnOnce(&mut Visitor) -> Answer) -> Answer {
    ask.visitor.and_then(|number| shop.visitors.with(number, work)).unwrap_or_else(stranger)
}

fn with_order(shop: &Inside, ask: &Ask, work: impl FnOnce(&mut Order) -> Answer) -> Answer {
    with(shop, ask, |visitor| match ask.open_part.parse().ok().and_then(|id| visitor.order(id)) {
        Some(order) => work(order),
        None => answer::missing("you have no order with this id"),
    })
}

fn stranger() -> Answer {
    let mut answer = answer::error(StatusCode::UNAUTHORIZED, "sign in first");
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    answer
}

fn no_product() -> Refusal {
    Refusal(StatusCode::NOT_FOUND, "there is no product with this id".into())
}

/// A field that must be a whole JSON number from 1 to `most`: text that looks like a number isn't one, since that is a
/// mistake that real shops refuse too.
fn whole(body: &Value, field: &str, most: u64) -> Result<u64, Refusal> {
    let says = match &body[field] {
        Value::Null => format!("{field} is missing"),
        Value::Number(number) => match number.as_u64() {
            Some(number @ 1..) if number <= most => return Ok(number),
            _ if most == u64::MAX => format!("{field} must be a whole number from 1"),
            _ => format!("{field} must be a whole number from 1 to {most}"),
        },
        Value::String(_) => format!("{field} must be a number, not text"),
        _ => format!("{field} must be a number"),
    };
    Err(Refusal(StatusCode::UNPROCESSABLE_ENTITY, says.into()))
}

fn total(catalogue: &Catalogue, lines: &[Line]) -> u64 {
    let price = |line: &Line| catalogue.product(line.product.into()).map_or(0, |product| product.cents);
    lines.iter().map(|line| price(line) * u64::from(line.quantity)).sum()
}

fn shown(catalogue: &Catalogue, lines: &[Line]) -> Value {
    let line = |line: &Line| {
        let product = catalogue.product(line.product.into())?;
        let (name, price) = (&product.name, money(product.cents));
        Some(json!({ "product_id": product.id, "name": name, "quantity": line.quantity, "price": price }))
    };
    json!({ "items": lines.iter().filter_map(line).collect::<Vec<_>>(), "total": money(total(catalogue, lines)) })
}

/// "mary.smith@example.test" is Mary Smith.
fn name_of(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    let words: Vec<String> = local.split(['.', '_', '-', '+']).filter_map(capital).collect();
    words.join(" ")
}

fn set_cookie(answer: &mut Answer, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}
