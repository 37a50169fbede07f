//! The trial's dock below the outline: who is tried, what happened, and the answer with what can be picked from it.

use crate::rig::{Key, Window};

/// The dock.
pub struct Trial<'a>(pub &'a Window);

impl Trial<'_> {
    /// Tries a user type, by id, from the dock, and waits for the end; the line that counts.
    pub async fn run(&self, user: &str) -> String {
        if !self.0.is_seen("trial-user").await {
            self.0.click("trial-toggle").await;
        }
        self.0.choose("trial-user", user).await;
        let first = self.0.is_seen("trial-first").await;
        let before = if first { String::new() } else { self.0.attribute("trial-counts", "data-began").await };
        self.0.click(if first { "trial-first" } else { "trial-run" }).await;
        self.0
            .until("another trial begins", async || {
                (self.0.attribute("trial-counts", "data-began").await != before).then_some(())
            })
            .await;
        self.ended().await
    }

    /// Waits until nobody is tried any more; the line that counts.
    pub async fn ended(&self) -> String {
        self.0
            .until("the trial ends", async || {
                let stopped = self.0.attribute("trial-stop", "aria-disabled").await == "true";
                let words = if stopped { self.0.text("trial-counts").await } else { String::new() };
                (!words.is_empty()).then_some(words)
            })
            .await
    }

    /// Looks at the first step of the list with this name.
    pub async fn look_at(&self, name: &str) {
        let mut found = None;
        for id in self.0.ids("trial-step-").await {
            if self.0.text(&id).await.contains(name) {
                found = Some(id);
                break;
            }
        }
        self.0.click(&found.unwrap_or_else(|| panic!("no step says {name}"))).await;
        self.0
            .until(&format!("{name} is looked at"), async || {
                self.0.text("trial-title").await.contains(name).then_some(())
            })
            .await;
    }

    /// What the list says, a line for each step.
    pub async fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for id in self.0.ids("trial-step-").await {
            steps.push(self.0.text(&id).await.replace('\n', " "));
        }
        steps
    }

    /// The value of the answer at a path, as it is written there.
    pub async fn value(&self, path: &str) -> String {
        let css = format!("{} .tree-text", at(path));
        let words = async || Some(self.0.text_css(&css).await).filter(|words| !words.is_empty());
        self.0.until(&format!("{path} has a value"), words).await.trim_matches('"').to_owned()
    }

    /// Picks the value at a path with the mouse.
    pub async fn pick(&self, path: &str) {
        self.0.click_css(&at(path)).await;
        self.0.see("pick-popover").await;
    }

    /// Picks the value at a path with the keyboard alone, from the list of steps on.
    pub async fn pick_by_keys(&self, path: &str) {
        self.0.focus("trial-list").await;
        for _ in 0..20 {
            self.0.press(Key::Tab).await;
            if !["answer-value", "answer-branch"].contains(&self.0.focused().await.as_str()) {
                continue;
            }
            for _ in 0..50 {
                let here = "return document.activeElement?.dataset.path ?? ''";
                if self.0.script(here, vec![]).await == path {
                    self.0.press(Key::Enter).await;
                    self.0.see("pick-popover").await;
                    return;
                }
                self.0.press(Key::Down).await;
            }
        }
        panic!("the keyboard never came to {path}");
    }
}

fn at(path: &str) -> String {
    format!("[data-testid=trial] [data-path={}]", serde_json::json!(path))
}
