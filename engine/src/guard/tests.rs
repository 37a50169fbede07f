use super::*;

#[test]
fn addresses_are_classed_by_how_far_away_they_are() {
    use HostClass::*;
    for (addr, class) in [
        ("127.0.0.1", ThisComputer),
        ("127.255.255.254", ThisComputer),
        ("0.0.0.0", ThisComputer),
        ("::1", ThisComputer),
        ("::", ThisComputer),
        ("::ffff:127.0.0.1", ThisComputer),
        ("10.1.2.3", PrivateNetwork),
        ("172.16.0.1", PrivateNetwork),
        ("172.32.0.1", Internet),
        ("192.168.0.1", PrivateNetwork),
        ("169.254.169.254", PrivateNetwork),
        ("100.64.0.1", PrivateNetwork),
        ("100.128.0.1", Internet),
        ("::ffff:192.168.0.1", PrivateNetwork),
        ("::ffff:8.8.8.8", Internet),
        ("fd00::1", PrivateNetwork),
        ("fe80::1", PrivateNetwork),
        ("8.8.8.8", Internet),
        ("2606:4700::1111", Internet),
        ("224.0.0.1", Internet),
        ("255.255.255.255", Internet),
        ("64:ff9b::7f00:1", Internet),
    ] {
        assert_eq!(HostClass::of(addr.parse().unwrap()), class, "{addr}");
    }
}

#[test]
fn only_this_computer_and_exactly_the_named_hosts_may_be_reached() {
    let allowed = ["Shop.Example.com.", "10.0.0.7", "[fd00::1]", " ", "api.test:8443", "[fd00::2]:80"];
    let guard = Guard::new(allowed.map(str::to_owned));
    for (host, addr, ok) in [
        ("localhost", "127.0.0.1", true),
        ("evil.test", "127.0.0.1", true),
        ("shop.example.com", "93.184.216.34", true),
        ("SHOP.example.com.", "10.0.0.9", true),
        ("www.shop.example.com", "93.184.216.34", false),
        ("example.com", "93.184.216.34", false),
        ("10.0.0.7", "10.0.0.7", true),
        ("::ffff:10.0.0.7", "::ffff:10.0.0.7", false),
        ("10.0.0.8", "10.0.0.8", false),
        ("other.test", "10.0.0.7", false),
        ("fd00::1", "fd00::1", true),
        ("localhost", "8.8.8.8", false),
        ("api.test", "10.0.0.9", true),
        ("fd00::2", "fd00::2", true),
    ] {
        let verdict = guard.check(host, addr.parse().unwrap());
        assert_eq!(verdict.is_ok(), ok, "{host} at {addr}");
        if let Err(trouble) = verdict {
            assert_eq!(trouble.kind, Kind::HostBlocked);
            assert!(trouble.detail.contains(&format!("--allow-host {host}")), "{}", trouble.detail);
        }
    }
    assert!(guard.check_name("shop.example.com").is_ok());
    assert!(guard.check_name("localhost").is_err());
}

#[tokio::test]
async fn a_host_is_classed_before_a_run_by_its_override_or_its_own_address() {
    let network = Network { resolve: vec![("shop.test".into(), "10.0.0.5".parse().unwrap())], ..Network::default() };
    let (class, addrs) = classify("shop.test", 81, &network).await.unwrap();
    assert_eq!((class, addrs), (HostClass::PrivateNetwork, vec!["10.0.0.5:81".parse().unwrap()]));
    let (class, _) = classify("localhost", 80, &network).await.unwrap();
    assert_eq!(class, HostClass::ThisComputer);
    let lost = classify(&"n".repeat(300), 80, &network).await.unwrap_err();
    assert_eq!(lost.kind, Kind::NameNotFound);
}
