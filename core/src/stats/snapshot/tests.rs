#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::recorder::Recorder;
use crate::stats::{End, Outcome, has_latency};
use crate::traffic::Timing;

/// What one slice saw in a second, different for every seed.
fn seen(seed: u64) -> Snapshot {
    let mut recorder = Recorder::new(3, seed as u16);
    for at in 0..(seed * 7) % 40 {
        let us = (seed + 3) * (at + 1) * 311;
        let name = NameId((at % 3) as u16);
        let kind = Kind::ALL[(at * seed) as usize % 15];
        let end = if at % 4 == 0 { End::Failed(kind) } else { End::Ok };
        let timing = Timing { done_us: us + 20, connect_us: Some(5), first_byte_us: Some(us), ..Timing::default() };
        let outcome = Outcome { name, due_us: 0, sent_us: 10, timing, end, status: 200, bytes_out: 7, bytes_in: at };
        recorder.record(&outcome);
        if at % 4 == 0 {
            recorder.record_failure(name, kind, if at % 8 == 0 { "one" } else { "two" });
        }
    }
    recorder.started(seed);
    recorder.dropped(seed % 3);
    let mut health =
        HealthSample { cpu_share: (!seed.is_multiple_of(3)).then_some(seed as f64 / 10.0), ..HealthSample::default() };
    health.no_room = seed % 2;
    health.weigh();
    recorder.take(4, People { planned: 3, active: seed as u32, leaving: 1 }, health)
}

#[test]
fn adding_up_makes_no_difference_by_order_or_grouping() {
    for seed in 0..40 {
        let (a, b, c) = (seen(seed), seen(seed * 3 + 1), seen(seed + 17));
        let add = |first: &Snapshot, second: &Snapshot| {
            let mut sum = first.clone();
            sum.merge(second);
            sum
        };
        let left = add(&add(&a, &b), &c);
        assert_eq!(left, add(&a, &add(&b, &c)), "grouping, seed {seed}");
        assert_eq!(left, add(&c, &add(&b, &a)), "order, seed {seed}");
        let all = |one: &Snapshot| one.rows.iter().map(Row::finished).sum::<u64>();
        assert_eq!(all(&left), all(&a) + all(&b) + all(&c));
        for row in &left.rows {
            let (ok, failed, both) = (&row.response.ok, &row.response.failed, row.response.all());
            let timed: u64 = row.failed.iter().filter(|(kind, _)| has_latency(*kind)).map(|(_, count)| count).sum();
            assert_eq!((ok.len(), failed.len(), both.len()), (row.ok, timed, row.ok + timed), "seed {seed}");
            assert_eq!(both.sum(), ok.sum() + failed.sum(), "seed {seed}");
        }
    }
}

#[test]
fn a_second_is_suspect_for_a_reason() {
    let sample = |lag: u64, cpu: f64, open: u64, no_room: u64| HealthSample {
        lag_p99_us: Some(lag),
        cpu_share: Some(cpu),
        open_files: Some(open),
        file_limit: Some(100),
        no_room,
        ..HealthSample::default()
    };
    let rows: [(HealthSample, &[Strain]); 6] = [
        (HealthSample::default(), &[]),
        (sample(10_000, 0.8, 95, 0), &[]),
        (sample(10_001, 0.8, 95, 0), &[Strain::Lag]),
        (sample(0, 0.81, 0, 0), &[Strain::Cpu]),
        (sample(0, 0.0, 96, 0), &[Strain::Files]),
        (sample(20_000, 0.9, 0, 1), &[Strain::Lag, Strain::Cpu, Strain::NoRoom]),
    ];
    // Where every answer's arrival is known, it counts what own delays came to, and not how busy the computer was.
    let known = |own: f64, unstamped: u64| HealthSample {
        own_delay: Some(own),
        stamped: 1_000,
        unstamped,
        ..sample(20_000, 0.9, 0, 0)
    };
    let known: [(HealthSample, &[Strain]); 3] =
        [(known(0.035, 0), &[]), (known(0.036, 0), &[Strain::Lag]), (known(0.0, 500), &[Strain::Lag, Strain::Cpu])];
    for (mut sample, wanted) in rows.into_iter().chain(known) {
        sample.weigh();
        assert_eq!((sample.why.as_slice(), sample.suspect), (wanted, !wanted.is_empty()));
    }
}
