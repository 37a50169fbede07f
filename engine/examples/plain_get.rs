//! How much a request costs: people on one thread send GETs without a pause for some seconds.
//!
//! `plain_get serve PORT` answers; `plain_get PORT PEOPLE SECONDS [body]` sends, and says how many requests a
//! second it managed and how much CPU each took. Pin both to a core of their own for a figure that can be compared.

use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use tidemark_core::traffic::{Draft, Network, Reply};
use tidemark_core::units::Span;
use tidemark_engine::clock::Clock;
use tidemark_engine::exchange::Exchange;
use tidemark_engine::guard::Guard;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::Instant;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nServer: plain\r\nContent-Type: application/json\r\n\
    Content-Length: 57\r\nConnection: keep-alive\r\n\r\n{\"id\":12345,\"name\":\"tide\",\"price\":9.99,\"in_stock\":true, }";

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let set = LocalSet::new();
    if words.first().is_some_and(|word| word == "serve") {
        return set.block_on(&runtime, serve(number(1, 8080) as u16));
    }
    let (people, seconds) = (number(1, 64), number(2, 5).min(60));
    let body_wanted = words.iter().any(|word| word == "body");
    let (count, failed, cpu) = set.block_on(&runtime, load(number(0, 8080) as u16, people, seconds, body_wanted));
    let each = cpu.as_secs_f64() * 1e6 / count.max(1) as f64;
    let rate = count as f64 / seconds as f64;
    writeln!(std::io::stdout(), "{rate:.0} requests/s, {each:.2} µs of CPU each, {failed} failed of {count}")
}

/// Answers every request with the same small JSON; its end is looked for at the end of what was read.
async fn serve(port: u16) -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    loop {
        let (mut stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        spawn_local(async move {
            let mut bytes = [0; 2_048];
            while let Ok(count @ 1..) = stream.read(&mut bytes).await {
                if bytes[..count].ends_with(b"\r\n\r\n") && stream.write_all(ANSWER).await.is_err() {
                    return;
                }
            }
        });
    }
}

/// Requests sent, requests failed, and this thread's CPU.
async fn load(port: u16, people: u64, seconds: u64, body_wanted: bool) -> (u64, u64, Duration) {
    let clock = Clock::start_at(Instant::now());
    let exchange = Exchange::new(clock, &Network::default(), Arc::new(Guard::default()));
    let exchange = Rc::new(exchange.unwrap_or_else(|trouble| panic!("{}", trouble.detail)));
    let before = cpu();
    let ends = clock.now_us() + seconds * 1_000_000;
    let tasks: Vec<_> = (0..people)
        .map(|_| {
            let exchange = Rc::clone(&exchange);
            spawn_local(async move {
                let session = exchange.session();
                let draft = Draft {
                    method: "GET".into(),
                    host: "127.0.0.1".into(),
                    port,
                    target: "/items/12345?view=short".into(),
                    time_limit: Span::from_secs(30),
                    body_wanted,
                    ..Draft::default()
                };
                let (mut reply, mut count, mut failed) = (Reply::default(), 0, 0);
                while reply.timing.done_us < ends && failed < 100 {
                    exchange.send(&session, &draft, &mut reply).await;
                    count += 1;
                    failed += u64::from(reply.trouble.is_some());
                }
                (count, failed)
            })
        })
        .collect();
    let (mut count, mut failed) = (0, 0);
    for task in tasks {
        if let Ok((sent, lost)) = task.await {
            (count, failed) = (count + sent, failed + lost);
        }
    }
    (count, failed, cpu().saturating_sub(before))
}

fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map(Duration::from).unwrap_or_default()
}
