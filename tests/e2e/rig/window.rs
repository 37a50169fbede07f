//! The one door to what is on screen: finding by test id, clicking, typing, dragging, and waiting until something is so.
//! Works the same in a browser and in a window of the desktop. Must not know a screen.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::app::App;
use super::driver::Driver;
use super::keys::{CONTROL, Key};
use super::screen::Screen;
use super::{PATIENCE, PAUSE};

/// A window with the app.
pub struct Window {
    client: RefCell<Client>,
    driver: Driver,
    size: (u32, u32),
}

impl Window {
    /// Opens a window with the app.
    pub async fn open(app: &App, width: u32, height: u32) -> Self {
        let driver = Driver::start(app).await;
        let client = RefCell::new(driver.open(width, height).await);
        let window = Self { client, driver, size: (width, height) };
        window.go(app.url()).await;
        window
    }

    /// Shows an address. A window of the desktop has one only, and is opened again where it is gone.
    pub async fn go(&self, url: &str) {
        match &self.driver {
            Driver::Chromium(_) => self.client().goto(url).await.expect("the browser goes there"),
            Driver::WebKit(driver) => {
                let there = tokio::time::timeout(PATIENCE, self.client().current_url()).await;
                if !matches!(there, Ok(Ok(_))) {
                    driver.again().await;
                    let client = self.driver.open(self.size.0, self.size.1).await;
                    self.client.replace(client);
                }
                self.view(self.size.0, self.size.1).await;
                self.see("main").await;
            }
        }
    }

    /// The screen of the desktop that the window is on.
    ///
    /// # Panics
    /// It is a browser's.
    pub fn screen(&self) -> &Screen {
        self.driver.screen().expect("this is for windows of the desktop only")
    }

    /// Starts the desktop's program once more with these files, as a double click does, and waits until it has ended.
    ///
    /// # Panics
    /// It does not end, or not well.
    pub async fn started_again_with(&self, files: &[&Path]) {
        assert!(self.driver.once_more(files).await, "the second program did not end well");
    }

    /// Whether this is a window of the desktop.
    pub fn is_desktop(&self) -> bool {
        self.driver.screen().is_some()
    }

    /// Shows an address beside what is shown, waits until it is there, and closes it again.
    pub async fn beside(&self, url: &str) {
        let here = self.done(self.client().window().await);
        let beside = self.done(self.client().new_window(true).await).handle;
        self.done(self.client().switch_to_window(beside).await);
        self.go(url).await;
        self.see("main").await;
        self.done(self.client().close_window().await);
        self.done(self.client().switch_to_window(here).await);
    }

    /// Goes to a place in the app, as written behind `#`.
    pub async fn visit(&self, route: &str) {
        self.script("location.hash = arguments[0]", vec![route.into()]).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client().refresh().await.expect("the browser loads it again");
    }

    /// The part of the address from `#` on.
    pub async fn route(&self) -> String {
        self.script("return location.hash", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The folder that saved files arrive in.
    pub fn downloads(&self) -> &Path {
        self.driver.downloads()
    }

    /// Waits until a saved file of this kind has arrived.
    pub async fn arrived(&self, kind: &str) -> std::path::PathBuf {
        self.until(&format!("a .{kind} file arrives"), async || {
            let files = std::fs::read_dir(self.downloads()).ok()?;
            let paths = files.filter_map(Result::ok).map(|file| file.path());
            paths.into_iter().find(|path| path.extension().is_some_and(|end| end == kind))
        })
        .await
    }

    // ---- looking ----

    /// Waits until the element with this test id is seen.
    pub async fn see(&self, id: &str) -> Element {
        self.see_css(&by_id(id)).await
    }

    /// Waits until the first element of this kind is seen.
    pub async fn see_css(&self, css: &str) -> Element {
        self.until(&format!("{css} is seen"), async || self.seen(css).await).await
    }

    /// Waits until no element with this test id is seen.
    pub async fn gone(&self, id: &str) {
        let css = by_id(id);
        self.until(&format!("{css} is gone"), async || self.seen(&css).await.is_none().then_some(())).await;
    }

    /// Whether an element with this test id is seen now.
    pub async fn is_seen(&self, id: &str) -> bool {
        self.seen(&by_id(id)).await.is_some()
    }

    /// How many elements of this kind there are now.
    pub async fn count(&self, css: &str) -> usize {
        self.client().find_all(Locator::Css(css)).await.map_or(0, |found| found.len())
    }

    /// What stands on the element with this test id, once it is seen.
    pub async fn text(&self, id: &str) -> String {
        self.text_css(&by_id(id)).await
    }

    /// What stands on the first element of this kind, once it is seen.
    pub async fn text_css(&self, css: &str) -> String {
        self.until(&format!("{css} has words"), async || {
            let element = self.seen(css).await?;
            if !self.is_desktop() {
                return element.text().await.ok();
            }
            // WebKit's driver leaves out words that are cut short on screen.
            let element = serde_json::to_value(element).ok()?;
            let words = self.client().execute("return arguments[0].innerText", vec![element]).await.ok()?;
            Some(words.as_str()?.trim().to_owned())
        })
        .await
    }

    /// What a field with this test id holds.
    pub async fn value(&self, id: &str) -> String {
        let css = by_id(id);
        self.until(&format!("{css} has a value"), async || self.seen(&css).await?.prop("value").await.ok().flatten())
            .await
    }

    /// An attribute of the element with this test id; empty where it has none.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        self.see(id).await.attr(name).await.ok().flatten().unwrap_or_default()
    }

    /// The test ids of all elements whose test id begins so, in the order of the page.
    pub async fn ids(&self, beginning: &str) -> Vec<String> {
        const FIND: &str = "return [...document.querySelectorAll('[data-testid]')].map(e => e.dataset.testid)
            .filter(id => id.startsWith(arguments[0]))";
        let found = self.script(FIND, vec![beginning.into()]).await;
        let ids = found.as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The test id of what has the focus; empty where that has none.
    pub async fn focused(&self) -> String {
        let id = self.script("return document.activeElement?.dataset?.testid ?? ''", vec![]).await;
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `ask` has an answer. `what` completes "it never came that …".
    pub async fn until<T>(&self, what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "it never came that {what}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    // ---- acting ----

    /// Clicks the element with this test id, as soon as nothing is in front of it.
    pub async fn click(&self, id: &str) {
        self.click_css(&by_id(id)).await;
    }

    /// Clicks the first element of this kind.
    pub async fn click_css(&self, css: &str) {
        self.until(&format!("{css} could be clicked"), async || self.seen(css).await?.click().await.ok()).await;
    }

    /// Clicks the first button, link, tab or item whose words are these.
    pub async fn click_words(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or self::summary or self::option or self::label or @role='menuitem' or @role='tab'\
             or @role='option'][normalize-space(.)={}]",
            xpath_text(words)
        );
        self.until(&format!("{words:?} could be clicked"), async || {
            for element in self.client().find_all(Locator::XPath(&path)).await.ok()? {
                if self.is_displayed(&element).await && element.click().await.is_ok() {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// Replaces what a field holds, key by key, and leaves it.
    pub async fn fill(&self, id: &str, text: &str) {
        self.fill_css(&by_id(id), text).await;
    }

    /// The same for the first field of this kind.
    pub async fn fill_css(&self, css: &str, text: &str) {
        self.click_css(css).await;
        self.press_with(CONTROL, Key::Letter('a')).await;
        self.write(text).await;
        self.press(Key::Tab).await;
    }

    /// Types into what has the focus.
    pub async fn write(&self, text: &str) {
        let keys = text.chars().fold(KeyActions::new("keys".into()), |keys, letter| {
            keys.then(KeyAction::Down { value: letter }).then(KeyAction::Up { value: letter })
        });
        self.done(self.client().perform_actions(keys).await);
    }

    /// Presses a key.
    pub async fn press(&self, key: Key) {
        self.write(&key.sign().to_string()).await;
    }

    /// Presses a key several times.
    pub async fn press_times(&self, key: Key, times: usize) {
        self.write(&key.sign().to_string().repeat(times)).await;
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: char, key: Key) {
        let keys = KeyActions::new("keys".into())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key.sign() })
            .then(KeyAction::Up { value: key.sign() })
            .then(KeyAction::Up { value: held });
        self.done(self.client().perform_actions(keys).await);
    }

    /// Ctrl and a letter.
    pub async fn control(&self, letter: char) {
        self.press_with(CONTROL, Key::Letter(letter)).await;
    }

    /// Puts the focus on the element with this test id, as a screen reader does.
    pub async fn focus(&self, id: &str) {
        self.focus_css(&by_id(id)).await;
    }

    /// The same for the first element of this kind.
    pub async fn focus_css(&self, css: &str) {
        self.see_css(css).await;
        let focused = self
            .script(
                "const e = document.querySelector(arguments[0]); e?.focus(); return document.activeElement === e",
                vec![css.into()],
            )
            .await;
        assert_eq!(focused, Value::Bool(true), "{css} can't be focused");
    }

    /// Presses Tab until the element with this test id has the focus.
    pub async fn tab_to(&self, id: &str) {
        self.see(id).await;
        self.tab_until(id, async || self.focused().await == id).await;
    }

    /// Presses Tab until something with this role has the focus.
    pub async fn tab_into(&self, role: &str) {
        const ROLE: &str = "return document.activeElement?.getAttribute('role') ?? ''";
        self.tab_until(role, async || self.script(ROLE, vec![]).await == role).await;
    }

    async fn tab_until(&self, what: &str, there: impl AsyncFn() -> bool) {
        for _ in 0..250 {
            if there().await {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never led to {what}");
    }

    /// Chooses from a list by the value or the words of the option.
    pub async fn choose(&self, id: &str, option: &str) {
        let css = by_id(id);
        self.until(&format!("{css} offers {option}"), async || {
            let list = self.seen(&css).await?;
            match list.select_by_value(option).await {
                Ok(()) => Some(()),
                Err(_) => list.select_by_label(option).await.ok(),
            }
        })
        .await;
    }

    /// Drags the middle of the element with this test id by so many pixels, in steps, as a hand does.
    pub async fn drag(&self, id: &str, x: i32, y: i32) {
        let element = self.see(id).await;
        const STEPS: i32 = 8;
        let start = MouseActions::new("mouse".into())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: 0 });
        let mut gone = (0, 0);
        let moves = (1..=STEPS).fold(start, |moves, step| {
            let now = (x * step / STEPS, y * step / STEPS);
            let (dx, dy) = (now.0 - gone.0, now.1 - gone.1);
            gone = now;
            let duration = Some(Duration::from_millis(16));
            moves.then(PointerAction::MoveBy { duration, x: f64::from(dx), y: f64::from(dy) })
        });
        self.done(self.client().perform_actions(moves.then(PointerAction::Up { button: 0 })).await);
    }

    /// Moves the mouse as told.
    pub async fn act(&self, mouse: MouseActions) {
        self.done(self.client().perform_actions(mouse).await);
    }

    /// Drops a file onto the page, or gives it to the field for files where there is one.
    pub async fn drop_file(&self, path: &Path) {
        // A page can't read the disk, so a hidden field takes the file and the drop is made of what it holds.
        const FIELD: &str = "const f = document.createElement('input'); f.type = 'file'; f.id = 'rig-file'; \
            f.style.position = 'fixed'; f.style.insetBlockStart = 0; f.style.zIndex = 9999; document.body.append(f)";
        const DROP: &str = "const f = document.getElementById('rig-file'); const data = new DataTransfer();
            data.items.add(f.files[0]); f.remove();
            const at = document.querySelector('main') ?? document.body;
            for (const kind of ['dragenter', 'dragover', 'drop'])
                at.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }))";
        self.script(FIELD, vec![]).await;
        let field = self.done(self.client().find(Locator::Id("rig-file")).await);
        self.done(field.send_keys(&path.to_string_lossy()).await);
        self.script(DROP, vec![]).await;
    }

    /// Runs JavaScript in the page; its `arguments` are the given ones.
    pub async fn script(&self, code: &str, arguments: Vec<Value>) -> Value {
        self.done(self.client().execute(code, arguments).await)
    }

    /// The same, and waits for the callback that is the last of its `arguments`.
    pub async fn script_async(&self, code: &str, arguments: Vec<Value>) -> Value {
        self.done(self.client().execute_async(code, arguments).await)
    }

    /// Milliseconds of the processor that the page's own thread took since it was asked first: for the program, for styles
    /// and layout, and in all.
    pub async fn worked(&self) -> [f64; 3] {
        self.done(
            self.client().issue_cmd(Devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }))).await,
        );
        let found = self.done(self.client().issue_cmd(Devtools("Performance.getMetrics", json!({}))).await);
        let all = found["metrics"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of = |name: &str| {
            let one = all.iter().find(|one| one["name"] == name).expect("browsers count it");
            one["value"].as_f64().unwrap_or_default() * 1e3
        };
        [of("ScriptDuration"), of("LayoutDuration") + of("RecalcStyleDuration"), of("TaskDuration")]
    }

    // ---- after all ----

    /// A picture of the window, as PNG; empty where none could be taken.
    pub async fn picture(&self) -> Vec<u8> {
        self.client().screenshot().await.unwrap_or_default()
    }

    /// Where the page is, what it logged, and all its words.
    pub async fn last_words(&self) -> String {
        let url = self.client().current_url().await.map(String::from).unwrap_or_default();
        let log = self.log().await.join("\n");
        let body = self.client().execute("return document.body.innerText", vec![]).await.unwrap_or_default();
        format!("{url}\n\n== log\n{log}\n\n== page\n{}\n", body.as_str().unwrap_or_default())
    }

    /// What the page logged since it was asked last.
    pub async fn log(&self) -> Vec<String> {
        let answer = self.client().issue_cmd(Log).await.unwrap_or_default();
        let lines = answer.as_array().map(Vec::as_slice).unwrap_or_default();
        lines
            .iter()
            .map(|line| {
                format!(
                    "{}: {}",
                    line["level"].as_str().unwrap_or_default(),
                    line["message"].as_str().unwrap_or_default()
                )
            })
            .collect()
    }

    /// Ends the browser.
    pub async fn close(self) {
        let _ = self.client().close().await;
    }

    /// For what only one kind of browser can.
    pub(super) fn client(&self) -> Client {
        self.client.borrow().clone()
    }

    /// The first displayed element of this kind, now.
    async fn seen(&self, css: &str) -> Option<Element> {
        for element in self.client().find_all(Locator::Css(css)).await.ok()? {
            if self.is_displayed(&element).await {
                return Some(element);
            }
        }
        None
    }

    /// Whether an element is displayed now. WebKit's driver takes all words that may be cut short for hidden ones, so there
    /// the page itself is asked.
    async fn is_displayed(&self, element: &Element) -> bool {
        const ASK: &str = "const e = arguments[0];
            const has_size = e => [...e.getClientRects()].some(r => r.width > 0 && r.height > 0) || [...e.children].some(has_size);
            return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && has_size(e)";
        if !self.is_desktop() {
            return element.is_displayed().await.unwrap_or(false);
        }
        let Ok(element) = serde_json::to_value(element) else { return false };
        self.client().execute(ASK, vec![element]).await.is_ok_and(|answer| answer == Value::Bool(true))
    }

    #[track_caller]
    fn done<T>(&self, outcome: Result<T, CmdError>) -> T {
        match outcome {
            Ok(value) => value,
            Err(error) => panic!("the browser refused: {error}"),
        }
    }
}

fn by_id(id: &str) -> String {
    format!("[data-testid={}]", json!(id))
}

/// XPath has no escapes in texts.
fn xpath_text(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}

/// chromedriver's own command for what a page logged.
#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// chromedriver's own command for the browser's tools.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}
