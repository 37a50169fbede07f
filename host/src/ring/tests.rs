use tidemark_core::wire::event::Notice;

use super::*;

fn notice(number: u64) -> Event {
    Event::Notice(Notice { text: format!("number {number}") })
}

/// The numbers that are heard, with 0 for "events were lost", until there is nothing more to hear.
async fn heard(subscription: &mut Subscription) -> Vec<u64> {
    let mut heard = Vec::new();
    let last = held(&subscription.ring.kept).last;
    while subscription.lost || subscription.heard < last {
        let told = subscription.next().await;
        heard.push(if told.event == Event::Resync { 0 } else { told.number });
    }
    heard
}

fn mark(instance: &str, number: u64) -> Mark {
    Mark { instance: instance.into(), number }
}

#[tokio::test]
async fn a_listener_goes_on_where_it_was_or_is_told_that_events_are_lost() {
    let ring = Ring::new("a".into());
    (1..=5).for_each(|number| ring.tell(notice(number)));
    let rows: [(Option<Mark>, &[u64]); 6] = [
        (None, &[]),
        (Some(mark("a", 0)), &[1, 2, 3, 4, 5]),
        (Some(mark("a", 3)), &[4, 5]),
        (Some(mark("a", 5)), &[]),
        // Of an instance that is gone, or from the future: as if a restarted program had counted anew.
        (Some(mark("b", 3)), &[0]),
        (Some(mark("a", 6)), &[0]),
    ];
    for (since, expected) in rows {
        let mut subscription = ring.subscribe(since.as_ref());
        assert_eq!(heard(&mut subscription).await, expected, "{since:?}");
        assert_eq!(subscription.mark(), mark("a", 5), "{since:?}");
    }
}

#[tokio::test]
async fn a_slow_listener_loses_events_and_holds_nobody_up() {
    let ring = Ring::new("a".into());
    let mut slow = ring.subscribe(None);
    let count = MOST_EVENTS as u64 + 10;
    (1..=count).for_each(|number| ring.tell(notice(number)));
    assert_eq!(held(&ring.kept).events.len(), MOST_EVENTS);
    assert_eq!(heard(&mut slow).await, [0]);
    ring.tell(notice(count + 1));
    assert_eq!(heard(&mut slow).await, [count + 1]);
}

#[tokio::test]
async fn large_events_push_out_older_ones() {
    let ring = Ring::new("a".into());
    let large = "x".repeat(MOST_BYTES / 4);
    (0..8).for_each(|_| ring.tell(Event::Notice(Notice { text: large.clone() })));
    let kept = held(&ring.kept);
    assert!(kept.bytes <= MOST_BYTES && kept.events.len() == 3, "{} bytes in {}", kept.bytes, kept.events.len());
}

#[tokio::test]
async fn who_waits_is_woken() {
    let ring = Ring::new("a".into());
    let mut subscription = ring.subscribe(None);
    let waiting = tokio::spawn(async move { subscription.next().await.number });
    tokio::task::yield_now().await;
    ring.tell(notice(1));
    assert_eq!(waiting.await.unwrap(), 1);
}
