use super::*;

#[test]
fn words_on_the_command_line_are_understood_or_refused() {
    let staged = |text| stage(text).ok().map(|stage| (stage.0.to, stage.0.over.to_string()));
    assert_eq!(staged("60:2min"), Some((Some(60.0), "2min".to_owned())));
    assert_eq!(staged("0.5:1:30"), Some((Some(0.5), "90s".to_owned())));
    for wrong in ["60", "60:", ":2min", "-1:2min", "x:2min", "60:soon", "nan:1s", "inf:1s"] {
        assert_eq!(staged(wrong), None, "{wrong}");
    }
    assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
    assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
    assert!(pair("a").is_err() && pair("=b").is_err());
    assert_eq!(crowd("50:0.2"), Ok((50, 0.2)));
    assert!(crowd("50").is_err() && crowd("x:0.2").is_err());
    assert_eq!(stall("5s:1s"), Ok((Span::from_secs(5), Span::from_secs(1))));
    assert_eq!(with_scheme("127.0.0.1:80"), "http://127.0.0.1:80");
    assert_eq!(with_scheme("https://shop.test"), "https://shop.test");
}
