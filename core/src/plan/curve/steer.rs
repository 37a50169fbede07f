//! A curve that an operator changes while it is followed: held, gone on with, raised or lowered from a moment on. What lies
//! before that moment never changes, so that what was counted stays counted. Must not know clocks.

use serde::{Deserialize, Serialize};

use super::{Curve, Piece};
use crate::units::Span;

/// What an operator may do to the load of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Steer {
    /// Keep the number of people (or the arrivals a second) as it is.
    Hold,
    /// Go on with the plan from where it was held.
    Resume,
    /// So many people (or arrivals a second) more or fewer than planned, from now on.
    People(i32),
}

/// The longest that a load is held, in microseconds: a day. Whoever forgets a run finds it ended.
pub const LONGEST_HOLD_US: u64 = 86_400_000_000;

/// A curve and what is left of it while it is held.
#[derive(Debug, Clone, PartialEq)]
pub struct Steering {
    curve: Curve,
    /// What comes after the hold, from its own zero on.
    rest: Option<Curve>,
}

impl Steering {
    /// Nothing was changed yet.
    pub fn new(curve: Curve) -> Self {
        Self { curve, rest: None }
    }

    /// The curve as it is followed now.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// Whether it is held.
    pub fn is_held(&self) -> bool {
        self.rest.is_some()
    }

    /// Does what the operator wants from `at_us` on; whether that changed anything. After the end nothing does.
    pub fn steer(&mut self, at_us: u64, steer: Steer) -> bool {
        if at_us >= self.curve.duration_us {
            return false;
        }
        match (steer, self.rest.take()) {
            (Steer::Hold, None) => {
                let level = self.curve.level(at_us);
                self.rest = Some(self.curve.after(at_us));
                self.curve = self.curve.until(at_us).then(&Curve::flat(level, LONGEST_HOLD_US));
                true
            }
            (Steer::Resume, Some(rest)) => {
                self.curve = self.curve.until(at_us).then(&rest);
                true
            }
            (Steer::People(by), rest) => {
                let by = f64::from(by);
                self.rest = rest.map(|rest| rest.raised(by));
                self.curve = self.curve.until(at_us).then(&self.curve.after(at_us).raised(by));
                by != 0.0
            }
            (_, rest) => {
                self.rest = rest;
                false
            }
        }
    }
}

impl Steering {
    /// Goes to a level within so long, in a straight line, and stays there until told otherwise; whatever was planned or held is
    /// gone. Whether that was possible: after the end nothing is.
    pub fn go_to(&mut self, at_us: u64, level: f64, over: Span) -> bool {
        if at_us >= self.curve.duration_us {
            return false;
        }
        let from = self.curve.level(at_us);
        self.rest = None;
        let stays = Curve::of([(from, level, over.us()), (level, level, LONGEST_HOLD_US)]);
        self.curve = self.curve.until(at_us).then(&stays);
        true
    }
}

impl Curve {
    fn flat(level: f64, length_us: u64) -> Self {
        Self::of([(level, level, length_us)])
    }

    /// From pieces of (level at the start, level at the end, length in microseconds).
    fn of(pieces: impl IntoIterator<Item = (f64, f64, u64)>) -> Self {
        let mut curve = Self::default();
        for (from, to, length_us) in pieces.into_iter().filter(|(_, _, length_us)| *length_us > 0) {
            let start_us = curve.duration_us;
            let before = curve.pieces.last().map_or(0.0, |last| last.before + last.area());
            curve.pieces.push(Piece { start_us, end_us: start_us + length_us, from, to, before });
            curve.duration_us = start_us + length_us;
        }
        curve
    }

    fn parts(&self) -> impl Iterator<Item = (f64, f64, u64)> {
        self.pieces.iter().map(|piece| (piece.from, piece.to, piece.end_us - piece.start_us))
    }

    /// What lies before a moment.
    fn until(&self, at_us: u64) -> Self {
        let before = self.pieces.iter().filter(|piece| piece.start_us < at_us);
        Self::of(before.map(|piece| match piece.end_us > at_us {
            true => (piece.from, piece.level(at_us), at_us - piece.start_us),
            false => (piece.from, piece.to, piece.end_us - piece.start_us),
        }))
    }

    /// What lies behind a moment, from its own zero on.
    fn after(&self, at_us: u64) -> Self {
        let behind = self.pieces.iter().filter(|piece| piece.end_us > at_us);
        Self::of(behind.map(|piece| match piece.start_us < at_us {
            true => (piece.level(at_us), piece.to, piece.end_us - at_us),
            false => (piece.from, piece.to, piece.end_us - piece.start_us),
        }))
    }

    fn then(&self, next: &Self) -> Self {
        Self::of(self.parts().chain(next.parts()))
    }

    /// With every level higher by so much (lower, if negative), though never below zero.
    fn raised(&self, by: f64) -> Self {
        Self::of(self.parts().flat_map(|(from, to, length_us)| {
            let (from, to) = (from + by, to + by);
            // A piece that crosses zero is bent there, so that its part above keeps its slope.
            let crosses = (from < 0.0) != (to < 0.0);
            let share = if crosses { from / (from - to) } else { 1.0 };
            let first_us = (length_us as f64 * share) as u64;
            let bend = if crosses { 0.0 } else { to };
            [(from.max(0.0), bend.max(0.0), first_us), (bend.max(0.0), to.max(0.0), length_us - first_us)]
        }))
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Curve, LONGEST_HOLD_US, Steer, Steering};
    use crate::units::Span;

    const S: u64 = 1_000_000;

    /// 0 to 100 people in 100 s, then 50 s of 100.
    fn ramp() -> Steering {
        Steering::new(Curve::new(0.0, &[(100.0, Span::from_secs(100)), (100.0, Span::from_secs(50))]))
    }

    #[test]
    fn a_held_load_stays_and_goes_on_from_there() {
        let mut steering = ramp();
        assert!(steering.steer(40 * S, Steer::Hold));
        assert!(steering.is_held());
        for (at, people) in [(20, 20), (39, 39), (40, 40), (60, 40), (3_600, 40)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s, held");
        }
        assert_eq!(steering.curve().duration().us(), 40 * S + LONGEST_HOLD_US);
        assert!(steering.steer(70 * S, Steer::Resume));
        for (at, people) in [(20, 20), (69, 40), (70, 40), (80, 50), (130, 100), (179, 100), (180, 0)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s, resumed");
        }
        assert_eq!(steering.curve().duration().us(), 180 * S, "as long as planned, and 30 s held");
    }

    #[test]
    fn people_added_stay_until_the_end_also_across_a_hold() {
        let mut steering = ramp();
        assert!(steering.steer(40 * S, Steer::People(10)));
        for (at, people) in [(39, 39), (40, 50), (60, 70), (140, 110), (150, 0)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s");
        }
        assert!(steering.steer(50 * S, Steer::Hold));
        assert!(steering.steer(55 * S, Steer::People(-20)));
        assert!(steering.steer(60 * S, Steer::Resume));
        for (at, people) in [(49, 59), (52, 60), (57, 40), (60, 40), (70, 50), (110, 90)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s, after the hold");
        }
    }

    #[test]
    fn nobody_is_fewer_than_nobody() {
        let mut steering = ramp();
        assert!(steering.steer(10 * S, Steer::People(-50)));
        for (at, people) in [(11, 0), (50, 0), (60, 10), (100, 50)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s");
        }
        assert_eq!(steering.curve().people(149 * S), 50);
    }

    #[test]
    fn arrivals_that_were_due_stay_due() {
        let mut steering = Steering::new(Curve::new(10.0, &[(10.0, Span::from_secs(60))]));
        let before: Vec<_> = (0..200).map(|arrival| steering.curve().arrival_us(arrival)).collect();
        assert!(steering.steer(20 * S, Steer::People(10)));
        let after: Vec<_> = (0..200).map(|arrival| steering.curve().arrival_us(arrival)).collect();
        assert_eq!(before, after);
        assert_eq!(steering.curve().area(60 * S).round(), 200.0 + 40.0 * 20.0);
    }

    #[test]
    fn a_load_that_goes_to_a_level_stays_there() {
        let mut steering = ramp();
        assert!(steering.go_to(40 * S, 100.0, Span::from_secs(3)));
        assert!(steering.go_to(60 * S, 10.0, Span::from_secs(3)));
        for (at, people) in [(39, 39), (40, 40), (42, 80), (43, 100), (59, 100), (63, 10), (3_600, 10)] {
            assert_eq!(steering.curve().people(at * S), people, "at {at} s");
        }
        let due = steering.curve().area(200 * S);
        assert!(steering.go_to(300 * S, 0.0, Span::ZERO) && steering.curve().area(200 * S) == due);
        assert!(!ramp().go_to(150 * S, 5.0, Span::ZERO), "over");
    }

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        let mut steering = ramp();
        assert!(!steering.steer(10 * S, Steer::Resume), "not held");
        assert!(!steering.steer(10 * S, Steer::People(0)));
        assert!(!steering.steer(150 * S, Steer::Hold), "over");
        assert!(steering.steer(10 * S, Steer::Hold));
        assert!(!steering.steer(20 * S, Steer::Hold), "held already");
        assert_eq!(steering.curve().people(30 * S), 10);
    }
}
