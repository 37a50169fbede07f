//! What can be made of a result to be passed on as text, by program and app alike.
//!
//! Must not know where it goes.

use super::{html, junit, markdown, sheet};
use crate::result::compare::Comparison;
use crate::result::{Opened, share, share::Options};

/// A form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One web page that needs nothing else.
    Page,
    /// A test suite for build servers, a test for each goal.
    Junit,
    /// A summary that fits a pull request.
    Markdown,
    /// Every second and step, for a spreadsheet.
    Seconds,
    /// Every step over the whole run, for a spreadsheet.
    Steps,
    /// Every value that the target said of itself, for a spreadsheet.
    Watched,
}

impl Form {
    /// All but the page, as they are offered.
    pub const OTHERS: [Self; 5] = [Self::Seconds, Self::Steps, Self::Watched, Self::Markdown, Self::Junit];

    /// What a file of it is called in a log.
    pub fn words(self) -> &'static str {
        match self {
            Self::Page => "Web page",
            Self::Junit => "JUnit XML",
            Self::Markdown => "Markdown",
            Self::Seconds => "Seconds as CSV",
            Self::Steps => "Steps as CSV",
            Self::Watched => "Watched series as CSV",
        }
    }

    /// How the name of a file of it ends, without the dot before it.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Page => "html",
            Self::Junit => "junit.xml",
            Self::Markdown => "md",
            Self::Seconds => "seconds.csv",
            Self::Steps => "steps.csv",
            Self::Watched => "watched.csv",
        }
    }

    /// A result in this form, without what `options` leave out; with what changed since `baseline`, where the form has a
    /// place for it.
    pub fn of(self, opened: &Opened, baseline: Option<&Comparison>, options: &Options) -> String {
        let shared = || share::trimmed(opened, options);
        match self {
            Self::Page => html::html(opened, options),
            Self::Junit => junit::report(&shared(), baseline),
            Self::Markdown => markdown::report(&shared(), baseline),
            Self::Seconds => sheet::seconds(&shared()),
            Self::Steps => sheet::steps(&shared()),
            Self::Watched => sheet::watched(&shared()),
        }
    }
}
