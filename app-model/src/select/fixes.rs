//! What mends a problem with one click.

use tidemark_core::scenario::PauseTime;
use tidemark_core::units::Span;

/// The pause that is offered: 1 to 3 seconds.
pub fn usual_pause() -> PauseTime {
    PauseTime::Between((Span::from_secs(1), Span::from_secs(3)))
}
