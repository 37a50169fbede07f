//! Dragging rows and cards with the pointer. Where the pointer is is known here alone; what comes of dropping there is asked
//! of the model. Must not move anything itself.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use tidemark_app_model::doc::Item;
use tidemark_app_model::select::outline::drag::{Landing, dragged, drop_msg, over_row, over_user};
use tidemark_app_model::select::outline::row_id;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use super::outline;
use crate::page;

/// So far the pointer goes before it drags, in pixels.
const THRESHOLD: f64 = 4.0;
/// So near to an edge the list scrolls by itself, in pixels.
const EDGE: f64 = 36.0;
/// So often, in milliseconds, and by so much at most, in pixels.
const SCROLL_MS: u64 = 16;
const SCROLL_BY: f64 = 12.0;

/// Something that is being dragged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drag {
    items: Vec<Item>,
    from: (f64, f64),
    /// Where the pointer is, in pixels of the window.
    pub at: (f64, f64),
    /// Whether it has gone far enough to mean it.
    pub going: bool,
    /// The row or card it is over, and whether its lower half.
    over: Option<(String, bool)>,
    /// What comes of dropping here.
    pub landing: Landing,
}

impl Drag {
    /// Whether the row with this name is among what is dragged.
    pub fn carries(&self, id: &str) -> bool {
        self.going && self.items.iter().any(|item| row_id(item) == id)
    }

    /// Whether it would land at the row or card with this name: above it (false) or below it (true).
    pub fn lands_at(&self, id: &str) -> Option<bool> {
        match &self.landing {
            Landing::Here(line, _) if self.going && line.row == id => Some(line.below),
            _ => None,
        }
    }
}

/// Takes hold of a row: by its handle, or with the mouse anywhere but on what can be pressed.
pub(super) fn grab(desk: Desk, event: &PointerEvent) {
    if event.button() != 0 || event.shift_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    let within = |what: &str| element.closest(what).ok().flatten().is_some();
    let handle = within("[data-act=handle]");
    if !handle && (event.pointer_type() != "mouse" || within("button, input, select, a")) {
        return;
    }
    let Some(item) = outline::row_of(event.target()).and_then(|id| desk.item(&id)) else { return };
    hold(desk, event, item);
}

/// Takes hold of a thing; the list hears the pointer until it is let go.
pub(super) fn hold(desk: Desk, event: &PointerEvent, item: Item) {
    let chosen =
        desk.store.peek(|model| model.test.as_ref().map(|test| test.doc.selection.items.clone()).unwrap_or_default());
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    desk.drag.set(Some(Drag {
        items: dragged(&chosen, &item),
        from: at,
        at,
        going: false,
        over: None,
        landing: Landing::Nothing,
    }));
}

/// Follows the pointer.
pub(super) fn pull(desk: Desk, event: &PointerEvent) {
    let Some(mut drag) = desk.drag.get_untracked() else { return };
    drag.at = (f64::from(event.client_x()), f64::from(event.client_y()));
    if !drag.going {
        let far = (drag.at.0 - drag.from.0).hypot(drag.at.1 - drag.from.1);
        if far < THRESHOLD {
            return;
        }
        drag.going = true;
        // Rows come and go while the list scrolls: the part that scrolls stays.
        if let Some(scroller) = desk.scroller.get_untracked() {
            let _ = scroller.set_pointer_capture(event.pointer_id());
        }
        if let Some(id) = drag.items.last().map(row_id) {
            page::focus(id);
        }
        scroll_along(desk);
    }
    event.prevent_default();
    look_below(desk, &mut drag);
    desk.drag.set(Some(drag));
}

/// Finds what is below the pointer and asks what comes of dropping there, if it is not the same as before.
fn look_below(desk: Desk, drag: &mut Drag) {
    let over = user_below(drag.at).or_else(|| row_below(desk, drag.at));
    if over == drag.over {
        return;
    }
    drag.landing = match &over {
        None => Landing::Nothing,
        Some((id, lower)) => desk.store.peek(|model| {
            let Some(test) = &model.test else { return Landing::Nothing };
            let scenario = test.doc.scenario();
            match id.strip_prefix("usertype-") {
                Some(user) => over_user(scenario, &drag.items, user, *lower),
                None => desk.sheet.with_untracked(|sheet| over_row(scenario, sheet.0.rows(), &drag.items, id, *lower)),
            }
        }),
    };
    if let (Landing::Not(why), true) = (&drag.landing, drag.over != over) {
        page::announce(why);
    }
    drag.over = over;
}

fn row_below(desk: Desk, (x, y): (f64, f64)) -> Option<(String, bool)> {
    let list = desk.list.get_untracked()?;
    let bounds = list.get_bounding_client_rect();
    let rem = desk.sight.get_untracked().rem;
    if rem <= 0.0 || x < bounds.left() || x > bounds.right() {
        return None;
    }
    desk.sheet
        .with_untracked(|sheet| sheet.0.at_height((y - bounds.top()) / rem).map(|(row, lower)| (row.id.clone(), lower)))
}

fn user_below((x, y): (f64, f64)) -> Option<(String, bool)> {
    let card = page::at_point(x, y)?.closest("[data-testid^='usertype-']").ok()??;
    let bounds = card.get_bounding_client_rect();
    Some((card.get_attribute("data-testid")?, y > bounds.top() + bounds.height() / 2.0))
}

/// Near an edge the list scrolls as long as something is dragged.
fn scroll_along(desk: Desk) {
    let running = StoredValue::new_local(None::<IntervalHandle>);
    let step = move || {
        let Some(mut drag) = desk.drag.try_get_untracked().flatten() else {
            if let Some(Some(handle)) = running.try_get_value() {
                handle.clear();
            }
            return;
        };
        let Some(scroller) = desk.scroller.get_untracked() else { return };
        let bounds = scroller.get_bounding_client_rect();
        let (above, below) = (bounds.top() + EDGE - drag.at.1, drag.at.1 - bounds.bottom() + EDGE);
        let by = if above > 0.0 { -above.min(EDGE) } else { below.clamp(0.0, EDGE) };
        if by == 0.0 {
            return;
        }
        scroller.set_scroll_top(scroller.scroll_top() + (by / EDGE * SCROLL_BY) as i32);
        desk.look();
        look_below(desk, &mut drag);
        desk.drag.set(Some(drag));
    };
    running.set_value(set_interval_with_handle(step, Duration::from_millis(SCROLL_MS)).ok());
}

/// Drops what is dragged.
pub(super) fn let_go(desk: Desk) {
    let Some(drag) = desk.drag.get_untracked() else { return };
    desk.drag.set(None);
    if !drag.going {
        return;
    }
    // The browser makes a click of it, which is not meant.
    desk.dropped.set_value(true);
    page::after(0, move || {
        desk.dropped.try_set_value(false);
    });
    match drag.landing {
        Landing::Here(_, edit) => desk.store.send(drop_msg(*edit)),
        Landing::Not(why) => page::announce(&why),
        Landing::Nothing => {}
    }
}

/// Leaves everything where it was.
pub(super) fn give_up(desk: Desk) {
    desk.drag.set(None);
}

/// The line that shows where it would land, and the reason where it can't.
#[component]
pub(super) fn Line() -> impl IntoView {
    let desk = super::desk::desk();
    let line = Memo::new(move |_| {
        desk.drag.with(|drag| match drag.as_ref().filter(|drag| drag.going).map(|drag| &drag.landing) {
            Some(Landing::Here(line, _)) => Some(line.clone()),
            _ => None,
        })
    });
    let style = move || {
        let line = line.get()?;
        let (top, height) = desk.sheet.with(|sheet| sheet.0.place(&line.row))?;
        let y = if line.below { top + height } else { top };
        Some(format!("top:{y}rem;--depth:{}", line.depth))
    };
    let refused = Memo::new(move |_| {
        desk.drag.with(|drag| match drag.as_ref().filter(|drag| drag.going) {
            Some(Drag { landing: Landing::Not(why), at, .. }) => Some((why.clone(), *at)),
            _ => None,
        })
    });
    view! {
        {move || style().map(|style| view! { <div class="drop-line" aria-hidden="true" style=style></div> })}
        {move || refused.get().map(|(why, (x, y))| view! {
            <div class="drop-not" aria-hidden="true" style=format!("left:{}px;top:{}px", x + 14.0, y + 10.0)>{why}</div>
        })}
    }
}
