#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::wire::{Bytes, Code, Failure, Given, Said};

use super::{all_saved, said};
use crate::model::{Dialog, Model, Tone};
use crate::msg::Msg;
use crate::route::{Route, Tab};
use crate::text::commands as say;

#[test]
fn what_a_window_says_is_what_a_person_could_have_done() {
    let model = Model::default();
    let given = Given { name: "run.tiderun".to_owned(), bytes: Bytes(vec![0x1f, 0x8b]) };
    let rows = [
        (Said::Command("palette".to_owned()), Msg::Open(Dialog::Palette)),
        (Said::Command("undo".to_owned()), Msg::Say(Tone::Info, say::OPEN_A_TEST.to_owned())),
        (
            Said::Open("/elsewhere/shop.tide".to_owned()),
            Msg::Go(Route::Tab("/elsewhere/shop.tide".to_owned(), Tab::Build)),
        ),
        (Said::Given(given), Msg::FileGiven("run.tiderun".to_owned(), vec![0x1f, 0x8b])),
        (Said::Held(true), Msg::FilesHeld(true)),
        (Said::Failed(Failure::new(Code::Io, "No.", "Yes.")), Msg::Say(Tone::Bad, "No. Yes.".to_owned())),
        (Said::Closing, Msg::SaveAgain),
    ];
    for (what, wanted) in rows {
        assert_eq!(said(&model, what), wanted);
    }
    assert!(all_saved(&model), "without a test there is nothing to save");
}
