use super::*;

#[test]
fn each_trouble_is_told_with_a_reason_and_something_to_do() {
    let draft = Draft { host: "shop.test".to_owned(), port: 443, ..Draft::default() };
    let rows = [
        (Kind::Refused, "", "Nothing is listening at shop.test:443.", "port is different"),
        (Kind::NameNotFound, "", "The name shop.test could not be found.", "typing mistake"),
        (Kind::ConnectTimeout, "", "No connection to shop.test:443 in time.", "busy"),
        (Kind::Tls, "the certificate expired on 3 May", "the certificate expired on 3 May.", "Ask whoever runs it"),
        (Kind::Tls, "no TLS there", "could not be made: no TLS there.", "http instead of https"),
        (Kind::Reset, "", "closed the connection", "https instead of http"),
        (Kind::HostBlocked, "shop.test is on the internet", "Shop.test is on the internet.", "may test"),
    ];
    for (kind, detail, message, hint) in rows {
        let told = failure(&draft, &Trouble::new(kind, detail));
        assert!(told.message.contains(message) && told.hint.contains(hint), "{kind:?}: {told}");
    }
}
