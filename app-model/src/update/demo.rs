//! Around the demo: how its shop behaves, how it was built, and the way from there to a test of one's own. Must not start
//! runs.

use tidemark_core::scenario::Act;

use super::app;
use crate::doc::Item;
use crate::doc::{place, selection::task_behind};
use crate::effect::Effect;
use crate::model::{Model, Panel};
use crate::msg::{Knob, Msg};
use crate::route::Route;
use crate::text::shop as say;

/// The request of the demo that gets slow.
const SLOW: &str = "Pay";

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::ShopIs(Ok(now)) => model.shop = Some(now),
        Msg::ShopIs(Err(failure)) => super::home::failed(model, say::COULD_NOT_TURN, &failure),
        Msg::TurnShop(knob) => turn(model, knob, out),
        Msg::SeeDemo => see(model, out),
        Msg::HideOwnWay => model.own_way = None,
        _ => {}
    }
}

/// Opens or closes the panel with the shop's knobs.
pub(super) fn toggle_panel(model: &mut Model, out: &mut Vec<Effect>) {
    if model.panels.remove(&Panel::Shop) || !model.can.shop {
        return;
    }
    model.panels.insert(Panel::Shop);
    out.push(Effect::ReadShop);
    out.push(Effect::Focus("shop-panel".to_owned()));
}

fn turn(model: &mut Model, knob: Knob, out: &mut Vec<Effect>) {
    // What is turned is seen at once; what the shop made of it follows.
    let Some(shop) = &mut model.shop else { return };
    match knob {
        Knob::SlowPay(ms) => {
            shop.knobs.slow_pay_ms = ms.min(60_000);
            shop.knobs.slow_pay_after_ms = 0;
        }
        Knob::ErrorsAbove(people) => shop.knobs.errors_above_people = people,
        Knob::Drop(percent) => shop.knobs.drop_share = f64::from(percent.min(100)) / 100.0,
    }
    out.push(Effect::TurnShop(shop.knobs));
}

fn see(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let scenario = test.doc.scenario();
    let mut slow = None;
    place::each_step(scenario, &mut |step| {
        if matches!(&step.act, Act::Request(request) if request.name == SLOW) {
            slow.get_or_insert_with(|| step.id.clone());
        }
    });
    let task = slow.as_ref().and_then(|id| task_behind(scenario, &Item::Step(id.clone())));
    let route = match task {
        Some(task) => Route::Task(test.id.clone(), task, slow),
        None => Route::Tab(test.id.clone(), Default::default()),
    };
    model.own_way = Some(test.id.clone());
    model.panels.insert(Panel::Step);
    app::go(model, route, out);
}
