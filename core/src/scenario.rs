//! The document: what a tester draws and saves.

pub mod leaf;
pub mod node;
