//! Work on a thread with a runtime of its own: what must stay on one thread, or must not be disturbed by what else the
//! program does. Must not know what the work is.

use std::future::Future;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::failure::{Code, Failure};

/// Starts work on a thread of its own.
///
/// # Errors
/// The system gives no thread.
pub(crate) fn thread<F: Future<Output = ()>>(
    name: &str,
    work: impl FnOnce() -> F + Send + 'static,
) -> Result<JoinHandle<()>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(Code::Internal, format!("No thread could be started: {}.", crate::failure::plain(&error)), "")
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(move || runtime.block_on(work())).map_err(failed)
}

/// Does work on a thread of its own and waits for what comes of it. Work that nobody waits for any more goes on to its
/// end, so it must have one.
///
/// # Errors
/// The system gives no thread, or the work panicked.
pub(crate) async fn apart<T: Send + 'static, F: Future<Output = T>>(
    work: impl FnOnce() -> F + Send + 'static,
) -> Result<T, Failure> {
    let (tell, told) = oneshot::channel();
    thread("apart", move || async move {
        let _ = tell.send(work().await);
    })?;
    told.await.map_err(|_| Failure::new(Code::Internal, "Tidemark itself broke down.", "Try it again."))
}

/// Does work that touches the disk where it holds nobody up.
///
/// # Errors
/// That of the work, or the work panicked.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Failure::new(Code::Internal, "Tidemark itself broke down.", "Try it again.")))
}
