//! What was pasted into the dialog, before anything is made of it: what it is, what comes in, and what can be done with it.
//! Must not make anything of it.

use tidemark_core::scenario::Request;

use crate::model::{Model, Tone};
use crate::paste::Pasted;
use crate::paste::look::{Seen, look};
use crate::text::paste as say;

/// So many requests are shown.
const MOST_SHOWN: usize = 8;

/// What is longer, in bytes, is not looked at: that is done with every key that is typed.
const LONGEST: usize = 1_000_000;

/// A request that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its method.
    pub method: String,
    /// Its address.
    pub address: String,
    /// "3 headers, JSON body".
    pub brings: String,
}

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// How much the words matter.
    pub tone: Tone,
    /// "Recognised: 3 requests, the first to shop.test"; empty while nothing is there.
    pub says: String,
    /// What to do, or what is in it.
    pub more: String,
    /// The first requests.
    pub lines: Vec<Line>,
    /// "and 4 more"; may be empty.
    pub rest: String,
    /// "3 come in as they are, 1 needs a look, 0 are left out."; empty where nothing is counted.
    pub counts: String,
    /// What means nothing here, and why things are left out.
    pub aside: Vec<String>,
    /// Why no new test can be made of it; empty if one can.
    pub new_not_now: String,
    /// Why it can't be added to the open test; empty if it can.
    pub add_not_now: String,
}

/// What a text would become.
pub fn import(text: &str) -> Import {
    let nothing = Import {
        tone: Tone::Info,
        says: String::new(),
        more: String::new(),
        lines: Vec::new(),
        rest: String::new(),
        counts: String::new(),
        aside: Vec::new(),
        new_not_now: String::new(),
        add_not_now: String::new(),
    };
    let refused = |says: String, more: &str, tone: Tone| Import {
        tone,
        says,
        more: more.to_owned(),
        new_not_now: say::NOT_THIS.to_owned(),
        add_not_now: say::NOT_THIS.to_owned(),
        ..nothing.clone()
    };
    if text.len() > LONGEST {
        return refused(say::LONG_TEXT.to_owned(), say::LONG_TEXT_WAY, Tone::Warn);
    }
    match look(text) {
        Seen::Nothing => Import {
            new_not_now: say::PASTE_FIRST.to_owned(),
            add_not_now: say::PASTE_FIRST.to_owned(),
            ..nothing.clone()
        },
        Seen::Requests(pasted) => of_requests(&pasted, nothing.clone()),
        Seen::Steps(count) => Import { tone: Tone::Good, says: say::steps(count), ..nothing.clone() },
        Seen::Test(whole) => Import {
            tone: Tone::Good,
            says: say::test(&whole),
            more: say::inside(&whole),
            aside: (whole.mistakes > 0).then(|| say::mistakes(whole.mistakes)).into_iter().collect(),
            add_not_now: say::TEST_STAYS_WHOLE.to_owned(),
            ..nothing.clone()
        },
        Seen::Newer(found) => Import {
            tone: Tone::Warn,
            says: say::newer(found),
            more: say::NEWER_WAY.to_owned(),
            add_not_now: say::TEST_STAYS_WHOLE.to_owned(),
            ..nothing.clone()
        },
        Seen::Other(tool, count) => refused(say::other(tool, count), say::other_way(tool), Tone::Warn),
        Seen::Damaged(at) => refused(say::damaged(&at), "", Tone::Warn),
        Seen::Unknown(why) => refused(why, say::TRY_THIS, Tone::Warn),
    }
}

fn of_requests(pasted: &Pasted, nothing: Import) -> Import {
    let count = pasted.requests.len();
    let options = (!pasted.unknown.is_empty()).then(|| say::aside(&pasted.unknown));
    Import {
        tone: Tone::Good,
        says: say::requests(count, &pasted.host),
        lines: pasted.requests.iter().take(MOST_SHOWN).map(line).collect(),
        rest: if count > MOST_SHOWN { say::and_more(count - MOST_SHOWN) } else { String::new() },
        counts: if pasted.is_command {
            say::counts(count - pasted.odd, pasted.odd, pasted.left_out.len())
        } else {
            String::new()
        },
        aside: options.into_iter().chain(pasted.left_out.iter().cloned()).collect(),
        ..nothing
    }
}

fn line(request: &Request) -> Line {
    Line { method: request.method.to_string(), address: request.url.clone(), brings: say::brings(request) }
}

/// Whether there is a test that something can be added to.
pub fn in_test(model: &Model) -> bool {
    model.test.as_ref().is_some_and(|test| !test.read_only) && model.tab().is_some()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{LONGEST, import};
    use crate::text::paste as say;

    #[test]
    fn what_is_too_long_to_be_looked_at_with_every_key_says_so() {
        let long = import(&"x".repeat(LONGEST + 1));
        assert_eq!((long.says.as_str(), long.new_not_now.is_empty()), (say::LONG_TEXT, false));
        assert_eq!(import("curl https://shop.test/a").new_not_now, "");
    }
}
