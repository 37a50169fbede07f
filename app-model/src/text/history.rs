//! The words of the history: versions, and what was restored.

/// A version kept when a run was started.
pub const RUN: &str = "Started a run";
/// A version kept after ten minutes of edits.
pub const TIME: &str = "While editing";
/// The version of the file, before what was restored.
pub const FILE: &str = "As it was in the file";
/// The list of changes.
pub const CHANGES: &str = "Changes";
/// The list of versions.
pub const VERSIONS: &str = "Versions";
/// There is no version yet.
pub const NO_VERSIONS: &str = "Versions are kept by themselves when a run starts and every ten minutes of edits.";
/// The field for a version's name.
pub const NAME_VERSION: &str = "Name this version";
/// What helps.
pub const NAME_VERSION_HINT: &str = "Such as Before the sale.";
/// The button that keeps it.
pub const KEEP_VERSION: &str = "Keep";
/// What a version looks like.
pub const LOOKS_SO: &str = "What this version looks like";
/// The button that goes back.
pub const RESTORE: &str = "Go back to this version";

/// "Restored 12 changes made after 14:02."
pub fn restored(changes: usize, clock: &str) -> String {
    match changes {
        1 => format!("Restored 1 change made after {clock}."),
        _ => format!("Restored {changes} changes made after {clock}."),
    }
}

/// The label of going back to a version: "Go back to 14:02".
pub fn went_back(name: &str) -> String {
    format!("Go back to {name}")
}

/// "people: 20 rows".
pub fn table(name: &str, rows: u64) -> String {
    format!("{name}: {}", super::data::rows_count(rows))
}

/// "2 user types, 3 tasks, 14 steps".
pub fn counts(users: usize, tasks: usize, steps: usize) -> String {
    let many = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    [many(users, "user type", "user types"), many(tasks, "task", "tasks"), many(steps, "step", "steps")].join(", ")
}
