//! Before a run: does anything answer at the target at all? Connects, TLS included, sends nothing and hangs up.
//!
//! So a wrong address is told in a sentence, and not by a thousand failures. Must not know what the run will do.

use std::sync::Arc;

use tidemark_core::plan::Plan;
use tidemark_core::traffic::{Draft, Kind, Trouble};
use tidemark_engine::clock::Clock;
use tidemark_engine::exchange::Exchange;
use tidemark_engine::guard::Guard;

use crate::failure::{Code, Failure};

/// Connects to the plan's target once. Behind a proxy nothing is tried.
///
/// # Errors
/// Nothing listens there, its name or its certificate is wrong, or this computer can't use what it was given.
pub async fn probe(plan: &Plan, allowed: &[String]) -> Result<(), Failure> {
    if plan.network.proxy.is_some() {
        return Ok(());
    }
    let Some(draft) = draft(plan) else { return Ok(()) };
    let guard = Arc::new(Guard::new(allowed.to_vec()));
    let exchange = Exchange::new(Clock::start_at(tokio::time::Instant::now()), &plan.network, guard)
        .map_err(|trouble| failure(&draft, &trouble))?;
    exchange.reach(&draft).await.map_err(|trouble| failure(&draft, &trouble))
}

/// A request to the target that is never sent; `None` where the target's address is none.
fn draft(plan: &Plan) -> Option<Draft> {
    let (host, port) = plan.hosts.first()?.clone();
    let secure = plan.target.url.trim_start().to_ascii_lowercase().starts_with("https:");
    Some(Draft { secure, host, port, target: "/".to_owned(), ..Draft::default() })
}

/// A host whose name leads nowhere.
pub(crate) fn name_not_found(host: &str) -> Failure {
    Failure::new(
        Code::Unreachable,
        format!("The name {host} could not be found."),
        "Maybe a typing mistake, or this computer is offline. Check the address.",
    )
}

/// Trouble on the way to the target, as a person would say it: what happened, why probably, what to do.
pub fn failure(draft: &Draft, trouble: &Trouble) -> Failure {
    let at = format!(
        "{}:{}",
        if draft.host.contains(':') { format!("[{}]", draft.host) } else { draft.host.clone() },
        draft.port
    );
    let (message, hint) = match trouble.kind {
        Kind::Refused => (
            format!("Nothing is listening at {at}."),
            "The app is not started, or the port is different. Check the address.".to_owned(),
        ),
        Kind::NameNotFound => return name_not_found(&draft.host),
        Kind::ConnectTimeout | Kind::AnswerTimeout => (
            format!("No connection to {at} in time."),
            "The server is busy, or the address can't be reached from here. Check the address and the network."
                .to_owned(),
        ),
        Kind::Tls => {
            let why = trouble.detail.trim_end_matches('.');
            let hint = match why.contains("certificate") {
                true => {
                    "Ask whoever runs it. For a certificate of your own, name its authority under \"tls\" of the target."
                }
                false => "Maybe it expects http instead of https.",
            };
            (format!("The secure connection to {at} could not be made: {why}."), hint.to_owned())
        }
        Kind::Reset => (
            format!("{at} closed the connection at once."),
            "Maybe it expects https instead of http, or the other way round.".to_owned(),
        ),
        Kind::HostBlocked => {
            return Failure::new(Code::Refused, sentence(&trouble.detail), "Test only what you may test.");
        }
        _ => (
            format!("{at} can't be reached: {}.", trouble.detail.trim_end_matches('.')),
            "Check the address.".to_owned(),
        ),
    };
    Failure::new(Code::Unreachable, message, hint)
}

/// With a capital letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests;
