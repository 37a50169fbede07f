//! What is on the screens, by test id. Must not decide whether it is right.

mod frame;

pub use frame::Frame;
