//! What goes out and what comes back: one request ready to send, its answer, its timing, and what went wrong.
//!
//! These are the values between a person's steps and the network. Must not know how anything is sent.

use crate::units::Span;

/// Which HTTP version to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum HttpVersion {
    /// HTTP/2 where TLS negotiates it (ALPN), else HTTP/1.1.
    #[default]
    Auto,
    /// HTTP/1.1 only.
    Http1,
    /// HTTP/2 only; without TLS by prior knowledge.
    Http2,
}

/// One request, ready to be sent. Its buffers are reused from request to request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The method in capitals, such as `GET`.
    pub method: String,
    /// TLS or not.
    pub secure: bool,
    /// Host name or address in lower case; an IPv6 address without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path and query, percent-encoded, starting with `/`.
    pub target: String,
    /// Header lines, each `name: value\r\n`. Without Host, Content-Length, Cookie, Accept-Encoding and Connection,
    /// which the sender adds where they are not among these lines.
    pub headers: Vec<u8>,
    /// The body; `None` sends no Content-Length.
    pub body: Option<Vec<u8>>,
    /// Whether to offer gzip, deflate, br and zstd.
    pub compressed: bool,
    /// Which HTTP version to use.
    pub version: HttpVersion,
    /// How many redirects to follow; 0 returns the redirect as the answer.
    pub redirects: u8,
    /// From the send until the last byte of the answer, redirects included.
    pub time_limit: Span,
    /// Whether a step looks at the body. If not, it is counted and thrown away (the first 64 KiB are kept where the
    /// status is 400 or above, for the failure samples).
    pub body_wanted: bool,
    /// Where all but `target` and `body` is the same in every draft of this plan that has this number: the number. What was
    /// found out about one of them is then true of the others.
    pub recurs: Option<u32>,
}

impl Draft {
    /// The whole address, as shown in samples and errors.
    pub fn url(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority(), self.target)
    }

    /// Host and port as they stand in an address: brackets around IPv6, the usual port left out.
    pub fn authority(&self) -> String {
        let usual = if self.secure { 443 } else { 80 };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}

/// When things happened to one request, in microseconds on the run's clock (0 is the start of the run).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timing {
    /// The request was handed to the connection (before connecting, where a new connection was needed).
    pub sent_us: u64,
    /// How long name resolution and connecting took; `None` where a connection was reused.
    pub connect_us: Option<u32>,
    /// How long the TLS handshake took; `None` where there was none.
    pub tls_us: Option<u32>,
    /// The first byte of the (last) answer arrived; `None` where none did.
    pub first_byte_us: Option<u64>,
    /// The last byte arrived, or the request was given up.
    pub done_us: u64,
}

/// Header lines as raw bytes: `name: value\r\n`, names in any case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(pub Vec<u8>);

impl Headers {
    /// Adds a line.
    pub fn push(&mut self, name: &[u8], value: &[u8]) {
        self.0.extend_from_slice(name);
        self.0.extend_from_slice(b": ");
        self.0.extend_from_slice(value);
        self.0.extend_from_slice(b"\r\n");
    }

    /// Names and values in order, values trimmed; bytes that are not UTF-8 are replaced.
    pub fn iter(&self) -> impl Iterator<Item = (&str, std::borrow::Cow<'_, str>)> {
        self.0.split(|byte| *byte == b'\n').filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = std::str::from_utf8(&line[..colon]).ok()?;
            Some((name.trim(), text(line[colon + 1..].trim_ascii())))
        })
    }

    /// The first value under `name`, whatever its case.
    pub fn get(&self, name: &str) -> Option<std::borrow::Cow<'_, str>> {
        let (lines, mut start) = (&*self.0, 0);
        let ends = memchr::memchr_iter(b'\n', lines).chain(std::iter::once(lines.len()));
        ends.into_iter().find_map(|end| {
            let line = &lines[std::mem::replace(&mut start, end + 1)..end];
            let (word, rest) = line.split_at_checked(name.len())?;
            let value = rest.trim_ascii_start().strip_prefix(b":")?;
            let same = word.eq_ignore_ascii_case(name.as_bytes());
            same.then(|| text(value.trim_ascii()))
        })
    }
}

/// As text, which it nearly always is.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), std::borrow::Cow::Borrowed)
}

/// An answer as it came (decompressed).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Status code; 0 while there is no answer.
    pub status: u16,
    /// Header lines.
    pub headers: Headers,
    /// The decompressed body where it was wanted, else empty or its beginning.
    pub body: Vec<u8>,
    /// The length of the decompressed body where it was wanted, else of the body as transferred.
    pub body_len: u64,
}

/// Why there is no proper answer, or why one counts as failed. The words in files and reports are [`Kind::word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The answer's status was not among the expected ones.
    Status,
    /// A check was not true.
    CheckFailed,
    /// A value to be saved or used was missing.
    ValueMissing,
    /// Nothing listens there.
    Refused,
    /// The connection was closed or reset before the answer was complete.
    Reset,
    /// The host's name could not be resolved.
    NameNotFound,
    /// The secure connection could not be made.
    Tls,
    /// No connection within the limit.
    ConnectTimeout,
    /// No complete answer within the time limit.
    AnswerTimeout,
    /// More redirects than allowed.
    TooManyRedirects,
    /// The answer was not proper HTTP, or its compression was broken.
    Malformed,
    /// A data table had no rows left.
    RowsRanOut,
    /// The host is not on the list of allowed hosts.
    HostBlocked,
    /// This computer has no free port or file handle left: the generator's limit, not the target's.
    NoRoom,
    /// The request could not be built: an address or header that makes no sense once its values were filled in.
    BadRequest,
    /// The run ended at once while the request was under way. Counted apart, never as a failure.
    Cut,
}

impl Kind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 16] = [
        Self::Status,
        Self::CheckFailed,
        Self::ValueMissing,
        Self::Refused,
        Self::Reset,
        Self::NameNotFound,
        Self::Tls,
        Self::ConnectTimeout,
        Self::AnswerTimeout,
        Self::TooManyRedirects,
        Self::Malformed,
        Self::RowsRanOut,
        Self::HostBlocked,
        Self::NoRoom,
        Self::BadRequest,
        Self::Cut,
    ];

    /// The stable word in result files and exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::CheckFailed => "check-failed",
            Self::ValueMissing => "value-missing",
            Self::Refused => "refused",
            Self::Reset => "reset",
            Self::NameNotFound => "name-not-found",
            Self::Tls => "tls",
            Self::ConnectTimeout => "connect-timeout",
            Self::AnswerTimeout => "answer-timeout",
            Self::TooManyRedirects => "too-many-redirects",
            Self::Malformed => "malformed",
            Self::RowsRanOut => "rows-ran-out",
            Self::HostBlocked => "host-blocked",
            Self::NoRoom => "no-room",
            Self::BadRequest => "bad-request",
            Self::Cut => "cut",
        }
    }

    /// The kind behind a word of [`Kind::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A kind with its particulars, such as `503` or `expected "Thank you", found "Sorry"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What kind of trouble.
    pub kind: Kind,
    /// One line for people; may hold the target's words, never a secret.
    pub detail: String,
}

impl Trouble {
    /// A trouble of `kind` with `detail`.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

/// What became of one request on the network. Its buffers are reused from request to request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The answer; meaningful where `trouble` is `None`.
    pub answer: Answer,
    /// Why there is no answer.
    pub trouble: Option<Trouble>,
    /// When things happened.
    pub timing: Timing,
    /// Bytes written to the connection, headers included (TLS overhead is not).
    pub bytes_out: u64,
    /// Bytes read from the connection, headers included.
    pub bytes_in: u64,
    /// How many redirects were followed.
    pub hops: u8,
    /// When the program saw the last of the answer, in microseconds on the run's clock, which may be later than it arrived;
    /// 0 where that isn't known.
    pub seen_us: u64,
}

impl Reply {
    /// Empties it for the next request, keeping its buffers.
    pub fn clear(&mut self) {
        let Self { answer, trouble, timing, bytes_out, bytes_in, hops, seen_us } = self;
        answer.status = 0;
        answer.headers.0.clear();
        answer.body.clear();
        answer.body_len = 0;
        *trouble = None;
        *timing = Timing::default();
        *bytes_out = 0;
        *seen_us = 0;
        *bytes_in = 0;
        *hops = 0;
    }
}

/// How to reach the target, beyond its address. Files are already read: the host reads them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// Certificates (PEM) to trust beside the platform's.
    pub ca_pem: Option<Vec<u8>>,
    /// The client's own certificate chain (PEM).
    pub client_cert_pem: Option<Vec<u8>>,
    /// The key (PEM) of the client's certificate.
    pub client_key_pem: Option<Vec<u8>>,
    /// Take any certificate. Only for targets with a self-made one.
    pub skip_verify: bool,
    /// `http://`, `https://` or `socks5://` address of a proxy, possibly with user and password.
    pub proxy: Option<String>,
    /// Host names (lower case) that are to be reached at a given address instead of the resolved one.
    pub resolve: Vec<(String, std::net::IpAddr)>,
    /// How long connecting may take, TLS included.
    pub connect_limit: Span,
}
