//! Integration tests.

mod jsonpath_suite;
