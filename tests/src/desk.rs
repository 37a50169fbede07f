//! The whole app but its screen, at a desk: a model and its link on a line to a real host, with a clock that is turned by
//! hand. What a page's store does, in a loop that a test can read. Must not know what is right: that is for each test.

use std::time::Duration;

use tidemark_app_model::link::{Asked, Call, Link};
use tidemark_app_model::model::{Model, Moment};
use tidemark_app_model::{Effect, Msg, select, update};

use crate::converse::Line;

/// Nothing takes longer than this, or the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app without a screen.
pub struct Desk<L> {
    /// What it shows.
    pub model: Model,
    /// What the screen was asked to do and no line can: announcements, files to be kept, what was copied.
    pub done: Vec<Effect>,
    link: Link,
    line: L,
    now_ms: u64,
    timers: Vec<(u64, Msg)>,
}

impl<L: Line> Desk<L> {
    /// Opens the app at an address.
    ///
    /// # Panics
    /// Where the other side takes too long.
    pub async fn open(line: L, address: &str) -> Self {
        let mut link = Link::default();
        link.opened_at(address);
        let calls = link.hello();
        let (model, now_ms) = (Model::default(), 1_700_000_000_000);
        let mut desk = Self { model, done: Vec::new(), link, line, now_ms, timers: Vec::new() };
        desk.make(calls).await;
        desk
    }

    /// The line, as when the program is to be restarted.
    pub fn close(self) -> L {
        self.line
    }

    /// The line, for what goes past the app.
    pub fn line(&mut self) -> &mut L {
        &mut self.line
    }

    /// A person does something; all that it leads to at once is done.
    ///
    /// # Panics
    /// Where the other side takes too long.
    pub async fn send(&mut self, msg: Msg) {
        let effects = self.take(msg);
        self.run(effects).await;
    }

    /// Time passes; what was to happen in it happens, in order.
    ///
    /// # Panics
    /// Where the other side takes too long.
    pub async fn pass(&mut self, ms: u64) {
        let until = self.now_ms + ms;
        loop {
            let due = self.timers.iter().enumerate().filter(|(_, (at, _))| *at <= until).min_by_key(|(_, (at, _))| *at);
            let Some(at) = due.map(|(at, _)| at) else { break };
            let (at, msg) = self.timers.remove(at);
            self.now_ms = self.now_ms.max(at);
            self.send(msg).await;
        }
        self.now_ms = until;
    }

    /// Listens to what is told until the app shows what is wanted.
    ///
    /// # Panics
    /// Where that takes too long, or the line is cut.
    pub async fn until(&mut self, what: &str, mut shows: impl FnMut(&Model) -> bool) {
        let wait = async {
            while !shows(&self.model) {
                let told = self.line.event().await.expect("the line holds");
                let (msgs, calls) = self.link.told(told);
                self.take_in(msgs, calls).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, wait).await;
        assert!(came.is_ok(), "it never came to this: {what}");
    }

    /// The line was lost and is back.
    ///
    /// # Panics
    /// Where the other side takes too long.
    pub async fn reconnect(&mut self) {
        let msgs = self.link.lost();
        self.take_in(msgs, Vec::new()).await;
        let calls = self.link.again();
        self.make(calls).await;
    }

    /// The text of every notice.
    pub fn notices(&self) -> Vec<&str> {
        self.model.notices.iter().map(|notice| notice.text.as_str()).collect()
    }

    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.model, Msg::Now(Moment { ms: self.now_ms, ahead_minutes: 0 }));
        update(&mut self.model, msg)
    }

    async fn take_in(&mut self, msgs: Vec<Msg>, calls: Vec<Call>) {
        let mut effects = Vec::new();
        for msg in msgs {
            effects.extend(self.take(msg));
        }
        self.make(calls).await;
        self.run(effects).await;
    }

    async fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match self.link.ask(&effect) {
                Asked::Calls(calls) => Box::pin(self.make(calls)).await,
                Asked::Elsewhere => match effect {
                    Effect::After(ms, msg) => self.timers.push((self.now_ms + ms, *msg)),
                    Effect::Preview(scenario, seed, assumed) => {
                        let answer = select::preview::work_out(&scenario, seed, assumed, &mut |_| {});
                        let effects = self.take(Msg::Previewed(seed, answer));
                        Box::pin(self.run(effects)).await;
                    }
                    Effect::SetRoute(_) | Effect::Focus(_) => {}
                    other => self.done.push(other),
                },
            }
        }
    }

    async fn make(&mut self, calls: Vec<Call>) {
        for call in calls {
            let answer = tokio::time::timeout(PATIENCE, self.line.call(call.name, call.body)).await;
            let answer = answer.unwrap_or_else(|_| panic!("{} took too long", call.name));
            let (msgs, calls) = self.link.answered(call.tag, answer);
            Box::pin(self.take_in(msgs, calls)).await;
        }
    }
}
