//! The folder that is served: every file but the page carries a hash of its content in its name, so that browsers may
//! keep it for ever and never mix two versions.
//!
//! Must not know what the files mean. The finished folder takes the place of the old one at the very end.

use crate::{Later, Parts, Wish, cut, sheet};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// The most that the wasm of the first screen may weigh on the line, compressed, in bytes, and all of it together.
/// `docs/performance.md` says what it is.
const FIRST: usize = 1_200_000;
const ALL: usize = 2_200_000;

/// One file of the folder: path inside it, and content.
struct Piece {
    path: String,
    bytes: Vec<u8>,
    /// Fonts are compressed already.
    compress: bool,
}

/// Writes everything and prints what it weighs. The answer is whether the wasm is within its budget.
pub fn write(wish: &Wish, parts: &Parts) -> Result<bool> {
    let pieces = pieces(wish, parts)?;
    let place = wish.out.with_extension("new");
    clear(&place)?;
    let (mut first, mut all) = (0, 0);
    for piece in &pieces {
        let path = place.join(&piece.path);
        put(&path, &piece.bytes)?;
        let mut line = format!("{:>10}", piece.bytes.len());
        if wish.release && piece.compress {
            let small = compressed(&piece.bytes)?;
            line += &format!(" {:>10}", small.len());
            if piece.path.ends_with(".wasm") {
                first = if piece.path.starts_with("app-") { small.len() } else { first };
                all += small.len();
            }
            put(&PathBuf::from(format!("{}.br", path.display())), &small)?;
        } else if wish.release {
            line += &format!(" {:>10}", "");
        }
        println!("{line}  {}", piece.path);
    }
    if wish.out.exists() {
        std::fs::remove_dir_all(&wish.out).with_context(|| format!("could not remove {}", wish.out.display()))?;
    }
    std::fs::rename(&place, &wish.out).with_context(|| format!("could not move to {}", wish.out.display()))?;
    if wish.release {
        println!("{first:>10} bytes of wasm for the first screen, {all} in all, compressed");
    }
    let fits = first <= FIRST && all <= ALL;
    if !fits {
        eprintln!("ui: the most that the wasm may weigh is {FIRST} bytes for the first screen, {ALL} in all");
    }
    Ok(fits)
}

fn pieces(wish: &Wish, parts: &Parts) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let fonts = fonts(&wish.source, &mut pieces)?;
    let with_fonts = |text: String| fonts.iter().fold(text, |text, (from, to)| text.replace(from, to));

    let style = sheet::joined(&wish.source.join("style"))?;
    let style = with_fonts(if wish.release { sheet::stripped(&style) } else { style });
    let css = add(&mut pieces, "app", "css", style.into_bytes());
    let js = scripts(&mut pieces, parts)?;
    let wasm = named("app", "_bg.wasm", &parts.wasm);
    pieces.push(Piece { path: wasm.clone(), bytes: parts.wasm.clone(), compress: true });

    let filled = |text: String| {
        let text = text.replace("{{css}}", &css).replace("{{js}}", &js).replace("{{wasm}}", &wasm);
        with_fonts(text)
    };
    let start = filled(text(&wish.source.join("start.js"))?);
    let start = add(&mut pieces, "start", "js", start.into_bytes());
    let page = filled(text(&wish.source.join("index.html"))?).replace("{{start}}", &start);
    pieces.push(Piece { path: "index.html".into(), bytes: page.into_bytes(), compress: true });
    for (path, bytes) in &parts.snippets {
        // Their names hold a hash already, and the JavaScript imports them by it.
        let path = path.to_string_lossy().replace('\\', "/");
        pieces.push(Piece { path, bytes: bytes.clone(), compress: true });
    }
    Ok(pieces)
}

/// Adds the JavaScript and the parts that come later; the answer is the name of the first script. It and the one that
/// fetches parts name each other, so one hash of both is in both names.
fn scripts(pieces: &mut Vec<Piece>, parts: &Parts) -> Result<String> {
    let Some(Later { js, wasm }) = &parts.later else {
        return Ok(add(pieces, "app", "js", parts.js.clone()));
    };
    let mut fetching = String::from_utf8(js.clone()).context("the script of the parts is no text")?;
    for (name, bytes) in wasm {
        let part = named(name.trim_end_matches(".wasm"), ".wasm", bytes);
        fetching = fetching.replace(&format!("\"./{name}\""), &format!("\"./{part}\""));
        pieces.push(Piece { path: part, bytes: bytes.clone(), compress: true });
    }
    let main = String::from_utf8(parts.js.clone()).context("the script of the editor is no text")?;
    let both = format!("{main}{fetching}");
    let (first, second) = (named("app", ".js", both.as_bytes()), named("parts", ".js", both.as_bytes()));
    for (path, text) in [(&first, main), (&second, fetching)] {
        // Only where it is imported: the wasm knows the script of the parts by its first name for ever.
        let renamed =
            |text: String, old: &str, new: &str| text.replace(&format!("from \"{old}\""), &format!("from \"./{new}\""));
        let text = renamed(renamed(text, cut::MAIN_JS, &first), cut::PARTS_JS, &second);
        pieces.push(Piece { path: path.clone(), bytes: text.into_bytes(), compress: true });
    }
    Ok(first)
}

/// Adds each font; the answer is old and new address, as styles and the page write it.
fn fonts(source: &Path, pieces: &mut Vec<Piece>) -> Result<Vec<(String, String)>> {
    let mut renamed = Vec::new();
    for (path, bytes) in files_under(source, "fonts")? {
        let old = path.to_string_lossy().replace('\\', "/");
        let Some(stem) = old.strip_suffix(".woff2") else { continue };
        let new = named(stem, ".woff2", &bytes);
        pieces.push(Piece { path: new.clone(), bytes, compress: false });
        renamed.push((old, new));
    }
    Ok(renamed)
}

fn add(pieces: &mut Vec<Piece>, stem: &str, end: &str, bytes: Vec<u8>) -> String {
    let path = named(stem, &format!(".{end}"), &bytes);
    pieces.push(Piece { path: path.clone(), bytes, compress: true });
    path
}

/// The hash tells versions apart; it guards against nothing, so the standard library's will do.
fn named(stem: &str, end: &str, bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{stem}-{:016x}{end}", hasher.finish())
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &settings).context("could not compress")?;
    Ok(small)
}

/// Makes the folder anew and empty.
pub fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))
}

/// The whole file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))
}

/// Every file below `base/inside`, by its path from `base`, sorted; none where that folder is missing.
pub fn files_under(base: &Path, inside: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::from(inside)]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(base.join(&folder)) else { continue };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), read(&base.join(&path))?));
            }
        }
    }
    files.sort();
    Ok(files)
}
