//! The app in a window is the app: one conversation with the host directly, and over the window's own line with a web view
//! that is only pretended.

use std::net::{Ipv4Addr, SocketAddr};

use serde_json::json;
use tauri::ipc::{CallbackFn, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;
use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::{Capabilities, SecretsLive};
use tidemark_host::{Host, Options, Subscription};
use tidemark_shop::{Knobs, Shop};
use tidemark_tests::converse::{Line, transcript};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;

/// A host in this folder.
fn host(folder: &TempDir) -> Host {
    let secrets = SecretsLive::ForSession;
    let capabilities = Capabilities { runs: true, tries: true, chosen_paths: true, secrets, shop: false };
    let (app, config) = (folder.path().join("app"), folder.path().join("config"));
    let options = Options { folder: app, config, capabilities, practice: None, keychain: None };
    Host::open(options).expect("an empty folder can be opened")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

struct Direct {
    host: Host,
    events: Subscription,
}

impl Line for Direct {
    async fn call(&mut self, name: &str, body: Value) -> Result<Value, Failure> {
        self.host.call(name, body).await
    }

    async fn event(&mut self) -> Option<Told> {
        Some(self.events.next().await.as_ref().clone())
    }
}

/// A window without a screen. Its page hears through channels, each known by a number.
struct Window {
    _app: App<MockRuntime>,
    page: WebviewWindow<MockRuntime>,
    heard: UnboundedReceiver<(u32, Value)>,
}

impl Window {
    fn open(folder: &TempDir) -> Self {
        let (tell, heard) = unbounded_channel();
        let app = commands(mock_builder())
            .channel_interceptor(move |_, channel, _, body| {
                let InvokeResponseBody::Json(text) = body else { return false };
                tell.send((channel.0, serde_json::from_str(text).expect("channels carry JSON"))).is_ok()
            })
            .build(mock_context(noop_assets()))
            .expect("a pretended window can be made");
        app.manage(Desk::of(host(folder)));
        let page = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a page");
        Self { _app: app, page, heard }
    }

    /// What the page asks of the window.
    async fn invoke(&self, command: &str, arguments: Value) -> Result<Value, Failure> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().expect("an address"),
            body: arguments.into(),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let page = self.page.clone();
        let answer = tokio::task::spawn_blocking(move || get_ipc_response(&page, request)).await;
        match answer.expect("the window answers") {
            Ok(reply) => Ok(reply.deserialize().expect("replies are JSON")),
            Err(failure) => {
                let text = failure.to_string();
                Err(serde_json::from_value(failure).unwrap_or_else(|error| panic!("{error}: {text}")))
            }
        }
    }

    async fn listen(&self, command: &str, channel: u32, after: Option<&str>) {
        let arguments = json!({ "channel": format!("__CHANNEL__:{channel}"), "after": after });
        self.invoke(command, arguments).await.expect("everybody may listen");
    }

    /// The next thing that a channel carries.
    async fn on(&mut self, wanted: u32) -> Value {
        let heard = tokio::time::timeout(std::time::Duration::from_secs(30), self.heard.recv()).await;
        let (channel, value) = heard.expect("something is heard").expect("the window is open");
        assert_eq!(channel, wanted, "{value}");
        value
    }
}

/// The page's events come by this channel.
const EVENTS: u32 = 7;

impl Line for Window {
    async fn call(&mut self, name: &str, body: Value) -> Result<Value, Failure> {
        self.invoke("call", json!({ "name": name, "body": body })).await
    }

    async fn event(&mut self) -> Option<Told> {
        Some(serde_json::from_value(self.on(EVENTS).await).expect("an event"))
    }
}

async fn shop() -> (Shop, SocketAddr) {
    let shop = tidemark_shop::start((Ipv4Addr::LOCALHOST, 0).into(), Knobs::quiet()).await.expect("a free port");
    let address = shop.addr();
    (shop, address)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_is_said_directly_and_in_a_window() {
    let (shop, address) = shop().await;
    let (one, other) = (folder(), folder());
    let host = host(&one);
    let mut direct = Direct { events: host.subscribe(None), host };
    let said = transcript(&mut direct, address).await;
    let mut window = Window::open(&other);
    window.listen("subscribe", EVENTS, None).await;
    assert_eq!(transcript(&mut window, address).await, said);
    shop.stop().await;
}

/// Makes something happen, twice.
async fn happen(window: &mut Window) {
    for name in ["one", "two"] {
        let text = json!({ "format": 1, "name": name }).to_string();
        window.call("library.write", json!({ "text": text })).await.expect("the folder takes a scenario");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_goes_on_where_it_was_or_hears_that_it_must_read_again() {
    let folder = folder();
    let mut window = Window::open(&folder);
    window.listen("subscribe", 1, None).await;
    happen(&mut window).await;
    let changed = |number| json!(Told { number, event: Event::LibraryChanged(Changed::Scenarios) });
    assert_eq!((window.on(1).await, window.on(1).await), (changed(1), changed(2)));

    let hello = window.call("app.hello", json!({})).await.expect("the host answers");
    let mark = format!("{}-1", hello["instance"].as_str().expect("an instance"));
    window.listen("subscribe", 2, Some(&mark)).await;
    assert_eq!(window.on(2).await, changed(2), "the new page hears what it missed, the old one nothing more");

    for nonsense in ["elsewhere-1", "?"] {
        window.listen("subscribe", 3, Some(nonsense)).await;
        assert_eq!(window.on(3).await["event"]["kind"], "resync");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_window_says_waits_for_the_page() {
    let folder = folder();
    let mut window = Window::open(&folder);
    let page = window.page.clone();
    let say = |text: &str| page.state::<Desk>().say(Said::Command(text.to_owned()));
    say("undo");
    say("redo");
    window.listen("attend", 4, None).await;
    say("run");
    for wanted in ["undo", "redo", "run"] {
        assert_eq!(window.on(4).await, json!({ "kind": "command", "about": wanted }));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_without_a_body_is_as_good_as_one_with_an_empty_one() {
    let folder = folder();
    let window = Window::open(&folder);
    let hello = window.invoke("call", json!({ "name": "app.hello" })).await;
    assert!(hello.is_ok(), "{hello:?}");
}
