//! When a figure may be measured again.

use tidemark_tests::drive::Driven;

/// A figure that is wrong in a healthy run is wrong. Only where the generator itself says that this computer could not keep
/// up is a run done again.
const ATTEMPTS: usize = 3;

/// Does `test`, which says what is wrong, until nothing is; but again only after a run with suspect seconds.
///
/// # Panics
/// With what is wrong, and the generator's health.
pub async fn attempts(test: impl AsyncFn() -> (Driven, Vec<String>)) {
    for attempt in 1..=ATTEMPTS {
        let (run, wrong) = test().await;
        if wrong.is_empty() {
            return;
        }
        let health: Vec<_> = run.seconds.iter().map(|second| &second.health).collect();
        assert!(run.suspect() > 0, "wrong, although this computer kept up: {wrong:#?}\n{health:?}");
        assert!(attempt < ATTEMPTS, "this computer is too busy to tell, three times over: {wrong:#?}\n{health:?}");
    }
}
