//! `tidemark serve` as a browser meets it: the program started, asked over HTTP.

mod access;
mod assets;
mod demo;
mod events;
mod files;
mod parity;
mod rig;
