//! Tidemark's development tasks: `cargo xtask <command>`. This file is the table of contents.
//!
//! Uses the standard library and serde_json only, and knows no other crate of the workspace: it must build in seconds on
//! a machine that has nothing yet.

mod app;
mod bench;
mod desktop;
mod machine;
mod pace;
mod run;
mod shots;
mod test;
mod tidy;
mod ui;

use std::process::ExitCode;

/// One row per command: its name, what it does, and the function that does it.
const COMMANDS: [(&str, &str, Command); 10] = [
    ("app", "build the app and open it; words after it go to tidemark instead", app::app),
    ("test", "everything that has to pass before a change lands; name parts to run only those", test::test),
    ("ui", "build the editor into app-ui/dist; --debug for a quick build, --out FOLDER for another place", ui::ui),
    ("shots", "take a picture of every screen, light and dark, wide and narrow, into target/shots", shots::shots),
    ("pace", "measure how long a person waits for the screen", pace::pace),
    ("bench", "measure how much load one core can make, beside other programs, into docs/performance.md", bench::bench),
    ("desktop", "build the window and open it, with the files you name", desktop::desktop),
    ("bundle", "make a package of the window that others install", desktop::bundle),
    ("icons", "make every size of the icon from its drawing", desktop::icons),
    ("tidy", "check the house rules: borders between crates, file sizes, forbidden calls", tidy::tidy),
];

/// Takes the words after the command's name. An `Err` is what could not be done, as a lower-case fragment.
type Command = fn(&[String]) -> Result<ExitCode, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match words.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, _, _)| *known == name) else {
        return help(name);
    };
    command(rest).unwrap_or_else(|trouble| {
        eprintln!("{name}: {trouble}");
        ExitCode::from(2)
    })
}

fn help(name: &str) -> ExitCode {
    let asked = ["help", "-h", "--help"].contains(&name);
    if !asked {
        eprintln!("There is no command named {name}. These exist:\n");
    }
    println!("cargo xtask <command>\n");
    for (name, what, _) in COMMANDS {
        println!("  {name:7} {what}");
    }
    if asked { ExitCode::SUCCESS } else { ExitCode::from(2) }
}
