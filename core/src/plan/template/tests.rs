use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Pieces as one short text: `«…»` around what is filled in.
fn shown(text: &str) -> Result<String, String> {
    let template = Template::parse(text).map_err(|error| error.message)?;
    Ok(template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Use(used) => match &used.source {
                Source::Name(name) => format!("«{name}{}»", "|".repeat(used.changes.len())),
                Source::Made(maker) => format!("«{maker:?}{}»", "|".repeat(used.changes.len())),
                Source::Literal(text) => format!("«\"{text}\"{}»", "|".repeat(used.changes.len())),
            },
        })
        .collect())
}

#[test]
fn texts_are_taken_apart() {
    let rows = [
        ("plain", "plain"),
        ("", ""),
        ("/products/{{ product }}?q={{word|url}}", "/products/«product»?q=«word|»"),
        ("{{people.email | lower | base64}}", "«people.email||»"),
        ("{{integer(1, 20)}}", "«Integer(1, 20)»"),
        (r#"{{pick("a,b", "c}}d", e)}}"#, r#"«Pick(["a,b", "c}}d", "e"])»"#),
        (r#"a {{"{{"}} b"#, "a {{ b"),
        ("single { brace }", "single { brace }"),
    ];
    for (text, wanted) in rows {
        assert_eq!(shown(text).as_deref(), Ok(wanted), "{text}");
    }
}

#[test]
fn mistakes_are_named() {
    let rows = [
        ("{{token", "\"{{token\" is not closed"),
        ("{{}}", "\"\" is no name of a value"),
        ("{{a/b}}", "\"a/b\" is no name of a value"),
        ("{{token | shout}}", "\"shout\" is no way to change a value"),
        ("{{integer(1}}", "\"integer(1\" has no closing bracket"),
        ("{{integer(9, 1)}}", "what stands in the brackets of \"integer\" makes no sense"),
        ("{{intger(1, 9)}}", "nothing is made up by \"intger\""),
        ("{{\"a}}", "\"{{\"a}}\" is not closed"),
    ];
    for (text, wanted) in rows {
        assert_eq!(shown(text).unwrap_err(), wanted, "{text}");
    }
}
