//! What the page stands on: a desktop window, a served program, or the browser alone; chosen when the page starts, the
//! same file for all. Must not know what is asked or told: that is the model's link.

pub mod alone;
pub mod browser;
pub mod files;
pub mod http;
pub mod locks;
pub mod tauri;

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tidemark_app_model::text::shell as say;
use tidemark_core::wire::{Code, Failure, Said, Told};

pub use files::read as read_file;

/// What comes without being asked for.
#[derive(Debug)]
pub enum Heard {
    /// An event.
    Told(Box<Told>),
    /// Something that the window around the page says.
    Said(Box<Said>),
    /// The line is lost; it is tried again.
    Lost,
    /// The line is there again.
    Back,
}

/// Called for each thing that is heard.
pub type Ear = Rc<dyn Fn(Heard)>;

/// A file that was chosen or dropped.
#[derive(Debug)]
pub enum Picked {
    /// Its name and bytes.
    Read(String, Vec<u8>),
    /// Its name and length; so long that nothing of it was read.
    TooLarge(String, u64),
    /// Its name; it is a folder, or gone.
    Unread(String),
}

/// Called with each file that was chosen or dropped.
pub type Taker = Rc<dyn Fn(Picked)>;

/// What came over the line. From bytes, as [`tidemark_core::wire::read`] does, for its reason.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_slice(text.as_bytes()).map_err(|error| strange(&error.to_string()))
}

fn strange(what: &str) -> Failure {
    Failure::new(Code::Internal, say::STRANGE_ANSWER, what)
}

/// One of the three.
pub trait Backend {
    /// Carries a command of the wire's table and brings its reply.
    fn call(&self, name: &'static str, body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>>;
    /// Listens from now on, across lost lines.
    fn listen(&self, ear: Ear);
    /// Lets a person choose a file.
    fn pick_file(&self, taker: Taker) {
        files::pick(taker);
    }
    /// Gives a person a file to keep.
    fn save_file(&self, name: &str, bytes: Vec<u8>) {
        files::save(name, &bytes);
    }
    /// The page has this theme now; what is around it may follow.
    fn dress(&self, _theme: &str) {}
    /// All is saved, and the window that said it is closing may close.
    fn leave(&self) {}
}

/// Finds out what there is: a window's own line, else a program that served the page, else the browser alone. Nobody is asked
/// for it, so a page on a mere file server asks for nothing that isn't there.
pub fn choose() -> Rc<dyn Backend> {
    if tauri::is_there() {
        Rc::new(tauri::Tauri::default())
    } else if http::is_there() {
        Rc::new(http::Http)
    } else {
        Rc::new(alone::Alone::default())
    }
}
