//! How the window looks to different people: light, dark, or with strong contrast, as their computer asks for it.
//! Must not know a screen.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Window;

/// What a computer can ask pages for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Light,
    Dark,
    Contrast,
}

impl Look {
    pub const ALL: [Look; 3] = [Look::Light, Look::Dark, Look::Contrast];

    pub fn name(self) -> &'static str {
        match self {
            Look::Light => "light",
            Look::Dark => "dark",
            Look::Contrast => "contrast",
        }
    }
}

impl Window {
    /// Asks the page for this look, as the computer's settings do.
    ///
    /// # Panics
    /// It is a window of the desktop, which can't be told what the computer wants.
    pub async fn wear(&self, look: Look) {
        self.tell_preferences(look).await;
        const SETTLED: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() =>
            Promise.allSettled(document.getAnimations()
                .filter(one => one.playState === 'running' && one.effect?.getComputedTiming().endTime < Infinity)
                .map(one => one.finished)).then(() => done())))";
        self.script_async(SETTLED, vec![]).await;
    }

    async fn tell_preferences(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let contrast = if look == Look::Contrast { "more" } else { "no-preference" };
        let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
        // Without movement, so that nothing is caught halfway between two colours.
        let still = feature("prefers-reduced-motion", "reduce");
        let features = [feature("prefers-color-scheme", scheme), feature("prefers-contrast", contrast), still];
        self.tell_chromium("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Gives the page exactly this many CSS pixels.
    pub async fn view(&self, width: u32, height: u32) {
        if self.is_desktop() {
            return self.fit(width, height).await;
        }
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell_chromium("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// A window is larger than its page by its frame and its menu.
    async fn fit(&self, width: u32, height: u32) {
        const INSIDE: &str = "return [window.innerWidth, window.innerHeight]";
        let mut wanted = (width, height);
        self.until(&format!("the page is {width} by {height}"), async || {
            let inside = self.script(INSIDE, vec![]).await;
            let inside = (inside[0].as_u64()? as u32, inside[1].as_u64()? as u32);
            if inside == (width, height) {
                return Some(());
            }
            let outside = self.client().get_window_size().await.ok()?;
            wanted.0 = (outside.0 as u32 + width).saturating_sub(inside.0);
            wanted.1 = (outside.1 as u32 + height).saturating_sub(inside.1);
            self.client().set_window_size(wanted.0, wanted.1).await.ok()?;
            None
        })
        .await;
    }

    async fn tell_chromium(&self, command: &'static str, words: Value) {
        let told = self.client().issue_cmd(Devtools { command, words }).await;
        told.expect("chromedriver passes commands on to Chromium");
    }
}

/// chromedriver's own command that passes others on.
#[derive(Debug)]
struct Devtools {
    command: &'static str,
    words: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.command, "params": self.words }).to_string()))
    }
}
