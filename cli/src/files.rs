//! What else is made of a result: a web page, JUnit XML, Markdown, CSV.
//!
//! Must not know how a run is made, nor decide what stands in a file.

use std::path::Path;

use tidemark_core::report::{html, junit, markdown, sheet};
use tidemark_core::result::compare::Comparison;
use tidemark_core::result::{Opened, share, share::Options};
use tidemark_host::{Failure, results};

use crate::args::FilesArgs;
use crate::show;

impl FilesArgs {
    /// What each file is, and where it goes.
    fn all(&self) -> impl Iterator<Item = (What, &Path)> {
        let Self { html, junit, markdown, csv_seconds, csv_steps } = self;
        let all = [
            (What::Page, html),
            (What::Junit, junit),
            (What::Markdown, markdown),
            (What::Seconds, csv_seconds),
            (What::Steps, csv_steps),
        ];
        all.into_iter().filter_map(|(what, path)| Some((what, path.as_deref()?)))
    }

    /// Whether any is asked for.
    pub fn any(&self) -> bool {
        self.all().next().is_some()
    }

    /// Looks whether all can be written, before a run is made whose result they are about.
    pub fn ready(&self) -> Result<(), Failure> {
        self.all().try_for_each(|(_, path)| results::can_be_new(path))
    }

    /// Writes them; those that can't be written don't keep the others from it.
    pub fn write(&self, result: &Opened, baseline: Option<&Comparison>, options: &Options) -> Result<(), Failure> {
        let shared = share::opened(result.clone(), options);
        let mut trouble = None;
        for (what, path) in self.all() {
            let text = match what {
                What::Page => html::html(result, options),
                What::Junit => junit::report(&shared, baseline),
                What::Markdown => markdown::report(&shared, baseline),
                What::Seconds => sheet::seconds(&shared),
                What::Steps => sheet::steps(&shared),
            };
            match results::save_new(path, text.as_bytes()) {
                Ok(()) => show::note(&format!("{}: {}", what.words(), path.display())),
                Err(failure) => trouble = trouble.or(Some(failure)),
            }
        }
        trouble.map_or(Ok(()), Err)
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy)]
enum What {
    Page,
    Junit,
    Markdown,
    Seconds,
    Steps,
}

impl What {
    fn words(self) -> &'static str {
        match self {
            Self::Page => "Web page",
            Self::Junit => "JUnit XML",
            Self::Markdown => "Markdown",
            Self::Seconds => "Seconds as CSV",
            Self::Steps => "Steps as CSV",
        }
    }
}
