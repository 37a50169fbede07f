#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Body, Shape, Spot, pick, read, rows, selected};
use crate::model::Exchange;

fn answer(body: &str) -> Exchange {
    Exchange {
        answer_head: "HTTP/1.1 200 OK\r\nX-Request: r-17\r\nSet-Cookie: session=abc; Path=/".to_owned(),
        answer_body: body.to_owned(),
        ..Exchange::default()
    }
}

const LIST: &str = r#"{"total":2,"items":[{"id":7,"name":"Tea"},{"id":9,"name":"Bread"}],"odd name":true}"#;

#[test]
fn a_json_answer_is_a_tree_whose_branches_close() {
    let Body::Json(value) = read(&answer(LIST)).body else { panic!("not JSON") };
    let mut shape = Shape::of(LIST.len());
    let (all, left) = rows(&value, &shape);
    let paths: Vec<&str> = all.iter().map(|row| row.path.as_str()).collect();
    let wanted = ["$.total", "$.items", "$.items[0]", "$.items[0].id", "$.items[0].name", "$.items[1]"];
    assert_eq!(paths[..6], wanted);
    assert_eq!((paths.last(), left), (Some(&"$['odd name']"), 0));
    shape.turn("$.items");
    assert_eq!(rows(&value, &shape).0.len(), 3);
    shape.find = "bREA".to_owned();
    let found: Vec<String> = rows(&value, &shape).0.into_iter().map(|row| row.path).collect();
    assert_eq!(found, ["$.items", "$.items[1]", "$.items[1].name"], "what holds a find is open");
    shape.find.clear();
    shape.most = 2;
    assert_eq!(rows(&value, &shape), (rows(&value, &shape).0[..2].to_vec(), 1), "no more than asked for");
    let (large, _) = rows(&value, &Shape::of(2_000_000));
    assert_eq!(large.len(), 5, "a large one opens by hand: {large:?}");
}

#[test]
fn a_picked_piece_says_how_it_is_found_and_asks_where_there_are_more() {
    let rows = [
        (LIST, Spot::Json("$.total".to_owned()), "2", "total", 1, vec![""]),
        (
            LIST,
            Spot::Json("$.items[1].id".to_owned()),
            "9",
            "item_id",
            2,
            vec!["the first", "the last", "one by chance", "where name is “Bread”", "always number 2"],
        ),
        (LIST, Spot::Header("X-Request".to_owned()), "r-17", "X-Request", 1, vec![""]),
        (LIST, Spot::Cookie("session".to_owned()), "abc", "session", 1, vec![""]),
        (
            "<html><form><input name=\"csrf\" value=\"t0k\"></form></html>",
            Spot::Element("input[name=\"csrf\"]".to_owned(), "value".to_owned()),
            "t0k",
            "csrf",
            1,
            vec![""],
        ),
    ];
    for (body, spot, value, name, matches, labels) in rows {
        let found = pick(&answer(body), &spot).unwrap();
        assert_eq!((found.value.as_str(), found.name.as_str(), found.matches), (value, name, matches), "{spot:?}");
        let said: Vec<&str> = found.choices.iter().map(|choice| choice.label.as_str()).collect();
        assert_eq!(said, labels, "{spot:?}");
    }
    assert_eq!(pick(&answer(LIST), &Spot::Json("$.nothing".to_owned())), None);
}

#[test]
fn selected_text_is_found_by_what_stands_around_it() {
    let body = "order R-1 done\norder number: R-5521 is yours";
    let start = body.find("R-5521").unwrap();
    let spot = selected(body, start, start + 6).unwrap();
    let found = pick(&answer(body), &spot).unwrap();
    assert_eq!((found.value.as_str(), found.matches), ("R-5521", 1), "{spot:?}");
    assert_eq!(selected(body, 3, 3), None);
}

#[test]
fn a_page_offers_what_its_forms_hide() {
    let page = "<!doctype html><title>Shop</title><input type=hidden name=csrf value=t0k><input name=empty>";
    let Body::Page(found) = read(&answer(page)).body else { panic!("not a page") };
    let said: Vec<(&str, &str)> = found.iter().map(|found| (found.selector.as_str(), found.value.as_str())).collect();
    assert_eq!(said, [("title", "Shop"), ("input[name=\"csrf\"]", "t0k")]);
}
