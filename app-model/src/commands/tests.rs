#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{COMMANDS, entries, pressed, state};
use crate::model::{Dialog, Model};
use crate::msg::Msg;

#[test]
fn every_command_is_found_by_its_name_and_by_each_engineering_word() {
    let model = Model::default();
    for command in COMMANDS {
        for typed in std::iter::once(command.words.0).chain(command.words.1.split(", ")) {
            let found = entries(&model, typed);
            assert!(found.iter().any(|entry| entry.id == command.id), "{typed} does not find {}", command.id);
        }
        assert!(!command.words.1.is_empty(), "{}", command.id);
    }
    for entry in entries(&model, "") {
        assert_eq!(entry.msg.is_none(), !entry.not_now.is_empty(), "{}", entry.id);
    }
}

#[test]
fn engineers_words_lead_to_the_words_on_screen() {
    for (typed, wanted) in
        [("ramp", "Load plan"), ("assertion", "Check"), ("think time", "Pause"), ("curl", "Paste a request")]
    {
        let found = entries(&Model::default(), typed);
        assert!(found.iter().any(|entry| entry.label == wanted), "{typed}");
    }
}

#[test]
fn keys_mean_one_thing_each_and_nothing_where_it_can_not_be_done() {
    let model = Model::default();
    let mut seen = Vec::new();
    for keys in COMMANDS.iter().flat_map(|command| command.keys) {
        assert!(!seen.contains(keys), "{keys:?} twice");
        seen.push(*keys);
    }
    let open = |dialog| Some(Msg::Open(dialog));
    for (ctrl, shift, key, typing, wanted) in [
        (true, false, "k", true, open(Dialog::Palette)),
        (false, true, "?", false, open(Dialog::Keys)),
        (false, true, "?", true, None),
        (false, false, "F1", true, open(Dialog::Glossary)),
        (true, false, "z", false, None),
        (true, true, "Enter", false, None),
        (false, false, "k", false, None),
    ] {
        assert_eq!(pressed(&model, ctrl, shift, false, key, typing), wanted, "{key}");
    }
    assert!(state(&model, "nothing").is_err());
}
