//! Targets, the hosts beside them that may be reached, and the names of secrets. Must not know a secret's value.

use tidemark_core::scenario::{Scenario, Secret, Target};

use crate::doc::edit::{Done, Refused};
use crate::doc::place::Item;
use crate::text::edits as say;

/// A change of targets, hosts or secrets. Numbers are from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum TargetEdit {
    /// A new target with a name and an address.
    Add(String, String),
    /// A target's address.
    Url(usize, String),
    /// Everything about a target, with the field that changed.
    Set(usize, &'static str, Box<Target>),
    /// A target put first, so that it is the one a run takes.
    MakeFirst(usize),
    /// Another host that may be reached.
    AllowHost(String),
    /// A host's name.
    Host(usize, String),
    /// A new secret with this name.
    AddSecret(String),
    /// The environment variable of a secret.
    SecretVariable(usize, String),
}

pub(super) fn apply(scenario: &mut Scenario, edit: &TargetEdit) -> Result<Done, Refused> {
    match edit {
        TargetEdit::Add(name, url) => {
            let name = crate::text::free_name(name, |name| scenario.targets.iter().any(|target| target.name == name));
            scenario.targets.push(Target { name, url: url.clone(), ..Target::default() });
            Ok(Done::once(say::ADD_TARGET).and_select(Item::Target(scenario.targets.len() - 1)))
        }
        TargetEdit::Url(at, url) => {
            scenario.targets.get_mut(*at).ok_or_else(Refused::gone)?.url.clone_from(url);
            Ok(Done::typed(say::CHANGE_TARGET, format!("target {at} url")).and_select(Item::Target(*at)))
        }
        TargetEdit::Set(at, field, target) => {
            *scenario.targets.get_mut(*at).ok_or_else(Refused::gone)? = (**target).clone();
            Ok(Done::typed(say::CHANGE_TARGET, format!("target {at} {field}")).and_select(Item::Target(*at)))
        }
        TargetEdit::MakeFirst(at) => {
            if *at >= scenario.targets.len() {
                return Err(Refused::gone());
            }
            let target = scenario.targets.remove(*at);
            scenario.targets.insert(0, target);
            Ok(Done::once(say::CHOOSE_TARGET).and_select(Item::Target(0)))
        }
        TargetEdit::AllowHost(host) => {
            let host = host.trim().to_ascii_lowercase();
            if host.is_empty() || scenario.allowed_hosts.contains(&host) {
                return Err(Refused::because(say::HOST_ALLOWED_ALREADY));
            }
            scenario.allowed_hosts.push(host);
            Ok(Done::once(say::ALLOW_HOST).and_select(Item::Host(scenario.allowed_hosts.len() - 1)))
        }
        TargetEdit::Host(at, host) => {
            scenario.allowed_hosts.get_mut(*at).ok_or_else(Refused::gone)?.clone_from(host);
            Ok(Done::typed(say::CHANGE_HOST, format!("host {at}")).and_select(Item::Host(*at)))
        }
        TargetEdit::AddSecret(name) => {
            let name = crate::text::free_name(name, |name| scenario.secrets.iter().any(|secret| secret.name == name));
            scenario.secrets.push(Secret { name, ..Secret::default() });
            Ok(Done::once(say::ADD_SECRET).and_select(Item::Secret(scenario.secrets.len() - 1)))
        }
        TargetEdit::SecretVariable(at, variable) => {
            scenario.secrets.get_mut(*at).ok_or_else(Refused::gone)?.env.clone_from(variable);
            Ok(Done::typed(say::CHANGE_SECRET, format!("secret {at}")).and_select(Item::Secret(*at)))
        }
    }
}
