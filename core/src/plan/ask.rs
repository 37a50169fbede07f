//! What a person sends, and what an answer means to the person: requests filled in, checks judged, values kept.

use crate::plan::extract::BodyView;
use crate::plan::memory::{Lack, Last, World};
use crate::plan::parts::{Address, BodyPlan, Fill, FillPiece, Plan, RequestId, RequestPlan, Saving, ValueFill};
use crate::plan::person::Person;
use crate::plan::value::Val;
use crate::scenario::{OnFail, OnMissing};
use crate::stats::End;
use crate::traffic::{Answer, Draft, Kind, Reply, Trouble};

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// How the request counts.
    pub end: End,
    /// Why it failed: the first reason.
    pub trouble: Option<Trouble>,
}

impl Judged {
    fn failed(trouble: Trouble) -> Self {
        let end = if trouble.kind == Kind::Cut { End::Cut } else { End::Failed(trouble.kind) };
        Self { end, trouble: Some(trouble) }
    }
}

impl Person {
    /// Fills in a request.
    ///
    /// # Errors
    /// Where a value is missing, rows ran out, or the address makes no sense; then nothing is to be sent, and
    /// [`Self::lacked`] says what it means.
    pub fn draft(&mut self, plan: &Plan, world: &World<'_>, id: RequestId, draft: &mut Draft) -> Result<(), Lack> {
        let request = plan.request(id);
        match &request.address {
            Address::Known { target, .. } if draft.recurs == Some(id.0) => {
                draft.target.clear();
                self.memory.fill(plan, world, target, &mut draft.target)?;
            }
            address => {
                draft.recurs = None;
                self.address(plan, world, address, draft)?;
                self.head(plan, world, request, draft)?;
                draft.recurs = request.recurs().then_some(id.0);
            }
        }
        draft.body = match &request.body {
            None => None,
            Some(body) => {
                let mut bytes = draft.body.take().unwrap_or_default();
                bytes.clear();
                self.body(plan, world, body, &mut bytes)?;
                Some(bytes)
            }
        };
        Ok(())
    }

    /// Fills in where a request goes.
    fn address(&mut self, plan: &Plan, world: &World<'_>, address: &Address, draft: &mut Draft) -> Result<(), Lack> {
        match address {
            Address::Known { secure, host, port, target } => {
                draft.secure = *secure;
                draft.port = *port;
                host.clone_into(&mut draft.host);
                draft.target.clear();
                self.memory.fill(plan, world, target, &mut draft.target)?;
            }
            Address::Computed { url, query, base } => {
                let text = self.memory.fill_text(plan, world, url)?;
                computed(&text, base, draft).ok_or_else(|| Lack::BadAddress(crate::problem::short(&text)))?;
                if !query.0.is_empty() {
                    draft.target.push(if draft.target.contains('?') { '&' } else { '?' });
                    self.memory.fill(plan, world, query, &mut draft.target)?;
                }
            }
        }
        Ok(())
    }

    /// Fills in everything but address and body.
    fn head(&mut self, plan: &Plan, world: &World<'_>, request: &RequestPlan, draft: &mut Draft) -> Result<(), Lack> {
        request.method.clone_into(&mut draft.method);
        draft.redirects = request.redirects;
        draft.time_limit = request.time_limit;
        draft.compressed = request.compressed;
        draft.version = request.version;
        draft.body_wanted = request.body_wanted;
        let mut headers = reused(&mut draft.headers);
        let filled = self.memory.fill(plan, world, &request.headers, &mut headers);
        draft.headers = headers.into_bytes();
        filled?;
        if has_own_lines(&request.headers, &draft.headers) { Ok(()) } else { Err(Lack::BadHeader) }
    }

    fn body(&mut self, plan: &Plan, world: &World<'_>, body: &BodyPlan, out: &mut Vec<u8>) -> Result<(), Lack> {
        match body {
            BodyPlan::Bytes(bytes) => out.extend_from_slice(bytes),
            BodyPlan::Fill(fill) if out.is_empty() => {
                let mut text = reused(out);
                let filled = self.memory.fill(plan, world, fill, &mut text);
                *out = text.into_bytes();
                filled?;
            }
            BodyPlan::Fill(fill) => out.extend_from_slice(self.memory.fill_text(plan, world, fill)?.as_bytes()),
            BodyPlan::Parts(parts) => {
                for part in parts {
                    self.body(plan, world, part, out)?;
                }
            }
        }
        Ok(())
    }

    /// A request could not be filled in, so it was not sent. It counts as failed.
    pub fn lacked(&mut self, plan: &Plan, id: RequestId, lack: &Lack) -> Judged {
        let trouble = lack.trouble();
        self.memory.last = Last { failed: true, ..Last::default() };
        self.failed(trouble.kind);
        self.unanswered(plan, plan.request(id), &trouble);
        self.out_of_rows(lack);
        Judged::failed(trouble)
    }

    /// Judges the answer to a request and keeps what is to be kept. `cookie` looks up one of the person's cookies.
    pub fn judge(
        &mut self,
        plan: &Plan,
        world: &World<'_>,
        id: RequestId,
        reply: &Reply,
        cookie: &dyn Fn(&str) -> Option<String>,
    ) -> Judged {
        let request = plan.request(id);
        let service_us = reply.timing.done_us.saturating_sub(reply.timing.sent_us);
        self.memory.last = Last {
            status: reply.answer.status,
            service_us,
            size: reply.answer.body_len,
            failed: reply.trouble.is_some(),
        };
        self.answered(reply.timing.done_us);
        if let Some(trouble) = &reply.trouble {
            self.failed(trouble.kind);
            self.unanswered(plan, request, trouble);
            return Judged::failed(trouble.clone());
        }
        let body = BodyView::new(&reply.answer);
        let checked = self.check(plan, world, request, &reply.answer, &body, service_us);
        let kept = self.keep(plan, world, request, &reply.answer, &body, cookie);
        match checked.or(kept) {
            None => Judged { end: End::Ok, trouble: None },
            Some(trouble) => {
                self.memory.last.failed = true;
                self.failed(trouble.kind);
                Judged::failed(trouble)
            }
        }
    }

    /// Judges every check; the first that is not true gives the reason, each one acts.
    fn check(
        &mut self,
        plan: &Plan,
        world: &World<'_>,
        request: &RequestPlan,
        answer: &Answer,
        body: &BodyView<'_>,
        service_us: u64,
    ) -> Option<Trouble> {
        let mut first = None;
        for check in &request.checks {
            let right = match &check.right {
                Some(fill) => self.memory.fill_value(plan, world, fill),
                None => Ok(Val::Missing),
            };
            let tested = match (right, &check.left) {
                (Ok(right), None) => check.plan.test(answer, body, service_us, &right),
                (Ok(right), Some(left)) => {
                    let left = self.memory.value(plan, world, left).unwrap_or_default();
                    check.plan.test_value(&left, &right)
                }
                (Err(lack), _) => Err(lack.trouble().detail),
            };
            if let Err(reason) = tested {
                let trouble = Trouble::new(check.plan.failure(), reason);
                self.act_on(check.if_not, &trouble, plan);
                first.get_or_insert(trouble);
            }
        }
        first
    }

    /// Keeps the values that are to be saved; the first that is missing gives the reason.
    fn keep(
        &mut self,
        plan: &Plan,
        world: &World<'_>,
        request: &RequestPlan,
        answer: &Answer,
        body: &BodyView<'_>,
        cookie: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Trouble> {
        let mut first = None;
        for save in &request.saves {
            let mut value = save.from.apply(answer, body, cookie, &mut self.memory.dice);
            if value.is_missing()
                && let Some(default) = &save.default
            {
                value = self.memory.fill_value(plan, world, default).unwrap_or_default();
            }
            let missing = value.is_missing();
            self.memory.slots.set(save.slot, value);
            if missing && save.if_missing != OnMissing::Ignore {
                first.get_or_insert(self.missing(plan, save));
            }
        }
        first
    }

    fn missing(&mut self, plan: &Plan, save: &Saving) -> Trouble {
        let name = &plan.slots[usize::from(save.slot)];
        let trouble = Trouble::new(Kind::ValueMissing, format!("could not find {name} in the answer"));
        self.act_on(on_missing(save.if_missing), &trouble, plan);
        trouble
    }

    /// Without an answer no check is true and no value is there: each acts as it says. An old value must not pass for
    /// a new one.
    fn unanswered(&mut self, plan: &Plan, request: &RequestPlan, trouble: &Trouble) {
        for save in &request.saves {
            let value = match &save.default {
                Some(ValueFill::Fixed(value)) => value.clone(),
                _ => Val::Missing,
            };
            self.memory.slots.set(save.slot, value);
        }
        if trouble.kind == Kind::Cut {
            return;
        }
        request.checks.iter().for_each(|check| self.act_on(check.if_not, trouble, plan));
        let wanted = request.saves.iter().filter(|save| save.default.is_none());
        wanted.for_each(|save| self.act_on(on_missing(save.if_missing), trouble, plan));
    }
}

/// What a missing value means, beside counting.
fn on_missing(if_missing: OnMissing) -> OnFail {
    match if_missing {
        OnMissing::Fail | OnMissing::Ignore => OnFail::Count,
        OnMissing::SkipTask => OnFail::SkipTask,
        OnMissing::RemovePerson => OnFail::RemovePerson,
        OnMissing::StopTest => OnFail::StopTest,
    }
}

/// Whether header lines hold no line break, or other control character, beside those of the scenario: a value must not
/// add a header of its own.
fn has_own_lines(fill: &Fill, lines: &[u8]) -> bool {
    if fill.is_plain() {
        return true;
    }
    let control = |byte: &&u8| byte.is_ascii_control() && **byte != b'\t';
    let planned = fill.0.iter().map(|piece| match piece {
        FillPiece::Text(text) => text.as_bytes().iter().filter(control).count(),
        _ => 0,
    });
    planned.sum::<usize>() == lines.iter().filter(control).count()
}

/// The buffer as an empty text that keeps its room.
fn reused(buffer: &mut Vec<u8>) -> String {
    let mut buffer = std::mem::take(buffer);
    buffer.clear();
    String::from_utf8(buffer).unwrap_or_default()
}

/// Takes a computed address apart, relative to `base`.
fn computed(text: &str, base: &url::Url, draft: &mut Draft) -> Option<()> {
    let url = base.join(text.trim()).ok()?;
    draft.secure = match url.scheme() {
        "http" => false,
        "https" => true,
        _ => return None,
    };
    draft.host.clear();
    draft.host.push_str(url.host_str()?.trim_matches(['[', ']']));
    draft.port = url.port_or_known_default()?;
    draft.target.clear();
    draft.target.push_str(url.path());
    if let Some(query) = url.query() {
        draft.target.push('?');
        draft.target.push_str(query);
    }
    Some(())
}

impl Plan {
    /// The request with this id.
    pub fn request(&self, id: RequestId) -> &RequestPlan {
        &self.requests[id.0 as usize]
    }
}
