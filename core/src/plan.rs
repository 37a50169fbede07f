//! A checked, compiled scenario: the only thing an engine accepts.

pub mod curve;
pub mod dice;
pub mod extract;
pub mod judge;
pub mod make;
pub mod shares;
pub mod table;
pub mod template;
pub mod value;
