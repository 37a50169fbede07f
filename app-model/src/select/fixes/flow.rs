//! Fixes of steps, tasks, user types, checks and values.

use serde_json::Value;
use tidemark_core::plan::template::is_name;
use tidemark_core::scenario::{
    Act, Check, CheckKind, NamedValue, PauseTime, Repeat, Request, Scenario, StatusRange, StatusSet, Step, ValueKind,
};

use super::{At, usual_pause};
use crate::doc::edit::names::{Text, chips, each_use};
use crate::doc::edit::{DataEdit, Edit, FlowEdit, Mix, RequestEdit, ShareEdit, StepEdit, TargetEdit, UserEdit};
use crate::doc::place::{Item, Lane, step, user};
use crate::select::values::available;
use crate::text::fixes as say;

/// Offers what mends it; whether the code belongs here.
pub(super) fn offer(at: &mut At, code: &str) -> bool {
    match code {
        "no-users" => at.offer(say::ADD_USER, Edit::Flow(FlowEdit::AddUser(say::NEW_USER.to_owned(), usize::MAX))),
        "no-tasks"
        | "empty-task"
        | "nothing-inside"
        | "empty-step"
        | "empty-check"
        | "empty-repeat"
        | "save-from-nowhere"
        | "never-used"
        | "repeat-never"
        | "check-needs-answer"
        | "group-cycle"
        | "parallel-only-requests" => empty(at, code),
        "weights-all-zero"
        | "shares-all-zero"
        | "bad-weight"
        | "share-and-exactly"
        | "nobody-of-this-type"
        | "leaves-at-once" => people(at, code),
        "no-pause" | "empty-pause" | "pause-of-nothing" | "pause-only-between-tasks" | "pause-upside-down" => {
            pause(at, code);
        }
        "repeat-without-end" => change_repeat(at, say::set_most(20), |repeat| repeat.at_most = Some(20)),
        "repeat-without-name" => change_repeat(at, say::name_item(), |repeat| repeat.item = "item".to_owned()),
        "at-most-not-used" if matches!(at.item, Item::Step(_)) => {
            change_repeat(at, say::REMOVE_LIMIT.to_owned(), |repeat| repeat.at_most = None);
        }
        "value-never-set" | "value-set-later" | "value-set-elsewhere" => unknown_values(at, code),
        "unknown-group" => unknown_group(at),
        "checks-accept-everything" => status_check(at),
        "comparison-not-used" => change_check(at, say::REMOVE_COMPARISON, |check| {
            check.is = None;
            check.to = None;
        }),
        "within-above-time-limit" => request(at, say::RAISE_LIMIT, |request| {
            let within = request.check.iter().filter_map(|check| match check.what {
                CheckKind::Within(span) => Some(span),
                _ => None,
            });
            RequestEdit::TimeLimit(within.max())
        }),
        "body-with-get" => {
            request(at, say::SEND_AS_POST, |_| RequestEdit::Method("POST".to_owned()));
            request(at, say::REMOVE_BODY, |_| RequestEdit::Body(Default::default()));
        }
        "bad-method" => request(at, say::SEND_AS_GET, |_| RequestEdit::Method("GET".to_owned())),
        "bad-address" | "address-empty" => address(at),
        "no-time-limit" => request(at, say::USUAL_LIMIT, |_| RequestEdit::TimeLimit(None)),
        "header-is-automatic" | "content-length" | "transfer-encoding" | "proxy-authorization" | "bad-header" => {
            header(at);
        }
        "sign-in-incomplete" if matches!(at.item, Item::Step(_)) => {
            request(at, say::REMOVE_SIGN_IN, |_| RequestEdit::SignIn(None));
        }
        "many-result-lines" => request(at, say::ONE_LINE, |request| RequestEdit::Name(one_name(request))),
        "host-not-allowed" => host(at),
        "save-without-name" => {
            let edit = Edit::Rename(at.item.clone(), "value".to_owned());
            at.offer(say::name_it("value"), edit);
        }
        _ => return false,
    }
    true
}

fn remove(at: &mut At) {
    let label = say::remove(crate::text::edits::kind(&at.item));
    at.offer(label, Edit::Flow(FlowEdit::Remove(vec![at.item.clone()])));
}

fn empty(at: &mut At, code: &str) {
    let blank = || Step {
        act: Act::Request(Box::new(Request { url: "/".to_owned(), ..Request::default() })),
        ..Step::default()
    };
    match (code, &at.item) {
        ("no-tasks", Item::User(id)) => {
            let (id, at_end) = (id.clone(), usize::MAX);
            let off = user(at.scenario, &id).is_some_and(|user| !user.tasks.is_empty());
            if off {
                let tasks = user(at.scenario, &id).map(|user| user.tasks.clone()).unwrap_or_default();
                let items = tasks.into_iter().map(|task| Item::Task(task.id)).collect();
                at.offer(say::SWITCH_ON, Edit::Flow(FlowEdit::Switch(items, false)));
            } else {
                at.offer(say::ADD_TASK, Edit::Flow(FlowEdit::AddTask(id, say::NEW_TASK.to_owned(), at_end)));
            }
        }
        ("empty-task", Item::Task(id)) => {
            let edit = FlowEdit::Insert(Lane::Task(id.clone()), 0, vec![blank()]);
            at.offer(say::ADD_REQUEST, Edit::Flow(edit));
        }
        _ => {}
    }
    remove(at);
}

fn people(at: &mut At, code: &str) {
    match (code, at.item.clone()) {
        ("weights-all-zero", Item::User(id)) => {
            at.offer(say::MAKE_EQUAL, Edit::Share(ShareEdit::Equal(Mix::Tasks(id))));
        }
        ("weights-all-zero", Item::Step(id)) => {
            at.offer(say::MAKE_EQUAL, Edit::Share(ShareEdit::Equal(Mix::Options(id))));
        }
        ("shares-all-zero", _) => at.offer(say::MAKE_EQUAL, Edit::Share(ShareEdit::Equal(Mix::Users))),
        ("bad-weight", Item::Task(id)) => {
            if let (Some((user, _)), Some(number)) = (crate::doc::place::task(at.scenario, &id), at.number("tasks")) {
                let edit = ShareEdit::Parts(Mix::Tasks(user.id.clone()), number, 1.0);
                at.offer(say::SET_TO_ONE, Edit::Share(edit));
            }
        }
        ("bad-weight", Item::User(_)) => {
            if let Some(number) = at.number("users") {
                at.offer(say::SET_TO_ONE, Edit::Share(ShareEdit::Parts(Mix::Users, number, 1.0)));
            }
        }
        ("bad-weight", Item::Step(id)) => {
            if let Some(number) = at.number("options") {
                at.offer(say::SET_TO_ONE, Edit::Share(ShareEdit::Parts(Mix::Options(id), number, 1.0)));
            }
        }
        ("share-and-exactly", Item::User(id)) => {
            at.offer(say::USE_SHARE, Edit::Share(ShareEdit::Exactly(id, None)));
        }
        ("nobody-of-this-type", Item::User(id)) => {
            at.offer(say::EXACTLY_ONE, Edit::Share(ShareEdit::Exactly(id, Some(1))));
            super::settings::raise_peak(at);
        }
        ("leaves-at-once", Item::User(id)) => {
            at.offer(say::STAY, Edit::Step(StepEdit::User(id, UserEdit::LeavesAfter(None))));
        }
        _ => {}
    }
}

fn pause(at: &mut At, code: &str) {
    match at.item.clone() {
        Item::User(id) => {
            let turned =
                user(at.scenario, &id).and_then(|user| turned(&user.pause)).filter(|_| code == "pause-upside-down");
            let label = if turned.is_some() { say::TURN_ROUND } else { say::USUAL_PAUSE };
            let pause = turned.unwrap_or_else(usual_pause);
            at.offer(label, Edit::Step(StepEdit::User(id, UserEdit::Pause(pause))));
        }
        Item::Task(id) => {
            let pause = Step { act: Act::Pause(usual_pause()), ..Step::default() };
            at.offer(say::ADD_PAUSE, Edit::Flow(FlowEdit::Insert(Lane::Task(id.clone()), usize::MAX, vec![pause])));
            if let Some((user, _)) = crate::doc::place::task(at.scenario, &id) {
                let edit = StepEdit::User(user.id.clone(), UserEdit::Pause(usual_pause()));
                at.offer(say::PAUSE_BETWEEN_TASKS, Edit::Step(edit));
            }
        }
        Item::Step(id) => {
            let found = match step(at.scenario, &id).map(|step| &step.act) {
                Some(Act::Pause(pause)) => turned(pause).filter(|_| code == "pause-upside-down"),
                _ => None,
            };
            let label = if found.is_some() { say::TURN_ROUND } else { say::USUAL_PAUSE };
            let act = Act::Pause(found.unwrap_or_else(usual_pause));
            at.offer(label, Edit::Step(StepEdit::Act(id, "pause", Box::new(act))));
        }
        _ => {}
    }
}

/// A pause from the longer to the shorter time, the right way round.
fn turned(pause: &PauseTime) -> Option<PauseTime> {
    match pause {
        PauseTime::Between((from, to)) if from > to => Some(PauseTime::Between((*to, *from))),
        _ => None,
    }
}

fn change_repeat(at: &mut At, label: String, change: impl Fn(&mut Repeat)) {
    let Item::Step(id) = at.item.clone() else { return };
    if let Some(Act::Repeat(repeat)) = step(at.scenario, &id).map(|step| &step.act) {
        let mut repeat = repeat.clone();
        change(&mut repeat);
        at.offer(label, Edit::Step(StepEdit::Act(id, "how often", Box::new(Act::Repeat(repeat)))));
    }
}

fn request_of(scenario: &Scenario, id: &str) -> Option<Request> {
    match step(scenario, id).map(|step| &step.act) {
        Some(Act::Request(request)) => Some((**request).clone()),
        _ => None,
    }
}

/// Offers a change of a field of the request.
fn request(at: &mut At, label: &str, change: impl Fn(&Request) -> RequestEdit) {
    let (Item::Step(id) | Item::Check(id, _) | Item::Save(id, _)) = at.item.clone() else { return };
    if let Some(request) = request_of(at.scenario, &id) {
        at.offer(label, Edit::Step(StepEdit::Request(id, change(&request))));
    }
}

fn change_check(at: &mut At, label: &str, change: impl Fn(&mut Check)) {
    let Item::Check(id, number) = at.item.clone() else { return };
    if let Some(mut check) = request_of(at.scenario, &id).and_then(|request| request.check.into_iter().nth(number)) {
        change(&mut check);
        at.offer(label, Edit::Step(StepEdit::Check(id, number, "comparison", check)));
    }
}

fn status_check(at: &mut At) {
    let (Item::Step(id) | Item::Check(id, _)) = at.item.clone() else { return };
    let ok = StatusSet(vec![StatusRange { from: 200, to: 299 }]);
    let check = Check { what: CheckKind::Status(ok), ..Check::default() };
    let Some(request) = request_of(at.scenario, &id) else { return };
    // A check of the status that lets everything pass is replaced, not joined by another.
    match request.check.iter().position(|check| matches!(check.what, CheckKind::Status(_))) {
        Some(number) => at.offer(say::EXPECT_OK, Edit::Step(StepEdit::Check(id, number, "status", check))),
        None => at.offer(say::EXPECT_OK, Edit::Flow(FlowEdit::AddCheck(id, check))),
    }
}

fn address(at: &mut At) {
    request(at, say::START_PAGE, |_| RequestEdit::Url("/".to_owned()));
    let Item::Step(id) = at.item.clone() else { return };
    let Some(found) = request_of(at.scenario, &id) else { return };
    let plain = !found.url.is_empty() && !found.url.contains("://") && !found.url.starts_with('/');
    if plain {
        at.fixes.clear();
        request(at, say::PUT_TARGET_IN_FRONT, |request| RequestEdit::Url(format!("/{}", request.url.trim())));
    }
}

fn header(at: &mut At) {
    let name = at.key().to_owned();
    request(at, say::REMOVE_HEADER, |request| {
        let mut headers = request.headers.clone();
        headers.0.retain(|(header, _)| !header.eq_ignore_ascii_case(&name));
        RequestEdit::Headers(headers)
    });
}

/// One name for all addresses of a request: `/products/{{id}}` is `/products/[id]`.
fn one_name(request: &Request) -> String {
    let name = request.url.replace("{{", "[").replace("}}", "]");
    if request.method == "GET" { name } else { format!("{} {name}", request.method) }
}

fn host(at: &mut At) {
    let Item::Step(id) = at.item.clone() else { return };
    let host = request_of(at.scenario, &id).and_then(|request| {
        let plain = request.url.replace("{{", "").replace("}}", "");
        url::Url::parse(&plain).ok()?.host_str().map(str::to_owned)
    });
    if let Some(host) = host {
        at.offer(say::allow(&host), Edit::Target(TargetEdit::AllowHost(host)));
    }
    remove(at);
}

fn unknown_group(at: &mut At) {
    if let Item::Step(id) = &at.item
        && let Some(Act::Use(used)) = step(at.scenario, id).map(|step| &step.act)
    {
        let name = used.group.clone();
        if !name.is_empty() {
            at.offer(say::make_group(&name), Edit::Flow(FlowEdit::AddGroup(name)));
        }
    }
    remove(at);
}

/// The names that a step uses and nothing before it gives.
fn unknown_values(at: &mut At, code: &str) {
    let (Item::Step(id) | Item::Check(id, _) | Item::Save(id, _)) = at.item.clone() else { return };
    let known: Vec<String> = available(at.scenario, &id, None).into_iter().map(|value| value.name).collect();
    for name in names_in(at.scenario, &id) {
        // Each name that is missing is a problem of its own.
        let meant = at.message.contains(&format!("{{{{{name}}}}}")) || at.message.contains('…');
        if known.contains(&name) || !is_name(&name) || name.contains('.') || !meant {
            continue;
        }
        let is = ValueKind::Fixed(Value::String(String::new()));
        let value = NamedValue { name: name.clone(), is, ..NamedValue::default() };
        if code == "value-never-set" {
            at.offer(say::set_fixed(&name), Edit::Data(DataEdit::AddValue(value)));
        }
    }
    if code == "value-set-later" {
        let way = crate::doc::edit::Way::Down;
        at.offer(say::MOVE_DOWN, Edit::Flow(FlowEdit::Nudge(Item::Step(id), way)));
    }
}

fn names_in(scenario: &Scenario, id: &str) -> Vec<String> {
    let Some(found) = step(scenario, id) else { return Vec::new() };
    // A document with this step alone: only its own uses are found.
    let mut alone = Step { ..found.clone() };
    crate::doc::ids::lanes_mut(&mut alone).into_iter().for_each(Vec::clear);
    let group = tidemark_core::scenario::Group { steps: vec![alone], ..Default::default() };
    let mut document = Scenario { groups: vec![group], ..Scenario::default() };
    let mut names: Vec<String> = Vec::new();
    each_use(&mut document, &mut |text| {
        let found: Vec<String> = match text {
            Text::Template(text) => chips(text).map(|(start, end)| text[start..end].to_owned()).collect(),
            Text::Name(name) => vec![name.clone()],
        };
        for name in found {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    });
    names
}
