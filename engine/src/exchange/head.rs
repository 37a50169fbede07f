//! Writes a request's bytes, and refuses what would not be one request. Must not know how bytes are sent.

use tidemark_core::traffic::{Draft, Kind, Trouble};

const AGENT: &str = concat!("User-Agent: tidemark/", env!("CARGO_PKG_VERSION"), "\r\n");
/// What is offered where the draft says `compressed`.
pub(super) const CODINGS: &str = "gzip, deflate, br, zstd";

/// Which headers, of those the sender may add, the draft brings itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) host: bool,
    pub(super) agent: bool,
    pub(super) accept: bool,
    pub(super) codings: bool,
    pub(super) cookie: bool,
    pub(super) length: bool,
    /// It asks for the connection to be closed.
    pub(super) close: bool,
}

/// Checks that a draft is exactly one well-formed request, and says which headers it brings.
pub(super) fn check(draft: &Draft) -> Result<Given, Trouble> {
    let method = draft.method.as_bytes();
    if method.is_empty() || !method.iter().all(|byte| is_token(*byte)) {
        return Err(bad(format!("the method {:?} is not a word", draft.method)));
    }
    if draft.host.is_empty() || !draft.host.bytes().all(is_host) {
        return Err(bad(format!("the host {:?} is not a name or address", draft.host)));
    }
    if draft.port == 0 {
        return Err(bad("the port 0 can't be reached"));
    }
    check_target(draft)?;
    check_headers(&draft.headers)
}

fn check_target(draft: &Draft) -> Result<(), Trouble> {
    // The path itself is not shown: it may hold a secret.
    // All bytes are looked at, as that is faster than stopping at the first that is odd, of which there is hardly ever one.
    let is_plain = draft.target.bytes().fold(true, |plain, byte| plain & byte.is_ascii_graphic());
    if !is_plain && let Some(odd) = draft.target.chars().find(|letter| !letter.is_ascii_graphic()) {
        return Err(bad(format!("the path has the character {odd:?}, which must be percent-encoded")));
    }
    if !draft.target.starts_with('/') && draft.target != "*" {
        return Err(bad("the path does not start with /"));
    }
    Ok(())
}

/// Every line `name: value\r\n`, without any other control character.
fn check_headers(mut lines: &[u8]) -> Result<Given, Trouble> {
    let mut given = Given::default();
    while !lines.is_empty() {
        let end = lines.iter().position(|byte| matches!(byte, b'\r' | b'\n' | 0)).unwrap_or(lines.len());
        let line = &lines[..end];
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let (name, value) = (&line[..colon], line.get(colon + 1..).unwrap_or_default());
        let whole = lines[end..].starts_with(b"\r\n") && !name.is_empty() && name.iter().all(|byte| is_token(*byte));
        if !whole || value.iter().any(|byte| (*byte < 0x20 && *byte != b'\t') || *byte == 0x7f) {
            let name = String::from_utf8_lossy(name);
            return Err(bad(format!(
                "the header {name:?} has a line break or another character that no header may have"
            )));
        }
        note(&mut given, name, value)?;
        lines = &lines[end + 2..];
    }
    Ok(given)
}

fn note(given: &mut Given, name: &[u8], value: &[u8]) -> Result<(), Trouble> {
    let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
    match name.len() {
        4 if is("host") => given.host = true,
        6 if is("accept") => given.accept = true,
        6 if is("cookie") => given.cookie = true,
        10 if is("user-agent") => given.agent = true,
        10 if is("connection") => given.close |= value.trim_ascii().eq_ignore_ascii_case(b"close"),
        14 if is("content-length") => given.length = true,
        15 if is("accept-encoding") => given.codings = true,
        17 if is("transfer-encoding") => {
            return Err(bad("the header Transfer-Encoding can't be set: bodies are sent with their length"));
        }
        _ => {}
    }
    Ok(())
}

/// What is known of drafts that recur.
#[derive(Default)]
pub(super) struct Forms(Vec<Option<Form>>);

struct Form {
    given: Given,
    /// As [`put_usual`] writes them.
    lines: Vec<u8>,
}

impl Forms {
    /// As [`check`]; of drafts that recur, all but the path is looked at once.
    pub(super) fn check(&mut self, draft: &Draft) -> Result<Given, Trouble> {
        let Some(number) = draft.recurs else { return check(draft) };
        let at = number as usize;
        if let Some(Some(form)) = self.0.get(at) {
            return check_target(draft).map(|()| form.given);
        }
        let given = check(draft)?;
        let mut lines = Vec::new();
        put_usual(&mut lines, draft, given);
        if self.0.len() <= at {
            self.0.resize_with(at + 1, || None);
        }
        self.0[at] = Some(Form { given, lines });
        Ok(given)
    }

    fn lines(&self, draft: &Draft) -> Option<&[u8]> {
        let form = self.0.get(draft.recurs? as usize)?.as_ref();
        form.map(|form| &*form.lines)
    }
}

/// Writes the head (with its empty line) behind whatever `out` holds.
pub(super) fn write(out: &mut Vec<u8>, draft: &Draft, given: Given, cookie: Option<&str>, forms: &Forms) {
    for part in [&draft.method, " ", &draft.target] {
        out.extend_from_slice(part.as_bytes());
    }
    match forms.lines(draft) {
        Some(lines) => out.extend_from_slice(lines),
        None => put_usual(out, draft, given),
    }
    match cookie {
        Some(jar) if given.cookie => merge_cookie(out, &draft.headers, jar),
        Some(jar) => {
            out.extend_from_slice(&draft.headers);
            put_line(out, "Cookie", jar);
        }
        None => out.extend_from_slice(&draft.headers),
    }
    if let (Some(body), false) = (&draft.body, given.length) {
        out.extend_from_slice(b"Content-Length: ");
        out.extend_from_slice(itoa::Buffer::new().format(body.len()).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"\r\n");
}

/// The rest of the first line and what comes before the draft's own lines.
fn put_usual(out: &mut Vec<u8>, draft: &Draft, given: Given) {
    out.extend_from_slice(b" HTTP/1.1\r\n");
    if !given.host {
        out.extend_from_slice(b"Host: ");
        put_authority(out, draft);
        out.extend_from_slice(b"\r\n");
    }
    put_defaults(out, draft, given);
}

/// The lines every request has unless the draft brings its own: who asks, and what is understood.
pub(super) fn put_defaults(out: &mut Vec<u8>, draft: &Draft, given: Given) {
    if !given.agent {
        out.extend_from_slice(AGENT.as_bytes());
    }
    if !given.accept {
        out.extend_from_slice(b"Accept: */*\r\n");
    }
    if draft.compressed && !given.codings {
        put_line(out, "Accept-Encoding", CODINGS);
    }
}

fn put_line(out: &mut Vec<u8>, name: &str, value: &str) {
    for part in [name, ": ", value, "\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// [`Draft::authority`] without an allocation.
fn put_authority(out: &mut Vec<u8>, draft: &Draft) {
    let ipv6 = draft.host.contains(':');
    if ipv6 {
        out.push(b'[');
    }
    out.extend_from_slice(draft.host.as_bytes());
    if ipv6 {
        out.push(b']');
    }
    if draft.port != if draft.secure { 443 } else { 80 } {
        out.push(b':');
        out.extend_from_slice(itoa::Buffer::new().format(draft.port).as_bytes());
    }
}

/// Copies header lines, with the jar's cookies added to the draft's own Cookie line; the draft's win by name.
pub(super) fn merge_cookie(out: &mut Vec<u8>, lines: &[u8], jar: &str) {
    let mut merged = false;
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        if merged || line.len() < 7 || !line[..7].eq_ignore_ascii_case(b"cookie:") {
            out.extend_from_slice(line);
            continue;
        }
        merged = true;
        let own = String::from_utf8_lossy(line[7..].trim_ascii()).into_owned();
        let name_of = |pair: &str| pair.split('=').next().unwrap_or_default().trim().to_owned();
        let names: Vec<String> = own.split(';').map(name_of).collect();
        let more = jar.split("; ").filter(|pair| !names.contains(&name_of(pair)));
        let all: Vec<&str> =
            std::iter::once(own.trim_end_matches(';')).filter(|own| !own.is_empty()).chain(more).collect();
        put_line(out, "Cookie", &all.join("; "));
    }
}

/// Whether a header (its name in lower case) is about an HTTP/1.1 connection: elsewhere it is forbidden or means nothing.
pub(super) fn is_of_http1(name: &[u8]) -> bool {
    matches!(name, b"connection" | b"upgrade" | b"te" | b"keep-alive" | b"proxy-connection")
}

/// The headers of a draft with those that are added, without those about an HTTP/1.1 connection; names in lower case.
pub(super) fn fields(draft: &Draft, given: Given, cookie: Option<&str>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut lines = Vec::with_capacity(draft.headers.len() + 128);
    put_defaults(&mut lines, draft, given);
    match cookie {
        Some(jar) if given.cookie => merge_cookie(&mut lines, &draft.headers, jar),
        _ => lines.extend_from_slice(&draft.headers),
    }
    if let (Some(jar), false) = (cookie, given.cookie) {
        put_line(&mut lines, "cookie", jar);
    }
    let split = |line: &[u8]| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        Some((line[..colon].to_ascii_lowercase(), line[colon + 1..].trim_ascii().to_vec()))
    };
    lines.split(|byte| *byte == b'\n').filter_map(split).filter(|(name, _)| !is_of_http1(name)).collect()
}

/// Copies header lines without those whose name (lower case) is listed.
pub(super) fn without(lines: &[u8], names: &[&str]) -> Vec<u8> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        if !names.iter().any(|out| name.eq_ignore_ascii_case(out.as_bytes())) {
            out.extend_from_slice(line);
        }
    }
    out
}

/// Letters, digits and some more, as a table: every byte of every header goes through it.
const fn letters_and(more: &[u8]) -> [bool; 256] {
    let (mut table, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < more.len() {
        table[more[at] as usize] = true;
        at += 1;
    }
    table
}

pub(super) fn is_token(byte: u8) -> bool {
    const TABLE: [bool; 256] = letters_and(b"!#$%&'*+-.^_`|~");
    TABLE[usize::from(byte)]
}

fn is_host(byte: u8) -> bool {
    const TABLE: [bool; 256] = letters_and(b"-._:%~");
    TABLE[usize::from(byte)]
}

pub(super) fn bad(words: impl Into<String>) -> Trouble {
    Trouble::new(Kind::BadRequest, words)
}
