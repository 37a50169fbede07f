//! Drafts and replies that nobody needs at the moment, each with the room it once took. Must not know what is in them.

use std::cell::{Cell, RefCell};

use tidemark_core::plan::RequestId;
use tidemark_core::traffic::{Draft, Reply};

/// So many may lie idle before one that was another request's is taken, which has to be filled in anew.
const MANY: usize = 256;

/// A draft and a reply to be filled. Boxed, so that a person under way holds no more than a pointer.
pub(crate) type Both = Box<(Draft, Reply)>;

/// What lies idle, by the request it was last used for.
#[derive(Default)]
pub(crate) struct Spare {
    by_request: RefCell<Vec<Vec<Both>>>,
    idle: Cell<usize>,
}

impl Spare {
    /// One for this request, if possible one that was used for it before.
    pub(crate) fn take(&self, request: RequestId) -> Both {
        let mut all = self.by_request.borrow_mut();
        let mut taken = all.get_mut(request.0 as usize).and_then(Vec::pop);
        if taken.is_none() && self.idle.get() >= MANY {
            taken = all.iter_mut().find_map(Vec::pop);
        }
        self.idle.set(self.idle.get() - usize::from(taken.is_some()));
        taken.unwrap_or_default()
    }

    /// Gives one back.
    pub(crate) fn put(&self, request: RequestId, both: Both) {
        let mut all = self.by_request.borrow_mut();
        let at = request.0 as usize;
        if all.len() <= at {
            all.resize_with(at + 1, Vec::new);
        }
        all[at].push(both);
        self.idle.set(self.idle.get() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_was_used_for_the_request_comes_first_and_none_is_made_while_many_lie_idle() {
        let (find, buy, spare) = (RequestId(0), RequestId(7), Spare::default());
        let of = |request| {
            let mut both = spare.take(request);
            both.0.target.push('x');
            both
        };
        let (first, second) = (of(find), of(buy));
        spare.put(find, first);
        spare.put(buy, second);
        assert_eq!(spare.take(RequestId(3)).0.target, "", "with room for a new one nobody's is taken");
        assert_eq!(of(find).0.target, "xx", "the one that was here before");
        for _ in 0..MANY {
            spare.put(buy, Both::default());
        }
        drop(spare.take(find));
        assert_eq!(spare.idle.get(), MANY, "one of the others was taken");
    }
}
