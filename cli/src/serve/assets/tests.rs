use super::*;

#[test]
fn only_names_with_a_hash_are_kept_for_long() {
    let rows = [
        ("app-0a1b2c3d4e5f_bg.wasm", true),
        ("start-0a1b2c3d4e5f.js", true),
        ("fonts/inter-0a1b2c3d.woff2", true),
        ("index.html", false),
        ("app.js", false),
        ("deadbeef.js", false),
        ("icon-192.png", false),
        ("boot-loader.js", false),
    ];
    for (name, expected) in rows {
        assert_eq!(is_hashed(name), expected, "{name}");
    }
}

#[test]
fn brotli_is_sent_to_those_who_take_it() {
    let rows = [("gzip, deflate, br, zstd", true), ("br;q=0.5", true), ("br;q=0", false), ("gzip", false), ("", false)];
    for (accept, expected) in rows {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
        assert_eq!(takes_brotli(&headers), expected, "{accept}");
    }
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let assets = Assets(Source::Folder(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")));
    assert!(assets.file("main.rs").is_some() && assets.file("serve/http.rs").is_some());
    for name in ["../Cargo.toml", "serve/../../Cargo.toml", "%2e%2e/Cargo.toml", "/etc/passwd", "..", "serve//http.rs"]
    {
        assert!(assets.file(name).is_none(), "{name}");
    }
}
