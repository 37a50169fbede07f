//! Tidemark's core: what a scenario is and means, and what the numbers say.
//!
//! Pure: takes values, gives values. No clock, no files, no network, no threads, no randomness of its own; builds for
//! wasm32. In reading order: a [`scenario`] is read and checked (its [`problem`]s), compiled into a plan, whose people
//! make [`traffic`]. What happened to it is counted in [`stats`], weighed against [`chance`], judged by a [`verdict`],
//! written down in a [`logbook`] and kept in a [`result`], drawn as a [`chart`] and shown by a [`report`]. The [`wire`] is
//! how an app asks for all of it.

pub mod scenario;
pub mod problem;
pub mod check;
pub mod locate;
pub mod plan;
pub mod preview;
pub mod practice;
pub mod traffic;
pub mod stats;
pub mod chance;
pub mod verdict;
pub mod scaling;
pub mod drift;
pub mod limit;
pub mod wire;
pub mod result;
pub mod logbook;
pub mod chart;
pub mod report;
pub mod feed;
pub mod watch;
pub mod charset;
pub mod units;
