use std::rc::Rc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::Instant;

use super::*;

async fn with_alarm<T>(grain: Grain, work: impl AsyncFnOnce(Rc<Alarm>) -> T) -> T {
    let alarm = Rc::new(Alarm::new(Clock::start_at(Instant::now())));
    let ringing = alarm.clone();
    let local = LocalSet::new();
    local
        .run_until(async move {
            let bell = tokio::task::spawn_local(async move { ringing.run(grain).await });
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
