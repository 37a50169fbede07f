//! The Load tab: the curve, its table, the presets, the goals.

use crate::rig::Window;

/// The Load tab.
pub struct Load<'a>(pub &'a Window);

impl Load<'_> {
    /// Shows the Load tab of a test.
    pub async fn open(&self, test: &str) {
        self.0.visit(&format!("#/t/{test}/load")).await;
        self.0.see("curve").await;
    }

    /// People and time of every stage, as they stand in the fields of the table.
    pub async fn stages(&self) -> Vec<(String, String)> {
        let mut stages = Vec::new();
        for id in self.0.ids("stage-").await {
            if let Some(stage) = id.strip_suffix("-time") {
                let people = self.0.value(&format!("{stage}-people")).await;
                stages.push((people, self.0.value(&id).await));
            }
        }
        stages
    }

    /// Waits until the table differs from what it was; what it says then.
    pub async fn changed_from(&self, before: &[(String, String)]) -> Vec<(String, String)> {
        self.0
            .until("the table changes", async || {
                let now = self.stages().await;
                (now != before).then_some(now)
            })
            .await
    }

    /// Waits until the table is so.
    pub async fn stages_become(&self, wanted: &[(String, String)]) {
        self.0
            .until(&format!("the table says {wanted:?}"), async || (self.stages().await == wanted).then_some(()))
            .await;
    }

    /// How many points the curve has.
    pub async fn points(&self) -> usize {
        self.0.ids("curve-point-").await.len()
    }

    /// Drags a point, counted from 1, by so many pixels.
    pub async fn drag_point(&self, point: usize, x: i32, y: i32) {
        self.0.drag(&format!("curve-point-{point}"), x, y).await;
    }

    /// Types how many people there are at the end of a stage, counted from 1.
    pub async fn type_people(&self, stage: usize, people: &str) {
        self.0.fill(&format!("stage-{stage}-people"), people).await;
    }
}
