//! How much of what people felt was this computer's own doing: requests that left late, because a wait ended late or the
//! answer before lay unread. Must not know what is made of it.

use tidemark_core::stats::hist::Hist;
use tidemark_core::stats::summary::enough;

/// Smaller differences are nobody's business, whatever their share: half a millisecond, in microseconds.
const SMALLEST_US: u64 = 500;

/// Own delays below this are too short to make such a difference, in microseconds: their requests are counted once, not with
/// and without.
const SHORT_US: u64 = 100;

/// Response times since the last look, with and without this computer's own delays.
#[derive(Default)]
pub(crate) struct Delays {
    /// Of requests with short delays.
    alike: Hist,
    felt: Hist,
    without: Hist,
    own: Hist,
}

/// What [`Delays`] found: of all requests since the last look.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Found {
    /// By which share the own delays lengthened what 99 of 100 requests took at most, or 95, or 90, where there were not
    /// enough for more; `None` where there were too few for any.
    pub(crate) share: Option<f64>,
    /// The own delays themselves: p50, p99 and the longest, in microseconds.
    pub(crate) own_us: [Option<u64>; 3],
}

impl Delays {
    /// Counts a request that took `response_us` from when it was due, of which `own_us` were this computer's.
    pub(crate) fn record(&mut self, response_us: u64, own_us: u64) {
        self.own.record(own_us);
        if own_us < SHORT_US {
            self.alike.record(response_us);
        } else {
            self.felt.record(response_us);
            self.without.record(response_us.saturating_sub(own_us));
        }
    }

    /// What was found since the last look. Starts afresh.
    pub(crate) fn take(&mut self) -> Found {
        self.felt.merge(&self.alike);
        self.without.merge(&self.alike);
        let percentile = |percentile: f64| enough(&self.felt, percentile).zip(enough(&self.without, percentile));
        let found = [99.0, 95.0, 90.0].into_iter().find_map(percentile);
        let own_us = [enough(&self.own, 50.0), enough(&self.own, 99.0), self.own.max()];
        [&mut self.alike, &mut self.felt, &mut self.without, &mut self.own].into_iter().for_each(Hist::clear);
        let share = found.map(|(felt, without)| match felt.saturating_sub(without) {
            ..SMALLEST_US => 0.0,
            own => own as f64 / without.max(1) as f64,
        });
        Found { share, own_us }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_own_delays_is_that_of_the_percentile_they_lengthen() {
        let share = |count: u64, own_us: &dyn Fn(u64) -> u64| {
            let mut delays = Delays::default();
            for number in 0..count {
                let took_us = if number % 50 == 0 { 200_000 } else { 20_000 };
                delays.record(took_us + own_us(number), own_us(number));
            }
            let found = delays.take();
            assert_eq!(delays.take(), Found::default(), "it starts afresh");
            found.share.map(|share| (share * 1_000.0).round())
        };
        assert_eq!(share(1_000, &|_| 0), Some(0.0));
        assert_eq!(share(1_000, &|_| 400), Some(0.0), "under half a millisecond");
        assert_eq!(share(1_000, &|_| 10_000), Some(50.0), "a twentieth of 200 ms");
        assert_eq!(
            share(1_000, &|number| if number % 50 == 1 { 9_000 } else { 0 }),
            Some(0.0),
            "of those that are fast"
        );
        assert_eq!(share(100, &|_| 2_000), Some(100.0), "the 95th of few");
        assert_eq!(share(10, &|_| 2_000), None);
    }

    #[test]
    fn how_late_requests_left_is_known_by_itself() {
        let mut delays = Delays::default();
        (1..=1_000).for_each(|number| delays.record(500_000 - number, number));
        let Found { share, own_us: [half, most, longest] } = delays.take();
        assert_eq!((share, half, most, longest), (Some(0.0), Some(500), Some(990), Some(1_000)));
    }
}
