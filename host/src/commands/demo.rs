//! The practice shop, and the demo against it: a scenario like any other, run like any other. Must not know how the shop is
//! made.

use std::path::PathBuf;
use std::sync::Arc;

use tidemark_core::plan::Plan;
use tidemark_core::practice::{DEMO_SEED, DEMO_TITLE};
use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::files::Document;
use tidemark_core::wire::run::{Overrides, Seed};
use tidemark_core::wire::shop::{DemoStarted, ShopNow};
use tidemark_core::wire::table::{OpenShop, ReadShop, StartDemo, StartRun, TurnKnobs};
use tidemark_core::wire::{Code, Failure, shelf};

use crate::host::Inner;
use crate::practice::{self, Practice};
use crate::{aside, disk, inputs};

/// The seed of every demo, so that everybody sees the same.
const SEED: Seed = Seed(DEMO_SEED);

impl Inner {
    pub(super) async fn start_demo(self: &Arc<Self>, _: StartDemo) -> Result<DemoStarted, Failure> {
        if self.runs.is_busy() {
            return Err(Failure::busy());
        }
        let shop = self.practice()?;
        let url = aside::on_disk(move || opened(shop.rehearse()?)).await?;
        let (host, at) = (self.clone(), url.clone());
        let (document, is_new) = aside::on_disk(move || host.demo_file(&practice::demo_at(&at))).await?;
        if is_new {
            self.ring.tell(Event::LibraryChanged(Changed::Scenarios));
        }
        let overrides = Overrides { seed: Some(SEED), ..Overrides::default() };
        let start =
            StartRun { file: Some(document.file.clone()), text: document.text.clone(), overrides, raised: false };
        let started = self.start_run(start).await?;
        Ok(DemoStarted { started, document, url })
    }

    pub(super) async fn open_shop(&self, _: OpenShop) -> Result<ShopNow, Failure> {
        let shop = self.practice()?;
        aside::on_disk(move || shop.open()).await
    }

    pub(super) async fn read_shop(&self, _: ReadShop) -> Result<ShopNow, Failure> {
        Ok(self.practice()?.now())
    }

    pub(super) async fn turn_knobs(&self, TurnKnobs { knobs }: TurnKnobs) -> Result<ShopNow, Failure> {
        let shop = self.practice()?;
        aside::on_disk(move || shop.turn(&knobs)).await
    }

    /// Opens the shop for a plan that looks for it, such as the demo's the day after. Where that fails, looking at the target
    /// says that nothing answers.
    pub(super) async fn open_shop_for(&self, plan: &Plan) {
        let meant = plan.target.url.trim_end_matches('/') == practice::DEMO_URL;
        if let Some(shop) = self.options.practice.clone().filter(|_| meant) {
            let _ = aside::on_disk(move || shop.open()).await;
        }
    }

    fn practice(&self) -> Result<Arc<dyn Practice>, Failure> {
        let none = || Failure::new(Code::Unsupported, "There is no practice shop here.", "Use the app on a computer.");
        self.options.practice.clone().ok_or_else(none)
    }

    /// The demo's file among the scenarios, and whether it had to be written. One that somebody changed is theirs now:
    /// the demo gets a new one.
    fn demo_file(&self, text: &str) -> Result<(Document, bool), Failure> {
        let _alone = disk::alone(&self.options.folder);
        let document = |path: &PathBuf| Document {
            file: self.scenarios.name_of(path),
            text: text.to_owned(),
            revision: shelf::revision(text.as_bytes()),
        };
        let mut files: Vec<PathBuf> = self.scenarios.files()?.into_iter().map(|(path, _)| path).collect();
        files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(DEMO_TITLE)));
        files.sort();
        for path in files {
            match inputs::text_of(&path) {
                Ok(found) if found == text => return Ok((document(&path), false)),
                Ok(found) if is_untouched(&found) => {
                    disk::replace(&path, text.as_bytes()).map_err(|error| disk::not_written(&path, &error))?;
                    return Ok((document(&path), true));
                }
                _ => {}
            }
        }
        let path = self.scenarios.add(DEMO_TITLE, text.as_bytes())?;
        Ok((document(&path), true))
    }
}

/// Whether this is the demo's scenario for a shop at another port.
fn is_untouched(text: &str) -> bool {
    let Some((before, rest)) = text.split_once("http://127.0.0.1:") else { return false };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    practice::DEMO.split_once(practice::DEMO_URL) == Some((before, after))
}

/// Where a shop is that was just opened.
fn opened(shop: ShopNow) -> Result<String, Failure> {
    shop.url.ok_or_else(|| Failure::new(Code::Internal, "The practice shop opened nowhere.", "Try it again."))
}
