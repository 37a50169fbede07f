//! An answer to look at and to pick from: as a tree, as the pieces of a page, as it is, its headers, what was sent for it,
//! and what took how long. Must not read it, nor decide what a piece becomes.

mod pick;
mod raw;
mod sent;
mod tree;

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::model::Exchange;
use tidemark_app_model::select::answer::{self as select, Body, Mode, Reading, Shape, Spot};
use tidemark_app_model::text::panel as say;
use web_sys::HtmlElement;

use super::parts::{Choice, Picture, TabList, fresh_id};

/// A picked piece, and the element that it was picked at.
type Picked = Option<(Spot, HtmlElement)>;

/// One more way to look at the step, beside those of its answer.
#[derive(Clone)]
pub struct MoreTab {
    /// Its word for tests.
    pub word: &'static str,
    /// What it says.
    pub label: &'static str,
    /// What it shows.
    pub view: ViewFn,
}

/// The viewer. Pieces can be saved and checked where `step` names the step that they belong to.
#[component]
pub fn Answer(
    /// What was sent and came back.
    #[prop(into)]
    exchange: Signal<Option<Arc<Exchange>>>,
    /// The step's id; empty where nothing can be picked.
    #[prop(optional, into)]
    step: Signal<String>,
    /// What can be seen beside it.
    #[prop(optional)]
    more: Option<MoreTab>,
) -> impl IntoView {
    let reading = Memo::new(move |_| exchange.get().map(|found| Arc::new(select::read(&found))));
    let chosen = RwSignal::new(String::new());
    let shape = RwSignal::new(Shape::of(0));
    let picked: RwSignal<Picked, LocalStorage> = RwSignal::new_local(None);
    Effect::new(move |_| {
        shape.set(Shape::of(exchange.with(|found| found.as_ref().map_or(0, |found| found.answer_body.len()))));
        picked.set(None);
    });
    let modes = Memo::new(move |_| {
        let both = reading.get().zip(exchange.get());
        both.map(|(reading, exchange)| select::modes(&reading, &exchange)).unwrap_or_default()
    });
    let own = more.as_ref().map(|more| Choice::new(more.word, more.label));
    let choices = Signal::derive(move || {
        let modes = modes.get().into_iter().map(|mode| Choice::new(mode.word(), mode.label()));
        modes.chain(own.clone()).collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| {
        let all = choices.get();
        let wanted = chosen.with(|chosen| all.iter().any(|choice| choice.value == *chosen).then(|| chosen.clone()));
        wanted.or_else(|| all.first().map(|choice| choice.value.clone())).unwrap_or_default()
    });
    let mode = Memo::new(move |_| {
        let word = shown.get();
        modes.with(|modes| modes.iter().copied().find(|mode| mode.word() == word))
    });
    let panel = fresh_id();
    let more_view = more.map(|more| more.view);
    let body = move || match (mode.get(), exchange.get(), reading.get()) {
        (Some(mode), Some(exchange), Some(reading)) => part(mode, exchange, reading, shape, step, picked),
        _ => match &more_view {
            Some(view) => view.run().into_any(),
            None => ().into_any(),
        },
    };
    view! {
        <div class="answer" data-testid="answer-viewer">
            <div class="answer-head">
                <TabList label=say::VIEWS choices=choices value=shown panel=panel.clone() testid="answer-tab"
                    on_choose=move |word| chosen.set(word)/>
                <Show when=move || mode.get().is_some_and(Mode::has_find)>
                    <Find shape=shape/>
                </Show>
            </div>
            <div class="answer-body" role="tabpanel" id=panel aria-label=move || say::VIEWS>{body}</div>
            {move || picked.get().zip(exchange.get()).map(|((spot, at), exchange)| view! {
                <pick::Popover spot=spot at=at exchange=exchange step=step.get() on_close=move || picked.set(None)/>
            })}
        </div>
    }
}

/// What one way to look at an answer shows.
fn part(
    mode: Mode,
    exchange: Arc<Exchange>,
    reading: Arc<Reading>,
    shape: RwSignal<Shape>,
    step: Signal<String>,
    picked: RwSignal<Picked, LocalStorage>,
) -> AnyView {
    match mode {
        Mode::Pretty | Mode::Page | Mode::Headers => {
            let empty = mode == Mode::Headers && reading.body == Body::Empty;
            let nothing = matches!(&reading.body, Body::Page(found) if found.is_empty()) && mode == Mode::Page;
            view! {
                <Show when=move || empty><p class="muted answer-note">{say::EMPTY_BODY}</p></Show>
                <Show when=move || nothing><p class="muted answer-note">{say::NOTHING_ON_PAGE}</p></Show>
                <tree::Tree reading=reading.clone() mode=mode shape=shape on_pick=move |(spot, at)| picked.set(Some((spot, at)))/>
            }
            .into_any()
        }
        Mode::Raw => view! {
            <raw::Raw exchange=exchange shape=shape step=step on_pick=move |(spot, at)| picked.set(Some((spot, at)))/>
        }
        .into_any(),
        Mode::Sent => view! { <sent::Sent exchange=exchange/> }.into_any(),
        Mode::Timing => view! { <sent::Timing exchange=exchange/> }.into_any(),
    }
}

/// Where one types what is looked for.
#[component]
fn Find(shape: RwSignal<Shape>) -> impl IntoView {
    view! {
        <label class="answer-find">
            <Picture icon=icondata::LuSearch/>
            <span class="unseen">{say::FIND}</span>
            <input type="search" class="input" data-testid="answer-find" placeholder=say::FIND autocomplete="off" spellcheck="false"
                prop:value=move || shape.with(|shape| shape.find.clone())
                on:input=move |event| shape.update(|shape| { shape.find = event_target_value(&event); shape.most = Shape::PAGE; })/>
        </label>
    }
}
