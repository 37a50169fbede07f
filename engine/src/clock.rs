//! The run's clock: microseconds since the start of the run. Must not know what is measured with it.

use std::time::Duration;

use tokio::time::Instant;

/// Microseconds since the start of a run. A copy is as good as the original; follows tokio's paused time in tests.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock that shows 0 at `start`, which may lie ahead (several workers start together).
    pub fn start_at(start: Instant) -> Self {
        Self { start }
    }

    /// Microseconds since the start; 0 before it.
    pub fn now_us(&self) -> u64 {
        self.us_of(Instant::now())
    }

    /// The microseconds this clock shows at `instant`; 0 before the start.
    pub fn us_of(&self, instant: Instant) -> u64 {
        instant.saturating_duration_since(self.start).as_micros() as u64
    }

    /// The instant at which this clock shows `us`.
    pub fn instant_of(&self, us: u64) -> Instant {
        self.start + Duration::from_micros(us)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn shows_microseconds_since_the_start_and_zero_before_it() {
        let start = Instant::now() + Duration::from_secs(2);
        let clock = Clock::start_at(start);
        assert_eq!(clock.now_us(), 0);
        tokio::time::advance(Duration::from_millis(2_500)).await;
        assert_eq!(clock.now_us(), 500_000);
        assert_eq!(clock.us_of(clock.instant_of(77)), 77);
    }
}
