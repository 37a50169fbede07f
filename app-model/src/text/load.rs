//! The words of the Load tab.

use tidemark_core::scenario::Shape;

/// The name of a ready-made shape, and the question it answers.
pub fn preset(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::QuickCheck => ("Quick check", "Does it work at all?"),
        Shape::NormalDay => ("Normal day", "Is a normal busy day fine?"),
        Shape::PushHarder => ("Push harder", "What about twice as many?"),
        Shape::SuddenRush => ("Sudden rush", "A newsletter just went out?"),
        Shape::AllDay => ("All day", "Does it get worse over time?"),
        Shape::FindTheLimit => ("Find the limit", "How many is too many?"),
    }
}

/// A load with stages of one's own.
pub const OWN_SHAPE: &str = "My own";

/// Every shape, in the order in which they are offered.
pub const PRESETS: [Shape; 6] =
    [Shape::QuickCheck, Shape::NormalDay, Shape::PushHarder, Shape::SuddenRush, Shape::AllDay, Shape::FindTheLimit];
