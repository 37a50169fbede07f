//! The parts of a scenario, as they stand in the file. Each is read leniently, so a part may be empty or nonsense:
//! whether a scenario can run is for `check` to say, what it means for `plan`.

use serde_json::Value;

use crate::scenario::goals::GoalRule;
use crate::scenario::leaf::Pairs;
use crate::scenario::node::{choice, node, words};
use crate::scenario::steps::{Group, Step};
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
        /// People use it: runs are kept small until somebody says otherwise.
        live: bool = "live",
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
        /// What is watched of it while a run goes on.
        watch: Vec<Watch> = "watch",
    }
}

node! {
    /// Something of the target that is watched while a run goes on: a page of metrics, or a process of this computer.
    pub struct Watch {
        /// What people call it; its address or the process's name if empty.
        name: String = "name",
        /// Address of a page in the format of Prometheus; one that begins with `/` is on the target.
        metrics: String = "metrics",
        /// Series of the page: `name`, `name*` or `name{label="value"}`. Those that tell most of load if not given.
        series: Vec<String> = "series",
        /// Number of a process of this computer, instead of a page. Its children count with it.
        process: Option<u32> = "process",
        /// Sign-in at the page; none if not given, even where the target has one.
        sign_in: Option<SignIn> = "sign_in",
        /// How often it is asked; every second if not given.
        every: Option<Span> = "every",
        /// Left out.
        off: bool = "off",
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
        /// People who come take over the open connections of those who left, as behind a gateway or from a warm
        /// browser. If not, each person opens their own.
        share_connections: bool = "share_connections",
        /// How long people keep their connections open while they pause. If not given: as long as this computer can open
        /// enough for all.
        keep_connections: Option<Span> = "keep_connections",
        /// Looks for the most load that meets the goals, instead of stages (breakpoint search).
        limit: Option<LimitSearch> = "limit",
        /// Ends the run after so many tasks, all people together.
        repetitions: Option<u64> = "repetitions",
        /// The beginning that is left out of the verdict.
        warm_up: Span = "warm_up",
        /// How long people may go on when their time is over, to finish their task; 30 s if not given.
        let_people_finish: Option<Span> = "let_people_finish",
    }
}

node! {
    /// How to look for the limit: up step by step until something breaks, closer from both sides, then held for longer.
    pub struct LimitSearch {
        /// The most people that are tried.
        people: Option<u32> = "people",
        /// The most arrivals a second that are tried (open model), instead of people.
        arrivals: Option<f64> = "arrivals",
        /// The load of the first step; a fortieth of the most if not given.
        start: Option<f64> = "start",
        /// How long a step is measured once it has settled; 10 s if not given.
        step: Option<Span> = "step",
        /// How long the answer is held at the end, to be sure; 60 s if not given.
        confirm: Option<Span> = "confirm",
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
