use std::sync::Arc;

use tidemark_core::wire::{Capabilities, Code, SecretsLive};
use tidemark_host::Options;
use tidemark_host::practice::PracticeShop;

use super::*;

#[test]
fn words_are_paths_where_the_program_was_started() {
    let rows = [
        ("shop.tide", Some("/here/shop.tide")),
        ("../a b.tide", Some("/here/../a b.tide")),
        ("/else/x.tiderun", Some("/else/x.tiderun")),
        ("file:///else/a%20b.tide", Some("/else/a b.tide")),
        ("--flag", None),
        ("", None),
    ];
    for (word, wanted) in rows {
        assert_eq!(path_in(word, Path::new("/here")), wanted.map(PathBuf::from), "{word}");
    }
}

#[test]
fn tests_are_opened_in_their_place_and_others_handed_over() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let at = |name: &str| folder.path().join(name);
    let secrets = SecretsLive::ForSession;
    let capabilities = Capabilities { runs: true, tries: true, chosen_paths: true, secrets, shop: true };
    let options = Options { folder: at("app"), config: at("config"), capabilities, practice: None, keychain: None };
    let host = Host::open(options.with_practice(Arc::new(PracticeShop::new()))).expect("the folder can be made");
    for name in ["app/scenarios/in.tide", "out.tide", "run.tiderun"] {
        std::fs::write(at(name), name).expect("the folder takes files");
    }
    let said = |name: &str| read(&host, &at(name));
    assert_eq!(said("app/scenarios/in.tide"), Ok(Said::Open("in.tide".to_owned())));
    let whole = at("out.tide").canonicalize().expect("it is there");
    assert_eq!(said("out.tide"), Ok(Said::Open(whole.display().to_string())));
    let Ok(Said::Given(given)) = said("run.tiderun") else { panic!("a result is handed over") };
    assert_eq!((given.name.as_str(), given.bytes.0), ("run.tiderun", b"run.tiderun".to_vec()));
    assert_eq!(said("none.har").map_err(|failure| failure.code), Err(Code::NotFound));
    assert_eq!(said("app").map_err(|failure| failure.code), Err(Code::Invalid));
}

#[test]
fn a_linux_desktop_knows_our_files_and_hands_them_over() {
    let read = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name);
    let settings: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).expect("JSON");
    let kinds = read("linux/tidemark.mime.xml");
    let associations = settings["bundle"]["fileAssociations"].as_array().expect("a list");
    assert!(!associations.is_empty());
    for kind in associations {
        let (_, from) = kinds.split_once(&format!("type={}>", kind["mimeType"])).expect("the kind is described");
        let (description, _) = from.split_once("</mime-type>").expect("the description ends");
        for end in kind["ext"].as_array().expect("a list").iter().filter_map(|end| end.as_str()) {
            assert!(description.contains(&format!("<glob pattern=\"*.{end}\"/>")), "{end}: {description}");
        }
    }
    assert!(read("linux/tidemark.desktop.hbs").contains("\nExec={{exec}} %F\n"), "files are passed on as words");
}
