//! Two runs over each other: A behind and dashed, B in front and solid.

use tidemark_core::chart::overlay::{Along, Overlay, Place, overlay, reach};
use tidemark_core::chart::scale::words;
use tidemark_core::chart::{Frame, Second, Unit, trailing};
use tidemark_core::result::Opened;
use tidemark_core::result::compare::{Quantity, level_width, levels};

use crate::model::Model;
use crate::text::{chart as say_chart, compare as say, run as say_run};

/// What can be drawn: its word and its name.
pub fn quantity_choices() -> Vec<(&'static str, &'static str)> {
    DRAWN.into_iter().map(|quantity| (quantity.word(), quantity.name())).collect()
}

/// What can be drawn, what matters most first.
const DRAWN: [Quantity; 4] = [Quantity::P95, Quantity::Typical, Quantity::PerSecond, Quantity::Failed];

/// The values of both runs, worked out once for a quantity and an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    along: Along,
    unit: Unit,
    name: &'static str,
    places: [Vec<Place>; 2],
    whole: [String; 2],
}

/// A drawing of a certain size.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Lines, axes, and where a cursor can stop.
    pub overlay: Overlay,
    /// What a cursor says at each stop: where, A, B.
    pub said: Vec<(String, String, String)>,
}

/// The values to be drawn: of a quantity by its word, along `time` or `people`. None until both results are there.
pub fn drawing(model: &Model, quantity: &str, along: &str) -> Option<Drawing> {
    let compared = &model.results.compared;
    let (a, b) = (compared.a.opened.as_deref()?, compared.b.opened.as_deref()?);
    let quantity = DRAWN.into_iter().find(|one| one.word() == quantity).unwrap_or(Quantity::P95);
    let along = if along == "people" { Along::People } else { Along::Time };
    let places = match along {
        Along::Time => [a, b].map(|opened| by_time(opened, quantity)),
        Along::People => {
            let width = level_width(a, b);
            [a, b].map(|opened| by_people(opened, quantity, width))
        }
    };
    let unit = match quantity {
        Quantity::PerSecond => Unit::PerSecond,
        Quantity::Failed => Unit::Percent,
        Quantity::Typical | Quantity::P95 | Quantity::P99 => Unit::Time,
    };
    let whole = [a, b].map(|opened| quantity.shown(quantity.of(&opened.summary.all)));
    Some(Drawing { along, unit, name: quantity.name(), places, whole })
}

fn by_time(opened: &Opened, quantity: Quantity) -> Vec<Place> {
    let value = |second: &Second| match quantity {
        Quantity::PerSecond => second.per_second(),
        Quantity::Typical => second.p50_us.map(|us| us as f64),
        Quantity::P95 => second.p95_us.map(|us| us as f64),
        Quantity::P99 => second.p99_us.map(|us| us as f64),
        Quantity::Failed => (second.finished > 0).then(|| second.failures() as f64 * 100.0 / second.finished as f64),
    };
    let place = |second: &Second| Place { at: second.at.into(), span: second.span().into(), value: value(second) };
    trailing::seconds(&opened.timeline).iter().map(place).collect()
}

fn by_people(opened: &Opened, quantity: Quantity, width: u32) -> Vec<Place> {
    let scale = if quantity == Quantity::Failed { 100.0 } else { 1.0 };
    let levels = levels(opened, width);
    let place = |level: &tidemark_core::result::compare::Level| Place {
        at: level.from.into(),
        span: width.into(),
        value: level.value(quantity).map(|value| value * scale),
    };
    levels.iter().map(place).collect()
}

impl Drawing {
    /// Draws it in this frame, whose window is set here.
    pub fn picture(&self, frame: Frame) -> Picture {
        let [a, b] = &self.places;
        let to = reach([a, b]).max(if self.along == Along::Time { 10.0 } else { 1.0 });
        let overlay = overlay([a, b], self.along, self.unit, &Frame { from: 0.0, to, ..frame });
        let shown =
            |value: Option<f64>| value.map_or_else(|| say_run::NOTHING.to_owned(), |value| words(value, self.unit));
        let said = overlay.stops.iter().map(|stop| (stop.label.clone(), shown(stop.values[0]), shown(stop.values[1])));
        let said = said.collect();
        Picture { overlay, said }
    }

    /// What is drawn, and the figures of the whole runs.
    pub fn summary(&self) -> String {
        say::summary(self.name, &self.whole[0], &self.whole[1])
    }

    /// What is drawn.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.places.iter().flatten().all(|place| place.value.is_none())
    }

    /// What its table is called.
    pub fn table_title(&self) -> String {
        say_chart::table_of(self.name)
    }
}

/// What the axis below says.
pub fn axis_note(along: &str) -> &'static str {
    if along == "people" { say::PEOPLE_AXIS } else { say::SECONDS_AXIS }
}
