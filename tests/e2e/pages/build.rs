//! The Build tab: user types, shares, tasks and their steps, each thing by mouse, by keys and by its menu.
//!
//! Rows and cards have names: `usertype-visitor`, `task-look`, `step-home`, `check-home-0`, `save-list-0`, `group-g1`.

use fantoccini::actions::{InputSource, MouseActions, PointerAction};

use crate::rig::{ALT, Key, Window};

/// The Build tab.
pub struct Build<'a>(pub &'a Window);

/// A half of a row, where something is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Upper,
    Lower,
}

impl Build<'_> {
    /// Shows the Build tab of a test.
    pub async fn open(&self, test: &str) {
        self.0.visit(&format!("#/t/{test}/build")).await;
        self.0.see("outline").await;
    }

    // ---- user types and tasks ----

    /// Shows the tasks of a user type.
    pub async fn user(&self, id: &str) {
        self.0.click_css(&format!("[data-testid=\"usertype-{id}\"] .usertype-name")).await;
        self.0
            .until(&format!("the tasks of {id} are shown"), async || {
                (self.0.attribute(&format!("usertype-{id}"), "aria-current").await == "true").then_some(())
            })
            .await;
    }

    /// Adds a user type with this name; its row.
    pub async fn add_user(&self, name: &str) -> String {
        let before = self.0.ids("usertype-").await;
        self.0.click("usertype-add").await;
        self.named(name, "usertype-", &before).await
    }

    /// Adds a task with this name to the user type that is shown; its row.
    pub async fn add_task(&self, name: &str) -> String {
        let before = self.0.ids("task-").await;
        self.0.click("task-add").await;
        self.named(name, "task-", &before).await
    }

    /// Types the name that a new thing asks for; the thing's row.
    async fn named(&self, name: &str, kind: &str, before: &[String]) -> String {
        self.0.see("rename").await;
        self.0.control('a').await;
        self.0.write(name).await;
        self.0.press(Key::Enter).await;
        self.0.gone("rename").await;
        self.fresh(kind, before).await
    }

    /// The row that was not there before.
    async fn fresh(&self, kind: &str, before: &[String]) -> String {
        let is_row = |id: &String| !id.starts_with("step-add") && id != "step-quick" && id != "step-panel";
        self.0
            .until(&format!("there is a new {kind}"), async || {
                let now = self.0.ids(kind).await;
                now.into_iter().filter(is_row).find(|id| !before.contains(id))
            })
            .await
    }

    /// Opens a task, if it is closed.
    pub async fn unfold(&self, task: &str) {
        self.fold_to(&format!("task-{task}"), "true").await;
    }

    async fn fold_to(&self, row: &str, wanted: &str) {
        if self.0.attribute(row, "aria-expanded").await != wanted {
            self.0.click(&format!("fold-{row}")).await;
        }
        self.0
            .until(&format!("{row} is open: {wanted}"), async || {
                (self.0.attribute(row, "aria-expanded").await == wanted).then_some(())
            })
            .await;
    }

    // ---- steps ----

    /// The steps that are on the page, from the top, without `step-`.
    pub async fn steps(&self) -> Vec<String> {
        let rows =
            self.0.script("return [...document.querySelectorAll('.row.step')].map(e => e.dataset.testid)", vec![]);
        let rows = rows.await;
        let ids = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str()?.strip_prefix("step-").map(str::to_owned)).collect()
    }

    /// Waits until the steps on the page differ from what they were; what they are then.
    pub async fn steps_other_than(&self, before: &[String]) -> Vec<String> {
        self.0
            .until("the steps change", async || {
                let now = self.steps().await;
                (now != before).then_some(now)
            })
            .await
    }

    /// Adds a step at the end of a list (`look`, `arrival-visitor`, `then-any`) by typing; its row.
    pub async fn add_step(&self, list: &str, words: &str) -> String {
        let before = self.0.ids("step-").await;
        self.0.click_css(&format!("[data-testid=\"step-add-{list}\"] button[data-act=\"add\"]")).await;
        self.type_step(words, &before).await
    }

    async fn type_step(&self, words: &str, before: &[String]) -> String {
        self.0.see("quick-add").await;
        self.0.write(words).await;
        self.0.press(Key::Enter).await;
        self.0.gone("quick-add").await;
        self.fresh("step-", before).await
    }

    /// What a row says.
    pub async fn words(&self, row: &str) -> String {
        self.0.text_css(&format!("[data-testid=\"{row}\"] .row-main")).await
    }

    /// Chooses a row with the mouse.
    pub async fn choose(&self, row: &str) {
        self.0.click_css(&format!("[data-testid=\"{row}\"] .row-main")).await;
        self.0
            .until(&format!("{row} is chosen"), async || {
                (self.0.attribute(row, "aria-selected").await == "true").then_some(())
            })
            .await;
    }

    /// The rows that are chosen and on the page.
    pub async fn chosen(&self) -> Vec<String> {
        let rows = self
            .0
            .script("return [...document.querySelectorAll('[data-testid=outline] [aria-selected=true]')].map(e => e.dataset.testid)", vec![]);
        let rows = rows.await;
        let ids = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// Gives a row or a card another name with the key for it.
    pub async fn rename(&self, row: &str, name: &str) {
        self.0.focus(row).await;
        self.0.press(Key::F2).await;
        self.0.see("rename").await;
        self.0.control('a').await;
        self.0.write(name).await;
        self.0.press(Key::Enter).await;
        self.0.gone("rename").await;
    }

    /// Opens the menu of a row or card and clicks a line: `up`, `down`, `move-to`, `duplicate`, `group`, `off`, `delete` …
    pub async fn menu(&self, row: &str, act: &str) {
        let id = match row.strip_prefix("usertype-") {
            Some(user) => format!("usertype-menu-{user}"),
            None => format!("menu-{row}"),
        };
        self.0.click(&id).await;
        self.0.click(&format!("act-{act}")).await;
        self.0.gone("row-menu").await;
    }

    /// Moves a row with Alt and an arrow.
    pub async fn nudge(&self, row: &str, way: Key) {
        self.0.focus(row).await;
        self.0.press_with(ALT, way).await;
    }

    /// Takes hold of a row and drags it over the half of another one, without letting go.
    pub async fn hold_over(&self, row: &str, over: &str, half: Half) {
        self.carry(row, over, half, false).await;
    }

    /// Drags a row onto the half of another one.
    pub async fn drag(&self, row: &str, over: &str, half: Half) {
        self.carry(row, over, half, true).await;
    }

    async fn carry(&self, row: &str, over: &str, half: Half, drop: bool) {
        let from = self.0.see_css(&format!("[data-testid=\"{row}\"] .row-main")).await;
        let to = self.0.see(over).await;
        let height = to.rectangle().await.map_or(32.0, |(_, _, _, height)| height);
        let y = if half == Half::Upper { -height / 4.0 } else { height / 4.0 };
        let move_to = |element, y| PointerAction::MoveToElement { element, duration: None, x: 0.0, y };
        let mouse = MouseActions::new("mouse".into())
            .then(move_to(from, 0.0))
            .then(PointerAction::Down { button: 0 })
            .then(move_to(to.clone(), 0.0))
            .then(move_to(to, y));
        let mouse = if drop { mouse.then(PointerAction::Up { button: 0 }) } else { mouse };
        self.0.act(mouse).await;
    }

    // ---- shares ----

    /// The share in the field of a task or a user type, by its id.
    pub async fn share(&self, id: &str) -> String {
        self.0.value(&format!("share-{id}")).await
    }

    /// Waits until the share of a task or a user type is so.
    pub async fn share_becomes(&self, id: &str, wanted: &str) {
        self.0
            .until(&format!("the share of {id} is {wanted}"), async || (self.share(id).await == wanted).then_some(()))
            .await;
    }

    /// Types a share.
    pub async fn type_share(&self, id: &str, share: &str) {
        self.0.fill(&format!("share-{id}"), share).await;
    }

    /// Keeps a share as it is, or lets it change again.
    pub async fn lock(&self, id: &str) {
        self.0.click(&format!("lock-{id}")).await;
    }

    /// Drags a border of the bar of shares, counted from 1, by so many pixels.
    pub async fn drag_divider(&self, divider: usize, x: i32) {
        self.0.drag(&format!("mix-divider-{divider}"), x, 0).await;
    }

    /// How thick the band to a task is, in pixels.
    pub async fn ribbon(&self, task: &str) -> f64 {
        self.0.attribute(&format!("ribbon-{task}"), "data-px").await.parse().unwrap_or(0.0)
    }

    /// What was said last to those who listen.
    pub async fn said(&self) -> String {
        let said = self.0.script("return document.getElementById('live-region').textContent", vec![]).await;
        said.as_str().unwrap_or_default().to_owned()
    }
}
