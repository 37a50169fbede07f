//! Who answers, what the app remembers, secrets, and what a page can't do. Must not know tests or runs.

use tidemark_core::wire::Capabilities;
use tidemark_core::wire::shop::ShopNow;
use tidemark_core::wire::table::{
    AllowHost, CheckTarget, ForgetHost, Hello, ListHosts, NextInTrial, OpenShop, ReadSettings, ReadShop, SaveSettings,
    SecretsNow, SetSecret, Settings, StartTrial, StopTrial, TurnKnobs,
};
use tidemark_core::wire::target::{
    AllowedHosts, Greeting, SecretFacts, SecretSource, SecretsKnown, SecretsLive, TargetFacts,
};
use tidemark_core::wire::trial::TrialStarted;
use tidemark_core::wire::{self, Code, Failure};
use tidemark_core::{result, scenario};

use super::answers::{Answer, Done};
use super::shelf::{Look, SETTINGS, Seen, Write};
use super::{Desk, plan};
use crate::text::desk as say;

impl Answer for Hello {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<Greeting>, Failure> {
        Ok(Done::reply(Greeting {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_format: scenario::FORMAT,
            result_format: result::FORMAT,
            instance: desk.who.instance.clone(),
            computer: desk.who.computer.clone(),
            folder: say::FOLDER.to_owned(),
            capabilities: Capabilities {
                runs: false,
                tries: false,
                chosen_paths: false,
                secrets: SecretsLive::ForSession,
                shop: false,
            },
        }))
    }
}

impl Answer for ReadSettings {
    fn look(&self) -> Look {
        Look::file(SETTINGS)
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Settings>, Failure> {
        // Settings that make no sense are as good as none: nobody should be kept out of the app by them.
        let settings = seen.file(SETTINGS).and_then(|kept| serde_json::from_slice(&kept.bytes).ok());
        Ok(Done::reply(Settings { settings: settings.unwrap_or_default() }))
    }
}

impl Answer for SaveSettings {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        let text = serde_json::to_vec(&self.settings).unwrap_or_default();
        Ok(Done::reply(wire::Done {}).writing(vec![Write::Put(SETTINGS.to_owned(), text)]))
    }
}

impl Answer for SetSecret {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        let of = (self.file.unwrap_or_default(), self.name);
        match self.value.filter(|value| !value.is_empty()) {
            Some(value) => desk.secrets.insert(of, value),
            None => desk.secrets.remove(&of),
        };
        Ok(Done::reply(wire::Done {}))
    }
}

impl Answer for SecretsNow {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<SecretsKnown>, Failure> {
        let scenario = plan::scenario_in(&self.text)?;
        let told = desk.told_secrets(self.file.as_deref());
        let facts = scenario.secrets.iter().map(|secret| SecretFacts {
            name: secret.name.clone(),
            variable: secret.variable(),
            source: if told.contains_key(&secret.name) { SecretSource::Session } else { SecretSource::Missing },
        });
        Ok(Done::reply(SecretsKnown { secrets: facts.collect() }))
    }
}

impl Answer for ListHosts {
    /// Nothing is sent from here, so nothing has to be allowed.
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<AllowedHosts>, Failure> {
        Ok(Done::reply(AllowedHosts { hosts: Vec::new() }))
    }
}

impl Answer for AllowHost {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<AllowedHosts>, Failure> {
        no_sending()
    }
}

impl Answer for ForgetHost {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<AllowedHosts>, Failure> {
        Ok(Done::reply(AllowedHosts { hosts: Vec::new() }))
    }
}

impl Answer for CheckTarget {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<TargetFacts>, Failure> {
        no_sending()
    }
}

impl Answer for StartTrial {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<TrialStarted>, Failure> {
        no_sending()
    }
}

impl Answer for NextInTrial {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        no_sending()
    }
}

impl Answer for StopTrial {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        no_sending()
    }
}

impl Answer for OpenShop {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<ShopNow>, Failure> {
        no_shop()
    }
}

impl Answer for ReadShop {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<ShopNow>, Failure> {
        no_shop()
    }
}

impl Answer for TurnKnobs {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<ShopNow>, Failure> {
        no_shop()
    }
}

fn no_sending<R>() -> Result<Done<R>, Failure> {
    Err(Failure::new(Code::Unsupported, say::NO_TRIAL, ""))
}

fn no_shop<R>() -> Result<Done<R>, Failure> {
    Err(Failure::new(Code::Unsupported, say::NO_SHOP, say::IN_THE_APP))
}
