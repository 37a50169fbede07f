//! Results: the history, the report, and how a result is passed on.

use std::path::PathBuf;

use crate::rig::Window;

/// The history and a report.
pub struct Results<'a>(pub &'a Window);

impl Results<'_> {
    /// Shows the history of a test; the ids of its results, the latest first.
    pub async fn history(&self, test: &str) -> Vec<String> {
        self.0.visit(&format!("#/t/{test}/results")).await;
        self.0.see_css(".history-table").await;
        let rows = self.0.ids("result-").await;
        rows.iter()
            .filter_map(|id| id.strip_prefix("result-"))
            .filter(|id| !id.starts_with("more-"))
            .map(str::to_owned)
            .collect()
    }

    /// The state of the verdict, by its word.
    pub async fn state(&self) -> String {
        self.0.see("verdict").await;
        self.0.attribute("verdict", "data-state").await
    }

    /// Everything that the verdict says.
    pub async fn verdict(&self) -> String {
        self.0.text("verdict").await
    }

    /// The cells of the table of steps.
    pub async fn steps(&self) -> String {
        self.0.text_css(".steps-table").await
    }

    /// Opens the dialog from which a result is passed on; everything it says is in it.
    pub async fn share(&self) -> String {
        self.0.click("btn-share").await;
        self.0.text("share-parts").await
    }

    /// Makes a file there (`share-file` or `share-page`), and waits until it has arrived.
    pub async fn made(&self, way: &str, kind: &str) -> PathBuf {
        self.0.click(way).await;
        self.0.arrived(kind).await
    }
}
