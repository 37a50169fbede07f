//! The first calls, and those after the connection came back. Must not know files or runs.

use std::collections::BTreeSet;

use serde_json::Value;
use tidemark_core::wire::table::{Hello, ListHosts, ReadSettings, RunNow};
use tidemark_core::wire::target::{AllowedHosts, Greeting};
use tidemark_core::wire::{Command, Failure, Mark, SecretsLive};

use super::call::{About, Call, plain, reply};
use super::{Link, Turn, run};
use crate::model::{Capabilities, Tone};
use crate::msg::Msg;
use crate::route::Route;
use crate::text::link as say;

/// Who answers, and how far the start has come.
#[derive(Debug, Default)]
pub(super) struct Start {
    address: String,
    /// What is shown.
    pub(super) route: Route,
    greeting: Option<Greeting>,
    /// The number of the last event that was heard.
    pub(super) heard: u64,
    /// First calls that are not answered yet.
    open: usize,
    hosts: BTreeSet<String>,
    /// Why there was no greeting.
    refused: Option<Failure>,
    /// What to tell after the start.
    late: Turn,
}

impl Start {
    pub(super) fn opened_at(&mut self, address: &str) {
        self.address = address.to_owned();
        self.route = Route::parse(address);
    }

    pub(super) fn is_done(&self) -> bool {
        self.open == 0
    }

    pub(super) fn hello(&mut self) -> Vec<Call> {
        let calls = vec![
            Call::new(&Hello {}, About::Hello),
            Call::new(&ReadSettings {}, About::Settings),
            Call::new(&ListHosts {}, About::HostsAtStart),
            Call::new(&RunNow { run: None }, About::RunAtStart),
        ];
        self.open = calls.len();
        calls
    }

    pub(super) fn again(&mut self) -> Vec<Call> {
        vec![Call::new(&Hello {}, About::Again)]
    }

    pub(super) fn mark(&self) -> Option<Mark> {
        let instance = self.greeting.as_ref()?.instance.clone();
        Some(Mark { instance, number: self.heard })
    }
}

/// Takes the reply to one of these calls.
pub(super) fn answered(link: &mut Link, about: About, answer: Result<Value, Failure>) -> Turn {
    match about {
        About::Hello => match reply::<Hello>(answer) {
            Ok(greeting) => link.start.greeting = Some(greeting),
            Err(failure) => link.start.refused = Some(failure),
        },
        // Without settings or hosts it goes on as if nothing had been remembered.
        About::Settings => {
            if let Ok(settings) = reply::<ReadSettings>(answer) {
                link.settings.take(settings.settings);
            }
        }
        About::HostsAtStart => {
            if let Ok(hosts) = reply::<ListHosts>(answer) {
                link.start.hosts = names(hosts);
            }
        }
        About::RunAtStart => {
            if let Ok(found) = reply::<RunNow>(answer)
                && let Some(state) = found.state.filter(run::goes_on)
            {
                link.start.late = run::attach(link, state);
            }
        }
        About::Hosts => return hosts(reply::<ListHosts>(answer)),
        About::SettingsSaved => return saved(link, answer),
        About::Again => return again(link, reply::<Hello>(answer)),
        _ => return Turn::default(),
    }
    started(link)
}

/// Once everything is there, the app starts.
fn started(link: &mut Link) -> Turn {
    link.start.open = link.start.open.saturating_sub(1);
    if link.start.open > 0 {
        return Turn::default();
    }
    let start = &mut link.start;
    let can = start.greeting.as_ref().map(|greeting| can(greeting, &start.hosts)).unwrap_or_default();
    let mut msgs = vec![Msg::Started(Box::new(can), link.settings.chosen(), start.address.clone())];
    if let Some(failure) = start.refused.take() {
        msgs.push(Msg::Say(Tone::Bad, say::no_greeting(&plain(failure).text())));
    }
    let (late, calls) = std::mem::take(&mut start.late);
    msgs.extend(late);
    (msgs, calls)
}

fn can(greeting: &Greeting, hosts: &BTreeSet<String>) -> Capabilities {
    let can = greeting.capabilities;
    Capabilities {
        send: can.runs && can.tries,
        // Whoever makes no real load rehearses.
        practice: !can.runs,
        files: can.chosen_paths,
        keychain: can.secrets == SecretsLive::InKeychain,
        secrets: None,
        hosts: hosts.clone(),
        version: greeting.version.clone(),
        folder: greeting.folder.clone(),
        computer: greeting.computer.clone(),
        shop: can.shop,
    }
}

fn names(hosts: AllowedHosts) -> BTreeSet<String> {
    hosts.hosts.into_iter().map(|allowed| allowed.host).collect()
}

fn hosts(answer: Result<<ListHosts as Command>::Reply, Failure>) -> Turn {
    match answer {
        Ok(hosts) => (vec![Msg::HostsKnown(names(hosts))], Vec::new()),
        Err(failure) => (vec![Msg::Say(Tone::Bad, plain(failure).text())], Vec::new()),
    }
}

fn saved(link: &mut Link, answer: Result<Value, Failure>) -> Turn {
    let said = answer.err().map(|failure| Msg::Say(Tone::Warn, say::not_remembered(&plain(failure).text())));
    (said.into_iter().collect(), link.settings.saved())
}

/// The line is back: the same program goes on where it was; another one knows nothing of the run.
fn again(link: &mut Link, answer: Result<Greeting, Failure>) -> Turn {
    let Ok(greeting) = answer else { return Turn::default() };
    let same = link.start.greeting.as_ref().is_some_and(|before| before.instance == greeting.instance);
    link.start.greeting = Some(greeting);
    let mut msgs = vec![Msg::LineBack];
    if !same {
        link.start.heard = 0;
        msgs.extend(run::forgotten(link));
    }
    let (more, calls) = super::told::resync(link);
    msgs.extend(more);
    (msgs, calls)
}
