//! Two results side by side.

use crate::rig::Window;

/// The comparison.
pub struct Compare<'a>(pub &'a Window);

impl Compare<'_> {
    /// Compares two results of a test.
    pub async fn open(&self, test: &str, a: &str, b: &str) {
        self.0.visit(&format!("#/t/{test}/compare/{a}/{b}")).await;
        self.0.see("compare-summary").await;
    }

    /// Everything that is said about the change.
    pub async fn summary(&self) -> String {
        self.0.text("compare-summary").await
    }

    /// What each step's change is worth, by its word.
    pub async fn steps(&self) -> Vec<String> {
        let worth =
            "return [...document.querySelectorAll('[data-testid=compare-step]')].map(row => row.dataset.change)";
        let found = self.0.script(worth, vec![]).await;
        found.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    }

    /// The other way round.
    pub async fn swap(&self) {
        self.0.click("compare-swap").await;
        self.0.see("compare-summary").await;
    }
}
