//! Part of Tidemark.
