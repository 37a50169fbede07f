//! Integration tests.

mod cli;
mod corpus;
mod fastapi;
mod jsonpath_suite;
mod no_room;
mod real_targets;
mod result_python;
