//! What the words on the command line mean. After this nobody looks at flags.

use std::path::PathBuf;

use clap::ValueEnum;
use tidemark_core::scenario::Stage;
use tidemark_core::units::Span;
use tidemark_host::inputs::Overrides;

use crate::args::OverrideArgs;

/// What makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Nothing
    Never,
    /// A goal that was missed
    Goals,
    /// That, or a warning in the verdict
    Warnings,
    /// That, or any failed request
    AnyFailure,
}

/// What a schema is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A scenario file
    Scenario,
    /// What `run --json` and `report --json` print
    Report,
    /// What `compare --json` prints of two results
    Comparison,
    /// What it prints of more than two
    Trend,
}

/// A stage on the command line.
#[derive(Debug, Clone)]
pub struct StageArg(Stage);

/// What the flags of a scenario mean.
pub fn overrides(args: &OverrideArgs) -> Overrides {
    Overrides {
        target: args.target.clone(),
        base_url: args.host.as_deref().map(with_scheme),
        people: args.people,
        arrivals: args.arrivals,
        duration: args.duration,
        stages: args.stage.iter().map(|stage| stage.0.clone()).collect(),
        limit: None,
        only_tags: args.tag.clone(),
        skip_tags: args.skip_tag.clone(),
        watch: Vec::new(),
        values: args.set.clone(),
        data: args.data.iter().map(|(name, path)| (name.clone(), PathBuf::from(path))).collect(),
        seed: args.seed,
    }
}

/// `127.0.0.1:8000` as `http://127.0.0.1:8000`.
pub fn with_scheme(address: &str) -> String {
    if address.contains("://") { address.to_owned() } else { format!("http://{address}") }
}

/// A length of time.
pub fn span(text: &str) -> Result<Span, String> {
    Span::parse(text).ok_or_else(|| "write it like 90s, 5min or 1h30m".to_owned())
}

/// `60:2min`.
pub fn stage(text: &str) -> Result<StageArg, String> {
    let wrong = || "write it like 60:2min, which means: to 60, over 2 minutes".to_owned();
    let (to, over) = text.split_once(':').ok_or_else(wrong)?;
    let to: f64 = to.trim().parse().ok().filter(|to: &f64| to.is_finite() && *to >= 0.0).ok_or_else(wrong)?;
    let over = Span::parse(over).ok_or_else(wrong)?;
    Ok(StageArg(Stage { to: Some(to), over, ..Stage::default() }))
}

/// `name=value`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write it like NAME=VALUE".to_owned()),
    }
}

/// `ada:password`.
pub fn user(text: &str) -> Result<(String, String), String> {
    let wrong = || "write it like ada:password, where password is the name of a secret".to_owned();
    let (user, secret) = text.split_once(':').ok_or_else(wrong)?;
    let both = !user.trim().is_empty() && !secret.trim().is_empty();
    both.then(|| (user.trim().to_owned(), secret.trim().to_owned())).ok_or_else(wrong)
}

/// `50:0.2`.
pub fn crowd(text: &str) -> Result<(u32, f64), String> {
    let wrong = || "write it like 50:0.2, which means: above 50 people, 2 of 10 requests".to_owned();
    let (people, share) = text.split_once(':').ok_or_else(wrong)?;
    Ok((people.trim().parse().map_err(|_| wrong())?, share.trim().parse().map_err(|_| wrong())?))
}

/// `5s:1s`.
pub fn stall(text: &str) -> Result<(Span, Span), String> {
    let wrong = || "write it like 5s:1s, which means: after 5 seconds, for 1 second".to_owned();
    let (at, lasts) = text.split_once(':').ok_or_else(wrong)?;
    Ok((Span::parse(at).ok_or_else(wrong)?, Span::parse(lasts).ok_or_else(wrong)?))
}

#[cfg(test)]
mod tests;
