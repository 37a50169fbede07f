use std::rc::Rc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::Instant;

use super::*;

async fn with_alarm<T>(grain: Grain, work: impl AsyncFnOnce(Rc<Alarm>) -> T) -> T {
    with_naps(grain, |_| false, work).await
}

async fn with_naps<T>(
    grain: Grain,
    nobody_minds: impl Fn(u64) -> bool + 'static,
    work: impl AsyncFnOnce(Rc<Alarm>) -> T,
) -> T {
    let alarm = Rc::new(Alarm::new(Clock::start_at(Instant::now())));
    let ringing = alarm.clone();
    let local = LocalSet::new();
    local
        .run_until(async move {
            let bell = tokio::task::spawn_local(async move { ringing.run(grain, nobody_minds).await });
            let out = work(alarm).await;
            bell.abort();
            out
        })
        .await
}

#[tokio::test(start_paused = true)]
async fn waits_end_in_the_order_of_their_times_and_given_up_ones_never() {
    let order = with_alarm(Grain::Runtime, async |alarm: Rc<Alarm>| {
        let order = Rc::new(RefCell::new(Vec::new()));
        let start = |until_us: u64| {
            let (alarm, order) = (alarm.clone(), order.clone());
            tokio::task::spawn_local(async move {
                alarm.until(until_us).await;
                order.borrow_mut().push(until_us);
            })
        };
        let waits: Vec<_> = [30_000, 10_000, 20_000, 0, 10_000].into_iter().map(start).collect();
        let given_up = start(15_000);
        given_up.abort();
        for wait in waits {
            wait.await.expect("no panic");
        }
        order.take()
    })
    .await;
    assert_eq!(order, [0, 10_000, 10_000, 20_000, 30_000]);
}

#[tokio::test]
async fn a_wait_in_real_time_never_ends_early_and_its_lag_is_known() {
    let (early, lag) = with_alarm(Grain::Fine, async |alarm: Rc<Alarm>| {
        let clock = alarm.clock;
        let mut early = 0;
        for _ in 0..50 {
            let until_us = clock.now_us() + 700;
            alarm.until(until_us).await;
            early += u32::from(clock.now_us() < until_us);
        }
        (early, alarm.take_lag())
    })
    .await;
    assert_eq!(early, 0);
    assert_eq!(lag.len(), 50);
    assert!(lag.quantile(0.5) < Some(Duration::from_secs(1).as_micros() as u64));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn naps_end_on_time_and_what_came_meanwhile_is_looked_at() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let asked = Rc::new(Cell::new(0));
    let counting = asked.clone();
    let minds = move |_| {
        counting.set(counting.get() + 1);
        true
    };
    let (early, lag) = with_naps(Grain::Fine, minds, async |alarm: Rc<Alarm>| {
        let (mut near, mut far) = tokio::net::UnixStream::pair().expect("a pair");
        let echo = tokio::task::spawn_local(async move {
            let mut byte = [0];
            while far.read_exact(&mut byte).await.is_ok() {
                far.write_all(&byte).await.expect("it is written");
            }
        });
        let clock = alarm.clock;
        let mut early = 0;
        for _ in 0..200 {
            let until_us = clock.now_us() + 200;
            alarm.until(until_us).await;
            early += u32::from(clock.now_us() < until_us);
            let mut byte = [7];
            near.write_all(&byte).await.expect("it is written");
            let echoed = near.read_exact(&mut byte);
            let busy = alarm.clone();
            let keeps_napping = tokio::task::spawn_local(async move {
                loop {
                    busy.until(busy.clock.now_us() + 100).await;
                }
            });
            echoed.await.expect("it comes back although others nap");
            keeps_napping.abort();
        }
        echo.abort();
        (early, alarm.take_lag())
    })
    .await;
    assert_eq!(early, 0);
    assert!(asked.get() >= 200 && lag.len() >= 200, "{} naps, {} waits", asked.get(), lag.len());
}
