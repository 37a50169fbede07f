use super::*;

const DAY: i64 = 86_400;

#[test]
fn a_confirmation_holds_for_thirty_days_and_survives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut confirmed = Confirmed::load_from(folder.path());
    confirmed.remember("[Shop.TEST.]", 10 * DAY).unwrap();
    for (now, holds) in [(10 * DAY, true), (40 * DAY - 1, true), (40 * DAY, false), (9 * DAY, false)] {
        let hosts = Confirmed::load_from(folder.path()).hosts(now);
        assert_eq!(hosts.contains(&"shop.test".to_owned()), holds, "{now}: {hosts:?}");
    }
    // As in an address; the guard at the connection reads it so, too.
    confirmed.remember("other.test:8080", 50 * DAY).unwrap();
    assert_eq!(confirmed.hosts(50 * DAY), ["other.test"]);
    assert_eq!(Confirmed::load_from(folder.path()).hosts.len(), 1, "what is over is forgotten");
}

#[test]
fn a_file_that_makes_no_sense_allows_nobody() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("allowed-hosts.json"), "[\"shop.test\"]").unwrap();
    assert_eq!(Confirmed::load_from(folder.path()).hosts(0), Vec::<String>::new());
}
