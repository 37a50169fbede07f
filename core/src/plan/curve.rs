//! The load curve: how many people (or arrivals a second) at each moment, as a pure function of time.
//!
//! Straight lines between points, with vertical jumps. Everything else follows from it: when the next person comes,
//! when the k-th arrival is due, how many there will have been. No clock inside.

mod steer;

use crate::units::Span;

pub use steer::{LONGEST_HOLD_US, Steer, Steering};

/// A straight piece. Times in microseconds from the start of the run, levels in people or arrivals per second.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    start_us: u64,
    end_us: u64,
    from: f64,
    to: f64,
    /// Area under the pieces before this one, in level × seconds.
    before: f64,
}

impl Piece {
    fn secs(&self) -> f64 {
        (self.end_us - self.start_us) as f64 / 1e6
    }

    /// The level at `at_us`, which lies in the piece.
    fn level(&self, at_us: u64) -> f64 {
        let share = (at_us - self.start_us) as f64 / (self.end_us - self.start_us).max(1) as f64;
        self.from + (self.to - self.from) * share
    }

    fn area(&self) -> f64 {
        (self.from + self.to) / 2.0 * self.secs()
    }
}

/// The load curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    pieces: Vec<Piece>,
    /// The level after the last piece counts as the end.
    duration_us: u64,
}

impl Curve {
    /// From the level at the start and stages of (level at its end, length). A stage of no length is a jump.
    pub fn new(start: f64, stages: &[(f64, Span)]) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(stages.len());
        let (mut level, mut at_us, mut before) = (start, 0_u64, 0.0);
        for &(to, over) in stages {
            if over > Span::ZERO {
                let piece = Piece { start_us: at_us, end_us: at_us + over.us(), from: level, to, before };
                at_us = piece.end_us;
                before += piece.area();
                pieces.push(piece);
            }
            level = to;
        }
        Self { pieces, duration_us: at_us }
    }

    /// The same curve with every level multiplied, so that its peak is `peak`. A flat zero stays zero.
    pub fn scaled_to(&self, peak: f64) -> Self {
        let factor = if self.peak() > 0.0 { peak / self.peak() } else { 1.0 };
        let pieces = self.pieces.iter().map(|piece| Piece {
            from: piece.from * factor,
            to: piece.to * factor,
            before: piece.before * factor,
            ..*piece
        });
        Self { pieces: pieces.collect(), duration_us: self.duration_us }
    }

    /// How long it lasts.
    pub fn duration(&self) -> Span {
        Span::from_us(self.duration_us)
    }

    /// The highest level.
    pub fn peak(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.from.max(piece.to)).fold(0.0, f64::max)
    }

    /// Corner points in order, as (microseconds, level); a jump gives two at the same time.
    pub fn points(&self) -> Vec<(u64, f64)> {
        let mut points: Vec<(u64, f64)> = Vec::with_capacity(self.pieces.len() + 1);
        for piece in &self.pieces {
            for point in [(piece.start_us, piece.from), (piece.end_us, piece.to)] {
                if points.last() != Some(&point) {
                    points.push(point);
                }
            }
        }
        points
    }

    /// The level at a moment; at a jump the level after it. Zero from the end on.
    pub fn level(&self, at_us: u64) -> f64 {
        self.piece_at(at_us).map_or(0.0, |piece| piece.level(at_us))
    }

    /// The level as whole people: rounded to the nearest, so that the sum over time keeps to the curve's.
    pub fn people(&self, at_us: u64) -> u32 {
        whole(self.level(at_us))
    }

    /// The area under the curve up to a moment, in level × seconds: of arrivals a second, how many there were.
    pub fn area(&self, until_us: u64) -> f64 {
        match self.piece_at(until_us) {
            Some(piece) => Piece { end_us: until_us, to: piece.level(until_us), ..*piece }.area() + piece.before,
            None => self.pieces.last().map_or(0.0, |last| last.before + last.area()),
        }
    }

    /// When the arrival `number` (from 0) is due, in microseconds: where the area reaches `number` + ½, so that the
    /// count never strays more than a half from the curve's integral. `None` where there are not so many.
    pub fn arrival_us(&self, number: u64) -> Option<u64> {
        let wanted = number as f64 + 0.5;
        let at = self.pieces.partition_point(|piece| piece.before + piece.area() < wanted);
        let piece = self.pieces.get(at)?;
        // Area of the line a + b·t over t: a·t + b·t²/2 = rest. Solved in the form that stays exact for b → 0.
        let rest = wanted - piece.before;
        let slope = (piece.to - piece.from) / piece.secs();
        let root = (piece.from * piece.from + 2.0 * slope * rest).max(0.0).sqrt();
        let secs = if piece.from + root > 0.0 { 2.0 * rest / (piece.from + root) } else { 0.0 };
        Some(piece.start_us + (secs * 1e6).round() as u64)
    }

    /// When [`Self::people`] next differs from its value at `at_us`, in microseconds. `None` where it stays until the end.
    pub fn next_change_us(&self, at_us: u64) -> Option<u64> {
        let now = self.people(at_us);
        let first = self.pieces.partition_point(|piece| piece.end_us <= at_us);
        for piece in &self.pieces[first..] {
            let from_us = at_us.max(piece.start_us);
            if whole(piece.level(from_us)) != now {
                return Some(from_us);
            }
            let edge = if piece.to > piece.from { f64::from(now) + 0.5 } else { f64::from(now) - 0.5 };
            let slope = (piece.to - piece.from) / (piece.end_us - piece.start_us) as f64;
            if slope != 0.0 && whole(piece.to) != now {
                let crossing = piece.start_us + ((edge - piece.from) / slope).max(0.0).ceil() as u64;
                // The rounding of the division may fall on either side of the edge.
                let crossing = (crossing.saturating_sub(1).max(from_us)..piece.end_us)
                    .take(4)
                    .find(|at| whole(piece.level(*at)) != now);
                return Some(crossing.unwrap_or(piece.end_us));
            }
        }
        (now != 0 && at_us < self.duration_us).then_some(self.duration_us)
    }

    fn piece_at(&self, at_us: u64) -> Option<&Piece> {
        let at = self.pieces.partition_point(|piece| piece.end_us <= at_us);
        self.pieces.get(at)
    }
}

/// A level as whole people.
fn whole(level: f64) -> u32 {
    (level + 0.5).floor().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests;
