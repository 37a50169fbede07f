//! The knobs: how quick the shop is, and which failures it shows. Plain values; what they do to a request is decided
//! in `fate`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// No wait that a knob or a request asks for is longer than this.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The most requests that can be told apart at the same time.
const MOST_TILLS: u32 = 10_000;

/// How the shop behaves. Times count from the first request after these knobs were set (requests to `/health`,
/// `/stats` and `/knobs` don't start that clock).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knobs {
    /// Decides every throw: latencies, which requests are dropped or failed. The seed given to [`crate::start`] also
    /// decides products, tokens and ids, for as long as the shop is open.
    pub seed: u64,
    /// How long answers take when nothing is wrong.
    pub latency: Latency,
    /// Makes paying slow, and only paying.
    pub slow_pay: Option<SlowPay>,
    /// Makes requests fail while the shop is crowded.
    pub errors_above: Option<ErrorsAbove>,
    /// Share of requests, 0 to 1, whose connection is closed without an answer.
    pub drop_share: f64,
    /// Makes the whole shop answer nothing for a while.
    pub stall: Option<Stall>,
    /// How many requests the shop works on at the same time; others wait in one line, in the order in which they came. Each
    /// takes its latency. So the most that it can answer is known: as many as this, divided by the latency.
    pub tills: Option<u32>,
}

/// The middle (median) latency of each kind of request, and how far latencies spread around it. Zero means that no
/// timer is used at all; the timers' grain is one millisecond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// `GET /`.
    #[serde(rename = "page_ms", with = "millis")]
    pub page: Duration,
    /// `GET /assets/{name}`.
    #[serde(rename = "asset_ms", with = "millis")]
    pub asset: Duration,
    /// `POST /login`, `POST /logout`.
    #[serde(rename = "sign_in_ms", with = "millis")]
    pub sign_in: Duration,
    /// `GET /products`.
    #[serde(rename = "browse_ms", with = "millis")]
    pub browse: Duration,
    /// `GET /products/{id}`.
    #[serde(rename = "product_ms", with = "millis")]
    pub product: Duration,
    /// `GET /search`.
    #[serde(rename = "search_ms", with = "millis")]
    pub search: Duration,
    /// The three `/basket` requests, and `POST /upload`.
    #[serde(rename = "basket_ms", with = "millis")]
    pub basket: Duration,
    /// `POST /orders`, `GET /orders/{id}`.
    #[serde(rename = "order_ms", with = "millis")]
    pub order: Duration,
    /// `POST /orders/{id}/pay`.
    #[serde(rename = "pay_ms", with = "millis")]
    pub pay: Duration,
    /// Standard deviation of the latency's natural logarithm: 0 makes every answer take exactly the middle, 0.35
    /// makes 95 of 100 answers arrive within 1.8 times the middle. 0 to 2.
    pub spread: f64,
}

/// Paying takes longer, from a moment on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlowPay {
    /// From when on, counted from the first request.
    #[serde(rename = "after_ms", with = "millis", default)]
    pub after: Duration,
    /// By how much, at least.
    #[serde(rename = "by_ms", with = "millis")]
    pub by: Duration,
    /// By how much, at most; each payment is slowed by something between the two. Less than `by` counts as `by`.
    #[serde(rename = "up_to_ms", with = "millis", default)]
    pub up_to: Duration,
    /// Only while more visitors than this were active in the last second; 0 means always.
    #[serde(default)]
    pub above_people: u32,
}

/// Requests fail while more than so many visitors were active in the last second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorsAbove {
    /// How many visitors the shop can take. A visitor is a signed-in token or cookie, or else a connection.
    pub people: u32,
    /// The share of requests that fails above that, 0 to 1.
    pub share: f64,
    /// The status they are answered with, 400 to 599.
    #[serde(default = "try_later")]
    pub status: u16,
}

fn try_later() -> u16 {
    503
}

/// For a while nothing is answered, whatever the route; then everything goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stall {
    /// When the (first) stall begins, counted from the first request.
    #[serde(rename = "at_ms", with = "millis", default)]
    pub at: Duration,
    /// How long it lasts.
    #[serde(rename = "lasts_ms", with = "millis")]
    pub lasts: Duration,
    /// The time from one stall's begin to the next one's; zero means that there is only one.
    #[serde(rename = "every_ms", with = "millis", default)]
    pub every: Duration,
}

/// A knob that can't be set to this value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongKnob(pub(crate) String);

impl Latency {
    /// Answers as fast as the machine can.
    pub fn none() -> Latency {
        Latency::fixed(Duration::ZERO)
    }

    /// The same latency for every route, without spread.
    pub fn fixed(latency: Duration) -> Latency {
        Latency {
            page: latency,
            asset: latency,
            sign_in: latency,
            browse: latency,
            product: latency,
            search: latency,
            basket: latency,
            order: latency,
            pay: latency,
            spread: 0.0,
        }
    }

    /// A lively little shop: a few to tens of milliseconds.
    pub fn lively() -> Latency {
        let ms = Duration::from_millis;
        Latency {
            page: ms(12),
            asset: ms(3),
            sign_in: ms(28),
            browse: ms(9),
            product: ms(6),
            search: ms(22),
            basket: ms(8),
            order: ms(18),
            pay: ms(45),
            spread: 0.35,
        }
    }

    fn all(&self) -> [Duration; 9] {
        [self.page, self.asset, self.sign_in, self.browse, self.product, self.search, self.basket, self.order, self.pay]
    }
}

impl Knobs {
    /// No latency, nothing odd: for tests and benchmarks.
    pub fn quiet() -> Knobs {
        Knobs {
            seed: 1,
            latency: Latency::none(),
            slow_pay: None,
            errors_above: None,
            drop_share: 0.0,
            stall: None,
            tills: None,
        }
    }

    /// The bundled 30-second demo: a lively little shop whose "Pay" slows down by 0.6 to 1.5 seconds from second 20.
    pub fn demo() -> Knobs {
        let slow_pay = SlowPay {
            after: Duration::from_secs(20),
            by: Duration::from_millis(600),
            up_to: Duration::from_millis(1500),
            above_people: 0,
        };
        Knobs { latency: Latency::lively(), slow_pay: Some(slow_pay), ..Knobs::quiet() }
    }

    /// Whether every knob has a value that the shop can follow.
    ///
    /// # Errors
    /// The first knob that doesn't, with what it may be.
    pub fn check(&self) -> Result<(), WrongKnob> {
        let rule = |holds: bool, says: &str| if holds { Ok(()) } else { Err(WrongKnob(says.to_owned())) };
        let share = |share: f64| (0.0..=1.0).contains(&share);
        rule(share(self.drop_share), "drop_share must be between 0 and 1")?;
        rule(self.latency.all().iter().all(|&wait| wait <= LONGEST_WAIT), "a latency must be 60000 ms or less")?;
        rule((0.0..=2.0).contains(&self.latency.spread), "latency.spread must be between 0 and 2")?;
        rule(self.tills.is_none_or(|tills| (1..=MOST_TILLS).contains(&tills)), "tills must be from 1 to 10000")?;
        if let Some(slow) = &self.slow_pay {
            rule(slow.by.max(slow.up_to) <= LONGEST_WAIT, "slow_pay can slow by 60000 ms at most")?;
        }
        if let Some(errors) = &self.errors_above {
            rule(share(errors.share), "errors_above.share must be between 0 and 1")?;
            rule((400..=599).contains(&errors.status), "errors_above.status must be between 400 and 599")?;
        }
        if let Some(stall) = &self.stall {
            rule(!stall.lasts.is_zero() && stall.lasts <= LONGEST_WAIT, "stall.lasts_ms must be from 1 to 60000")?;
            let gap = stall.every.is_zero() || stall.every > stall.lasts;
            rule(gap, "stall.every_ms must be longer than the stall, or 0 for a single one")?;
        }
        Ok(())
    }

    /// These knobs with some of them changed: `change` is a JSON object with any of the fields of the JSON form
    /// (`null` switches a failure off), and may start from `"preset": "quiet"` or `"demo"`.
    ///
    /// # Errors
    /// Says which field is unknown or has a wrong value.
    pub fn changed(&self, change: serde_json::Value) -> Result<Knobs, WrongKnob> {
        let wrong = |error: serde_json::Error| WrongKnob(error.to_string());
        let serde_json::Value::Object(mut change) = change else {
            return Err(WrongKnob("the knobs must be a JSON object".to_owned()));
        };
        let base = match change.remove("preset") {
            None => self.clone(),
            Some(name) if name == "quiet" => Knobs::quiet(),
            Some(name) if name == "demo" => Knobs::demo(),
            Some(_) => return Err(WrongKnob("preset must be \"quiet\" or \"demo\"".to_owned())),
        };
        let mut whole = serde_json::to_value(base).map_err(wrong)?;
        overlay(&mut whole, change);
        let knobs: Knobs = serde_json::from_value(whole).map_err(wrong)?;
        knobs.check()?;
        Ok(knobs)
    }
}

/// Puts `change` over `whole`, object by object, so that one field of a knob can be changed alone.
fn overlay(whole: &mut serde_json::Value, change: serde_json::Map<String, serde_json::Value>) {
    for (key, value) in change {
        match (whole.get_mut(&key), value) {
            (Some(old @ serde_json::Value::Object(_)), serde_json::Value::Object(new)) => overlay(old, new),
            (_, value) => whole[key] = value,
        }
    }
}

/// Durations as milliseconds, fractions allowed.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        let micros = value.as_micros() as u64;
        if micros.is_multiple_of(1000) {
            serializer.serialize_u64(micros / 1000)
        } else {
            serializer.serialize_f64(micros as f64 / 1000.0)
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let millis = f64::deserialize(deserializer)?;
        Duration::try_from_secs_f64(millis / 1000.0)
            .map_err(|_| D::Error::custom("a time must be a number of milliseconds, 0 or more"))
    }
}
