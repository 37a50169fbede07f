//! The Data tab with its dialogs, and the check before a run.

use serde_json::json;

use crate::rig::{Key, Window};

/// The Data tab.
pub struct Data<'a>(pub &'a Window);

impl Data<'_> {
    /// Shows the Data tab of a test.
    pub async fn open(&self, test: &str) {
        self.0.visit(&format!("#/t/{test}/data")).await;
        self.0.see("data-add-table").await;
    }

    /// Adds a thing: `table`, `value`, `secret`.
    pub async fn add(&self, kind: &str) {
        self.0.click(&format!("data-add-{kind}")).await;
        self.0.see("data-name").await;
    }

    /// Chooses a thing of the list by its kind and number.
    pub async fn choose(&self, kind: &str, at: usize) {
        self.0.click(&format!("data-{kind}-{at}")).await;
    }

    /// Names what is chosen.
    pub async fn name(&self, name: &str) {
        self.0.fill("data-name", name).await;
    }

    /// Pastes into the table, as a spreadsheet would; how long it took until the first cell was drawn, and the longest time
    /// that the page answered nobody, both in milliseconds.
    pub async fn paste(&self, text: &str) -> (f64, f64) {
        const PASTE: &str = "const [text, done] = arguments, grid = document.querySelector('[data-testid=grid]');
            let longest = 0, last = performance.now();
            const beat = setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 1);
            const event = new Event('paste', { bubbles: true, cancelable: true }), data = new DataTransfer();
            data.setData('text/plain', text); event.clipboardData = data;
            const first = text.split(/[\\t\\n]/).find(cell => cell), start = performance.now();
            grid.dispatchEvent(event);
            const look = () => {
                const seen = [...grid.querySelectorAll('[role=gridcell], [role=columnheader]')].some(cell => cell.textContent === first);
                if (!seen) return requestAnimationFrame(look);
                const took = performance.now() - start;
                setTimeout(() => { clearInterval(beat); done([took, longest]); }, 2500);
            };
            requestAnimationFrame(look);";
        let times = self.0.script_async(PASTE, vec![json!(text)]).await;
        (times[0].as_f64().unwrap_or(f64::MAX), times[1].as_f64().unwrap_or(f64::MAX))
    }

    /// What stands in a cell, rows and columns from 0, once it is seen.
    pub async fn cell(&self, row: usize, column: usize) -> String {
        self.0.text(&format!("cell-{row}-{column}")).await
    }

    /// What a run needs of the table, and what there is.
    pub async fn need(&self) -> String {
        self.0.text("table-need").await
    }

    /// How often a thing of the list is used, in its words.
    pub async fn line(&self, kind: &str, at: usize) -> String {
        self.0.text(&format!("data-{kind}-{at}")).await
    }

    /// Adds a header to the chosen target.
    pub async fn add_header(&self, at: usize, name: &str, value: &str) {
        self.0.click("target-headers-add").await;
        self.0.fill(&format!("target-headers-{at}-name"), name).await;
        self.0.fill(&format!("target-headers-{at}-value"), value).await;
    }

    /// Watches a page of metrics of the chosen target, or a process.
    pub async fn watch(&self, at: usize, what: &str) {
        self.0.click("target-watch-add").await;
        self.0.fill(&format!("target-watch-{at}"), what).await;
        self.0.press(Key::Tab).await;
    }
}

/// The check before a run.
pub struct Preflight<'a>(pub &'a Window);

impl Preflight<'_> {
    /// Asks for a run and waits for the check.
    pub async fn open(&self) {
        self.0.click("btn-run").await;
        self.0.see("preflight").await;
    }

    /// Why it can't go on; empty where it can.
    pub async fn why(&self) -> String {
        // An empty line is not there for WebDriver.
        const WHY: &str = "return document.querySelector('[data-testid=preflight-why]')?.textContent ?? ''";
        self.0.script(WHY, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// What the button says.
    pub async fn act(&self) -> String {
        self.0.text("preflight-run").await
    }

    /// Gives the first secret that lacks one a value.
    pub async fn tell_secret(&self, value: &str) {
        self.0.fill("secret-value", value).await;
        self.0.click("secret-keep").await;
    }

    /// Ticks the box of the first host and types a name.
    pub async fn confirm(&self, typed: &str) {
        if self.0.script("return document.querySelector('[data-testid=host-allowed]').checked", vec![]).await
            == json!(false)
        {
            self.0.click("host-allowed").await;
        }
        self.0.fill("host-typed", typed).await;
    }
}
