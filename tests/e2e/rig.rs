//! What every journey needs: the app started in an empty folder, a browser of its own, and a picture of what went wrong.
//! Must not know what is on a screen.

mod app;
mod driver;
mod journey;
mod keys;
mod window;

pub use app::App;
pub use journey::journey;
pub use keys::Key;
pub use window::Window;
