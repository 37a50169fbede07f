//! The parts of a scenario, as they stand in the file. Each is read leniently, so a part may be empty or nonsense:
//! whether a scenario can run is for `check` to say, what it means for `plan`.

use serde_json::Value;

use crate::scenario::goals::GoalRule;
use crate::scenario::leaf::Pairs;
use crate::scenario::node::{choice, node, words};
use crate::scenario::special::{Redirects, StatusSet};
use crate::units::Span;

node! {
    /// The document: who comes, what they do, how many, and what counts as good.
    pub struct Scenario {
        /// Address of the JSON Schema, for editors.
        schema: String = "$schema",
        /// The format's version; 1. 0 where the file doesn't say.
        format: u32 = "format",
        /// What the test is called.
        name: String = "name",
        /// Free text for people.
        note: String = "note",
        /// Where requests go; one is chosen per run, the first unless told otherwise.
        targets: Vec<Target> = "targets",
        /// Hosts beside the target's own that requests and redirects may reach.
        allowed_hosts: Vec<String> = "allowed_hosts",
        /// Names of values that never stand in a file.
        secrets: Vec<Secret> = "secrets",
        /// Named values: fixed, or made up anew.
        values: Vec<NamedValue> = "values",
        /// Data tables.
        data: Vec<DataTable> = "data",
        /// Kinds of people.
        users: Vec<UserType> = "users",
        /// Reusable groups of steps.
        groups: Vec<Group> = "groups",
        /// How many people, or arrivals, over time.
        load: Load = "load",
        /// What "held up" means.
        goals: Vec<GoalRule> = "goals",
        /// When to end the run before its time.
        stop_early: Vec<GoalRule> = "stop_early",
    }
}

node! {
    /// A named base address (environment) with what every request to it carries.
    pub struct Target {
        /// What people call it.
        name: String = "name",
        /// Base address; the path of a relative request address is appended to its path.
        url: String = "url",
        /// Header lines of every request to this target.
        headers: Pairs = "headers",
        /// Sign-in of every request to this target, unless the request has its own.
        sign_in: Option<SignIn> = "sign_in",
        /// HTTP version of every request, unless the request has its own.
        http: HttpPreference = "http",
        /// Trust and identity for TLS.
        tls: Tls = "tls",
        /// Address of a proxy (`http://`, `https://` or `socks5://`).
        proxy: String = "proxy",
        /// Host names that are to be reached at a given address: name → IP address.
        resolve: Pairs = "resolve",
        /// How long connecting may take; 10 s if not given.
        connect_limit: Option<Span> = "connect_limit",
    }
}

node! {
    /// TLS settings of a target. Files are named relative to the scenario.
    pub struct Tls {
        /// Certificate(s) to trust beside the platform's (PEM).
        ca_file: String = "ca_file",
        /// The client's certificate chain (PEM).
        client_certificate: String = "client_certificate",
        /// The key of the client's certificate (PEM).
        client_key: String = "client_key",
        /// Take any certificate.
        skip_verify: bool = "skip_verify",
    }
}

words! {
    /// Which HTTP version to use.
    pub enum HttpPreference {
        /// HTTP/2 where the server offers it over TLS.
        #[default]
        Auto = "auto",
        /// HTTP/1.1 only.
        Http1 = "1.1",
        /// HTTP/2 only.
        Http2 = "2",
    }
}

choice! {
    /// How a request proves who sends it.
    pub enum SignIn {
        /// User name and password.
        Basic(BasicSignIn) = "basic",
        /// `Authorization: Bearer …`.
        Bearer(String) = "bearer",
        /// A key in a header or in the query.
        ApiKey(ApiKey) = "api_key",
        /// No sign-in, even where the target has one.
        Off(bool) = "off",
    }
}

node! {
    /// User name and password.
    pub struct BasicSignIn {
        /// User name.
        user: String = "user",
        /// Password; usually a secret such as `{{password}}`.
        password: String = "password",
    }
}

node! {
    /// A key in a header or in the query.
    pub struct ApiKey {
        /// Name of the header that carries it.
        header: String = "header",
        /// Name of the query row that carries it.
        query: String = "query",
        /// The key; usually a secret.
        value: String = "value",
    }
}

/// The name of a secret and where its value comes from.
///
/// In the file either just the name, or an object that names the environment variable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Secret {
    /// The name, as used in `{{name}}`.
    pub name: String,
    /// The environment variable that holds the value; if empty, [`Secret::variable`] gives its usual name.
    pub env: String,
}

impl Secret {
    /// The environment variable that holds the value: `env`, or `TIDEMARK_SECRET_` and the name in capitals.
    pub fn variable(&self) -> String {
        if self.env.is_empty() {
            let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
            format!("TIDEMARK_SECRET_{}", self.name.chars().map(plain).collect::<String>())
        } else {
            self.env.clone()
        }
    }
}

node! {
    /// A value with a name.
    pub struct NamedValue {
        /// The name, as used in `{{name}}`.
        name: String = "name",
        /// Fixed or made up.
        is: ValueKind = flat,
        /// How long a made-up value stays the same.
        fresh: Fresh = "fresh",
    }
}

choice! {
    /// Where a named value comes from.
    pub enum ValueKind {
        /// Always this JSON value; text in it may hold `{{other}}` values.
        Fixed(Value) = "value",
        /// Made up, such as `integer(1, 20)` or `email`.
        MadeUp(String) = "make",
    }
}

words! {
    /// How long a made-up value stays the same.
    pub enum Fresh {
        /// New at every use.
        #[default]
        EachUse = "each_use",
        /// New each time a task starts.
        EachTask = "each_task",
        /// One for each person.
        EachPerson = "each_person",
    }
}

node! {
    /// A table whose rows are handed out to people.
    pub struct DataTable {
        /// The name, as used in `{{name.column}}`.
        name: String = "name",
        /// CSV, TSV or JSON-lines file, relative to the scenario.
        file: String = "file",
        /// Column names, where the rows stand in the scenario itself (or the file has no first line of names).
        columns: Vec<String> = "columns",
        /// The rows, where they stand in the scenario itself.
        rows: Vec<Vec<Value>> = "rows",
        /// Columns whose values are numbers. All others are text, so leading zeros survive.
        numbers: Vec<String> = "numbers",
        /// What separates the values: one character, `comma`, `semicolon` or `tab`. Found out if not given.
        separator: String = "separator",
        /// Encoding, such as `windows-1252`. UTF-8 (or UTF-16 with its mark) if not given.
        encoding: String = "encoding",
        /// How rows are handed out.
        each_person: RowUse = "each_person",
        /// What happens after the last row.
        when_rows_run_out: RowsOut = "when_rows_run_out",
        /// No row is ever used twice, over all workers and machines. Rows then can't start again.
        unique: bool = "unique",
    }
}

words! {
    /// How rows are handed out.
    pub enum RowUse {
        /// Each person gets one row and keeps it.
        #[default]
        KeepsOneRow = "keeps_one_row",
        /// Each task takes the next row of all.
        NextRow = "next_row",
        /// Each task takes a row by chance.
        RandomRow = "random_row",
    }
}

words! {
    /// What happens after the last row.
    pub enum RowsOut {
        /// The first row follows the last.
        #[default]
        StartAgain = "start_again",
        /// The person who wanted a row leaves.
        PersonStops = "person_stops",
        /// The run ends.
        TestStops = "test_stops",
    }
}

node! {
    /// A kind of person, with their own tasks.
    pub struct UserType {
        /// Stable id, unique in the file.
        id: String = "id",
        /// What people call it.
        name: String = "name",
        /// Share of the people, as a weight beside the other types'.
        share: Option<f64> = "share",
        /// An exact number of people instead of a share.
        exactly: Option<u32> = "exactly",
        /// Steps done once, before the first task.
        on_arrival: Vec<Step> = "on_arrival",
        /// How the next task is chosen.
        choose: TaskChoice = "choose",
        /// What happens between two tasks.
        pause: PauseTime = "pause",
        /// After how many tasks the person leaves. Never if not given; after one where the load counts arrivals.
        leaves_after: Option<u32> = "leaves_after",
        /// What this kind of person does.
        tasks: Vec<Task> = "tasks",
        /// Steps done once, after the last task.
        before_leaving: Vec<Step> = "before_leaving",
        /// Switched off: nobody of this type comes.
        off: bool = "off",
    }
}

words! {
    /// How the next task is chosen.
    pub enum TaskChoice {
        /// By chance, by weight.
        #[default]
        ByWeight = "by_weight",
        /// In order, then from the first again.
        InOrder = "in_order",
        /// Each once, in a new order every time round. Weights are left aside.
        Shuffled = "shuffled",
    }
}

choice! {
    /// A pause (think time). The last two only make sense between tasks.
    pub enum PauseTime {
        /// Always the same.
        For(Span) = "for",
        /// Anything between, equally likely.
        Between((Span, Span)) = "between",
        /// Around a middle, by a normal distribution; never below zero.
        Normal(Bell) = "normal",
        /// Memoryless, with this mean, by an exponential distribution.
        Exponential(Span) = "exponential",
        /// Pacing: tasks start this far apart, however long they take. Late starts count as waiting.
        Pacing(Span) = "pacing",
        /// Throughput: this many tasks a minute for each person; pacing said the other way round.
        PerMinute(f64) = "per_minute",
    }
}

node! {
    /// A normal distribution.
    pub struct Bell {
        /// The middle.
        mean: Span = "mean",
        /// Standard deviation: two thirds of all pauses are at most this far from the middle.
        deviation: Span = "deviation",
    }
}

node! {
    /// A weighted piece of behaviour.
    pub struct Task {
        /// Stable id, unique in the file.
        id: String = "id",
        /// What people call it.
        name: String = "name",
        /// How often it is picked, beside the other tasks' weights; 0 is never picked.
        weight: f64 = "weight" or 1.0,
        /// Labels to run only, or leave out, some tasks.
        tags: Vec<String> = "tags",
        /// What happens, in order.
        steps: Vec<Step> = "steps",
        /// Switched off.
        off: bool = "off",
    }
}

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

node! {
    /// How many people, or arrivals, over time (load profile).
    pub struct Load {
        /// A ready-made shape, scaled to `busy`. Stages, where given, win.
        shape: Option<Shape> = "shape",
        /// The people at once in the busiest normal moment; what `shape` is scaled to.
        busy: Option<u32> = "busy",
        /// People at once (closed model), stage by stage.
        people: Vec<Stage> = "people",
        /// New people per second (open model), stage by stage.
        arrivals: Vec<Stage> = "arrivals",
        /// People (arrivals a second) at the very start.
        start: f64 = "start",
        /// Open model: the most people at once. Who comes then waits, and the wait counts. 10,000 if not given.
        at_most: Option<u32> = "at_most",
        /// Ends the run after so many tasks, all people together.
        repetitions: Option<u64> = "repetitions",
        /// The beginning that is left out of the verdict.
        warm_up: Span = "warm_up",
        /// How long people may go on when their time is over, to finish their task; 30 s if not given.
        let_people_finish: Option<Span> = "let_people_finish",
    }
}

words! {
    /// Ready-made load shapes. In the field's words: smoke, load, stress, spike, soak, breakpoint.
    pub enum Shape {
        /// Does it work at all?
        #[default]
        QuickCheck = "quick_check",
        /// Is a normal busy day fine?
        NormalDay = "normal_day",
        /// What about twice as many?
        PushHarder = "push_harder",
        /// A newsletter just went out?
        SuddenRush = "sudden_rush",
        /// Does it get worse over time?
        AllDay = "all_day",
        /// How many is too many?
        FindTheLimit = "find_the_limit",
    }
}

node! {
    /// From the level before, in a straight line, to a level.
    pub struct Stage {
        /// People, or arrivals a second, at the end of the stage.
        to: Option<f64> = "to",
        /// How long it takes; zero is a jump.
        over: Span = "over",
    }
}
