use super::*;

#[test]
fn secrets_are_long_differ_and_compare_whole() {
    let (one, other) = (secret().unwrap(), secret().unwrap());
    assert!(one.len() == 32 && one != other);
    for (shown, expected) in [(one.as_str(), true), (&one[..31], false), ("", false), (&other, false)] {
        assert_eq!(same(&one, shown), expected, "{shown}");
    }
}
