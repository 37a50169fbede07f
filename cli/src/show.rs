//! Words on the screen: results to standard output, everything else to standard error, colours only on a terminal.
//!
//! A reader that went away is no error.

use std::io::{self, IsTerminal, Write};

use tidemark_core::problem::{Problem, Severity};
use tidemark_host::Failure;

/// Colours of one stream.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// For standard output.
    pub fn out() -> Self {
        Self::of(io::stdout().is_terminal())
    }

    /// For standard error.
    pub fn err() -> Self {
        Self::of(io::stderr().is_terminal())
    }

    fn of(terminal: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { on: terminal && !unwanted && !dumb }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// For what went wrong.
    pub fn red(self, text: &str) -> String {
        self.wrap("31;1", text)
    }

    /// For what went well.
    pub fn green(self, text: &str) -> String {
        self.wrap("32;1", text)
    }

    /// For what deserves a look.
    pub fn yellow(self, text: &str) -> String {
        self.wrap("33;1", text)
    }

    /// For what matters less.
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// For headings.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }
}

/// Writes to standard output. A closed pipe is no error, a full disk is.
///
/// # Errors
/// It could not be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let why = tidemark_host::failure::plain(&error);
            Err(Failure::new(tidemark_host::Code::Io, format!("The output could not be written: {why}."), ""))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a piece to standard error, as it is.
pub fn raw(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Says why a command could not be done.
pub fn failure(failure: &Failure) {
    let paint = Paint::err();
    note(&format!("{} {}", paint.red("Could not go on."), failure.message));
    if !failure.hint.is_empty() {
        note(&format!("  {}", failure.hint));
    }
}

/// One problem, as `file:line:column: error[code]: message` with its hint below.
pub fn problem(file: &str, at: Option<(usize, usize)>, problem: &Problem, paint: Paint) -> String {
    let (line, column) = at.unwrap_or((1, 1));
    let word = format!("{}[{}]", problem.severity.word(), problem.code);
    let word = match problem.severity {
        Severity::Stop => paint.red(&word),
        Severity::Warn => paint.yellow(&word),
        Severity::Tip => paint.bold(&word),
    };
    let hint = if problem.hint.is_empty() { String::new() } else { format!("  {}\n", problem.hint) };
    format!("{file}:{line}:{column}: {word}: {}\n{hint}", problem.message)
}
