//! Every command through `Host::call`, in a folder of its own.

mod feeds;
mod files;
mod journal;
mod runs;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;
use tidemark_core::wire::{COMMANDS, Capabilities, Code, Failure, SecretsLive, Told};
use tidemark_host::{Host, Options, Practice, Subscription};
use tidemark_shop::{Knobs, Shop};
use tidemark_tests::converse::{Line, transcript};

/// A host in a folder that is removed with it.
pub struct Direct {
    host: Host,
    events: Subscription,
    folder: Arc<TempDir>,
}

impl Direct {
    pub fn open() -> Self {
        Self::in_folder(tempfile::tempdir().expect("a folder for temporary files"), true)
    }

    pub fn in_folder(folder: TempDir, chosen_paths: bool) -> Self {
        Self::with(folder, chosen_paths, None)
    }

    /// A host with a practice shop.
    pub fn with_practice(shop: Arc<dyn Practice>) -> Self {
        Self::with(tempfile::tempdir().expect("a folder for temporary files"), true, Some(shop))
    }

    fn with(folder: TempDir, chosen_paths: bool, practice: Option<Arc<dyn Practice>>) -> Self {
        let secrets = SecretsLive::ForSession;
        let options = Options {
            folder: folder.path().join("app"),
            config: folder.path().join("config"),
            capabilities: Capabilities { runs: true, tries: true, chosen_paths, secrets, shop: false },
            practice,
            keychain: None,
        };
        let host = Host::open(options).expect("an empty folder can be opened");
        Self { events: host.subscribe(None), host, folder: Arc::new(folder) }
    }

    /// A second line to the same host.
    pub fn another(&self) -> Self {
        Self { events: self.host.subscribe(None), host: self.host.clone(), folder: self.folder.clone() }
    }

    /// Closes the host; its folder stays.
    pub fn end(self) -> TempDir {
        drop((self.host, self.events));
        Arc::into_inner(self.folder).expect("nobody else is in the folder")
    }

    /// The folder of all that the host may write.
    pub fn top(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the app's folder.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("app").join(path)
    }
}

impl Line for Direct {
    async fn call(&mut self, name: &str, body: Value) -> Result<Value, Failure> {
        // On another task, as a server would: so the call must be able to move between threads.
        let (host, name) = (self.host.clone(), name.to_owned());
        tokio::spawn(async move { host.call(&name, body).await }).await.expect("no command panics")
    }

    async fn event(&mut self) -> Option<Told> {
        Some(self.events.next().await.as_ref().clone())
    }
}

pub async fn shop() -> (Shop, SocketAddr) {
    let shop = tidemark_shop::start((Ipv4Addr::LOCALHOST, 0).into(), Knobs::quiet())
        .await
        .expect("the shop opens on a free port");
    let address = shop.addr();
    (shop, address)
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    let folder = path.parent().expect("a file is in a folder");
    let made = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, bytes));
    made.expect("the folder for temporary files takes files");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_from_an_empty_folder_to_a_removed_result() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let said = transcript(&mut direct, address).await.join("\n");
    for expected in [
        "written to Looking around.tide",
        "a stale writer: conflict: \"Looking around.tide\" was changed by somebody else",
        "listed: [(\"Looking around.tide\", \"Looking around\")]",
        "hosts: [(\"127.0.0.1\", ThisComputer, true)], unreachable: None",
        "unsupported: This program knows no \"app.fly\".",
        "tried: Home Some(200)",
        "a second run: busy:",
        "Looking around started with seed 7",
        "results meanwhile: [(\"Looking around\", Growing)]",
        "told to stop: true",
        "ended: Stopped",
        "results: [(\"Looking around\", Whole)]",
        "opened: Looking around, sealed true, [\"/health said nothing of times: it is no page of metrics.\"]",
        "results left: []",
        "removed: not-found",
    ] {
        assert!(said.contains(expected), "missing: {expected}\n{said}");
    }
    shop.stop().await;
}

/// A body that can't be meant gets no further than being read, so this does nothing but find the door.
#[tokio::test]
async fn every_declared_command_has_a_door() {
    let mut direct = Direct::open();
    for declared in COMMANDS {
        let failure = direct.call(declared.name, Value::from("nonsense")).await.unwrap_err();
        assert_eq!(failure.code, Code::Invalid, "{}: {failure}", declared.name);
        assert!(failure.message.contains(declared.name), "{failure}");
    }
    let failure = direct.call("nothing.at_all", Value::Null).await.unwrap_err();
    assert_eq!(failure.code, Code::Unsupported);
}
