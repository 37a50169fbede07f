//! The Run tab: numbers, orders, and how to end it.

use crate::rig::Window;

/// The Run tab.
pub struct Run<'a>(pub &'a Window);

impl Run<'_> {
    /// Starts a run of a test from its Run tab, and waits for its first numbers.
    pub async fn start(&self, test: &str) {
        self.0.visit(&format!("#/t/{test}/run")).await;
        self.0.click("btn-run").await;
        self.0.see("chart-time").await;
        self.seconds(2).await;
    }

    /// Waits until so many people are planned and there.
    pub async fn people(&self, wanted: u32) {
        self.0
            .until(&format!("{wanted} people are there"), async || {
                let first = self.number("metric-people").await;
                (first == Some(wanted)).then_some(())
            })
            .await;
    }

    /// How many people there are, as far as that is shown.
    pub async fn people_now(&self) -> u32 {
        self.0.until("people are counted", async || self.number("metric-people").await).await
    }

    async fn number(&self, id: &str) -> Option<u32> {
        let text = self.0.text_css(&format!("[data-testid={id}] .run-value")).await;
        text.replace(',', "").parse().ok()
    }

    /// Waits until the run is at least so many seconds old.
    pub async fn seconds(&self, wanted: u32) {
        self.0
            .until(&format!("{wanted} seconds are over"), async || {
                let time = self.0.text_css(".run-time").await;
                let (minutes, seconds) = time.split(' ').next()?.split_once(':')?;
                let gone = minutes.parse::<u32>().ok()? * 60 + seconds.parse::<u32>().ok()?;
                (gone >= wanted).then_some(())
            })
            .await;
    }

    /// Keeps the number of people as it is.
    pub async fn hold(&self) {
        self.0.click("btn-hold").await;
    }

    /// Ten people more.
    pub async fn more_people(&self) {
        self.0.click("run-more").await;
        self.0.click("people-more").await;
    }

    /// Ends it at once, and waits for its report.
    pub async fn stop_now(&self) {
        self.0.click("btn-stop").await;
        self.0.click("stop-now").await;
        self.0.see("verdict").await;
    }

    /// How long the lines of the watched series are, by what each is called.
    pub async fn strips(&self) -> Vec<(String, f64)> {
        const STRIPS: &str = "return [...document.querySelectorAll('[data-testid=strip]')].map(strip =>
            [strip.querySelector('.watched-title').textContent, strip.querySelector('[data-key=watched]').getTotalLength()])";
        serde_json::from_value(self.0.script(STRIPS, vec![]).await).unwrap_or_default()
    }

    /// How many seconds the table of a chart has.
    pub async fn rows(&self, chart: &str) -> usize {
        self.0.focus_css(&format!("[data-testid=chart-{chart}] .chart-plot")).await;
        self.0.write("t").await;
        self.0.see(&format!("chart-table-{chart}")).await;
        let rows = self.0.count(&format!("[data-testid=chart-table-{chart}] tbody tr")).await;
        self.0.click_css(&format!("[data-testid=chart-{chart}] .chart-head > .icon-button")).await;
        rows
    }
}
