//! Integration tests.

mod fastapi;
mod jsonpath_suite;
