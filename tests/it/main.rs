//! Integration tests.

mod cli;
mod fastapi;
mod jsonpath_suite;
mod no_room;
mod real_targets;
