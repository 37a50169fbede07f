//! Results as text, Markdown and as a web page for people, and as JSON, JUnit XML and CSV for programs. Values in, text out.
//!
//! Must not know where the text goes; every number comes from the summary and the verdict as they are.

mod columns;
mod form;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sheet;
pub mod text;

pub use form::Form;

#[cfg(test)]
mod tests;
