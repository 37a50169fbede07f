//! What is said about the connection, saving, and files that somebody else changed.

/// The program that made a run is gone.
pub const PROGRAM_GONE: &str =
    "The program that made the run was closed. What was measured until then is among the results.";
/// A run left no result.
pub const NO_RESULT: &str = "The run left no result file.";
/// A trial sent as many requests as it may.
pub const TRIAL_TOO_MANY: &str = "The trial stopped: it had sent as many requests as a trial may.";
/// A trial took as long as it may.
pub const TRIAL_TOO_LONG: &str = "The trial stopped: it had taken as long as a trial may.";
/// A trial of which not everything was heard.
pub const TRIAL_CUT_OFF: &str = "The connection was lost in between. Try again.";
/// Nothing is heard.
pub const LINE_LOST: &str =
    "The connection to Tidemark is lost. If it was closed, start it again and open the address that it prints.";
/// It is heard again.
pub const LINE_BACK: &str = "The connection is back. What was missed is filled in.";
/// Another window changes the test.
pub const HELD_ELSEWHERE: &str = "This test is open in another window. Here you see what is changed there.";
/// Another window took the test over.
pub const TAKEN_OVER: &str =
    "Another window has taken this test over. Your changes are saved; here you see what follows.";
/// Something was to be changed that is only shown.
pub const ONLY_SHOWN: &str = "This test is changed in another window, so nothing was changed here.";
/// This window may change the test now.
pub const HELD_HERE: &str = "You can change this test here now.";
/// Whose version stays.
pub const KEEP_MINE: &str = "Keep mine";
/// Whose version stays.
pub const LOAD_THEIRS: &str = "Load theirs";
/// The label of taking what somebody else made of the test.
pub const LOADED_THEIRS: &str = "Load what was changed outside";

/// Nobody answered at the start.
pub fn no_greeting(why: &str) -> String {
    format!("Tidemark did not answer. {why}")
}

/// A setting was not saved.
pub fn not_remembered(why: &str) -> String {
    format!("This setting holds until you close Tidemark, as it was not saved. {why}")
}

/// A test could not be made.
pub fn not_made(why: &str) -> String {
    format!("The test could not be made. {why}")
}

/// A test that was changed outside while it was left: mine was put beside it.
pub fn kept_aside(file: &str, own: &str) -> String {
    format!("{file} was changed outside. Your version is kept as {own}.")
}

/// The same, without a place for it.
pub fn not_kept_aside(file: &str, why: &str) -> String {
    format!("Your last changes to {file} could not be saved. {why}")
}

/// The result can't be written at present.
pub fn result_not_written(why: &str) -> String {
    format!("The result is not written at the moment: {}. It is kept until there is room.", why.trim_end_matches('.'))
}

/// A run that broke off, with its result.
pub fn broke(why: &str) -> String {
    format!("The run broke off: {}. What was measured until then is kept.", why.trim_end_matches('.'))
}

/// A goal as it stands: `95 of 100 within 800 ms (310 ms)`.
pub fn goal(text: &str, got: Option<&str>) -> String {
    match got {
        Some(got) => format!("{text} ({got})"),
        None => format!("{text} (too few to say)"),
    }
}

/// A result from outside is among the others now.
pub fn taken_in(file: &str) -> String {
    format!("Added to your results as {file}.")
}

/// The trial ended as the person was sent away.
pub fn trial_removed(why: Option<&str>) -> String {
    match why {
        Some(why) => format!("The person left early: {}.", why.trim_end_matches('.')),
        None => "The person left early.".to_owned(),
    }
}

/// The trial ended at a step that would end a run.
pub fn trial_stops_test(why: Option<&str>) -> String {
    match why {
        Some(why) => format!("A run would stop here: {}.", why.trim_end_matches('.')),
        None => "A run would stop here.".to_owned(),
    }
}

/// A test that somebody else changed.
pub fn changed_outside(unsaved: bool) -> &'static str {
    if unsaved {
        "This test was changed outside, so your last changes are not saved yet. Keep yours, or load the other version?"
    } else {
        "This test was changed outside. Keep yours, or load the other version?"
    }
}
