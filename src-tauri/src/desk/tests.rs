//! Against the real keychain of a desktop: `cargo xtask test desktop` starts one that is empty and open.

use tidemark_host::Keychain;
use tidemark_host::keychain::SystemKeychain;

#[test]
fn a_secret_is_in_the_keychain_of_the_desktop() {
    let find = || SystemKeychain::find().expect("there is a keychain: start with `cargo xtask test desktop`");
    let (file, name) = ("a test of Tidemark.tide", "token");
    find().set(file, name, Some("k3y \u{1f511}")).expect("it is open");
    assert_eq!(find().get(file, name), Ok(Some("k3y \u{1f511}".to_owned())));
    assert_eq!(find().get(file, "another"), Ok(None));
    assert_eq!(find().get("another.tide", name), Ok(None));
    find().set(file, name, None).expect("it is open");
    assert_eq!(find().get(file, name), Ok(None));
    find().set(file, name, None).expect("forgetting twice is no mistake");
}
