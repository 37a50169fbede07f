//! A checked, compiled scenario: the only thing an engine accepts.

pub mod dice;
pub mod make;
pub mod template;
pub mod value;
