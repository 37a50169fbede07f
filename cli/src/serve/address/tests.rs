use super::*;

fn authorities(ip: &str, name: Option<&str>, port: u16) -> Authorities {
    let ip: IpAddr = ip.parse().expect("an address");
    let mut names = vec!["127.0.0.1".to_owned(), "localhost".to_owned(), "::1".to_owned(), ip.to_string()];
    names.extend(name.map(str::to_owned));
    Authorities { names, any_ip: ip.is_unspecified(), port }
}

#[test]
fn only_names_that_lead_here_are_answered() {
    let here = authorities("127.0.0.1", None, 8089);
    let named = authorities("10.0.0.7", Some("perf-box"), 8089);
    let everywhere = authorities("0.0.0.0", None, 8089);
    let web = authorities("127.0.0.1", None, 80);
    let rows = [
        (&here, "127.0.0.1:8089", true),
        (&here, "LocalHost:8089", true),
        (&here, "[::1]:8089", true),
        (&here, "127.0.0.1", false),
        (&here, "127.0.0.1:8090", false),
        (&here, "evil.test:8089", false),
        (&here, "127.0.0.1.evil.test:8089", false),
        (&here, "127.0.0.1:8089@evil.test", false),
        (&here, "[::1]8089", false),
        (&here, "10.0.0.7:8089", false),
        (&here, "", false),
        (&named, "perf-box:8089", true),
        (&named, "10.0.0.7:8089", true),
        (&everywhere, "192.168.1.4:8089", true),
        (&everywhere, "evil.test:8089", false),
        (&web, "localhost", true),
    ];
    for (authorities, asked, expected) in rows {
        assert_eq!(authorities.allow(asked), expected, "{asked:?} of {authorities:?}");
    }
}
