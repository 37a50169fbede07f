#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};

use tidemark_core::scenario::{BasicSignIn, SignIn, Target, Watch};

use crate::doc::edit::data::block;
use crate::doc::edit::{DataEdit, Edit, TableEdit, TargetEdit, names};
use crate::doc::{Doc, Item};

fn rows(doc: &Doc, table: usize) -> Value {
    json!(doc.scenario().data[table].rows)
}

#[test]
fn a_block_is_read_as_spreadsheets_write_it() {
    let rows: [(&str, &[&[&str]]); 6] = [
        ("a\tb\n007\tx\n", &[&["a", "b"], &["007", "x"]]),
        ("a\tb\r\n1\t2\r\n", &[&["a", "b"], &["1", "2"]]),
        ("a,b;c\n1,2;3", &[&["a", "b;c"], &["1", "2;3"]]),
        ("a;b\n\"x;y\";2", &[&["a", "b"], &["x;y", "2"]]),
        ("\"two\nlines\"\tb", &[&["two\nlines", "b"]]),
        ("a\tb\n1", &[&["a", "b"], &["1", ""]]),
    ];
    for (text, wanted) in rows {
        assert_eq!(block::read(text).unwrap().rows, wanted, "{text:?}");
    }
    assert!(block::read("\n\n").is_err());
}

#[test]
fn the_first_row_gives_names_where_it_looks_like_names() {
    let rows: [(&str, &[&str], usize); 4] = [
        ("email\tcard no.\na@b.c\t4000", &["email", "card no_"], 1),
        ("a@b.c\t4000\nb@b.c\t4001", &["column 1", "column 2"], 2),
        ("name\tname\nx\ty", &["column 1", "column 2"], 2),
        ("only", &["column 1"], 1),
    ];
    for (text, names, count) in rows {
        let (columns, found) = block::read(text).unwrap().with_names();
        assert_eq!((columns.as_slice(), found.len()), (names.map_to_strings().as_slice(), count), "{text:?}");
    }
}

trait Strings {
    fn map_to_strings(&self) -> Vec<String>;
}

impl Strings for &[&str] {
    fn map_to_strings(&self) -> Vec<String> {
        self.iter().map(|name| (*name).to_owned()).collect()
    }
}

#[test]
fn pasted_cells_grow_the_table_and_stay_text() {
    let mut doc = Doc::open(Default::default());
    let table = |edit| Edit::Data(DataEdit::Table(0, edit));
    doc.apply(&Edit::Data(DataEdit::AddTable("people".to_owned(), vec!["id".to_owned()])), 0).unwrap();
    doc.apply(&table(TableEdit::Paste(1, 0, "007\t1.50\n008\t2".to_owned())), 0).unwrap();
    assert_eq!(rows(&doc, 0), json!([["", ""], ["007", "1.50"], ["008", "2"]]));
    assert_eq!(doc.scenario().data[0].columns, ["id", "column 2"]);
    doc.apply(&table(TableEdit::Numbers(1, true)), 0).unwrap();
    assert_eq!(rows(&doc, 0), json!([["", ""], ["007", 1.5], ["008", 2]]));
    doc.apply(&table(TableEdit::MoveColumn(1, 0)), 0).unwrap();
    assert_eq!(rows(&doc, 0), json!([["", ""], [1.5, "007"], [2, "008"]]));
    doc.apply(&table(TableEdit::RemoveRows(0, 1)), 0).unwrap();
    doc.apply(&table(TableEdit::RemoveColumn(0)), 0).unwrap();
    assert_eq!(rows(&doc, 0), json!([["007"], ["008"]]));
}

#[test]
fn ten_thousand_rows_come_in_at_once() {
    let text: String = (0..10_000).map(|n| format!("{n:05}\tperson{n}@shop.test\n")).collect();
    let mut doc = Doc::open(Default::default());
    doc.apply(&Edit::Data(DataEdit::ImportTable("people".to_owned(), text)), 0).unwrap();
    assert_eq!(doc.scenario().data[0].rows.len(), 10_000);
    assert_eq!(doc.scenario().data[0].rows[7][0], json!("00007"));
}

/// How often a value's name is used.
fn uses_of(scenario: &tidemark_core::scenario::Scenario, name: &str) -> usize {
    let mut count = 0;
    names::each_use(&mut scenario.clone(), &mut |text| match text {
        names::Text::Template(text) => {
            count += names::chips(text).filter(|(start, end)| &text[*start..*end] == name).count();
        }
        names::Text::Name(used) => count += usize::from(used == name),
    });
    count
}

#[test]
fn a_new_name_is_followed_everywhere() {
    let mut doc = Doc::open(super::shop());
    let before = uses_of(doc.scenario(), "people.email");
    assert!(before > 0);
    doc.apply(&Edit::Rename(Item::Table(0), "shoppers".to_owned()), 0).unwrap();
    doc.apply(&Edit::Data(DataEdit::Table(0, TableEdit::RenameColumn(0, "mail".to_owned()))), 0).unwrap();
    assert_eq!(uses_of(doc.scenario(), "people.email"), 0);
    assert_eq!(uses_of(doc.scenario(), "shoppers.mail"), before);
    let uses = uses_of(doc.scenario(), "found");
    doc.apply(&Edit::Rename(Item::Save("find".to_owned(), 0), "hit".to_owned()), 0).unwrap();
    assert_eq!((uses_of(doc.scenario(), "found"), uses_of(doc.scenario(), "hit")), (0, uses));
    let word = doc.scenario().values.iter().position(|value| value.name == "word").unwrap();
    let basic = BasicSignIn { user: "ada".to_owned(), password: "{{word}}".to_owned(), ..BasicSignIn::default() };
    let watch = vec![Watch { sign_in: Some(SignIn::Basic(basic)), ..Watch::default() }];
    let target = Target { watch, ..doc.scenario().targets[0].clone() };
    let uses = uses_of(doc.scenario(), "word");
    doc.apply(&Edit::Target(TargetEdit::Set(0, "watch", Box::new(target))), 0).unwrap();
    assert_eq!(uses_of(doc.scenario(), "word"), uses + 1, "a page that is watched signs in with it");
    doc.apply(&Edit::Rename(Item::Value(word), "term".to_owned()), 0).unwrap();
    assert_eq!((uses_of(doc.scenario(), "word"), uses_of(doc.scenario(), "term")), (0, uses + 1));
    let taken = doc.apply(&Edit::Rename(Item::Value(0), "term".to_owned()), 0).unwrap_err();
    assert_eq!(taken.0, "The name term is taken.");
}
