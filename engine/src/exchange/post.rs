//! Requests that leave together: those whose senders just had their answers are written into one buffer, and carried to the
//! kernel when everybody else had their turn. The same kind of work then finds its code and data in the processor's
//! caches, and the target is woken once for many. Must not know what is sent.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tokio::task::AbortHandle;

use super::tcp::Tcp;
use crate::clock::Clock;

/// What is to be carried, and who carries it.
pub(super) struct Post {
    bag: Rc<RefCell<Bag>>,
    carrier: RefCell<Option<AbortHandle>>,
}

impl Drop for Post {
    fn drop(&mut self) {
        if let Some(carrier) = self.carrier.take() {
            carrier.abort();
        }
    }
}

struct Bag {
    clock: Clock,
    /// Requests one behind the other, and where each goes and ends.
    bytes: Vec<u8>,
    letters: Vec<(Tcp, usize)>,
    /// What the kernel did not take at once.
    left_over: Vec<(Tcp, Vec<u8>)>,
    carrier: Option<Waker>,
}

impl Post {
    pub(super) fn new(clock: Clock) -> Self {
        let bag = Bag { clock, bytes: Vec::new(), letters: Vec::new(), left_over: Vec::new(), carrier: None };
        Self { bag: Rc::new(RefCell::new(bag)), carrier: RefCell::default() }
    }

    /// Takes what `write` appends to be carried to a connection, of which [`Tcp::left_us`] and [`Tcp::unsent`] then tell; how
    /// many bytes that is. Needs a tokio runtime that keeps its tasks on this thread.
    pub(super) fn take(&self, to: &Tcp, write: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut bag = self.bag.borrow_mut();
        let start = bag.bytes.len();
        write(&mut bag.bytes);
        let end = bag.bytes.len();
        to.is_posted(end - start);
        bag.letters.push((to.clone(), end));
        if bag.letters.len() == 1 {
            match bag.carrier.take() {
                Some(carrier) => carrier.wake(),
                None => self.carry(),
            }
        }
        end - start
    }

    /// Starts the carrier, once.
    fn carry(&self) {
        self.carrier.borrow_mut().get_or_insert_with(|| {
            let bag = Rc::clone(&self.bag);
            let carrying = poll_fn(move |cx| {
                bag.borrow_mut().carry(cx);
                Poll::<()>::Pending
            });
            tokio::task::spawn_local(carrying).abort_handle()
        });
    }
}

impl Bag {
    /// Hands all there is to the kernel.
    fn carry(&mut self, cx: &mut Context<'_>) {
        let mut start = 0;
        for (to, end) in self.letters.drain(..) {
            let bytes = &self.bytes[start..end];
            start = end;
            // Where the sender is gone, the request was never sent.
            if to.is_nobodys() {
                continue;
            }
            let rest = to.send_posted(self.clock, bytes);
            if !rest.is_empty() {
                self.left_over.push((to, rest.to_vec()));
            }
        }
        self.bytes.clear();
        self.left_over.retain_mut(|(to, bytes)| !to.is_nobodys() && go_on(to, bytes, cx).is_pending());
        self.carrier = Some(cx.waker().clone());
    }
}

/// Writes what the kernel did not take before; ready when there is nothing left to be done.
fn go_on(to: &Tcp, bytes: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<()> {
    while !bytes.is_empty() {
        match to.poll_write_some(cx, bytes) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            // Whoever waits for the answer is told by the kernel as well.
            Poll::Ready(Err(_) | Ok(0)) => return Poll::Ready(()),
            Poll::Ready(Ok(count)) => {
                bytes.drain(..count);
                to.set_unsent(bytes.len());
            }
        }
    }
    Poll::Ready(())
}
