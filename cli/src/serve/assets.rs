//! The app's pages: from the program itself, or from a folder. Must not know what is in them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tidemark_host::{Code, Failure};

use super::pages;

/// Where developers have them.
#[cfg(not(feature = "embed-ui"))]
const BESIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../app-ui/dist");

/// The files that `cargo xtask ui` wrote, as they were when the program was built.
#[cfg(feature = "embed-ui")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../app-ui/dist"]
struct Embedded;

/// The app's pages.
pub struct Assets(Source);

/// Where they come from.
enum Source {
    /// The program.
    #[cfg(feature = "embed-ui")]
    Program,
    /// A folder that is read each time.
    Folder(PathBuf),
}

/// A file of the app's pages.
struct Found {
    bytes: Cow<'static, [u8]>,
    /// Stands for exactly these bytes.
    tag: String,
}

impl Assets {
    /// Those in `folder`, else those in the program, else those beside its source.
    ///
    /// # Errors
    /// There are none in the folder that was asked for.
    pub fn find(folder: Option<&Path>) -> Result<Self, Failure> {
        match folder {
            Some(folder) if folder.join("index.html").is_file() => Ok(Self(Source::Folder(folder.to_owned()))),
            Some(folder) => {
                let message = format!("There is no index.html in {}.", folder.display());
                Err(Failure::new(Code::NotFound, message, "Build the app's pages with: cargo xtask ui"))
            }
            None => Ok(Self(Self::usual())),
        }
    }

    #[cfg(feature = "embed-ui")]
    fn usual() -> Source {
        Source::Program
    }

    #[cfg(not(feature = "embed-ui"))]
    fn usual() -> Source {
        Source::Folder(PathBuf::from(BESIDE))
    }

    /// What a browser gets that asks for `path`.
    pub fn answer(&self, path: &str, headers: &HeaderMap) -> Response {
        let name = match path.trim_start_matches('/') {
            "" => "index.html",
            name => name,
        };
        let is_page = name == "index.html";
        let takes_brotli = takes_brotli(headers) && !is_page;
        let small = takes_brotli.then(|| self.file(&format!("{name}.br"))).flatten();
        let is_small = small.is_some();
        let found = small.or_else(|| self.file(name)).map(|found| if is_page { marked(&found) } else { found });
        let Some(found) = found else {
            return match is_page {
                true => pages::no_ui(),
                false => pages::plain(StatusCode::NOT_FOUND, "Nothing here", &["There is nothing at this address."]),
            };
        };
        let tag = format!("\"{}{}\"", found.tag, if is_small { "-br" } else { "" });
        let cache = if is_hashed(name) { "private, max-age=31536000, immutable" } else { "no-cache" };
        let always = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, cache), (header::VARY, "accept-encoding")];
        let asked = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
        if asked.split(',').any(|asked| asked.trim().trim_start_matches("W/") == tag) {
            return (StatusCode::NOT_MODIFIED, always).into_response();
        }
        let mut answer = (always, [(header::CONTENT_TYPE, kind(name))], found.bytes).into_response();
        if is_small {
            answer.headers_mut().insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static("br"));
        }
        answer
    }

    fn file(&self, name: &str) -> Option<Found> {
        let plain = |part: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !part.is_empty() && !part.starts_with('.') && part.chars().all(plain)
        };
        if !name.split('/').all(plain) {
            return None;
        }
        match &self.0 {
            #[cfg(feature = "embed-ui")]
            Source::Program => {
                let file = <Embedded as rust_embed::RustEmbed>::get(name)?;
                let hash = file.metadata.sha256_hash();
                Some(Found { tag: hash[..12].iter().map(|byte| format!("{byte:02x}")).collect(), bytes: file.data })
            }
            Source::Folder(folder) => in_folder(&folder.join(name)),
        }
    }
}

/// The page, told that a program serves it: on a mere file server it answers by itself.
fn marked(page: &Found) -> Found {
    const MARK: &str = "<meta name=\"tidemark-served\" content=\"\">\n</head>";
    let text = String::from_utf8_lossy(&page.bytes).replacen("</head>", MARK, 1);
    Found { bytes: Cow::Owned(text.into_bytes()), tag: format!("{}-served", page.tag) }
}

fn in_folder(path: &Path) -> Option<Found> {
    let bytes = std::fs::read(path).ok()?;
    let changed = path.metadata().and_then(|facts| facts.modified()).ok()?;
    let changed = changed.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    Some(Found { tag: format!("{changed:x}-{:x}", bytes.len()), bytes: Cow::Owned(bytes) })
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_brotli = parts.next() == Some("br");
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map(str::parse::<f32>);
        is_brotli && !matches!(weight, Some(Ok(weight)) if weight <= 0.0)
    })
}

/// Whether a name has a hash of what is in the file, so that it never holds anything else: `app-0a1b2c3d4e_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let is_hash = |part: &str| part.len() >= 8 && part.chars().all(|c| c.is_ascii_hexdigit());
    stem.split(['-', '_']).skip(1).any(is_hash)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
