//! Shared by Tidemark's integration tests.
