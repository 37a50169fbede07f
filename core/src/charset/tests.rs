use super::Charset;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// In the browser too, where another decoder is behind it.
#[test]
fn the_same_bytes_are_the_same_text_everywhere() {
    let cases: [(&str, &[u8], &str, bool); 11] = [
        ("windows-1252", b"\x7f\x80\x81\x9f\xa0\xff", "\u{7f}€\u{81}Ÿ\u{a0}ÿ", false),
        ("utf8", b"caf\xc3\xa9", "café", false),
        ("UTF-8", b"caf\xe9!", "caf\u{fffd}!", true),
        ("utf-16le", b"a\0\xac\x20", "a€", false),
        ("utf-16be", b"\0a\xd8\x3d\xde\x00", "a😀", false),
        ("utf-16le", b"a\0\x3d\xd8b\0", "a\u{fffd}b", true),
        ("utf-16le", b"a\0b", "a\u{fffd}", true),
        (" Latin2 ", b"\xb3\xf3d\xbc", "łódź", false),
        ("iso-8859-15", b"\xa4 5", "€ 5", false),
        ("shift_jis", b"\x83e\x83X\x83g", "テスト", false),
        ("euc-kr", b"\xc7\xd1\xff", "한\u{fffd}", true),
    ];
    for (label, bytes, text, broken) in cases {
        let charset = Charset::named(label).expect(label);
        assert_eq!(charset.lossy(bytes), (text.into(), broken), "{label}");
        let before = text.split('\u{fffd}').next().expect("a beginning");
        assert_eq!(
            charset.strict(bytes).map_err(|before| before.to_string()),
            match broken {
                false => Ok(text.into()),
                true => Err(before.to_owned()),
            }
        );
    }
}

#[test]
fn names_are_those_of_the_standard() {
    for (label, name) in
        [("latin1", "windows-1252"), ("sjis", "Shift_JIS"), ("utf8", "UTF-8"), ("iso-8859-15", "ISO-8859-15")]
    {
        assert_eq!(Charset::named(label).map(Charset::name), Some(name));
    }
    for label in ["", "utf-9", "iso-2022-kr"] {
        assert_eq!(Charset::named(label), None, "{label}");
    }
}
