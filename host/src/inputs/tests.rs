use super::*;

const TEXT: &str = r#"{
  "format": 1, "name": "T",
  "targets": [{ "name": "A", "url": "http://127.0.0.1:1", "tls": { "ca_file": "ca.pem" } }],
  "secrets": [{ "name": "key", "env": "TIDEMARK_TEST_OF_INPUTS_UNSET" }],
  "values": [{ "name": "lang", "value": "en" }],
  "data": [{ "name": "people", "columns": ["email"], "rows": [["a@b.test"], ["c@d.test"]] }],
  "users": [{ "id": "u", "name": "U", "pause": { "for": "1s" }, "tasks": [{ "id": "t", "name": "T", "steps": [
    { "id": "a", "only_if": { "value": "lang", "is": "present", "then": [
      { "id": "b", "request": { "method": "POST", "url": "/{{people.email}}/{{key}}", "file": "body.bin" } } ] } },
    { "id": "c", "off": true, "request": { "method": "POST", "url": "/", "file": "never.bin" } },
    { "id": "d", "group": { "name": "G", "steps": [
      { "id": "e", "request": { "method": "POST", "url": "/", "multipart": [
        { "name": "x", "text": "y" }, { "name": "z", "file": "part.bin" } ] } } ] } }
  ] }] }],
  "load": { "people": [{ "to": 2, "over": "5s" }] }
}"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for a test");
    for name in ["ca.pem", "body.bin", "part.bin"] {
        std::fs::write(folder.path().join(name), name).expect("room for a test's file");
    }
    folder
}

fn open_with(folder: &Path, overrides: &Overrides) -> Result<Opened, Failure> {
    open_text("t.tide", TEXT.to_owned(), Some(folder), overrides)
}

#[test]
fn every_file_that_takes_part_is_found_with_its_place() {
    let (scenario, _) = scenario::read(TEXT).unwrap();
    let found: Vec<_> = named_files(&scenario).into_iter().map(|file| (file.path, file.place.to_string())).collect();
    let steps = "users[0].tasks[0].steps";
    let wanted = [
        ("ca.pem".to_owned(), "targets[0].tls.ca_file".to_owned()),
        ("body.bin".to_owned(), format!("{steps}[0].only_if.then[0].request.file")),
        ("part.bin".to_owned(), format!("{steps}[2].group.steps[0].request.multipart[1].file")),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_secret_without_a_value_stops_a_run_but_no_check() {
    let folder = folder();
    let mut opened = open_with(folder.path(), &Overrides { seed: Some(1), ..Overrides::default() }).unwrap();
    let stops = |opened: &Opened, secrets| -> Vec<String> {
        let problems = opened.problems(secrets).into_iter().filter(|problem| problem.severity == Severity::Stop);
        problems.map(|problem| format!("{problem}")).collect()
    };
    assert_eq!(stops(&opened, Secrets::LaterOn), Vec::<String>::new());
    assert!(stops(&opened, Secrets::Needed).iter().any(|stop| stop.contains("key")));
    opened.tell_secret("key", "k".to_owned());
    assert_eq!(stops(&opened, Secrets::Needed), Vec::<String>::new());
    assert_eq!(opened.plan().unwrap().secrets, ["k"]);
}

#[test]
fn a_table_takes_its_rows_from_the_file_that_was_given() {
    let folder = folder();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("others.csv");
    std::fs::write(&path, "email\nx@y.test\ny@y.test\nz@y.test\n").unwrap();
    let data = vec![("people".to_owned(), path)];
    let mut opened = open_with(folder.path(), &Overrides { data, ..Overrides::default() }).unwrap();
    opened.tell_secret("key", "k".to_owned());
    let plan = opened.plan().unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(plan.tables[0].table.rows.len(), 3);
}

#[test]
fn what_an_override_names_must_exist() {
    let folder = folder();
    let rows = [
        Overrides { data: vec![("nobody".to_owned(), "x.csv".into())], ..Overrides::default() },
        Overrides { values: vec![("nothing".to_owned(), "x".to_owned())], ..Overrides::default() },
    ];
    for overrides in rows {
        assert_eq!(open_with(folder.path(), &overrides).unwrap_err().code, Code::NotFound);
    }
}

#[test]
fn a_file_that_is_missing_or_is_a_folder_stops_a_run() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("part.bin")).unwrap();
    std::fs::remove_file(folder.path().join("body.bin")).unwrap();
    std::fs::create_dir(folder.path().join("body.bin")).unwrap();
    let opened = open_with(folder.path(), &Overrides::default()).unwrap();
    let told: Vec<String> = opened.problems(Secrets::LaterOn).iter().map(ToString::to_string).collect();
    for name in ["part.bin", "body.bin"] {
        assert_eq!(told.iter().filter(|told| told.contains(name)).count(), 1, "{told:?}");
    }
    assert!(opened.plan().is_err());
}
