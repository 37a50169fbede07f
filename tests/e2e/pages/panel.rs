//! The step panel: what is chosen, field by field.

use crate::rig::{Key, Window};

/// The step panel.
pub struct Panel<'a>(pub &'a Window);

impl Panel<'_> {
    /// Shows a step of a task, both by id, in the Build tab of a test.
    pub async fn open(&self, test: &str, task: &str, step: &str) {
        self.0.visit(&format!("#/t/{test}/build/{task}/{step}")).await;
        self.0.see("step-panel").await;
    }

    /// Waits until the panel has a title with these words in it.
    pub async fn is_about(&self, words: &str) {
        self.0
            .until(&format!("the panel is about {words:?}"), async || {
                self.0.text("panel-title").await.contains(words).then_some(())
            })
            .await;
    }

    /// Chooses the method of a request.
    pub async fn set_method(&self, method: &str) {
        self.0.choose("panel-method", method).await;
    }

    /// Types the address of a request.
    pub async fn set_address(&self, address: &str) {
        self.0.fill("panel-address", address).await;
    }

    /// The address as it is kept: chips as `{{name}}`.
    pub async fn address(&self) -> String {
        self.0.value("panel-address").await
    }

    /// Types the name of whatever is chosen.
    pub async fn set_name(&self, name: &str) {
        self.0.fill("panel-name", name).await;
    }

    /// Puts a value at the end of a field, by its name, with the keys.
    pub async fn insert_value(&self, field: &str, name: &str) {
        self.0.focus(field).await;
        self.0.press(Key::End).await;
        self.0.write("{").await;
        self.0.see("value-picker").await;
        self.0.write(name).await;
        self.0.click(&format!("value-{name}")).await;
        self.0.gone("value-picker").await;
    }

    /// Adds a check of a kind by its word (`contains`, `within` …) with what is expected.
    pub async fn add_check(&self, kind: &str, expected: &str) {
        let at = self.0.count("[data-testid^=check-][data-testid$=-what]").await;
        self.0.click("check-add").await;
        self.0.see(&format!("check-{at}-what")).await;
        self.0.choose(&format!("check-{at}-what"), kind).await;
        self.0.fill(&format!("check-{at}-text"), expected).await;
        // Amounts are read when the field is left.
        self.0.focus("check-add").await;
    }

    /// Adds a saved value under a name, from a place by its word (`json`, `header` …).
    pub async fn add_saved_value(&self, name: &str, place: &str, text: &str) {
        let at = self.0.count("[data-testid^=save-][data-testid$=-name]").await;
        self.0.click("save-add").await;
        self.0.fill(&format!("save-{at}-name"), name).await;
        self.0.choose(&format!("save-{at}-where"), place).await;
        self.0.fill(&format!("save-{at}-text"), text).await;
    }

    /// Sets a pause to a range.
    pub async fn set_pause(&self, from: &str, to: &str) {
        self.0.choose("pause-kind", "between").await;
        self.0.fill("pause-from", from).await;
        self.0.fill("pause-to", to).await;
        self.0.focus("pause-kind").await;
    }

    /// Mends a problem with one of its fixes.
    pub async fn fix(&self, code: &str, fix: usize) {
        self.0.click(&format!("fix-{code}-{fix}")).await;
    }
}
