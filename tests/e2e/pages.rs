//! What is on the screens, by test id. Must not decide whether it is right.

mod frame;
mod data;
mod load;
mod run;
mod results;
mod compare;

pub use compare::Compare;
pub use data::{Data, Preflight};
pub use frame::Frame;
pub use load::Load;
pub use results::Results;
pub use run::Run;
