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
    /// Asks the page for this look, as the computer's settings do. Chromium only.
    pub async fn wear(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let contrast = if look == Look::Contrast { "more" } else { "no-preference" };
        let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
        // Without movement, so that nothing is caught halfway between two colours.
        let still = feature("prefers-reduced-motion", "reduce");
        let features = [feature("prefers-color-scheme", scheme), feature("prefers-contrast", contrast), still];
        self.tell_chromium("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        const SETTLED: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() =>
            Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => done())))";
        self.script_async(SETTLED, vec![]).await;
    }

    /// Gives the page exactly this many CSS pixels. Chromium only.
    pub async fn view(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell_chromium("Emulation.setDeviceMetricsOverride", size).await;
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
