//! The `tidemark` program: what was typed, what it means, and one file for each command.
//!
//! The only crate that prints. Must not decide anything that another program on top of the host would decide as well.

mod args;
mod exit;
mod files;
mod live;
mod road;
mod settings;
mod show;
mod signals;

mod check;
mod compare;
mod demo;
mod limit;
mod preview;
mod report;
mod run;
mod schema;
mod serve;
mod share;
mod shop;
mod try_one;
mod url;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let done = match args::read() {
        Command::Demo(args) => demo::demo(&args),
        Command::Run(args) => run::run(&args),
        Command::Limit(args) => limit::limit(&args),
        Command::Check(args) => check::check(&args),
        Command::Preview(args) => preview::preview(&args),
        Command::Try(args) => try_one::try_one(&args),
        Command::Report(args) => report::report(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Share(args) => share::share(&args),
        Command::Url(args) => url::url(&args),
        Command::Serve(args) => serve::serve(&args),
        Command::Shop(args) => shop::shop(&args),
        Command::Schema(args) => schema::schema(&args),
    };
    exit::code(done)
}
