//! What else is made of a result: a web page, JUnit XML, Markdown, CSV.
//!
//! Must not know how a run is made, nor decide what stands in a file.

use std::path::Path;

use tidemark_core::report::Form;
use tidemark_core::result::compare::Comparison;
use tidemark_core::result::{Opened, share::Options};
use tidemark_host::{Failure, results};

use crate::args::FilesArgs;
use crate::show;

impl FilesArgs {
    /// What each file is, and where it goes.
    fn all(&self) -> impl Iterator<Item = (Form, &Path)> {
        let Self { html, junit, markdown, csv_seconds, csv_steps, csv_watched } = self;
        let all = [
            (Form::Page, html),
            (Form::Junit, junit),
            (Form::Markdown, markdown),
            (Form::Seconds, csv_seconds),
            (Form::Steps, csv_steps),
            (Form::Watched, csv_watched),
        ];
        all.into_iter().filter_map(|(form, path)| Some((form, path.as_deref()?)))
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
        let mut trouble = None;
        for (form, path) in self.all() {
            let text = form.of(result, baseline, options);
            match results::save_new(path, text.as_bytes()) {
                Ok(()) => show::note(&format!("{}: {}", form.words(), path.display())),
                Err(failure) => trouble = trouble.or(Some(failure)),
            }
        }
        trouble.map_or(Ok(()), Err)
    }
}
