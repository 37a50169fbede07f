use super::look;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn encoding_and_separator_are_found_out() {
    let rows: [(&str, Vec<u8>, &str, char); 9] = [
        ("a.csv", b"name,zip\nAnn,01234\n".to_vec(), "UTF-8", ','),
        ("a.csv", "name;zip\nJürgen;01234\n".into(), "UTF-8", ';'),
        ("a.csv", b"\xEF\xBB\xBFname\tzip\nAnn\t01234\n".to_vec(), "UTF-8", '\t'),
        ("a.csv", b"name;zip\nJ\xFCrgen;01234\n".to_vec(), "windows-1252", ';'),
        ("a.csv", utf16("name;zip\nJürgen;01234\n", true, true), "UTF-16LE", ';'),
        ("a.csv", utf16("name,zip\nAnn,01234\n", false, true), "UTF-16BE", ','),
        ("a.csv", utf16("name|zip\nAnn|01234\n", true, false), "UTF-16LE", '|'),
        ("a.tsv", b"name\tzip\nAnn\t01234\n".to_vec(), "UTF-8", '\t'),
        ("old.csv", b"name,zip\rAnn,01234\r".to_vec(), "UTF-8", ','),
    ];
    for (name, bytes, encoding, separator) in rows {
        let found = look(&bytes, name, "", "", 100).unwrap();
        assert_eq!((found.encoding, found.separator), (encoding, separator), "{name} {bytes:?}");
        assert_eq!(found.rows[0], ["name", "zip"], "{encoding}");
        assert_eq!(found.rows[1][1], "01234", "leading zeros survive");
        assert_eq!((found.trouble, found.more), (None, false), "{encoding}");
    }
}

#[test]
fn what_is_wrong_is_said_with_row_and_column_and_nothing_is_lost() {
    let check = |bytes: &[u8], encoding: &str, said: &str, row: usize, cells: &[&str]| {
        let found = look(bytes, "a.csv", encoding, "comma", 100).unwrap();
        assert_eq!(found.trouble.map(|bad| bad.to_string()).as_deref(), Some(said));
        assert_eq!(found.rows[row], cells);
    };
    let latin = b"name,city\nAnn,Rome\nBob,K\xF6ln\n";
    check(latin, "utf-8", "row 3, column \"city\": there are bytes that are no UTF-8", 1, &["Ann", "Rome"]);
    let long = b"name,city\nAnn,Rome\nBob,Paris,France\n";
    check(long, "", "row 3, column \"3\": 3 values here, but there are 2 columns", 2, &["Bob", "Paris", "France"]);
    let short = b"name,city,zip\nAnn\nBob,Paris,1\n";
    check(short, "", "row 2, column \"city\": 1 value here, but there are 3 columns", 1, &["Ann", "", ""]);
    let quote = b"name,city\nAnn,\"Rome\nBob,Paris\n";
    check(quote, "", "row 2, column \"city\": a quote opens here that is never closed", 2, &["Bob", "Paris"]);
}

#[test]
fn a_file_that_is_no_table_says_what_it_is() {
    for (bytes, said) in [(&b"PK\x03\x04rest"[..], "a spreadsheet"), (b"GIF89a\x01\x00\x01\x00", "a zero byte")] {
        let bad = look(bytes, "a.csv", "", "", 100).unwrap_err();
        assert!(bad.to_string().contains(said), "{bad}");
    }
    assert!(look(b"a,b", "a.csv", "latin-99", "", 100).unwrap_err().to_string().contains("latin-99"));
}

#[test]
fn no_more_rows_are_read_than_asked_for_and_objects_are_rows_too() {
    let found = look(b"a\n1\n2\n3\n", "a.csv", "", "", 3).unwrap();
    assert_eq!((found.rows.len(), found.more), (3, true));
    let found = look(b"{\"a\":\"01\",\"b\":2}\n{\"a\":\"x\"}\n", "a.jsonl", "", "", 100).unwrap();
    assert_eq!(found.rows, [["a", "b"], ["01", "2"], ["x", ""]]);
}
