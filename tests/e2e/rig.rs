//! What every journey needs: the app started in an empty folder, a browser of its own, and a picture of what went wrong.
//! Must not know what is on a screen.

mod access;
mod app;
mod bus;
mod chromium;
mod driver;
mod files;
mod journey;
mod keys;
mod look;
mod screen;
mod site;
mod webkit;
mod window;

use std::time::Duration;

pub use app::App;
pub use journey::{browser_journey, desktop_journey, journey};
pub use keys::{ALT, CONTROL, Key};
pub use look::Look;
pub use site::Site;
pub use window::Window;

/// How long something may take before a journey fails; long, as machines that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked for.
const PAUSE: Duration = Duration::from_millis(50);
