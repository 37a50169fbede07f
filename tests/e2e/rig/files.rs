//! Files that a person chooses. Must not know what is in one.

use std::path::Path;

use fantoccini::Locator;

use super::Window;

impl Window {
    /// Clicks a button that opens the browser's picker, and chooses this file there.
    pub async fn choose_file(&self, button: &str, path: &Path) {
        // The picker itself is no page and takes no orders: its field is put into the page instead, and takes the file.
        const KEEP: &str = "HTMLInputElement.prototype.click = function () {
            if (this.type !== 'file') return HTMLElement.prototype.click.call(this);
            this.id = 'rig-file'; this.title = 'of the tests'; document.body.append(this); }";
        self.script(KEEP, vec![]).await;
        self.click(button).await;
        let field = self.until("a picker opens", async || self.client().find(Locator::Id("rig-file")).await.ok()).await;
        field.send_keys(&path.to_string_lossy()).await.expect("the field takes a file");
    }
}
