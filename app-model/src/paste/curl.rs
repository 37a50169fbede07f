//! A cURL command to a request. Must not know how a shell quotes.

use tidemark_core::scenario::{BasicSignIn, Body, FormPart, HttpPreference, PartContent, Redirects, Request, SignIn};
use tidemark_core::units::Span;

use super::{Parts, Pasted, decoded, with_chips, words};
use crate::text::paste as say;

/// `user:password`, as after `-u`.
fn basic(text: &str) -> (String, String) {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    (user.to_owned(), password.to_owned())
}

/// Headers that are sent anyway, as they have to be.
const AUTOMATIC: [&str; 5] = ["host", "content-length", "connection", "accept-encoding", "transfer-encoding"];

/// Options with a value that only say what is shown or kept.
const SHOWING_VALUE: [&str; 8] = ["-o", "--output", "-w", "--write-out", "-D", "--dump-header", "--stderr", "-c"];

/// Options without a value that only say what is shown.
const SHOWING: [&str; 21] = [
    "-s",
    "--silent",
    "-S",
    "--show-error",
    "-v",
    "--verbose",
    "-i",
    "--include",
    "-f",
    "--fail",
    "-#",
    "--progress-bar",
    "-N",
    "--no-buffer",
    "-g",
    "--globoff",
    "--compressed-ssh",
    "-O",
    "--remote-name",
    "--no-progress-meter",
    "-q",
];

/// What a command says, while it is read.
#[derive(Debug, Default)]
struct Command {
    address: Option<String>,
    method: Option<String>,
    data: Vec<String>,
    file: Option<String>,
    parts: Vec<FormPart>,
    as_query: bool,
    json: bool,
    request: Request,
    unknown: Vec<String>,
}

/// Reads one or more commands.
pub(super) fn read(text: &str) -> Result<Pasted, String> {
    let mut requests = Vec::new();
    let (mut unknown, mut left_out, mut odd) = (Vec::new(), Vec::new(), 0);
    let mut first = None;
    for command in words::commands(text) {
        let mut words = command.into_iter().skip_while(|word| word == "$").peekable();
        if !words.peek().is_some_and(|word| word == "curl" || word == "curl.exe") {
            continue; // what the answer was piped into
        }
        let read = take(words.skip(1).collect());
        match parts_of(&read) {
            Ok(parts) => {
                first.get_or_insert_with(|| parts.clone());
                odd += usize::from(!read.unknown.is_empty());
                unknown.extend(read.unknown.clone());
                requests.push(read.into_request(&parts));
            }
            // The others come in all the same.
            Err(why) => left_out.push(why),
        }
    }
    let Some(first) = first else {
        return Err(left_out.into_iter().next().unwrap_or_else(|| say::NO_ADDRESS.to_owned()));
    };
    unknown.sort();
    unknown.dedup();
    Ok(Pasted { host: first.host(), target: first.origin, requests, unknown, odd, left_out, is_command: true })
}

fn parts_of(command: &Command) -> Result<Parts, String> {
    let address = command.address.as_deref().ok_or_else(|| say::NO_ADDRESS.to_owned())?;
    let parts = Parts::of(&with_chips(address)).or_else(|| Parts::of(&format!("http://{address}")));
    parts.ok_or_else(|| say::bad_address(address))
}

/// Splits `-XPOST`, `-sSL` and `--request=POST` into options and values, and takes them one by one.
fn take(words: Vec<String>) -> Command {
    let mut command = Command::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if let Some((name, value)) = word.split_once('=').filter(|(name, _)| name.starts_with("--")) {
            let mut value = Some(value.to_owned());
            command.option(name, &mut || value.take());
        } else if word.starts_with("--") {
            command.option(&word, &mut || words.next());
        } else if word.len() > 1 && word.starts_with('-') {
            for (at, letter) in word.char_indices().skip(1) {
                let rest = word[at + letter.len_utf8()..].to_owned();
                let mut attached = (!rest.is_empty()).then_some(rest);
                let mut used = false;
                command.option(&format!("-{letter}"), &mut || {
                    used = true;
                    attached.take().or_else(|| words.next())
                });
                if used {
                    break;
                }
            }
        } else {
            command.address.get_or_insert(word);
        }
    }
    command
}

impl Command {
    /// Takes an option; `value` gives what follows it.
    fn option(&mut self, name: &str, value: &mut dyn FnMut() -> Option<String>) {
        let mut text = || value().unwrap_or_default();
        match name {
            "-X" | "--request" => self.method = Some(text().to_ascii_uppercase()),
            "--url" => self.address = Some(text()),
            "-H" | "--header" => self.header(&text()),
            "-A" | "--user-agent" => self.add_header("User-Agent", &text()),
            "-e" | "--referer" => self.add_header("Referer", &text()),
            "-b" | "--cookie" => self.add_header("Cookie", &text()),
            "-r" | "--range" => {
                let range = text();
                self.add_header("Range", &format!("bytes={range}"));
            }
            "-u" | "--user" => {
                let (user, password) = basic(&with_chips(&text()));
                self.request.sign_in = Some(SignIn::Basic(BasicSignIn { user, password, ..BasicSignIn::default() }));
            }
            "--oauth2-bearer" => self.request.sign_in = Some(SignIn::Bearer(with_chips(&text()))),
            "-d" | "--data" | "--data-ascii" | "--data-binary" => self.data(&text()),
            "--data-raw" => self.data.push(text()),
            "--data-urlencode" => self.urlencode(&text()),
            "--json" => {
                self.json = true;
                self.data(&text());
            }
            "-F" | "--form" | "--form-string" => self.form(&text(), name == "--form-string"),
            "-T" | "--upload-file" => {
                self.file = Some(text());
                self.method.get_or_insert_with(|| "PUT".to_owned());
            }
            "-G" | "--get" => self.as_query = true,
            "-I" | "--head" => self.method = Some("HEAD".to_owned()),
            "-L" | "--location" => self.request.redirects = None,
            "--max-redirs" => {
                let most = text().parse::<u8>().unwrap_or(Redirects::USUAL).min(50);
                self.request.redirects = Some(Redirects(most));
            }
            "-m" | "--max-time" => self.request.time_limit = Span::parse(&text()),
            "--http1.1" | "--http1.0" | "-0" => self.request.http = Some(HttpPreference::Http1),
            "--http2" | "--http2-prior-knowledge" => self.request.http = Some(HttpPreference::Http2),
            "--compressed" => self.request.compressed = true,
            _ if SHOWING.contains(&name) => {}
            _ if SHOWING_VALUE.contains(&name) => {
                text();
            }
            // Settings of the connection belong to the target; they are named so that nothing is lost silently.
            "-k" | "--insecure" => self.unknown.push(name.to_owned()),
            "-x" | "--proxy" | "--connect-timeout" | "--resolve" | "--cacert" | "--cert" | "-E" | "--key"
            | "--retry" | "--cookie-jar" | "--connect-to" | "--interface" | "--limit-rate" => {
                self.unknown.push(format!("{name} {}", text()));
            }
            _ => self.unknown.push(name.to_owned()),
        }
    }

    fn header(&mut self, line: &str) {
        // `-H 'X-Empty;'` sends an empty header, `-H 'Accept:'` none.
        match line.split_once(':') {
            Some((_, value)) if value.trim().is_empty() => {}
            Some((name, value)) => self.add_header(name.trim(), value.trim()),
            None => {
                if let Some(name) = line.trim().strip_suffix(';') {
                    self.add_header(name, "");
                }
            }
        }
    }

    fn add_header(&mut self, name: &str, value: &str) {
        let value = with_chips(value);
        let lower = name.to_ascii_lowercase();
        if AUTOMATIC.contains(&lower.as_str()) || lower.starts_with(':') {
            return;
        }
        let bearer = value.get(..7).filter(|start| start.eq_ignore_ascii_case("bearer ")).is_some();
        if lower == "authorization" && bearer {
            self.request.sign_in = Some(SignIn::Bearer(value[7..].trim().to_owned()));
            return;
        }
        self.request.headers.0.push((name.to_owned(), value));
    }

    fn data(&mut self, text: &str) {
        match text.strip_prefix('@') {
            Some(path) => self.file = Some(path.to_owned()),
            None => self.data.push(text.to_owned()),
        }
    }

    /// `name=content`, `=content` or `content`: the content is still to be encoded.
    fn urlencode(&mut self, text: &str) {
        let escape = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('=', "%3D");
        self.data.push(match text.split_once('=') {
            Some(("", content)) => escape(content),
            Some((name, content)) => format!("{name}={}", escape(content)),
            None => escape(text),
        });
    }

    /// `name=text`, `name=@file;type=image/png;filename=a.png`.
    fn form(&mut self, text: &str, as_text: bool) {
        let (name, content) = text.split_once('=').unwrap_or((text, ""));
        let mut part = FormPart { name: with_chips(name), ..FormPart::default() };
        let mut pieces = content.split(';');
        let head = pieces.next().unwrap_or_default();
        match head.strip_prefix(['@', '<']).filter(|_| !as_text) {
            Some(path) => {
                part.content = PartContent::File(path.trim_matches('"').to_owned());
                for piece in pieces {
                    match piece.trim().split_once('=') {
                        Some(("type", kind)) => kind.clone_into(&mut part.content_type),
                        Some(("filename", name)) => name.trim_matches('"').clone_into(&mut part.file_name),
                        _ => {}
                    }
                }
            }
            None => part.content = PartContent::Text(with_chips(content)),
        }
        self.parts.push(part);
    }

    fn into_request(mut self, parts: &Parts) -> Request {
        self.request.url = with_chips(&parts.whole());
        let joined = self.data.join("&");
        let has_data = !self.data.is_empty() || self.file.is_some() || !self.parts.is_empty();
        if self.as_query {
            let rows = form_rows(&joined).unwrap_or_default();
            self.request.query.0.extend(rows);
        } else if !self.parts.is_empty() {
            self.request.body = Body::Multipart(std::mem::take(&mut self.parts));
            self.drop_content_type(|kind| kind.starts_with("multipart/form-data"));
        } else if let Some(file) = self.file.take() {
            self.request.body = Body::File(file);
        } else if has_data {
            self.body(&joined);
        }
        let usual = if has_data && !self.as_query { "POST" } else { "GET" };
        self.request.method = self.method.unwrap_or_else(|| usual.to_owned());
        self.request
    }

    /// The body by its content type, or by what it looks like.
    fn body(&mut self, text: &str) {
        let kind = self.request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let kind = kind.map(|(_, value)| value.to_ascii_lowercase()).unwrap_or_default();
        let json = || serde_json::from_str::<serde_json::Value>(text).ok().filter(exact);
        let looks_like_json = text.trim_start().starts_with(['{', '[']);
        if (self.json || kind.contains("json") || (kind.is_empty() && looks_like_json))
            && let Some(value) = json()
        {
            self.request.body = Body::Json(value);
            self.drop_content_type(|kind| kind.split(';').next() == Some("application/json"));
            return;
        }
        if (kind.is_empty() || kind.starts_with("application/x-www-form-urlencoded"))
            && let Some(rows) = form_rows(text)
        {
            self.request.body = Body::Form(tidemark_core::scenario::Pairs(rows));
            self.drop_content_type(|kind| kind.starts_with("application/x-www-form-urlencoded"));
            return;
        }
        if kind.is_empty() {
            // What cURL would send.
            let kind = if self.json { "application/json" } else { "application/x-www-form-urlencoded" };
            self.request.headers.0.push(("Content-Type".to_owned(), kind.to_owned()));
        }
        self.request.body = Body::Text(with_chips(text));
    }

    /// Drops a content type that the body says by itself.
    fn drop_content_type(&mut self, same: impl Fn(&str) -> bool) {
        self.request
            .headers
            .0
            .retain(|(name, value)| !(name.eq_ignore_ascii_case("content-type") && same(&value.to_ascii_lowercase())));
    }
}

/// Whether writing the value again gives the same numbers.
fn exact(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|n| n.abs() < 9e15)
        }
        serde_json::Value::Array(items) => items.iter().all(exact),
        serde_json::Value::Object(map) => map.values().all(exact),
        _ => true,
    }
}

/// The rows of `a=1&b=2`; `None` where the text is something else.
fn form_rows(text: &str) -> Option<Vec<(String, String)>> {
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() || text.contains(['\n', '<', '{']) && !text.contains("{{") {
        return None;
    }
    let rows = text.split('&').filter(|row| !row.is_empty()).map(|row| {
        let (name, value) = row.split_once('=')?;
        (!name.is_empty()).then(|| (with_chips(&decoded(name)), with_chips(&decoded(value))))
    });
    rows.collect()
}
