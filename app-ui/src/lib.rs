//! Tidemark's editor in a page: thin views over the app model, and the ways to reach what makes runs.
//!
//! Views read derived values and send messages; [`store`] alone changes the model, [`backend`] alone reaches the outside.
//! Must not know how a run is made, nor decide what a message means.

pub mod store;
pub mod backend;
pub mod page;
pub mod keys;
pub mod trouble;
pub mod view;

/// Puts the app into the page.
pub fn start() {
    trouble::catch();
    leptos::mount::mount_to_body(view::App);
}
