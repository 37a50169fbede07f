//! Tidemark's editor in a page: thin views over the app model, and the ways to reach what makes runs.
//!
//! Views read derived values and send messages; [`store`] alone changes the model, [`backend`] alone reaches the outside.
//! Must not know how a run is made, nor decide what a message means.

pub mod store;
pub mod backend;
pub mod page;
pub mod keys;
pub mod drop;
pub mod trouble;
pub mod work;
pub mod later;
pub mod view;

/// Puts the app into the page; or works for it, where this is its worker.
pub fn start() {
    if work::is_worker() {
        work::serve();
        return;
    }
    trouble::catch();
    leptos::mount::mount_to_body(view::App);
}
