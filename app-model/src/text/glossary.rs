//! The words on screen, each with one plain sentence.

/// A word, the field's own terms for finding it, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The word.
    pub word: &'static str,
    /// What engineers call it; for search.
    pub also: &'static str,
    /// One sentence.
    pub means: &'static str,
}

const fn entry(word: &'static str, also: &'static str, means: &'static str) -> Entry {
    Entry { word, also, means }
}

/// Every word, in the order in which one meets them.
pub const GLOSSARY: &[Entry] = &[
    entry(
        "Person",
        "virtual user",
        "A pretend person who follows your steps. 60 people means 60 of them at the same moment.",
    ),
    entry("User type", "persona, user class", "A kind of person, such as visitor or member, with their own tasks."),
    entry("Task", "scenario, journey", "Something a person does from start to finish, such as “buy something”."),
    entry("Step", "action, sampler", "One thing in a task, such as a request or a pause."),
    entry("Share", "weight", "How often this is chosen. 60 % means 6 times out of 10."),
    entry("Ramp-up", "ramp", "Letting people in gradually instead of all at once."),
    entry("Response time", "latency", "How long a person waits for an answer."),
    entry("Typical", "median, p50, 50th percentile", "The middle answer: half were faster, half slower."),
    entry("95 of 100", "p95, 95th percentile", "95 of every 100 answers were at least this fast. 5 were slower."),
    entry("99 of 100", "p99, 99th percentile", "99 of every 100 answers were at least this fast. 1 was slower."),
    entry("Average", "mean", "Not shown by default, because a few very slow answers can hide in it."),
    entry("Requests per second", "throughput, RPS", "How many questions your app was asked each second."),
    entry("Failed", "error", "No answer, an error answer, or a check that was not true."),
    entry("Pause", "think time, wait time", "The time a person spends reading before the next step."),
    entry("Check", "assertion", "Something that must be true about an answer."),
    entry(
        "Saved value",
        "variable, extractor, correlation",
        "A piece of an answer kept for a later step, like a sign-in token.",
    ),
    entry("Data table", "CSV, feeder, data set", "A list, like a spreadsheet, so each person can use different data."),
    entry("Secret", "credential", "A value that never stands in the file, such as a password."),
    entry("Target", "environment, base URL", "Where the requests go, such as your test server."),
    entry("Load plan", "load profile, stages, ramp", "How many people there are, from the start to the end."),
    entry("Goal", "threshold, SLO", "A promise you want to keep, such as “95 of 100 within 800 ms”."),
    entry("Baseline", "reference run", "The run you compare others with."),
    entry("Quick check", "smoke test", "A very small run that shows whether it works at all."),
    entry("Normal day", "load test", "As many people as on a busy day."),
    entry("Push harder", "stress test", "Step by step, up to twice as many people."),
    entry("Sudden rush", "spike test", "Many people at once, then few again."),
    entry("All day", "soak test, endurance test", "A long run that shows whether it gets worse over time."),
    entry("Find the limit", "breakpoint test", "More and more people, until a goal is broken."),
    entry(
        "Turning point",
        "knee, saturation point",
        "The moment and number of people where things started to get worse.",
    ),
    entry(
        "Sent elsewhere",
        "metrics export, remote write, scrape endpoint, OTLP, line protocol",
        "What a run measures, told every second to a program that keeps and draws such numbers.",
    ),
    entry(
        "This computer is the limit",
        "generator saturation",
        "The machine sending the requests could not keep up, so the numbers may be too pessimistic.",
    ),
];

/// The entry of a word.
pub fn meaning(word: &str) -> Option<&'static Entry> {
    GLOSSARY.iter().find(|entry| entry.word.eq_ignore_ascii_case(word))
}

/// The entries that fit what was typed, by word or the field's own terms.
pub fn search(typed: &str) -> impl Iterator<Item = &'static Entry> {
    let typed = typed.trim().to_lowercase();
    GLOSSARY
        .iter()
        .filter(move |entry| entry.word.to_lowercase().contains(&typed) || entry.also.to_lowercase().contains(&typed))
}
