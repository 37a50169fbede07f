#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::hist::Hist;
use crate::traffic::Timing;

/// A request that was due at 1 ms, sent at 3 ms and done at 10 ms.
fn outcome(name: u16, end: End) -> Outcome {
    let timing = Timing {
        sent_us: 3_000,
        connect_us: Some(1_000),
        tls_us: Some(500),
        first_byte_us: Some(9_000),
        done_us: 10_000,
    };
    Outcome {
        name: NameId(name),
        due_us: 1_000,
        sent_us: 3_000,
        timing,
        end,
        status: 200,
        bytes_out: 10,
        bytes_in: 100,
    }
}

fn taken(recorder: &mut Recorder) -> Snapshot {
    recorder.take(0, People::default(), HealthSample::default())
}

#[test]
fn response_counts_from_due_and_service_from_sent() {
    let mut recorder = Recorder::new(2, 0);
    recorder.record(&outcome(1, End::Ok));
    let snapshot = taken(&mut recorder);
    let row = &snapshot.rows[1];
    assert!(snapshot.rows[0].is_empty());
    assert_eq!((row.ok, row.bytes_out, row.bytes_in), (1, 10, 100));
    assert_eq!((row.response.ok.max(), row.service.ok.max()), (Some(9_000), Some(7_000)));
    let phases = [row.phases.connect, row.phases.tls, row.phases.first_byte, row.phases.body];
    assert_eq!(phases.map(|phase| phase.sum_us), [1_000, 500, 4_500, 1_000]);
}

#[test]
fn failures_without_an_answer_do_not_flatter_the_latencies() {
    for kind in Kind::ALL {
        let mut recorder = Recorder::new(1, 0);
        recorder.record(&outcome(0, End::Failed(kind)));
        let row = taken(&mut recorder).rows.remove(0);
        let answered = ["status", "check-failed", "value-missing", "connect-timeout", "answer-timeout"];
        let wanted = u64::from(answered.contains(&kind.word()));
        let sides = [&row.response.failed, &row.service.failed].map(Hist::len);
        assert_eq!(sides, [wanted; 2], "{}", kind.word());
        assert!(row.response.ok.is_empty() && row.service.ok.is_empty(), "{}", kind.word());
        let cut = u64::from(kind == Kind::Cut);
        assert_eq!((row.failed.total(), row.cut), (1 - cut, cut), "{}", kind.word());
    }
}

#[test]
fn each_second_starts_afresh_with_or_without_recycled_memory() {
    let mut recorder = Recorder::new(1, 7);
    recorder.record(&outcome(0, End::Ok));
    recorder.record_failure(NameId(0), Kind::Status, "503");
    recorder.started(2);
    let first = taken(&mut recorder);
    assert_eq!((first.started, first.failures.len(), first.slices.as_slice()), (2, 1, [7].as_slice()));
    recorder.recycle(first);
    for _ in 0..3 {
        let next = taken(&mut recorder);
        assert!(next.rows[0].is_empty() && next.rows[0].response.all().is_empty() && next.failures.is_empty());
        assert_eq!(next.started, 0);
        recorder.recycle(next);
    }
}

#[test]
fn different_failures_are_bounded_and_none_is_lost() {
    let mut recorder = Recorder::new(1, 0);
    for at in 0..1_000 {
        recorder.record_failure(NameId(0), Kind::CheckFailed, &format!("basket {at} is empty"));
        recorder.record_failure(NameId(0), Kind::CheckFailed, &"é".repeat(400));
    }
    let failures = taken(&mut recorder).failures;
    assert_eq!(failures.len(), MOST_GROUPS + 1);
    assert_eq!(failures.iter().map(|group| group.count).sum::<u64>(), 2_000);
    assert!(failures.iter().any(|group| group.detail == OTHER && group.count > 700));
    assert!(failures.iter().all(|group| group.detail.len() <= 300));
}
