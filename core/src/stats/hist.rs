//! Histograms of latencies: microseconds at three significant digits, and their text form.
//!
//! The only file that knows which histogram library is used. Must not know what is measured.

use std::fmt;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::{Deserializer, Serializer, V2DeflateSerializer};

use crate::stats::packed::{Packed, agree};
use crate::stats::split::Sum;

/// Longer times count as this long: 24 hours, in microseconds.
pub const LONGEST_US: u64 = 24 * 3_600 * 1_000_000;

/// The most values one histogram from a file may hold. Keeps sums of hostile files within 64 bits.
const MOST_VALUES: u64 = 1 << 40;

/// The most bytes a histogram from a file may take once decompressed; three digits up to a day need at most 260 kB.
const MOST_BYTES: u64 = 1 << 20;

/// How exact an encoded histogram is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// Values exact to 1 %: for intervals.
    Two,
    /// Values exact to 0.1 %: for a whole run.
    Three,
}

/// So many times are noted one by one before cells are laid out. A run may have a thousand names with few answers a second
/// each, whose cells would be nearly all empty.
const FEW: usize = 1_024;

/// Times in microseconds, exact to three significant digits; smallest, largest and sum are exact to the microsecond.
///
/// Takes no memory before the first value and 2 bytes for each of the first 1,024. Beyond that it grows with the largest:
/// 16 kB up to 2 ms, 90 kB up to 1 s, 190 kB up to an hour.
///
/// The cells are the library's, by number, in a list of our own: a request is counted in half a dozen histograms, and the
/// library takes five times as many instructions to find a cell.
#[derive(Clone, Default)]
pub struct Hist {
    /// The cell of each time, in no order, until there are too many; see [`fine`].
    few: Vec<u16>,
    /// How many times lie in each cell; empty until they are laid out.
    cells: Vec<u64>,
    len: u64,
    min: u64,
    max: u64,
    sum: u64,
}

/// A share as it was meant: 99.9 / 100 is a little more than 0.999, which would ask for the rank after the right one.
pub(super) fn nudged(q: f64) -> f64 {
    (q - 1e-12).clamp(0.0, 1.0)
}

/// The library's cells at three digits by number: 2,048 of 1 µs, then 1,024 for each doubling. A day has number 27,911.
mod fine {
    /// The cell of a time.
    pub(super) fn index(us: u64) -> u16 {
        let doublings = (64 - (us | 2_047).leading_zeros()) - 11;
        ((doublings << 10) + (us >> doublings) as u32) as u16
    }

    /// The largest time in a cell.
    pub(super) fn top(at: u16) -> u64 {
        let at = u64::from(at);
        let doublings = (at >> 10).saturating_sub(1);
        let within = at - (doublings << 10);
        ((within + 1) << doublings) - 1
    }

    /// How many cells there are up to this one and to the end of its doubling.
    pub(super) fn room(at: u16) -> usize {
        (usize::from(at >> 10) + 1).max(2) << 10
    }
}

impl Hist {
    /// An empty one.
    pub const fn new() -> Self {
        Self { few: Vec::new(), cells: Vec::new(), len: 0, min: 0, max: 0, sum: 0 }
    }

    /// An empty one with the memory that `other` has grown to.
    pub fn with_room_of(other: &Self) -> Self {
        Self { few: Vec::with_capacity(other.few.len()), cells: vec![0; other.cells.len()], ..Self::new() }
    }

    /// Adds one time.
    pub fn record(&mut self, us: u64) {
        self.record_n(us, 1);
    }

    /// Adds `count` equal times.
    pub fn record_n(&mut self, us: u64, count: u64) {
        if count == 0 {
            return;
        }
        let us = us.min(LONGEST_US);
        self.min = if self.len == 0 { us } else { self.min.min(us) };
        self.max = self.max.max(us);
        self.sum = self.sum.saturating_add(us.saturating_mul(count));
        self.len = self.len.saturating_add(count);
        let at = fine::index(us);
        match self.cells.get_mut(usize::from(at)) {
            Some(cell) => *cell = cell.saturating_add(count),
            None => self.make_room(at, count),
        }
    }

    /// Counts in a cell that isn't there yet.
    #[cold]
    fn make_room(&mut self, at: u16, count: u64) {
        if self.cells.is_empty() && self.few.len() as u64 + count <= FEW as u64 {
            self.few.resize(self.few.len() + count as usize, at);
            return;
        }
        self.lay_out(at);
        self.cells[usize::from(at)] += count;
    }

    /// Lays its cells out, as far as `highest` at least.
    fn lay_out(&mut self, highest: u16) {
        let few = std::mem::take(&mut self.few);
        let highest = few.iter().copied().fold(highest, u16::max);
        self.cells.resize(self.cells.len().max(fine::room(highest)), 0);
        few.into_iter().for_each(|at| self.cells[usize::from(at)] += 1);
    }

    /// Adds everything in `other`. The order of merging makes no difference.
    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        self.min = if self.is_empty() { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.sum = self.sum.saturating_add(other.sum);
        self.len = self.len.saturating_add(other.len);
        if self.cells.is_empty() && other.cells.is_empty() && self.few.len() + other.few.len() <= FEW {
            self.few.extend_from_slice(&other.few);
            return;
        }
        let highest = fine::index(other.max);
        self.lay_out(highest);
        other.few.iter().for_each(|at| self.cells[usize::from(*at)] += 1);
        let theirs = other.cells.iter().take(usize::from(highest) + 1);
        self.cells.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = mine.saturating_add(*theirs));
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        self.few.clear();
        self.cells.fill(0);
        (self.len, self.min, self.max, self.sum) = (0, 0, 0, 0);
    }

    /// How many times it holds.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The time that the share `q` (0 to 1) of all times did not exceed; `None` if it holds none.
    pub fn quantile(&self, q: f64) -> Option<u64> {
        if self.is_empty() {
            return None;
        }
        let rank = ((self.len as f64 * nudged(q)).ceil() as u64).max(1);
        let at = if self.cells.is_empty() {
            let mut few = self.few.clone();
            *few.select_nth_unstable(rank as usize - 1).1
        } else {
            let mut up_to = 0_u64;
            let reached = |count: &u64| {
                up_to = up_to.saturating_add(*count);
                up_to >= rank
            };
            self.cells.iter().position(reached).unwrap_or_default() as u16
        };
        Some(fine::top(at).clamp(self.min, self.max))
    }

    /// The smallest time.
    pub fn min(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.min)
    }

    /// The largest time.
    pub fn max(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.max)
    }

    /// The sum of all times.
    pub fn sum(&self) -> u64 {
        self.sum
    }

    /// The mean of all times.
    pub fn mean(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.sum as f64 / self.len() as f64)
    }

    /// How many times were at most `us` (to the precision of the histogram).
    pub fn count_at_or_below(&self, us: u64) -> u64 {
        let last = fine::index(us.min(LONGEST_US));
        let few = self.few.iter().filter(|at| **at <= last).count() as u64;
        self.cells.iter().take(usize::from(last) + 1).fold(few, |sum, count| sum.saturating_add(*count))
    }

    /// The occupied cells in rising order: their largest time and how many times lie in them.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let mut few = self.few.clone();
        few.sort_unstable();
        let alike: Vec<(u64, u64)> =
            few.chunk_by(u16::eq).map(|alike| (fine::top(alike[0]), alike.len() as u64)).collect();
        let cells = (0..).zip(&self.cells).filter(|(_, count)| **count > 0);
        alike.into_iter().chain(cells.map(|(at, count)| (fine::top(at), *count)))
    }

    /// Packed to two digits.
    pub fn pack(&self) -> Packed {
        Packed::of(self.iter(), self.min, self.max, self.sum)
    }

    /// As HdrHistogram V2, deflated, in base64: what every HdrHistogram implementation reads.
    pub fn to_base64(&self, digits: Digits) -> String {
        match digits {
            Digits::Three => encode(3, self.iter()),
            Digits::Two => self.pack().to_base64(),
        }
    }

    /// Reads what [`Hist::to_base64`] or another HdrHistogram implementation wrote. Smallest, largest and sum are those
    /// of the cells until [`Hist::with_exact`] tells better.
    ///
    /// # Errors
    /// Says what is wrong with the text. Neither time nor memory depends on what a hostile text claims.
    pub fn from_base64(text: &str) -> Result<Self, NotAHistogram> {
        let cells = decode(text)?;
        let mut hist = Self::new();
        for cell in cells.iter_recorded() {
            hist.record_n(cell.value_iterated_to(), cell.count_at_value());
        }
        if !cells.is_empty() {
            hist.min = cells.lowest_equivalent(cells.min()).min(hist.max);
            hist.sum = (cells.mean() * cells.len() as f64) as u64;
        }
        Ok(hist)
    }

    /// With the exact smallest, largest and sum, where they agree with the cells; else unchanged.
    pub fn with_exact(mut self, min: u64, max: u64, sum: u64) -> Self {
        if agree((self.min, self.max, self.len()), (min, max, sum)) {
            (self.min, self.max, self.sum) = (min, max.min(LONGEST_US), sum);
        }
        self
    }

    /// One whose smallest, largest and sum are known. The cells must agree with them.
    pub(super) fn of_cells(cells: impl Iterator<Item = (u64, u64)>, min: u64, max: u64, sum: u64) -> Self {
        let mut hist = Self::new();
        cells.for_each(|(us, count)| hist.record_n(us, count));
        Self { min, max, sum, ..hist }
    }
}

impl Sum for Hist {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }

    fn merge(&mut self, other: &Self) {
        Self::merge(self, other);
    }
}

/// Equal if they would answer every question alike.
impl PartialEq for Hist {
    fn eq(&self, other: &Self) -> bool {
        (self.min, self.max, self.sum) == (other.min, other.max, other.sum) && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Hist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hist({} values, {}..={} µs, sum {})", self.len(), self.min, self.max, self.sum)
    }
}

/// Cells as HdrHistogram V2 at two digits.
pub(super) fn encode_two_digits(occupied: impl Iterator<Item = (u64, u64)>) -> String {
    encode(2, occupied)
}

/// The occupied cells of a histogram from a file, whatever its precision.
pub(super) fn decode_cells(text: &str) -> Result<Vec<(u64, u64)>, NotAHistogram> {
    let cells = decode(text)?;
    Ok(cells.iter_recorded().map(|cell| (cell.value_iterated_to(), cell.count_at_value())).collect())
}

/// A library histogram from text, everything checked before the library sees it.
fn decode(text: &str) -> Result<Histogram<u64>, NotAHistogram> {
    let bytes = inflate(text)?;
    check_counts(&bytes)?;
    Deserializer::new().deserialize(&mut bytes.as_slice()).map_err(|_| NotAHistogram("its cells make no sense"))
}

/// Cells as text, at so many digits.
fn encode(digits: u8, occupied: impl Iterator<Item = (u64, u64)>) -> String {
    let mut cells = Histogram::<u64>::new(digits).expect("one to five digits are always accepted");
    cells.auto(true);
    for (us, count) in occupied {
        cells.record_n(us, count).expect("it grows, and a day fits");
    }
    let mut bytes = Vec::new();
    V2DeflateSerializer::new().serialize(&cells, &mut bytes).expect("writing to memory can't fail, and counts fit");
    STANDARD.encode(bytes)
}

/// Why a text is not a histogram that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a readable histogram: {0}")]
pub struct NotAHistogram(pub &'static str);

/// From the text to the bytes of the V2 format, bounded.
fn inflate(text: &str) -> Result<Vec<u8>, NotAHistogram> {
    if text.len() as u64 > 2 * MOST_BYTES {
        return Err(NotAHistogram("it is too long"));
    }
    let bytes = STANDARD.decode(text.trim()).map_err(|_| NotAHistogram("it is not base64"))?;
    let packed = bytes.get(8..).ok_or(NotAHistogram("it is too short"))?;
    if bytes[..3] != [0x1c, 0x84, 0x93] {
        return Err(NotAHistogram("it does not start as a deflated V2 histogram does"));
    }
    let mut plain = Vec::new();
    let read = flate2::read::ZlibDecoder::new(packed).take(MOST_BYTES + 1).read_to_end(&mut plain);
    read.map_err(|_| NotAHistogram("its compression is broken"))?;
    if plain.len() as u64 > MOST_BYTES { Err(NotAHistogram("it is too long")) } else { Ok(plain) }
}

/// Checks what the library would trust: the claimed length, the range, and every count.
fn check_counts(bytes: &[u8]) -> Result<(), NotAHistogram> {
    let header = bytes.get(..40).ok_or(NotAHistogram("it is too short"))?;
    let word = |at: usize| header[at..at + 4].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let (claimed, digits, high) = (word(4), word(12), word(24) << 32 | word(28));
    if claimed != bytes.len() as u64 - 40 || digits > 3 || high > 1 << 50 {
        return Err(NotAHistogram("its header makes no sense"));
    }
    let mut total = 0_u64;
    let (mut value, mut shift) = (0_u64, 0_u32);
    for byte in &bytes[40..] {
        // LEB128 with zig-zag; the ninth byte holds eight bits.
        let last = shift == 56;
        let bits = if last { *byte } else { byte & 0x7f };
        value |= u64::from(bits) << shift;
        shift += 7;
        if last || byte & 0x80 == 0 {
            let zeros = value & 1 == 1;
            let size = (value >> 1).saturating_add(u64::from(zeros));
            total = if zeros { total } else { total.saturating_add(size) };
            if total > MOST_VALUES || (zeros && size > MOST_BYTES) {
                return Err(NotAHistogram("its counts are absurd"));
            }
            (value, shift) = (0, 0);
        }
    }
    if shift == 0 { Ok(()) } else { Err(NotAHistogram("it ends too early")) }
}

#[cfg(test)]
mod tests;
