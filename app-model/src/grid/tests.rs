#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

const SIZE: Size = Size { rows: 5, columns: 3, page: 2 };

/// A key as it is written here: `Ctrl+Shift+End`.
fn key(text: &str) -> Press<'_> {
    let key = text.rsplit('+').next().unwrap();
    Press { key, ctrl: text.contains("Ctrl+"), shift: text.contains("Shift+"), alt: text.contains("Alt+") }
}

#[test]
fn keys_move_the_cursor_as_in_a_spreadsheet() {
    let rows = [
        ("ArrowDown", (1, 1), (2, 1)),
        ("ArrowUp", (0, 1), (0, 1)),
        ("ArrowRight", (1, 2), (1, 2)),
        ("ArrowLeft", (1, 2), (1, 1)),
        ("Ctrl+ArrowDown", (1, 1), (4, 1)),
        ("Ctrl+ArrowRight", (1, 0), (1, 2)),
        ("Home", (3, 2), (3, 0)),
        ("End", (3, 0), (3, 2)),
        ("Ctrl+Home", (3, 2), (0, 0)),
        ("Ctrl+End", (0, 0), (4, 2)),
        ("PageDown", (1, 1), (3, 1)),
        ("PageUp", (1, 1), (0, 1)),
        ("Tab", (1, 1), (1, 2)),
        ("Tab", (1, 2), (2, 0)),
        ("Shift+Tab", (2, 0), (1, 2)),
    ];
    for (pressed, from, to) in rows {
        let did = press(Cursor::at(from.0, from.1), key(pressed), SIZE);
        assert_eq!(did, Did::Moved(Cursor::at(to.0, to.1)), "{pressed} from {from:?}");
    }
}

#[test]
fn shift_extends_the_choice_and_whole_rows_columns_or_all_can_be_chosen() {
    let from = Cursor::at(1, 1);
    let rows = [
        ("Shift+ArrowDown", (1, 3), (1, 2)),
        ("Shift+ArrowLeft", (1, 2), (0, 2)),
        ("Ctrl+Shift+End", (1, 5), (1, 3)),
        ("Shift+ ", (1, 2), (0, 3)),
        ("Ctrl+ ", (0, 4), (1, 2)),
        ("Ctrl+a", (0, 4), (0, 3)),
    ];
    for (pressed, chosen_rows, chosen_columns) in rows {
        let Did::Moved(cursor) = press(from, key(pressed), SIZE) else { panic!("{pressed}") };
        assert_eq!((cursor.rows(), cursor.columns()), (chosen_rows, chosen_columns), "{pressed}");
    }
    let wide = from.up_to(3, 2);
    assert!(wide.holds(2, 2) && !wide.holds(0, 1));
    assert_eq!(press(wide, key("Escape"), SIZE), Did::Moved(from));
}

#[test]
fn a_letter_or_enter_types_and_other_keys_are_left_to_others() {
    let from = Cursor::at(1, 1);
    let rows = [
        ("x", Did::Types(Some("x".into()))),
        ("Shift+X", Did::Types(Some("X".into()))),
        ("F2", Did::Types(None)),
        ("Enter", Did::Types(None)),
        ("Delete", Did::Clears),
        ("Ctrl+z", Did::Nothing),
        ("Ctrl+c", Did::Nothing),
        ("Alt+ArrowDown", Did::Nothing),
        ("F6", Did::Nothing),
    ];
    for (pressed, did) in rows {
        assert_eq!(press(from, key(pressed), SIZE), did, "{pressed}");
    }
    assert_eq!(press(from, key("x"), Size { rows: 0, ..SIZE }), Did::Nothing);
}

#[test]
fn nobody_is_trapped_tab_leaves_at_the_ends_and_after_escape() {
    assert_eq!(press(Cursor::at(4, 2), key("Tab"), SIZE), Did::Nothing);
    assert_eq!(press(Cursor::at(0, 0), key("Shift+Tab"), SIZE), Did::Nothing);
    let Did::Moved(leaving) = press(Cursor::at(1, 1), key("Escape"), SIZE) else { panic!() };
    assert_eq!(press(leaving, key("Tab"), SIZE), Did::Nothing);
    let Did::Moved(back) = press(leaving, key("ArrowUp"), SIZE) else { panic!() };
    assert_eq!(press(back, key("Tab"), SIZE), Did::Moved(Cursor::at(0, 2)));
}

#[test]
fn typing_ends_with_enter_tab_or_an_arrow_and_goes_on_beside() {
    let rows = [("Enter", Some((2, 1))), ("Shift+Enter", Some((0, 1))), ("Tab", Some((1, 2))), ("ArrowLeft", None)];
    for (pressed, to) in rows {
        let wanted = to.map(|(row, column)| Cursor::at(row, column));
        assert_eq!(leave(Cursor::at(1, 1), key(pressed), SIZE), wanted, "{pressed}");
    }
}

#[test]
fn only_rows_that_are_seen_are_drawn_and_the_cursor_is_brought_into_view() {
    assert_eq!(seen(0.0, 280.0, 28.0, 10_000), (0, 16));
    assert_eq!(seen(28.0 * 5_000.0, 280.0, 28.0, 10_000), (4_997, 16));
    assert_eq!(seen(28.0 * 9_990.0, 280.0, 28.0, 10_000), (9_987, 13));
    assert_eq!(seen(0.0, 280.0, 28.0, 3), (0, 3));
    assert_eq!(reach(56.0, 84.0, 0.0, 280.0, 28.0), None);
    assert_eq!(reach(0.0, 28.0, 100.0, 280.0, 28.0), Some(0.0));
    assert_eq!(reach(280.0, 308.0, 0.0, 280.0, 28.0), Some(56.0));
}
