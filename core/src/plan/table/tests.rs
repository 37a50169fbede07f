use serde_json::json;

use super::*;
use crate::scenario::node::{Field, Reading};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A rule as it stands in a file.
fn rule(json: Value) -> DataTable {
    let mut at = Reading::default();
    let rule = DataTable::read(&json, &mut at).expect("a rule");
    assert!(at.problems.is_empty(), "{:?}", at.problems);
    rule
}

/// A table as JSON: names, then rows; missing is `"(missing)"`.
fn shown(table: &Table) -> Value {
    let width = table.columns.len();
    let cell = |row, column| match table.row_value(row, column) {
        Val::Missing => json!("(missing)"),
        value => value.to_json(),
    };
    let row = |row| (0..width).map(|column| cell(row, column)).collect::<Value>();
    std::iter::once(json!(table.columns)).chain((0..table.rows.len()).map(row)).collect()
}

#[test]
fn files_are_read() {
    let people = json!([["name", "zip"], ["Ann", "01234"], ["Bob", ""]]);
    let rows: Vec<(&str, Value, &[u8], Value)> = vec![
        ("a.csv", json!({}), b"name,zip\nAnn,01234\nBob,\n", people.clone()),
        ("a.csv", json!({}), b"name;zip\r\nAnn;01234\r\nBob;", people.clone()),
        ("a.csv", json!({}), b"name\tzip\rAnn\t01234\rBob\t\r", people.clone()),
        ("a.txt", json!({}), b"name|zip\nAnn|01234\n\nBob|\n\n", people.clone()),
        ("a.tsv", json!({}), b"name\tzip, code\nA,n,n\t01234\n", json!([["name", "zip, code"], ["A,n,n", "01234"]])),
        ("a.csv", json!({"separator": "#"}), b"name#zip\nAnn#01234\nBob#\n", people.clone()),
        ("a.csv", json!({"separator": "semicolon"}), b"a,b;c\n1,2;3\n", json!([["a,b", "c"], ["1,2", "3"]])),
        ("a.csv", json!({"columns": ["name", "zip"]}), b"Ann,01234\nBob,\n", people.clone()),
        ("a.csv", json!({}), b"\xEF\xBB\xBFname , zip\nAnn,01234\nBob,\n", people.clone()),
        ("a.csv", json!({}), b"\xFF\xFEn\0,\0z\0\n\0\xE9\0,\0\x31\0\n\0", json!([["n", "z"], ["é", "1"]])),
        ("a.csv", json!({}), b"\xFE\xFF\0n\0,\0z\0\n\0\xE9\0,\0\x31", json!([["n", "z"], ["é", "1"]])),
        ("a.csv", json!({"encoding": "windows-1252"}), b"n,z\n\xE9\x80,1\n", json!([["n", "z"], ["é€", "1"]])),
        ("a.csv", json!({"encoding": "utf-16le"}), b"n\0\n\0\x31\0", json!([["n"], ["1"]])),
        ("a.csv", json!({}), b"n;t\n\"a;\"\"b\"\"\nc\";1\n;2\n", json!([["n", "t"], ["a;\"b\"\nc", "1"], ["", "2"]])),
        (
            "a.csv",
            json!({}),
            b"n;t\n\"a, \"\"b\"\", c\";1\n\"d,e\";2\n",
            json!([["n", "t"], ["a, \"b\", c", "1"], ["d,e", "2"]]),
        ),
        ("a.csv", json!({}), b"word\none\ntwo\n", json!([["word"], ["one"], ["two"]])),
        ("a.csv", json!({}), b"say \"x\",b\n5\" pipe,1\n", json!([["say \"x\"", "b"], ["5\" pipe", "1"]])),
        (
            "a.csv",
            json!({"numbers": ["n"]}),
            b"n,t\n007,007\n 1.50 ,x\n-2e3,y\n,z\n18446744073709551615,u\n0.1,v",
            json!([
                ["n", "t"],
                [7, "007"],
                [1.5, "x"],
                [-2000.0, "y"],
                ["(missing)", "z"],
                [u64::MAX, "u"],
                [0.1, "v"]
            ]),
        ),
        (
            "A.JSONL",
            json!({"numbers": ["n"]}),
            b"{\"n\":\"5\",\"t\":\"01\",\"l\":[1]}\n\n{\"t\":null,\"n\":6}\r\n",
            json!([["n", "t", "l"], [5, "01", [1]], [6, "(missing)", "(missing)"]]),
        ),
        (
            "a.ndjson",
            json!({"columns": ["t"]}),
            b"{\"t\":true,\"x\":1}\n{\"x\":2}",
            json!([["t"], [true], ["(missing)"]]),
        ),
    ];
    for (name, rule_json, bytes, wanted) in rows {
        let text = String::from_utf8_lossy(bytes);
        let table = Table::parse(bytes, &rule(rule_json), name).unwrap_or_else(|bad| panic!("{text:?}: {bad}"));
        assert_eq!(shown(&table), wanted, "{text:?}");
    }
}

#[test]
fn mistakes_are_named_with_their_line() {
    let xlsx = b"PK\x03\x04\x14\0\x06\0".as_slice();
    let rows: Vec<(&str, Value, &[u8], &str)> = vec![
        ("a.csv", json!({}), b"", "the file is empty"),
        ("a.csv", json!({}), b"\n\n", "the file is empty"),
        ("a.csv", json!({}), b"a,b\n", "there are no rows"),
        ("a.csv", json!({}), b"a,b\n1,2\n\n3\n", "line 4: 1 value here, but there are 2 columns"),
        ("a.csv", json!({}), b"a,b\r\n1,2\r\n3\r\n", "line 3: 1 value here, but there are 2 columns"),
        ("a.csv", json!({}), b"a,b\r1,2\r3\r", "line 3: 1 value here, but there are 2 columns"),
        ("a.csv", json!({}), b"a,b\n\"x\ny\",2\n1,2,3\n", "line 4: 3 values here, but there are 2 columns"),
        ("a.csv", json!({}), b"a,b,a\n1,2,3\n", "line 1: columns 1 and 3 are both named \"a\""),
        ("a.csv", json!({}), b"a, ,c\n1,2,3\n", "line 1: column 2 has no name"),
        ("a.csv", json!({}), b"a,b\n1,\"2\n3,4\n5,6\n", "line 2: a quote opens here that is never closed"),
        ("a.csv", json!({}), b"a,b\n1,2\n\"x\"y,4\n", "line 3: something follows a closing quote"),
        ("a.csv", json!({}), b"name,b\nAnn,2\nJos\xE9,3\n", "line 3: there are bytes (0xE9) that are no UTF-8"),
        ("a.csv", json!({"encoding": "shift_jis"}), b"a\nx\n\x81\n", "line 3: there are bytes that are no Shift_JIS"),
        ("a.csv", json!({"encoding": "klingon"}), b"a\n1\n", "no encoding is known by the name \"klingon\""),
        ("a.csv", json!({}), b"n\0,\0z\0\n\0", "line 1: every other byte is zero"),
        (
            "a.csv",
            json!({}),
            b"aaaaaaa,b\n12345678901234567890,\0\n",
            "line 2: the file is no text: it holds a zero byte",
        ),
        ("a.csv", json!({}), xlsx, "the file is no text, but a spreadsheet"),
        ("a.csv", json!({}), b"\x1F\x8B\x08\0", "the file is no text, but a gzip archive"),
        ("a.csv", json!({"separator": "ab"}), b"a\n1\n", "\"ab\" can't separate values"),
        ("a.csv", json!({"separator": "\""}), b"a\n1\n", "\"\"\" can't separate values"),
        ("a.csv", json!({"columns": ["a", "b"]}), b"a,b\n1,2\n", "line 1: the first line names the columns"),
        ("a.csv", json!({"numbers": ["b"]}), b"a,b\n1,2\nx,1.234,5\n", "line 3: 3 values here"),
        ("a.csv", json!({"numbers": ["b"]}), b"a;b\n1;2\nx;1,5\n", "line 3, column \"b\": \"1,5\" is no number"),
        ("a.csv", json!({"numbers": ["b"]}), b"a;b\n1;nan\n", "line 2, column \"b\": \"nan\" is no number"),
        ("a.csv", json!({"numbers": ["bb"]}), b"a;b\n1;2\n", "\"numbers\" names \"bb\", which is no column"),
        ("a.jsonl", json!({}), b"", "the file is empty"),
        ("a.jsonl", json!({}), b"{\"a\":1}\n{\"a\":", "line 2: this is no JSON"),
        ("a.jsonl", json!({}), b"[{\"a\":1},\n{\"a\":2}]", "line 1: this is no JSON"),
        ("a.jsonl", json!({}), b"[{\"a\":1}]", "line 1: an object is expected in each line, but a list stands here"),
        ("a.jsonl", json!({}), b"{\"a\":1}\n{\"b\":2}", "line 2: the field \"b\" is not among those of the first line"),
        ("a.jsonl", json!({"numbers": ["a"]}), b"{\"a\":1}\n{\"a\":true}", "line 2, column \"a\": true is no number"),
        ("a.jsonl", json!({}), b"{}", "line 1: the object has no fields"),
    ];
    for (name, rule_json, bytes, wanted) in rows {
        let text = String::from_utf8_lossy(bytes);
        let bad = Table::parse(bytes, &rule(rule_json), name).expect_err(&text);
        assert!(bad.to_string().starts_with(wanted), "{text:?}: {bad}");
        assert!(!bad.hint.is_empty(), "{text:?} has no hint");
    }
}

#[test]
fn the_hint_for_a_spreadsheets_encoding_helps() {
    let bytes = b"name\nJos\xE9\n";
    let bad = Table::parse(bytes, &rule(json!({})), "a.csv").expect_err("no UTF-8");
    assert!(bad.hint.contains("\"encoding\": \"windows-1252\""), "{}", bad.hint);
    let table = Table::parse(bytes, &rule(json!({"encoding": "windows-1252"})), "a.csv").expect("as the hint says");
    assert_eq!(table.row_value(0, 0), Val::text("José"));
}

#[test]
fn rows_in_the_scenario_are_taken_as_they_are() {
    let table = Table::inline(&rule(json!({
        "columns": ["name", "age", "tags"], "numbers": ["age"],
        "rows": [["Ann", "30", ["x"]], [1, null, false]],
    })));
    let wanted = json!([["name", "age", "tags"], ["Ann", 30, ["x"]], [1, "(missing)", false]]);
    assert_eq!(table.as_ref().map(shown), Ok(wanted));
    let rows = [
        (json!({"rows": [["a"]]}), "the columns have no names"),
        (json!({"columns": ["a"]}), "there are no rows"),
        (json!({"columns": ["a", "a"], "rows": [[1, 2]]}), "columns 1 and 2 are both named \"a\""),
        (json!({"columns": ["a", "b"], "rows": [[1, 2], [1]]}), "row 2: 1 value here, but there are 2 columns"),
    ];
    for (json, wanted) in rows {
        let bad = Table::inline(&rule(json)).expect_err(wanted);
        assert!(bad.to_string().starts_with(wanted), "{bad}");
    }
}

#[test]
fn what_is_beyond_the_table_is_missing() {
    let table = Table::parse(b"a,b\n1,2\n", &rule(json!({})), "a.csv").expect("a table");
    for (row, column) in [(0, 2), (1, 0), (usize::MAX, 1)] {
        assert_eq!(table.row_value(row, column), Val::Missing, "{row}, {column}");
    }
}

#[test]
fn large_tables_take_little_memory() {
    let mut text = String::from("id,name,mail,city,zip\n");
    for row in 0..20_000 {
        text.push_str(&format!("{row},name {row},user{row}@example.com,Town,01234\n"));
    }
    let table = Table::parse(text.as_bytes(), &rule(json!({})), "a.csv").expect("a table");
    assert_eq!(table.rows.len(), 20_000);
    assert_eq!(table.row_value(19_999, 2), Val::text("user19999@example.com"));
    let most = text.len() + 20_000 * 5 * 5;
    assert!(table.rows.memory() <= most, "{} bytes for {} of text", table.rows.memory(), text.len());
}

#[test]
fn too_large_files_are_refused_before_they_are_read() {
    let bad = Table::parse(&vec![b'a'; MOST_BYTES + 1], &rule(json!({})), "a.csv").expect_err("too large");
    assert!(bad.message.contains("200 MB"), "{}", bad.message);
}
