//! Made-up values: what can be asked for, and how one is made.

use fake::Fake;
use jiff::{Timestamp, tz::Offset};

use crate::plan::dice::Dice;
use crate::plan::template::BadTemplate;
use crate::scenario::node::nearest;
use crate::units::Span;

/// A kind of made-up value with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Maker {
    /// A whole number, both ends included.
    Integer(i64, i64),
    /// A number with so many digits after the point.
    Decimal(f64, f64, u8),
    /// `true` or `false`.
    Boolean,
    /// A random UUID (version 4).
    Uuid,
    /// First and last name.
    Name,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// An address at `example.*`, unlikely to repeat.
    Email,
    /// One word.
    Word,
    /// A sentence of about so many words.
    Sentence(u8),
    /// So many letters and digits.
    Letters(u16),
    /// So many digits; leading zeros may come.
    Digits(u16),
    /// A date or time: now plus something between the two offsets, in this format (`strftime`), at an offset in
    /// minutes from UTC.
    Date(DateRange, String, i32),
    /// Counts up through the whole run, over all people: first value and step.
    Counter(i64, i64),
    /// One of these by chance.
    Pick(Vec<String>),
}

/// Two offsets from now, in seconds; equal where there is no choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange(pub i64, pub i64);

/// A value just made: text, or something whose type survives in a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, as written.
    Decimal(String),
    /// True or false.
    Boolean(bool),
}

/// Words that [`Maker::parse`] knows, each with how it is used.
pub const MAKERS: &[(&str, &str)] = &[
    ("integer", "integer(1, 100)"),
    ("decimal", "decimal(0.5, 9.99, 2)"),
    ("boolean", "boolean"),
    ("uuid", "uuid"),
    ("name", "name"),
    ("first_name", "first_name"),
    ("last_name", "last_name"),
    ("email", "email"),
    ("word", "word"),
    ("sentence", "sentence(8)"),
    ("letters", "letters(12)"),
    ("digits", "digits(6)"),
    ("date", "date(\"+2d\", \"%Y-%m-%d\")"),
    ("now", "now"),
    ("timestamp", "timestamp"),
    ("timestamp_ms", "timestamp_ms"),
    ("counter", "counter(1000, 1)"),
    ("pick", "pick(\"red\", \"green\")"),
];

impl Maker {
    /// Reads a maker by its word and arguments.
    ///
    /// # Errors
    /// Where the word is unknown or its arguments make no sense.
    pub fn parse(word: &str, arguments: &[String]) -> Result<Self, BadTemplate> {
        let Some((_, usage)) = MAKERS.iter().find(|(known, _)| *known == word) else {
            let known: Vec<&str> = MAKERS.iter().map(|(known, _)| *known).collect();
            let hint = match nearest(word, &known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("use one of: {}", known.join(", ")),
            };
            return Err(BadTemplate::new(format!("nothing is made up by \"{word}\""), hint));
        };
        Self::with_arguments(word, arguments).ok_or_else(|| {
            BadTemplate::new(
                format!("what stands in the brackets of \"{word}\" makes no sense"),
                format!("write it like {usage}"),
            )
        })
    }

    /// Reads `integer(1, 20)` or just `email`.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_text(text: &str) -> Result<Self, BadTemplate> {
        let template = crate::plan::template::Template::parse(&format!("{{{{{text}}}}}"))?;
        match template.single().map(|used| &used.source) {
            Some(crate::plan::template::Source::Made(maker)) => Ok(maker.clone()),
            Some(crate::plan::template::Source::Name(word)) => Self::parse(word, &[]),
            _ => Err(BadTemplate::new(format!("nothing is made up by \"{text}\""), "write it like integer(1, 100)")),
        }
    }

    fn with_arguments(word: &str, arguments: &[String]) -> Option<Self> {
        let args: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Some(match (word, args.as_slice()) {
            ("integer", [low, high]) => {
                ordered(low.parse().ok()?, high.parse().ok()?).map(|(a, b)| Self::Integer(a, b))?
            }
            ("decimal", [low, high]) => decimal(low, high, "2")?,
            ("decimal", [low, high, digits]) => decimal(low, high, digits)?,
            ("boolean", []) => Self::Boolean,
            ("uuid", []) => Self::Uuid,
            ("name", []) => Self::Name,
            ("first_name", []) => Self::FirstName,
            ("last_name", []) => Self::LastName,
            ("email", []) => Self::Email,
            ("word", []) => Self::Word,
            ("sentence", []) => Self::Sentence(8),
            ("sentence", [count]) => Self::Sentence(count.parse().ok().filter(|count| (1..=100).contains(count))?),
            ("letters", [count]) => Self::Letters(count.parse().ok().filter(|count| (1..=10_000).contains(count))?),
            ("digits", [count]) => Self::Digits(count.parse().ok().filter(|count| (1..=10_000).contains(count))?),
            ("date", _) if args.len() <= 2 => {
                let format = args.get(1).copied().unwrap_or("%Y-%m-%d");
                Self::Date(DateRange::parse(args.first().copied().unwrap_or("0s"))?, good_format(format)?, 0)
            }
            ("date", [range, format, zone]) => {
                Self::Date(DateRange::parse(range)?, good_format(format)?, zone_minutes(zone)?)
            }
            ("now", []) => Self::Date(DateRange(0, 0), "%Y-%m-%dT%H:%M:%SZ".to_owned(), 0),
            ("timestamp", []) => Self::Date(DateRange(0, 0), "%s".to_owned(), 0),
            ("timestamp_ms", []) => Self::Date(DateRange(0, 0), MILLIS.to_owned(), 0),
            ("counter", []) => Self::Counter(1, 1),
            ("counter", [start]) => Self::Counter(start.parse().ok()?, 1),
            ("counter", [start, step]) => Self::Counter(start.parse().ok()?, step.parse().ok()?),
            ("pick", [_, ..]) => Self::Pick(arguments.to_vec()),
            _ => return None,
        })
    }

    /// Makes one. `now_us` is the wall clock in microseconds since 1970; `count` the number of the use, for counters.
    pub fn make(&self, dice: &mut Dice, now_us: i64, count: u64) -> Made {
        use fake::faker::{internet::en as internet, lorem::en as lorem, name::en as names};
        let text = match self {
            Self::Integer(low, high) => {
                return Made::Integer(low.wrapping_add(dice.between(0, high.wrapping_sub(*low) as u64) as i64));
            }
            Self::Decimal(low, high, digits) => {
                return Made::Decimal(format!("{:.*}", usize::from(*digits), low + (high - low) * dice.share()));
            }
            Self::Boolean => return Made::Boolean(dice.below(2) == 1),
            Self::Counter(start, step) => return Made::Integer(start.wrapping_add(step.wrapping_mul(count as i64))),
            Self::Date(range, format, zone) => return date(*range, format, *zone, dice, now_us),
            Self::Uuid => {
                let bits = (u128::from(dice.bits()) << 64) | u128::from(dice.bits());
                uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
            }
            Self::Name => names::Name().fake_with_rng(dice.generator()),
            Self::FirstName => names::FirstName().fake_with_rng(dice.generator()),
            Self::LastName => names::LastName().fake_with_rng(dice.generator()),
            Self::Email => {
                let word: String = internet::Username().fake_with_rng(dice.generator());
                let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
                format!("{}{}@example.com", word.to_lowercase(), dice.below(1_000_000_000))
            }
            Self::Word => lorem::Word().fake_with_rng(dice.generator()),
            Self::Sentence(words) => {
                let words = usize::from(*words);
                lorem::Sentence(words..words + 1).fake_with_rng(dice.generator())
            }
            Self::Letters(count) => {
                characters(dice, *count, b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
            }
            Self::Digits(count) => characters(dice, *count, b"0123456789"),
            Self::Pick(list) => list[dice.below(list.len() as u64) as usize].clone(),
        };
        Made::Text(text)
    }
}

/// Not a `strftime` format: asks for milliseconds since 1970.
const MILLIS: &str = "%s.ms";

/// Both, where the first is not the greater.
fn ordered(low: i64, high: i64) -> Option<(i64, i64)> {
    (low <= high).then_some((low, high))
}

fn decimal(low: &str, high: &str, digits: &str) -> Option<Maker> {
    let (low, high): (f64, f64) = (low.parse().ok()?, high.parse().ok()?);
    let sane = low.is_finite() && high.is_finite() && low <= high && (high - low).is_finite();
    let digits = digits.parse().ok().filter(|digits| *digits <= 15)?;
    sane.then_some(Maker::Decimal(low, high, digits))
}

/// So many of `from`, each equally likely.
fn characters(dice: &mut Dice, count: u16, from: &[u8]) -> String {
    (0..count).map(|_| char::from(from[dice.below(from.len() as u64) as usize])).collect()
}

impl DateRange {
    /// Reads `+2d`, `-1h` or `-30d..+2d`.
    fn parse(text: &str) -> Option<Self> {
        let one = |text: &str| {
            let text = text.trim();
            let (sign, rest) = match text.strip_prefix('-') {
                Some(rest) => (-1, rest),
                None => (1, text.strip_prefix('+').unwrap_or(text)),
            };
            Span::parse(rest).map(|span| sign * (span.us() / 1_000_000) as i64)
        };
        match text.split_once("..") {
            Some((from, to)) => ordered(one(from)?, one(to)?).map(|(from, to)| Self(from, to)),
            None => one(text).map(|at| Self(at, at)),
        }
    }
}

/// The format, if a date can be written in it.
fn good_format(format: &str) -> Option<String> {
    let moment = Timestamp::UNIX_EPOCH.to_zoned(Offset::UTC.to_time_zone());
    jiff::fmt::strtime::format(format, &moment).is_ok().then(|| format.to_owned())
}

/// Reads `+02:00`, `-0530` or `Z` as minutes from UTC.
fn zone_minutes(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..4)?.parse::<i32>().ok()?);
    (digits.len() == 4 && hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// A date in a format, as a number where the format asks for a count.
fn date(range: DateRange, format: &str, zone: i32, dice: &mut Dice, now_us: i64) -> Made {
    let offset = range.0.wrapping_add(dice.between(0, range.1.wrapping_sub(range.0) as u64) as i64);
    let at_us = now_us.saturating_add(offset.saturating_mul(1_000_000));
    match format {
        "%s" => Made::Integer(at_us.div_euclid(1_000_000)),
        MILLIS => Made::Integer(at_us.div_euclid(1_000)),
        _ => {
            let zone = Offset::from_seconds(zone * 60).unwrap_or(Offset::UTC).to_time_zone();
            let moment = Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
            Made::Text(jiff::fmt::strtime::format(format, &moment).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests;
