//! What is wrong and what helps, where the core's own words name fields of the file or speak of it as text: here nobody
//! sees either. Everything else is said as the core says it.

use super::sentence;

/// What is wrong, as a sentence.
pub fn message(code: &str, told: &str) -> String {
    match code {
        "bad-json-path" if told.starts_with("\"\"") => "It is not said which field of the answer is meant.".to_owned(),
        "bad-json-path" => {
            let path = told.split_once("\" is no ").map_or(told, |(path, _)| path).trim_start_matches('"');
            format!("“{path}” doesn't lead to a field of the answer.")
        }
        "at-most-not-used" => "This limit does nothing here.".to_owned(),
        "goal-field-not-used" => "A part of this rule does nothing here.".to_owned(),
        "comparison-not-used" => "What is compared with does nothing here.".to_owned(),
        _ => sentence(told),
    }
}

/// What helps, as a sentence.
pub fn hint(code: &str, told: &str) -> String {
    let own = HINTS.iter().find(|(codes, _)| codes.contains(&code));
    own.map_or_else(|| sentence(told), |(_, hint)| (*hint).to_owned())
}

/// By code, in the words of the screen.
pub(super) const HINTS: &[(&[&str], &str)] = &[
    (&["bad-json-path"], "Try one user, then pick the field in the answer. By hand it is $.items[0].id."),
    (&["value-never-set"], "Pick a value with {, or save one from an earlier answer."),
    (&["check-needs-answer"], "Move it into a request, or check a saved value."),
    (&["empty-check", "empty-condition", "comparison-missing"], "Choose what is looked at and how it is compared."),
    (&["comparison-without-to", "bad-comparison"], "Write what it is compared with."),
    (&["comparison-not-used", "goal-field-not-used", "at-most-not-used", "save-field-not-used"], "Take that part out."),
    (&["bad-pattern"], "Correct the pattern, or look for plain text."),
    (&["bad-size"], "Write a size such as 100 kB."),
    (&["within-nothing"], "Write a time such as 800 ms."),
    (&["checks-accept-everything"], "Check for 2xx, or for a text that only a good answer has."),
    (&["table-empty"], "Paste rows from a spreadsheet, or drop a file."),
    (&["table-file-and-rows"], "Keep the file or the rows."),
    (&["table-without-columns"], "Name the columns."),
    (&["file-missing"], "Drop the file here, or correct its name."),
    (&["file-path-absolute"], "Put the file beside the test, so that others have it too."),
    (&["unique-starts-again"], "Let the person or the test stop when rows run out."),
    (&["no-goals"], "Add goals on the Load tab."),
    (&["empty-goal", "goal-without-limit"], "Choose what is measured, and write its limit."),
    (&["goal-window", "stop-early-without-for"], "Write a time such as 30 s."),
    (&["no-load", "stage-without-to", "nobody-comes"], "Say on the Load tab how many people come."),
    (&["limit-begins-above"], "Begin with less, or try more."),
    (&["shape-without-people"], "Write the people at once in a busy moment."),
    (&["stage-without-time", "load-takes-no-time"], "Write how long the stage takes, or take it out."),
    (&["nobody-of-this-type"], "Use exactly 1, give it a greater share, or raise the number of people."),
    (&["address-empty"], "Write a path such as /products."),
    (&["body-with-get"], "Send it as POST, or move the values to the query."),
    (&["bad-json-body"], "Correct it, or send it as text."),
    (&["bad-form-part"], "Give each part a name and a text or a file."),
    (&["within-above-time-limit"], "Lower it, or raise the time limit of the request."),
    (&["save-without-name"], "Give it a name."),
    (&["save-from-nowhere"], "Try one user, then pick the value in the answer."),
    (&["bad-selector"], "Pick the piece in the answer, or write it like input[name=csrf]."),
    (&["secret-missing"], "Type its value on the Data tab."),
    (&["sign-in-incomplete"], "Fill in what is missing under Sign-in."),
    (&["secret-in-plain-sight"], "Make a secret of it on the Data tab, and use that here."),
    (&["unknown-group"], "Choose a group, or make one."),
    (&["empty-pause"], "Write how long, such as 1 to 3 s."),
    (&["pause-only-between-tasks"], "Set it as the pause between tasks, or choose another kind."),
    (&["empty-repeat"], "Choose how often."),
    (&["repeat-without-end"], "Set how often at most, such as 20."),
    (&["repeat-without-name"], "Choose a saved list, and name its item."),
    (&["no-target"], "Add a target at the top left."),
    (&["host-not-allowed"], "Allow it if you may load it, or take the step out."),
    (&["bad-allowed-host"], "Write the name alone, such as cdn.shop.test."),
    (&["bad-proxy"], "Write an address such as http://127.0.0.1:3128."),
    (&["bad-resolve"], "Write a name and an address, such as shop.test and 127.0.0.1."),
    (&["half-a-certificate"], "Give the certificate and its key, or neither."),
    (&["any-certificate"], "Trust one certificate by its file instead."),
    (&["empty-value"], "Write the value, or choose how it is made up."),
];
