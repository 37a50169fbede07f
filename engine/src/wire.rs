//! The seam to the network: a person's line goes through the exchange, or in tests through a pretend server in virtual time.

use tidemark_core::traffic::{Draft, Reply};

use crate::exchange::{Arrivals, Exchange, Session};

/// What a worker's people send through.
pub(crate) enum Wire {
    /// The network.
    Net(Box<Exchange>),
    /// A pretend server.
    #[cfg(test)]
    Fake(fake::Fake),
}

/// One person's connections and cookies.
#[cfg_attr(test, expect(clippy::large_enum_variant, reason = "outside tests there is only one"))]
pub(crate) enum Line {
    /// On the network.
    Net(Session),
    /// To the pretend server.
    #[cfg(test)]
    Fake,
}

impl Wire {
    pub(crate) fn line(&self) -> Line {
        match self {
            Self::Net(exchange) => Line::Net(exchange.session()),
            #[cfg(test)]
            Self::Fake(_) => Line::Fake,
        }
    }

    pub(crate) fn open_connections(&self) -> u64 {
        match self {
            Self::Net(exchange) => exchange.open_connections() as u64,
            #[cfg(test)]
            Self::Fake(_) => 0,
        }
    }

    /// What is known of when answers arrived since the last call.
    pub(crate) fn take_arrivals(&self) -> Arrivals {
        match self {
            Self::Net(exchange) => exchange.take_arrivals(),
            #[cfg(test)]
            Self::Fake(_) => Arrivals::default(),
        }
    }

    /// When something last happened on the network that should go on at once, in microseconds.
    pub(crate) fn hurried_us(&self) -> u64 {
        match self {
            Self::Net(exchange) => exchange.hurried_us(),
            #[cfg(test)]
            Self::Fake(_) => 0,
        }
    }

    pub(crate) async fn send(&self, line: &Line, draft: &Draft, reply: &mut Reply) {
        match (self, line) {
            (Self::Net(exchange), Line::Net(session)) => exchange.send(session, draft, reply).await,
            #[cfg(test)]
            (Self::Fake(fake), _) => fake.send(draft, reply).await,
            #[cfg(test)]
            (Self::Net(_), Line::Fake) => unreachable!("a line comes from its own wire"),
        }
    }
}

impl Line {
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        match self {
            Self::Net(session) => session.cookie(name),
            #[cfg(test)]
            Self::Fake => None,
        }
    }

    /// Closes connections that carry no request; how many.
    pub(crate) fn give_back(&self) -> u64 {
        match self {
            Self::Net(session) => session.give_back() as u64,
            #[cfg(test)]
            Self::Fake => 0,
        }
    }

    /// Whether what is sent from now on leaves together with what others send.
    pub(crate) fn leave_together(&self, together: bool) {
        match self {
            Self::Net(session) => session.leave_together(together),
            #[cfg(test)]
            Self::Fake => {}
        }
    }

    /// Hands the open connections to the next person, without the cookies.
    pub(crate) fn forget_person(&self) {
        match self {
            Self::Net(session) => session.forget_cookies(),
            #[cfg(test)]
            Self::Fake => {}
        }
    }
}

#[cfg(test)]
pub(crate) mod fake {
    use std::cell::RefCell;
    use std::time::Duration;

    use tidemark_core::traffic::{Draft, Reply, Timing};

    use crate::clock::Clock;

    /// Answers `200` after a time of its own choosing, and remembers when each request came.
    pub(crate) struct Fake {
        pub(crate) clock: Clock,
        /// Latency in microseconds by when a request comes.
        pub(crate) latency: Box<dyn Fn(u64) -> u64>,
        pub(crate) seen: RefCell<Vec<(u64, String)>>,
    }

    impl Fake {
        pub(crate) async fn send(&self, draft: &Draft, reply: &mut Reply) {
            reply.clear();
            let sent_us = self.clock.now_us();
            self.seen.borrow_mut().push((sent_us, draft.target.clone()));
            tokio::time::sleep(Duration::from_micros((self.latency)(sent_us))).await;
            let done_us = self.clock.now_us();
            reply.timing = Timing { sent_us, first_byte_us: Some(done_us), done_us, ..Timing::default() };
            reply.answer.status = 200;
            reply.bytes_in = 100;
            reply.bytes_out = 50;
        }
    }
}
