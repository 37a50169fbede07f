//! The app as people use it: in a browser, driven through WebDriver. Start it with `cargo xtask test e2e`.
//!
//! `rig` starts the app and the browser and knows no screen; `pages` knows what is on the screens and decides nothing; each
//! other module is a journey through them. What goes wrong leaves a picture and the page's own words in `target/e2e`.

mod rig;
mod pages;
mod first_run;
mod static_site;
mod build;
mod load;
mod panel;
mod data;
mod results;
mod trial;
mod preview;
mod crash;
mod lost;
mod draw;
mod desktop;
mod pace;
mod gallery;
