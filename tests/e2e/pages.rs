//! What is on the screens, by test id. Must not decide whether it is right.

mod build;
mod frame;
mod data;
mod load;
mod panel;
mod run;
mod results;
mod compare;
mod trial;

pub use build::{Build, Half};
pub use compare::Compare;
pub use data::{Data, Preflight};
pub use frame::Frame;
pub use load::Load;
pub use panel::Panel;
pub use results::Results;
pub use run::Run;
pub use trial::Trial;
