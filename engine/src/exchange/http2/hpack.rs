//! Header compression (RFC 7541): both tables, reading and writing. Must not know which headers mean what.

use std::collections::VecDeque;

use super::huffman;

/// The size of a table where nobody says otherwise, in bytes as RFC 7541, 4.1 counts them.
const TABLE: usize = 4_096;
/// What an entry counts for beyond its name and value.
const OVERHEAD: usize = 32;

/// What every connection knows from its start (RFC 7541, appendix A); the first has the index 1.
const STATIC: [(&str, &str); 61] = [
    (":authority", ""),
    (":method", "GET"),
    (":method", "POST"),
    (":path", "/"),
    (":path", "/index.html"),
    (":scheme", "http"),
    (":scheme", "https"),
    (":status", "200"),
    (":status", "204"),
    (":status", "206"),
    (":status", "304"),
    (":status", "400"),
    (":status", "404"),
    (":status", "500"),
    ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"),
    ("accept-language", ""),
    ("accept-ranges", ""),
    ("accept", ""),
    ("access-control-allow-origin", ""),
    ("age", ""),
    ("allow", ""),
    ("authorization", ""),
    ("cache-control", ""),
    ("content-disposition", ""),
    ("content-encoding", ""),
    ("content-language", ""),
    ("content-length", ""),
    ("content-location", ""),
    ("content-range", ""),
    ("content-type", ""),
    ("cookie", ""),
    ("date", ""),
    ("etag", ""),
    ("expect", ""),
    ("expires", ""),
    ("from", ""),
    ("host", ""),
    ("if-match", ""),
    ("if-modified-since", ""),
    ("if-none-match", ""),
    ("if-range", ""),
    ("if-unmodified-since", ""),
    ("last-modified", ""),
    ("link", ""),
    ("location", ""),
    ("max-forwards", ""),
    ("proxy-authenticate", ""),
    ("proxy-authorization", ""),
    ("range", ""),
    ("referer", ""),
    ("refresh", ""),
    ("retry-after", ""),
    ("server", ""),
    ("set-cookie", ""),
    ("strict-transport-security", ""),
    ("transfer-encoding", ""),
    ("user-agent", ""),
    ("vary", ""),
    ("via", ""),
    ("www-authenticate", ""),
];

/// A name and a value.
type Entry = (Box<[u8]>, Box<[u8]>);

/// The headers that were said before, the last first.
struct Table {
    entries: VecDeque<Entry>,
    size: usize,
    limit: usize,
    /// How often it changed: who finds the same number finds the same table.
    changes: u64,
}

impl Default for Table {
    fn default() -> Self {
        Self { entries: VecDeque::new(), size: 0, limit: TABLE, changes: 0 }
    }
}

impl Table {
    fn add(&mut self, name: &[u8], value: &[u8]) {
        let size = name.len() + value.len() + OVERHEAD;
        self.changes += 1;
        self.shrink(self.limit.saturating_sub(size));
        // One that doesn't fit at all empties the table, by rule.
        if size <= self.limit {
            self.size += size;
            self.entries.push_front((name.into(), value.into()));
        }
    }

    fn shrink(&mut self, to: usize) {
        while self.size > to {
            let Some((name, value)) = self.entries.pop_back() else { break };
            self.size -= name.len() + value.len() + OVERHEAD;
        }
    }

    fn resize(&mut self, limit: usize) {
        self.limit = limit;
        self.changes += 1;
        self.shrink(limit);
    }

    fn get(&self, index: usize) -> Option<(&[u8], &[u8])> {
        match STATIC.get(index.checked_sub(1)?) {
            Some((name, value)) => Some((name.as_bytes(), value.as_bytes())),
            None => self.entries.get(index - 1 - STATIC.len()).map(|(name, value)| (&**name, &**value)),
        }
    }

    /// The index of a header, or else of one with the same name.
    fn find(&self, name: &[u8], value: &[u8]) -> (Option<usize>, Option<usize>) {
        let known = STATIC.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let all = known.chain(self.entries.iter().map(|(name, value)| (&**name, &**value)));
        let mut named = None;
        for (at, (its_name, its_value)) in all.enumerate() {
            if its_name == name {
                if its_value == value {
                    return (Some(at + 1), Some(at + 1));
                }
                named = named.or(Some(at + 1));
            }
        }
        (None, named)
    }
}

/// Reads the headers of a connection's answers, which must all be read, in their order.
#[derive(Default)]
pub(super) struct Decoder {
    table: Table,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl Decoder {
    /// Changes with everything that changes how the next headers are read.
    pub(super) fn changes(&self) -> u64 {
        self.table.changes
    }

    /// Hands the name and value of each header of a block to `field`; `None` where it is not well-formed, after which nothing
    /// on this connection can be read.
    pub(super) fn decode(&mut self, mut block: &[u8], mut field: impl FnMut(&[u8], &[u8])) -> Option<()> {
        let mut begins = true;
        while let Some(first) = block.first().copied() {
            match first {
                0x80.. => {
                    let index = integer(&mut block, 7)?;
                    let (name, value) = self.table.get(index)?;
                    field(name, value);
                }
                0x20..=0x3f => {
                    // Only before the first header.
                    let limit = integer(&mut block, 5)?;
                    if !begins || limit > TABLE {
                        return None;
                    }
                    self.table.resize(limit);
                    continue;
                }
                _ => {
                    let kept = first >= 0x40;
                    let index = integer(&mut block, if kept { 6 } else { 4 })?;
                    self.name.clear();
                    match index {
                        0 => string(&mut block, &mut self.name)?,
                        index => self.name.extend_from_slice(self.table.get(index)?.0),
                    }
                    self.value.clear();
                    string(&mut block, &mut self.value)?;
                    field(&self.name, &self.value);
                    if kept {
                        self.table.add(&self.name, &self.value);
                    }
                }
            }
            begins = false;
        }
        Some(())
    }
}

/// A number whose first byte has so many bits for it (RFC 7541, 5.1).
fn integer(block: &mut &[u8], bits: u32) -> Option<usize> {
    let (first, mut rest) = block.split_first()?;
    let most = (1_usize << bits) - 1;
    let mut number = usize::from(*first) & most;
    if number == most {
        let mut shift = 0;
        loop {
            let (byte, after) = rest.split_first()?;
            rest = after;
            number += usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
            // Nothing here is longer than 28 bits.
            if shift > 21 {
                return None;
            }
        }
    }
    *block = rest;
    Some(number)
}

/// Appends a string (RFC 7541, 5.2).
fn string(block: &mut &[u8], into: &mut Vec<u8>) -> Option<()> {
    let compressed = block.first()? & 0x80 != 0;
    let length = integer(block, 7)?;
    let (text, rest) = block.split_at_checked(length)?;
    *block = rest;
    if compressed {
        return huffman::decode(text, into).then_some(());
    }
    into.extend_from_slice(text);
    Some(())
}

/// Writes the headers of a connection's requests.
#[derive(Default)]
pub(super) struct Encoder {
    table: Table,
    /// The smallest and the last size that the other side asked for and was not told of yet.
    asked: Option<(usize, usize)>,
}

impl Encoder {
    /// Changes with everything that changes how the next headers are written.
    pub(super) fn changes(&self) -> u64 {
        self.table.changes
    }

    /// The other side keeps so much at most.
    pub(super) fn limit(&mut self, size: usize) {
        let size = size.min(TABLE);
        if size != self.table.limit {
            self.asked = Some((self.asked.map_or(size, |(least, _)| least.min(size)), size));
            self.table.resize(size);
        }
    }

    /// Begins the headers of a request.
    pub(super) fn begin(&mut self, out: &mut Vec<u8>) {
        let Some((least, last)) = self.asked.take() else { return };
        if least < last {
            put_integer(out, 0x20, 5, least);
        }
        put_integer(out, 0x20, 5, last);
    }

    /// Writes a header that will come again: it is told once and then only named.
    pub(super) fn field(&mut self, out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
        let (same, named) = self.table.find(name, value);
        if let Some(index) = same {
            put_integer(out, 0x80, 7, index);
            return;
        }
        // A large one would push out all the others.
        let kept = name.len() + value.len() + OVERHEAD <= self.table.limit * 3 / 4;
        let (start, bits) = if kept { (0x40, 6) } else { (0, 4) };
        put_integer(out, start, bits, named.unwrap_or(0));
        if named.is_none() {
            put_string(out, name);
        }
        put_string(out, value);
        if kept {
            self.table.add(name, value);
        }
    }

    /// Writes the path, which mostly is another one each time.
    pub(super) fn path(&self, out: &mut Vec<u8>, path: &[u8]) {
        match path {
            b"/" => out.push(0x84),
            path => {
                put_integer(out, 0, 4, 4);
                put_string(out, path);
            }
        }
    }

    /// Writes how long the body is.
    pub(super) fn content_length(&self, out: &mut Vec<u8>, length: usize) {
        put_integer(out, 0, 4, 28);
        put_string(out, length.to_string().as_bytes());
    }
}

fn put_integer(out: &mut Vec<u8>, start: u8, bits: u32, number: usize) {
    let most = (1_usize << bits) - 1;
    if number < most {
        out.push(start | number as u8);
        return;
    }
    out.push(start | most as u8);
    let mut rest = number - most;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn put_string(out: &mut Vec<u8>, text: &[u8]) {
    put_integer(out, 0, 7, text.len());
    out.extend_from_slice(text);
}
