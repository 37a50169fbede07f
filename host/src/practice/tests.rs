use super::*;

/// A demo whose file names another address than the shop's would find nobody.
#[test]
fn the_demo_names_its_shop_once_and_only_there() {
    assert_eq!(DEMO.matches(DEMO_URL).count(), 1);
    assert_eq!(DEMO.matches("127.0.0.1").count(), 1);
    let moved = demo_at("http://127.0.0.1:5000");
    let (scenario, problems) = tidemark_core::scenario::read(&moved).unwrap();
    assert_eq!((scenario.targets[0].url.as_str(), problems.len()), ("http://127.0.0.1:5000", 0));
}
