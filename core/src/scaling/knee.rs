//! The knee by Kleinrock's power: where throughput divided by response time is greatest (L. Kleinrock, "Power and
//! deterministic rules of thumb for probabilistic problems in computer communications", ICC 1979). Below it more load makes
//! more answers at little cost; beyond it, it makes them slower by a larger share than it makes more of them.

use super::{Lack, Level};

/// Fewer levels than this have no shape.
const LEAST: usize = 4;

/// Levels whose power is so near to the greatest may be the knee just as well.
const ABOUT: f64 = 0.9;

/// The last level's power has to be below this share of the greatest: else it might go on rising.
const FALLEN: f64 = 0.8;

/// Where more load stops being worth its while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knee {
    /// The load: people, or arrivals a second.
    pub load: f64,
    /// The least load that may be the knee just as well.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// Requests that went well there, a second.
    pub per_second: f64,
    /// Their mean response time there, in microseconds.
    pub mean_us: f64,
}

/// The knee of these levels.
pub(super) fn knee(levels: &[Level]) -> Result<Knee, Lack> {
    if levels.len() < LEAST {
        return Err(Lack::FewLevels(levels.len(), LEAST));
    }
    let power = smooth(&levels.iter().map(|level| level.per_second / level.mean_us.max(1.0)).collect::<Vec<_>>());
    let best = (0..power.len()).max_by(|a, b| power[*a].total_cmp(&power[*b])).unwrap_or(0);
    let last = power.len() - 1;
    if power[last] > power[best] * FALLEN {
        return Err(Lack::NoBend);
    }
    if best == 0 {
        return Err(Lack::BentAtOnce);
    }
    let near = |at: &usize| power[*at] >= power[best] * ABOUT;
    let low = (0..=best).find(near).unwrap_or(best);
    let high = (best..=last).rev().find(near).unwrap_or(best);
    let at = &levels[best];
    let (per_second, mean_us) = (at.per_second, at.mean_us);
    Ok(Knee { load: at.load, low: levels[low].load, high: levels[high].load, per_second, mean_us })
}

/// Each value with its neighbours, which weigh half: the top is flat, and chance would pick any level of it.
fn smooth(values: &[f64]) -> Vec<f64> {
    let at = |at: usize| {
        let around = [(at.checked_sub(1), 1.0), (Some(at), 2.0), (at.checked_add(1), 1.0)];
        let known = around.into_iter().filter_map(|(at, weight)| Some((values.get(at?)?, weight)));
        let (sum, weights) = known.fold((0.0, 0.0), |(sum, all), (value, weight)| (sum + value * weight, all + weight));
        sum / weights
    };
    (0..values.len()).map(at).collect()
}
