//! Shared by Tidemark's integration tests: runs a scenario through the engine and keeps all that it told; finds the
//! `tidemark` program; sets up Python; holds the conversation that every way to the app must pass; sits at
//! a desk with the whole app but its screen. Must not decide what is right: that is for each test.

pub mod chance;
pub mod converse;
pub mod desk;
pub mod drive;
pub mod fetch;
pub mod program;
pub mod python;
