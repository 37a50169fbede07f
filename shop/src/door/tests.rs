use super::*;

/// Whether somebody at this address may turn the knobs.
fn check(peer: &str, near: bool) {
    let caller = Caller {
        connection: 1,
        peer: peer.parse().unwrap(),
        doomed: AtomicBool::new(false),
        visitor: AtomicU64::new(0),
    };
    assert_eq!(caller.is_near(), near, "{peer}");
}

#[test]
fn only_this_computer_is_near() {
    check("127.0.0.1:5000", true);
    check("127.8.9.10:5000", true);
    check("[::1]:5000", true);
    check("[::ffff:127.0.0.1]:5000", true);
    check("192.168.1.5:5000", false);
    check("[::ffff:192.168.1.5]:5000", false);
    check("0.0.0.0:5000", false);
}
