//! The one real practice shop, for the programs on top: what the app's three knobs mean to it. Must not know who turns them.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tidemark_core::wire::shop::{ShopKnobs, ShopNow};
use tidemark_shop::{ErrorsAbove, Knobs, SlowPay, Stand};

use super::Practice;
use crate::failure::{Code, Failure};

/// Where scenarios look for the shop.
const USUAL_PORT: u16 = 4780;

/// Of the requests that come while the shop is too full, so many fail.
const FAILING_SHARE: f64 = 0.2;

/// A shop that opens when it is needed.
pub struct PracticeShop(Mutex<Inside>);

struct Inside {
    knobs: Knobs,
    stand: Option<Stand>,
}

impl PracticeShop {
    /// A shop that is still closed.
    #[expect(clippy::new_without_default, reason = "it opens a port later on, so it should be asked for by name")]
    pub fn new() -> Self {
        Self(Mutex::new(Inside { knobs: Knobs { slow_pay: None, ..Knobs::demo() }, stand: None }))
    }

    /// Each change is whole, so a lock that somebody left by a panic is still good.
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for PracticeShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PracticeShop").field(&self.now()).finish()
    }
}

impl Practice for PracticeShop {
    fn now(&self) -> ShopNow {
        self.inside().now()
    }

    fn open(&self) -> Result<ShopNow, Failure> {
        let mut inside = self.inside();
        // The times of knobs that are set anew begin anew, so an open shop is left alone.
        if inside.stand.is_some() {
            return Ok(inside.now());
        }
        let knobs = inside.knobs.clone();
        inside.follow(knobs)
    }

    fn turn(&self, knobs: &ShopKnobs) -> Result<ShopNow, Failure> {
        let mut inside = self.inside();
        let knobs = turned(&inside.knobs, knobs);
        inside.follow(knobs)
    }

    fn rehearse(&self) -> Result<ShopNow, Failure> {
        self.inside().follow(Knobs::demo())
    }
}

impl Inside {
    fn now(&self) -> ShopNow {
        ShopNow { url: self.stand.as_ref().map(|stand| format!("http://{}", stand.addr())), knobs: shown(&self.knobs) }
    }

    fn follow(&mut self, knobs: Knobs) -> Result<ShopNow, Failure> {
        let impossible = |wrong| Failure::new(Code::Invalid, format!("The shop can't do that: {wrong}."), "");
        knobs.check().map_err(impossible)?;
        match &self.stand {
            Some(stand) => stand.set(knobs.clone()).map_err(impossible)?,
            None => self.stand = Some(opened(&knobs).map_err(|error| not_open(&error))?),
        }
        self.knobs = knobs;
        Ok(self.now())
    }
}

/// At the usual port, or at any free one where that is taken.
fn opened(knobs: &Knobs) -> io::Result<Stand> {
    let at = |port| Stand::open((Ipv4Addr::LOCALHOST, port).into(), knobs.clone());
    at(USUAL_PORT).or_else(|_| at(0))
}

/// Why the shop is closed.
pub fn not_open(error: &io::Error) -> Failure {
    let why = crate::failure::plain(error);
    Failure::new(Code::Io, format!("The practice shop could not open: {why}."), "Try it again.")
}

fn shown(knobs: &Knobs) -> ShopKnobs {
    let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    ShopKnobs {
        slow_pay_ms: knobs.slow_pay.as_ref().map_or(0, |slow| ms(slow.by)),
        slow_pay_after_ms: knobs.slow_pay.as_ref().map_or(0, |slow| ms(slow.after)),
        errors_above_people: knobs.errors_above.as_ref().map(|errors| errors.people),
        drop_share: knobs.drop_share,
    }
}

fn turned(knobs: &Knobs, to: &ShopKnobs) -> Knobs {
    let by = Duration::from_millis(to.slow_pay_ms);
    // The demo's spread of waits stays as long as nobody turns that knob.
    let up_to = knobs.slow_pay.as_ref().filter(|slow| slow.by == by).map_or(by, |slow| slow.up_to);
    let after = Duration::from_millis(to.slow_pay_after_ms);
    let errors = |people| ErrorsAbove { people, share: FAILING_SHARE, status: 503 };
    Knobs {
        slow_pay: (!by.is_zero()).then_some(SlowPay { after, by, up_to, above_people: 0 }),
        errors_above: to.errors_above_people.map(errors),
        drop_share: to.drop_share,
        ..knobs.clone()
    }
}

#[cfg(test)]
mod tests;
