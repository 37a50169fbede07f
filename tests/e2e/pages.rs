//! What is on the screens, by test id. Must not decide whether it is right.

mod frame;
mod load;

pub use frame::Frame;
pub use load::Load;
