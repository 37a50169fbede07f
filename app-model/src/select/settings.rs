//! Settings as they are shown: what can be chosen, what is wrong with what was typed, and what is told about the program.
//! Must not change them.

use crate::model::{Feed, Model, Settings};
use crate::text::settings as say;
use crate::typed::read_count;

/// The most that a limit can be.
const MOST: u32 = 1_000_000;

/// The themes: word and label.
pub const THEMES: [(&str, &str); 4] =
    [("system", say::SYSTEM), ("light", say::LIGHT), ("dark", say::DARK), ("contrast", say::CONTRAST)];

/// Text sizes in percent.
pub const SIZES: [u32; 4] = [100, 112, 125, 150];

/// A limit for hosts that are not this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// People at once.
    People,
    /// New people a second.
    PerSecond,
}

impl Limit {
    /// What it is now.
    pub fn of(self, settings: &Settings) -> u32 {
        match self {
            Self::People => settings.most_people,
            Self::PerSecond => settings.most_per_second,
        }
    }

    fn usual(self) -> u32 {
        self.of(&Settings::default())
    }
}

/// Whether the app has a window of its own, which can be closed while a run goes on.
pub fn in_window(model: &Model) -> bool {
    model.can.files
}

/// Whether a limit may be as high as this: more than usual needs a reason.
pub fn may_be(settings: &Settings, most: u32, usual: u32) -> bool {
    (1..=MOST).contains(&most) && (most <= usual || !settings.why_more.trim().is_empty())
}

/// Whether a limit is higher than usual.
pub fn is_raised(settings: &Settings) -> bool {
    [Limit::People, Limit::PerSecond].iter().any(|limit| limit.of(settings) > limit.usual())
}

/// The limit that was typed, or what is wrong with it.
///
/// # Errors
/// It is no such number, or more than usual without a reason.
pub fn typed(settings: &Settings, limit: Limit, text: &str) -> Result<u32, &'static str> {
    let most = read_count(text).and_then(|most| u32::try_from(most).ok());
    let most = most.filter(|most| (1..=MOST).contains(most)).ok_or(say::NOT_A_LIMIT)?;
    if may_be(settings, most, limit.usual()) { Ok(most) } else { Err(say::WHY_NEEDED) }
}

/// What is wrong with a reason that was typed; nothing if it can be taken.
pub fn bad_reason(settings: &Settings, text: &str) -> Option<&'static str> {
    (text.trim().is_empty() && is_raised(settings)).then_some(say::WHY_KEPT)
}

/// A field of who is told of every second: its name and a hint.
pub fn feed_words(feed: Feed) -> (&'static str, &'static str) {
    match feed {
        Feed::Influx => (say::INFLUX, say::INFLUX_HINT),
        Feed::Otlp => (say::OTLP, say::OTLP_HINT),
        Feed::RemoteWrite => (say::REMOTE_WRITE, say::REMOTE_WRITE_HINT),
        Feed::Prometheus => (say::ASKED, say::ASKED_HINT),
        Feed::Lines => (say::LINES, say::LINES_HINT),
    }
}

/// What is wrong with what was typed there; nothing if it can be taken. Nobody is fine.
pub fn bad_feed(feed: Feed, text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match feed {
        Feed::Influx | Feed::Otlp | Feed::RemoteWrite => bad_address(text),
        Feed::Prometheus => text.parse::<std::net::SocketAddr>().is_err().then_some(say::NOT_TO_ASK),
        Feed::Lines => None,
    }
}

/// What is wrong with an address to post to. Settings are a plain file, so no secret may stand in it.
fn bad_address(text: &str) -> Option<&'static str> {
    let host = text.split_once("://").map(|(_, rest)| rest).filter(|rest| !rest.starts_with('/'));
    let url = host.filter(|_| !text.contains(char::is_whitespace)).and_then(|_| url::Url::parse(text).ok());
    let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) else {
        return Some(say::NOT_TO_POST);
    };
    let secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        // The first two are InfluxDB's.
        matches!(name.as_str(), "u" | "p" | "key" | "auth" | "pwd")
            || ["token", "pass", "secret", "apikey", "api_key", "api-key"].iter().any(|word| name.contains(word))
    };
    let signs_in = !url.username().is_empty() || url.password().is_some();
    (signs_in || url.query_pairs().any(|(name, _)| secret(&name))).then_some(say::SECRET_IN_ADDRESS)
}

/// Whether a file of every second is written.
pub fn writes_lines(settings: &Settings) -> bool {
    settings.feeds.get(&Feed::Lines).is_some_and(|on| on == "true")
}

/// What is told about the program: name and value.
pub fn about(model: &Model) -> Vec<(&'static str, String)> {
    let can = &model.can;
    let sends = match (can.send, can.practice) {
        (true, _) => say::SENDS_HERE,
        (false, true) => say::SENDS_PRACTICE,
        (false, false) => say::SENDS_NOT,
    };
    let secrets = if can.keychain { say::SECRETS_KEYCHAIN } else { say::SECRETS_SESSION };
    let folder = if can.folder.is_empty() { say::IN_BROWSER } else { &can.folder };
    let rows = [
        (say::VERSION, can.version.as_str()),
        (say::COMPUTER, &can.computer),
        (say::SENDS, sends),
        (say::FOLDER, folder),
        (say::SAVED, say::SAVED_HOW),
        (say::SECRETS, secrets),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn who_is_told_of_every_second_is_an_address_or_nobody() {
        for (feed, text, wanted) in [
            (Feed::Influx, "", None),
            (Feed::Influx, "http://127.0.0.1:8086/write?db=load", None),
            (Feed::Otlp, " https://collector.example/v1/metrics ", None),
            (Feed::Otlp, "127.0.0.1:4318", Some(say::NOT_TO_POST)),
            (Feed::RemoteWrite, "http:///write", Some(say::NOT_TO_POST)),
            (Feed::RemoteWrite, "http://a b/write", Some(say::NOT_TO_POST)),
            (Feed::Otlp, "http://127.0.0.1:99999/v1/metrics", Some(say::NOT_TO_POST)),
            (Feed::Influx, "ftp://127.0.0.1/write", Some(say::NOT_TO_POST)),
            (Feed::Influx, "http://ada:tide@127.0.0.1:8086/write", Some(say::SECRET_IN_ADDRESS)),
            (Feed::Influx, "http://127.0.0.1:8086/write?db=load&u=ada&p=tide", Some(say::SECRET_IN_ADDRESS)),
            (Feed::RemoteWrite, "http://127.0.0.1:9090/write?Access_Token=1", Some(say::SECRET_IN_ADDRESS)),
            (Feed::Prometheus, "[::1]:9464", None),
            (Feed::Prometheus, "9464", Some(say::NOT_TO_ASK)),
            (Feed::Lines, "true", None),
        ] {
            assert_eq!(bad_feed(feed, text), wanted, "{feed:?} {text}");
        }
    }

    #[test]
    fn a_limit_is_raised_with_a_reason_only() {
        let mut settings = Settings::default();
        for (text, wanted) in [
            ("500", Ok(500)),
            ("1", Ok(1)),
            ("0", Err(say::NOT_A_LIMIT)),
            ("many", Err(say::NOT_A_LIMIT)),
            ("2,000,000", Err(say::NOT_A_LIMIT)),
            ("501", Err(say::WHY_NEEDED)),
        ] {
            assert_eq!(typed(&settings, Limit::People, text), wanted, "{text}");
        }
        assert_eq!(typed(&settings, Limit::PerSecond, "2 000"), Ok(2_000));
        assert_eq!(bad_reason(&settings, ""), None);
        settings.why_more = "The owner agreed.".to_owned();
        assert_eq!(typed(&settings, Limit::People, "5,000"), Ok(5_000));
        settings.most_people = 5_000;
        assert_eq!(bad_reason(&settings, "  "), Some(say::WHY_KEPT));
    }
}
