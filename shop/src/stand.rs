//! A shop on a thread of its own, for whoever has no runtime or a busy one. It must not know why it is opened.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::knobs::{Knobs, WrongKnob};
use crate::shop::{Shop, start};

/// An open shop with its own thread. Dropping it closes it politely, which may take up to two seconds.
pub struct Stand {
    shop: Option<Arc<Shop>>,
    addr: SocketAddr,
    close: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Stand {
    /// Opens a shop at this address (port 0: any free port) and waits until it is open.
    ///
    /// # Errors
    /// As [`start`], or the system gives no thread.
    pub fn open(addr: SocketAddr, knobs: Knobs) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (close, closing) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let body = move || {
            runtime.block_on(async move {
                let shop = match start(addr, knobs).await {
                    Ok(shop) => Arc::new(shop),
                    Err(error) => return drop(tell.send(Err(error))),
                };
                let _ = tell.send(Ok(shop.clone()));
                let _ = closing.await;
                if let Some(shop) = Arc::into_inner(shop) {
                    shop.stop().await;
                }
            });
        };
        let thread = std::thread::Builder::new().name("shop".to_owned()).spawn(body)?;
        let shop = told.recv().map_err(|_| io::Error::other("its thread ended"))??;
        Ok(Self { addr: shop.addr(), shop: Some(shop), close: Some(close), thread: Some(thread) })
    }

    /// Where the shop listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Changes the knobs, as [`Shop::set`].
    ///
    /// # Errors
    /// A knob has an impossible value; nothing is changed then.
    pub fn set(&self, knobs: Knobs) -> Result<(), WrongKnob> {
        self.shop.as_ref().map_or(Ok(()), |shop| shop.set(knobs))
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        // First this hold on the shop, so that its thread has the last one.
        drop(self.shop.take());
        drop(self.close.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
