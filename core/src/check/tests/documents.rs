//! Mistakes outside of steps: what is found, and the fields that a clean scenario gets instead of its own.

pub(super) const ROWS: &[(&str, &str)] = &[
    (
        "error name-taken users[0].tasks[0].steps[0].save.name, \
         warning secret-in-address users[0].tasks[0].steps[1].request.query",
        r#"{ "secrets": ["key"], "users": [ { "pause": { "for": "1s" }, "tasks": [ { "steps": [
             { "save": { "name": "key", "value": 1 } }, { "request": { "url": "/", "query": { "k": "{{key}}" } } } ] } ] } ] }"#,
    ),
    (
        "error not-understood secrets, warning unknown-field secrets[0].vlaue",
        r#"{ "secrets": [ { "name": "key", "vlaue": "x" } ] }"#,
    ),
    (
        "error not-understood users[0].pause, warning unknown-field users[0].pause.fro",
        r#"{ "users": [ { "pause": { "for": "1s", "fro": "2s" }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    ("error no-target targets", r#"{ "targets": [] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a" } ] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a", "url": "127.0.0.1:80" } ] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a", "url": "ftp://x" } ] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a", "url": "http://" } ] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a", "url": "http://me:pw@x" } ] }"#),
    ("error bad-target-address targets[0].url", r#"{ "targets": [ { "name": "a", "url": "https://{{uuid}}" } ] }"#),
    ("error bad-allowed-host allowed_hosts[1]", r#"{ "allowed_hosts": [ "cdn.test:81", "https://x.test/a" ] }"#),
    ("error bad-proxy targets[0].proxy", r#"{ "targets": [ { "name": "a", "url": "http://x", "proxy": "x:81" } ] }"#),
    (
        "error bad-resolve targets[0].resolve.x",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "resolve": { "x": "y", "z": "::1" } } ] }"#,
    ),
    (
        "error half-a-certificate targets[0].tls, tip any-certificate targets[0].tls.skip_verify",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "tls": { "client_key": "k.pem", "skip_verify": true } } ] }"#,
    ),
    (
        "error bad-watch targets[0].watch[0], error bad-watch targets[0].watch[1], \
         error bad-watch targets[0].watch[2].metrics, error bad-watch targets[0].watch[3].series, \
         error bad-watch targets[0].watch[4].every, error bad-watch targets[0].watch[5].process",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "watch": [
            {}, { "metrics": "/metrics", "process": 7 }, { "metrics": "x:9100" },
            { "metrics": "/metrics", "series": ["a", "rate(a[1m])"] }, { "metrics": "/metrics", "every": "200ms" },
            { "process": 0 }, { "off": true }, { "metrics": "/m", "series": ["a*", "b{c=\"d\"}"], "every": "5s" } ] } ] }"#,
    ),
    (
        "error no-time-limit targets[0].connect_limit",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "connect_limit": "0s" } ] }"#,
    ),
    (
        "error duplicate-name targets[1].name",
        r#"{ "targets": [ { "name": "a", "url": "http://x" }, { "name": "a", "url": "http://y" } ] }"#,
    ),
    (
        "error bad-name values[0].name, error bad-name values[1].name, tip never-used values[1]",
        r#"{ "values": [ { "value": 1 }, { "name": "a}}b", "value": 1 } ] }"#,
    ),
    ("error bad-name data[0].name, tip never-used data[0]", r#"{ "data": [ { "name": "a.b", "file": "a.csv" } ] }"#),
    ("error bad-name data[0].name, tip never-used data[0]", r#"{ "data": [ { "name": "last", "file": "a.csv" } ] }"#),
    (
        "error duplicate-name secrets[0], tip never-used secrets[0], tip never-used values[0]",
        r#"{ "values": [ { "name": "a", "value": 1 } ], "secrets": [ "a" ] }"#,
    ),
    (
        "error duplicate-id users[0].tasks[0].steps[0].id",
        r#"{ "users": [ { "id": "a", "pause": { "for": "1s" }, "tasks": [ { "id": "t", "steps": [
             { "id": "a", "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "warning duplicate-name users[0].tasks[1].name, warning duplicate-name users[1].name",
        r#"{ "users": [ { "name": "U", "pause": { "for": "1s" }, "tasks": [
               { "name": "T", "steps": [ { "request": { "url": "/" } } ] },
               { "name": "T", "steps": [ { "request": { "url": "/" } } ] } ] },
             { "name": "U", "pause": { "for": "1s" }, "tasks": [ { "name": "T", "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error bad-maker values[0].make, tip never-used values[0]",
        r#"{ "values": [ { "name": "a", "make": "integre(1, 2)" } ] }"#,
    ),
    ("error empty-value values[0], tip never-used values[0]", r#"{ "values": [ { "name": "a" } ] }"#),
    (
        "error value-cycle values[0]",
        r#"{ "values": [ { "name": "a", "value": ["{{b}}"] }, { "name": "b", "value": { "x": "-{{a}}-" } } ] }"#,
    ),
    (
        "error bad-template targets[0].headers.X",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "headers": { "X": "{{uuid" } } ] }"#,
    ),
    (
        "error value-never-set targets[0].sign_in.bearer",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "sign_in": { "bearer": "{{token}}" } } ] }"#,
    ),
    (
        "error sign-in-incomplete targets[0].sign_in.api_key, error sign-in-incomplete targets[0].sign_in.api_key",
        r#"{ "targets": [ { "name": "a", "url": "http://x", "sign_in": { "api_key": {} } } ] }"#,
    ),
    ("error table-empty data[0], tip never-used data[0]", r#"{ "data": [ { "name": "a", "columns": ["x"] } ] }"#),
    (
        "error table-file-and-rows data[0], tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "file": "a.csv", "columns": ["x"], "rows": [[1]] } ] }"#,
    ),
    (
        "error table-without-columns data[0], tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "rows": [[1]] } ] }"#,
    ),
    (
        "error table-ragged data[0].rows[1], error table-ragged data[0].rows[2], tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "columns": ["x", "y"], "rows": [[1, 2], [1], [1, 2, 3]] } ] }"#,
    ),
    (
        "error duplicate-column data[0].columns, tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "columns": ["x", "x"], "rows": [[1, 2]] } ] }"#,
    ),
    (
        "error unknown-number-column data[0].numbers[0], tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "columns": ["price"], "numbers": ["prise"], "file": "a.csv" } ] }"#,
    ),
    (
        "error bad-separator data[0].separator, error bad-encoding data[0].encoding, tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "file": "a.csv", "separator": "::", "encoding": "klingon" } ] }"#,
    ),
    (
        "warning file-path-absolute data[0].file, tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "file": "C:\\a.csv" } ] }"#,
    ),
    (
        "warning unique-starts-again data[0], tip never-used data[0]",
        r#"{ "data": [ { "name": "a", "file": "a.csv", "unique": true } ] }"#,
    ),
    ("error no-users users", r#"{ "users": [] }"#),
    ("error no-users users, warning no-tasks users[0]", r#"{ "users": [ { "off": true } ] }"#),
    ("error no-tasks users[0]", r#"{ "users": [ { "name": "Idle" } ] }"#),
    (
        "error no-tasks users[0]",
        r#"{ "users": [ { "tasks": [ { "off": true, "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    ("warning empty-task users[0].tasks[0]", r#"{ "users": [ { "tasks": [ { "name": "Later" } ] } ] }"#),
    (
        "error shares-all-zero users",
        r#"{ "users": [ { "share": 0, "pause": { "for": "1s" }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error weights-all-zero users[0].tasks",
        r#"{ "users": [ { "tasks": [ { "weight": 0, "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error bad-weight users[0].share, error bad-weight users[0].tasks[0].weight, warning share-and-exactly users[0].share",
        r#"{ "users": [ { "share": -1, "exactly": 2, "choose": "in_order", "pause": { "for": "1s" }, "tasks": [
             { "weight": -0.5, "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "warning nobody-of-this-type users[1]",
        r#"{ "users": [
             { "name": "A", "share": 99, "pause": { "for": "1s" }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] },
             { "name": "B", "share": 1, "pause": { "for": "1s" }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error leaves-at-once users[0].leaves_after, warning more-exactly-than-people users",
        r#"{ "users": [ { "exactly": 11, "leaves_after": 0, "pause": { "for": "1s" }, "tasks": [
             { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "warning no-pause users[0].tasks[0]",
        r#"{ "users": [ { "tasks": [ { "steps": [ { "request": { "url": "/" } } ] },
             { "steps": [ { "use": { "group": "g" } } ] } ] } ],
             "groups": [ { "name": "g", "steps": [ { "request": { "url": "/" } }, { "pause": { "for": "1s" } } ] } ] }"#,
    ),
    (
        "error pause-upside-down users[0].pause.between",
        r#"{ "users": [ { "pause": { "between": ["3s", "1s"] }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error bad-pace users[0].pause.per_minute, warning no-pause users[0].tasks[0]",
        r#"{ "users": [ { "pause": { "per_minute": -3 }, "tasks": [ { "steps": [ { "request": { "url": "/" } } ] } ] } ] }"#,
    ),
    (
        "error duplicate-name groups[1].name, warning nothing-inside groups[0], warning nothing-inside groups[1], \
         tip never-used groups[0], tip never-used groups[1]",
        r#"{ "groups": [ { "name": "g" }, { "name": "g" } ] }"#,
    ),
    ("error no-load load", r#"{ "load": {} }"#),
    (
        "error people-and-arrivals load.arrivals",
        r#"{ "load": { "people": [ { "to": 1, "over": "1s" } ], "arrivals": [ { "to": 1, "over": "1s" } ] } }"#,
    ),
    ("warning shape-without-people load.shape", r#"{ "load": { "shape": "sudden_rush" } }"#),
    (
        "warning shape-not-used load.shape",
        r#"{ "load": { "shape": "all_day", "busy": 5, "people": [ { "to": 1, "over": "1s" } ] } }"#,
    ),
    ("error stage-without-to load.people[0]", r#"{ "load": { "people": [ { "over": "1s" } ] } }"#),
    (
        "error bad-level load.start, error bad-level load.people[0].to, error bad-level load.people[1].to",
        r#"{ "load": { "start": -1, "people": [ { "to": -5, "over": "1s" }, { "to": 1e300, "over": "1s" } ] } }"#,
    ),
    (
        "error bad-level load.limit.arrivals, error bad-level load.limit.start",
        r#"{ "load": { "limit": { "arrivals": 2e9, "start": 0 } } }"#,
    ),
    ("error limit-begins-above load.limit.start", r#"{ "load": { "limit": { "people": 20, "start": 30 } } }"#),
    (
        "warning stage-without-time load.people[1], warning stage-without-time load.people[2], \
         warning stage-without-time load.people[3]",
        r#"{ "load": { "people": [ { "to": 5, "over": "1s" }, { "to": 2 }, { "to": 5, "over": "0s" }, { "to": 5 } ] } }"#,
    ),
    ("error load-takes-no-time load.people", r#"{ "load": { "people": [ { "to": 5 } ] } }"#),
    ("error nobody-comes load.people", r#"{ "load": { "people": [ { "to": 0, "over": "1s" } ] } }"#),
    (
        "error warm-up-too-long load.warm_up",
        r#"{ "load": { "people": [ { "to": 5, "over": "1s" } ], "warm_up": "1s" } }"#,
    ),
    (
        "error no-repetitions load.repetitions",
        r#"{ "load": { "people": [ { "to": 5, "over": "1s" } ], "repetitions": 0 } }"#,
    ),
    (
        "warning at-most-not-used load.at_most",
        r#"{ "load": { "people": [ { "to": 5, "over": "1s" } ], "at_most": 5 } }"#,
    ),
    ("error nobody-at-once load.at_most", r#"{ "load": { "arrivals": [ { "to": 5, "over": "1s" } ], "at_most": 0 } }"#),
    ("tip no-goals goals", r#"{ "goals": [] }"#),
    (
        "error empty-goal goals[0], warning unknown-field goals[0].p100",
        r#"{ "goals": [ { "p100": { "below": "1s" } } ] }"#,
    ),
    (
        "error goal-without-limit goals[0].p95, error goal-without-limit goals[1].mean",
        r#"{ "goals": [ { "p95": {} }, { "mean": { "below": "2s", "above": "1s" } } ] }"#,
    ),
    (
        "error bad-limit goals[0].p95.below, error bad-limit goals[1].failures.below, error bad-limit goals[2].throughput.above, \
         error bad-limit goals[3].slowest.below",
        r#"{ "goals": [ { "p95": { "below": "1%" } }, { "failures": { "below": "800ms" } }, { "throughput": { "above": "50" } },
             { "slowest": { "below": "800" } } ] }"#,
    ),
    (
        "error bad-limit goals[1].failures.below, warning goal-out-of-reach goals[0].p95.below",
        r#"{ "goals": [ { "p95": { "below": "0ms" } }, { "failures": { "below": "101%" } }, { "throughput": { "above": "90/min" } } ] }"#,
    ),
    (
        "error goal-of-unknown goals[0].p99.of",
        r#"{ "goals": [ { "p99": { "below": "2s", "of": "Hone" } }, { "p99": { "below": "2s", "of": "Look" } } ] }"#,
    ),
    ("error goal-window goals[0].p95.over_last", r#"{ "goals": [ { "p95": { "below": "1s", "over_last": "0s" } } ] }"#),
    (
        "tip stop-early-without-for stop_early[1].failures",
        r#"{ "stop_early": [ { "failures": { "above": "50%", "for": "30s" } }, { "failures": { "above": "50%" } } ] }"#,
    ),
    (
        "warning goal-field-not-used goals[0].failures.for, warning goal-field-not-used goals[0].failures.latency",
        r#"{ "goals": [ { "failures": { "below": "1%", "for": "10s", "latency": "service" } } ] }"#,
    ),
    (
        "error only-one-of goals[0], warning unknown-field goals[0].failures",
        r#"{ "goals": [ { "p95": { "below": "1s" }, "failures": { "below": "1%" } } ] }"#,
    ),
    ("warning unknown-field colour", r#"{ "colour": "red" }"#),
    (
        "warning fewer-rows-than-people data[0], warning fewer-rows-than-people data[1]",
        r#"{ "data": [ { "name": "a", "columns": ["x"], "rows": [[1]] },
                       { "name": "b", "columns": ["x"], "rows": [[1]], "when_rows_run_out": "person_stops" },
                       { "name": "c", "columns": ["x"], "rows": [[1]], "each_person": "random_row" } ],
             "values": [ { "name": "v", "value": "{{a.x}}{{b.x}}{{c.x}}{{v2}}" }, { "name": "v2", "value": "{{uuid}}" } ],
             "targets": [ { "name": "a", "url": "http://x", "headers": { "X": "{{v}}" } } ] }"#,
    ),
];
