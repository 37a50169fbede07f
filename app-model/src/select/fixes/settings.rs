//! Fixes of targets, tables, the load and goals.

use tidemark_core::scenario::{Act, GoalRule, RowsOut, Shape};
use tidemark_core::units::Span;

use super::At;
use crate::doc::edit::load::{SearchEdit, points, stages};
use crate::doc::edit::{DataEdit, Edit, FlowEdit, GoalEdit, LoadEdit, TableEdit, TargetEdit, load};
use crate::doc::place::{Item, each_step};
use crate::text::fixes as say;

/// Offers what mends it.
pub(super) fn offer(at: &mut At, code: &str) {
    match code {
        "no-target" => no_target(at),
        "any-certificate" | "half-a-certificate" | "bad-proxy" => target(at, code),
        "table-empty"
        | "duplicate-column"
        | "table-file-and-rows"
        | "fewer-rows-than-people"
        | "unique-starts-again"
        | "table-without-columns"
        | "bad-separator"
        | "bad-encoding" => table(at, code),
        "bad-allowed-host" | "duplicate-allowed-host" => {
            let label = say::remove(crate::text::edits::kind(&at.item));
            at.offer(label, Edit::Flow(FlowEdit::Remove(vec![at.item.clone()])));
        }
        "duplicate-name" => rename(at),
        _ if code.contains("goal") || code == "stop-early-without-for" => goals(at, code),
        _ => load_offer(at, code),
    }
}

fn no_target(at: &mut At) {
    let mut first = None;
    each_step(at.scenario, &mut |step| {
        if let Act::Request(request) = &step.act
            && first.is_none()
            && let Ok(url) = url::Url::parse(&request.url)
            && let Some(host) = url.host_str()
        {
            first = Some((host.to_owned(), url.origin().ascii_serialization()));
        }
    });
    if let Some((host, origin)) = first {
        at.offer(say::use_target(&host), Edit::Target(TargetEdit::Add(host, origin)));
    } else {
        let edit = TargetEdit::Add(say::THIS_COMPUTER.to_owned(), "http://127.0.0.1:8080".to_owned());
        at.offer(say::ADD_LOCAL_TARGET, Edit::Target(edit));
    }
}

fn target(at: &mut At, code: &str) {
    let Item::Target(number) = at.item else { return };
    let Some(mut target) = at.scenario.targets.get(number).cloned() else { return };
    let label = match code {
        "any-certificate" => {
            target.tls.skip_verify = false;
            say::CHECK_CERTIFICATES
        }
        "half-a-certificate" => {
            target.tls.client_certificate.clear();
            target.tls.client_key.clear();
            say::NO_CERTIFICATE
        }
        _ => {
            target.proxy.clear();
            say::NO_PROXY
        }
    };
    at.offer(label, Edit::Target(TargetEdit::Set(number, "settings", Box::new(target))));
}

fn rename(at: &mut At) {
    let scenario = at.scenario;
    let user_name = |id: &str| scenario.users.iter().find(|user| user.id == id).map(|user| user.name.clone());
    let name = match &at.item {
        Item::User(id) => user_name(id),
        Item::Task(id) => crate::doc::place::task(scenario, id).map(|(_, task)| task.name.clone()),
        Item::Target(number) => scenario.targets.get(*number).map(|target| target.name.clone()),
        Item::Group(id) => crate::doc::place::group(scenario, id).map(|group| group.name.clone()),
        _ => None,
    };
    if let Some(name) = name {
        let free = crate::text::free_name(&format!("{name} 2"), |name| {
            let users = scenario.users.iter().any(|user| user.name == name);
            let tasks = scenario.users.iter().flat_map(|user| &user.tasks).any(|task| task.name == name);
            users || tasks || scenario.targets.iter().any(|target| target.name == name)
        });
        at.offer(say::name_it(&free), Edit::Rename(at.item.clone(), free));
    }
}

fn table(at: &mut At, code: &str) {
    let Item::Table(number) = at.item else { return };
    let Some(table) = at.scenario.data.get(number) else { return };
    let (rows, columns) = (table.rows.len() as u32, table.columns.clone());
    let mut offer = |label: String, edit| at.offer(label, Edit::Data(DataEdit::Table(number, edit)));
    match code {
        "table-without-columns" => offer(say::ADD_COLUMN.to_owned(), TableEdit::AddColumn(0, "column 1".to_owned())),
        "table-empty" => offer(say::ADD_ROW.to_owned(), TableEdit::AddRows(0, 1)),
        "table-file-and-rows" => offer(say::ROWS_FROM_TEST.to_owned(), TableEdit::File(String::new())),
        "bad-separator" => offer(say::FIND_OUT.to_owned(), TableEdit::Separator(String::new())),
        "bad-encoding" => offer(say::USE_UTF8.to_owned(), TableEdit::Encoding(String::new())),
        "duplicate-column" => {
            let twice = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name));
            if let Some((column, name)) = twice {
                let free = crate::text::free_name(name, |name| columns.iter().any(|column| column == name));
                offer(say::name_it(&free), TableEdit::RenameColumn(column, free));
            }
        }
        "unique-starts-again" => {
            offer(say::PERSON_STOPS.to_owned(), TableEdit::RunOut(RowsOut::PersonStops));
            offer(say::ROWS_AGAIN.to_owned(), TableEdit::Unique(false));
        }
        "fewer-rows-than-people" => {
            if table.unique || table.when_rows_run_out != RowsOut::StartAgain {
                let again = Edit::Data(DataEdit::Table(number, TableEdit::RunOut(RowsOut::StartAgain)));
                let shared = Edit::Data(DataEdit::Table(number, TableEdit::Unique(false)));
                at.offer(say::SHARE_ROWS, Edit::Many(say::SHARE_ROWS.to_owned(), vec![shared, again]));
            }
            lower_peak(at, rows);
        }
        _ => {}
    }
}

fn peak(at: &At) -> f64 {
    points(&at.scenario.load).into_iter().map(|point| point.1).fold(0.0, f64::max)
}

/// Offers to let fewer people come.
fn lower_peak(at: &mut At, people: u32) {
    let load = &at.scenario.load;
    let busy = f64::from(load::busy(load));
    let wanted = (f64::from(people) * busy / peak(at).max(1.0)).floor() as u32;
    if wanted >= 1 {
        at.offer(say::lower_to(people), Edit::Load(LoadEdit::Busy(wanted)));
    }
}

/// Offers to let twice as many people come.
pub(super) fn raise_peak(at: &mut At) {
    let busy = load::busy(&at.scenario.load).saturating_mul(2);
    at.offer(say::RAISE_PEAK, Edit::Load(LoadEdit::Busy(busy)));
}

fn goals(at: &mut At, code: &str) {
    if code == "no-goals" {
        return at.offer(say::USUAL_GOALS, Edit::Goal(GoalEdit::AddUsual));
    }
    let (rule, number, stop) = match at.item {
        Item::Goal(number) => (at.scenario.goals.get(number).cloned(), number, false),
        Item::StopRule(number) => (at.scenario.stop_early.get(number).cloned(), number, true),
        _ => return,
    };
    let Some(rule) = rule else { return };
    let set = |field, rule: GoalRule| match stop {
        true => Edit::Goal(GoalEdit::SetStop(number, field, rule)),
        false => Edit::Goal(GoalEdit::Set(number, field, rule)),
    };
    let mut new = rule;
    match code {
        "goal-of-unknown" => {
            new.limit.of.clear();
            at.offer(say::JUDGE_ALL, set("of", new));
        }
        "stop-early-without-for" => {
            new.limit.hold = Some(Span::from_secs(30));
            at.offer(say::FOR_30_SECONDS, set("for", new));
        }
        "goal-window" => {
            new.limit.over_last = None;
            at.offer(say::WHOLE_RUN, set("window", new));
        }
        "goal-field-not-used" => {
            new.limit.hold = None;
            at.offer(say::REMOVE_FIELD, set("for", new));
        }
        _ => {}
    }
    let label = say::remove(crate::text::edits::kind(&at.item));
    at.offer(label, Edit::Flow(FlowEdit::Remove(vec![at.item.clone()])));
}

fn load_offer(at: &mut At, code: &str) {
    let load = &at.scenario.load;
    let preset = |shape: Shape| (say::choose(crate::text::load::preset(shape).0), Edit::Load(LoadEdit::Preset(shape)));
    match code {
        "no-load" | "load-takes-no-time" | "nobody-comes" => {
            let (label, edit) = preset(Shape::NormalDay);
            at.offer(label, edit);
        }
        "bad-level" if load.limit.is_some() => {
            let (label, edit) = preset(Shape::FindTheLimit);
            at.offer(label, edit);
        }
        "stage-without-time" | "stage-without-to" | "bad-level" => {
            let Item::Point(point) = at.item else { return };
            let Some(stage) = point.checked_sub(1) else { return };
            if code == "stage-without-time" {
                let edit = LoadEdit::StageOver(stage, Span::from_secs(60));
                at.offer(say::ONE_MINUTE, Edit::Load(edit));
            } else {
                let (start, stages) = stages(load);
                let before = stage.checked_sub(1).and_then(|at| stages.get(at)).map_or(start, |stage| stage.0);
                at.offer(
                    say::HOLD_LEVEL,
                    Edit::Load(LoadEdit::StageTo(stage, if (0.0..=1e6).contains(&before) { before } else { 0.0 })),
                );
            }
        }
        "people-and-arrivals" => {
            at.offer(say::COUNT_PEOPLE, Edit::Load(LoadEdit::CountArrivals(false)));
        }
        "shape-not-used" => {
            // Writing the stages as they are takes the shape out.
            let arrivals = load::counts_arrivals(load);
            at.offer(say::KEEP_STAGES, Edit::Load(LoadEdit::CountArrivals(arrivals)));
            if let Some(shape) = load.shape {
                let (label, edit) = preset(shape);
                at.offer(label, edit);
            }
        }
        "shape-without-people" => {
            at.offer(say::people(load::USUAL_BUSY), Edit::Load(LoadEdit::Busy(load::USUAL_BUSY)));
        }
        "limit-begins-above" => at.offer(say::USUAL_START, Edit::Load(LoadEdit::Search(SearchEdit::Start(None)))),
        "at-most-not-used" | "nobody-at-once" => at.offer(say::REMOVE_LIMIT, Edit::Load(LoadEdit::AtMost(None))),
        "warm-up-too-long" => at.offer(say::NO_WARM_UP, Edit::Load(LoadEdit::WarmUp(Span::ZERO))),
        "no-repetitions" => at.offer(say::REMOVE_LIMIT, Edit::Load(LoadEdit::Repetitions(None))),
        "more-exactly-than-people" => {
            let exact: u32 = at.scenario.users.iter().filter(|user| !user.off).filter_map(|user| user.exactly).sum();
            let busy = f64::from(load::busy(load));
            let wanted = (f64::from(exact) * busy / peak(at).max(1.0)).ceil() as u32;
            at.offer(say::RAISE_PEAK, Edit::Load(LoadEdit::Busy(wanted.max(1))));
        }
        _ => {}
    }
}
