use super::Link;

#[test]
fn it_says_hello() {
    let calls = Link::default().hello();
    let names: Vec<_> = calls.iter().map(|call| call.name).collect();
    assert_eq!(names, ["app.hello", "app.settings", "hosts.list", "run.state"]);
}
