//! Shared by Tidemark's integration tests: runs a scenario through the engine and keeps all that it told; finds the
//! `tidemark` program; sets up Python. Must not decide what is right: that is for each test.

pub mod chance;
pub mod drive;
pub mod fetch;
pub mod program;
pub mod python;
