//! The latest runs as small pictures on one scale.

use tidemark_core::chart::path;
use tidemark_core::chart::scale::{Unit, label, nice_top, words};
use tidemark_core::chart::thin::Point;
use tidemark_core::units::{one_in, plain_date, plain_time};

use crate::model::{Model, TrendRun};
use crate::text::{compare as say, results as say_results, run as say_run};

/// A run of the trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiple {
    /// The result's id.
    pub id: String,
    /// When it was.
    pub when: String,
    /// The verdict's state, by its word.
    pub state: &'static str,
    /// Whether it is A or B.
    pub side: Option<&'static str>,
    /// Its lines: a name and what it says.
    pub lines: Vec<(&'static str, String)>,
    /// 95 of 100 over time, as a path in a box of the wanted size.
    pub path: String,
    /// The scale that all share, in words.
    pub scale: String,
}

/// The runs of the trend, oldest first; those that are still read are none. `size` is that of a picture.
pub fn multiples(model: &Model, (width, height): (f64, f64)) -> Vec<Option<Multiple>> {
    let compared = &model.results.compared;
    let known = || compared.trend.iter().filter_map(|(_, run)| run.as_ref());
    let highest = known().flat_map(|run| &run.over_time).filter_map(|place| place.2).max().unwrap_or(0);
    let longest = known().filter_map(|run| run.over_time.last()).map(|(at, span, _)| at + span).max().unwrap_or(1);
    let top = nice_top(highest as f64, 2, Unit::Time);
    let one = |(id, run): &(String, Option<TrendRun>)| {
        let run = run.as_ref()?;
        let side = [(&compared.a.id, say::A), (&compared.b.id, say::B)];
        let time = |us: Option<u64>| us.map_or_else(|| say_run::TOO_FEW.to_owned(), plain_time);
        Some(Multiple {
            id: id.clone(),
            when: plain_date(&run.started_at, model.now.ahead_minutes).unwrap_or_else(|| run.started_at.clone()),
            state: say_results::state_word(run.state),
            side: side.into_iter().find(|(known, _)| *known == id).map(|(_, name)| name),
            lines: vec![
                (say_run::PEOPLE, say_results::people(run.people)),
                (say_run::P95, time(run.p95_us)),
                (
                    say_run::RATE,
                    run.per_second.map_or_else(|| say_run::NOTHING.to_owned(), |rate| words(rate, Unit::PerSecond)),
                ),
                (say_run::FAILED, one_in(run.counts.1, run.counts.0)),
            ],
            path: line(run, f64::from(longest), top, (width, height)),
            scale: say::scale(&label(top, Unit::Time)),
        })
    };
    compared.trend.iter().map(one).collect()
}

fn line(run: &TrendRun, longest: f64, top: f64, (width, height): (f64, f64)) -> String {
    let mut gap = true;
    let mut points = Vec::with_capacity(run.over_time.len());
    for (at, span, us) in &run.over_time {
        let Some(us) = us else {
            gap = true;
            continue;
        };
        let x = (f64::from(*at) + f64::from(*span) / 2.0) / longest * width;
        let y = height - 1.5 - *us as f64 / top * (height - 3.0);
        points.push(Point { x, y, after_gap: std::mem::replace(&mut gap, false) });
    }
    path::line(&points)
}
