//! Fewer points than there are pixels, without hiding a spike: each pixel column keeps its lowest and its highest value.
//!
//! Must not know what is drawn with them.

/// A point in pixels. `after_gap` says that something is missing between the point before and this one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Whether a line must not come from the point before.
    pub after_gap: bool,
}

/// A second with its value, and how many seconds it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The second.
    pub at: u32,
    /// How many it stands for.
    pub span: u32,
    /// The value; none is a gap.
    pub value: Option<f64>,
}

/// What a pixel column holds: the lowest and the highest point, by their order in time.
#[derive(Clone, Copy)]
struct Column {
    number: i64,
    after_gap: bool,
    low: (usize, Point),
    high: (usize, Point),
}

/// The points of values in order of time. Seconds that are missing, or have no value, are gaps. `x` and `y` give pixels.
pub fn thin(values: impl Iterator<Item = Value>, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut column: Option<Column> = None;
    let mut gap = true;
    let mut expected = None;
    for (order, Value { at, span, value }) in values.enumerate() {
        gap |= expected.is_some_and(|expected| at > expected);
        expected = Some(at + span);
        let Some(value) = value else {
            gap = true;
            continue;
        };
        // An interval stands in the middle of its seconds.
        let point = Point { x: x(f64::from(at) + f64::from(span) / 2.0), y: y(value), after_gap: gap };
        gap = false;
        let number = point.x.floor() as i64;
        match &mut column {
            Some(here) if here.number == number && !point.after_gap => {
                if point.y > here.low.1.y {
                    here.low = (order, point);
                }
                if point.y < here.high.1.y {
                    here.high = (order, point);
                }
            }
            _ => {
                finish(&mut points, column.take());
                column = Some(Column { number, after_gap: point.after_gap, low: (order, point), high: (order, point) });
            }
        }
    }
    finish(&mut points, column);
    points
}

/// Puts a column's points in order of time.
fn finish(points: &mut Vec<Point>, column: Option<Column>) {
    let Some(Column { low, high, after_gap, .. }) = column else { return };
    let (first, second) = if low.0 <= high.0 { (low, high) } else { (high, low) };
    points.push(Point { after_gap, ..first.1 });
    if first.0 != second.0 {
        points.push(Point { after_gap: false, ..second.1 });
    }
}
