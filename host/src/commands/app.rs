//! Who answers, what the app remembers, which hosts may be loaded, and secrets. Must not know runs.

use std::sync::Arc;

use serde_json::{Map, Value};
use tidemark_core::wire::table::{
    AllowHost, ForgetHost, Hello, ListHosts, ReadSettings, SaveSettings, SecretsNow, SetSecret, Settings,
};
use tidemark_core::wire::target::{AllowedHost, AllowedHosts, Greeting, SecretFacts, SecretSource, SecretsKnown};
use tidemark_core::wire::{Capabilities, Done, SecretsLive};
use tidemark_core::{result, scenario};

use crate::allow::Confirmed;
use crate::failure::{Code, Failure, OfFiles};
use crate::host::Inner;
use crate::{aside, disk};

/// The most that settings may have, in bytes.
const LARGEST_SETTINGS: usize = 4 << 20;

impl Inner {
    pub(super) async fn hello(&self, _: Hello) -> Result<Greeting, Failure> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Greeting {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_format: scenario::FORMAT,
            result_format: result::FORMAT,
            instance: self.instance.clone(),
            computer: format!("{} {}, {cores} cores", std::env::consts::OS, std::env::consts::ARCH),
            folder: self.options.folder.display().to_string(),
            capabilities: self.capabilities(),
        })
    }

    /// What can be done, with what the program on top has handed in.
    fn capabilities(&self) -> Capabilities {
        let secrets = match self.options.keychain {
            Some(_) => SecretsLive::InKeychain,
            None => SecretsLive::ForSession,
        };
        Capabilities { shop: self.options.practice.is_some(), secrets, ..self.options.capabilities }
    }

    pub(super) async fn read_settings(&self, _: ReadSettings) -> Result<Settings, Failure> {
        let path = self.options.folder.join("settings.json");
        aside::on_disk(move || match std::fs::read(&path) {
            // Settings that make no sense are as good as none: nobody should be kept out of the app by them.
            Ok(bytes) => Ok(Settings { settings: serde_json::from_slice(&bytes).unwrap_or_default() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(Failure::reading(&path, &error)),
        })
        .await
    }

    pub(super) async fn save_settings(&self, SaveSettings { settings }: SaveSettings) -> Result<Done, Failure> {
        let folder = self.options.folder.clone();
        let text = pretty(settings);
        if text.len() > LARGEST_SETTINGS {
            return Err(Failure::new(Code::Invalid, "These are far too many settings.", ""));
        }
        aside::on_disk(move || {
            let path = folder.join("settings.json");
            let _alone = disk::alone(&folder);
            disk::replace(&path, text.as_bytes()).map_err(|error| disk::not_written(&path, &error))?;
            Ok(Done {})
        })
        .await
    }

    pub(super) async fn set_secret(self: &Arc<Self>, set: SetSecret) -> Result<Done, Failure> {
        let host = self.clone();
        aside::on_disk(move || host.secrets.set(set.file.as_deref(), &set.name, set.value)).await?;
        Ok(Done {})
    }

    pub(super) async fn secrets_now(self: &Arc<Self>, asked: SecretsNow) -> Result<SecretsKnown, Failure> {
        let host = self.clone();
        aside::on_disk(move || host.secrets_of(asked)).await
    }

    fn secrets_of(&self, SecretsNow { file, text }: SecretsNow) -> Result<SecretsKnown, Failure> {
        let opened = crate::inputs::open_text("the scenario", text, None, &crate::inputs::Overrides::default())?;
        let source = |name: &str| match self.secrets.get(file.as_deref(), name) {
            Some((_, source)) => source,
            None if opened.inputs.secrets.contains_key(name) => SecretSource::Environment,
            None => SecretSource::Missing,
        };
        let facts = opened.scenario.secrets.iter().map(|secret| SecretFacts {
            name: secret.name.clone(),
            variable: secret.variable(),
            source: source(&secret.name),
        });
        Ok(SecretsKnown { secrets: facts.collect() })
    }

    pub(super) async fn allow_host(&self, AllowHost { host }: AllowHost) -> Result<AllowedHosts, Failure> {
        let host = host.trim().to_owned();
        if host.is_empty() || host.len() > 253 || host.contains(|c: char| c.is_whitespace() || "/?#@,*".contains(c)) {
            let message = format!("\"{host}\" is no name of a host.");
            return Err(Failure::new(Code::Invalid, message, "Write it without http:// and without a path."));
        }
        self.change_hosts(move |confirmed, now| confirmed.remember(&host, now)).await
    }

    pub(super) async fn list_hosts(&self, _: ListHosts) -> Result<AllowedHosts, Failure> {
        self.change_hosts(|_, _| Ok(())).await
    }

    pub(super) async fn forget_host(&self, ForgetHost { host }: ForgetHost) -> Result<AllowedHosts, Failure> {
        self.change_hosts(move |confirmed, _| confirmed.forget(&host)).await
    }

    /// Changes the list as it is on the disk now, as the command line may have changed it, too.
    async fn change_hosts(
        &self,
        change: impl FnOnce(&mut Confirmed, i64) -> Result<(), Failure> + Send + 'static,
    ) -> Result<AllowedHosts, Failure> {
        let (folder, config) = (self.options.folder.clone(), self.options.config.clone());
        aside::on_disk(move || {
            let _alone = disk::alone(&folder);
            let now = jiff::Timestamp::now().as_second();
            let mut confirmed = Confirmed::load_from(&config);
            change(&mut confirmed, now)?;
            let hosts = confirmed.until(now).into_iter();
            let ms = |seconds: i64| u64::try_from(seconds).unwrap_or(0).saturating_mul(1_000);
            Ok(AllowedHosts { hosts: hosts.map(|(host, until)| AllowedHost { host, until_ms: ms(until) }).collect() })
        })
        .await
    }

    /// The hosts that were confirmed and may be loaded now.
    pub(super) async fn allowed(&self) -> Result<Vec<String>, Failure> {
        let hosts = self.change_hosts(|_, _| Ok(())).await?.hosts;
        Ok(hosts.into_iter().map(|allowed| allowed.host).collect())
    }
}

/// As a text that people can read.
fn pretty(settings: Map<String, Value>) -> String {
    let mut text = serde_json::to_string_pretty(&Value::Object(settings)).unwrap_or_default();
    text.push('\n');
    text
}
