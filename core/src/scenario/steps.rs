//! What a task is made of: steps, requests, checks, saved values and everything that holds other steps.

use serde_json::Value;

use crate::scenario::leaf::Pairs;
use crate::scenario::model::{HttpPreference, PauseTime, SignIn};
use crate::scenario::node::{choice, node, words};
use crate::scenario::special::{Redirects, StatusSet};
use crate::units::Span;

node! {
    /// One action in a task.
    pub struct Step {
        /// Stable id, unique in the file.
        id: String = "id",
        /// What is done.
        act: Act = flat,
        /// Switched off: kept, but skipped.
        off: bool = "off",
    }
}

choice! {
    /// What a step does.
    pub enum Act {
        /// Sends a request and looks at the answer.
        Request(Box<Request>) = "request",
        /// Checks something about values.
        Check(Check) = "check",
        /// Gives a value a name.
        Save(SaveStep) = "save",
        /// Waits.
        Pause(PauseTime) = "pause",
        /// Does steps again.
        Repeat(Repeat) = "repeat",
        /// Does steps only if something is true.
        OnlyIf(OnlyIf) = "only_if",
        /// Does one of several lists of steps, by weight.
        Choose(Choose) = "choose",
        /// Does steps, measured as one line too.
        Group(InlineGroup) = "group",
        /// Sends requests at the same time, such as the pictures of a page.
        Parallel(Parallel) = "parallel",
        /// Does the steps of a reusable group.
        Use(UseGroup) = "use",
        /// Free text; does nothing.
        Note(String) = "note",
    }
}

node! {
    /// A request and what is expected of, and kept from, its answer.
    pub struct Request {
        /// Name in results; the method and address if empty. Requests with the same name make one line.
        name: String = "name",
        /// The method.
        method: String = "method" or "GET".to_owned(),
        /// Address: relative to the target, or absolute.
        url: String = "url",
        /// Query rows, added to those in the address.
        query: Pairs = "query",
        /// Header lines.
        headers: Pairs = "headers",
        /// The body.
        body: Body = flat,
        /// Sign-in, instead of the target's.
        sign_in: Option<SignIn> = "sign_in",
        /// Follow redirects: `false`, or how many at most; 10 if not given.
        redirects: Option<Redirects> = "redirects",
        /// How long the whole answer may take; 30 s if not given.
        time_limit: Option<Span> = "time_limit",
        /// Accept a compressed answer; yes if not given.
        compressed: bool = "compressed" or true,
        /// HTTP version, instead of the target's.
        http: Option<HttpPreference> = "http",
        /// What must be true of the answer. Where no check looks at the status, 2xx and 3xx are expected.
        check: Vec<Check> = "check",
        /// What is kept from the answer.
        save: Vec<SaveRule> = "save",
    }
}

choice! {
    /// The body of a request.
    pub enum Body {
        /// JSON; a text that is just `{{name}}` becomes the value with its own type.
        Json(Value) = "json",
        /// Form fields, URL-encoded.
        Form(Pairs) = "form",
        /// Plain text.
        Text(String) = "text",
        /// The bytes of a file, relative to the scenario.
        File(String) = "file",
        /// Form fields and files.
        Multipart(Vec<FormPart>) = "multipart",
    }
}

node! {
    /// One part of a multipart form.
    pub struct FormPart {
        /// Field name.
        name: String = "name",
        /// Text, or a file.
        content: PartContent = flat,
        /// File name to announce; that of the file if empty.
        file_name: String = "file_name",
        /// Content type to announce.
        content_type: String = "content_type",
    }
}

choice! {
    /// What a part of a multipart form holds.
    pub enum PartContent {
        /// Text.
        Text(String) = "text",
        /// The bytes of a file, relative to the scenario.
        File(String) = "file",
    }
}

node! {
    /// Something that must be true.
    pub struct Check {
        /// What is looked at.
        what: CheckKind = flat,
        /// How it is compared, for `json`, `header`, `body_length` and `value`.
        is: Option<Comparison> = "is",
        /// What it is compared with; text may hold `{{values}}`.
        to: Option<Value> = "to",
        /// What happens if it is not true, beside counting the request as failed.
        if_not: OnFail = "if_not",
    }
}

choice! {
    /// What a check looks at.
    pub enum CheckKind {
        /// The status: `200`, `"2xx"`, or a list of these.
        Status(StatusSet) = "status",
        /// The answer is complete within this time (service time).
        Within(Span) = "within",
        /// The body contains this text.
        Contains(String) = "contains",
        /// The body does not contain this text.
        Lacks(String) = "lacks",
        /// The body matches this pattern (regular expression).
        Matches(String) = "matches",
        /// The body is exactly this text.
        Equals(String) = "equals",
        /// A field of a JSON body (JSONPath).
        Json(String) = "json",
        /// A header.
        Header(String) = "header",
        /// The body is at most, and at least, so long.
        Size(SizeRange) = "size",
        /// A value by name; the only kind that can stand alone.
        Value(String) = "value",
    }
}

node! {
    /// Limits of a body's length (decompressed), as text with a unit.
    pub struct SizeRange {
        /// Lower limit, such as `"1B"`.
        at_least: String = "at_least",
        /// Upper limit, such as `"100kB"`.
        at_most: String = "at_most",
    }
}

words! {
    /// How two values are compared. Numbers are compared as numbers where both sides are numbers.
    pub enum Comparison {
        /// It is there.
        #[default]
        Present = "present",
        /// It is not there.
        Missing = "missing",
        /// The same.
        Equal = "equal",
        /// Not the same.
        NotEqual = "not_equal",
        /// Greater.
        Above = "above",
        /// Smaller.
        Below = "below",
        /// Greater or the same.
        AtLeast = "at_least",
        /// Smaller or the same.
        AtMost = "at_most",
        /// The text, or the list, contains it.
        Contains = "contains",
        /// The text matches a pattern.
        Matches = "matches",
        /// The text begins so.
        StartsWith = "starts_with",
        /// The text, list or object has this many characters, items or fields.
        LengthEqual = "length_equal",
        /// … more than this many.
        LengthAbove = "length_above",
        /// … fewer than this many.
        LengthBelow = "length_below",
    }
}

words! {
    /// What happens when a check is not true or a value is missing, beside counting it.
    pub enum OnFail {
        /// Go on with the next step.
        #[default]
        Count = "count",
        /// Leave out the rest of the task.
        SkipTask = "skip_task",
        /// The person leaves at once.
        RemovePerson = "remove_person",
        /// The run ends.
        StopTest = "stop_test",
    }
}

node! {
    /// Keeps a piece of an answer under a name.
    pub struct SaveRule {
        /// The name, as used in `{{name}}` later.
        name: String = "name",
        /// Where it stands in the answer.
        from: SaveFrom = flat,
        /// For `css`: the attribute to take; the text if empty.
        attribute: String = "attribute",
        /// Which one, where there are several.
        pick: Pick = "pick",
        /// What is used where there is none; counts as found.
        default: Option<Value> = "default",
        /// What happens where there is none and no default.
        if_missing: OnMissing = "if_missing",
    }
}

choice! {
    /// Where a value stands in an answer.
    pub enum SaveFrom {
        /// JSONPath in a JSON body.
        Json(String) = "json",
        /// Regular expression over the body; its first group, or all of it.
        Pattern(String) = "pattern",
        /// Header name.
        Header(String) = "header",
        /// Cookie name.
        Cookie(String) = "cookie",
        /// CSS selector in an HTML body.
        Css(String) = "css",
        /// Text between these two marks.
        Between((String, String)) = "between",
    }
}

words! {
    /// Which match is kept.
    pub enum Pick {
        /// The first.
        #[default]
        First = "first",
        /// The last.
        Last = "last",
        /// One by chance.
        Random = "random",
        /// All, as a list.
        All = "all",
    }
}

words! {
    /// What happens when a value to be saved is not there.
    pub enum OnMissing {
        /// The request counts as failed, and the next step follows.
        #[default]
        Fail = "fail",
        /// Nothing; the value stays missing.
        Ignore = "ignore",
        /// The request counts as failed, and the rest of the task is left out.
        SkipTask = "skip_task",
        /// The request counts as failed, and the person leaves.
        RemovePerson = "remove_person",
        /// The request counts as failed, and the run ends.
        StopTest = "stop_test",
    }
}

node! {
    /// Gives a value a name, without a request.
    pub struct SaveStep {
        /// The name, as used in `{{name}}` later.
        name: String = "name",
        /// The value; text may hold `{{values}}`, and a text that is just `{{name}}` keeps its type.
        value: Value = "value",
    }
}

node! {
    /// Does steps again and again.
    pub struct Repeat {
        /// How often.
        how: RepeatKind = flat,
        /// For `for_each`: the name under which each item is known.
        item: String = "as",
        /// The most rounds. Needed with `until`; 1,000 otherwise if not given.
        at_most: Option<u32> = "at_most",
        /// What is done each time.
        steps: Vec<Step> = "steps",
    }
}

choice! {
    /// How often steps are repeated.
    pub enum RepeatKind {
        /// So many times.
        Times(u32) = "times",
        /// Once for each item of the list saved under this name.
        ForEach(String) = "for_each",
        /// Until this is true; asked after each round.
        Until(Condition) = "until",
        /// As long as this time has not passed; asked before each round.
        During(Span) = "during",
    }
}

node! {
    /// Something that is true or not.
    pub struct Condition {
        /// Name of a value, such as `product` or `last.status`.
        value: String = "value",
        /// How it is compared.
        is: Option<Comparison> = "is",
        /// What it is compared with; text may hold `{{values}}`.
        to: Option<Value> = "to",
        /// True if each of these is.
        all: Vec<Condition> = "all",
        /// True if one of these is.
        any: Vec<Condition> = "any",
    }
}

node! {
    /// Does steps only if a condition is true, others if not.
    pub struct OnlyIf {
        /// The condition; its fields stand beside `then`.
        condition: Condition = flat,
        /// If true.
        then: Vec<Step> = "then",
        /// If not.
        otherwise: Vec<Step> = "else",
    }
}

node! {
    /// Does one of several lists of steps.
    pub struct Choose {
        /// The lists with their weights.
        options: Vec<ChooseOption> = "options",
    }
}

node! {
    /// One of several lists of steps.
    pub struct ChooseOption {
        /// How often it is chosen, beside the others' weights.
        weight: f64 = "weight" or 1.0,
        /// What people call it.
        name: String = "name",
        /// What is done.
        steps: Vec<Step> = "steps",
    }
}

node! {
    /// Several steps in one place.
    pub struct InlineGroup {
        /// Name in results.
        name: String = "name",
        /// Whether the whole is measured as one line too.
        measured: bool = "measured" or true,
        /// What is done.
        steps: Vec<Step> = "steps",
    }
}

node! {
    /// Requests sent at the same time.
    pub struct Parallel {
        /// How many at once; 6, as browsers do, if not given.
        at_once: Option<u32> = "at_once",
        /// Requests only.
        steps: Vec<Step> = "steps",
    }
}

node! {
    /// Does the steps of a reusable group here.
    pub struct UseGroup {
        /// Name or id of the group.
        group: String = "group",
    }
}

node! {
    /// Steps to be used in several tasks.
    pub struct Group {
        /// Stable id, unique in the file.
        id: String = "id",
        /// What people call it, and its name in results.
        name: String = "name",
        /// Whether the whole is measured as one line too.
        measured: bool = "measured",
        /// What is done.
        steps: Vec<Step> = "steps",
    }
}
