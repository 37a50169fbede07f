//! A quiet shop on one core, for measuring: `cargo run --release -p tidemark-shop --example quiet_shop -- 127.0.0.1:4780`.

use tidemark_shop::{Knobs, start};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let addr = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:4780".to_owned());
    let addr = addr.parse().map_err(|_| std::io::Error::other("could not read the address"))?;
    let shop = start(addr, Knobs::quiet()).await?;
    tokio::signal::ctrl_c().await?;
    shop.stop().await;
    Ok(())
}
