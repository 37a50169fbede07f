//! The whole program: exit codes, texts, files. Runs `tidemark` as a person would, against a shop of the test's own.

mod check;
mod demo;
mod disk;
mod feeds;
mod influxdb;
mod limit;
mod outputs;
mod overrides;
mod prometheus;
mod receivers;
mod rig;
mod run;
mod secure;
mod stop;
mod url;
mod watch;
