//! Bands from the shown user type to its tasks, as thick as their shares. For the eye only: all they say stands on the cards.
//! Must not know shares.

use leptos::html::Div;
use leptos::prelude::*;
use tidemark_app_model::select::mix::{self, Place, Ribbon};

use super::desk::{Desk, Sight, desk};
use super::share;
use crate::page;
use crate::view::parts::on_resize;

/// The bands.
#[component]
pub(super) fn Ribbons() -> impl IntoView {
    let desk = desk();
    let node: NodeRef<Div> = NodeRef::new();
    let width = RwSignal::new(0.0);
    on_resize(node, move |element| {
        width.set(element.get_bounding_client_rect().width());
        desk.nudge_ribbons();
    });
    // Where the user type's card and the list begin, from the top of the bands, measured whenever something moves.
    let ends = RwSignal::new((0.0, 0.0));
    Effect::new(move |_| {
        desk.nudged.track();
        desk.sight.track();
        desk.sheet.track();
        desk.mix.track();
        page::after(0, move || {
            if let Some(found) = measure(desk, node) {
                ends.try_set(found);
            }
        });
    });
    let ribbons = Memo::new(move |_| {
        let (from, list) = ends.get();
        let Sight { rem, .. } = desk.sight.get();
        let cards = desk.sheet.with(|sheet| sheet.0.middles().iter().map(|y| list + y * rem).collect::<Vec<_>>());
        let place = Place { cards, from, width: width.get() };
        desk.mix.with(|mix| mix::ribbons(mix, &place))
    });
    let each = move || {
        let band = |ribbon: Ribbon| {
            let first = ribbon.tasks.first().cloned().unwrap_or_default();
            let (number, letter) = desk.colours.with_untracked(|order| share::colour(order, &first));
            let (merged, hatched) = (ribbon.tasks.len() > 1, letter.is_some());
            view! {
                <g data-testid=format!("ribbon-{first}") class="ribbon" class:never=ribbon.never class:merged=merged class:hatched=hatched
                    data-colour=number data-px=format!("{:.2}", ribbon.px)>
                    <path d=ribbon.path.clone()/>
                    {hatched.then(|| view! { <path class="ribbon-hatch" d=ribbon.path/> })}
                    <text x=ribbon.label_at.0 y=ribbon.label_at.1>{ribbon.label}</text>
                </g>
            }
        };
        ribbons.get().into_iter().map(band).collect_view()
    };
    view! {
        <div class="ribbons" node_ref=node aria-hidden="true">
            <svg width="100%" height="100%">
                <defs>
                    <pattern id="ribbon-hatching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <line x1="0" y1="0" x2="0" y2="6"/>
                    </pattern>
                </defs>
                {each}
            </svg>
        </div>
    }
}

/// The middle of the shown user type's card and the top of the list, from the top of the bands.
fn measure(desk: Desk, node: NodeRef<Div>) -> Option<(f64, f64)> {
    let top = node.try_get_untracked()??.get_bounding_client_rect().top();
    let list = desk.list.try_get_untracked()??.get_bounding_client_rect().top();
    let user = desk.user.try_get_untracked()??;
    let card = page::by_test_id(&format!("usertype-{user}"))?.get_bounding_client_rect();
    Some((card.top() + card.height() / 2.0 - top, list - top))
}
