//! What is watched beside the load. Must not look at anything itself.

use super::{Build, requests};
use crate::plan::parts::{Fill, WatchAt, WatchPlan};
use crate::problem::short;
use crate::scenario::{SignIn, Watch};
use crate::watch::{MOST_SOURCES, Page};

/// The longest time between two looks, in seconds.
const LONGEST: f64 = 60.0;

/// What to do about a watch that says nothing.
const HOW: &str = "give \"metrics\": \"http://127.0.0.1:9100/metrics\", or \"process\" with the number of a process";

/// What is wrong with a watch: the key, what it is, and how to mend it.
pub type Wrong = (Option<&'static str>, String, &'static str);

/// What is wrong with a watch by itself.
pub fn wrong(watch: &Watch) -> Option<Wrong> {
    let address = watch.metrics.trim();
    match (address.is_empty(), watch.process) {
        (true, None) => return Some((None, "nothing is said to be watched".to_owned(), HOW)),
        (false, Some(_)) => {
            return Some((None, "both a page and a process are to be watched".to_owned(), "make two of it"));
        }
        (true, Some(0)) => {
            return Some((
                Some("process"),
                "0 is no process".to_owned(),
                "give the number that `ps` or the task manager shows",
            ));
        }
        _ => {}
    }
    if !address.is_empty() && !address.starts_with('/') && requests::base_url(address).is_none() {
        let message = format!("\"{}\" is not a web address", short(address));
        return Some((
            Some("metrics"),
            message,
            "write it like http://127.0.0.1:9100/metrics, or /metrics for the target's own",
        ));
    }
    if let (Some(SignIn::ApiKey(key)), true) = (&watch.sign_in, watch.process.is_none())
        && key.header.is_empty()
    {
        return Some((
            Some("sign_in"),
            "a key for a page goes in a header".to_owned(),
            "add \"header\", or write it into the address",
        ));
    }
    if let Some(series) = watch.series.iter().find(|text| !Page::is_choice(text)) {
        let message = format!("\"{}\" chooses no series", short(series));
        return Some((
            Some("series"),
            message,
            "write it like queue_length, http_* or http_requests_total{code=\"500\"}",
        ));
    }
    let every = watch.every.map_or(1.0, |every| every.secs());
    let whole = (1.0..=LONGEST).contains(&every) && every.fract() == 0.0;
    (!whole).then(|| (Some("every"), "it can't be asked so often".to_owned(), "give whole seconds from 1s to 1min"))
}

impl Build<'_> {
    /// Everything that is watched of the chosen target, and what was asked for beside it.
    pub(super) fn watch(&mut self) -> Vec<WatchPlan> {
        let own = std::mem::take(&mut self.target.watch);
        let all: Vec<Watch> = own.into_iter().chain(self.inputs.watch.clone()).filter(|watch| !watch.off).collect();
        if all.len() > MOST_SOURCES {
            let message = format!("{} things are to be watched, and {MOST_SOURCES} can be", all.len());
            self.stop("bad-watch", message, "take some out");
        }
        let mut plans: Vec<WatchPlan> = Vec::new();
        for watch in all {
            match wrong(&watch) {
                Some((_, message, hint)) => self.stop("bad-watch", message, hint),
                None => plans.extend(self.watched(&watch)),
            }
        }
        plans
    }

    /// The header lines of a page's sign-in. Nobody is there whose values could stand in it.
    fn watch_headers(&mut self, watch: &Watch) -> Option<String> {
        let mut pieces = Vec::new();
        self.sign_in(watch.sign_in.as_ref(), &mut pieces);
        let lines = Fill(pieces).known();
        if lines.is_none() {
            let message = "the sign-in of what is watched has a value that is not known before people come";
            self.stop("bad-watch", message, "use a secret or a fixed value, such as \"{{token}}\"");
        }
        lines
    }

    fn watched(&mut self, watch: &Watch) -> Option<WatchPlan> {
        let every = watch.every.map_or(1, |every| every.secs() as u32);
        if let Some(process) = watch.process {
            let name = if watch.name.is_empty() { format!("process {process}") } else { watch.name.clone() };
            return Some(WatchPlan { name, every, at: WatchAt::Process(process) });
        }
        let url = match watch.metrics.trim() {
            own if own.starts_with('/') => self.base.as_ref()?.join(own).ok()?,
            whole => requests::base_url(whole)?,
        };
        self.note_host(&url);
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let own = watch.metrics.trim().starts_with('/');
        let name = match (watch.name.is_empty(), own) {
            (true, true) => url.path().to_owned(),
            // Whole, so that a host is seen to be one where hosts are to be hidden. A query may hold a key.
            (true, false) => url[..url::Position::AfterPath].to_owned(),
            (false, _) => watch.name.clone(),
        };
        let headers = self.watch_headers(watch)?;
        let at = WatchAt::Page {
            headers,
            secure: url.scheme() == "https",
            host,
            port: url.port_or_known_default()?,
            path: url[url::Position::BeforePath..url::Position::AfterQuery].to_owned(),
            series: watch.series.clone(),
        };
        Some(WatchPlan { name, every, at })
    }
}
