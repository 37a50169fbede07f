//! Tests that measure time. They run alone, one after the other, so that nothing else disturbs the figures.
//!
//! Must not hold a test that only counts: that one belongs to `it`, where tests run side by side.

mod accuracy;
mod attempts;
mod known_server;
mod many_people;
mod stall;
