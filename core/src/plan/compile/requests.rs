//! A request of the scenario to one that only needs its values filled in.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::Build;
use super::values::push_text;
use crate::plan::extract::Extractor;
use crate::plan::judge::CheckPlan;
use crate::plan::parts::{
    Address, BodyPlan, Checking, Fill, FillPiece, RequestId, RequestPlan, Saving, ValueFill, Write,
};
use crate::plan::template::Change;
use crate::scenario::leaf::Pairs;
use crate::scenario::{
    ApiKey, Body, Check, FormPart, HttpPreference, OnFail, PartContent, Redirects, Request, SaveRule, SignIn, Step,
};
use crate::stats::NameKind;
use crate::traffic::HttpVersion;
use crate::units::Span;

/// What can't stand in an address even where it is written by hand; letters beyond ASCII are encoded too.
const LITERAL: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'\\').add(b'^').add(b'|');

/// How long an answer may take where nothing is said.
const USUAL_LIMIT: Span = Span::from_secs(30);

/// Marks the parts of a multipart body. Fixed, so that the same seed sends the same bytes; a body that contains it by
/// chance is as unlikely as with any other boundary.
const BOUNDARY: &str = "tidemark-7d9f3c5a1be84206";

/// Reads a base address: http or https, with a host.
pub(super) fn base_url(text: &str) -> Option<url::Url> {
    let url = url::Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty())).then_some(url)
}

impl Build<'_> {
    /// Compiles a request.
    pub(super) fn request(&mut self, step: &Step, request: &Request) -> RequestId {
        let label =
            if request.name.is_empty() { format!("{} {}", request.method, request.url) } else { request.name.clone() };
        let name = self.name(NameKind::Request, &label, &step.id);
        let at_target = self.is_at_target(&request.url);
        let sign_in = request.sign_in.clone().or_else(|| self.target.sign_in.clone().filter(|_| at_target));
        let address = self.address(request, sign_in.as_ref());
        let (body, content_type) = self.body(&request.body);
        let headers = self.headers(request, sign_in.as_ref(), content_type);
        let mut checks: Vec<Checking> = Vec::new();
        for (at, check) in request.check.iter().enumerate() {
            checks.extend(self.at("check", Some(at), |build| build.checking(check)));
        }
        if !checks.iter().any(|check| check.plan.expects_status()) {
            checks.insert(0, Checking { plan: CheckPlan::usual(), left: None, right: None, if_not: OnFail::Count });
        }
        let mut saves = Vec::new();
        for (at, save) in request.save.iter().enumerate() {
            saves.extend(self.at("save", Some(at), |build| build.saving(save)));
        }
        let body_wanted = checks.iter().any(|check| check.plan.needs_body())
            || saves.iter().any(|save: &Saving| save.from.needs_body());
        let version = match request.http.unwrap_or(self.target.http) {
            HttpPreference::Auto => HttpVersion::Auto,
            HttpPreference::Http1 => HttpVersion::Http1,
            HttpPreference::Http2 => HttpVersion::Http2,
        };
        self.requests.push(RequestPlan {
            name,
            step: step.id.clone(),
            method: request.method.trim().to_ascii_uppercase(),
            address,
            headers,
            body,
            redirects: request.redirects.map_or(Redirects::USUAL, |redirects| redirects.0),
            time_limit: request.time_limit.filter(|limit| *limit > Span::ZERO).unwrap_or(USUAL_LIMIT),
            compressed: request.compressed,
            version,
            checks,
            saves,
            body_wanted,
        });
        RequestId(self.requests.len() as u32 - 1)
    }

    fn address(&mut self, request: &Request, sign_in: Option<&SignIn>) -> Address {
        let text = request.url.trim();
        let base = self.base.clone();
        let place = self.place.clone();
        self.place.push_key("url");
        let absolute = text.starts_with("http://") || text.starts_with("https://");
        let address = if text.starts_with("{{") {
            let mut pieces = Vec::new();
            self.fill_into(text, Write::Plain, &mut pieces);
            self.place.clone_from(&place);
            let mut query = Vec::new();
            self.query(request, sign_in, &mut query);
            let query = Fill(query);
            // Without a target there is a problem already; the base is then never used.
            let base = base.or_else(|| base_url("http://target.invalid"));
            match base {
                Some(base) => Address::Computed { url: Fill(pieces), query, base },
                None => Address::Known { secure: false, host: String::new(), port: 0, target: Fill(pieces) },
            }
        } else {
            let (origin, path) = match absolute {
                true => self.absolute(text),
                false => (base, text.to_owned()),
            };
            let mut target = String::new();
            if !absolute {
                target.push_str(origin.as_ref().map_or("", |base| base.path().trim_end_matches('/')));
            }
            if !path.starts_with('/') {
                target.push('/');
            }
            target.push_str(&path);
            self.place.clone_from(&place);
            let target = self.target_fill(request, sign_in, &target);
            let secure = origin.as_ref().is_some_and(|url| url.scheme() == "https");
            let host = origin.as_ref().and_then(url::Url::host_str).unwrap_or_default();
            let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
            let port = origin.as_ref().and_then(url::Url::port_or_known_default).unwrap_or(0);
            Address::Known { secure, host, port, target }
        };
        self.place = place;
        address
    }

    /// Whether an address leads to the target itself: its sign-in and headers are for nobody else.
    fn is_at_target(&self, url: &str) -> bool {
        let url = url.trim();
        let absolute = url.starts_with("http://") || url.starts_with("https://");
        !absolute || base_url(url).map(|url| url.origin()) == self.base.as_ref().map(url::Url::origin)
    }

    /// Splits an absolute address into what has the host, and path and query as written.
    fn absolute(&mut self, text: &str) -> (Option<url::Url>, String) {
        let host_start = text.find("://").map_or(0, |at| at + 3);
        let host_end = text[host_start..].find(['/', '?', '#']).map_or(text.len(), |at| host_start + at);
        match base_url(&text[..host_end]) {
            Some(url) if !text[..host_end].contains("{{") => {
                self.note_host(&url);
                (Some(url), text[host_end..].to_owned())
            }
            _ => {
                let message = format!("\"{}\" is not a web address", crate::problem::short(text));
                self.stop("bad-address", message, "write it like /products, or http://127.0.0.1:8000/products");
                (None, String::new())
            }
        }
    }

    /// Path and query with their values, each encoded as its place wants it.
    fn target_fill(&mut self, request: &Request, sign_in: Option<&SignIn>, target: &str) -> Fill {
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = split_query(target);
        let mut pieces = Vec::new();
        self.at("url", None, |build| {
            build.fill_into(path, Write::Path, &mut pieces);
            if let Some(query) = query {
                push_text(&mut pieces, "?");
                build.fill_into(query, Write::Query, &mut pieces);
            }
        });
        for piece in &mut pieces {
            if let FillPiece::Text(text) = piece {
                *text = utf8_percent_encode(text, LITERAL).to_string().into();
            }
        }
        let mut rows = Vec::new();
        self.query(request, sign_in, &mut rows);
        if !rows.is_empty() {
            push_text(&mut pieces, if query.is_some() { "&" } else { "?" });
            for piece in rows {
                match piece {
                    FillPiece::Text(text) => push_text(&mut pieces, &text),
                    other => pieces.push(other),
                }
            }
        }
        Fill(pieces)
    }

    /// Appends the query rows, and the key of a sign-in by query, with `&` between them.
    fn query(&mut self, request: &Request, sign_in: Option<&SignIn>, pieces: &mut Vec<FillPiece>) {
        let mut rows: Vec<(String, String)> = request.query.0.clone();
        if let Some(SignIn::ApiKey(ApiKey { query, value, .. })) = sign_in
            && !query.is_empty()
        {
            rows.push((query.clone(), value.clone()));
        }
        self.at("query", None, |build| {
            for (at, (name, value)) in rows.iter().enumerate() {
                push_text(pieces, if at > 0 { "&" } else { "" });
                build.encoded(name, Write::Query, pieces);
                push_text(pieces, "=");
                build.encoded(value, Write::Query, pieces);
            }
        });
    }

    /// A text whose plain parts are encoded like its values.
    fn encoded(&mut self, text: &str, write: Write, pieces: &mut Vec<FillPiece>) {
        let mut inner = Vec::new();
        self.fill_into(text, write, &mut inner);
        for piece in inner {
            match piece {
                FillPiece::Text(text) => {
                    let mut out = String::new();
                    crate::plan::memory::write_value(&crate::plan::value::Val::text(&*text), write, &mut out);
                    push_text(pieces, &out);
                }
                other => pieces.push(other),
            }
        }
    }

    fn headers(&mut self, request: &Request, sign_in: Option<&SignIn>, content_type: Option<String>) -> Fill {
        let mut lines: Vec<(String, String)> = request.headers.0.clone();
        let given =
            |lines: &[(String, String)], name: &str| lines.iter().any(|(have, _)| have.eq_ignore_ascii_case(name));
        // What the request says goes before what the target says, whether as a header or as a sign-in.
        let signed = match sign_in {
            Some(SignIn::Basic(_) | SignIn::Bearer(_)) => "authorization",
            Some(SignIn::ApiKey(key)) => key.header.as_str(),
            _ => "",
        };
        let own_sign_in = if request.sign_in.is_some() { signed } else { "" };
        let at_target = self.is_at_target(&request.url);
        let target = if at_target { self.target.headers.0.clone() } else { Vec::new() };
        let wanted = |name: &str| !given(&lines, name) && !name.eq_ignore_ascii_case(own_sign_in);
        let fresh: Vec<_> = target.into_iter().filter(|(name, _)| wanted(name)).collect();
        lines.extend(fresh);
        if let Some(content_type) = content_type
            && !given(&lines, "content-type")
        {
            lines.push(("content-type".to_owned(), content_type));
        }
        let mut pieces = Vec::new();
        self.at("headers", None, |build| {
            for (name, value) in &lines {
                if value.trim().chars().any(|c| c.is_control() && c != '\t') {
                    let message = format!("the header \"{}\" has a line break in it", crate::problem::short(name));
                    build.stop("bad-header", message, "write it in one line");
                }
                build.header(name.trim(), &mut pieces, |build, pieces| {
                    build.fill_into(value.trim(), Write::Plain, pieces)
                });
            }
        });
        self.sign_in(sign_in.filter(|_| !given(&lines, signed)), &mut pieces);
        Fill(pieces)
    }

    fn header(&mut self, name: &str, pieces: &mut Vec<FillPiece>, value: impl FnOnce(&mut Self, &mut Vec<FillPiece>)) {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            let message = format!("\"{}\" is no name of a header", crate::problem::short(name));
            self.stop("bad-header", message, "use letters, digits and - only, such as X-Request-Id");
        }
        push_text(pieces, name);
        push_text(pieces, ": ");
        value(self, pieces);
        push_text(pieces, "\r\n");
    }

    pub(super) fn sign_in(&mut self, sign_in: Option<&SignIn>, pieces: &mut Vec<FillPiece>) {
        self.at("sign_in", None, |build| match sign_in {
            Some(SignIn::Basic(basic)) => build.header("authorization", pieces, |build, pieces| {
                push_text(pieces, "Basic ");
                let mut inner = Vec::new();
                build.fill_into(&basic.user, Write::Plain, &mut inner);
                push_text(&mut inner, ":");
                build.fill_into(&basic.password, Write::Plain, &mut inner);
                pieces.push(FillPiece::Changed(Box::new(Fill(inner)), Change::Base64));
            }),
            Some(SignIn::Bearer(token)) => build.header("authorization", pieces, |build, pieces| {
                push_text(pieces, "Bearer ");
                build.fill_into(token, Write::Plain, pieces);
            }),
            Some(SignIn::ApiKey(key)) if !key.header.is_empty() => {
                build.header(&key.header, pieces, |build, pieces| build.fill_into(&key.value, Write::Plain, pieces));
            }
            _ => {}
        });
    }

    /// The body and the content type it has unless a header says otherwise.
    fn body(&mut self, body: &Body) -> (Option<BodyPlan>, Option<String>) {
        let (plan, content_type) = match body {
            Body::Nothing => return (None, None),
            Body::Json(value) => {
                let fill = self.at("json", None, |build| build.json_fill(value));
                (BodyPlan::Fill(fill), "application/json")
            }
            Body::Text(text) => {
                let fill = self.at("text", None, |build| build.fill(text, Write::Plain));
                (BodyPlan::Fill(fill), "text/plain; charset=utf-8")
            }
            Body::Form(pairs) => {
                let fill = self.at("form", None, |build| build.form(pairs));
                (BodyPlan::Fill(fill), "application/x-www-form-urlencoded")
            }
            Body::File(path) => {
                let bytes = self.at("file", None, |build| build.file(path));
                (BodyPlan::Bytes(bytes.unwrap_or_else(|| [].into())), "application/octet-stream")
            }
            Body::Multipart(parts) => {
                return (Some(self.multipart(parts)), Some(format!("multipart/form-data; boundary={BOUNDARY}")));
            }
        };
        (Some(plan), Some(content_type.to_owned()))
    }

    fn form(&mut self, pairs: &Pairs) -> Fill {
        let mut pieces = Vec::new();
        for (at, (name, value)) in pairs.iter().enumerate() {
            push_text(&mut pieces, if at > 0 { "&" } else { "" });
            self.encoded(name, Write::Form, &mut pieces);
            push_text(&mut pieces, "=");
            self.encoded(value, Write::Form, &mut pieces);
        }
        Fill(pieces)
    }

    fn multipart(&mut self, parts: &[FormPart]) -> BodyPlan {
        let mut plans = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            self.at("multipart", Some(at), |build| {
                let mut pieces = Vec::new();
                push_text(
                    &mut pieces,
                    &format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{}\"", quoted(&part.name)),
                );
                let path = if let PartContent::File(path) = &part.content { path.as_str() } else { "" };
                let file_name = match part.file_name.as_str() {
                    "" => path.rsplit(['/', '\\']).next().unwrap_or_default(),
                    name => name,
                };
                if !file_name.is_empty() {
                    push_text(&mut pieces, &format!("; filename=\"{}\"", quoted(file_name)));
                }
                let usual = if path.is_empty() { "" } else { "application/octet-stream" };
                let content_type = if part.content_type.is_empty() { usual } else { &part.content_type };
                if !content_type.is_empty() {
                    push_text(&mut pieces, &format!("\r\ncontent-type: {content_type}"));
                }
                push_text(&mut pieces, "\r\n\r\n");
                if let PartContent::Text(text) = &part.content {
                    build.fill_into(text, Write::Plain, &mut pieces);
                }
                plans.push(BodyPlan::Fill(Fill(pieces)));
                plans.extend(build.file(path).map(BodyPlan::Bytes));
                plans.push(BodyPlan::Fill(Fill(vec![FillPiece::Text("\r\n".into())])));
            });
        }
        plans.push(BodyPlan::Fill(Fill(vec![FillPiece::Text(format!("--{BOUNDARY}--\r\n").into())])));
        BodyPlan::Parts(plans)
    }

    fn checking(&mut self, check: &Check) -> Option<Checking> {
        let plan = match CheckPlan::compile(check) {
            Ok(plan) => plan,
            Err(bad) => {
                self.stop("bad-check", bad.message, bad.hint);
                return None;
            }
        };
        let left = match plan.value_name() {
            Some(name) => Some(self.origin(name)?),
            None => None,
        };
        let right = CheckPlan::right_side(check).map(|value| self.value_fill(&value));
        Some(Checking { plan, left, right, if_not: check.if_not })
    }

    fn saving(&mut self, save: &SaveRule) -> Option<Saving> {
        match Extractor::compile(save) {
            Ok(from) => {
                let slot = self.slot(&save.name);
                let default: Option<ValueFill> = save.default.as_ref().map(|value| self.value_fill(value));
                Some(Saving { slot, from, default, if_missing: save.if_missing })
            }
            Err(bad) => {
                self.stop("bad-save", bad.message, bad.hint);
                None
            }
        }
    }
}

/// Path, and query without its `?`; a `?` inside `{{…}}` is none.
fn split_query(target: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, c) in target.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return (&target[..at], Some(&target[at + 1..])),
            _ => {}
        }
    }
    (target, None)
}

/// A name inside quotes of a multipart header, as browsers write it (HTML standard, multipart/form-data encoding).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
