//! What is said about something pasted.

use tidemark_core::scenario::{Body, Request};
use tidemark_core::units::grouped;

use crate::paste::Pasted;
use crate::paste::look::{Tool, Whole};

/// The clipboard was empty.
pub const NOTHING: &str = "There is nothing to paste.";
/// Far too much.
pub const TOO_LONG: &str = "This is too long for a request.";
/// Neither cURL nor an address.
pub const NOT_KNOWN: &str = "This is neither a cURL command nor a web address.";
/// A command without an address.
pub const NO_ADDRESS: &str = "This cURL command has no address.";

/// An address that makes no sense.
pub fn bad_address(address: &str) -> String {
    format!("{} is not a web address.", tidemark_core::problem::short(address))
}

/// "Recognised: POST to api.shop.test, 3 headers, JSON body."
pub fn summary(pasted: &Pasted) -> String {
    let mut text = match &pasted.requests[..] {
        [one] => {
            let text = format!("Recognised: {} to {}", one.method, pasted.host);
            let more = brings(one);
            if more.is_empty() { text } else { format!("{text}, {more}") }
        }
        many => format!("Recognised: {} requests, the first to {}", many.len(), pasted.host),
    };
    text.push('.');
    if !pasted.left_out.is_empty() {
        text += &format!(" {}", left_out(pasted.left_out.len()));
    }
    if !pasted.unknown.is_empty() {
        text += &format!(" Left aside: {}.", pasted.unknown.join(", "));
    }
    text
}

/// "3 headers, JSON body": what a request brings along; may be nothing.
pub fn brings(request: &Request) -> String {
    let headers = match request.headers.0.len() {
        0 => String::new(),
        1 => "1 header".to_owned(),
        more => format!("{more} headers"),
    };
    let body = match &request.body {
        Body::Json(_) => "JSON body",
        Body::Form(_) => "form fields",
        Body::Text(_) => "text body",
        Body::File(_) => "body from a file",
        Body::Multipart(_) => "form with parts",
        Body::Nothing => "",
    };
    [headers.as_str(), body].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// JSON that is no test.
pub const OTHER_JSON: &str = "This is JSON, but not a test of Tidemark.";
/// Nothing was pasted yet.
pub const PASTE_FIRST: &str = "Paste something first.";
/// What was pasted can't come in.
pub const NOT_THIS: &str = "What stands above cannot come in.";
/// A whole test does not go into another.
pub const TEST_STAYS_WHOLE: &str = "A whole test is opened as a test of its own.";

/// "1 left out."
fn left_out(count: usize) -> String {
    format!("{count} left out.")
}

/// "Recognised: 3 requests to shop.test"
pub fn requests(count: usize, host: &str) -> String {
    if count == 1 {
        format!("Recognised: 1 request to {host}")
    } else {
        format!("Recognised: {count} requests, the first to {host}")
    }
}

/// "Recognised: 3 copied steps"
pub fn steps(count: usize) -> String {
    if count == 1 { "Recognised: 1 copied step".to_owned() } else { format!("Recognised: {count} copied steps") }
}

fn some(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(count as u64)) }
}

/// "Recognised: the test Shop"
pub fn test(whole: &Whole) -> String {
    if whole.name.trim().is_empty() {
        "Recognised: a test of Tidemark".to_owned()
    } else {
        format!("Recognised: the test {}", whole.name)
    }
}

/// "2 user types, 5 tasks, 12 requests"
pub fn inside(whole: &Whole) -> String {
    let parts = [
        some(whole.users, "user type", "user types"),
        some(whole.tasks, "task", "tasks"),
        some(whole.requests, "request", "requests"),
    ];
    parts.join(", ")
}

/// "3 come in as they are, 1 needs a look, 0 are left out."
pub fn counts(fine: usize, odd: usize, out: usize) -> String {
    let fine = if fine == 1 {
        "1 comes in as it is".to_owned()
    } else {
        format!("{} come in as they are", grouped(fine as u64))
    };
    let odd = if odd == 1 { "1 needs a look".to_owned() } else { format!("{odd} need a look") };
    let out = if out == 1 { "1 is left out".to_owned() } else { format!("{out} are left out") };
    format!("{fine}, {odd}, {out}.")
}

/// "Left aside, as they mean nothing here: --proxy, --cert."
pub fn aside(options: &[String]) -> String {
    format!("Left aside, as they mean nothing here: {}.", options.join(", "))
}

/// "and 4 more"
pub fn and_more(count: usize) -> String {
    format!("and {} more", grouped(count as u64))
}

/// "3 things in it were not understood and are kept as they are."
pub fn mistakes(count: usize) -> String {
    match count {
        1 => "One thing in it was not understood and is kept as it is.".to_owned(),
        _ => format!("{count} things in it were not understood and are kept as they are."),
    }
}

/// "a browser recording (HAR)": what files of a tool are called.
fn kind_of(tool: Tool) -> &'static str {
    match tool {
        Tool::Har => "a browser recording (HAR)",
        Tool::OpenApi => "a description of an API (OpenAPI)",
        Tool::Postman => "a Postman collection",
        Tool::Jmeter => "a JMeter test plan",
        Tool::Locust => "a locustfile",
        Tool::K6 => "a k6 script",
    }
}

/// "Recognised: a browser recording (HAR) with 214 requests"
pub fn other(tool: Tool, count: Option<usize>) -> String {
    match count {
        Some(count) => format!("Recognised: {} with {}", kind_of(tool), some(count, "request", "requests")),
        None => format!("Recognised: {}", kind_of(tool)),
    }
}

/// That such files are not read yet, and what to do in their place.
pub fn other_way(tool: Tool) -> &'static str {
    match tool {
        Tool::Har => {
            "Tidemark cannot read these yet. In the browser's network list, choose Copy all as cURL and paste it here."
        }
        Tool::OpenApi => "Tidemark cannot read these yet. Type an address from it here, or paste a request as cURL.",
        Tool::Postman => {
            "Tidemark cannot read these yet. In Postman, open the code of a request, choose cURL and paste it here."
        }
        Tool::Jmeter | Tool::Locust | Tool::K6 => {
            "Tidemark cannot read these yet. Paste its requests as cURL, or type their addresses here."
        }
    }
}

/// The same about a file.
pub fn other_file(name: &str, tool: Tool, count: Option<usize>) -> String {
    let what = match count {
        Some(count) => format!("{} with {}", kind_of(tool), some(count, "request", "requests")),
        None => kind_of(tool).to_owned(),
    };
    format!("{name} is {what}. {}", other_way(tool))
}

/// A test of a newer version.
pub fn newer(found: u64) -> String {
    format!("Recognised: a test of a newer Tidemark (format {found})")
}

/// What to do about it.
pub const NEWER_WAY: &str = "It can be looked at, but not changed or run. Get the newer Tidemark to work on it.";

/// Broken JSON.
pub fn damaged(at: &str) -> String {
    format!("This starts like a test, but is broken. {} Paste all of it, or mend that line.", super::sentence(at))
}
/// What can be pasted.
pub const TRY_THIS: &str = "Paste a cURL command, a web address, or the text of a test.";
/// What was pasted is too long to be looked at while one types.
pub const LONG_TEXT: &str = "This is too long to be read here.";
/// What to do then.
pub const LONG_TEXT_WAY: &str = "Put it into a file and open that.";
