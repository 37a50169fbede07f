//! One person, one pass, everything shown: the trial that a tester makes before a run. Bounded in requests and time.
//! The same plan, person and network path as a run's; only pauses may be skipped. Must not know secrets: whoever shows
//! the events scrubs them.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use tidemark_core::plan::{Lack, Left, Next, Person, Plan, RequestId, Slice, Supply, World};
use tidemark_core::stats::{End, NameId};
use tidemark_core::traffic::{Draft, Reply, Timing, Trouble};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::exchange::{Exchange, Session};
use crate::guard::Guard;
use crate::run::StartError;
use crate::samples::{answer_whole, request_text};

/// The most requests of a trial.
pub const MOST_REQUESTS: u32 = 200;
/// The longest trial.
pub const LONGEST: Duration = Duration::from_secs(60);
/// The longest trial that waits for a word before each request.
pub const LONGEST_BY_HAND: Duration = Duration::from_secs(600);
/// An answer's body is told up to here.
const LONGEST_BODY: usize = 2 << 20;
/// Once answers of so many bytes were told, only the starts of others are.
const MOST_BYTES: usize = 16 << 20;
/// So much of them.
const SHORT_BODY: usize = 64 << 10;

/// What a trial needs.
#[derive(Debug, Clone)]
pub struct Trial {
    /// What is to be done.
    pub plan: Arc<Plan>,
    /// Index of the user type.
    pub user_type: usize,
    /// Indices of the tasks to do, in order; each of the user type's once if empty.
    pub tasks: Vec<usize>,
    /// Whether pauses are skipped.
    pub skip_pauses: bool,
    /// Whether each request waits for a word.
    pub by_hand: bool,
    /// The row of each data table that the person gets, from 0; the first if `None`.
    pub row: Option<u64>,
    /// Hosts beyond this computer that the operator allowed by name.
    pub allowed: Vec<String>,
    /// The wall clock now, in microseconds since 1970, for made-up dates.
    pub started_wall_us: i64,
}

/// What happens in a trial. Texts are not yet scrubbed of secrets.
#[derive(Debug, Clone, PartialEq)]
pub enum TryEvent {
    /// A request waits for a word.
    Held {
        /// Microseconds since the start.
        at_us: u64,
        /// Which request.
        request: RequestId,
    },
    /// A request went out.
    Sent {
        /// Microseconds since the start.
        at_us: u64,
        /// Which request.
        request: RequestId,
        /// Method and address.
        line: String,
        /// All of it as text.
        text: String,
    },
    /// It came to its end.
    Answered(Box<Answered>),
    /// A request could not be built.
    NotSent {
        /// Microseconds since the start.
        at_us: u64,
        /// Which request.
        request: RequestId,
        /// Why.
        trouble: Trouble,
    },
    /// The person waited, or would have.
    Waited {
        /// Microseconds since the start.
        at_us: u64,
        /// How long.
        length_us: u64,
        /// Whether it was skipped.
        skipped: bool,
    },
    /// A group or task came to its end.
    Measured {
        /// Its line in the results.
        name: NameId,
        /// How long it took, pauses left out.
        length_us: u64,
        /// Whether something in it failed.
        failed: bool,
    },
    /// A check that stands alone was not true.
    CheckFailed {
        /// The line of its task.
        name: NameId,
        /// Why.
        trouble: Trouble,
    },
    /// The trial is over.
    Left(Ending),
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Which request.
    pub request: RequestId,
    /// Status; 0 where there was no answer.
    pub status: u16,
    /// When things happened.
    pub timing: Timing,
    /// Why it counts as failed.
    pub trouble: Option<Trouble>,
    /// Redirects that were followed.
    pub hops: u8,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes of the whole body, unpacked.
    pub body_len: u64,
    /// The answer as text, its body perhaps cut.
    pub text: String,
    /// Saved values that changed: name and new value, `None` where it is missing now.
    pub values: Vec<(String, Option<String>)>,
}

/// How a trial ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The person did everything, or was removed.
    Left(Left),
    /// The most requests were sent.
    TooManyRequests,
    /// The longest time had passed.
    TooLong,
}

/// A trial under way.
#[derive(Debug)]
pub struct UnderWay {
    /// What happens, as it happens; the last is [`TryEvent::Left`]. Dropping it ends the trial before the next request.
    pub events: UnboundedReceiver<TryEvent>,
    /// Each word lets one request go that waits for it.
    pub go: UnboundedSender<()>,
}

/// Starts a trial on a thread of its own.
///
/// # Errors
/// As for [`crate::run::start`].
pub fn try_one(trial: Trial) -> Result<UnderWay, StartError> {
    let clock = Clock::start_at(Instant::now());
    let guard = Arc::new(Guard::new(trial.allowed.iter().cloned()));
    Exchange::new(clock, &trial.plan.network, guard.clone()).map_err(|trouble| StartError::Network(trouble.detail))?;
    let (out, events) = unbounded_channel();
    let (go, words) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StartError::Thread(error.to_string()))?;
    let body = move || {
        LocalSet::new().block_on(&runtime, async move {
            let Ok(exchange) = Exchange::new(clock, &trial.plan.network, guard) else { return };
            let supply = match trial.row {
                Some(row) => Supply::from_row(&trial.plan, row),
                None => Supply::new(&trial.plan, Slice::WHOLE),
            };
            let (out, words) = (out.clone(), Mutex::new(words));
            let pass = Pass { trial: &trial, supply, clock, exchange, out: out.clone(), words, told: Cell::new(0) };
            let longest = if trial.by_hand { LONGEST_BY_HAND } else { LONGEST };
            let ending = tokio::time::timeout(longest, pass.walk()).await.unwrap_or(Ending::TooLong);
            let _ = out.send(TryEvent::Left(ending));
        });
    };
    std::thread::Builder::new()
        .name("trial".to_owned())
        .spawn(body)
        .map_err(|error| StartError::Thread(error.to_string()))?;
    Ok(UnderWay { events, go })
}

struct Pass<'a> {
    trial: &'a Trial,
    supply: Supply,
    clock: Clock,
    exchange: Exchange,
    out: UnboundedSender<TryEvent>,
    words: Mutex<UnboundedReceiver<()>>,
    /// Bytes of answers that were told.
    told: Cell<usize>,
}

impl Pass<'_> {
    fn plan(&self) -> &Plan {
        &self.trial.plan
    }

    fn world(&self, skipped_us: u64) -> World<'_> {
        let now_us = self.clock.now_us() + skipped_us;
        World { supply: &self.supply, now_us, started_wall_us: self.trial.started_wall_us }
    }

    fn tell(&self, event: TryEvent) {
        let _ = self.out.send(event);
    }

    async fn walk(&self) -> Ending {
        let plan = self.plan();
        let tasks = match self.trial.tasks.as_slice() {
            [] => (0..plan.types.get(self.trial.user_type).map_or(0, |kind| kind.tasks.len())).collect(),
            some => some.to_vec(),
        };
        let mut person = Person::new(plan, self.trial.user_type, self.supply.person(), 0, 0).doing(&tasks);
        let session = self.exchange.session();
        let (mut sent, mut skipped_us) = (0, 0);
        loop {
            if self.out.is_closed() {
                return Ending::TooManyRequests;
            }
            match person.next(plan, &self.world(skipped_us)) {
                Next::Send(..) if sent == MOST_REQUESTS => return Ending::TooManyRequests,
                Next::Send(request, _) => {
                    sent += 1;
                    self.held(request).await;
                    self.request(&mut person, &session, request, skipped_us).await;
                }
                Next::SendAll(requests, ..) => {
                    for request in requests.iter() {
                        if sent == MOST_REQUESTS {
                            return Ending::TooManyRequests;
                        }
                        sent += 1;
                        self.held(*request).await;
                        self.request(&mut person, &session, *request, skipped_us).await;
                    }
                }
                Next::Wait(wait) => {
                    let at_us = self.clock.now_us();
                    let length_us = wait.until_us.saturating_sub(at_us + skipped_us);
                    let skipped = self.trial.skip_pauses;
                    self.tell(TryEvent::Waited { at_us, length_us, skipped });
                    match skipped {
                        true => skipped_us += length_us,
                        false => tokio::time::sleep(Duration::from_micros(length_us)).await,
                    }
                    // Even where every pause is skipped, the time limit must get its turn.
                    tokio::task::yield_now().await;
                }
                Next::Measured(outcome) => self.tell(TryEvent::Measured {
                    name: outcome.name,
                    length_us: outcome.timing.done_us.saturating_sub(outcome.sent_us),
                    failed: outcome.end != End::Ok,
                }),
                Next::CheckFailed(name, trouble) => self.tell(TryEvent::CheckFailed { name, trouble }),
                Next::Leave(left) => return Ending::Left(left),
            }
        }
    }

    /// Waits for a word where requests do; or until nobody listens any more.
    async fn held(&self, request: RequestId) {
        if self.trial.by_hand {
            self.tell(TryEvent::Held { at_us: self.clock.now_us(), request });
            let mut words = self.words.lock().await;
            tokio::select! {
                _ = words.recv() => {}
                () = self.out.closed() => {}
            }
        }
    }

    async fn request(&self, person: &mut Person, session: &Session, id: RequestId, skipped_us: u64) {
        let (mut draft, mut reply) = (Draft::default(), Reply::default());
        if self.out.is_closed() {
            return; // nobody wants to know any more, so nothing more is sent
        }
        let before = person.memory.slots.clone();
        if let Err(lack) = person.draft(self.plan(), &self.world(skipped_us), id, &mut draft) {
            self.not_sent(person, id, &lack);
            return;
        }
        // A trial shows every answer whole.
        draft.body_wanted = true;
        let line = format!("{} {}", draft.method, draft.url());
        self.tell(TryEvent::Sent { at_us: self.clock.now_us(), request: id, line, text: request_text(&draft) });
        self.exchange.send(session, &draft, &mut reply).await;
        let judged = person.judge(self.plan(), &self.world(skipped_us), id, &reply, &|name| session.cookie(name));
        let now =
            (0..=u16::MAX).zip(&self.plan().slots).map(|(slot, name)| (slot, name, person.memory.slots.get(slot)));
        let values = now
            .filter(|(slot, _, now)| *now != before.get(*slot))
            .map(|(_, name, now)| (name.clone(), (!now.is_missing()).then(|| now.as_text().into_owned())))
            .collect();
        self.tell(TryEvent::Answered(Box::new(Answered {
            request: id,
            status: reply.answer.status,
            timing: reply.timing,
            trouble: judged.trouble,
            hops: reply.hops,
            bytes_in: reply.bytes_in,
            body_len: reply.answer.body_len.max(reply.answer.body.len() as u64),
            text: self.answer(&reply),
            values,
        })));
    }

    /// An answer as it is told.
    fn answer(&self, reply: &Reply) -> String {
        let most = if self.told.get() < MOST_BYTES { LONGEST_BODY } else { SHORT_BODY };
        let text = answer_whole(reply, most);
        self.told.set(self.told.get() + text.len());
        text
    }

    fn not_sent(&self, person: &mut Person, request: RequestId, lack: &Lack) {
        let trouble = lack.trouble();
        person.lacked(self.plan(), request, lack);
        self.tell(TryEvent::NotSent { at_us: self.clock.now_us(), request, trouble });
    }
}
