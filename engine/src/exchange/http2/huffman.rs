//! The Huffman code of HPACK (RFC 7541, appendix B), read only. Must not know headers.
//!
//! The code is canonical: among those of one length the codes count up in the order of the symbols. So their lengths are all
//! that has to be written down.

/// The end of a string, which no string may hold.
const END: usize = 256;
/// The longest code, in bits.
const LONGEST: usize = 30;

/// How many bits each symbol has.
#[rustfmt::skip]
const LENGTHS: [u8; 257] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7,
    7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21,
    23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24,
    21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];

/// The code, arranged for reading.
struct Codes {
    /// For each length the first code that is longer, as the topmost of 32 bits; and what to add to a code to find its symbol.
    ends: [(u64, u32); LONGEST + 1],
    /// By length, and among equals by value.
    symbols: [u16; 257],
    /// What the next eight bits begin with: a symbol and its length, which is 0 where the code is longer.
    short: [(u8, u8); 256],
}

static CODES: Codes = arrange();

const fn arrange() -> Codes {
    let mut codes = Codes { ends: [(0, 0); LONGEST + 1], symbols: [0; 257], short: [(0, 0); 256] };
    let (mut length, mut next, mut placed) = (1, 0_u32, 0);
    while length <= LONGEST {
        next <<= 1;
        codes.ends[length].1 = (placed as u32).wrapping_sub(next);
        let mut symbol = 0;
        while symbol < LENGTHS.len() {
            if LENGTHS[symbol] as usize == length {
                codes.symbols[placed] = symbol as u16;
                if length <= 8 {
                    let (mut at, end) = (next << (8 - length), (next + 1) << (8 - length));
                    while at < end {
                        codes.short[at as usize] = (symbol as u8, length as u8);
                        at += 1;
                    }
                }
                placed += 1;
                next += 1;
            }
            symbol += 1;
        }
        codes.ends[length].0 = (next as u64) << (32 - length);
        length += 1;
    }
    codes
}

/// The symbol that 32 bits begin with, and its length.
fn first(bits: u32) -> (usize, u32) {
    let (symbol, length) = CODES.short[(bits >> 24) as usize];
    if length > 0 {
        return (usize::from(symbol), u32::from(length));
    }
    let longer = CODES.ends.iter().enumerate().skip(9).find(|(_, (end, _))| u64::from(bits) < *end);
    let (length, (_, offset)) = longer.unwrap_or((LONGEST, &CODES.ends[LONGEST]));
    let at = (bits >> (32 - length)).wrapping_add(*offset);
    (CODES.symbols.get(at as usize).map_or(END, |symbol| usize::from(*symbol)), length as u32)
}

/// Appends what a string stands for; whether it is one.
pub(super) fn decode(text: &[u8], into: &mut Vec<u8>) -> bool {
    let mut text = text.iter();
    // The bits that were not used yet stand at the top, and there are so many.
    let (mut bits, mut have) = (0_u64, 0);
    loop {
        while have <= 56 {
            let Some(byte) = text.next() else { break };
            bits |= u64::from(*byte) << (56 - have);
            have += 8;
        }
        // What is missing of the last byte is filled with ones.
        let next = ((bits | u64::MAX.checked_shr(have).unwrap_or(0)) >> 32) as u32;
        let (symbol, length) = first(next);
        if length > have {
            return have < 8 && next == u32::MAX;
        }
        if symbol == END {
            return false;
        }
        into.push(symbol as u8);
        bits <<= length;
        have -= length;
    }
}
