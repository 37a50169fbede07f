//! What a step, a check, a saved value, a task or a user type says.
//!
//! A request has one edit per field; everything else is replaced whole, with the field's name for the history. Must not
//! know where a step stands.

use tidemark_core::scenario::{
    Act, Body, Check, ChooseOption, HttpPreference, Pairs, PauseTime, Redirects, SaveRule, Scenario, SignIn, TaskChoice,
};
use tidemark_core::units::Span;

use crate::doc::edit::flow::request_mut;
use crate::doc::edit::{Done, Refused};
use crate::doc::place::{Item, Lane, list, step_mut, task_mut, user_mut, where_is};
use crate::text::edits as say;

/// A change of what something says.
#[derive(Debug, Clone, PartialEq)]
pub enum StepEdit {
    /// A field of a request, by the step's id.
    Request(String, RequestEdit),
    /// What a step does, by its id, and the name of the field that changed ("value", "how often"); steps inside stay
    /// as they are in the new value.
    Act(String, &'static str, Box<Act>),
    /// A check of a request: the step's id, the check's number, and the field that changed.
    Check(String, usize, &'static str, Check),
    /// A saved value of a request.
    Save(String, usize, &'static str, SaveRule),
    /// An option of a choice: the step's id, the option's number, its name.
    OptionName(String, usize, String),
    /// A user type, by id.
    User(String, UserEdit),
    /// The labels of a task, by id.
    Tags(String, Vec<String>),
    /// Whether a reusable group, by id, is measured as one line too.
    GroupMeasured(String, bool),
}

/// A field of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum RequestEdit {
    /// The name in results.
    Name(String),
    /// The method.
    Method(String),
    /// The address.
    Url(String),
    /// The query rows.
    Query(Pairs),
    /// The header lines.
    Headers(Pairs),
    /// The body.
    Body(Body),
    /// The sign-in; none leaves it to the target.
    SignIn(Option<SignIn>),
    /// How often redirects are followed.
    Redirects(Option<Redirects>),
    /// How long the answer may take.
    TimeLimit(Option<Span>),
    /// Whether a compressed answer is accepted.
    Compressed(bool),
    /// The HTTP version.
    Http(Option<HttpPreference>),
}

/// A field of a user type.
#[derive(Debug, Clone, PartialEq)]
pub enum UserEdit {
    /// How the next task is chosen.
    Choose(TaskChoice),
    /// The pause between tasks.
    Pause(PauseTime),
    /// After how many tasks the person leaves.
    LeavesAfter(Option<u32>),
}

pub(super) fn apply(scenario: &mut Scenario, edit: &StepEdit) -> Result<Done, Refused> {
    match edit {
        StepEdit::Request(id, field) => {
            let word = set_request(request_mut(scenario, id)?, field);
            Ok(Done::typed(say::change_field(word), format!("request {id} {word}")).and_select(Item::Step(id.clone())))
        }
        StepEdit::Act(id, field, act) => set_act(scenario, id, field, act),
        StepEdit::Check(id, at, field, check) => {
            let slot = request_mut(scenario, id)?.check.get_mut(*at).ok_or_else(Refused::gone)?;
            slot.clone_from(check);
            Ok(Done::typed(say::CHANGE_CHECK, format!("check {id} {at} {field}"))
                .and_select(Item::Check(id.clone(), *at)))
        }
        StepEdit::Save(id, at, field, rule) => {
            let slot = request_mut(scenario, id)?.save.get_mut(*at).ok_or_else(Refused::gone)?;
            slot.clone_from(rule);
            Ok(Done::typed(say::CHANGE_SAVE, format!("save {id} {at} {field}")).and_select(Item::Save(id.clone(), *at)))
        }
        StepEdit::OptionName(id, at, name) => {
            let Some(Act::Choose(choose)) = step_mut(scenario, id).map(|step| &mut step.act) else {
                return Err(Refused::gone());
            };
            let option: &mut ChooseOption = choose.options.get_mut(*at).ok_or_else(Refused::gone)?;
            option.name.clone_from(name);
            Ok(Done::typed(say::RENAME, format!("option {id} {at}")).and_select(Item::Step(id.clone())))
        }
        StepEdit::User(id, field) => set_user(scenario, id, field),
        StepEdit::Tags(id, tags) => {
            task_mut(scenario, id).ok_or_else(Refused::gone)?.tags.clone_from(tags);
            Ok(Done::typed(say::CHANGE_TAGS, format!("tags {id}")).and_select(Item::Task(id.clone())))
        }
        StepEdit::GroupMeasured(id, measured) => {
            crate::doc::place::group_mut(scenario, id).ok_or_else(Refused::gone)?.measured = *measured;
            Ok(Done::once(say::CHANGE_MEASURED).and_select(Item::Group(id.clone())))
        }
    }
}

fn set_request(request: &mut tidemark_core::scenario::Request, field: &RequestEdit) -> &'static str {
    match field {
        RequestEdit::Name(name) => request.name.clone_from(name),
        RequestEdit::Method(method) => request.method.clone_from(method),
        RequestEdit::Url(url) => request.url.clone_from(url),
        RequestEdit::Query(query) => request.query.clone_from(query),
        RequestEdit::Headers(headers) => request.headers.clone_from(headers),
        RequestEdit::Body(body) => request.body.clone_from(body),
        RequestEdit::SignIn(sign_in) => request.sign_in.clone_from(sign_in),
        RequestEdit::Redirects(redirects) => request.redirects = *redirects,
        RequestEdit::TimeLimit(limit) => request.time_limit = *limit,
        RequestEdit::Compressed(compressed) => request.compressed = *compressed,
        RequestEdit::Http(http) => request.http = *http,
    }
    match field {
        RequestEdit::Name(_) => say::FIELD_NAME,
        RequestEdit::Method(_) => say::FIELD_METHOD,
        RequestEdit::Url(_) => say::FIELD_ADDRESS,
        RequestEdit::Query(_) => say::FIELD_QUERY,
        RequestEdit::Headers(_) => say::FIELD_HEADERS,
        RequestEdit::Body(_) => say::FIELD_BODY,
        RequestEdit::SignIn(_) => say::FIELD_SIGN_IN,
        RequestEdit::Redirects(_) => say::FIELD_REDIRECTS,
        RequestEdit::TimeLimit(_) => say::FIELD_TIME_LIMIT,
        RequestEdit::Compressed(_) => say::FIELD_COMPRESSED,
        RequestEdit::Http(_) => say::FIELD_HTTP,
    }
}

fn set_act(scenario: &mut Scenario, id: &str, field: &str, act: &Act) -> Result<Done, Refused> {
    let (lane, _) = where_is(scenario, id).ok_or_else(Refused::gone)?;
    let in_parallel = match lane.holder().and_then(|holder| crate::doc::place::step(scenario, holder)) {
        Some(holder) => matches!(holder.act, Act::Parallel(_)),
        None => false,
    };
    if in_parallel && !matches!(act, Act::Request(_)) {
        return Err(Refused::because(say::ONLY_REQUESTS_AT_ONCE));
    }
    if let (Act::Use(_), Lane::Group(group)) = (act, crate::doc::place::root_of(scenario, &lane)) {
        let step = tidemark_core::scenario::Step { act: act.clone(), ..Default::default() };
        if crate::doc::edit::flow::leads_to(scenario, &step, &group) {
            return Err(Refused::because(say::GROUP_IN_ITSELF));
        }
    }
    let step = step_mut(scenario, id).ok_or_else(Refused::gone)?;
    step.act = act.clone();
    debug_assert!(list(scenario, &lane).is_some(), "changing what a step does leaves its place alone");
    Ok(Done::typed(say::change_field(field), format!("act {id} {field}")).and_select(Item::Step(id.to_owned())))
}

fn set_user(scenario: &mut Scenario, id: &str, field: &UserEdit) -> Result<Done, Refused> {
    let user = user_mut(scenario, id).ok_or_else(Refused::gone)?;
    let (label, word) = match field {
        UserEdit::Choose(choose) => {
            user.choose = *choose;
            (say::CHANGE_CHOICE, "choose")
        }
        UserEdit::Pause(pause) => {
            user.pause = pause.clone();
            (say::CHANGE_PAUSE, "pause")
        }
        UserEdit::LeavesAfter(count) => {
            user.leaves_after = *count;
            (say::CHANGE_LEAVING, "leaves")
        }
    };
    Ok(Done::typed(label, format!("user {id} {word}")).and_select(Item::User(id.to_owned())))
}
