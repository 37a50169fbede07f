//! The bar at the top: tabs, undo, and the three verbs.

use crate::rig::Window;

/// The frame around every screen of a test.
pub struct Frame<'a>(pub &'a Window);

impl Frame<'_> {
    /// Shows a tab: `build`, `data`, `load`, `run` or `results`.
    pub async fn tab(&self, name: &str) {
        self.0.click(&format!("tab-{name}")).await;
        let id = format!("tab-{name}");
        self.0
            .until(&format!("the tab {name} is shown"), async || {
                (self.0.attribute(&id, "aria-current").await == "page").then_some(())
            })
            .await;
    }

    /// Undoes the last change with the button.
    pub async fn undo(&self) {
        self.0.click("undo").await;
    }

    /// Does it again with the button.
    pub async fn redo(&self) {
        self.0.click("redo").await;
    }

    /// Waits until all changes are on the disk.
    pub async fn saved(&self) {
        self.0.until("all is saved", async || self.0.text("save-state").await.starts_with("Saved").then_some(())).await;
    }
}
