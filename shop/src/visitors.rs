//! Who is signed in, with their basket and orders. Memory is bounded: past a number of visitors the oldest sign-ins are
//! forgotten, and baskets and orders are short. It must not know about requests or answers.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crate::dice::{self, Die};

/// How many sign-ins are remembered.
pub(crate) const MOST_VISITORS: u64 = 200_000;
/// How many different products a basket holds.
pub(crate) const MOST_LINES: usize = 50;
/// How many orders of one visitor are remembered; the oldest goes first.
const MOST_ORDERS: usize = 20;
const SHARDS: u64 = 64;

/// Everyone who signed in, in shards so that visitors seldom wait for each other.
pub(crate) struct Visitors {
    seed: u64,
    most: u64,
    signed_in: AtomicU64,
    orders: AtomicU64,
    shards: Vec<Mutex<HashMap<u64, Visitor>>>,
}

/// What the shop knows of one sign-in.
#[derive(Default)]
pub(crate) struct Visitor {
    pub(crate) basket: Vec<Line>,
    orders: VecDeque<Order>,
}

/// So many of one product.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub(crate) product: u32,
    pub(crate) quantity: u32,
}

/// What was bought.
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) lines: Vec<Line>,
    pub(crate) cents: u64,
    pub(crate) paid: bool,
}

impl Visitors {
    pub(crate) fn new(seed: u64, most: u64) -> Visitors {
        let first_order = 1000 + seed % 9000;
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Visitors { seed, most, signed_in: AtomicU64::new(0), orders: AtomicU64::new(first_order), shards }
    }

    /// Signs somebody in: their number, from 1, and their token.
    pub(crate) fn sign_in(&self) -> (u64, String) {
        let number = self.signed_in.fetch_add(1, Relaxed) + 1;
        self.shard(number).insert(number, Visitor::default());
        if let Some(oldest) = number.checked_sub(self.most) {
            self.shard(oldest).remove(&oldest);
        }
        (number, format!("tide-{number}-{:016x}", self.mark(number)))
    }

    /// Whose token this is, if this shop gave it out. They may have signed out since.
    pub(crate) fn number_of(&self, token: &str) -> Option<u64> {
        let (number, mark) = token.strip_prefix("tide-")?.split_once('-')?;
        let number = number.parse().ok()?;
        (mark.len() == 16 && u64::from_str_radix(mark, 16).ok()? == self.mark(number)).then_some(number)
    }

    /// Works on one visitor's state; `None` when they signed out or were forgotten.
    pub(crate) fn with<T>(&self, number: u64, work: impl FnOnce(&mut Visitor) -> T) -> Option<T> {
        self.shard(number).get_mut(&number).map(work)
    }

    /// Signs somebody out; false when they weren't signed in.
    pub(crate) fn sign_out(&self, number: u64) -> bool {
        self.shard(number).remove(&number).is_some()
    }

    /// The next order's id.
    pub(crate) fn next_order(&self) -> u64 {
        self.orders.fetch_add(1, Relaxed) + 1
    }

    /// A number for a person's email: the same email is the same person.
    pub(crate) fn person(&self, email: &str) -> u64 {
        let folded = email.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        });
        1 + dice::mix(self.seed, folded, Die::Person) % 999_999
    }

    fn mark(&self, number: u64) -> u64 {
        dice::mix(self.seed, number, Die::Token)
    }

    fn shard(&self, number: u64) -> MutexGuard<'_, HashMap<u64, Visitor>> {
        self.shards[(number % SHARDS) as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visitor {
    /// Puts so many of a product into the basket; false when the basket holds too many different ones.
    pub(crate) fn put(&mut self, product: u32, quantity: u32) -> bool {
        if let Some(line) = self.basket.iter_mut().find(|line| line.product == product) {
            line.quantity = line.quantity.saturating_add(quantity);
            return true;
        }
        if self.basket.len() >= MOST_LINES {
            return false;
        }
        self.basket.push(Line { product, quantity });
        true
    }

    /// Remembers an order, forgetting the oldest past the bound.
    pub(crate) fn keep(&mut self, order: Order) {
        if self.orders.len() >= MOST_ORDERS {
            self.orders.pop_front();
        }
        self.orders.push_back(order);
    }

    /// One of this visitor's orders.
    pub(crate) fn order(&mut self, id: u64) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.id == id)
    }
}

#[cfg(test)]
mod tests;
