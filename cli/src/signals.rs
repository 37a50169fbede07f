//! Signals that ask a program to end. Must not know what it does about them.

/// What a terminal or a system sends to end a program. One for the whole program, so that none is missed.
#[cfg(unix)]
pub struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on; `None` where the system does not let it.
    pub fn new() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt()).ok()?;
        let (terminate, hang_up) = (SignalKind::terminate(), SignalKind::hangup());
        Some(Self { interrupt, terminate: signal(terminate).ok()?, hang_up: signal(hang_up).ok()? })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}

/// What a terminal sends to end a program.
#[cfg(not(unix))]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on; `None` where the system does not let it.
    pub fn new() -> Option<Self> {
        Some(Self)
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
