//! Points to the text of an SVG path, to a tenth of a pixel. Must not know scales.

use crate::chart::thin::Point;

/// Adds a number to a tenth, without a needless `.0`.
pub fn push(out: &mut String, number: f64) {
    let tenths = (number * 10.0).round() as i64;
    if tenths < 0 {
        out.push('-');
    }
    let tenths = tenths.unsigned_abs();
    push_whole(out, tenths / 10);
    if !tenths.is_multiple_of(10) {
        out.push('.');
        out.push(char::from(b'0' + (tenths % 10) as u8));
    }
}

fn push_whole(out: &mut String, number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut left = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    digits[at..].iter().for_each(|digit| out.push(char::from(*digit)));
}

fn pair(out: &mut String, command: char, x: f64, y: f64) {
    out.push(command);
    push(out, x);
    out.push(' ');
    push(out, y);
}

/// The runs of points between gaps.
fn runs(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points.chunk_by(|_, next| !next.after_gap)
}

/// A line through points, broken at gaps. A point alone becomes a dot where lines have round ends.
pub fn line(points: &[Point]) -> String {
    let mut out = String::with_capacity(points.len() * 12);
    for run in runs(points) {
        for (at, point) in run.iter().enumerate() {
            pair(&mut out, if at == 0 { 'M' } else { 'L' }, point.x, point.y);
        }
        if run.len() == 1 {
            out.push_str("h0");
        }
    }
    out
}

/// A line that keeps each value until the next, broken at gaps.
pub fn steps(points: &[Point]) -> String {
    let mut out = String::with_capacity(points.len() * 12);
    for run in runs(points) {
        for (at, point) in run.iter().enumerate() {
            if at == 0 {
                pair(&mut out, 'M', point.x, point.y);
            } else {
                out.push('H');
                push(&mut out, point.x);
                out.push('V');
                push(&mut out, point.y);
            }
        }
        if run.len() == 1 {
            out.push_str("h0");
        }
    }
    out
}

/// The area between points and a base line, one piece for each run between gaps.
pub fn area(points: &[Point], base: f64) -> String {
    let mut out = String::with_capacity(points.len() * 12);
    for run in runs(points).filter(|run| run.len() > 1) {
        pair(&mut out, 'M', run[0].x, base);
        for point in run {
            pair(&mut out, 'L', point.x, point.y);
        }
        out.push('V');
        push(&mut out, base);
        out.push('Z');
    }
    out
}

/// Bars from a base line up; each is `width` wide, around its point. Bars of no height are left out.
pub fn bars(points: &[Point], base: f64, width: f64) -> String {
    let mut out = String::with_capacity(points.len() * 16);
    for point in points.iter().filter(|point| point.y < base - 0.04) {
        pair(&mut out, 'M', point.x - width / 2.0, base);
        out.push('V');
        push(&mut out, point.y);
        out.push('h');
        push(&mut out, width);
        out.push('V');
        push(&mut out, base);
        out.push('Z');
    }
    out
}
