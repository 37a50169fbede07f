//! The works of `cargo xtask bench` for Goose: `--scenarios plain` is one GET after the other, `--scenarios flow` the flow
//! of flow.tide.

use goose::prelude::*;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    let flow = scenario!("Flow")
        .register_transaction(transaction!(look).set_weight(3)?)
        .register_transaction(transaction!(buy).set_weight(1)?);
    GooseAttack::initialize()?
        .register_scenario(scenario!("Plain").register_transaction(transaction!(plain)))
        .register_scenario(flow)
        .execute()
        .await?;
    Ok(())
}

/// One GET. Its body is read, else the connection can't be used again.
async fn plain(user: &mut GooseUser) -> TransactionResult {
    user.get("/items/12345").await?.response?.bytes().await?;
    Ok(())
}

async fn look(user: &mut GooseUser) -> TransactionResult {
    look_for_one(user).await?;
    Ok(())
}

async fn buy(user: &mut GooseUser) -> TransactionResult {
    let body = json!({ "item": look_for_one(user).await?, "count": 1 });
    let words = user.get_request_builder(&GooseMethod::Post, "/cart")?.json(&body);
    let ask = GooseRequest::builder().method(GooseMethod::Post).path("/cart").name("Cart").expect_status_code(201);
    user.request(ask.set_request_builder(words).build()).await?.response?.bytes().await?;
    Ok(())
}

/// Asks for any item, and for the one that was named.
async fn look_for_one(user: &mut GooseUser) -> Result<Value, Box<TransactionError>> {
    let ask = GooseRequest::builder().path("/items?view=short").name("Find").expect_status_code(200);
    let item = user.request(ask.build()).await?.response?.json::<Value>().await?["id"].take();
    let path = format!("/items/{item}");
    let ask = GooseRequest::builder().path(path.as_str()).name("Item").expect_status_code(200);
    user.request(ask.build()).await?.response?.bytes().await?;
    Ok(item)
}
