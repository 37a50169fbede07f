//! The practice shop's knobs as they are shown, and which test is the demo. Must not turn them.

use tidemark_core::practice::{DEMO_TITLE, DEMO_URL};

use crate::model::Model;
use crate::msg::Knob;
use crate::text::shop as say;

/// A knob.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name for tests.
    pub key: &'static str,
    /// What it does.
    pub label: &'static str,
    /// What there is to see.
    pub hint: String,
    /// Whether it is turned.
    pub on: bool,
    /// How far.
    pub amount: f64,
    /// What the amount is.
    pub amount_label: &'static str,
    /// What stands behind it.
    pub unit: &'static str,
    /// The least, the most, and a step.
    pub range: (f64, f64, f64),
}

/// How far a knob is turned when somebody switches it on.
const USUAL: [f64; 3] = [600.0, 10.0, 5.0];

/// The knobs; none before it is known how they stand.
pub fn rows(model: &Model) -> Option<[Row; 3]> {
    let knobs = &model.shop.as_ref()?.knobs;
    let later = knobs.slow_pay_ms > 0 && knobs.slow_pay_after_ms > 0;
    let pay = if later { say::slow_after(knobs.slow_pay_after_ms) } else { say::SLOW_HINT.to_owned() };
    let percent = (knobs.drop_share * 100.0).round();
    let amount = |now: f64, usual: f64| if now > 0.0 { now } else { usual };
    Some([
        Row {
            key: "slow",
            label: say::SLOW,
            hint: pay,
            on: knobs.slow_pay_ms > 0,
            amount: amount(knobs.slow_pay_ms as f64, USUAL[0]),
            amount_label: say::SLOW_BY,
            unit: say::MS,
            range: (50.0, 60_000.0, 50.0),
        },
        Row {
            key: "errors",
            label: say::ERRORS,
            hint: say::ERRORS_HINT.to_owned(),
            on: knobs.errors_above_people.is_some(),
            amount: knobs.errors_above_people.map_or(USUAL[1], f64::from),
            amount_label: say::ERRORS_ABOVE,
            unit: say::PEOPLE,
            range: (0.0, 10_000.0, 1.0),
        },
        Row {
            key: "drop",
            label: say::DROP,
            hint: say::DROP_HINT.to_owned(),
            on: percent > 0.0,
            amount: amount(percent, USUAL[2]),
            amount_label: say::DROP_SHARE,
            unit: say::OF_100,
            range: (1.0, 100.0, 1.0),
        },
    ])
}

/// What it means to switch the knob with this key on or off, or to turn it this far.
pub fn knob(key: &str, on: bool, amount: f64) -> Knob {
    let whole = if amount.is_finite() { amount.max(0.0).round() } else { 0.0 };
    match key {
        "slow" => Knob::SlowPay(if on { whole as u64 } else { 0 }),
        "errors" => Knob::ErrorsAbove(on.then_some(whole as u32)),
        _ => Knob::Drop(if on { whole as u32 } else { 0 }),
    }
}

/// Whether the open test is the demo.
pub fn is_demo(model: &Model) -> bool {
    let Some(test) = &model.test else { return false };
    let scenario = test.doc.scenario();
    let Some(target) = scenario.targets.first() else { return false };
    let at = target.url.trim_end_matches('/');
    let is_shop = at == DEMO_URL || model.shop.as_ref().and_then(|shop| shop.url.as_deref()) == Some(at);
    is_shop || (scenario.name == DEMO_TITLE && at.starts_with("http://127.0.0.1:"))
}

/// Whether the shop's knobs are worth being offered beside the open test.
pub fn offered(model: &Model) -> bool {
    model.can.shop && is_demo(model)
}
