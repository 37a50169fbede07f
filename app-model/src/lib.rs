//! What the app is showing and why, without a screen: the document with its history, what a person did, what comes of it.
//!
//! Pure: [`update()`] takes a [`Model`] and a [`Msg`] and gives [`Effect`]s; time, answers and files arrive in messages.
//! Must not know Leptos, the browser, the file system or the clock. In reading order: a [`doc`] is edited, a [`model`]
//! holds it together with everything else on screen, [`select`] derives what views show, [`chart`] is what the core draws,
//! [`paste`] reads what was pasted, and [`text`] says it all. A [`link`] turns effects into commands, and events into
//! messages, for whoever carries them;
//! where no program answers, a [`desk`] does.

pub mod doc;
pub mod model;
pub mod route;
pub mod commands;
pub mod msg;
pub mod effect;
pub mod grid;
pub mod update;
pub mod link;
pub mod desk;
pub mod select;
pub mod paste;
pub mod quick;
pub mod typed;
pub mod window;
pub mod text;

pub use effect::Effect;
pub use link::Link;
pub use model::Model;
pub use msg::Msg;
pub use route::Route;
pub use tidemark_core::chart;
pub use update::{LARGEST_FILE, update};
