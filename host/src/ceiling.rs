//! How much may be sent to hosts that are not this computer, unless the operator raised it in the settings: a slip of a
//! finger should not take somebody's server down. Must not know where settings are kept, nor resolve names.

use serde_json::{Map, Value};
use tidemark_core::plan::Plan;
use tidemark_core::wire::target::{Distance, HostFacts, LIVE_MOST, looks_live};
use tidemark_core::wire::{Code, Failure};

/// The most people at once, unless the settings say otherwise.
const MOST_PEOPLE: f64 = 500.0;
/// The most new people per second, unless the settings say otherwise.
const MOST_PER_SECOND: f64 = 2_000.0;

/// What is known about people who use the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Live {
    /// The scenario says that they do.
    pub(crate) marked: bool,
    /// The limit for such targets is raised for this run.
    pub(crate) raised: bool,
}

/// Why a plan asks for too much; `None` where all of its hosts are on this computer, or it stays below. Takes the settings
/// `most-people` and `most-per-second`, each a number or a number as text.
pub(crate) fn too_much(plan: &Plan, hosts: &[HostFacts], settings: &Map<String, Value>, live: Live) -> Option<Failure> {
    let away = hosts.iter().find(|host| host.distance != Distance::ThisComputer)?;
    let load = &plan.load;
    let by_look = hosts
        .iter()
        .find(|host| matches!(host.distance, Distance::Internet | Distance::BehindProxy) && looks_live(&host.host));
    let used = by_look.or(live.marked.then_some(away)).filter(|_| !live.raised);
    if let Some(host) = used.filter(|_| load.curve.peak() > f64::from(LIVE_MOST)) {
        let what = if load.open { "new people per second" } else { "people at once" };
        let message = format!(
            "People use {}, as it seems, and {} {what} are more than {LIVE_MOST}.",
            host.host,
            load.curve.peak()
        );
        return Some(Failure::new(
            Code::Refused,
            message,
            "Lower the peak, or raise the limit for this run if you may.",
        ));
    }
    let (key, usual, what) = match load.open {
        true => ("most-per-second", MOST_PER_SECOND, "new people per second"),
        false => ("most-people", MOST_PEOPLE, "people at once"),
    };
    let limit = settings.get(key).and_then(number).unwrap_or(usual);
    let peak = load.curve.peak();
    (peak > limit).then(|| {
        let message =
            format!("{} is not this computer, and {peak} {what} are more than your limit of {limit}.", away.host);
        Failure::new(Code::Refused, message, "Lower the peak, or raise the limit in the settings if you may.")
    })
}

/// What stands in the result of a run that only a raised limit lets through: the settings' `why-more`.
pub(crate) fn why_more(plan: &Plan, hosts: &[HostFacts], settings: &Map<String, Value>) -> Option<String> {
    let away = hosts.iter().find(|host| host.distance != Distance::ThisComputer)?;
    let load = &plan.load;
    let (usual, what) =
        if load.open { (MOST_PER_SECOND, "new people per second") } else { (MOST_PEOPLE, "people at once") };
    let peak = load.curve.peak();
    let why = settings.get("why-more").and_then(Value::as_str).map(str::trim).filter(|why| !why.is_empty());
    let why =
        why.map_or("No reason was given".to_owned(), |why| format!("The reason given: {}", why.trim_end_matches('.')));
    (peak > usual).then(|| format!("More than {usual} {what} for {}. {why}.", away.host))
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tidemark_core::plan::{Inputs, compile};
    use tidemark_core::scenario;

    use super::*;

    #[test]
    fn why_a_limit_is_raised_stands_in_results_that_need_it() {
        let told = |people: u32, distance| {
            let text = json!({
                "format": 1, "targets": [ { "url": "http://127.0.0.1:1" } ],
                "load": { "people": [ { "to": people, "over": "10s" } ] },
                "users": [ { "name": "u", "tasks": [ { "name": "t", "steps": [ { "request": { "url": "/" } } ] } ] } ]
            });
            let (scenario, _) = scenario::read(&text.to_string()).unwrap();
            let plan = compile(&scenario, &Inputs::default()).unwrap();
            let hosts = [HostFacts { host: "staging.test".into(), port: 80, distance, allowed: true }];
            let settings = json!({ "most-people": "900", "why-more": " The owner agreed. " });
            why_more(&plan, &hosts, settings.as_object().unwrap())
        };
        let wanted = "More than 500 people at once for staging.test. The reason given: The owner agreed.";
        assert_eq!(told(501, Distance::Internet).as_deref(), Some(wanted));
        assert_eq!(told(500, Distance::Internet), None);
        assert_eq!(told(900, Distance::ThisComputer), None);
    }

    #[test]
    fn only_hosts_elsewhere_have_a_limit_and_settings_move_it() {
        let check = |load: Value, distance, settings: Value, refused: bool| {
            let text = json!({
                "format": 1, "targets": [ { "url": "http://127.0.0.1:1" } ], "load": load,
                "users": [ { "name": "u", "tasks": [ { "name": "t", "steps": [ { "request": { "url": "/" } } ] } ] } ]
            });
            let (scenario, _) = scenario::read(&text.to_string()).unwrap();
            let plan = compile(&scenario, &Inputs::default()).unwrap();
            let hosts = [HostFacts { host: "staging.test".into(), port: 80, distance, allowed: true }];
            let live = Live { marked: false, raised: false };
            let told = too_much(&plan, &hosts, settings.as_object().unwrap(), live);
            assert_eq!(told.is_some(), refused, "{load} {distance:?} {settings}: {told:?}");
        };
        let people = |count: u32| json!({ "people": [ { "to": count, "over": "10s" } ] });
        let arrivals = |count: u32| json!({ "arrivals": [ { "to": count, "over": "10s" } ] });
        check(people(500), Distance::Internet, json!({}), false);
        check(people(501), Distance::Internet, json!({}), true);
        check(people(501), Distance::PrivateNetwork, json!({}), true);
        check(people(5_000), Distance::ThisComputer, json!({}), false);
        check(people(5_000), Distance::Internet, json!({ "most-people": 5_000 }), false);
        check(people(60), Distance::Internet, json!({ "most-people": "50" }), true);
        check(people(501), Distance::Internet, json!({ "most-people": "many" }), true);
        check(arrivals(2_000), Distance::Internet, json!({}), false);
        check(arrivals(2_001), Distance::Internet, json!({}), true);
    }
    #[test]
    fn a_target_that_people_use_gets_few_until_the_limit_is_raised() {
        let check = |host: &str, distance, people: u32, marked, raised, refused: bool| {
            let text = json!({
                "format": 1, "targets": [ { "url": "http://127.0.0.1:1" } ],
                "load": { "people": [ { "to": people, "over": "10s" } ] },
                "users": [ { "name": "u", "tasks": [ { "name": "t", "steps": [ { "request": { "url": "/" } } ] } ] } ]
            });
            let (scenario, _) = scenario::read(&text.to_string()).unwrap();
            let plan = compile(&scenario, &Inputs::default()).unwrap();
            let hosts = [HostFacts { host: host.into(), port: 80, distance, allowed: true }];
            let told = too_much(&plan, &hosts, &Map::new(), Live { marked, raised });
            assert_eq!(told.is_some(), refused, "{host} {distance:?} {people}: {told:?}");
        };
        check("shop.example", Distance::Internet, 25, false, false, false);
        check("shop.example", Distance::Internet, 26, false, false, true);
        check("shop.example", Distance::BehindProxy, 26, false, false, true);
        check("shop.example", Distance::Internet, 26, false, true, false);
        check("shop.example", Distance::Internet, 501, false, true, true);
        check("shop.example", Distance::PrivateNetwork, 26, false, false, false);
        check("shop.example", Distance::PrivateNetwork, 26, true, false, true);
        check("staging.shop.example", Distance::Internet, 26, false, false, false);
        check("localhost", Distance::ThisComputer, 5_000, true, false, false);
    }
}
