use std::collections::BTreeMap;

use super::*;
use crate::failure::Code;

/// A keychain in memory, which may be locked.
#[derive(Debug, Default)]
struct Pretended {
    kept: Mutex<BTreeMap<Of, String>>,
    locked: Mutex<bool>,
}

impl Pretended {
    fn open(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<Of, String>>, Failure> {
        match *held(&self.locked) {
            true => Err(Failure::new(Code::Io, "The keychain can't be used: it is locked.", "Unlock it.")),
            false => Ok(held(&self.kept)),
        }
    }
}

impl Keychain for Pretended {
    fn get(&self, file: &str, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.open()?.get(&(file.to_owned(), name.to_owned())).cloned())
    }

    fn set(&self, file: &str, name: &str, value: Option<&str>) -> Result<(), Failure> {
        let of = (file.to_owned(), name.to_owned());
        match value {
            Some(value) => self.open()?.insert(of, value.to_owned()),
            None => self.open()?.remove(&of),
        };
        Ok(())
    }
}

/// What the program knows of a secret of `shop.tide`, after it was started again with this keychain.
fn after_restart(keychain: &Arc<Pretended>, file: &str, name: &str) -> Known {
    Secrets::new(Some(keychain.clone())).get(Some(file), name)
}

fn kept(value: &str) -> Known {
    Some((value.to_owned(), SecretSource::Keychain))
}

#[test]
fn a_secret_outlives_the_program_where_there_is_a_keychain_and_only_there() {
    let keychain = Arc::new(Pretended::default());
    let secrets = Secrets::new(Some(keychain.clone()));
    secrets.set(Some("shop.tide"), "token", Some("k3y".to_owned())).expect("it is open");
    assert_eq!(secrets.get(Some("shop.tide"), "token"), kept("k3y"));
    assert_eq!(after_restart(&keychain, "shop.tide", "token"), kept("k3y"));
    assert_eq!(after_restart(&keychain, "other.tide", "token"), None);

    secrets.set(Some("shop.tide"), "token", None).expect("it is open");
    assert_eq!(secrets.get(Some("shop.tide"), "token"), None);
    assert_eq!(after_restart(&keychain, "shop.tide", "token"), None);

    // A scenario without a file can't be found again.
    secrets.set(None, "token", Some("k3y".to_owned())).expect("nothing is asked");
    assert_eq!(secrets.get(None, "token"), Some(("k3y".to_owned(), SecretSource::Session)));
    let without = Secrets::new(None);
    without.set(Some("shop.tide"), "token", Some("k3y".to_owned())).expect("nothing is asked");
    assert_eq!(without.get(Some("shop.tide"), "token"), Some(("k3y".to_owned(), SecretSource::Session)));
    assert!(held(&keychain.kept).is_empty());
}

#[test]
fn a_locked_keychain_is_told_and_asked_again_and_the_value_holds_until_the_end() {
    let keychain = Arc::new(Pretended::default());
    held(&keychain.kept).insert(("shop.tide".to_owned(), "old".to_owned()), "0ld".to_owned());
    *held(&keychain.locked) = true;
    let secrets = Secrets::new(Some(keychain.clone()));
    assert_eq!(secrets.get(Some("shop.tide"), "old"), None);
    let refused = secrets.set(Some("shop.tide"), "new", Some("n3w".to_owned())).expect_err("it is locked");
    assert!(refused.hint.contains("Until the program ends"), "{refused}");
    assert_eq!(secrets.get(Some("shop.tide"), "new"), Some(("n3w".to_owned(), SecretSource::Session)));

    *held(&keychain.locked) = false;
    assert_eq!(secrets.get(Some("shop.tide"), "old"), kept("0ld"));
    assert_eq!(after_restart(&keychain, "shop.tide", "new"), None);
}

#[test]
fn secrets_follow_their_scenario_to_its_new_name() {
    let keychain = Arc::new(Pretended::default());
    held(&keychain.kept).insert(("shop.tide".to_owned(), "token".to_owned()), "k3y".to_owned());
    let secrets = Secrets::new(Some(keychain.clone()));
    secrets.follow("shop.tide", "market.tide", ["token".to_owned(), "unknown".to_owned()]);
    assert_eq!(secrets.get(Some("market.tide"), "token"), kept("k3y"));
    assert_eq!(secrets.get(Some("shop.tide"), "token"), None);
    assert_eq!(after_restart(&keychain, "market.tide", "token"), kept("k3y"));
    assert_eq!(after_restart(&keychain, "shop.tide", "token"), None);
}
