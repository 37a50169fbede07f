//! What takes long, done beside the screen's thread: a worker that runs this same program, so that the screen stays quick
//! and the work can be given up at once. Where there can be no worker, the page does it itself. Must not know the model.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tidemark_app_model::select::shell::Estimate;
use tidemark_core::preview::Preview;
use tidemark_core::problem::Problem;
use tidemark_core::scenario::{self, Scenario};
use tidemark_core::units::Span;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use crate::later::{self, Missing, Reckon};
use crate::page;

#[wasm_bindgen]
extern "C" {
    type Worker;
    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, options: &JsValue) -> Result<Worker, JsValue>;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Worker, message: &JsValue);
    #[wasm_bindgen(method)]
    fn terminate(this: &Worker);
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn hear(this: &Worker, handler: &js_sys::Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn hear_trouble(this: &Worker, handler: &js_sys::Function);

    /// What a worker has in the place of a window.
    type Scope;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Scope, message: &JsValue);
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn hear(this: &Scope, handler: &js_sys::Function);
}

/// What the worker is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ask {
    number: u64,
    what: What,
    /// The scenario as text.
    text: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum What {
    Preview { seed: u64, assumed_us: u64 },
    Estimate,
}

/// Rows of each data table, by name.
type Rows = Vec<(String, Option<u64>)>;

/// What it says.
#[derive(Debug, Serialize, Deserialize)]
enum Say {
    /// It hears from now on.
    Ready,
    /// So much of a preview is done.
    Done(u64, f64),
    /// A preview; none where problems stop it, which the page finds faster than they travel.
    Preview(u64, Option<Box<Preview>>),
    /// An estimate: requests, and rows of each data table.
    Estimate(u64, Option<(u64, Rows)>),
    /// It lacks the part of the program that works.
    Unable,
}

/// What comes of a preview.
pub type Answer = Result<Box<Preview>, Vec<Problem>>;

/// Who waits for an answer.
enum Waits {
    Preview { seed: u64, assumed: Span, scenario: Arc<Scenario>, told: Rc<dyn Fn(f64)>, done: Rc<dyn Fn(Answer)> },
    Estimate { scenario: Arc<Scenario>, done: Rc<dyn Fn(Option<Estimate>)> },
}

/// The place where work is handed in.
#[derive(Clone, Default)]
pub struct Bench(Rc<RefCell<Inside>>);

#[derive(Default)]
struct Inside {
    worker: Option<Hand>,
    /// There can be no worker here.
    alone: bool,
    next: u64,
    waiting: BTreeMap<u64, Waits>,
}

/// A worker, and what hears it.
struct Hand {
    worker: Worker,
    ready: bool,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _trouble: Closure<dyn Fn()>,
}

impl Bench {
    /// Works out a preview. `told` hears how much is done.
    pub fn preview(
        &self,
        scenario: Arc<Scenario>,
        seed: u64,
        assumed: Span,
        told: impl Fn(f64) + 'static,
        done: impl Fn(Answer) + 'static,
    ) {
        self.hand_in(Waits::Preview { seed, assumed, scenario, told: Rc::new(told), done: Rc::new(done) });
    }

    /// Works out what a run takes, about.
    pub fn estimate(&self, scenario: Arc<Scenario>, done: impl Fn(Option<Estimate>) + 'static) {
        // Only the newest counts.
        self.0.borrow_mut().waiting.retain(|_, waits| !matches!(waits, Waits::Estimate { .. }));
        self.hand_in(Waits::Estimate { scenario, done: Rc::new(done) });
    }

    /// Gives up all previews, at once. Estimates that are waited for begin again.
    pub fn stop(&self) {
        let mut inside = self.0.borrow_mut();
        inside.waiting.retain(|_, waits| matches!(waits, Waits::Estimate { .. }));
        if let Some(hand) = inside.worker.take() {
            hand.worker.terminate();
        }
        let again = !inside.waiting.is_empty();
        drop(inside);
        if again {
            self.employ();
        }
    }

    fn hand_in(&self, waits: Waits) {
        let mut inside = self.0.borrow_mut();
        inside.next += 1;
        let number = inside.next;
        inside.waiting.insert(number, waits);
        let (employed, alone) = (inside.worker.is_some(), inside.alone);
        if inside.worker.as_ref().is_some_and(|hand| hand.ready) {
            inside.ask(number);
        }
        drop(inside);
        if !employed && !alone {
            self.employ();
        }
        if self.0.borrow().alone {
            self.do_it_here();
        }
    }

    /// Starts a worker; what waits is asked once it hears.
    fn employ(&self) {
        let heard = {
            let bench = self.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| bench.heard(&event))
        };
        let trouble = {
            let bench = self.clone();
            Closure::<dyn Fn()>::new(move || bench.fails())
        };
        let options = js_sys::Object::new();
        // Fails only for what is no object.
        let _ = js_sys::Reflect::set(&options, &"type".into(), &"module".into());
        let made = page::start_script().and_then(|url| Worker::new(&url, &options).ok());
        match made {
            Some(worker) => {
                worker.hear(heard.as_ref().unchecked_ref());
                worker.hear_trouble(trouble.as_ref().unchecked_ref());
                let hand = Hand { worker, ready: false, _heard: heard, _trouble: trouble };
                self.0.borrow_mut().worker = Some(hand);
            }
            None => self.fails(),
        }
    }

    /// There can be no worker: the page does what waits.
    fn fails(&self) {
        let mut inside = self.0.borrow_mut();
        inside.alone = true;
        // Its closures may be on the stack just now, so they go later.
        let hand = inside.worker.take();
        drop(inside);
        page::after(0, move || drop(hand));
        self.do_it_here();
    }

    fn heard(&self, event: &MessageEvent) {
        let Some(text) = event.data().as_string() else { return };
        let Ok(said) = serde_json::from_slice::<Say>(text.as_bytes()) else { return };
        match said {
            Say::Ready => {
                let mut inside = self.0.borrow_mut();
                if let Some(hand) = &mut inside.worker {
                    hand.ready = true;
                }
                let numbers: Vec<u64> = inside.waiting.keys().copied().collect();
                numbers.into_iter().for_each(|number| inside.ask(number));
            }
            Say::Done(number, share) => {
                let told = match self.0.borrow().waiting.get(&number) {
                    Some(Waits::Preview { told, .. }) => Some(told.clone()),
                    _ => None,
                };
                if let Some(told) = told {
                    told(share);
                }
            }
            Say::Preview(number, preview) => {
                let waits = self.0.borrow_mut().waiting.remove(&number);
                match (preview, waits) {
                    (Some(preview), Some(Waits::Preview { done, .. })) => done(Ok(preview)),
                    (None, Some(waits)) => spawn_local(do_here(waits)),
                    _ => {}
                }
            }
            Say::Estimate(number, requests) => {
                let waits = self.0.borrow_mut().waiting.remove(&number);
                if let Some(Waits::Estimate { done, .. }) = waits {
                    done(requests.map(|(requests, rows)| Estimate { requests, rows }));
                }
            }
            Say::Unable => self.fails(),
        }
    }

    /// After the next frame, so that the screen can say that it is working.
    fn do_it_here(&self) {
        let bench = self.clone();
        page::after(16, move || {
            let waiting = std::mem::take(&mut bench.0.borrow_mut().waiting);
            waiting.into_values().for_each(|waits| spawn_local(do_here(waits)));
        });
    }
}

/// Does on the page what nobody else does.
async fn do_here(waits: Waits) {
    match waits {
        Waits::Preview { seed, assumed, scenario, done, .. } => {
            let made = later::preview(Reckon { scenario, seed, assumed, told: Box::new(|_| {}) }).await;
            // The screen that asked is in the same part, so there is nobody to tell where it is missing.
            made.into_iter().for_each(|answer| done(answer));
        }
        Waits::Estimate { scenario, done } => done(later::estimate(scenario).await.unwrap_or_default()),
    }
}

impl Inside {
    fn ask(&self, number: u64) {
        let (Some(hand), Some(waits)) = (&self.worker, self.waiting.get(&number)) else { return };
        let (what, scenario) = match waits {
            Waits::Preview { seed, assumed, scenario, .. } => {
                (What::Preview { seed: *seed, assumed_us: assumed.us() }, scenario)
            }
            Waits::Estimate { scenario, .. } => (What::Estimate, scenario),
        };
        let ask = Ask { number, what, text: scenario::write(scenario) };
        hand.worker.post(&written(&ask));
    }
}

fn written(message: &impl Serialize) -> JsValue {
    serde_json::to_string(message).unwrap_or_default().into()
}

/// Whether this is a worker and no page.
pub fn is_worker() -> bool {
    web_sys::window().is_none()
}

/// The worker's whole life: it answers, one after the other.
pub fn serve() {
    let scope: Scope = js_sys::global().unchecked_into();
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let ask = event.data().as_string().and_then(|text| serde_json::from_slice::<Ask>(text.as_bytes()).ok());
        if let Some(ask) = ask {
            spawn_local(answer(ask));
        }
    });
    scope.hear(heard.as_ref().unchecked_ref());
    // It hears as long as the worker is there.
    heard.forget();
    scope.post(&written(&Say::Ready));
}

async fn answer(ask: Ask) {
    let scope: Scope = js_sys::global().unchecked_into();
    let said = answered(&ask).await.unwrap_or(Say::Unable);
    scope.post(&written(&said));
}

async fn answered(ask: &Ask) -> Result<Say, Missing> {
    let read = scenario::read(&ask.text).ok().map(|(scenario, _)| Arc::new(scenario));
    Ok(match (ask.what, read) {
        (What::Estimate, None) => Say::Estimate(ask.number, None),
        (What::Preview { .. }, None) => Say::Preview(ask.number, None),
        (What::Estimate, Some(scenario)) => {
            let found = later::estimate(scenario).await?;
            Say::Estimate(ask.number, found.map(|found| (found.requests, found.rows)))
        }
        (What::Preview { seed, assumed_us }, Some(scenario)) => {
            let told = Box::new(teller(ask.number));
            let made = later::preview(Reckon { scenario, seed, assumed: Span::from_us(assumed_us), told }).await?;
            Say::Preview(ask.number, made.ok())
        }
    })
}

/// Says how much is done, at each percent.
fn teller(number: u64) -> impl FnMut(f64) {
    let scope: Scope = js_sys::global().unchecked_into();
    let mut last = 0;
    move |share| {
        let percent = (share * 100.0) as u32;
        if percent > last {
            last = percent;
            scope.post(&written(&Say::Done(number, share)));
        }
    }
}
