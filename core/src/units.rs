//! Durations, shares, rates and sizes: how they are written by people, and how they are shown.

use std::fmt;

/// A length of time in whole microseconds; up to 584,000 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From whole microseconds.
    pub const fn from_us(us: u64) -> Self {
        Self(us)
    }

    /// From whole milliseconds.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms.saturating_mul(1_000))
    }

    /// From whole seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// From seconds with a fraction; negative and not-a-number give zero.
    pub fn from_secs_f64(secs: f64) -> Self {
        Self((secs * 1e6).round().max(0.0) as u64)
    }

    /// In whole microseconds.
    pub const fn us(self) -> u64 {
        self.0
    }

    /// In seconds.
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// As the standard library's type.
    pub const fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_micros(self.0)
    }

    /// Reads `800ms`, `2s`, `1.5 min`, `1h`, `1m30s`, `1:30`, `90 seconds` or a bare number of seconds.
    ///
    /// # Errors
    /// `None` where the text is none of these, is negative, or is longer than a year.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let secs = if text.contains(':') { parse_clock(text)? } else { parse_units(text)? };
        (secs.is_finite() && (0.0..=366.0 * 86_400.0).contains(&secs)).then(|| Self::from_secs_f64(secs))
    }
}

/// `1:30` (minutes and seconds) or `1:02:30`.
fn parse_clock(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|part| number(part.trim())).collect::<Option<_>>()?;
    (parts.len() <= 3).then(|| parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

/// A second of a run as on a clock: `06:40`, `1:06:40`.
pub fn clock(second: u32) -> String {
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

/// A number without sign or exponent.
fn number(text: &str) -> Option<f64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain.then(|| text.parse().ok()).flatten()
}

/// One or more of number and unit; a bare number is seconds.
fn parse_units(text: &str) -> Option<f64> {
    if let Some(bare) = number(text) {
        return Some(bare);
    }
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value = number(&rest[..digits])?;
        rest = rest[digits..].trim_start();
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        sum += value * unit_secs(rest[..end].trim())?;
        rest = &rest[end..];
    }
    (!text.is_empty()).then_some(sum)
}

/// Seconds in a unit.
fn unit_secs(unit: &str) -> Option<f64> {
    Some(match unit {
        "us" | "µs" => 1e-6,
        "ms" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        _ => return None,
    })
}

/// Shown in the largest unit that divides it, as written in a file: `800ms`, `90s`, `2min`, `1h`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let us = self.0;
        let units = [(3_600_000_000, "h"), (60_000_000, "min"), (1_000_000, "s"), (1_000, "ms")];
        match units.iter().find(|(size, _)| us != 0 && us.is_multiple_of(*size)) {
            Some((size, unit)) => write!(f, "{}{unit}", us / size),
            None if us == 0 => f.write_str("0s"),
            None => write!(f, "{us}us"),
        }
    }
}

/// A latency as people read it: `under 1 ms`, `240 ms`, `1.4 s`, `1 min 12 s`. Takes microseconds.
pub fn plain_time(us: u64) -> String {
    let ms = us as f64 / 1e3;
    match us {
        0..1_000 => "under 1 ms".to_owned(),
        1_000..999_500 => format!("{ms:.0} ms"),
        999_500..59_950_000 => format!("{:.1} s", ms / 1e3),
        _ => {
            let secs = (us + 500_000) / 1_000_000;
            format!("{} min {} s", secs / 60, secs % 60)
        }
    }
}

/// A latency for a table, in milliseconds with three significant digits or more: `0.214`, `12.4`, `1,240`.
pub fn table_ms(us: u64) -> String {
    match us {
        0..10_000 => format!("{:.3}", us as f64 / 1e3),
        10_000..100_000 => format!("{:.2}", us as f64 / 1e3),
        100_000..1_000_000 => format!("{:.1}", us as f64 / 1e3),
        _ => grouped((us + 500) / 1_000),
    }
}

/// A count with its thousands grouped: `18,400`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of bytes as people read it, in steps of 1,000: `512 B`, `1.4 kB`, `12 MB`.
pub fn plain_bytes(bytes: u64) -> String {
    let mut value = bytes as f64;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if value < 999.5 {
            break;
        }
        value /= 1e3;
        unit = next;
    }
    if unit == "B" || value >= 9.95 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

/// Reads `512`, `100kB`, `1.5 MB` (steps of 1,000) or `64KiB` (steps of 1,024) as bytes.
pub fn parse_bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let factor = match text[end..].trim() {
        "" | "B" => 1.0,
        "kB" | "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        "GiB" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let bytes = number(&text[..end])? * factor;
    (bytes <= 1e15).then_some(bytes.round() as u64)
}

/// A share of failures in natural frequencies: `none`, `1 in 22`, `24 in 100`, and `all` only where none is left.
pub fn one_in(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "none".to_owned();
    }
    let share = part as f64 / whole as f64;
    if part >= whole {
        "all".to_owned()
    } else if share >= 0.995 {
        "over 99 in 100".to_owned()
    } else if share >= 0.1 {
        format!("{:.0} in 100", share * 100.0)
    } else {
        format!("1 in {}", grouped((1.0 / share).round() as u64))
    }
}

/// A moment as people read it, by a clock that is so many minutes ahead of UTC: `23 Nov 2026, 14:10`. Takes a date and time
/// as in RFC 3339; `None` for what is none.
pub fn plain_date(text: &str, ahead_minutes: i32) -> Option<String> {
    let at: jiff::Timestamp = text.parse().ok()?;
    let offset = jiff::tz::Offset::from_seconds(ahead_minutes.checked_mul(60)?).ok()?;
    Some(at.to_zoned(offset.to_time_zone()).strftime("%-d %b %Y, %H:%M").to_string())
}

/// A length in whole seconds as people read it: `45 s`, `11 min`, `1 h 5 min`.
pub fn plain_length(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let parts = [(hours, "h"), (minutes, "min"), (rest, "s")];
    let parts: Vec<String> =
        parts.into_iter().filter(|part| part.0 > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// A length in microseconds as people read it: whole seconds, or as it is where it is short: `2.4 s`, `1 min 40 s`.
pub fn plain_span(us: u64) -> String {
    if us < 9_950_000 { plain_time(us) } else { plain_length(us.saturating_add(500_000).div_euclid(1_000_000) as u32) }
}

/// So many people: `1 person`, `1,200 people`.
pub fn plain_people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(count)) }
}

#[cfg(test)]
mod tests;
