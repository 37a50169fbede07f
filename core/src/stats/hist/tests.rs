#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

/// A small generator of the same numbers every time.
fn numbers(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

/// Latencies between 1 µs and about 16 s.
fn sample(seed: u64, count: usize) -> Vec<u64> {
    let mut next = numbers(seed);
    (0..count).map(|_| 1 + ((next() % 16_000_000) >> (next() % 20))).collect()
}

fn hist(values: &[u64]) -> Hist {
    let mut hist = Hist::new();
    values.iter().for_each(|us| hist.record(*us));
    hist
}

/// Asserts that `got` is at most `share` away from `truth` (or 1 µs).
fn near(got: u64, truth: u64, share: f64, what: &str) {
    let room = (truth as f64 * share).max(1.0);
    assert!(got.abs_diff(truth) as f64 <= room, "{what}: got {got}, truth {truth}");
}

#[test]
fn quantiles_are_within_their_digits_of_the_sorted_truth() {
    for seed in 1..6 {
        let mut values = sample(seed, 5_000);
        let hist = hist(&values);
        let packed = hist.pack();
        values.sort_unstable();
        for q in [0.0, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0] {
            let truth = values[((values.len() as f64 * q).ceil() as usize).max(1) - 1];
            near(hist.quantile(q).unwrap(), truth, 0.001, "three digits");
            near(packed.quantile(q).unwrap(), truth, 0.01, "two digits");
        }
        assert_eq!(hist.min(), values.first().copied());
        assert_eq!(packed.max(), values.last().copied());
        assert_eq!(hist.sum(), values.iter().sum::<u64>());
    }
}

#[test]
fn times_noted_one_by_one_say_the_same_as_laid_out_cells() {
    for seed in 1..9 {
        let long = [0, 2_047, 2_048, LONGEST_US, LONGEST_US - (1 << 30)];
        let values = [&sample(seed, 60 * seed as usize)[..], &long].concat();
        let few = hist(&values);
        let mut laid = few.clone();
        laid.lay_out(0);
        assert!(few.cells.is_empty() && laid.few.is_empty() && laid.len() == few.len());
        assert_eq!(few, laid);
        for q in [0.0, 0.01, 0.5, 0.95, 0.999, 1.0] {
            assert_eq!(few.quantile(q), laid.quantile(q), "{q}");
        }
        for us in values.iter().chain(&[1, 77, 40_000]) {
            assert_eq!(few.count_at_or_below(*us), laid.count_at_or_below(*us), "{us}");
        }
        assert!(Hist::from_base64(&few.to_base64(Digits::Three)).unwrap().iter().eq(laid.iter()));
    }
}

#[test]
fn few_times_take_little_room_and_many_stay_exact() {
    let mut hist = Hist::new();
    (0..FEW as u64).for_each(|us| hist.record(us * 50));
    assert!(hist.cells.is_empty() && hist.few.capacity() <= FEW, "{}", hist.few.capacity());
    hist.record_n(7, 3);
    assert!(hist.few.is_empty());
    assert_eq!((hist.len(), hist.count_at_or_below(50), hist.max()), (FEW as u64 + 3, 5, Some((FEW as u64 - 1) * 50)));
    hist.clear();
    assert!(hist.is_empty() && !hist.cells.is_empty(), "what was busy once keeps its room");
}

#[test]
fn percentiles_divided_by_a_hundred_ask_for_the_right_rank() {
    let mut hist = Hist::new();
    hist.record_n(10, 999);
    hist.record(500);
    for q in [99.9 / 100.0, 0.999, 0.95] {
        assert_eq!((hist.quantile(q), hist.pack().quantile(q)), (Some(10), Some(10)), "{q}");
    }
    assert_eq!(hist.quantile(0.9995), Some(500));
}

#[test]
fn an_empty_histogram_has_no_numbers() {
    let mut hist = hist(&[5, 7]);
    hist.clear();
    for empty in [Hist::new(), hist, Hist::from_base64(&Hist::new().to_base64(Digits::Three)).unwrap()] {
        assert_eq!((empty.quantile(0.5), empty.min(), empty.max(), empty.mean()), (None, None, None, None));
        assert_eq!(empty.pack().quantile(0.5), None);
    }
}

#[test]
fn merging_is_the_same_as_recording_together_in_any_order() {
    for seed in 0..8 {
        // Different sizes on purpose: the second one is small and has grown less.
        let (a, b, c) = (sample(seed, 300 * seed as usize), vec![3, 9, 1_500], sample(seed + 99, 50));
        let together = hist(&[a.clone(), b.clone(), c.clone()].concat());
        for order in [[&a, &b, &c], [&c, &b, &a], [&b, &c, &a]] {
            let mut merged = Hist::new();
            let mut packed = Packed::default();
            for part in order {
                merged.merge(&hist(part));
                packed.merge(&hist(part).pack());
            }
            assert_eq!(merged, together);
            assert_eq!(packed, together.pack());
            assert_eq!(packed.len(), together.len());
            // What is written after growing by a merge can be read again.
            assert_eq!(Hist::from_base64(&merged.to_base64(Digits::Three)).unwrap().len(), together.len());
        }
    }
}

#[test]
fn longer_than_a_day_counts_as_a_day() {
    let hist = hist(&[u64::MAX, LONGEST_US + 1]);
    assert_eq!((hist.max(), hist.quantile(0.5)), (Some(LONGEST_US), Some(LONGEST_US)));
    assert_eq!(hist.pack().quantile(1.0), Some(LONGEST_US));
}

#[test]
fn text_round_trips_at_both_precisions() {
    let hist = hist(&sample(3, 4_000));
    let three = Hist::from_base64(&hist.to_base64(Digits::Three)).unwrap();
    assert!(three.iter().eq(hist.iter()));
    let (min, max, sum) = (hist.min, hist.max, hist.sum);
    assert_eq!(three.clone().with_exact(min, max, sum), hist);
    assert_eq!(three.clone().with_exact(min, max * 3, sum), three, "a largest value outside the cells is not believed");
    let two = hist.to_base64(Digits::Two);
    assert_eq!(Hist::from_base64(&two).unwrap().with_exact(min, max, sum).pack(), hist.pack());
    assert_eq!(Packed::from_base64(&two, (min, max, sum)).unwrap(), hist.pack());
    let guessed = Packed::from_base64(&two, (min, max * 3, sum)).unwrap();
    near(guessed.max().unwrap(), max, 0.01, "largest of the cells");
}

#[test]
fn counting_below_a_limit() {
    let hist = hist(&[100, 200, 200, 5_000, 90_000]);
    for (limit, wanted) in [(99, 0), (100, 1), (200, 3), (4_999, 3), (6_000, 4), (u64::MAX, 5)] {
        assert_eq!(hist.count_at_or_below(limit), wanted, "at most {limit} µs");
    }
}

#[test]
fn hostile_text_is_refused_without_effort() {
    let wrap = |plain: &[u8]| {
        let mut packed = vec![0x1c, 0x84, 0x93, 0x14, 0, 0, 0, 0];
        let mut zip = flate2::write::ZlibEncoder::new(&mut packed, flate2::Compression::fast());
        std::io::Write::write_all(&mut zip, plain).unwrap();
        zip.finish().unwrap();
        let len = (packed.len() - 8) as u32;
        packed[4..8].copy_from_slice(&len.to_be_bytes());
        STANDARD.encode(packed)
    };
    let plain = |payload: &[u8], claimed: u32, digits: u32, high: u64| {
        let mut out = vec![0x1c, 0x84, 0x93, 0x13];
        out.extend(claimed.to_be_bytes());
        out.extend(0_u32.to_be_bytes());
        out.extend(digits.to_be_bytes());
        out.extend(1_u64.to_be_bytes());
        out.extend(high.to_be_bytes());
        out.extend(1.0_f64.to_be_bytes());
        out.extend(payload);
        wrap(&out)
    };
    assert_eq!(Hist::from_base64(&plain(&[2, 4], 2, 3, 3_600)).unwrap().len(), 3);
    let rows = [
        ("nothing", String::new()),
        ("not base64", "&&&&".to_owned()),
        ("another format", STANDARD.encode([0; 64])),
        ("broken compression", STANDARD.encode([0x1c, 0x84, 0x93, 0x14, 0, 0, 0, 4, 1, 2, 3, 4])),
        ("a bomb", wrap(&vec![0; 4 << 20])),
        ("claims 4 GB", plain(&[2], u32::MAX, 3, 3_600)),
        ("five digits", plain(&[2], 1, 5, 3_600)),
        ("a huge range", plain(&[2], 1, 3, u64::MAX)),
        ("a count of 2^62", plain(&[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 9, 3, 3_600)),
        ("the smallest integer", plain(&[0xff; 9], 9, 3, 3_600)),
        ("more zeros than cells", plain(&[0xff, 0xff, 0xff, 0xff, 0x0f, 2], 6, 3, 3_600)),
        ("more cells than its range", plain(&[0xff, 0xff, 0x0f, 2], 4, 3, 3_600)),
        ("half a number", plain(&[0x82], 1, 3, 3_600)),
        ("too long", "A".repeat(3 << 20)),
    ];
    for (what, text) in rows {
        assert!(Hist::from_base64(&text).is_err(), "{what} was accepted");
    }
}

#[test]
fn what_another_implementation_wrote_is_read() {
    // Written by the Python package `hdrhistogram` 0.10.8: 1, 900, 12,345 twice and 2,000,000, at two digits.
    let text = "HISTFAAAACt4nJNpmSzMwMDAzQABTFCaEYhFZK8nMNh/gAow7WVn2s3O8pSPCQCEWAZw";
    let hist = Hist::from_base64(text).unwrap();
    assert_eq!((hist.len(), hist.min()), (5, Some(1)));
    for (q, truth) in [(0.2, 1), (0.4, 900), (0.6, 12_345), (0.8, 12_345), (1.0, 2_000_000)] {
        near(hist.quantile(q).unwrap(), truth, 0.01, "from Python");
    }
}
