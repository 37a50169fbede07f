//! Integration tests.

mod cli;
mod corpus;
mod desk;
mod examples;
mod exchanges;
mod fastapi;
mod host;
mod jsonpath_suite;
mod leaks;
mod no_room;
mod real_targets;
mod result_python;
mod serve;
